'use strict';

// The memory of a server that has nothing to do, after its start and after it has worked.

const fs = require('node:fs');
const { feature_of } = require('./features.js');
const { Server, make_folder, start_shop } = require('./machine.js');

const LOOK_MS = 500;
const IDLE_MS_MAX = 120_000; // an idle browser is stopped after a minute

/** Every process below `pid`, itself included. */
function tree_of(pid) {
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => {
    try {
      return tree_of(Number(child));
    } catch {
      return []; // it has just ended
    }
  })];
}

function mebibytes(pid, what) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(text)[1]) / 1024;
  } catch {
    return 0;
  }
}

const sum = (values) => values.reduce((total, each) => total + each, 0);
const is_browser = (pid) => {
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('chrom');
  } catch {
    return false;
  }
};

async function until_no_browser(pid) {
  const until = performance.now() + IDLE_MS_MAX;
  while (tree_of(pid).some(is_browser)) {
    if (performance.now() > until) throw new Error('an idle browser was not stopped');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const row = (what, value) => ({ what, measured: value, measured_unit: 'MiB', value, unit: 'MiB' });

/** Two rows: the server's own process, and with the runner that it has loaded ahead. */
const rows = (when, { pid }) => [
  row(`idle ${when}: the server, resident`, mebibytes(pid, 'Rss')),
  row(`idle ${when}: the server, its share (PSS)`, mebibytes(pid, 'Pss')),
  row(`idle ${when}: with the runner loaded ahead (PSS)`, sum(tree_of(pid).map((each) => mebibytes(each, 'Pss')))),
];

module.exports = async function measure() {
  const shop = await start_shop();
  const data = make_folder('data-memory');
  await (await Server.start(data)).stop(); // makes the folder
  const server = await Server.start(data);
  await server.until_warm();
  await until_no_browser(server.pid); // it is looked at once, at the start
  const before = rows('after its start', server);
  const feature = await server.generate(shop.url, 'Memory', feature_of(1));
  await server.run(feature);
  await until_no_browser(server.pid);
  await server.until_warm();
  const after = rows('after a generation and a run', server);
  await server.stop();
  await shop.stop();
  return [...before, ...after];
};
