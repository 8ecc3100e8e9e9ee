'use strict';

// How many records a second a script transforms, the way to its process and back included, beside what Node's `vm` does in one
// process of its own, fed the same records in the same batches, and beside a worker thread of Node's for every call.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { NODE, ROOT, make_folder, time } = require('./machine.js');
const { median, quantile } = require('./rounds.js');

const SCRIPT = path.join(__dirname, 'scripts/transform.js');
const BENCH = path.join(ROOT, 'build/release/script_bench');
const MS = 2000; // of each measurement, after as long again of warming up
const BATCH = 64;
const LINES = { 'records of 1 KB': 3, 'records of 20 KB': 80 };

function record(i, lines) {
  return JSON.stringify({
    providerSlug: 'bench',
    config: { prefix: 'B' },
    payload: {
      number: 1000 + i,
      state: ['open', 'cooking', 'done'][i % 3],
      created: `2026-0${1 + (i % 9)}-1${i % 10} 1${i % 10}:3${i % 10}`,
      wanted: `2026-0${1 + (i % 9)}-1${i % 10} 2${i % 4}:0${i % 10}`,
      customer: { first: ' Anna ', last: `Number  ${i}`, phone: '+49 (30) 123-4567', email: `Anna.${i}@Example.org` },
      tax_cents: 119 + i,
      lines: Array.from({ length: lines }, (_, at) => ({
        sku: `sku-${i}-${at}`, title: `Tea  number ${at}`, count: 1 + (at % 3), price_cents: 250 + 7 * at, voided: at % 11 === 10,
        category: ['tea', 'cake', undefined][at % 3], note: at % 4 === 0 ? 'without  sugar' : null,
        options: at % 2 ? [{ sku: `opt-${at}`, title: 'Milk', price_cents: 40, count: 2 }] : [],
      })),
    },
  });
}

/** Records a second through one process with a context of vm. */
async function with_vm(records) {
  const child = spawn(NODE, [path.join(__dirname, 'scripts/vm_worker.js'), SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  let lines = 0, wanted = Infinity, arrived;
  child.stdout.on('data', (bytes) => {
    for (const byte of bytes) lines += byte === 10 ? 1 : 0;
    if (lines >= wanted) arrived();
  });
  const batches = [];
  for (let at = 0; at < records.length; at += BATCH) {
    const some = records.slice(at, at + BATCH);
    batches.push(`${some.length}\n${some.join('\n')}\n`);
  }
  let done = 0;
  const run_for = async (ms) => {
    const began = performance.now(), before = done;
    for (let i = 0; performance.now() - began < ms; i += 1) {
      const batch = batches[i % batches.length];
      const count = Number(batch.slice(0, batch.indexOf('\n')));
      wanted = done + count;
      const all = new Promise((resolve) => { arrived = resolve; });
      child.stdin.write(batch);
      await all;
      done += count;
    }
    return (done - before) * 1000 / (performance.now() - began);
  };
  await run_for(MS);
  const rate = await run_for(MS);
  child.kill();
  return rate;
}

/** Calls a second with a thread for each. */
async function with_threads(records) {
  const code = `const { parentPort, workerData } = require('node:worker_threads');
    ${fs.readFileSync(SCRIPT, 'utf8')}
    parentPort.postMessage(JSON.stringify(transform(JSON.parse(workerData), { log() {} })));`;
  const began = performance.now();
  let done = 0;
  for (; performance.now() - began < MS; done += 1) {
    await new Promise((resolve, reject) => {
      new Worker(code, { eval: true, workerData: records[done % records.length] }).once('message', resolve).once('error', reject);
    });
  }
  return done * 1000 / (performance.now() - began);
}

async function subject(file, ...options) {
  const { status, stdout, stderr } = await time(BENCH, [SCRIPT, file, String(MS), ...options]);
  if (status !== 0) throw new Error(`script_bench ended with ${status}: ${stderr}`);
  return Number(stdout);
}

module.exports = async function measure({ rounds }) {
  const folder = make_folder('scripts');
  const rows = [];
  for (const [name, lines] of Object.entries(LINES)) {
    const records = Array.from({ length: 512 }, (_, i) => record(i, lines));
    const file = path.join(folder, `${lines}.ndjson`);
    fs.writeFileSync(file, records.join('\n') + '\n');
    const taken = { jit: [], no_jit: [], single: [], vm: [], threads: [] };
    for (let round = 0; round < rounds; round += 1) {
      taken.jit.push(await subject(file, '--batch', String(BATCH)));
      taken.vm.push(await with_vm(records));
      taken.no_jit.push(await subject(file, '--batch', String(BATCH), '--no-jit'));
      taken.single.push(await subject(file, '--batch', '1'));
      taken.threads.push(await with_threads(records));
    }
    const row = (what, ours, theirs, target) => {
      const ratios = theirs.map((each, i) => each / ours[i]);
      return { what: `${name}: ${what}`, measured: median(ours), peer: median(theirs), value: median(ratios), unit: 'x', target,
        measured_unit: '/s', spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)], samples: { ours, theirs } };
    };
    rows.push(row(`batches of ${BATCH}, beside vm`, taken.jit, taken.vm, 1.33),
      row('one at a time, beside a thread a call', taken.single, taken.threads, 0.33),
      row('without the compiler, beside vm', taken.no_jit, taken.vm));
  }
  return rows;
};
