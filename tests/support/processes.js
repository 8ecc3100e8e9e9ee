'use strict';
// Which processes belong to a server, found without asking it.

const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const GONE_POLL_MS = 5;

function read(file) {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** One process as /proc shows it now; null when it is gone (a zombie is: it does nothing any more). */
function look(pid) {
  const stat = read(`/proc/${pid}/stat`);
  const end = stat.lastIndexOf(')');
  if (end < 0) return null;
  const fields = stat.slice(end + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return { pid, parent: Number(fields[1]), started: fields[19], name: stat.slice(stat.indexOf('(') + 1, end) };
}

function all() {
  return fs.readdirSync('/proc').filter((name) => /^[1-9]/.test(name)).map((name) => look(Number(name))).filter(Boolean);
}

/** Those below `pid`, itself left out. */
function descendants(pid) {
  const children = Map.groupBy(all(), (each) => each.parent);
  const found = [];
  for (const queue = [pid]; queue.length > 0;) {
    for (const child of children.get(queue.shift()) ?? []) {
      found.push(child);
      queue.push(child.pid);
    }
  }
  return found;
}

/**
 * Those of a server that are not below it any more, or never were: every sandbox shows its programs files of the server's
 * folder, which their mounts name, and the launcher is told whom it belongs to.
 */
function of_server(pid, data_dir) {
  // Where a folder is a mount of its own, the mounts name what is below it.
  const folder = path.basename(data_dir);
  return all().filter((each) => each.pid !== pid && (
    read(`/proc/${each.pid}/mountinfo`).includes(`/${folder}/sandbox-etc/`)
    || read(`/proc/${each.pid}/cmdline`).includes(`vouch-sandbox\0--owner\0${pid}\0`)));
}

const key = ({ pid, started }) => `${pid} ${started}`;

/** A list of processes, each once. */
function join(...lists) {
  return [...new Map(lists.flat().map((each) => [key(each), each])).values()];
}

const still_there = (list) => list.filter((each) => look(each.pid)?.started === each.started);

/** Waits until `find()` is empty; what is left when `ms` have passed. The kernel tells nobody of a stranger's end. */
async function until_none(find, ms) {
  const end = performance.now() + ms;
  for (;;) {
    const left = find();
    if (left.length === 0 || performance.now() >= end) return left;
    await sleep(GONE_POLL_MS);
  }
}

module.exports = { descendants, of_server, join, still_there, until_none };
