'use strict';

const { html, money, ICONS } = require('../html.js');
const { back_path, send_json } = require('../http.js');

const QUANTITY_MAX = 99;

/** A quantity that was typed, or null. */
function read_quantity(text) {
  return /^\d{1,2}$/.test(text ?? '') && Number(text) <= QUANTITY_MAX ? Number(text) : null;
}

const row = ({ product, quantity, total }) => html`<tr>
  <td><a href="/products/${product.id}">${product.name}</a></td>
  <td class="number">${money(product.price)}</td>
  <td><input type="number" form="update" name="${product.id}" value="${quantity}"
    min="0" max="99"></td>
  <td class="number">${money(total)}</td>
  <td><form method="post" action="/cart/remove"><button class="icon" name="id"
    value="${product.id}" title="Remove">${ICONS.remove}</button></form></td>
</tr>`;

function totals_list({ subtotal, discount, total }) {
  return html`<dl class="totals">
  ${discount > 0 && html`<div><dt>Subtotal</dt><dd>${money(subtotal)}</dd></div>
  <div><dt>Discount</dt><dd>- ${money(discount)}</dd></div>`}
  <div class="sum"><dt>Total</dt><dd>${money(total)}</dd></div>
</dl>`;
}

const coupon_note = ({ coupons }) =>
  coupons.length > 0 && html`<p class="hint">${coupons.at(-1)} is applied.</p>`;

function cart_page(ctx, { problem = null, code = '' } = {}) {
  const lines = ctx.state.cart_lines(ctx.session);
  if (lines.length === 0) {
    ctx.show('Your cart', html`<h1>Your cart</h1><p>Your cart is empty.</p>
<p><a href="/products">Look at the products</a></p>`);
    return;
  }
  ctx.show('Your cart', html`<h1>Your cart</h1>
${problem && html`<p class="alert" role="alert">${problem}</p>`}
<table class="cart">
<thead><tr><th>Product</th><th class="number">Price</th><th>Quantity</th>
  <th class="number">Line total</th><th></th></tr></thead>
<tbody>${lines.map(row)}</tbody>
</table>
<form id="update" method="post" action="/cart/update" class="cart-actions">
  <button>Update cart</button>
  <button formaction="/cart/empty"
    data-confirm="Take everything out of the cart?">Empty cart</button>
</form>
<div class="cart-end">
  <form method="post" action="/cart/coupon" class="coupon">
    <input name="coupon" placeholder="Coupon code" value="${code}"> <button>Apply</button>
    ${coupon_note(ctx.session)}
  </form>
  <div>
    ${totals_list(ctx.state.cart_totals(ctx.session))}
    <a class="button primary" href="/checkout">Go to checkout</a>
  </div>
</div>`);
}

/** Answers the page's script with JSON, and a plain form by going back to its page. */
async function add(ctx) {
  const form = await ctx.form();
  const quantity = read_quantity(form.get('quantity') ?? '1');
  const count_before = ctx.state.cart_count(ctx.session);
  const problem = quantity
    ? ctx.state.add_to_cart(ctx.session, form.get('id'), quantity)
    : 'Choose a quantity from 1 to 99.';
  const name = ctx.state.products.get(form.get('id'))?.name;
  const notice = { text: problem ?? `${name} was added to the cart.`, problem: Boolean(problem) };
  if (ctx.req.headers.accept === 'application/json') {
    ctx.give_cookie();
    const count_now = ctx.state.cart_count(ctx.session);
    const count = ctx.state.bugs.has('badge-stands-still') ? count_before : count_now;
    send_json(ctx.res, { ...notice, count });
  } else {
    ctx.session.notice = notice;
    ctx.redirect(back_path(ctx.req, '/cart'));
  }
}

async function update(ctx) {
  const form = await ctx.form();
  const problems = [...form].map(([id, text]) => {
    const quantity = read_quantity(text);
    if (quantity === null) return 'Choose a quantity from 0 to 99.';
    return ctx.state.set_quantity(ctx.session, id, quantity);
  });
  const problem = problems.find(Boolean);
  if (problem) cart_page(ctx, { problem });
  else ctx.redirect('/cart');
}

async function remove(ctx) {
  const form = await ctx.form();
  ctx.state.remove_from_cart(ctx.session, form.get('id'));
  ctx.redirect('/cart');
}

function empty(ctx) {
  for (const { id } of [...ctx.session.lines]) ctx.state.set_quantity(ctx.session, id, 0);
  ctx.redirect('/cart');
}

async function coupon(ctx) {
  const form = await ctx.form();
  const code = (form.get('coupon') ?? '').trim();
  const problem = ctx.session.lines.length > 0 ? ctx.state.apply_coupon(ctx.session, code) : null;
  if (problem) cart_page(ctx, { problem, code });
  else ctx.redirect('/cart');
}

module.exports = [
  ['GET', '/cart', (ctx) => cart_page(ctx)],
  ['POST', '/cart/add', add],
  ['POST', '/cart/update', update],
  ['POST', '/cart/remove', remove],
  ['POST', '/cart/empty', empty],
  ['POST', '/cart/coupon', coupon],
];
