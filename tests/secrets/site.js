'use strict';
// A site that shows whatever it is told in every way a page can: in texts, attributes, scripts, addresses, JSON, headers,
// cookies, the console and base64. It asks for HTTP authentication, and its certificate is its own.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const https = require('node:https');
const os = require('node:os');
const path = require('node:path');

const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const form = (names) => `<!doctype html><html lang="en"><title>Keys</title><h1>Keys</h1><form method="post" action="/saved">
${names.map((name, i) => `<p><label>Field ${i + 1} <textarea name="${name}" rows="1"></textarea></label></p>`).join('\n')}
<button>Save</button></form></html>`;

function shown(values) {
  const all = JSON.stringify(values);
  const base64 = Buffer.from(all).toString('base64');
  return `<!doctype html><html lang="en"><title>Saved</title><h1>Saved</h1>
<ul>${Object.values(values).map((value) => `<li title="${escape(value)}">${escape(value)}</li>`).join('')}</ul>
<pre>${escape(all)}</pre><a href="/again?${new URLSearchParams(values)}">Again</a>
<img alt="" src="data:image/svg+xml;base64,${base64}"><p id="echo"></p>
<script type="application/json">${all.replace(/</g, '\\u003c')}</script>
<script>
  const values = JSON.parse(document.querySelector('script').textContent);
  console.log(values, JSON.stringify(values), btoa(unescape(encodeURIComponent(JSON.stringify(values)))));
  for (const [name, value] of Object.entries(values)) localStorage.setItem(name, value);
  fetch('/echo?' + new URLSearchParams(values), { method: 'POST', body: JSON.stringify({ nested: JSON.stringify(values) }),
    headers: { 'Content-Type': 'application/json', Authorization: 'Basic ' + btoa(unescape(encodeURIComponent('me:' + values.s0))) } })
    .then((answer) => answer.text()).then((text) => { document.querySelector('#echo').textContent = text; });
</script></html>`;
}

/** What a saved sign-in lets in to: it shows what it was let in with. */
const private_page = (cookie) => `<!doctype html><html lang="en"><title>Private</title><h1>Private</h1><p>${escape(cookie)}</p><pre></pre>
<script>
  const kept = localStorage.getItem('auth');
  document.querySelector('pre').textContent = kept + decodeURIComponent(document.cookie);
  fetch('/echo', { method: 'POST', body: kept, headers: { Authorization: 'Bearer ' + JSON.parse(kept).token } });
</script></html>`;

function self_signed() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vouch-certificate-'));
  try {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
    const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
      '-keyout', key, '-out', cert], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`openssl: ${made.error ?? made.stderr}`);
    return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** @returns the site, what each secret was received as, and a switch that breaks it; `password` lets in the user "me" */
async function start_site(names, password) {
  const site = { received: {}, resets: [], broken: false, refused: 0 };
  const wanted = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
  const server = https.createServer(self_signed(), (request, response) => {
    const { authorization } = request.headers;
    if (authorization !== wanted && !authorization?.startsWith('Bearer') && !request.url.startsWith('/echo')) {
      site.refused += 1;
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="staging"' }).end('Who are you?');
      return;
    }
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { pathname } = new URL(request.url, 'http://site');
      const answer = (type, text, headers = {}) => response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(text);
      if (pathname === '/reset') {
        site.resets.push({ authorization: request.headers.authorization, body });
        return answer('text/plain', 'ok');
      }
      if (pathname === '/echo') return answer('application/json', body, { 'X-Echo': encodeURIComponent(request.url) });
      if (pathname === '/private' && request.headers.cookie) return answer('text/html', private_page(request.headers.cookie));
      if (pathname !== '/saved') return answer('text/html', form(names));
      const values = Object.fromEntries(new URLSearchParams(body));
      Object.assign(site.received, values);
      if (site.broken) return answer('text/html', shown(values).replaceAll('Saved', 'Sorry'));
      return answer('text/html', shown(values), { 'Set-Cookie': `all=${encodeURIComponent(JSON.stringify(values)).slice(0, 3000)}` });
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  site.url = `https://127.0.0.1:${server.address().port}`;
  site.stop = () => new Promise((gone) => { server.closeAllConnections(); server.close(gone); });
  return site;
}

module.exports = { start_site };
