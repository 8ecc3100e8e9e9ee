'use strict';

// Takes the figures that README.md explains and prints them as one table.

const { parseArgs } = require('node:util');
const { cpu, end_all } = require('./machine.js');

const MEASURES = {
  generation: require('./generation.js'),
  runs: require('./runs.js'),
  dispatch: require('./dispatch.js'),
  memory: require('./memory.js'),
  service: require('./service.js'),
  polls: require('./polls.js'),
  scripts: require('./scripts.js'),
};

function read_options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: Object.keys(MEASURES).join(',') },
      rounds: { type: 'string', default: '7' },
      json: { type: 'boolean', default: false },
    },
  });
  const names = values.only.split(',');
  const unknown = names.find((name) => !Object.hasOwn(MEASURES, name));
  if (unknown !== undefined) throw new Error(`no measure "${unknown}"; there are ${Object.keys(MEASURES).join(', ')}`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`not a number of rounds: ${values.rounds}`);
  return { names, rounds, json: values.json };
}

/** "1.23 s", "0.8 ms", "96 MiB", "1.03 x". */
function quantity(value, unit) {
  if (unit === 'ms' && value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value.toFixed(unit === 'MiB' ? 0 : 2)} ${unit}`;
}

function line_of({ what, measured, peer, value, unit, target, spread, measured_unit = 'ms' }) {
  const met = target === undefined ? '' : value <= target ? 'met' : 'MISSED';
  return [
    what,
    quantity(measured, measured_unit),
    peer === undefined ? '' : quantity(peer, measured_unit),
    quantity(value, unit),
    target === undefined ? '' : `<= ${target}`,
    met,
    spread ? spread.map((each) => each.toFixed(2)).join(' - ') : '',
  ];
}

function print_table(rows) {
  const lines = [['what', 'measured', 'peer', 'figure', 'target', '', 'quartiles'], ...rows.map(line_of)];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    console.log(line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ').trimEnd());
  }
}

async function main() {
  const options = read_options();
  const machine = cpu();
  const rows = [];
  for (const name of options.names) {
    process.stderr.write(`measuring ${name} …\n`);
    try {
      rows.push(...await MEASURES[name](options));
    } catch (error) { // the others are told all the same
      process.exitCode = 1;
      console.error(`${name} was not measured: ${error.stack}`);
    }
  }
  if (options.json) console.log(JSON.stringify({ machine, rounds: options.rounds, rows }, null, 2));
  else {
    console.log(`${machine}; ${options.rounds} rounds`);
    print_table(rows);
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { end_all(); process.exit(130); });
main().catch((error) => {
  end_all();
  console.error(error.stack);
  process.exit(1);
});
