'use strict';

// Everything works without this script too, but for what loads after the page.

const TOAST_MS = 4000;

function let_go(toast) {
  setTimeout(() => toast.remove(), TOAST_MS);
}

function show_toast({ text, problem }) {
  const toast = document.createElement('div');
  toast.className = problem ? 'toast problem' : 'toast';
  toast.textContent = text;
  document.querySelector('#toasts').append(toast);
  let_go(toast);
}

function show_count(count) {
  const badge = document.querySelector('.badge');
  badge.textContent = count;
  badge.hidden = count === 0;
}

async function add_to_cart(event) {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, {
    method: 'POST',
    keepalive: true,
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(new FormData(form)),
  });
  const added = await answer.json();
  show_count(added.count);
  show_toast(added);
}

async function load_later(place) {
  const answer = await fetch(place.dataset.load);
  place.innerHTML = answer.ok ? await answer.text() : '<p>This could not be loaded.</p>';
}

function show_delivery(radio) {
  const money = (cents) => `€ ${(cents / 100).toFixed(2)}`;
  const price = Number(radio.dataset.price);
  const sum = document.querySelector('#to-pay');
  document.querySelector('#delivery-cost').textContent = money(price);
  sum.textContent = money(Number(sum.dataset.products) + price);
}

/** A key that leads to a field, unless it is typed into one. */
function go_to_field(event) {
  if (event.target.matches('input, textarea, select')) return;
  const field = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

document.addEventListener('keydown', go_to_field);
document.querySelectorAll('[data-show-after]').forEach((note) =>
  setTimeout(() => { note.hidden = false; }, Number(note.dataset.showAfter)));
document.querySelectorAll('.toast').forEach(let_go);
document.querySelectorAll('.add-form').forEach((form) =>
  form.addEventListener('submit', add_to_cart));
document.querySelectorAll('[data-load]').forEach(load_later);
document.querySelectorAll('[data-submit]').forEach((field) =>
  field.addEventListener('change', () => field.form.submit()));
document.querySelectorAll('[data-price]').forEach((radio) =>
  radio.addEventListener('change', () => show_delivery(radio)));
document.querySelectorAll('[data-confirm]').forEach((button) =>
  button.addEventListener('click', (event) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  }));
