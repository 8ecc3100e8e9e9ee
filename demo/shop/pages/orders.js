'use strict';

const { setTimeout: delay } = require('node:timers/promises');
const { html, amount, money } = require('../html.js');
const { date } = require('../days.js');
const { HttpError, send_csv, send_html } = require('../http.js');
const { DELIVERIES, TRACKING } = require('../data.js');

/** How long the carrier takes to say where a parcel is. */
const TRACKING_MS = 700;

const items = (ctx, order) => order.lines
  .map(({ id, quantity }) => `${quantity} × ${ctx.state.products.get(id).name}`).join(', ');

const cancel_form = (order) => order.status === 'Paid' &&
  html`<form method="post" action="/orders/${order.number}/cancel"><button>Cancel</button></form>`;

const row = (ctx, order) => html`<tr>
  <td><a href="/orders/${order.number}">${order.number}</a></td>
  <td>${date(order.date)}</td>
  <td>${items(ctx, order)}</td>
  <td class="number">${!ctx.state.bugs.has('order-total-missing') && money(order.total)}</td>
  <td><span class="status ${order.status.toLowerCase()}">${order.status}</span></td>
  <td>${cancel_form(order)}</td>
</tr>`;

const table = (ctx, orders) => html`<table class="orders">
<thead><tr><th>Order</th><th>Date</th><th>Items</th><th class="number">Total</th><th>Status</th>
  <th></th></tr></thead>
<tbody>${orders.map((order) => row(ctx, order))}</tbody>
</table>`;

function list(ctx) {
  if (ctx.must_sign_in()) return;
  const orders = ctx.state.orders_of(ctx.session.user);
  ctx.show('Your orders', html`<h1>Your orders</h1>
${orders.length === 0 ? html`<p>You have not ordered anything yet.</p>` : table(ctx, orders)}`);
}

function find(ctx) {
  const order = ctx.session.user && ctx.state.order_of(ctx.session.user, ctx.params.number);
  if (!order) throw new HttpError(404, 'We do not have this order.');
  return order;
}

function order_page(ctx) {
  if (ctx.must_sign_in()) return;
  const order = find(ctx);
  const title = `Order ${order.number}`;
  ctx.show(title, html`<p class="crumbs"><a href="/orders">Orders</a> / ${order.number}</p>
<h1>${title}</h1>
<dl class="facts"><dt>Date</dt><dd>${date(order.date)}</dd>
  <dt>Items</dt><dd>${items(ctx, order)}</dd>
  <dt>Paid</dt><dd>${money(order.total)}</dd>
  <dt>Status</dt><dd>${order.status}</dd></dl>
<p><a href="/orders/${order.number}/invoice">Download invoice</a></p>
<h2>Where is my parcel?</h2>
<div data-load="/orders/${order.number}/tracking"><p class="loading">Loading…</p></div>`);
}

function invoice(ctx) {
  if (ctx.must_sign_in()) return;
  const { number, lines, discount, delivery, total } = find(ctx);
  const rows = lines.map(({ id, quantity }) => {
    const { name, price } = ctx.state.products.get(id);
    return [name, quantity, amount(price), amount(price * quantity)];
  });
  if (discount > 0) rows.push(['Discount', '', '', amount(-discount)]);
  if (!ctx.state.bugs.has('invoice-forgets-delivery')) {
    rows.push(['Delivery', '', '', amount(DELIVERIES[delivery].price)]);
  }
  send_csv(ctx.res, `invoice-${number}.csv`,
    [['Item', 'Quantity', 'Price', 'Sum'], ...rows, ['Total', '', '', amount(total)]]);
}

async function tracking(ctx) {
  const order = find(ctx);
  await delay(TRACKING_MS);
  send_html(ctx.res, html`<p>${TRACKING[order.status]}</p>`.text);
}

function cancel(ctx) {
  if (ctx.must_sign_in()) return;
  const order = find(ctx);
  const problem = ctx.state.cancel_order(order);
  const text = problem ?? `Order ${order.number} is cancelled.`;
  ctx.session.notice = { text, problem: Boolean(problem) };
  ctx.redirect('/orders');
}

module.exports = [
  ['GET', '/orders', list],
  ['GET', '/orders/:number', order_page],
  ['GET', '/orders/:number/invoice', invoice],
  ['GET', '/orders/:number/tracking', tracking],
  ['POST', '/orders/:number/cancel', cancel],
];
