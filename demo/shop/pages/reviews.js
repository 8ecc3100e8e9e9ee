'use strict';

const { setTimeout: delay } = require('node:timers/promises');
const { html } = require('../html.js');
const { date } = require('../days.js');
const { HttpError, back_path, read_file, send, send_html } = require('../http.js');
const { find_product, review_count } = require('./parts.js');

/** So many are loaded at a time. */
const PART_SIZE = 5;
const PART_MS = 400;

const ORDERS = { newest: 'Newest first', best: 'Best first', worst: 'Worst first' };

const read_order = ({ searchParams }) =>
  (Object.hasOwn(ORDERS, searchParams.get('sort')) ? searchParams.get('sort') : 'newest');

const helpful_note = ({ helpful_to: { length } }) => length > 0 &&
  html`<span class="hint">${length} ${length === 1 ? 'person' : 'people'} found this helpful</span>`;

function review_actions(review, user) {
  const post = (action, button) =>
    html`<form method="post" action="/reviews/${review.number}/${action}">${button}</form>`;
  if (user && user.user_name === review.user_name) {
    return post('delete', html`<button data-confirm="Delete your review?">Delete</button>`);
  }
  return user && !review.helpful_to.includes(user) && post('helpful', html`<button>Helpful</button>`);
}

const review_card = (review, user) => html`<article class="review">
  <h3>${review.title}</h3>
  <p><span role="img" class="stars" aria-label="${review.stars} out of 5 stars"
    >${'★'.repeat(review.stars)}${'☆'.repeat(5 - review.stars)}</span>
    ${review.author}, ${date(review.date)}</p>
  ${review.photo && html`<img src="/reviews/${review.number}/photo" alt="Photo by ${review.author}">`}
  <p>${review.text}</p>
  <div class="review-end">${helpful_note(review)} ${review_actions(review, user)}</div>
</article>`;

/** The reviews from a place on, and what loads those after them when it comes into sight. */
function part(ctx, product, from) {
  const order = read_order(ctx.url);
  const reviews = ctx.state.reviews_of(product, order);
  const end = from + PART_SIZE;
  const last = ctx.state.bugs.has('reviews-end-after-ten') ? 10 : reviews.length;
  return html`${reviews.slice(from, end).map((review) => review_card(review, ctx.session.user))}
${end < last
    ? html`<p class="loading"
  data-more="/products/${product.id}/reviews/part?sort=${order}&from=${end}">Loading…</p>`
    : reviews.length > 0 && html`<p class="hint">That was the last review.</p>`}`;
}

const write_form = (product, values, problem) => html`<section class="panel">
<h2>Write a review</h2>
${problem && html`<p class="alert" role="alert">${problem}</p>`}
<form method="post" action="/products/${product.id}/reviews" enctype="multipart/form-data"
  class="stack">
  <star-rating name="stars" value="${values.stars}"></star-rating>
  <input name="title" placeholder="Headline" value="${values.title}">
  <textarea name="text" rows="3" placeholder="What did you think of it?">
${values.text}</textarea>
  <label>Add a photo <input type="file" name="photo" accept="image/jpeg,image/png"></label>
  <button class="primary">Post review</button>
</form>
</section>`;

function write_section(ctx, product, values, problem) {
  const { user } = ctx.session;
  if (!user) {
    return html`<p><a href="/sign-in?next=${ctx.url.pathname}">Sign in to write a review.</a></p>`;
  }
  return ctx.state.review_by(user, product)
    ? html`<p class="hint">You have reviewed this product.</p>`
    : write_form(product, values, problem);
}

const order_picker = (order) => html`<form method="get" class="picker">
  <input type="hidden" name="sort" data-submit>
  <span id="order-label">Sort by</span>
  <button type="button" id="order-value" class="picker-value" aria-haspopup="listbox"
    aria-expanded="false" aria-labelledby="order-label order-value">${ORDERS[order]}</button>
  <ul role="listbox" aria-labelledby="order-label" hidden>${Object.entries(ORDERS).map(
    ([value, text]) => html`<li role="option" data-value="${value}" tabindex="-1"
    aria-selected="${value === order}">${text}</li>`)}</ul>
</form>`;

const NOTHING = { stars: '', title: '', text: '' };

function reviews_page(ctx, product, values = NOTHING, problem = null) {
  const reviews = ctx.state.reviews_of(product);
  const title = `Reviews of ${product.name}`;
  ctx.show(title, html`<p class="crumbs"><a href="/products/${product.id}">${product.name}</a> /
  Reviews</p>
<h1>${title}</h1>
<p>${reviews.length > 0 && html`<strong>${ctx.state.average_stars(reviews)}</strong> out of 5, `}
  ${review_count(reviews)}</p>
${write_section(ctx, product, values, problem)}
${reviews.length > 0 && order_picker(read_order(ctx.url))}
<div role="feed" aria-label="Reviews">${part(ctx, product, 0)}</div>
<script src="/assets/picker.js" defer></script>
<script src="/assets/star-rating.js" defer></script>
<script src="/assets/reviews.js" defer></script>`);
}

async function more(ctx) {
  const product = find_product(ctx);
  const from = Number.parseInt(ctx.url.searchParams.get('from'), 10) || 0;
  await delay(PART_MS);
  send_html(ctx.res, part(ctx, product, from).text);
}

async function post(ctx) {
  const form = await ctx.form();
  if (ctx.must_sign_in()) return;
  const product = find_product(ctx);
  const values = Object.fromEntries(
    Object.keys(NOTHING).map((key) => [key, (form.get(key) ?? '').trim()]));
  const photo = await read_file(form, 'photo');
  const problem = ctx.state.add_review(ctx.session.user, product,
    { ...values, photo, stars: Number(values.stars) });
  if (problem) {
    reviews_page(ctx, product, values, problem);
    return;
  }
  ctx.session.notice = { text: 'Thank you for your review.', problem: false };
  ctx.redirect(ctx.url.pathname);
}

function find_review(ctx) {
  const review = ctx.state.reviews.find((each) => String(each.number) === ctx.params.number);
  if (!review) throw new HttpError(404, 'We do not have this review.');
  return review;
}

function remove(ctx) {
  if (ctx.must_sign_in()) return;
  const review = find_review(ctx);
  if (review.user_name !== ctx.session.user.user_name) {
    throw new HttpError(403, 'This review is not yours.');
  }
  ctx.state.delete_review(review);
  ctx.session.notice = { text: 'Your review is deleted.', problem: false };
  ctx.redirect(back_path(ctx.req, '/products'));
}

function helpful(ctx) {
  if (ctx.must_sign_in()) return;
  ctx.state.find_helpful(ctx.session.user, find_review(ctx));
  ctx.redirect(back_path(ctx.req, '/products'));
}

function photo(ctx) {
  const { photo: taken } = find_review(ctx);
  if (!taken) throw new HttpError(404, 'This review has no photo.');
  send(ctx.res, 200, taken.type, taken.body);
}

module.exports = [
  ['GET', '/products/:id/reviews', (ctx) => reviews_page(ctx, find_product(ctx))],
  ['GET', '/products/:id/reviews/part', more],
  ['POST', '/products/:id/reviews', post],
  ['POST', '/reviews/:number/delete', remove],
  ['POST', '/reviews/:number/helpful', helpful],
  ['GET', '/reviews/:number/photo', photo],
];
