'use strict';

const level = document.querySelector('#level');
const pin = document.querySelector('.pin');
const stop_note = document.querySelector('.stop');

document.querySelectorAll('[data-step]').forEach((button) =>
  button.addEventListener('click', () => {
    const wanted = Number(level.textContent) + Number(button.dataset.step);
    level.textContent = Math.min(Math.max(wanted, 1), Number(level.dataset.max));
  }));

pin.addEventListener('click', () => {
  stop_note.hidden = !stop_note.hidden;
  pin.setAttribute('aria-expanded', !stop_note.hidden);
});
