'use strict';

// What many clients at once cost: waiters of long-polled statuses, and dispatches under load. All of them speak to one server over
// kept connections, with no more work for this process than the bytes.

const fs = require('node:fs');
const { feature_of } = require('./features.js');
const { Line, start_silent_site } = require('./lines.js');
const { Server, make_folder } = require('./machine.js');
const { median, quantile } = require('./rounds.js');

const WAITERS = 10_000;
const JOBS = 1_000;
const CHANGES_PER_S = 100;
const CHANGES = 600;
const OPENED_AT_ONCE = 200;
const SETTLE_MS = 2_000;
const LOAD_CALLERS = 64;
const RATE_PER_S = 1_000;
const RATE_S = 5;

const lines = (server, count) => Promise.all(Array.from({ length: count }, () => Line.connect(server)));

const resident_bytes = (pid) => Number(fs.readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;

/** Features whose jobs stay in the queue: the only worker waits for a site that never answers. */
async function make_features(server, site, count) {
  const { id: project } = await server.call('POST', '/projects', { name: 'Load', siteUrl: site });
  const callers = await lines(server, LOAD_CALLERS);
  const features = [];
  let next = 0;
  await Promise.all(callers.map(async (line) => {
    while (next < count) {
      const number = next++;
      const gherkin = feature_of(1).replace('Feature: Scenarios 1', `Feature: Number ${number}`);
      const { status, body } = await line.ask('POST', `/projects/${project}/features`, JSON.stringify({ gherkin }));
      if (status !== 201) throw new Error(body);
      features.push(`/projects/${project}/features/${JSON.parse(body).id}`);
    }
    line.close();
  }));
  return features;
}

/** Every `each` milliseconds, whatever became of the call before. */
async function at_a_rate(per_second, count, action) {
  const began = performance.now();
  const all = [];
  for (let i = 0; i < count; i += 1) {
    const due = began + (i * 1000) / per_second;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    all.push(action(i));
  }
  return Promise.all(all);
}

/** Waiters spread over jobs; a change is a cancel, after which the job is dispatched and waited for again. */
async function measure_waiters(server, features) {
  const jobs = features.slice(0, JOBS);
  const [control] = await lines(server, 1);
  for (const feature of jobs) await control.ask('POST', `${feature}/generate`, '{}');
  const before = resident_bytes(server.pid);
  const waiters = [];
  while (waiters.length < WAITERS) waiters.push(...await lines(server, OPENED_AT_ONCE));
  const told = []; // milliseconds from the cancel's request until a waiter's first byte
  const changed = []; // … until the answer of the cancel, which tells that it is on the disk
  const cancelled_at = new Map();
  let stopping = false;
  const wait = async (line, feature) => {
    while (!stopping) {
      const { status, first_byte, body } = await line.ask('GET', `${feature}/generation`, undefined, 'Prefer: wait=170\r\n');
      if (status !== 200) throw new Error(body);
      if (cancelled_at.has(feature)) told.push(first_byte - cancelled_at.get(feature));
      await cancelled_at.get(`${feature} again`);
    }
  };
  const waiting = waiters.map((line, i) => wait(line, jobs[i % JOBS]).catch((error) => { if (!stopping) throw error; }));
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS)); // nothing says when the last of them waits
  const bytes_each = (resident_bytes(server.pid) - before) / WAITERS;
  const controls = await lines(server, 16);
  const free = [...controls];
  await at_a_rate(CHANGES_PER_S, CHANGES, async (i) => {
    const feature = jobs[i % JOBS];
    const line = free.pop();
    if (!line) throw new Error('the server does not keep up with the changes');
    let again;
    cancelled_at.set(`${feature} again`, new Promise((resolve) => { again = resolve; }));
    cancelled_at.set(feature, performance.now());
    const { first_byte } = await line.ask('POST', `${feature}/generation/cancel`);
    changed.push(first_byte - cancelled_at.get(feature));
    await line.ask('POST', `${feature}/generate`, '{}');
    again();
    free.push(line);
  });
  stopping = true;
  for (const line of [...waiters, ...controls, control]) line.close();
  void waiting;
  return { told, changed, bytes_each };
}

/** Dispatches as fast as they go, each of a feature of its own; the jobs are cancelled afterwards. */
async function measure_dispatches(server, features) {
  const callers = await lines(server, LOAD_CALLERS);
  const took = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(callers.map(async (line) => {
    while (next < features.length) {
      const feature = features[next++];
      const asked = performance.now();
      const { status, body } = await line.ask('POST', `${feature}/generate`, '{}');
      if (status !== 202) throw new Error(body);
      took.push(performance.now() - asked);
    }
  }));
  const per_second = (features.length * 1000) / (performance.now() - began);
  for (const line of callers) line.close();
  return { per_second, took };
}

async function measure_rate(server, features) {
  const callers = await lines(server, LOAD_CALLERS);
  const free = [...callers];
  const took = [];
  await at_a_rate(RATE_PER_S, RATE_PER_S * RATE_S, async (i) => {
    const line = free.pop() ?? (await lines(server, 1))[0];
    const asked = performance.now();
    const { status, body } = await line.ask('POST', `${features[i]}/generate`, '{}');
    if (status !== 202) throw new Error(body);
    took.push(performance.now() - asked);
    free.push(line);
  });
  for (const line of free) line.close();
  return took;
}

module.exports = async function measure() {
  const site = await start_silent_site();
  const start = async (name, count) => {
    const server = await Server.start(make_folder(name), { args: ['--generations-max', '1', '--requests-per-second-max', '0'] });
    await server.until_warm();
    const [first, ...features] = await make_features(server, site.url, count + 1);
    await server.call('POST', `${first}/generate`, {});
    return { server, features };
  };
  const crowd = await start('data-waiters', JOBS);
  await site.asked;
  const { told, changed, bytes_each } = await measure_waiters(crowd.server, crowd.features);
  await crowd.server.stop();
  const steady = await start('data-rate', RATE_PER_S * RATE_S);
  const rate = await measure_rate(steady.server, steady.features);
  await steady.server.stop();
  const load = await start('data-load', RATE_PER_S * RATE_S);
  const { per_second, took } = await measure_dispatches(load.server, load.features);
  await load.server.stop();
  site.stop();
  const ms = (what, value, target) => ({ what, measured: value, value, unit: 'ms', target });
  return [
    ms(`${WAITERS} waiters, ${CHANGES_PER_S} changes a second: from the change asked to a waiter's first byte, median`, median(told)),
    ms('the same, 99th percentile', quantile(told, 0.99), 10),
    ms('of that the change itself, on the disk and answered, median', median(changed)),
    ms('the same, 99th percentile', quantile(changed, 0.99)),
    { what: 'memory of a waiter', measured: bytes_each / 1024, value: bytes_each / 1024, unit: 'KiB', measured_unit: 'KiB', target: 12 },
    ms(`202 at ${RATE_PER_S} a second, median`, median(rate)),
    ms('the same, 99th percentile', quantile(rate, 0.99), 10),
    { what: `202 from ${LOAD_CALLERS} callers at once`, measured: per_second, value: 5000 / per_second, unit: 'x of 5000 a second',
      measured_unit: 'a second', target: 1 },
    ms('the same, median', median(took)),
  ];
};
