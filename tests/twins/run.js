'use strict';
// Scenarios that are true of a site beside twins that differ in one Then and are not: no twin may be generated. See README.md.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { create_server } = require('../../demo/shop/server.js');
const { serve } = require('../sites/server.js');

const root = path.resolve(__dirname, '../..');
const folder = path.join(__dirname, 'features');
const USAGE = `usage: tests/twins/run [--all] [--only PATTERN] [--keep DIR]
  --all            every scenario and every twin, not about ten pairs
  --only PATTERN   every one whose file and title match this regular expression
  --keep DIR       leave the features and Vouch's answers there`;
const PAIRS_OF_QUICK_RUN = 10;
const SCENARIOS_OF_A_FEATURE_MAX = 60; // a generation may take half an hour
const RIGHT_SHARE_MIN = 0.9;

// ---- features and their twins ----

const STEP = /^\s*(?:# wrong: )?(Given|When|Then|And|But) (.*)$/;

/**
 * The scenarios of a feature file, the background's steps before their own. A step has its twins, and both have the lines of the
 * table or text that stands below.
 */
function read_feature(file) {
  const scenarios = [];
  const background = [];
  let steps = background;
  let last; // step or twin
  let in_text = false;
  fs.readFileSync(path.join(folder, file), 'utf8').split('\n').forEach((line, index) => {
    const [, title] = /^\s*Scenario: (.*)$/.exec(line) ?? [];
    const [, keyword, text] = in_text ? [] : STEP.exec(line) ?? [];
    const quotes = /^\s*#?\s*"""/.test(line);
    if (title) {
      steps = [...background];
      scenarios.push({ file, title, line: index + 1, steps });
    } else if (keyword) {
      last = { keyword, text, line: index + 1, below: [], twins: [] };
      if (line.includes('# wrong: ')) steps.at(-1).twins.push(last);
      else steps.push(last);
    } else if (in_text || quotes || /^\s*#?\s*\|/.test(line)) {
      last.below.push(line.replace(/^\s*#/, ''));
      if (quotes) in_text = !in_text;
    }
  });
  return scenarios;
}

/** The scenario up to this Then, with the twin in its place. The Thens beside it are left out: one that cannot be read would hide it. */
function make_twin(scenario, index, twin) {
  let begin = index;
  while (scenario.steps[begin].keyword !== 'Then') begin -= 1;
  const said = [twin.text, ...twin.below].join(' ').replace(/\s+/g, ' ');
  return {
    file: scenario.file,
    title: `${scenario.title} (wrong: ${said})`,
    line: twin.line,
    right: scenario,
    steps: [...scenario.steps.slice(0, begin), { ...twin, keyword: 'Then' }],
  };
}

const twins_of = (scenario) => scenario.steps.flatMap((step, index) => step.twins.map((twin) => make_twin(scenario, index, twin)));

function to_gherkin(name, scenarios) {
  const lines = scenarios.flatMap(({ title, steps }) => ['', `  Scenario: ${title}`,
    ...steps.flatMap(({ keyword, text, below }) => [`    ${keyword} ${text}`, ...below])]);
  return [`Feature: ${name}`, ...lines, ''].join('\n');
}

/** As many as `count` of the list, evenly. */
const evenly = (list, count) => list.filter((_, i) => Math.floor(i * count / list.length) !== Math.floor((i - 1) * count / list.length));

// ---- sites ----

/** The features that begin with "shop_" are about the demo shop, which they change; the others about the pages of site/. */
async function start_site(file) {
  if (!file.startsWith('shop_')) return { ...await serve(path.join(__dirname, 'site')), options: [] };
  const server = create_server();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => { server.close(); server.closeAllConnections(); };
  return { url: `http://127.0.0.1:${server.address().port}`, stop, options: ['--reset', 'POST /reset'] };
}

// ---- generating ----

/** Runs `vouch generate` on these scenarios: what became of each by its title, and the spec where all were generated. */
async function generate(name, scenarios, site, work) {
  const file = path.join(work, `${name}.feature`);
  fs.writeFileSync(file, to_gherkin(name, scenarios));
  const args = ['generate', file, '--site', site.url, '--json', '--no-run', ...site.options];
  const env = { ...process.env, XDG_STATE_HOME: path.join(work, 'state') };
  const vouch = spawn(path.join(root, 'bin/vouch'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of Object.keys(said)) vouch[stream].setEncoding('utf8').on('data', (text) => { said[stream] += text; });
  const code = await new Promise((resolve, reject) => vouch.once('error', reject).once('close', resolve));
  fs.writeFileSync(`${file}.json`, said.stdout);
  try {
    const [result] = JSON.parse(said.stdout).features;
    const sections = new Map(result.generation.sections.slice(1).map((section) => [section.title, section]));
    for (const { title } of scenarios) {
      const conclusion = sections.get(title)?.conclusion;
      // What was cancelled or never begun says nothing of a twin.
      if (!['success', 'failure'].includes(conclusion)) throw new Error(`"${title}" was not tried: ${conclusion}`);
    }
    return { sections, proof: result.proof, spec: result.spec && fs.readFileSync(result.spec, 'utf8') };
  } catch (error) {
    throw new Error(`${name}: exit ${code}, ${error.message}\n${said.stdout}${said.stderr}`);
  }
}

/** What the spec asserts for the last step of the test of this title. */
function assertion_in(spec, title) {
  const test = spec.split(/^ *test\(/m).find((text) => text.startsWith(`'${title.replaceAll("'", "\\'")}'`)) ?? spec;
  return test.slice(test.lastIndexOf('test.step(')).split('\n').slice(1).filter((line) => /^ {6}/.test(line)).join('\n');
}

/** What was generated of twins is generated once more, alone, since a spec is only written where all of a feature was. */
async function tell_false_greens(name, twins, site, work) {
  if (twins.length === 0) return;
  const { spec } = await generate(`${name}_false_greens`, twins, site, work);
  for (const twin of twins) {
    console.log(`FALSE GREEN ${twin.file}:${twin.line} ${twin.title}`);
    console.log(spec ? assertion_in(spec, twin.title) : '      (not all of these were generated a second time)');
  }
}

// ---- the whole ----

function read_options() {
  try {
    const { values } = parseArgs({ options: {
      all: { type: 'boolean', default: false }, only: { type: 'string' }, keep: { type: 'string' },
    } });
    return { ...values, only: values.only && new RegExp(values.only) };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}

function choose({ all, only }) {
  const right = fs.readdirSync(folder).filter((file) => file.endsWith('.feature')).sort().flatMap(read_feature);
  const twins = right.flatMap(twins_of);
  const matches = ({ file, title }) => only.test(`${file} ${title}`);
  if (only) return [...right, ...twins].filter(matches);
  if (all) return [...right, ...twins];
  const chosen = evenly(twins, PAIRS_OF_QUICK_RUN);
  return [...new Set(chosen.map((twin) => twin.right)), ...chosen];
}

/** Batches of one file's scenarios, and where they are few of one site's. */
function batches_of(scenarios, { all }) {
  const key = ({ file }) => (all ? path.basename(file, '.feature') : file.startsWith('shop_') ? 'shop' : 'site');
  return Object.entries(Object.groupBy(scenarios, key)).flatMap(([name, list]) => {
    const parts = Math.ceil(list.length / SCENARIOS_OF_A_FEATURE_MAX);
    return Array.from({ length: parts }, (_, part) => ({
      name: parts > 1 ? `${name}_${part + 1}` : name, list: list.filter((_, i) => i % parts === part),
    }));
  });
}

async function main() {
  const options = read_options();
  const work = options.keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'vouch-twins-'));
  fs.mkdirSync(work, { recursive: true });
  const sums = { wrong: 0, wrong_generated: 0, right: 0, right_generated: 0 };
  for (const { name, list } of batches_of(choose(options), options)) {
    const site = await start_site(list[0].file);
    try {
      const { sections } = await generate(name, list, site, work);
      const generated = (scenario) => sections.get(scenario.title).conclusion === 'success';
      const right = list.filter((scenario) => !scenario.right);
      const twins = list.filter((scenario) => scenario.right);
      const false_greens = twins.filter(generated);
      sums.right += right.length;
      sums.right_generated += right.filter(generated).length;
      sums.wrong += twins.length;
      sums.wrong_generated += false_greens.length;
      for (const scenario of right) {
        if (generated(scenario)) continue;
        console.log(`not generated ${scenario.file}:${scenario.line} ${scenario.title}\n  ${sections.get(scenario.title).statusReason}`);
      }
      await tell_false_greens(name, false_greens, site, work);
    } finally {
      site.stop();
    }
  }
  if (!options.keep) fs.rmSync(work, { recursive: true, force: true });
  console.log(`wrong generated: ${sums.wrong_generated} of ${sums.wrong}`);
  console.log(`right generated: ${sums.right_generated} of ${sums.right} (${Math.round(100 * sums.right_generated / sums.right)}%)`);
  const enough = !options.all || sums.right_generated >= RIGHT_SHARE_MIN * sums.right;
  process.exit(sums.wrong_generated === 0 && enough ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
