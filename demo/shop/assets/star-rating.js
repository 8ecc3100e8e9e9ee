'use strict';

const WORDS = ['Poor', 'Fair', 'Good', 'Very good', 'Excellent'];

/** <star-rating name value>: a form's field of one to five stars. */
class StarRating extends HTMLElement {
  static formAssociated = true;

  constructor() {
    super();
    this.internals = this.attachInternals();
    this.attachShadow({ mode: 'open' }).innerHTML = `<style>
:host { display: flex; align-items: center; gap: .75rem; }
button {
  border: 0; padding: 0 .1rem; background: none; color: #b9b6aa; font-size: 1.6rem; line-height: 1;
  cursor: pointer;
}
button.lit { color: #c98a2b; }
</style>
<div role="radiogroup" aria-label="Your rating">${WORDS.map((_, index) => `<button type="button"
  role="radio" aria-label="${index + 1} ${index === 0 ? 'star' : 'stars'}">★</button>`).join('')}</div>
<span></span>`;
    this.buttons = [...this.shadowRoot.querySelectorAll('button')];
    this.buttons.forEach((button, index) =>
      button.addEventListener('click', () => this.choose(index + 1)));
  }

  connectedCallback() {
    this.choose(Number(this.getAttribute('value')));
  }

  choose(stars) {
    this.internals.setFormValue(stars || '');
    this.buttons.forEach((button, index) => {
      button.classList.toggle('lit', index < stars);
      button.setAttribute('aria-checked', index === stars - 1);
    });
    this.shadowRoot.querySelector('span').textContent = WORDS[stars - 1] ?? '';
  }
}

customElements.define('star-rating', StarRating);
