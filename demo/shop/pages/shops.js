'use strict';

const { html } = require('../html.js');
const { DAYS, weekday, date } = require('../days.js');
const { HttpError, send_html } = require('../http.js');
const { SHOPS, TASTING_TIMES } = require('../data.js');

const ZOOM_FIRST = 3;
const ZOOM_MAX = 5;

const find = (id) => SHOPS.find((shop) => shop.id === id);

function find_or_404(id) {
  const shop = find(id);
  if (!shop) throw new HttpError(404, 'We do not have this shop.');
  return shop;
}

const tab = (shop, selected, bugs) => html`<button type="button" role="tab" id="tab-${shop.id}"
  aria-controls="shop-${bugs.has('tab-shows-first-shop') ? SHOPS[0].id : shop.id}"
  aria-selected="${shop === selected}" tabindex="${shop === selected ? 0 : -1}">${shop.name}</button>`;

/** The hours from Monday to Sunday. */
const hours = (shop) => html`<table class="hours"><tbody>${[1, 2, 3, 4, 5, 6, 0].map((day) =>
  html`<tr><th scope="row">${DAYS[day]}</th>
  <td>${day === shop.closed ? 'closed' : shop.open}</td></tr>`)}</tbody></table>`;

/** A dialog that opens at once has a problem to show. */
const tasting_dialog = (shop, bugs, values, problem) => html`<dialog id="tasting-${shop.id}"
  aria-labelledby="tasting-title-${shop.id}" ${problem && html`data-open`}>
<form method="post" action="/shops/${shop.id}/tastings" class="stack" novalidate>
  <h2 id="tasting-title-${shop.id}">A tasting in ${shop.name}</h2>
  ${problem && html`<p class="alert" role="alert">${problem}</p>`}
  <label>Day <input type="date" name="day" value="${values.day}"></label>
  <label>Time <select name="time">${TASTING_TIMES.map((time) => html`<option
    ${time === values.time && html`selected`}>${time}</option>`)}</select></label>
  <input type="number" name="people" min="1" max="8" placeholder="How many people?"
    value="${values.people}">
  <div class="dialog-actions">
    <button class="primary">Book</button>
    <button formmethod="${bugs.has('cancel-books') ? 'post' : 'dialog'}">Cancel</button>
  </div>
</form>
</dialog>`;

const panel = (shop, selected, dialog) => html`<section role="tabpanel" id="shop-${shop.id}"
  aria-labelledby="tab-${shop.id}" class="shop" ${shop !== selected && html`hidden`}>
  <div>
    <h2>Leaf & Bean ${shop.name}</h2>
    <p>${shop.address}<br>${shop.phone}</p>
    ${hours(shop)}
    <p><a href="/shops/${shop.id}/route" target="_blank" rel="noopener">Plan your route</a></p>
    <button type="button" class="primary" data-dialog="tasting-${shop.id}">Book a tasting</button>
  </div>
  <iframe src="/shops/${shop.id}/map" title="Map of ${shop.name}" width="400" height="340"></iframe>
  ${dialog}
</section>`;

const tasting = ({ shop, day, time, people }) => html`<li>${shop.name}, ${DAYS[weekday(day)]}
  ${date(day)} at ${time}, ${people} ${people === 1 ? 'person' : 'people'}</li>`;

const NOTHING = { day: '', time: TASTING_TIMES[0], people: '' };

function shops_page(ctx, selected, values = NOTHING, problem = null) {
  const { bugs } = ctx.state;
  const booked = ctx.state.tastings_of(ctx.session);
  const dialog = (shop) => (shop === selected
    ? tasting_dialog(shop, bugs, values, problem) : tasting_dialog(shop, bugs, NOTHING, null));
  ctx.show('Our shops', html`<h1>Our shops</h1>
<div role="tablist" aria-label="Shops" class="tabs">
  ${SHOPS.map((shop) => tab(shop, selected, bugs))}</div>
${SHOPS.map((shop) => panel(shop, selected, dialog(shop)))}
${booked.length > 0 && html`<section class="booked"><h2>Your tastings</h2>
<ul>${booked.map(tasting)}</ul></section>`}
<script src="/assets/shops.js" defer></script>`);
}

function open(ctx) {
  shops_page(ctx, find(ctx.url.searchParams.get('shop')) ?? SHOPS[0]);
}

async function book(ctx) {
  const form = await ctx.form();
  const shop = find_or_404(ctx.params.id);
  const values = Object.fromEntries(
    Object.keys(NOTHING).map((key) => [key, (form.get(key) ?? '').trim()]));
  if (!TASTING_TIMES.includes(values.time)) values.time = NOTHING.time;
  const wish = { ...values, shop, people: Number(values.people) };
  const problem = ctx.state.book_tasting(ctx.session, wish);
  if (problem) {
    shops_page(ctx, shop, values, problem);
    return;
  }
  ctx.session.notice = { text: 'Your table is booked.', problem: false };
  ctx.redirect(`/shops?shop=${shop.id}`);
}

/** A page of its own: a partner draws the maps. */
function map(ctx) {
  const shop = find_or_404(ctx.params.id);
  const step = ctx.state.bugs.has('map-zooms-the-wrong-way') ? -1 : 1;
  send_html(ctx.res, html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>City Maps</title>
<link rel="stylesheet" href="/assets/map.css"><script src="/assets/map.js" defer></script></head>
<body>
<div class="streets"><button type="button" class="pin" aria-label="Leaf & Bean"
  aria-expanded="false">●</button>
  <p class="stop" hidden>Nearest stop: ${shop.stop}</p></div>
<div class="zoom"><button type="button" title="Zoom in" data-step="${step}">+</button>
  <button type="button" title="Zoom out" data-step="${-step}">−</button>
  Zoom level <span id="level" data-max="${ZOOM_MAX}">${ZOOM_FIRST}</span></div>
</body>
</html>
`.text);
}

function route(ctx) {
  const shop = find_or_404(ctx.params.id);
  ctx.show(`Route to ${shop.name}`, html`<h1>Your route to ${shop.address}, ${shop.name}</h1>
<ol>${shop.route.map((step) => html`<li>${step}</li>`)}</ol>`);
}

module.exports = [
  ['GET', '/shops', open],
  ['POST', '/shops/:id/tastings', book],
  ['GET', '/shops/:id/map', map],
  ['GET', '/shops/:id/route', route],
];
