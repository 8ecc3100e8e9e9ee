'use strict';

const { html, money, ICONS } = require('../html.js');
const { HttpError, back_path } = require('../http.js');

const named = (ctx, { id }) => {
  const { name, price } = ctx.state.products.get(id);
  return html`<a href="/products/${id}">${name}</a> <span>${money(price)}</span>`;
};

const search_form = (name) => html`<form action="/gift-list/find" class="gift-search">
  <input name="name" value="${name}" placeholder="Whose gift list?"> <button>Find</button></form>`;

const own_gift = (ctx, gift) => html`<li class="gift" draggable="true" data-id="${gift.id}">
  ${named(ctx, gift)}
  <form method="post" action="/gift-list/remove"><button class="icon" name="id"
    value="${gift.id}" title="Take off">${ICONS.remove}</button></form></li>`;

function own_list(ctx, { user_name, gifts }) {
  if (gifts.length === 0) return html`<p>Your gift list is empty.</p>`;
  return html`<p class="hint">Drag what you wish for most to the top.</p>
<ol class="gifts" data-order="/gift-list/order">${gifts.map((gift) => own_gift(ctx, gift))}</ol>
<p><a href="/gift-list/${user_name}" target="_blank">See what your guests see</a></p>
<script src="/assets/gift-list.js" defer></script>`;
}

function open(ctx, { name = '', problem = null } = {}) {
  const { user } = ctx.session;
  const title = user ? 'Your gift list' : 'Gift lists';
  ctx.show(title, html`<h1>${title}</h1>
${problem && html`<p class="alert" role="alert">${problem}</p>`}
${search_form(name)}
${user ? own_list(ctx, user)
    : html`<p><a href="/sign-in?next=/gift-list">Sign in to make your own.</a></p>`}`);
}

function find(ctx) {
  const name = (ctx.url.searchParams.get('name') ?? '').trim();
  const owner = ctx.state.find_gift_list(name);
  if (owner) ctx.redirect(`/gift-list/${owner.user_name}`);
  else open(ctx, { name, problem: `We know no gift list of “${name}”.` });
}

function guest_actions(ctx, owner, gift) {
  const { user } = ctx.session;
  const giver = ctx.state.bugs.has('gift-is-given-twice') ? null : gift.giver;
  const post = (action, text) => html`<form method="post"
    action="/gift-list/${owner.user_name}/${gift.id}/${action}"><button>${text}</button></form>`;
  if (!user) return null;
  if (!giver) return post('give', 'I will give this');
  return giver === user
    ? html`<span>You give this.</span> ${post('take-back', 'Take it back')}`
    : html`<span>Somebody gives this.</span>`;
}

function find_owner(ctx) {
  const owner = ctx.state.users.get(ctx.params.user_name);
  if (!owner) throw new HttpError(404, 'We do not have this gift list.');
  return owner;
}

function guest_list(ctx) {
  const owner = find_owner(ctx);
  const secret = owner === ctx.session.user && !ctx.state.bugs.has('surprise-is-spoiled');
  const title = `${owner.first_name}'s gift list`;
  ctx.show(title, html`<h1>${title}</h1>
${secret && html`<p class="hint">What is given to you is a secret.</p>`}
${!ctx.session.user && html`<p><a href="/sign-in?next=${ctx.url.pathname}">Sign in to give
  something.</a></p>`}
<ol class="gifts">${owner.gifts.map((gift) => html`<li class="gift">${named(ctx, gift)}
  ${!secret && guest_actions(ctx, owner, gift)}</li>`)}</ol>`);
}

async function add(ctx) {
  const form = await ctx.form();
  const product = ctx.state.products.get(form.get('id'));
  if (!product) throw new HttpError(404, 'We do not have this product.');
  if (!ctx.session.user) {
    ctx.redirect(`/sign-in?next=/products/${product.id}`);
    return;
  }
  const problem = ctx.state.add_gift(ctx.session.user, product);
  const text = problem ?? `${product.name} is on your gift list.`;
  ctx.session.notice = { text, problem: Boolean(problem) };
  ctx.redirect(back_path(ctx.req, '/gift-list'));
}

async function remove(ctx) {
  const form = await ctx.form();
  if (ctx.must_sign_in()) return;
  ctx.state.remove_gift(ctx.session.user, form.get('id'));
  ctx.redirect('/gift-list');
}

async function order(ctx) {
  const form = await ctx.form();
  if (ctx.must_sign_in()) return;
  ctx.state.order_gifts(ctx.session.user, form.getAll('id'));
  ctx.res.writeHead(204).end();
}

/** Gives or takes back a gift, as `change(gift, user)` does. */
function promise(ctx, change) {
  if (ctx.must_sign_in()) return;
  const owner = find_owner(ctx);
  const gift = owner.gifts.find(({ id }) => id === ctx.params.id);
  if (!gift) throw new HttpError(404, 'This is no longer on the gift list.');
  const problem = change(gift, ctx.session.user);
  if (problem) ctx.session.notice = { text: problem, problem: true };
  ctx.redirect(`/gift-list/${owner.user_name}`);
}

module.exports = [
  ['GET', '/gift-list', (ctx) => open(ctx)],
  ['GET', '/gift-list/find', find],
  ['POST', '/gift-list/add', add],
  ['POST', '/gift-list/remove', remove],
  ['POST', '/gift-list/order', order],
  ['GET', '/gift-list/:user_name', guest_list],
  ['POST', '/gift-list/:user_name/:id/give', (ctx) =>
    promise(ctx, (gift, user) => ctx.state.give(gift, user))],
  ['POST', '/gift-list/:user_name/:id/take-back', (ctx) =>
    promise(ctx, (gift, user) => ctx.state.take_back(gift, user))],
];
