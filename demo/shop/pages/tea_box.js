'use strict';

const { html, money } = require('../html.js');
const { DAYS, weekday, date } = require('../days.js');
const { HttpError } = require('../http.js');
const { TASTES, RHYTHMS, BOX_BAGS_MAX } = require('../data.js');

const full_date = (day) => `${DAYS[weekday(day)]} ${date(day)}`;

const bags_text = (bags) => `${bags} ${Number(bags) === 1 ? 'bag' : 'bags'}`;

const taste_step = ({ taste }) => html`<div class="tastes">${Object.entries(TASTES).map(
  ([key, { label, note, price }]) => html`<label class="taste">
  <input type="radio" name="taste" value="${key}" ${key === taste && html`checked`}>
  <strong>${label}</strong><small>${note}</small><span>${money(price)} a bag</span></label>`)}</div>`;

/** A drop-down and a stepper as many shops have them: nothing tells what they are. */
const rhythm_step = ({ rhythm, bags }) => html`<div class="picker"><span>How often</span>
  <div class="picker-value">${RHYTHMS[rhythm] ?? 'Please choose'}</div>
  <ul hidden>${Object.entries(RHYTHMS).map(([weeks, text]) =>
    html`<li data-value="${weeks}" tabindex="-1">${text}</li>`)}</ul>
  <input type="hidden" name="rhythm" value="${rhythm}"></div>
<div class="stepper"><span>Bags in a box</span>
  <button type="button" data-step="-1">−</button>
  <input name="bags" value="${bags}" data-max="${BOX_BAGS_MAX}" readonly>
  <button type="button" data-step="1">+</button></div>`;

const day_step = ({ first_day, gift, message }) => html`<label>First delivery
  <input type="date" name="first_day" value="${first_day}"></label>
<label class="inline"><input type="checkbox" name="gift" value="yes" data-reveals="gift-message"
  ${gift && html`checked`}> It is a gift</label>
<textarea id="gift-message" name="message" rows="2" placeholder="A few words to go with it"
  ${!gift && html`hidden`}>
${message}</textarea>`;

function check_step(box, state) {
  const { price, content, shipping, total } = state.box_sums(box);
  return html`<dl class="facts"><dt>How often</dt><dd>${RHYTHMS[box.rhythm]}</dd>
  <dt>First delivery</dt><dd>${full_date(box.first_day)}</dd>
  ${box.gift && html`<dt>Message</dt><dd>${box.message}</dd>`}</dl>
<table><thead><tr><th>Each box</th><th class="number">Bags</th><th class="number">Price</th>
  <th class="number">Sum</th></tr></thead>
<tbody><tr><td>${TASTES[box.taste].label}</td><td class="number">${box.bags}</td>
  <td class="number">${money(price)}</td><td class="number">${money(content)}</td></tr>
<tr><td>Shipping</td><td></td><td></td>
  <td class="number">${shipping > 0 ? money(shipping) : 'free'}</td></tr></tbody>
<tfoot><tr><th>Total</th><td></td><td></td>
  <td class="number"><strong>${money(total)}</strong></td></tr></tfoot></table>`;
}

const STEPS = [
  { name: 'Taste', fields: ['taste'], show: taste_step },
  { name: 'Rhythm', fields: ['rhythm', 'bags'], show: rhythm_step },
  { name: 'Day', fields: ['first_day', 'gift', 'message'], show: day_step },
  { name: 'Check', fields: [], show: check_step },
];

function step_page(ctx, number, problem = null) {
  const last = number === STEPS.length;
  const { name, show } = STEPS[number - 1];
  ctx.show(`Tea box, step ${number}`, html`<h1>Put together your tea box</h1>
<ol class="steps">${STEPS.map((step, index) =>
    html`<li ${index === number - 1 && html`aria-current="step"`}>${step.name}</li>`)}</ol>
<form method="post" action="/tea-box/${number}" class="panel stack" novalidate>
  <h2>Step ${number} of ${STEPS.length}: ${name}</h2>
  ${problem && html`<p class="alert" role="alert">${problem}</p>`}
  ${show(ctx.session.box, ctx.state)}
  <div class="step-actions">
    <button class="primary" name="go" value="next">${last ? 'Start the tea box' : 'Next'}</button>
    ${number > 1 && html`<button name="go" value="back">Back</button>`}
  </div>
</form>
<script src="/assets/picker.js" defer></script>
<script src="/assets/tea-box.js" defer></script>`);
}

/** The first step, up to this one, that is not done yet; else this one. */
const first_open = (ctx, number) => STEPS.findIndex((_, index) =>
  index === number - 1 || ctx.state.box_problem(index + 1, ctx.session.box)) + 1;

function step_number(ctx) {
  const number = Number(ctx.params.step);
  if (!STEPS[number - 1]) throw new HttpError(404, 'The tea box has no such step.');
  return number;
}

function open_step(ctx) {
  if (ctx.must_sign_in()) return;
  const number = step_number(ctx);
  const open = first_open(ctx, number);
  if (open < number) ctx.redirect(`/tea-box/${open}`);
  else step_page(ctx, number);
}

async function leave_step(ctx) {
  const form = await ctx.form();
  if (ctx.must_sign_in()) return;
  const number = step_number(ctx);
  for (const field of STEPS[number - 1].fields) ctx.session.box[field] = (form.get(field) ?? '').trim();
  if (form.get('go') === 'back') {
    if (ctx.state.bugs.has('back-forgets')) ctx.state.forget_box(ctx.session);
    ctx.redirect(`/tea-box/${Math.max(number - 1, 1)}`);
    return;
  }
  const problem = ctx.state.box_problem(number, ctx.session.box);
  if (problem) {
    step_page(ctx, number, problem);
  } else if (number < STEPS.length) {
    ctx.redirect(`/tea-box/${number + 1}`);
  } else if (first_open(ctx, number) < number) {
    ctx.redirect(`/tea-box/${first_open(ctx, number)}`);
  } else {
    ctx.state.start_box(ctx.session);
    ctx.session.notice = { text: 'Your tea box is ordered.', problem: false };
    ctx.redirect('/tea-box');
  }
}

const deliveries = (box, state) => (box.paused
  ? html`<p>Nothing is delivered while it is paused.</p>`
  : html`<ol>${state.box_days(box).map((day) => html`<li>${full_date(day)}</li>`)}</ol>`);

function overview(ctx) {
  if (ctx.must_sign_in()) return;
  const { box } = ctx.session.user;
  if (!box) {
    ctx.show('Tea box', html`<h1>Tea box</h1>
<p>Tea or coffee at your door, as often as you like. You can pause it at any time.</p>
<p><a class="button primary" href="/tea-box/1">Put together your tea box</a></p>`);
    return;
  }
  ctx.show('Your tea box', html`<h1>Your tea box</h1>
<dl class="facts"><dt>Content</dt><dd>${bags_text(box.bags)} of ${TASTES[box.taste].label}</dd>
  <dt>How often</dt><dd>${RHYTHMS[box.rhythm]}</dd>
  <dt>Status</dt><dd>${box.paused ? 'Paused' : 'Active'}</dd></dl>
<h2>Next deliveries</h2>
${deliveries(box, ctx.state)}
<form method="post" action="/tea-box/pause">${box.paused
    ? html`<button>Resume</button>`
    : html`<button data-confirm="Pause your tea box?">Pause</button>`}</form>`);
}

function pause(ctx) {
  if (ctx.must_sign_in()) return;
  const { box } = ctx.session.user;
  if (box) box.paused = !box.paused;
  ctx.redirect('/tea-box');
}

module.exports = [
  ['GET', '/tea-box', overview],
  ['POST', '/tea-box/pause', pause],
  ['GET', '/tea-box/:step', open_step],
  ['POST', '/tea-box/:step', leave_step],
];
