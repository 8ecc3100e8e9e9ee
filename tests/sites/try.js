'use strict';
// Tries Vouch on sites that were not written here: generates the features of features/NAME for each site and says what became of
// every scenario and every Then. See README.md for where the sites come from.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { serve } = require('./server.js');

const root = path.resolve(__dirname, '../..');
const USAGE = `usage: tests/sites/try --site NAME=DIR[@PATH] … [--packages DIR] [--only TEXT] [--keep DIR]
  --site NAME=DIR   a site's files; NAME is a folder of tests/sites/features. May be given more than once.
                    With @PATH it begins there: autocomplete=DIR@/examples/
  --packages DIR    a folder whose node_modules has what the pages load from public networks for npm packages
  --only TEXT       only features whose path holds TEXT
  --keep DIR        leave the specs and Vouch's answers there`;

/** What the reasons that Vouch gives have in common, first match first. */
const CLASSES = [
  ['step not read', /Not understood|understood as something to do|has no place in/],
  ['ambiguous', /several things on the page fit/],
  ['element not found', /nothing on the page fits|no sign-in form|there is no field/],
  ['assertion not found', /the page does not show it/],
  ['vacuous', /is vacuous/],
  ['unprovable', /is unprovable/],
  ['inconclusive', /is inconclusive/],
  ['not repeatable', /did not pass each/],
  ['action failed', /Timeout|element|intercepts/],
];

function class_of(reason) {
  return CLASSES.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'other';
}

/** Runs `vouch generate` on one feature; its JSON document for it. */
function generate(file, url, folder) {
  const copy = path.join(folder, path.basename(file));
  fs.copyFileSync(file, copy);
  const args = ['generate', copy, '--site', url, '--json', '--no-run'];
  const env = { ...process.env, XDG_STATE_HOME: path.join(folder, 'state') };
  const vouch = spawn(path.join(root, 'bin/vouch'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of Object.keys(said)) vouch[name].setEncoding('utf8').on('data', (text) => { said[name] += text; });
  return new Promise((resolve, reject) => {
    vouch.once('error', reject);
    vouch.once('close', (code) => {
      fs.writeFileSync(`${copy}.json`, said.stdout);
      try {
        resolve(JSON.parse(said.stdout).features[0]);
      } catch {
        reject(new Error(`${file}: exit ${code}\n${said.stdout}${said.stderr}`));
      }
    });
  });
}

/** Prints what became of the feature's scenarios and adds it to the sums. */
function report(name, result, sums) {
  console.log(`\n${name}`);
  for (const section of result.generation.sections.slice(1)) {
    const good = section.conclusion === 'success';
    sums.scenarios += 1;
    sums.generated += good ? 1 : 0;
    console.log(`  ${good ? 'generated' : 'failed   '}  ${section.title}`);
    for (const then of result.proof.filter((proof) => proof.scenario.startsWith(section.title))) {
      sums.verdicts[then.verdict] = (sums.verdicts[then.verdict] ?? 0) + 1;
      console.log(`               ${then.verdict}: ${then.step}`);
    }
    if (good) continue;
    const kind = class_of(section.statusReason);
    sums.classes[kind] = (sums.classes[kind] ?? 0) + 1;
    console.log(`             ${kind}: ${section.statusReason}`);
  }
}

const list = (counts) => Object.entries(counts).sort((a, b) => b[1] - a[1])
  .map(([name, count]) => `${count} ${name}`).join(', ') || 'none';

function read_options() {
  try {
    const { values } = parseArgs({ options: {
      site: { type: 'string', multiple: true, default: [] },
      packages: { type: 'string' },
      only: { type: 'string', default: '' },
      keep: { type: 'string' },
    } });
    const sites = values.site.map((site) => {
      const [, name, folder, start = ''] = /^([\w-]+)=(.+?)(?:@(\/.*))?$/.exec(site) ?? [];
      if (!name || !fs.existsSync(folder)) throw new Error(`--site takes NAME=DIR, not "${site}"`);
      if (!fs.existsSync(path.join(__dirname, 'features', name))) throw new Error(`no features for "${name}"`);
      return { name, folder, start };
    });
    if (sites.length === 0) throw new Error('name a site');
    return { ...values, sites };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}

async function main() {
  const options = read_options();
  const work = options.keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'vouch-sites-'));
  const sums = { scenarios: 0, generated: 0, verdicts: {}, classes: {} };
  const begin = Date.now();
  for (const [index, site] of options.sites.entries()) {
    const { url: origin, stop } = await serve(site.folder, options.packages);
    const url = origin.replace(/\/$/, '') + site.start;
    const folder = path.join(work, `${index + 1}-${site.name}`);
    fs.mkdirSync(folder, { recursive: true });
    try {
      for (const file of fs.readdirSync(path.join(__dirname, 'features', site.name)).sort()) {
        const name = `${site.name}/${file}`;
        if (!file.endsWith('.feature') || !name.includes(options.only)) continue;
        report(`${name} (${site.folder})`, await generate(path.join(__dirname, 'features', name), url, folder), sums);
      }
    } finally {
      stop();
    }
  }
  if (!options.keep) fs.rmSync(work, { recursive: true, force: true });
  const share = sums.scenarios ? Math.round(100 * sums.generated / sums.scenarios) : 0;
  console.log(`\n${sums.generated} of ${sums.scenarios} scenarios generated (${share}%) in ${Math.round((Date.now() - begin) / 1000)} s`);
  console.log(`Thens: ${list(sums.verdicts)}`);
  console.log(`Failures: ${list(sums.classes)}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
