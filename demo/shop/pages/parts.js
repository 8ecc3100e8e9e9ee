'use strict';

const { html } = require('../html.js');
const { HttpError } = require('../http.js');

/** At this many or fewer, a product's stock is counted down. */
const FEW = 5;

/** "In stock", "Only 3 left" or "Out of stock". */
function stock_note({ stock }) {
  if (stock === 0) return html`<p class="stock none">Out of stock</p>`;
  if (stock <= FEW) return html`<p class="stock few">Only ${stock} left</p>`;
  return html`<p class="stock">In stock</p>`;
}

/** The form that puts a product into the cart. `extra` goes before its button. */
const add_form = (product, extra) => html`<form method="post" action="/cart/add" class="add-form">
  <input type="hidden" name="id" value="${product.id}">${extra}
  <button class="primary" ${product.stock === 0 && html`disabled`}>Add to cart</button>
</form>`;

/** The product that the address names. */
function find_product(ctx) {
  const product = ctx.state.products.get(ctx.params.id);
  if (!product) throw new HttpError(404, 'We do not have this product.');
  return product;
}

const review_count = ({ length }) =>
  (length === 0 ? 'No reviews yet' : `${length} ${length === 1 ? 'review' : 'reviews'}`);

module.exports = { stock_note, add_form, find_product, review_count };
