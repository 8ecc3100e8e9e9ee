'use strict';

/**
 * Shows that the reference suite is worth something: it passes on the shop as it should be, and
 * for each bug a test that names the broken sentence fails.
 *
 *   node demo/reference/check.js [--all] [bug …]
 *
 * With --all the whole suite runs against each bug, to see what else a bug takes with it; without,
 * only the tests of the broken sentence do. Exits with 1 when a bug is not caught or when the
 * shop without bugs fails.
 */

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const { BUGS, parse_bugs } = require('../shop/bugs.js');

const SERVER = path.join(__dirname, '..', 'shop', 'server.js');
const CONFIG = path.join(__dirname, 'playwright.config.js');
const RUNNER = require.resolve('@playwright/test/cli');

/** Starts the shop on a free port. @returns {Promise<{url: string, stop: () => Promise<void>}>} */
async function start_shop(bugs) {
  const child = spawn(process.execPath, [SERVER, '--port', '0', '--bugs', bugs.join(',')],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const [, url] = /^listening on (http:\S+)$/.exec(line) ?? [];
    if (!url) continue;
    return {
      url,
      stop: async () => {
        child.kill('SIGTERM');
        await once(child, 'exit');
      },
    };
  }
  throw new Error(`the shop did not start (exit code ${child.exitCode})`);
}

/** Runs the suite, or the tests whose title matches. @returns the names of those that failed. */
async function run_suite(url, grep) {
  const output = fs.mkdtempSync(path.join(os.tmpdir(), 'shop-check-'));
  const report = path.join(output, 'report.json');
  const args = [RUNNER, 'test', '--config', CONFIG, '--reporter', 'json'];
  if (grep) args.push('--grep', grep);
  const env = {
    ...process.env,
    SITE_URL: url,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    OUTPUT_DIR: path.join(output, 'results'),
  };
  try {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await once(child, 'exit');
    const { suites, errors } = JSON.parse(fs.readFileSync(report, 'utf8'));
    if (errors.length > 0) throw new Error(errors[0].message);
    const specs = suites.flatMap((suite) => suite.specs);
    const failed = specs.filter((spec) => !spec.ok).map((spec) => spec.title);
    return { total: specs.length, failed };
  } finally {
    fs.rmSync(output, { recursive: true, force: true });
  }
}

async function with_shop(bugs, grep) {
  const shop = await start_shop(bugs);
  try {
    return await run_suite(shop.url, grep);
  } finally {
    await shop.stop();
  }
}

const row = (...cells) => console.log(
  [cells[0].padEnd(24), cells[1].padEnd(9), cells[2].padEnd(11), cells[3]].join(' ').trimEnd());

async function check_bug(bug, all) {
  const names_sentence = new RegExp(`\\b${BUGS[bug]}\\b`);
  const { failed } = await with_shop([bug], all ? null : names_sentence.source);
  const caught = failed.some((title) => names_sentence.test(title));
  row(bug, BUGS[bug], caught ? 'caught' : 'NOT CAUGHT', failed.join(' | '));
  return caught;
}

async function main() {
  const args = process.argv.slice(2);
  const all = args.includes('--all');
  const named = [...parse_bugs(args.filter((arg) => arg !== '--all').join(','))];
  row('bug', 'sentence', 'suite', 'failing tests');
  const { total, failed } = await with_shop([], null);
  row('(none)', '', failed.length === 0 ? 'passes' : 'FAILS',
    failed.length === 0 ? `${total} tests` : failed.join(' | '));
  let good = total > 0 && failed.length === 0;
  for (const bug of named.length > 0 ? named : Object.keys(BUGS)) {
    good = (await check_bug(bug, all)) && good;
  }
  process.exitCode = good ? 0 : 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
