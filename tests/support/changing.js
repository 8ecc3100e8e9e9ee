'use strict';
// What suites share that change the demo shop behind their tests.

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { ROOT } = require('./program.js');

const WAIT = { Prefer: 'wait=170' };

/** The shop behind an address of its own, with `site.edit` done to every text that it answers. */
function start_site(shop) {
  const site = { edit: (text) => text };
  const to = new URL(shop.url);
  const server = http.createServer((req, res) => {
    const headers = { ...req.headers, 'accept-encoding': 'identity' };
    const forward = http.request({ host: to.hostname, port: to.port, path: req.url, method: req.method, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const type = answer.headers['content-type'] ?? '';
        let body = Buffer.concat(chunks);
        if (/html|javascript|css|json/.test(type)) body = Buffer.from(site.edit(body.toString(), type));
        const { 'content-length': length, 'transfer-encoding': coding, etag, ...kept } = answer.headers;
        res.writeHead(answer.statusCode, { ...kept, 'content-length': body.length, 'cache-control': 'no-store' }).end(body);
      });
    });
    forward.on('error', () => res.destroy());
    req.pipe(forward);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      site.url = `http://127.0.0.1:${server.address().port}`;
      site.stop = () => { server.close(); server.closeAllConnections(); };
      resolve(site);
    });
  });
}

/** The demo's feature with these of its scenarios alone. */
function cut(file, titles) {
  const text = fs.readFileSync(path.join(ROOT, 'demo/features', file), 'utf8');
  const [head, ...scenarios] = text.split(/^(?=  Scenario)/m);
  return [head, ...scenarios.filter((one) => titles.some((title) => one.split('\n')[0].endsWith(`: ${title}`)))].join('');
}

/** The status of a job or run at this address, once it has ended. */
async function ended(server, target) {
  for (;;) {
    const answer = await server.must('GET', target, undefined, WAIT);
    if ((answer.overallStatus ?? answer.status) === 'completed' || /passed|failed|cancelled/.test(answer.status)) return answer;
  }
}

module.exports = { cut, ended, start_site };
