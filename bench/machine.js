'use strict';

// The programs that are measured, started and used as a person would: the demo shop, `vouch`, and the stock runner.

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');

const ROOT = path.resolve(__dirname, '..');
const NODE = process.execPath;
const VOUCH = path.join(ROOT, 'bin/vouch');
const BROWSER = '/usr/bin/chromium-headless-shell';
const PLAYWRIGHT = path.join(ROOT, 'node_modules/@playwright/test/cli.js');
// Chromium's own sandbox cannot start as root; inside Vouch it is always on.
const BROWSER_ARGS = process.getuid() === 0 ? ['--no-sandbox'] : [];

const open_children = new Set();

function start(command, args, options) {
  const child = spawn(command, args, options);
  open_children.add(child);
  child.once('exit', () => open_children.delete(child));
  return child;
}

/** A folder of the bench's own, below build/, made anew. */
function make_folder(name) {
  const folder = path.join(ROOT, 'build/bench', name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs a program to its end. @returns {Promise<{ms: number, status: number, stdout: string}>} */
async function time(command, args, options = {}) {
  const began = performance.now();
  const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let stdout = '', stderr = '';
  child.stdout.on('data', (text) => { stdout += text; });
  child.stderr.on('data', (text) => { stderr += text; });
  const [status] = await once(child, 'close');
  return { ms: performance.now() - began, status, stdout, stderr };
}

/** Starts a program that says where it listens. @returns {Promise<{url: string, pid: number, stop: () => Promise<void>}>} */
async function start_server(command, args, options = {}) {
  const child = start(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const url = /listening on (\S+)/.exec(line)?.[1];
    if (url) return { url, pid: child.pid, stop };
  }
  throw new Error(`${path.basename(command)} ${args[0]} ended before it listened`);
}

const start_shop = () => start_server(NODE, [path.join(ROOT, 'demo/shop/server.js'), '--port', '0']);

/** `vouch generate` on a server of its own, whose data stay in `state`. */
async function generate({ state, feature, site, out, reset }) {
  const args = ['generate', feature, '--site', site, '--out', out, '--no-run', '--json'];
  if (reset) args.push('--reset', reset);
  const done = await time(VOUCH, args, { env: { ...process.env, XDG_STATE_HOME: state } });
  if (done.status !== 0) throw new Error(`vouch generate ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  const { generation } = JSON.parse(done.stdout).features[0];
  return { ms: done.ms, job_ms: Date.parse(generation.finishedUtc) - Date.parse(generation.startedUtc) };
}

/** `vouch serve` and its REST interface. */
class Server {
  /** @param {{key?: string, args?: string[]}} options `key`: one that an earlier server of this folder gave */
  static async start(data, { key, args = [] } = {}) {
    const server = new Server();
    Object.assign(server, await start_server(VOUCH, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...args]));
    server.agent = new http.Agent({ keepAlive: true });
    server.key = key ?? await server.make_key(data);
    return server;
  }

  async make_key(data) {
    const name = `bench ${process.hrtime.bigint()}`;
    const made = await time(VOUCH, ['keys', 'create', '--data', data, '--name', name, '--json']);
    return JSON.parse(made.stdout).key;
  }

  /** The answer's body; `path` below /api/v1/ops. */
  call(method, path, body, headers = {}) {
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.url}/api/v1/ops${path}`, {
        method,
        agent: this.agent,
        headers: { Authorization: `Bearer ${this.key}`, ...(body && { 'Content-Type': 'application/json' }), ...headers },
      }, (response) => {
        let text = '';
        response.on('data', (part) => { text += part; });
        response.on('end', () => {
          if (response.statusCode < 300) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        });
      });
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }

  /** A project with one proven feature. @returns {Promise<string>} the path of the feature */
  async generate(site, name, gherkin) {
    const { id: project } = await this.call('POST', '/projects', { name, siteUrl: site });
    const { id } = await this.call('POST', `/projects/${project}/features`, { gherkin });
    const feature = `/projects/${project}/features/${id}`;
    await this.call('POST', `${feature}/generate`, {});
    const status = await this.call('GET', `${feature}/generation`, null, { Prefer: 'wait=170' });
    if (status.overallConclusion !== 'success') throw new Error(`${name} was not generated: ${JSON.stringify(status)}`);
    return feature;
  }

  /** From the request until the digest tells the end. */
  async run(feature) {
    const project = feature.slice(0, feature.indexOf('/features/'));
    const began = performance.now();
    const { runId } = await this.call('POST', `${feature}/run`, {});
    const digest = await this.call('GET', `${project}/runs/${runId}`, null, { Prefer: 'wait=170' });
    const ms = performance.now() - began;
    if (digest.status !== 'passed') throw new Error(`the run ended as ${JSON.stringify(digest)}`);
    return ms;
  }

  /** Until a runner is loaded ahead. */
  async until_warm() {
    for (;;) {
      const { checks } = await (await fetch(`${this.url}/ready`)).json();
      if (checks.some(({ name, detail }) => name === 'runner' && detail === '1 loaded ahead')) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A file of the feature's project. */
  async file(feature, name) {
    const project = feature.slice(0, feature.indexOf('/features/'));
    const { content } = await this.call('GET', `${project}/files/content?path=${encodeURIComponent(name)}`);
    return content;
  }
}

/** A folder in which the stock runner runs these files without Vouch, with a compile cache of its own. */
class StockProject {
  /** @param {Record<string, string>} files path -> content; playwright.config.js among them */
  constructor(name, files, env = {}) {
    this.folder = make_folder(name);
    this.env = { ...process.env, NODE_COMPILE_CACHE: path.join(this.folder, '.compile-cache'), ...env };
    for (const [file, content] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
      fs.writeFileSync(path.join(this.folder, file), content);
    }
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.folder, 'node_modules'));
  }

  async run() {
    const done = await time(NODE, [PLAYWRIGHT, 'test'], { cwd: this.folder, env: this.env });
    if (done.status !== 0) throw new Error(`the stock runner ended with ${done.status}:\n${done.stdout}${done.stderr}`);
    return done.ms;
  }
}

/** What keeps nothing: for comparing specs. */
const bare_config = (site) => `module.exports = {
  outputDir: 'test-results',
  workers: 1,
  reporter: 'line',
  use: { baseURL: ${JSON.stringify(site)}, launchOptions: ${JSON.stringify({ executablePath: BROWSER, args: BROWSER_ARGS })} },
};
`;

/** What a run of Vouch's has, around the same template. */
const wrapped_config = () => `const config = require('./Configurations/Default.config.js');
module.exports = {
  ...config,
  testDir: 'Features',
  outputDir: 'test-results',
  reporter: [['list'], ['json', { outputFile: 'report.json' }]],
  use: { ...config.use, launchOptions: ${JSON.stringify({ executablePath: BROWSER, args: BROWSER_ARGS })} },
};
`;

function end_all() {
  for (const child of open_children) child.kill('SIGTERM');
}

module.exports = {
  ROOT, NODE, VOUCH, Server, StockProject, bare_config, end_all, generate, make_folder, start_shop, time, wrapped_config,
  cpu: () => `${os.cpus().length} x ${os.cpus()[0].model}, load ${os.loadavg().map((each) => each.toFixed(1)).join(' ')}`,
};
