'use strict';

// Generating the login feature, against one bare run of the test that comes of it; and that test, against one by hand.

const fs = require('node:fs');
const path = require('node:path');
const { LOGIN } = require('./features.js');
const { ROOT, StockProject, bare_config, generate, make_folder, start_shop } = require('./machine.js');
const { in_rounds, ratio_row } = require('./rounds.js');

const RESET = 'POST /reset';
const BY_HAND = path.join(ROOT, 'demo/reference/login.spec.ts');

module.exports = async function measure({ rounds }) {
  const shop = await start_shop();
  const state = make_folder('state'), specs = make_folder('specs');
  const generation = async (name, reset) => {
    const out = path.join(specs, `${name}.spec.ts`);
    const { ms, job_ms } = await generate({ state, feature: LOGIN, site: shop.url, out, reset });
    return { [name]: ms, [`${name}, the job`]: job_ms };
  };
  // The first ones fill the compile caches and write the specs that are run afterwards.
  await generation('with reset', RESET);
  await generation('without reset', null);
  const project = (name, file) => new StockProject(`stock-${name}`,
    { 'playwright.config.js': bare_config(shop.url), 'login.spec.ts': fs.readFileSync(file) });
  const reset_spec = project('reset', path.join(specs, 'with reset.spec.ts'));
  const plain_spec = project('plain', path.join(specs, 'without reset.spec.ts'));
  const by_hand = project('by-hand', BY_HAND);
  for (const each of [reset_spec, plain_spec, by_hand]) await each.run();

  const samples = await in_rounds(rounds, {
    'with reset': () => generation('with reset', RESET),
    'its test, with reset': () => reset_spec.run(),
    'without reset': () => generation('without reset', null),
    'its test, without reset': () => plain_spec.run(),
    'by hand': () => by_hand.run(),
  });
  await shop.stop();
  return [
    { what: 'generation, with reset', subject: 'with reset', peer: 'its test, with reset', target: 3 },
    { what: 'generation, with reset: the job alone', subject: 'with reset, the job', peer: 'its test, with reset' },
    { what: 'generation, without reset', subject: 'without reset', peer: 'its test, without reset', target: 3 },
    { what: 'generation, without reset: the job alone', subject: 'without reset, the job', peer: 'its test, without reset' },
    { what: 'the finished test', subject: 'its test, without reset', peer: 'by hand', target: 1.2 },
  ].map((row) => ratio_row(row, samples));
};
