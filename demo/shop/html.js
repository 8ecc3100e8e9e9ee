'use strict';

const SHOP = 'Leaf & Bean';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => ENTITIES[c]);

/** Markup that is not escaped again. */
class Markup {
  constructor(text) {
    this.text = text;
  }
}

function render(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return value === null || value === undefined || value === false ? '' : escape(value);
}

/** A template tag: what is put in is escaped, unless it is markup itself. Arrays are joined. */
function html(strings, ...values) {
  return new Markup(strings.reduce((out, s, i) => out + render(values[i - 1]) + s));
}

/** "12.50" of 1250 cents. */
const amount = (cents) => (cents / 100).toFixed(2);

/** "€ 12.50" of 1250 cents. */
const money = (cents) => `€ ${amount(cents)}`;

const icon = (path, size = 22) => html`<svg viewBox="0 0 24 24" width="${size}" height="${size}"
  fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"
  stroke-linejoin="round" aria-hidden="true">${new Markup(path)}</svg>`;

const ICONS = {
  cart: icon('<path d="M4 5h2l2 11h10l2-8H7"/><circle cx="9.5" cy="20" r="1"/>' +
    '<circle cx="17" cy="20" r="1"/>'),
  account: icon('<circle cx="12" cy="8" r="4"/>' +
    '<path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"/>'),
  search: icon('<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>', 18),
  heart: icon('<path d="M12 20C5 15 3 12 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5C21 12 19 ' +
    '15 12 20Z"/>'),
  remove: icon('<path d="m7 7 10 10M17 7 7 17"/>', 18),
};

const PICTURES = {
  tea: '<path d="M60 92C28 74 30 38 60 22c30 16 32 52 0 70Z" fill="currentColor" opacity=".8"/>' +
    '<path d="M60 88V44" stroke="#fff" stroke-width="2.5" opacity=".8"/>',
  herbal: '<g fill="currentColor" opacity=".75"><circle cx="60" cy="36" r="13"/>' +
    '<circle cx="82" cy="54" r="13"/><circle cx="74" cy="80" r="13"/>' +
    '<circle cx="46" cy="80" r="13"/><circle cx="38" cy="54" r="13"/></g>' +
    '<circle cx="60" cy="60" r="12" fill="#fff"/>',
  coffee: '<g transform="rotate(35 60 60)"><ellipse cx="60" cy="60" rx="26" ry="37" ' +
    'fill="currentColor" opacity=".8"/><path d="M60 24c-14 24 14 48 0 72" fill="none" ' +
    'stroke="#fff" stroke-width="3"/></g>',
  gear: '<path d="M30 48h48v18a22 22 0 0 1-22 22h-4a22 22 0 0 1-22-22Z" fill="currentColor" ' +
    'opacity=".8"/><path d="M78 54h6a9 9 0 0 1 0 18h-8" fill="none" stroke="currentColor" ' +
    'stroke-width="5" opacity=".8"/>' +
    '<path d="M44 38c-5-7 5-9 0-16M60 38c-5-7 5-9 0-16" fill="none" ' +
    'stroke="currentColor" stroke-width="3" opacity=".5"/>',
};

/** The drawing of a kind of product. */
const picture = (kind) => html`<svg class="picture picture-${kind}" viewBox="0 0 120 120"
  aria-hidden="true">${new Markup(PICTURES[kind])}</svg>`;

/** Opens when one points at it, or comes to it with the keyboard. */
const menu = (bugs) => html`<div class="menu"><button type="button" class="plain"
    aria-haspopup="true">Discover</button>
    <ul ${bugs.has('menu-stays-shut') && html`hidden`}>
      <li><a href="/shops">Our shops</a></li>
      <li><a href="/tea-box">Tea box</a></li>
      <li><a href="/gift-list">Gift list</a></li>
      <li><a href="/office">For offices</a></li>
      <li><a href="/help">Help</a></li>
    </ul></div>`;

function header(view) {
  const { user, count, path, bugs } = view;
  const link = (href, text) =>
    html`<a href="${href}" ${path.startsWith(href) && html`aria-current="page"`}>${text}</a>`;
  return html`<header class="site-header"><div class="bar">
  <a class="brand" href="/products">${SHOP}</a>
  <nav>${link('/products', 'Products')}${user && link('/orders', 'Orders')}
    ${menu(bugs)}</nav>
  <div class="tools">
    ${user
      ? html`<span class="greeting">Hello, ${user.first_name}</span>
    <form method="post" action="/sign-out"><button class="plain">Sign out</button></form>`
      : path !== '/sign-in' && html`<a href="/sign-in">Sign in</a>`}
    <a class="icon-link" href="/account" aria-label="Account">${ICONS.account}</a>
    <a class="icon-link cart-link" href="/cart" title="Cart">${ICONS.cart}<span
      class="badge" ${count === 0 && html`hidden`}>${count}</span></a>
  </div>
</div></header>`;
}

/** A notice that goes away by itself (see assets/shop.js). */
const toast = (notice) =>
  notice && html`<div class="toast ${notice.problem ? 'problem' : ''}">${notice.text}</div>`;

/**
 * A whole page.
 * @param {{title: string, user: object?, count: number, path: string, notice: object?,
 *   bugs: Set<string>}} view
 * @param {Markup} content
 */
function page(view, content) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${view.title} - ${SHOP}</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/shop.css">
<script src="/assets/shop.js" defer></script>
</head>
<body>
${header(view)}
<main>
${content}
</main>
<footer class="site-footer">${SHOP}, a shop that sells nothing. Made for trying things out.</footer>
<div id="toasts" role="status">${toast(view.notice)}</div>
</body>
</html>
`.text;
}

module.exports = { html, page, amount, money, picture, ICONS };
