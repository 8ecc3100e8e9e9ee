'use strict';
// What a server needs while it works: its memory, that of each of its browsers, and how long it takes to answer.

const fs = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const processes = require('../support/processes.js');

const SAMPLE_MS = 250;

/** Private and shared memory of one process; files that it maps are not counted. */
function memory_of(pid) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = (label) => Number(new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return (kilobytes('RssAnon') + kilobytes('RssShmem')) * 1024;
  } catch {
    return 0; // it has ended
  }
}

class Watch {
  constructor(server) {
    this.server = server;
    this.seen = { server_bytes: 0, browser_bytes: 0, answer_ms: 0 };
    this.over = new AbortController();
    this.sampling = this.sample();
    this.sampling.catch(() => {}); // end() tells it
  }

  async sample() {
    const { signal } = this.over;
    while (!signal.aborted) {
      const began = performance.now();
      await this.server.call('GET', '/health');
      const { seen, server } = this;
      seen.answer_ms = Math.max(seen.answer_ms, performance.now() - began);
      seen.server_bytes = Math.max(seen.server_bytes, memory_of(server.pid));
      for (const bytes of this.sandboxes()) seen.browser_bytes = Math.max(seen.browser_bytes, bytes);
      await sleep(SAMPLE_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** The memory of each tree of processes below the server. */
  sandboxes() {
    const all = processes.descendants(this.server.pid);
    const tops = all.filter(({ parent }) => parent === this.server.pid);
    return tops.map(({ pid }) => [{ pid }, ...processes.descendants(pid)].reduce((sum, each) => sum + memory_of(each.pid), 0));
  }

  async end() {
    this.over.abort();
    await this.sampling;
    return this.seen;
  }
}

module.exports = { Watch };
