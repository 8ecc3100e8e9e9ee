'use strict';
// The whole program on the demo shop, as a user runs it: features are generated and proven, planted vacuous Thens are
// flagged. With --all also: every feature, what becomes of two of them without the reset, and which of the shop's bugs that
// the reference suite catches are caught by the generated tests too, when the stock runner executes them without Vouch.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Server, start_shop } = require('../support/program.js');

const root = path.resolve(__dirname, '../..');
const all = process.argv.includes('--all');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'vouch-demo-'));
const RESET = ['--reset', 'POST /reset'];
const STEPS = ['--steps', path.join(root, 'demo/steps.feature')];
const FILES = path.join(root, 'demo/features/files'); // that the features upload
let failures = 0;

function check(what, ok, detail = '') {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}${detail ? ': ' + detail : ''}`);
  if (!ok) failures += 1;
}

/** `vouch generate FILE …`: its JSON document for this file. */
function generate(file, url, ...options) {
  const copy = path.join(work, path.basename(file));
  fs.copyFileSync(file, copy);
  fs.cpSync(FILES, path.join(work, 'files'), { recursive: true });
  const done = spawnSync(path.join(root, 'bin/vouch'),
    ['generate', copy, '--site', url, '--json', '--no-run', ...STEPS, ...options],
    { encoding: 'utf8', env: { ...process.env, XDG_STATE_HOME: path.join(work, 'state') }, maxBuffer: 1 << 26 });
  try {
    return { exit: done.status, ...JSON.parse(done.stdout).features[0] };
  } catch {
    throw new Error(`${file}: exit ${done.status}\n${done.stdout}${done.stderr}`);
  }
}

/** A copy of a feature with only those of its scenarios that are wanted: `wanted(text, index)`. */
function cut(file, wanted) {
  const [head, ...rest] = fs.readFileSync(file, 'utf8').split(/^(?=  Scenario)/m);
  const copy = path.join(work, 'cut', path.basename(file));
  fs.mkdirSync(path.dirname(copy), { recursive: true });
  fs.writeFileSync(copy, [head, ...rest.filter(wanted)].join(''));
  return copy;
}

const features = (folder) => fs.readdirSync(path.join(root, folder)).filter((f) => f.endsWith('.feature'))
  .map((f) => path.join(root, folder, f));
const scenarios = (result) => result.generation.sections.slice(1);

/**
 * Generates a feature, and where not all of it is proven, what is once more: a feature that is not has no tests. Returns how
 * many scenarios there are and how many are good, and the feature of those.
 */
function generateProven(file, url) {
  const name = path.basename(file);
  let result = generate(file, url, ...RESET);
  const all_of_it = scenarios(result);
  const bad = all_of_it.filter((s) => s.conclusion !== 'success');
  for (const { title, statusReason } of bad) console.log(`  ${name}: ${title}: ${statusReason}`);
  const counted = { total: all_of_it.length, good: all_of_it.length - bad.length, file };
  if (counted.good === 0) return counted;
  if (bad.length > 0) {
    const good = all_of_it.filter((s) => s.conclusion === 'success');
    counted.file = cut(file, (text) => good.some(({ title }) => text.split('\n')[0].endsWith(`: ${title}`)));
    result = generate(counted.file, url, ...RESET);
  }
  const verdicts = result.proof.map((p) => p.verdict);
  check(`${name}: ${counted.good} of ${counted.total} scenarios are generated, and every Then of them has its proof`,
    result.exit === 0 && verdicts.length > 0 && verdicts.every((v) => v === 'proven' || v === 'unprovable'),
    `${verdicts.filter((v) => v === 'proven').length} of ${verdicts.length} proven`);
  return counted;
}

/** Runs generated specs as an exported project, with the stock runner and no Vouch, until one fails. */
function runSpecs(url, ...names) {
  const config = `module.exports = { testDir: '.', workers: 1, reporter: 'line', use: { baseURL: ${JSON.stringify(url)},
    launchOptions: { executablePath: '/usr/bin/chromium-headless-shell', args: ${process.getuid() === 0 ? "['--no-sandbox']" : '[]'} } } };`;
  fs.writeFileSync(path.join(work, 'playwright.config.js'), config);
  if (!fs.existsSync(path.join(work, 'node_modules'))) fs.symlinkSync(path.join(root, 'node_modules'), path.join(work, 'node_modules'));
  const done = spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--max-failures', '1', ...names],
    { cwd: work, encoding: 'utf8' });
  return { passed: done.status === 0, said: done.stdout };
}

/** The bugs that the reference suite catches, each with the feature in which BUGS.md says that it shows. */
function bugsToCatch() {
  const done = spawnSync(process.execPath, [path.join(root, 'demo/reference/check.js')], { encoding: 'utf8' });
  const caught = [...done.stdout.matchAll(/^(\S+) +R\d+ +caught/gm)].map((m) => m[1]);
  check('the reference suite catches every bug', done.status === 0, `${caught.length} caught`);
  const table = fs.readFileSync(path.join(root, 'demo/BUGS.md'), 'utf8');
  return caught.map((bug) => [bug, new RegExp(`^\\| \`${bug}\` .*\\| (\\w+): .* \\|$`, 'm').exec(table)[1]]);
}

/** A server explores the shop; what it proposes first is accepted and proven. */
async function explore(url) {
  const data = path.join(work, 'explored');
  const server = await Server.start(data);
  server.key = server.make_key('explorer');
  const wait = { Prefer: 'wait=170' };
  const { id } = await server.must('POST', '/api/v1/ops/projects', { name: 'Shop', siteUrl: url });
  const project = `/api/v1/ops/projects/${id}`;
  const { requestId } = await server.must('POST', `${project}/explore`, {});
  const explored = await server.must('GET', `${project}/explorations/${requestId}`, undefined, wait);
  check('the shop is explored, and features are proposed', explored.conclusion === 'success' && explored.pages > 5 &&
    explored.suggestions.length > 0, explored.statusReason ?? `${explored.pages} pages, ${explored.suggestions.length} suggestions`);
  const feature = `${project}/features/${explored.suggestions[0].featureId}`;
  await server.must('POST', `${feature}/accept`);
  await server.must('POST', `${feature}/generate`, {});
  const generated = await server.must('GET', `${feature}/generation`, undefined, wait);
  check('what was proposed is proven', generated.featureStatus === 'generated' && generated.proof.proven > 0, generated.statusReason ?? '');
  const again = await server.must('POST', `${project}/explore`, {});
  const second = await server.must('GET', `${project}/explorations/${again.requestId}`, undefined, wait);
  check('what was accepted is not proposed again', second.suggestions.length === explored.suggestions.length - 1);
  server.child.kill('SIGTERM');
  await server.ended;
}

/** A sign-in that was saved is kept as a secret, and used by generation and run; its cookie is shown nowhere. */
async function restoreSignIn(url) {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST', redirect: 'manual', body: new URLSearchParams({ user_name: 'anna', password: 'secret-anna' }),
  });
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get('set-cookie'));
  const cookie = { name, value, domain: new URL(url).hostname, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' };
  const file = path.join(work, 'saved.feature');
  fs.writeFileSync(file, `Feature: Saved sign-in
  Scenario: My orders need no password
    Given I am signed in with \${SESSION}
    When I open the orders page
    Then I should see the heading "Your orders"
    And the orders table should show "1003"
`);
  const done = spawnSync(path.join(root, 'bin/vouch'), ['generate', file, '--site', url, '--json', '--secret', 'SESSION'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_STATE_HOME: path.join(work, 'state'), SESSION: JSON.stringify({ cookies: [cookie], origins: [] }) },
  });
  const [result] = JSON.parse(done.stdout).features;
  check('a saved sign-in is restored, by the generation and by the run', done.status === 0 && result.proof.every((p) => p.verdict === 'proven'),
    scenarios(result).map((s) => s.statusReason ?? '').join(' | '));
  const spec = result.spec ? fs.readFileSync(result.spec, 'utf8') : '';
  check('it is named, and not told', spec.includes("setStorageState(JSON.parse(secrets['SESSION']))") && ![spec, done.stdout, done.stderr].some((t) => t.includes(value)));
  if (result.spec) fs.rmSync(result.spec);
}

async function main() {
  const shop = await start_shop();
  fs.cpSync(path.join(root, 'demo/features/files'), path.join(work, 'files'), { recursive: true });
  const first_four = (name) => cut(path.join(root, 'demo/features', name), (_, index) => index < 4);
  const chosen = all ? features('demo/features') : [path.join(root, 'demo/features/login.feature'), first_four('catalogue.feature')];
  const counts = chosen.map((file) => generateProven(file, shop.url));
  const total = counts.reduce((sum, each) => sum + each.total, 0);
  const good = counts.reduce((sum, each) => sum + each.good, 0);
  check('at least 95% of the scenarios are generated', good >= 0.95 * total, `${good} of ${total}`);
  for (const file of all ? features('demo/vacuous') : features('demo/vacuous').slice(0, 1)) {
    const result = generate(file, shop.url, ...RESET);
    check(`${path.basename(file)} is flagged`, result.exit === 5 && result.proof.some((p) => p.verdict === 'vacuous'));
  }
  const question = path.join(root, 'demo/questions/adding.feature');
  const asked = generate(question, shop.url, ...RESET, '--on-ambiguity', 'ask');
  const [first] = asked.generation.clarification?.questions ?? [];
  const chamomile = first?.candidates.find((candidate) => candidate.text.includes('Chamomile'));
  check('a step that names several things is asked about, and the rest is done', asked.exit === 8 && first?.line === 5 && chamomile &&
    scenarios(asked)[1].conclusion === 'success', JSON.stringify(first));
  const answered = generate(question, shop.url, ...RESET, '--on-ambiguity', 'ask', '--answer', `${first.id}=${chamomile.value}`);
  check('the answer is what the test does', answered.exit === 0 && fs.readFileSync(answered.spec, 'utf8').includes('Chamomile') &&
    answered.proof.some((proof) => proof.assumptions.some((line) => line.includes('Chamomile') && line.includes('as was answered'))));
  fs.rmSync(answered.spec);
  await restoreSignIn(shop.url);
  await explore(shop.url);
  shop.stop();
  if (!all) return;

  for (const name of ['checkout', 'orders']) {
    const fresh = await start_shop();
    const { file } = counts.find((each) => path.basename(each.file) === `${name}.feature`);
    const result = generate(file, fresh.url, '--out', path.join(work, 'unused.txt'));
    check(`${name}.feature fails without the reset`, result.exit === 5);
    fresh.stop();
  }
  const clean = await start_shop();
  const passing = runSpecs(clean.url);
  check('the generated tests pass on the shop without bugs, run without Vouch', passing.passed, passing.passed ? '' : passing.said);
  clean.stop();
  const bugs = bugsToCatch();
  let caught = 0;
  for (const [bug, name] of bugs) {
    const spec = `${name}.spec.ts`;
    const broken = await start_shop({ bugs: [bug] });
    const missed = !fs.existsSync(path.join(work, spec)) || runSpecs(broken.url, spec).passed;
    caught += missed ? 0 : 1;
    console.log(`  ${missed ? 'missed' : 'caught'} ${bug}`);
    broken.stop();
  }
  console.log(`in all: ${good} of ${total} scenarios generated, ${caught} of ${bugs.length} bugs caught that the reference catches`);
  check('at least 95% of the bugs are caught', caught >= 0.95 * bugs.length, `${caught} of ${bugs.length}`);
}

main().catch((error) => check('the suite ran to its end', false, error.message)).finally(() => {
  fs.rmSync(work, { recursive: true, force: true });
  console.log(`${failures} failures`);
  process.exit(failures === 0 ? 0 : 1);
});
