'use strict';

const { html } = require('../html.js');
const { local_path, session_cookie } = require('../http.js');

function sign_in_page(ctx, { user_name = '', problem = null, next = '' }) {
  ctx.show('Sign in', html`<div class="narrow panel">
<h1>Sign in</h1>
${next && !problem && html`<p class="hint">Please sign in first.</p>`}
${problem && html`<p class="alert" role="alert">${problem}</p>`}
<form method="post" action="/sign-in" class="stack">
  <input type="hidden" name="next" value="${next}">
  <label>User name <input name="user_name" value="${user_name}" autocomplete="username"></label>
  <label>Password <input name="password" type="password" autocomplete="current-password"></label>
  <button class="primary">Sign in</button>
</form>
</div>`);
}

async function sign_in(ctx) {
  const form = await ctx.form();
  const user_name = form.get('user_name') ?? '';
  const next = local_path(form.get('next'), '');
  const problem = ctx.state.sign_in(ctx.session, user_name, form.get('password') ?? '');
  if (problem) sign_in_page(ctx, { user_name, problem, next });
  else ctx.redirect(next || '/products');
}

function sign_out(ctx) {
  ctx.state.sign_out(ctx.session);
  ctx.res.setHeader('Set-Cookie', session_cookie(null));
  ctx.redirect('/sign-in');
}

module.exports = [
  ['GET', '/sign-in', (ctx) =>
    sign_in_page(ctx, { next: local_path(ctx.url.searchParams.get('next'), '') })],
  ['POST', '/sign-in', sign_in],
  ['POST', '/sign-out', sign_out],
];
