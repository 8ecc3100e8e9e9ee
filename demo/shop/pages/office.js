'use strict';

const { html, amount, money } = require('../html.js');
const { read_file, send_csv, send_json } = require('../http.js');
const { is_piece_count } = require('../state.js');

const all_products = (ctx) => ctx.state.find_products({ words: '', sort: 'name', in_stock: false });

/** The pieces that were entered, of the products that have any. */
const read_pieces = (ctx, form) => new Map(all_products(ctx)
  .map(({ id }) => [id, form.get(id)?.trim()])
  .filter(([, count]) => is_piece_count(count))
  .map(([id, count]) => [id, Number(count)]));

const row = (product, pieces, line) => html`<tr>
  <td>${product.name}</td>
  <td class="number">${money(product.price)}</td>
  <td><input type="number" name="${product.id}" min="0" max="999"
    value="${pieces.get(product.id)}"></td>
  <td class="number" data-sum="${product.id}">${line && money(line.sum)}</td>
</tr>`;

function office_page(ctx, pieces = new Map(), problem = null) {
  const { lines, count, total } = ctx.state.office_sums(pieces);
  ctx.show('For offices', html`<h1>For offices</h1>
<p>All that a tea kitchen needs, in one order.
  <a href="/office/price-list.csv">Download price list</a></p>
${problem && html`<p class="alert" role="alert">${problem}</p>`}
<form id="office" method="post" action="/office/cart" enctype="multipart/form-data">
<table>
<thead><tr><th>Product</th><th class="number">Price</th><th>Pieces</th><th class="number">Sum</th>
  </tr></thead>
<tbody>${all_products(ctx).map((product) =>
    row(product, pieces, lines.find(({ id }) => id === product.id)))}</tbody>
<tfoot><tr><th scope="row">Total</th><td></td><td id="count">${count}</td>
  <td class="number" id="total">${money(total)}</td></tr></tfoot>
</table>
<p class="cart-actions"><button class="primary">Put all into the cart</button></p>
<section class="panel">
  <h2>You have a list already?</h2>
  <p class="hint">A CSV file with a product and its pieces on each line, such as Assam;10</p>
  <input type="file" name="list" accept=".csv" title="Order list">
  <button formaction="/office/list">Read list</button>
</section>
</form>
<script src="/assets/office.js" defer></script>`);
}

async function sums(ctx) {
  const { lines, count, total } = ctx.state.office_sums(read_pieces(ctx, await ctx.form()));
  send_json(ctx.res, {
    sums: Object.fromEntries(lines.map(({ id, sum }) => [id, money(sum)])),
    count,
    total: money(total),
  });
}

/** What the list does not name stays as it was entered. */
async function read_list(ctx) {
  const form = await ctx.form();
  const entered = read_pieces(ctx, form);
  const file = await read_file(form, 'list');
  const { pieces, problem } = file
    ? ctx.state.read_order_list(file.body.toString('utf8')) : { problem: 'Choose a file first.' };
  office_page(ctx, problem ? entered : new Map([...entered, ...pieces]), problem);
}

async function put_into_cart(ctx) {
  const pieces = read_pieces(ctx, await ctx.form());
  const problem = ctx.state.put_into_cart(ctx.session, pieces);
  if (problem) office_page(ctx, pieces, problem);
  else ctx.redirect('/cart');
}

function price_list(ctx) {
  const price = (cents) => (ctx.state.bugs.has('csv-price-in-cents') ? cents : amount(cents));
  send_csv(ctx.res, 'price-list.csv',
    [['Product', 'Price'], ...all_products(ctx).map((each) => [each.name, price(each.price)])]);
}

module.exports = [
  ['GET', '/office', (ctx) => office_page(ctx)],
  ['GET', '/office/price-list.csv', price_list],
  ['POST', '/office/sums', sums],
  ['POST', '/office/list', read_list],
  ['POST', '/office/cart', put_into_cart],
];
