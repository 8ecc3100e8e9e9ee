'use strict';
// Sites that trap who visits them: each is generated on and explored, ends in time and says why; meanwhile the server answers and
// stays within its memory, afterwards it works, and in the end nothing of it is left.
//   tests/traps/run [--all] [NAME …]      --all: every trap; NAME: these

const path = require('node:path');
const { Checks, Server, make_work_dir, names_of } = require('../support/program.js');
const { Watch } = require('./watch.js');
const { start_site } = require('./site.js');
const { TRAPS, HEALTHY } = require('./traps.js');

const ALL = process.argv.includes('--all');
const NAMES = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const API = '/api/v1/ops/projects';
const WAIT = { Prefer: 'wait=170' };
// Of Vouch's limits a trap meets, at the most: the time to load and to answer (15 s and 10 s), once for its scenario and thrice for an
// exploration, or those of a finished test that hangs (30 s, twice), each with a browser's start before.
const SECONDS_MAX = 120;
const HEALTHY_SECONDS_MAX = 60;
const ANSWER_MS_MAX = 15_000; // of /health: a server that hangs, and not a machine that is busy with browsers
const SERVER_BYTES_MAX = 400 << 20;
const BROWSER_BYTES_MAX = 2.5 * 2 ** 30; // its limit is 2 GiB (docs/limits.md), which a sample may find passed for a moment

const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('traps');

/** Waits for what `target` tells until it has ended. */
async function ended(server, target, is_over) {
  for (;;) {
    const answer = await server.must('GET', target, undefined, WAIT);
    if (is_over(answer)) return answer;
  }
}

/** Generates the trap's scenario. @returns {Promise<{reason: string | null, seconds: number}>} null: it is proven */
async function generate(server, project, { name, steps }) {
  const gherkin = `Feature: ${name}\n  Scenario: ${name}\n    Given I open the home page\n${steps.map((step) => `    ${step}\n`).join('')}`;
  const feature = `${project}/features/${(await server.must('POST', `${project}/features`, { gherkin })).id}`;
  const began = performance.now();
  await server.must('POST', `${feature}/generate`, {});
  const status = await ended(server, `${feature}/generation`, (answer) => answer.overallStatus === 'completed');
  const [, section] = status.sections;
  const proven = status.overallConclusion === 'success';
  const reason = section.statusReason ?? status.statusReason ?? '';
  return { reason: proven ? null : reason, seconds: (performance.now() - began) / 1000 };
}

async function explore(server, project) {
  const began = performance.now();
  const { requestId } = await server.must('POST', `${project}/explore`, {});
  const { conclusion, statusReason } = await ended(server, `${project}/explorations/${requestId}`, ({ status }) => status === 'completed');
  return { reason: conclusion === 'success' ? null : statusReason ?? '', seconds: (performance.now() - began) / 1000 };
}

const SUCCESS = /^success$/;

function check_end(what, { reason, seconds }, told, seconds_max = SECONDS_MAX) {
  const expected = (told ?? SUCCESS).test(reason ?? 'success');
  check(`${what} ends as it should`, expected && seconds <= seconds_max, `${seconds.toFixed(1)} s, ${reason ?? 'success'}`);
}

const mb = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;

async function try_trap(server, site, trap) {
  const { id } = await server.must('POST', API, { name: trap.name, siteUrl: `${site.url}/${trap.name}/` });
  const project = `${API}/${id}`;
  const watch = new Watch(server);
  const [generated, explored] = await Promise.all([generate(server, project, trap), explore(server, project)]);
  const seen = await watch.end();
  check_end(`${trap.name}: the generation`, generated, trap.told);
  check_end(`${trap.name}: the exploration`, explored, trap.explored);
  const names_where = /^Line \d+, «|^The browser was ended/.test(generated.reason ?? '');
  if (trap.told && !trap.unnamed) check(`${trap.name}: the reason names the step, or the browser`, names_where);
  check(`${trap.name}: the server answered meanwhile`, seen.answer_ms < ANSWER_MS_MAX, `within ${Math.round(seen.answer_ms)} ms`);
  check(`${trap.name}: memory stayed below its bounds`, seen.server_bytes < SERVER_BYTES_MAX && seen.browser_bytes < BROWSER_BYTES_MAX,
    `server ${mb(seen.server_bytes)}, a browser ${mb(seen.browser_bytes)}`);
}

async function main() {
  const site = await start_site();
  const server = await Server.start(path.join(work.dir, 'data'));
  server.key = server.make_key('traps');
  const { id } = await server.must('POST', API, { name: HEALTHY.name, siteUrl: `${site.url}/${HEALTHY.name}/` });
  const chosen = TRAPS.filter(({ name, slow }) => (NAMES.length > 0 ? NAMES.includes(name) : ALL || !slow));
  const lane = async () => {
    for (let trap = chosen.shift(); trap; trap = chosen.shift()) {
      await try_trap(server, site, trap);
      const healthy = await generate(server, `${API}/${id}`, { ...HEALTHY, name: `After ${trap.name}` });
      check_end(`${trap.name}: a healthy site afterwards`, healthy, undefined, HEALTHY_SECONDS_MAX);
    }
  };
  // As many at once as the server generates; but one with --all, whose traps slow down whatever runs beside them.
  await Promise.all(ALL ? [lane()] : [lane(), lane()]);
  const end = await server.end('SIGTERM');
  check('the server ends and leaves nothing', end.code === 0 && end.left.length === 0, names_of(end.left));
  site.stop();
}

checks.run(main, work.remove);
