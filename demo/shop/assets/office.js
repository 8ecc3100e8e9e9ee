'use strict';

const office = document.querySelector('#office');
let asking = new AbortController();

/** Only the answer to what was typed last counts. */
async function add_up() {
  asking.abort();
  asking = new AbortController();
  const answer = await fetch('/office/sums', {
    method: 'POST', body: new URLSearchParams(new FormData(office)), signal: asking.signal,
  }).catch(() => null);
  if (!answer?.ok) return;
  const { sums, count, total } = await answer.json();
  document.querySelectorAll('[data-sum]').forEach((cell) => {
    cell.textContent = sums[cell.dataset.sum] ?? '';
  });
  document.querySelector('#count').textContent = count;
  document.querySelector('#total').textContent = total;
}

office.querySelectorAll('input[type=number]').forEach((field) =>
  field.addEventListener('input', add_up));
