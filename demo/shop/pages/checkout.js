'use strict';

const { html, money } = require('../html.js');
const { HttpError } = require('../http.js');
const { COUNTRIES, DELIVERIES } = require('../data.js');

/** @returns {Object<string, string>} the sentence for each field that is not right. */
function check(values, bugs) {
  const problems = {};
  const country = Object.hasOwn(COUNTRIES, values.country) ? COUNTRIES[values.country] : null;
  if (!values.name) problems.name = 'Enter your full name.';
  if (!values.address) problems.address = 'Enter your address.';
  if (!values.postcode) {
    if (!bugs.has('postcode-may-be-empty')) problems.postcode = 'Enter your postcode.';
  } else if (country && !country.postcode.test(values.postcode)) {
    problems.postcode = `Enter a postcode like ${country.example}.`;
  }
  if (!country) problems.country = 'Choose a country.';
  if (!values.terms) problems.terms = 'Accept the terms to order.';
  return problems;
}

const problem_note = (name, problems) =>
  problems[name] && html`<span class="problem" id="${name}-problem">${problems[name]}</span>`;

const described = (name, problems) =>
  problems[name] && html`aria-invalid="true" aria-describedby="${name}-problem"`;

const text_field = (label, name, autocomplete, values, problems) => html`<div class="field">
  <label for="${name}">${label}</label>
  <input id="${name}" name="${name}" value="${values[name]}" autocomplete="${autocomplete}"
    ${described(name, problems)}>
  ${problem_note(name, problems)}
</div>`;

const country_field = (values, problems) => html`<div class="field">
  <label for="country">Country</label>
  <select id="country" name="country" ${described('country', problems)}>
    <option value="">Choose a country</option>
    ${Object.entries(COUNTRIES).map(([code, { name }]) => html`<option value="${code}"
      ${code === values.country && html`selected`}>${name}</option>`)}
  </select>
  ${problem_note('country', problems)}
</div>`;

const delivery_field = (values) => html`<fieldset><legend>Delivery</legend>
  ${Object.entries(DELIVERIES).map(([key, { label, price, time }]) => html`<label class="choice">
    <input type="radio" name="delivery" value="${key}" data-price="${price}"
      ${key === values.delivery && html`checked`}>
    <span>${label}</span> <small>${time}</small>
    <small class="number">${price ? money(price) : 'free'}</small>
  </label>`)}
</fieldset>`;

const terms_field = (values, problems) => html`<div class="field">
  <label class="inline"><input type="checkbox" name="terms" value="yes"
    ${values.terms && html`checked`} ${described('terms', problems)}> I accept the terms</label>
  ${problem_note('terms', problems)}
</div>`;

function summary(ctx, values) {
  const { total } = ctx.state.cart_totals(ctx.session);
  const { price } = DELIVERIES[values.delivery];
  return html`<aside class="panel"><h2>Your order</h2>
  <ul>${ctx.state.cart_lines(ctx.session).map(({ product, quantity }) =>
    html`<li>${quantity} × ${product.name}</li>`)}</ul>
  <dl class="totals">
    <div><dt>Products</dt><dd>${money(total)}</dd></div>
    <div><dt>Delivery cost</dt><dd id="delivery-cost">${money(price)}</dd></div>
    <div class="sum"><dt>To pay</dt>
      <dd id="to-pay" data-products="${total}">${money(total + price)}</dd></div>
  </dl>
</aside>`;
}

function checkout_page(ctx, values, problems = {}, refusal = null) {
  const count = Object.keys(problems).length;
  const fields = count === 1 ? 'field' : `${count} fields`;
  const alert = refusal ?? (count > 0 && `Please correct the ${fields} below.`);
  ctx.show('Checkout', html`<h1>Checkout</h1>
<p data-show-after="1100" hidden>All prices include VAT.</p>
${alert && html`<p class="alert" role="alert">${alert}</p>`}
<div class="checkout">
<form method="post" action="/checkout" class="stack" novalidate>
  ${text_field('Full name', 'name', 'name', values, problems)}
  ${text_field('Address', 'address', 'street-address', values, problems)}
  ${text_field('Postcode', 'postcode', 'postal-code', values, problems)}
  ${country_field(values, problems)}
  <input name="phone" type="tel" placeholder="Phone (optional)" value="${values.phone}">
  ${delivery_field(values)}
  ${terms_field(values, problems)}
  <button class="primary">Place order</button>
</form>
${summary(ctx, values)}
</div>`);
}

const EMPTY = {
  name: '', address: '', postcode: '', country: '', phone: '', delivery: 'standard', terms: '',
};

/** Shows the empty form, or sends away who cannot order. */
function open(ctx) {
  if (ctx.must_sign_in()) return;
  if (ctx.session.lines.length === 0) ctx.redirect('/cart');
  else checkout_page(ctx, EMPTY);
}

async function place(ctx) {
  const form = await ctx.form();
  if (ctx.must_sign_in()) return;
  if (ctx.session.lines.length === 0) {
    ctx.redirect('/cart');
    return;
  }
  const values = Object.fromEntries(
    Object.keys(EMPTY).map((key) => [key, (form.get(key) ?? '').trim()]));
  if (!Object.hasOwn(DELIVERIES, values.delivery)) values.delivery = EMPTY.delivery;
  const problems = check(values, ctx.state.bugs);
  if (Object.keys(problems).length > 0) {
    checkout_page(ctx, values, problems);
    return;
  }
  const { order, problem } = ctx.state.place_order(ctx.session, values.delivery);
  if (problem) checkout_page(ctx, values, {}, problem);
  else ctx.redirect(`/checkout/done/${order.number}`);
}

function done(ctx) {
  if (ctx.must_sign_in()) return;
  const order = ctx.state.order_of(ctx.session.user, ctx.params.number);
  if (!order) throw new HttpError(404, 'We do not have this order.');
  ctx.show(`Order ${order.number} confirmed`, html`<div class="narrow panel">
<h1>Thank you, ${ctx.session.user.first_name}!</h1>
<p>Your order number is <strong>${order.number}</strong>.
  We have received ${money(order.total)}.</p>
<p><a href="/orders">See your orders</a></p>
</div>`);
}

module.exports = [
  ['GET', '/checkout', open],
  ['POST', '/checkout', place],
  ['GET', '/checkout/done/:number', done],
];
