'use strict';

const { html } = require('../html.js');

function account_page(ctx, values, { problem = null, saved = false } = {}) {
  const { user } = ctx.session;
  ctx.show('Your account', html`<div class="narrow panel">
<h1>Your account</h1>
${saved && html`<p class="success" role="status">Your details are saved.</p>`}
${problem && html`<p class="alert" role="alert">${problem}</p>`}
<form method="post" action="/account" class="stack">
  <label>Name <input value="${user.name}" disabled></label>
  <label>Email <input name="email" value="${values.email}" autocomplete="email"></label>
  <label>Delivery note <textarea name="delivery_note" rows="3">
${values.delivery_note}</textarea></label>
  <label class="inline"><input type="checkbox" name="newsletter" value="yes"
    ${values.newsletter && html`checked`}> Send me the newsletter</label>
  <button class="primary">Save</button>
</form>
</div>`);
}

function open(ctx) {
  if (ctx.must_sign_in()) return;
  account_page(ctx, ctx.session.user, { saved: ctx.url.searchParams.has('saved') });
}

async function save(ctx) {
  const form = await ctx.form();
  if (ctx.must_sign_in()) return;
  const values = {
    email: (form.get('email') ?? '').trim(),
    delivery_note: (form.get('delivery_note') ?? '').replace(/\r\n/g, '\n').trim(),
    newsletter: form.has('newsletter'),
  };
  if (!values.email.includes('@')) {
    account_page(ctx, values, { problem: 'Enter an email address with an @.' });
    return;
  }
  Object.assign(ctx.session.user, values);
  ctx.redirect('/account?saved=1');
}

module.exports = [['GET', '/account', open], ['POST', '/account', save]];
