'use strict';

const { html, money, picture, ICONS } = require('../html.js');
const { stock_note, add_form } = require('./parts.js');

const PAGE_SIZE = 9;

const SORTS = {
  name: 'Name', 'price-asc': 'Price: low to high', 'price-desc': 'Price: high to low',
};

const card = (product) => html`<li class="card">
  <div class="frame">${picture(product.kind)}</div>
  <h2><a href="/products/${product.id}">${product.name}</a></h2>
  <p class="price">${money(product.price)}</p>
  ${stock_note(product)}
  ${add_form(product)}
</li>`;

function read_query({ searchParams }) {
  const sort = searchParams.get('sort');
  return {
    words: (searchParams.get('q') ?? '').trim(),
    sort: Object.hasOwn(SORTS, sort) ? sort : 'name',
    in_stock: searchParams.has('in_stock'),
  };
}

/** The address of a page of the same search. */
function page_path({ words, sort, in_stock }, number) {
  const params = new URLSearchParams();
  if (words) params.set('q', words);
  if (sort !== 'name') params.set('sort', sort);
  if (in_stock) params.set('in_stock', '1');
  if (number > 1) params.set('page', number);
  return `/products${params.size > 0 ? '?' : ''}${params}`;
}

function filters(query, bugs) {
  return html`<form method="get" action="/products" class="filters">
  <div class="search"><input type="search" name="q" value="${query.words}"
    placeholder="Search products"
    ${!bugs.has('shortcut-is-dead') && html`data-key="/"`}><button
    class="search-button">${ICONS.search}</button></div>
  <label class="inline"><input type="checkbox" name="in_stock" value="1" data-submit
    ${query.in_stock && html`checked`}> In stock only</label>
  <label class="inline">Sort by <select name="sort" data-submit>
    ${Object.entries(SORTS).map(([value, text]) => html`<option value="${value}"
      ${value === query.sort && html`selected`}>${text}</option>`)}
  </select></label>
</form>`;
}

function paging(query, number, last) {
  const link = (to, text) => html`<a href="${page_path(query, to)}">${text}</a>`;
  return last > 1 && html`<nav class="paging">
  ${number > 1 && link(number - 1, 'Previous')}
  <span>Page ${number} of ${last}</span>
  ${number < last && link(number + 1, 'Next')}
</nav>`;
}

function catalogue(ctx) {
  const query = read_query(ctx.url);
  const found = ctx.state.find_products(query);
  const last = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const asked = Number.parseInt(ctx.url.searchParams.get('page') ?? '1', 10) || 1;
  const number = Math.min(Math.max(asked, 1), last);
  const shown = found.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE);
  const count = found.length === 0
    ? html`No products match “${query.words}”`
    : html`${found.length} ${found.length === 1 ? 'product' : 'products'}`;
  const title = query.words ? `Search: ${query.words}` : 'Products';
  ctx.show(number > 1 ? `${title}, page ${number}` : title, html`<h1>Products</h1>
${filters(query, ctx.state.bugs)}
<p class="result-count" data-testid="result-count">${count}</p>
<ul class="products">${shown.map(card)}</ul>
${paging(query, number, last)}`);
}

module.exports = [['GET', '/products', catalogue]];
