'use strict';

const list = document.querySelector('[data-order]');
let dragged = null;

/** What is dropped on a gift takes its place; those between make room. */
function drop_on(gift) {
  const gifts = [...list.children];
  if (gifts.indexOf(dragged) < gifts.indexOf(gift)) gift.after(dragged);
  else gift.before(dragged);
}

async function keep_order() {
  const ids = [...list.children].map((gift) => ['id', gift.dataset.id]);
  const answer = await fetch(list.dataset.order, { method: 'POST', body: new URLSearchParams(ids) });
  if (answer.ok) show_toast({ text: 'The new order is kept.', problem: false });
}

list?.addEventListener('dragstart', (event) => {
  dragged = event.target.closest('li');
  dragged.classList.add('dragged');
});
list?.addEventListener('dragend', () => dragged.classList.remove('dragged'));
list?.addEventListener('dragover', (event) => event.preventDefault());
list?.addEventListener('drop', (event) => {
  event.preventDefault();
  const gift = event.target.closest('li');
  if (!gift || !dragged || gift === dragged) return;
  drop_on(gift);
  keep_order();
});
