'use strict';

// Connections to a server with no more work for this process than the bytes, since it is the server that is measured.

const net = require('node:net');
const { once } = require('node:events');

/** A connection that is kept; one request at a time. */
class Line {
  static async connect(server) {
    const line = new Line();
    line.head = `HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.key}\r\n`;
    line.socket = net.connect(new URL(server.url).port, '127.0.0.1');
    line.socket.setNoDelay(true);
    line.text = '';
    line.socket.on('data', (bytes) => line.take(bytes));
    line.socket.on('error', (error) => line.done?.reject(error));
    await once(line.socket, 'connect');
    return line;
  }

  take(bytes) {
    if (this.first_byte === null) this.first_byte = performance.now();
    this.text += bytes.toString('latin1');
    const head = this.text.indexOf('\r\n\r\n');
    const length = Number(/^content-length: *(\d+)/im.exec(this.text)?.[1]);
    if (head < 0 || this.text.length < head + 4 + length) return;
    const { done, text, first_byte } = this;
    this.done = null;
    done.resolve({ status: Number(text.slice(9, 12)), body: text.slice(head + 4), first_byte });
  }

  /** @returns {Promise<{status: number, body: string, first_byte: number}>} */
  ask(method, path, body, headers = '') {
    this.text = '';
    this.first_byte = null;
    const content = body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    this.socket.write(`${method} /api/v1/ops${path} ${this.head}${headers}${content}\r\n${body ?? ''}`);
    return new Promise((resolve, reject) => { this.done = { resolve, reject }; });
  }

  close() {
    this.socket.destroy();
  }
}

/** A site that never answers: what is dispatched first waits for it, the others wait in the queue behind that. */
async function start_silent_site() {
  const sockets = new Set();
  const site = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  return {
    url: `http://127.0.0.1:${site.address().port}`,
    asked: once(site, 'connection'),
    stop: () => {
      for (const socket of sockets) socket.destroy();
      site.close();
    },
  };
}

module.exports = { Line, start_silent_site };
