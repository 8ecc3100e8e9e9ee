'use strict';
// Healing on changed copies of the demo shop: tests are generated and proven on the shop as it is, then the shop changes behind
// the same address, the tests run, and those that fail are healed, or refused where something is gone or means something else.
//   tests/heal/run [--all] [NAME …]      --all: every change, on all features below; NAME: these changes

const path = require('node:path');
const { Checks, Server, make_work_dir, start_shop } = require('../support/program.js');
const { cut, ended, start_site } = require('../support/changing.js');
const { CHANGES } = require('./changes.js');

const ALL = process.argv.includes('--all');
const NAMES = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const API = '/api/v1/ops/projects';
const HEALED_MIN = 0.85;

/** The scenarios that are used: none of them needs what another change breaks to be proven. */
const SCENARIOS = {
  'cart.feature': ['Adding a product', 'Changing a quantity', 'Removing a product', 'A coupon counts only once'],
  'login.feature': ['Valid user signs in', 'Locked user is refused', 'Unknown user is refused'],
  'catalogue.feature': ['Sorting by price', 'Turning the page', 'Searching for part of a name'],
};

const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('heal');

/** Which of the feature's tests fail on the site as it is now. */
async function failing(server, feature) {
  const { runId } = await server.must('POST', `${feature.path}/run`, {});
  const { tests } = await ended(server, `${feature.project}/runs/${runId}`);
  return new Set(tests.filter(({ status }) => status !== 'passed').map(({ name }) => name));
}

const is_of = (name, title) => name === title || name.startsWith(`${title} `) || name.startsWith(`${title}:`);

async function try_change(server, site, features, change, sums) {
  site.edit = change.edit;
  for (const feature of features) {
    const failed = await failing(server, feature);
    const { requestId } = await server.must('POST', `${feature.path}/heal`, {});
    const healing = await ended(server, `${feature.path}/healings/${requestId}`);
    for (const section of healing.sections.slice(1)) {
      const good = section.conclusion === 'success';
      const broken = change.breaks?.includes(section.title) ?? false;
      const needed = [...failed].some((name) => is_of(name, section.title));
      const what = `${change.name}: ${section.title}`;
      if (broken) {
        sums.broken += 1;
        sums.false_heals += good ? 1 : 0;
        const told = !good && change.told.test(section.statusReason);
        if (change.removes) { sums.removals += 1; sums.reported += told ? 1 : 0; }
        check(`${what} is refused, and says why`, told, section.statusReason ?? 'it was healed');
      } else if (needed) {
        sums.needed += 1;
        sums.healed += good ? 1 : 0;
        console.log(`${good ? 'healed ' : 'MISSED '} ${what}${good ? '' : `: ${section.statusReason}`}`);
      } else {
        check(`${what} is kept`, good, section.statusReason ?? '');
      }
    }
    for (const { line, before, after } of healing.changes) console.log(`        line ${line}\n          - ${before}\n          + ${after}`);
    const whole = healing.sections.slice(1).every(({ conclusion }) => conclusion === 'success');
    check(`${change.name}: a test is offered where all of ${feature.file} is well, and only there`, (healing.spec !== null) === whole);
  }
}

async function main() {
  const shop = await start_shop();
  const site = await start_site(shop);
  const server = await Server.start(path.join(work.dir, 'data'));
  server.key = server.make_key('heal');
  const settings = { reset: { method: 'POST', url: '/reset' } };
  const { id } = await server.must('POST', API, { name: 'shop', siteUrl: site.url, settings });
  const features = [];
  for (const [file, titles] of Object.entries(SCENARIOS)) {
    if (!ALL && NAMES.length === 0 && file !== 'cart.feature') continue;
    const made = await server.must('POST', `${API}/${id}/features`, { gherkin: cut(file, titles) });
    const feature = { project: `${API}/${id}`, path: `${API}/${id}/features/${made.id}`, file };
    await server.must('POST', `${feature.path}/generate`, {});
    const status = await ended(server, `${feature.path}/generation`);
    check(`${file} is generated and proven`, status.overallConclusion === 'success', status.statusReason ?? '');
    if (status.overallConclusion === 'success') features.push(feature);
  }
  const sums = { needed: 0, healed: 0, broken: 0, false_heals: 0, removals: 0, reported: 0 };
  for (const change of CHANGES) {
    const chosen = NAMES.length > 0 ? NAMES.includes(change.name) : ALL || change.quick;
    if (chosen) await try_change(server, site, features, change, sums);
  }
  console.log(`healed ${sums.healed} of ${sums.needed} that failed and can be healed; ${sums.false_heals} of ${sums.broken} healed falsely; `
    + `${sums.reported} of ${sums.removals} removals reported`);
  if (NAMES.length === 0) check('some had to be healed, and some could not', sums.needed > 0 && sums.broken > 0);
  check(`at least ${100 * HEALED_MIN} % are healed`, sums.healed >= HEALED_MIN * sums.needed);
  check('none is healed falsely', sums.false_heals === 0);
  check('every removal is reported', sums.reported === sums.removals);
  await server.end('SIGTERM');
  site.stop();
  await shop.stop();
}

checks.run(main, work.remove);
