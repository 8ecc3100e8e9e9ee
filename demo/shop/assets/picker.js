'use strict';

/** A drop-down: a value that opens a list, and a hidden field for what is chosen. */
function make_picker(picker) {
  const value = picker.querySelector('.picker-value');
  const list = picker.querySelector('ul');
  const field = picker.querySelector('input');
  const options = [...list.children];

  function show(shown) {
    list.hidden = !shown;
    if (value.hasAttribute('aria-expanded')) value.setAttribute('aria-expanded', shown);
  }

  function choose(option) {
    field.value = option.dataset.value;
    value.textContent = option.textContent;
    for (const each of options) {
      if (each.role) each.setAttribute('aria-selected', each === option);
    }
    show(false);
    value.focus();
    field.dispatchEvent(new Event('change'));
  }

  function move(event) {
    const at = options.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') show(false);
    else if (at >= 0 && (event.key === 'Enter' || event.key === ' ')) choose(options[at]);
    else if (step && !list.hidden) options.at((at + step) % options.length).focus();
    else return;
    event.preventDefault();
  }

  value.addEventListener('click', () => show(list.hidden));
  picker.addEventListener('keydown', move);
  for (const option of options) option.addEventListener('click', () => choose(option));
  document.addEventListener('click', (event) => {
    if (!picker.contains(event.target)) show(false);
  });
}

document.querySelectorAll('.picker').forEach(make_picker);
