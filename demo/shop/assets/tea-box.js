'use strict';

document.querySelectorAll('.stepper').forEach((stepper) => {
  const field = stepper.querySelector('input');
  stepper.querySelectorAll('button').forEach((button) =>
    button.addEventListener('click', () => {
      const wanted = Number(field.value) + Number(button.dataset.step);
      field.value = Math.min(Math.max(wanted, 1), Number(field.dataset.max));
    }));
});

document.querySelectorAll('[data-reveals]').forEach((box) =>
  box.addEventListener('change', () => {
    document.getElementById(box.dataset.reveals).hidden = !box.checked;
  }));
