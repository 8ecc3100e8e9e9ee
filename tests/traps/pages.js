'use strict';
// What the traps are made of: a page with a button that greets, and ways to answer.

const CHUNK = Buffer.alloc(1 << 16, 'x');

/**
 * A page with a button that greets. `early` is a script that runs before anything stands on the page, `late` one that runs at the
 * end, `greet` what the button does.
 */
const page = ({ early = '', body = '', late = '', greet = "said.textContent = 'Hello there';" } = {}) => `<!DOCTYPE html>
<html lang="en"><head><title>Trap</title><script>${early}</script></head><body><h1>Trap</h1>
<button type="button" id="greet">Greet</button><p role="status" id="said"></p>${body}
<script>
const button = document.getElementById('greet');
const said = document.getElementById('said');
button.onclick = () => { ${greet} };
${late}
</script></body></html>`;

const html = (text, headers = {}) => ({ response }) =>
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(text);

/** This page at every address. */
const always = (parts) => html(page(parts));

/** What is at which path below the trap; nothing is ever answered at any other. */
const site = (paths) => (asked) => paths[asked.path]?.(asked);

/** The number in the query and the next, for addresses without end. */
const counted = (make) => (asked) => {
  const n = Number(asked.query.get('n') ?? 0);
  return make(n, asked)(asked);
};

const redirect = (address) => ({ response }) => response.writeHead(302, { Location: address }).end();

/** Writes this many bytes, as fast as they are read. */
const pour = (bytes, headers) => ({ response }) => {
  response.writeHead(200, headers);
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= CHUNK.length;
      if (!response.write(CHUNK)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
};

/** Begins with `text` and never ends: something is added again and again. */
const drip = (text) => ({ response }) => {
  const DRIP_MS = 50;
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.write(text);
  const timer = setInterval(() => response.write('<p>more</p>'), DRIP_MS);
  response.on('close', () => clearInterval(timer));
};

module.exports = { page, html, always, site, counted, redirect, pour, drip };
