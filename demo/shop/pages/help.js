'use strict';

const { setTimeout: delay } = require('node:timers/promises');
const { html } = require('../html.js');
const { send_json } = require('../http.js');
const { QUESTIONS } = require('../data.js');

const CARRIER_MS = 700;
const ANSWER_MS = 600;

/** A question that is found by any words of it and of its answer. */
function question_item([question, answer], bugs) {
  const words = `${question} ${answer}`;
  return html`<details data-words="${bugs.has('questions-mind-case') ? words : words.toLowerCase()}"
  ><summary>${question}</summary><p>${answer}</p></details>`;
}

function help_page(ctx) {
  const { bugs } = ctx.state;
  ctx.show('Help', html`<h1>Help</h1>
<div class="help">
<section>
  <input type="search" id="question" placeholder="What is your question?">
  <div class="questions">${QUESTIONS.map((each) => question_item(each, bugs))}</div>
  <p id="no-answer" class="hint" hidden>No answer has these words. Ask us in the chat.</p>
  <p>All the rest is in the <a href="/terms"
    ${!bugs.has('terms-replace-page') && html`target="_blank"`}>Terms</a>.</p>
</section>
<section class="panel">
  <h2>Where is my parcel?</h2>
  <form id="parcel" action="/help/parcel" class="stack">
    <input name="order" placeholder="Order number">
    <button>Track</button>
  </form>
  <div id="parcel-answer"></div>
</section>
</div>
<help-chat src="/help/chat"></help-chat>
<script src="/assets/help.js" defer></script>
<script src="/assets/help-chat.js" defer></script>`);
}

async function parcel(ctx) {
  const found = ctx.state.track(ctx.session, (ctx.url.searchParams.get('order') ?? '').trim());
  await delay(CARRIER_MS);
  const answered = found.place || found.problem;
  send_json(ctx.res, found, answered ? 200 : 503);
}

function chat(ctx) {
  send_json(ctx.res, ctx.state.bugs.has('chat-forgets') ? [] : ctx.session.chat);
}

async function ask(ctx) {
  const form = await ctx.form();
  const question = (form.get('question') ?? '').trim();
  if (question) ctx.state.chat(ctx.session, question);
  await delay(ANSWER_MS);
  send_json(ctx.res, ctx.session.chat);
}

function terms(ctx) {
  ctx.show('Terms', html`<h1>Terms</h1>
<p>Nothing is sold here, so nothing is owed. What you order is not sent, and what you pay is not
  taken.</p>
<p>What you write is forgotten when the shop is put back to its start.</p>`);
}

module.exports = [
  ['GET', '/help', help_page],
  ['GET', '/help/parcel', parcel],
  ['GET', '/help/chat', chat],
  ['POST', '/help/chat', ask],
  ['GET', '/terms', terms],
];
