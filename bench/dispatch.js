'use strict';

// How long a dispatch takes to be answered with 202, which promises that it is on the disk, against what the disk itself
// takes to make four kilobytes durable in the same folder and the same seconds.

const fs = require('node:fs');
const net = require('node:net');
const { once } = require('node:events');
const path = require('node:path');
const { feature_of } = require('./features.js');
const { Server, make_folder } = require('./machine.js');
const { median, quantile } = require('./rounds.js');

const PER_ROUND = 40; // dispatches one after the other, and as many that come eight at once
const AT_ONCE = 8;
const APPEND_BYTES = 4096;

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

/** A connection that is kept, and no more work for this process than the bytes: the server is to be measured. */
class Caller {
  static async connect(server) {
    const caller = new Caller();
    caller.key = server.key;
    caller.socket = net.connect(new URL(server.url).port, '127.0.0.1');
    caller.socket.setNoDelay(true);
    await once(caller.socket, 'connect');
    return caller;
  }

  /** Milliseconds until the whole 202 has arrived. */
  async dispatch(feature) {
    const request = `POST /api/v1/ops${feature}/generate HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${this.key}\r\n`
      + 'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
    const began = performance.now();
    this.socket.write(request);
    let answer = '';
    for (;;) {
      const [bytes] = await once(this.socket, 'data');
      answer += bytes.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      const length = Number(/^content-length: *(\d+)/im.exec(answer)?.[1]);
      if (head >= 0 && answer.length >= head + 4 + length) break;
    }
    const ms = performance.now() - began;
    if (!answer.startsWith('HTTP/1.1 202 ')) throw new Error(`not accepted: ${answer}`);
    return ms;
  }

  close() {
    this.socket.destroy();
  }
}

/** Milliseconds of one append that is made durable. */
function append_durably(fd, bytes) {
  const began = performance.now();
  fs.writeSync(fd, bytes);
  fs.fdatasyncSync(fd);
  return performance.now() - began;
}

async function make_features(server, site, count) {
  const { id: project } = await server.call('POST', '/projects', { name: 'Dispatch', siteUrl: site });
  const features = [];
  for (let i = 0; i < count; i += 1) {
    const gherkin = feature_of(1).replace('Feature: Scenarios 1', `Feature: Number ${i}`);
    const { id } = await server.call('POST', `/projects/${project}/features`, { gherkin });
    features.push(`/projects/${project}/features/${id}`);
  }
  return features;
}

const row = (what, took, disk) => ({
  what,
  measured: median(took),
  peer: median(disk),
  peer_name: 'append of 4 KB and fdatasync',
  value: median(took) - median(disk),
  unit: 'ms more',
  target: 1,
  spread: [quantile(took, 0.25), quantile(took, 0.75)],
  samples: { took, disk },
});

module.exports = async function measure({ rounds }) {
  const data = make_folder('data-dispatch');
  const site = await start_silent_site();
  const server = await Server.start(data, { args: ['--generations-max', '1', '--requests-per-second-max', '0'] });
  await server.until_warm();
  const [first, ...waiting] = await make_features(server, site.url, 1 + 2 * PER_ROUND);
  const callers = await Promise.all(Array.from({ length: AT_ONCE }, () => Caller.connect(server)));
  const fd = fs.openSync(path.join(data, 'append'), 'a');
  const bytes = Buffer.alloc(APPEND_BYTES, 'x');

  await server.call('POST', `${first}/generate`, {});
  await site.asked; // by the browser of the first: from here on it only waits
  const serial = [], together = [], disk = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const feature of waiting.slice(0, PER_ROUND)) {
      serial.push(await callers[0].dispatch(feature));
      disk.push(append_durably(fd, bytes));
    }
    for (let i = PER_ROUND; i < waiting.length; i += AT_ONCE) {
      const some = waiting.slice(i, i + AT_ONCE);
      together.push(...await Promise.all(some.map((feature, at) => callers[at].dispatch(feature))));
    }
    for (const feature of waiting) await server.call('POST', `${feature}/generation/cancel`, {});
  }
  await server.call('POST', `${first}/generation/cancel`, {}).catch(() => {}); // it may have given up by itself
  for (const caller of callers) caller.close();
  fs.closeSync(fd);
  await server.stop();
  site.stop();
  const late = (took, disk) => ({ ...row('', took, disk), measured: quantile(took, 0.99), peer: quantile(disk, 0.99),
    value: quantile(took, 0.99) - quantile(disk, 0.99), target: undefined, spread: undefined });
  return [
    row('202, one at a time, median', serial, disk),
    { ...late(serial, disk), what: '202, one at a time, 99th percentile' },
    row(`202, ${AT_ONCE} at once, median`, together, disk),
    { ...late(together, disk), what: `202, ${AT_ONCE} at once, 99th percentile` },
  ];
};
