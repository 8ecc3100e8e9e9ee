'use strict';
// Proving again: a test that was generated and proven on the demo shop is proven on the shop as it became: unchanged, with what a
// Then looks for there all the time, and without it. Nothing of the feature changes by that.

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { PROGRAM, Checks, Server, make_work_dir, start_shop } = require('../support/program.js');
const { cut, ended, start_site } = require('../support/changing.js');

const API = '/api/v1/ops/projects';
const ADDING = cut('cart.feature', ['Adding a product']);
const LOOKING = `  Scenario: Looking at a product
    When I click the link "Green Tea"
    Then I should see the heading "Green Tea"
`;
const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('prove');

/** Says of the tea that it was added, whatever was done; and says it once. */
const ALWAYS_TOLD = (text) => text
  .replace('<div id="toasts" role="status">', '$&<div>Green Tea was added to the cart.</div>')
  .replace('show_toast(added);', '');
const NEVER_TOLD = (text) => text.replace(/(\w) was added to the cart\./g, '$1 was put aside.');

/** The nth time that something is put into the cart, another text is said. */
function told_but_once(nth) {
  let times = 0;
  return (text, type) => (type.includes('json') && text.includes('was added') && ++times === nth ? NEVER_TOLD(text) : text);
}

async function prove(server, feature) {
  const { requestId } = await server.must('POST', `${feature}/prove`, {});
  return ended(server, `${feature}/provings/${requestId}`);
}

const section_of = (proving, title) => proving.sections.find((section) => section.title === title);

async function on_a_server(site) {
  const server = await Server.start(path.join(work.dir, 'data'));
  server.key = server.make_key('prove');
  const settings = { reset: { method: 'POST', url: '/reset' } };
  const { id } = await server.must('POST', API, { name: 'shop', siteUrl: site.url, settings });
  const made = await server.must('POST', `${API}/${id}/features`, { gherkin: `${ADDING.trimEnd()}\n\n${LOOKING}` });
  const feature = `${API}/${id}/features/${made.id}`;

  const too_early = await server.call('POST', `${feature}/prove`, {});
  check('what was never generated is refused, and what to do is told',
    too_early.status === 409 && /never been generated.*generate it/.test(too_early.body.message), too_early.body.message);

  await server.must('POST', `${feature}/generate`, {});
  const status = await ended(server, `${feature}/generation`);
  check('the feature is generated and proven', status.overallConclusion === 'success', status.statusReason ?? '');
  const proof = await server.must('GET', `${feature}/proof`);
  const before = await server.must('GET', feature);
  const spec = `${API}/${id}/files/content?path=${encodeURIComponent(`Features/${before.name}.spec.ts`)}`;
  const test_before = await server.must('GET', spec);

  const same = await prove(server, feature);
  check('on the shop as it was, all is proven again', same.overallConclusion === 'success', same.statusReason ?? '');
  check('each Then is told with its verdict', same.thens.length === proof.items.length
    && same.thens.every(({ verdict }, i) => verdict === 'proven' && same.thens[i].step === proof.items[i].step),
    JSON.stringify(same.proof));

  site.edit = ALWAYS_TOLD;
  const vacuous = await prove(server, feature);
  const adding = section_of(vacuous, 'Adding a product');
  check('what is shown all the time is told: its line, step, verdict and what was left out', adding.conclusion === 'failure'
    && /^Line 9, «And a notice says that "Green Tea was added to the cart\."»: it is vacuous\. Left out «When I add/.test(adding.statusReason),
    adding.statusReason ?? 'it was proven');
  check('the proving failed, and says how many are proven', vacuous.overallConclusion === 'failure'
    && vacuous.statusReason === '1 of 2 scenarios are still proven.', vacuous.statusReason ?? '');
  const other = section_of(vacuous, 'Looking at a product');
  check('the other scenario is proven still', other.conclusion === 'success', other.statusReason ?? '');

  site.edit = NEVER_TOLD;
  const failing = await prove(server, feature);
  const broken = section_of(failing, 'Adding a product');
  check('what does not hold any more is told with its line and step', broken.conclusion === 'failure'
    && /^Line 9, «And a notice says.*did not pass each of 2 times/.test(broken.statusReason), broken.statusReason ?? 'it was proven');
  const proven = failing.thens.filter(({ scenario, verdict }) => scenario === 'Adding a product' && verdict === 'proven');
  check('a test that does not pass proves nothing', proven.length === 0, JSON.stringify(proven));
  site.edit = (text) => text;

  site.edit = told_but_once(2); // it runs twice
  const flipping = section_of(await prove(server, feature), 'Adding a product');
  check('a test that passes once and fails once is told to flip', flipping.conclusion === 'failure'
    && /^Line 9, .*it flips: .*it passed 1 and failed 1/.test(flipping.statusReason), flipping.statusReason ?? 'it was proven');
  site.edit = (text) => text;

  check('nothing of the feature changed', JSON.stringify(await server.must('GET', feature)) === JSON.stringify(before)
    && JSON.stringify(await server.must('GET', spec)) === JSON.stringify(test_before)
    && JSON.stringify(await server.must('GET', `${feature}/proof`)) === JSON.stringify(proof));

  const run_on = async (edit) => {
    site.edit = edit;
    const { runId } = await server.must('POST', `${feature}/run`, {});
    return (await ended(server, `${API}/${id}/runs/${runId}`)).tests.find(({ name }) => name === 'Adding a product');
  };
  const runs = [];
  for (const edit of [(text) => text, NEVER_TOLD, (text) => text]) runs.push(await run_on(edit));
  check('a run that fails after one that passed is no test that flips', runs[0].flaky === null && runs[1].status === 'failed'
    && runs[1].flaky === null, JSON.stringify(runs.slice(0, 2)));
  check('a test that passed, failed and passed again is marked, with its reason', runs[2].status === 'passed'
    && /^Error: expect/.test(runs[2].flaky?.error) && runs[2].flaky.failedUtc <= runs[2].flaky.passedUtc, JSON.stringify(runs[2]));

  const { requestId } = await server.must('POST', `${feature}/prove`, {});
  const twice = await server.call('POST', `${feature}/prove`, {});
  check('one proving of a feature at a time', twice.status === 409 && /already/.test(twice.body.message), twice.body.message);
  await server.must('POST', `${feature}/provings/${requestId}/cancel`, {});
  check('a proving is cancelled', (await ended(server, `${feature}/provings/${requestId}`)).overallConclusion === 'cancelled');

  await server.must('PATCH', feature, { gherkin: `${before.gherkin}\n  # another word\n` });
  const stale = await server.call('POST', `${feature}/prove`, {});
  check('where the Gherkin has changed, what to do is told', stale.status === 409 && /has changed.*generate it again/.test(stale.body.message),
    stale.body.message);

  site.edit = told_but_once(3); // it is found first
  const second = await server.must('POST', `${API}/${id}/features`, { name: 'Flips', gherkin: ADDING });
  await server.must('POST', `${API}/${id}/features/${second.id}/generate`, {});
  const flips = await ended(server, `${API}/${id}/features/${second.id}/generation`);
  check('it is not generated because it passes when it is tried again', flips.overallConclusion === 'failure'
    && /it flips: /.test(flips.sections[1].statusReason), flips.sections[1].statusReason ?? 'it was generated');
  site.edit = (text) => text;
  await server.end('SIGTERM');
}

/** The program as a person uses it: with a file, and no server. Resolves to its exit code and what it said. */
function program_with_a_file(site, name = 'cart', gherkin = ADDING, options = ['--reset', 'POST /reset']) {
  const file = path.join(work.dir, `${name}.feature`);
  fs.writeFileSync(file, gherkin);
  const environment = { ...process.env, HOME: work.dir, XDG_STATE_HOME: path.join(work.dir, 'state'), XDG_CONFIG_HOME: path.join(work.dir, 'config') };
  for (const name of Object.keys(environment)) if (/^(VOUCH|TESTVIBE)_/.test(name)) delete environment[name];
  return (command) => new Promise((resolve) => {
    const child = spawn(PROGRAM, [command, file, '--site', site.url, ...options],
      { cwd: work.dir, env: environment });
    let said = '';
    child.stdout.on('data', (text) => { said += text; });
    child.stderr.on('data', (text) => { said += text; });
    child.on('exit', (code) => resolve({ code, said }));
  });
}

async function from_the_command_line(site) {
  const vouch = program_with_a_file(site);
  const early = await vouch('prove');
  check('a file that was never generated: what to do is told', early.code === 1 && /generate it first/.test(early.said.replace(/\s+/g, ' ')), early.said);
  const made = await vouch('generate');
  check('the file is generated', made.code === 0, made.code === 0 ? '' : made.said);
  const same = await vouch('prove');
  check('and proven again: exit status 0, with each verdict', same.code === 0 && /2 Thens: 2 proven/.test(same.said), same.said);
  site.edit = ALWAYS_TOLD;
  const vacuous = await vouch('prove');
  check('exit status 5, and what is vacuous, where it is shown all the time', vacuous.code === 5 && /vacuous/.test(vacuous.said), vacuous.said);
  site.edit = (text) => text;
}

const LATE = `<!doctype html><title>Booking</title><h1>Booking</h1>
  <form onsubmit="event.preventDefault(); if (window.rooms) said.textContent = 'Booked for ' + guests.value">
  <label>Guests <input id="guests"></label> <button>Book</button></form><p id="said"></p>
  <script>addEventListener('load', () => fetch('/rooms').then((answer) => answer.json()).then((all) => { rooms = all }))</script>`;
const BOOKING = `Feature: Booking
  Scenario: A table
    Given I am on the start page
    When I fill "Guests" with "4"
    And I click "Book"
    Then I see "Booked for 4"
`;

/** What it asks its site for once it is loaded, the page needs to do anything. */
async function on_a_page_that_is_ready_late() {
  const answer_ms = 500;
  const server = http.createServer((request, response) => {
    if (request.url === '/rooms') setTimeout(() => response.end('{}'), answer_ms);
    else response.setHeader('Content-Type', 'text/html').end(LATE);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const made = await program_with_a_file({ url: `http://127.0.0.1:${server.address().port}` }, 'late', BOOKING, [])('generate');
  check('a page that is loaded and not ready is waited for', made.code === 0, made.said);
  server.close();
  server.closeAllConnections();
}

async function main() {
  await on_a_page_that_is_ready_late();
  const shop = await start_shop();
  const site = await start_site(shop);
  await on_a_server(site);
  await from_the_command_line(site);
  site.stop();
  await shop.stop();
}

checks.run(main, work.remove);
