'use strict';
// A site whose page does all it can to reach something else. What it manages to read it reports to its own origin.

const http = require('node:http');

/** Runs in the page. `targets` are addresses beside the site's own, `stun` is where WebRTC is to ask. */
async function try_everything(targets, stun) {
  const thorough = 3;
  const got = [];
  const tried = [];
  const PATIENCE_MS = 1000;
  const soon = (promise) => Promise.race([promise, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })]);
  const read = async (how, url, promise) => {
    tried.push(`${how} ${url}`);
    const text = await soon(Promise.resolve().then(() => promise()).catch(() => undefined));
    if (text) got.push({ how, url, text: String(text).slice(0, 200) });
  };
  const element = (name, attributes) => new Promise((resolve) => {
    const made = document.createElement(name);
    made.onload = () => resolve(name === 'iframe' ? made.contentDocument?.body?.innerText : '');
    made.onerror = () => resolve('');
    Object.assign(made, attributes);
    document.body.append(made);
  });
  const xhr = (url) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.onload = () => resolve(request.responseText);
    request.onerror = () => resolve('');
    request.open('GET', url);
    request.send();
  });
  const socket = (url) => new Promise((resolve) => {
    const made = new WebSocket(url.replace(/^http/, 'ws'));
    made.onopen = () => resolve('opened');
    made.onerror = () => resolve('');
  });
  const events = (url) => new Promise((resolve) => {
    const source = new EventSource(url);
    source.onopen = () => resolve('opened');
    source.onerror = () => { source.close(); resolve(''); };
  });
  const form = (url) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.name = `frame${Math.random()}`;
    frame.onload = () => resolve('');
    const made = document.createElement('form');
    Object.assign(made, { action: url, method: 'POST', target: frame.name });
    document.body.append(frame, made);
    made.submit();
  });
  // What the proxy answers in place of a page is nothing read.
  const text_of = (response) => (response.headers.get('x-vouch-proxy') ? '' : response.text());
  const work = [];
  for (const [i, url] of targets.entries()) {
    const by_redirect = `/to?url=${encodeURIComponent(url)}`;
    work.push(
      read('fetch', url, () => fetch(url).then(text_of)),
      read('redirect', url, () => fetch(by_redirect).then(text_of)),
      read('redirected image', url, () => element('img', { src: by_redirect })),
    );
    // The first addresses by all other means as well.
    if (i >= thorough) continue;
    work.push(
      read('fetch without cors', url, () => fetch(url, { mode: 'no-cors' }).then((r) => r.text())),
      read('redirected frame', url, () => element('iframe', { src: by_redirect })),
      read('xhr', url, () => xhr(url)),
      read('websocket', url, () => socket(url)),
      read('events', url, () => events(url)),
      read('image', url, () => element('img', { src: url })),
      read('script', url, () => element('script', { src: url })),
      read('frame', url, () => element('iframe', { src: url })),
      read('form', url, () => form(url)),
      read('beacon', url, () => { navigator.sendBeacon(url, 'x'); }),
    );
  }
  work.push(read('service worker', '/worker.js', async () => {
    await navigator.serviceWorker.register('/worker.js');
    return '';
  }));
  work.push(read('webrtc', stun, async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] });
    connection.createDataChannel('x');
    await connection.setLocalDescription(await connection.createOffer());
    return '';
  }));
  await Promise.all(work);
  await fetch('/report', { method: 'POST', body: JSON.stringify({ tried, got }) });
}

function page(targets, stun) {
  return `<!DOCTYPE html><html lang="en"><title>Trap</title><h1>Trap</h1>
<button type="button">Try</button> <a href="/to?url=${encodeURIComponent(targets[0])}">Leave</a><p role="status"></p>
<script>
${try_everything}
document.querySelector('button').onclick = async () => {
  document.querySelector('[role=status]').textContent = 'Trying';
  await try_everything(${JSON.stringify(targets)}, ${JSON.stringify(stun)});
  document.querySelector('[role=status]').textContent = 'All tried';
};
</script></html>`;
}

/** @returns a site with `reports`, what its page has told, and `targets`, which may be changed */
async function start_site(targets, stun) {
  const site = { targets, reports: [] };
  const worker = () => `for (const url of ${JSON.stringify(site.targets)}) fetch(url, { mode: 'no-cors' }).catch(() => {});`;
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://site');
    if (url.pathname === '/report') {
      let text = '';
      for await (const chunk of request) text += chunk;
      site.reports.push(JSON.parse(text));
      response.writeHead(204).end();
    } else if (url.pathname === '/to') {
      response.writeHead(302, { Location: url.searchParams.get('url') }).end();
    } else if (url.pathname === '/worker.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(worker());
    } else {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page(site.targets, stun));
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  site.port = server.address().port;
  site.url = `http://127.0.0.1:${site.port}`;
  site.stop = () => { server.closeAllConnections(); server.close(); };
  return site;
}

module.exports = { start_site };
