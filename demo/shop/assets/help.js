'use strict';

const question = document.querySelector('#question');
const parcel = document.querySelector('#parcel');
const parcel_answer = document.querySelector('#parcel-answer');

question.addEventListener('input', () => {
  const typed = question.value.trim().toLowerCase();
  const items = [...document.querySelectorAll('[data-words]')];
  for (const item of items) item.hidden = !item.dataset.words.includes(typed);
  document.querySelector('#no-answer').hidden = items.some((item) => !item.hidden);
});

function say(text, className, role) {
  const line = document.createElement('p');
  line.textContent = text;
  line.className = className;
  if (role) line.role = role;
  parcel_answer.replaceChildren(line);
}

function offer_again() {
  const again = document.createElement('button');
  again.type = 'button';
  again.textContent = 'Try again';
  again.addEventListener('click', track);
  parcel_answer.append(again);
}

async function track() {
  say('Asking the carrier…', 'loading');
  const answer = await fetch(`${parcel.action}?${new URLSearchParams(new FormData(parcel))}`);
  if (answer.ok) {
    const { place, problem } = await answer.json();
    if (problem) say(problem, 'alert', 'alert');
    else say(place, 'success', 'status');
  } else {
    say('The carrier does not answer.', 'alert', 'alert');
    offer_again();
  }
}

parcel.addEventListener('submit', (event) => {
  event.preventDefault();
  track();
});
