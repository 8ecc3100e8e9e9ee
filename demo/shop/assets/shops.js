'use strict';

const tabs = [...document.querySelectorAll('[role=tab]')];

function choose(tab) {
  for (const each of tabs) {
    each.setAttribute('aria-selected', each === tab);
    each.tabIndex = each === tab ? 0 : -1;
  }
  document.querySelectorAll('[role=tabpanel]').forEach((panel) => {
    panel.hidden = panel.id !== tab.getAttribute('aria-controls');
  });
}

function move(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs.at((tabs.indexOf(event.target) + step) % tabs.length);
  choose(next);
  next.focus();
}

for (const tab of tabs) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', move);
}
document.querySelectorAll('[data-dialog]').forEach((button) =>
  button.addEventListener('click', () =>
    document.getElementById(button.dataset.dialog).showModal()));
document.querySelector('dialog[data-open]')?.showModal();
