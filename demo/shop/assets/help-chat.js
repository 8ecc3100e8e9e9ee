'use strict';

/** <help-chat src>: a bubble in the corner, which opens a chat. */
class HelpChat extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>
:host { position: fixed; right: 1.5rem; bottom: 1.5rem; z-index: 8; }
[hidden] { display: none !important; }
button, input { font: inherit; }
.bubble { width: 3.5rem; height: 3.5rem; border: 0; border-radius: 50%; background: #2f5d50; color: #fff; cursor: pointer; }
.panel { display: grid; grid-template-rows: auto 1fr auto; width: 20rem; height: 24rem; background: #fff; border: 1px solid #e2e0d8; border-radius: .9rem; overflow: hidden; box-shadow: 0 12px 40px rgb(0 0 0 / .2); }
header { display: flex; justify-content: space-between; padding: .6rem 1rem; background: #2f5d50; color: #fff; }
header button { border: 0; background: none; color: inherit; cursor: pointer; }
ol { margin: 0; padding: 1rem; list-style: none; overflow-y: auto; }
li { margin-bottom: .6rem; }
form { display: flex; gap: .4rem; padding: .6rem; border-top: 1px solid #e2e0d8; }
input { flex: 1; min-width: 0; padding: .3rem .5rem; }
</style>
<button type="button" class="bubble" aria-label="Chat with us" aria-expanded="false"><svg
  viewBox="0 0 24 24" width="26" height="26" fill="none" stroke="currentColor" stroke-width="1.7"
  aria-hidden="true"><path d="M4 5h16v11H10l-4 4v-4H4Z"/></svg></button>
<section class="panel" role="dialog" aria-label="Chat" hidden>
  <header>Ask Leaf &amp; Bean <button type="button" class="close" title="Close">✕</button></header>
  <ol role="log"></ol>
  <form><input placeholder="Type your question"><button>Send</button></form>
</section>`;
    this.bubble = root.querySelector('.bubble');
    this.panel = root.querySelector('.panel');
    this.log = root.querySelector('ol');
    this.field = root.querySelector('input');
    this.bubble.addEventListener('click', () => this.open());
    root.querySelector('.close').addEventListener('click', () => this.close());
    root.querySelector('form').addEventListener('submit', (event) => this.send(event));
    this.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  async open() {
    this.show(true);
    const said = await fetch(this.getAttribute('src'));
    this.write(await said.json());
    this.field.focus();
  }

  close() {
    this.show(false);
    this.bubble.focus();
  }

  show(shown) {
    this.panel.hidden = !shown;
    this.bubble.hidden = shown;
  }

  async send(event) {
    event.preventDefault();
    const question = this.field.value;
    this.field.value = '';
    this.add('Leaf & Bean is typing…');
    const answer = await fetch(this.getAttribute('src'),
      { method: 'POST', body: new URLSearchParams({ question }) });
    this.write(await answer.json());
  }

  write(lines) {
    this.log.replaceChildren();
    for (const { from, text } of lines) this.add(`${from}: ${text}`);
  }

  add(text) {
    const line = document.createElement('li');
    line.textContent = text;
    this.log.append(line);
    line.scrollIntoView({ block: 'nearest' });
  }
}

customElements.define('help-chat', HelpChat);
