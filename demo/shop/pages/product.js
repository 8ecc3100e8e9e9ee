'use strict';

const { setTimeout: delay } = require('node:timers/promises');
const { html, money, picture, ICONS } = require('../html.js');
const { send_html } = require('../http.js');
const { stock_note, add_form, find_product, review_count } = require('./parts.js');

/** How long the suggestions take, as if they came from another service. */
const SUGGESTIONS_MS = 700;

function product_page(ctx) {
  const product = find_product(ctx);
  const quantity = html`<label class="inline">Quantity
    <input type="number" name="quantity" value="1" min="1" max="99"></label>`;
  const { name } = product;
  ctx.show(name, html`<p class="crumbs"><a href="/products">Products</a> / ${name}</p>
<div class="product">
  <div class="frame large">${picture(product.kind)}</div>
  <div>
    <h1>${name}</h1>
    <p class="price">${money(product.price)}</p>
    ${stock_note(product)}
    <p>${product.description}</p>
    <p><a href="/products/${product.id}/reviews">${
      review_count(ctx.state.reviews_of(product))}</a></p>
    <dl class="facts"><dt>Origin</dt><dd>${product.origin}</dd>
      <dt>Weight</dt><dd>${product.weight}</dd></dl>
    ${add_form(product, product.stock > 0 && quantity)}
    <form method="post" action="/gift-list/add"><button class="icon" name="id"
      value="${product.id}" title="Put on my gift list">${ICONS.heart}</button></form>
  </div>
</div>
<section class="suggestions">
  <h2>You may also like</h2>
  <div data-load="/products/${product.id}/suggestions"><p class="loading">Loading…</p></div>
</section>`);
}

async function suggestions(ctx) {
  const similar = ctx.state.similar_products(find_product(ctx));
  await delay(SUGGESTIONS_MS);
  send_html(ctx.res, html`<ul>${similar.map((product) => html`<li>${picture(product.kind)}
  <a href="/products/${product.id}">${product.name}</a> <span>${money(product.price)}</span></li>`)}
</ul>`.text);
}

module.exports = [
  ['GET', '/products/:id', product_page],
  ['GET', '/products/:id/suggestions', suggestions],
];
