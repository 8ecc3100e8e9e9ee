'use strict';

// How long a dispatch takes to be answered with 202, which promises that it is on the disk, against what the disk itself
// takes to make four kilobytes durable in the same folder and the same seconds.

const fs = require('node:fs');
const path = require('node:path');
const { feature_of } = require('./features.js');
const { Line, start_silent_site } = require('./lines.js');
const { Server, make_folder } = require('./machine.js');
const { median, quantile } = require('./rounds.js');

const PER_ROUND = 40; // dispatches one after the other, and as many that come eight at once
const AT_ONCE = 8;
const APPEND_BYTES = 4096;

/** Milliseconds until the whole 202 has arrived. */
async function dispatch(line, feature) {
  const began = performance.now();
  const { status, body } = await line.ask('POST', `${feature}/generate`, '{}');
  const ms = performance.now() - began;
  if (status !== 202) throw new Error(`not accepted: ${body}`);
  return ms;
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
  const callers = await Promise.all(Array.from({ length: AT_ONCE }, () => Line.connect(server)));
  const fd = fs.openSync(path.join(data, 'append'), 'a');
  const bytes = Buffer.alloc(APPEND_BYTES, 'x');

  await server.call('POST', `${first}/generate`, {});
  await site.asked; // by the browser of the first: from here on it only waits
  const serial = [], together = [], disk = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const feature of waiting.slice(0, PER_ROUND)) {
      serial.push(await dispatch(callers[0], feature));
      disk.push(append_durably(fd, bytes));
    }
    for (let i = PER_ROUND; i < waiting.length; i += AT_ONCE) {
      const some = waiting.slice(i, i + AT_ONCE);
      together.push(...await Promise.all(some.map((feature, at) => dispatch(callers[at], feature))));
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
