'use strict';

// The peer: a Node process that runs the script in a context of `vm`. In: a batch is a line with its number of records, then a
// record a line. Out: an output a line.
//   node vm_worker.js SCRIPT

const fs = require('node:fs');
const readline = require('node:readline');
const vm = require('node:vm');

const context = vm.createContext({});
vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), context);
const call = vm.runInContext('(text) => JSON.stringify(transform(JSON.parse(text), { log() {} }))', context);

let waiting = 0, batch = [];
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  if (waiting === 0) {
    waiting = Number(line);
    return;
  }
  batch.push(line);
  if (batch.length < waiting) return;
  process.stdout.write(batch.map(call).join('\n') + '\n');
  waiting = 0;
  batch = [];
});
