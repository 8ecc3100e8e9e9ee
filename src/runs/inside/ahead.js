'use strict';

// Runs `playwright test` once, for a job that is told on descriptor 3, in a process that has loaded
// Playwright before it knew the job. What runs is the stock runner's own program; only the moment
// of loading is another one. Nothing of Playwright is changed.
//
//   node ahead.js          the job is on its way: load what the job needs anyway
//   node ahead.js --wait   load everything, then wait for a job
//
// Descriptor 3, one line: {"argv": ["test", …], "env": {NAME: value}}. Its end without one: leave.
// Descriptor 4, lines: {"event":"ready"} once loaded, then those of reporter.js.

const child_process = require('node:child_process');
const fs = require('node:fs');
const { WorkerAhead } = require('./worker_ahead.js');

const JOB_FD = 3;
const EVENTS_FD = 4;
const waiting = process.argv.includes('--wait');

/** Reads one line from a blocking descriptor; null at its end. */
function read_line(fd) {
  const chunks = [];
  const chunk = Buffer.alloc(1 << 16);
  for (;;) {
    let count;
    try {
      count = fs.readSync(fd, chunk);
    } catch (error) {
      if (error.code === 'EAGAIN' || error.code === 'EINTR') continue;
      throw error;
    }
    if (count === 0) return null;
    chunks.push(Buffer.from(chunk.subarray(0, count)));
    if (chunk[count - 1] === 0x0a) return Buffer.concat(chunks).toString();
  }
}

async function main() {
  // The worker loads in a process of its own: at the same time as the runner does here, or after it
  // where nobody waits, so that others have a processor meanwhile.
  let worker = waiting ? null : new WorkerAhead(child_process);
  const { program } = require('playwright/lib/program');
  if (waiting) {
    require('playwright/lib/transform/babelBundle');
    worker = new WorkerAhead(child_process);
    await worker.loaded();
  }
  fs.writeSync(EVENTS_FD, '{"event":"ready"}\n');

  const line = read_line(JOB_FD);
  if (line === null) process.exit(0);
  const job = JSON.parse(line);
  Object.assign(process.env, job.env);
  process.argv = [process.execPath, require.resolve('@playwright/test/cli'), ...job.argv];
  program.parse(process.argv);
}

main();
