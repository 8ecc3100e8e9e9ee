'use strict';
// A site of traps: below `/<name>/` each has pages of its own.

const http = require('node:http');
const { TRAPS, HEALTHY } = require('./traps.js');

const HEADER_BYTES_MAX = 1 << 20; // cookies that no other server takes are not refused here

/** @returns {Promise<{url: string, stop: () => void}>} */
async function start_site() {
  const server = http.createServer({ maxHeaderSize: HEADER_BYTES_MAX }, (request, response) => {
    const url = new URL(request.url, 'http://site');
    const [, name, ...rest] = url.pathname.split('/');
    const trap = [...TRAPS, HEALTHY].find((each) => each.name === name);
    response.on('error', () => {});
    if (!trap) return response.writeHead(404).end();
    return trap.serve({ path: rest.join('/'), query: url.searchParams, request, response });
  });
  server.requestTimeout = 0; // some traps never answer
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}

module.exports = { start_site };
