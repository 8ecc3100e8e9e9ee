'use strict';

// Serves the pages beside it, and a few answers made up: GET /late and /late.js answer
// after a moment, /echo/<status> answers with that status, /never not at all, /huge.html has fifty thousand nodes.

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const PAGES = path.join(__dirname, 'pages');
const LATE_MS = 80;
const LATE_SCRIPT = "document.querySelector('p').textContent = 'Somebody listens.';";

const huge = () => `<!doctype html><title>Huge</title><p>${'é'.repeat(5000)}</p><ul>${
  Array.from({ length: 8000 }, (_, i) => `<li><span>Item ${i}</span> <button>Buy</button></li>`).join('')}</ul>`;

function answer(req, res) {
  const { pathname } = new URL(req.url, 'http://fixtures');
  const echo = /^\/echo\/(\d{3})$/.exec(pathname);
  const file = path.join(PAGES, path.basename(pathname));
  if (echo) res.writeHead(Number(echo[1])).end();
  else if (pathname === '/never') return;
  else if (pathname === '/late') setTimeout(() => res.end('loaded late'), LATE_MS);
  else if (pathname === '/late.js') setTimeout(() => res.end(LATE_SCRIPT), LATE_MS);
  else if (pathname === '/huge.html') res.setHeader('Content-Type', 'text/html').end(huge());
  else if (pathname.endsWith('.html') && fs.existsSync(file)) {
    res.setHeader('Content-Type', 'text/html; charset=utf-8').end(fs.readFileSync(file));
  } else res.writeHead(404).end('not found');
}

const server = http.createServer(answer);
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
