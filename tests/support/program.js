'use strict';
// What suites of the whole program share: a server in a folder of its own, spoken to over REST, and a browser's site.

const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const processes = require('./processes.js');

const ROOT = path.resolve(__dirname, '../..');
const PROGRAM = path.join(ROOT, 'bin/vouch');
const START_MS_MAX = 60_000;
const GONE_MS_MAX = 3_000; // what a dead server leaves is gone within this, on a busy machine too

/** Counts what failed, and prints every check as it is made. */
class Checks {
  constructor() {
    this.failures = 0;
  }

  check(what, ok, detail = '') {
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}${detail ? `: ${detail}` : ''}`);
    if (!ok) this.failures += 1;
    return ok;
  }

  /** Runs a suite to its end, whatever happens in it, and ends the process. */
  async run(main, ...clean_up) {
    await main().catch((error) => this.check('the suite ran to its end', false, error.stack));
    for (const each of clean_up) await each();
    console.log(`${this.failures} failures`);
    process.exit(this.failures === 0 ? 0 : 1);
  }
}

/** A folder that is removed at the end. Its name is like no other's. */
function make_work_dir(name) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `vouch-${name}-`));
  return { dir, remove: () => fs.rmSync(dir, { recursive: true, force: true }) };
}

/** A program's end. */
function ending(child) {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

/** The demo shop in a process of its own, on this port (0: a free one), with these bugs. `stop` resolves when it is gone. */
function start_shop({ port = 0, bugs = [] } = {}) {
  const args = [path.join(ROOT, 'demo/shop/server.js'), '--port', String(port), ...bugs.length > 0 ? ['--bugs', bugs.join(',')] : []];
  const shop = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    shop.once('exit', (code) => reject(new Error(`the shop ended with ${code}`)));
    shop.stdout.on('data', (text) => {
      const url = /listening on (\S+)/.exec(text)?.[1];
      if (url) resolve({ url, stop: () => new Promise((gone) => { shop.once('exit', gone); shop.kill(); }) });
    });
  });
}

class Server {
  /** @param {string} data its folder, which it may have had before */
  static async start(data, ...options) {
    return Server.adopt(spawn(PROGRAM, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...options],
      { stdio: ['ignore', 'pipe', 'pipe'] }), data);
  }

  /** One that was started some other way, once it listens. */
  static async adopt(child, data) {
    let said = '';
    child.stderr.on('data', (text) => { said += text; });
    const server = new Server(child, data);
    const patience = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX);
    const lines = readline.createInterface({ input: child.stdout });
    server.url = await new Promise((resolve, reject) => {
      lines.on('line', (line) => { if (line.startsWith('listening on ')) resolve(line.slice('listening on '.length)); });
      server.ended.then(({ code, signal }) => reject(new Error(`the server ended (${code ?? signal}): ${said}`)));
    });
    clearTimeout(patience);
    return server;
  }

  constructor(child, data) {
    this.child = child;
    this.data = data;
    this.ended = ending(child);
    this.agent = new http.Agent({ keepAlive: true });
    this.key = null;
  }

  get pid() {
    return this.child.pid;
  }

  /** `vouch keys create`, as an operator does: over the socket in the folder of a running server. */
  make_key(name) {
    const done = spawnSync(PROGRAM, ['keys', 'create', '--data', this.data, '--name', name, '--json'], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`keys create: ${done.stderr}`);
    return JSON.parse(done.stdout).key;
  }

  /** @returns {Promise<{status: number, body: object}>} rejects when the connection breaks */
  call(method, target, body, headers = {}) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = http.request(this.url + target, {
        method,
        agent: this.agent,
        headers: {
          ...(this.key && { Authorization: `Bearer ${this.key}` }),
          ...(text && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
          ...headers,
        },
      }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => { answer += chunk; });
        response.on('end', () => {
          if (!response.complete) return reject(new Error('the answer was cut off'));
          const is_json = /json/.test(response.headers['content-type'] ?? '');
          return resolve({ status: response.statusCode, body: is_json ? JSON.parse(answer) : answer });
        });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(text);
    });
  }

  /** As call(), for one that must succeed: the body. */
  async must(method, target, body, headers) {
    const { status, body: answer } = await this.call(method, target, body, headers);
    if (status >= 300) throw new Error(`${method} ${target}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Hands each server-sent event of `target` to `take` until it returns true, the stream ends or breaks. */
  follow(target, take) {
    return new Promise((resolve) => {
      const request = http.get(this.url + target, { agent: false, headers: { Authorization: `Bearer ${this.key}` } }, (response) => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          const blocks = (rest + chunk).split('\n\n');
          rest = blocks.pop();
          for (const block of blocks) {
            const field = (name) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
            if (field('data') === undefined) continue;
            if (take({ id: Number(field('id')), name: field('event'), data: JSON.parse(field('data')) })) {
              request.destroy();
              resolve();
            }
          }
        });
        response.on('close', resolve);
      });
      request.on('error', resolve);
    });
  }

  /** Everything it has started, also what is not below it any more. */
  processes() {
    return processes.join(processes.descendants(this.pid), processes.of_server(this.pid, this.data));
  }

  /** Sends a signal, waits for the end, and tells it together with the processes that are left a moment later. */
  async end(signal) {
    const began = performance.now();
    const before = this.processes();
    this.child.kill(signal);
    const end = await this.ended;
    const ended_ms = performance.now() - began;
    this.agent.destroy();
    const left = await processes.until_none(
      () => processes.join(processes.still_there(before), processes.of_server(this.pid, this.data)), GONE_MS_MAX);
    return { ...end, ended_ms, before, left, gone_ms: performance.now() - began - ended_ms };
  }
}

const names_of = (list) => list.map(({ name, pid }) => `${name} (${pid})`).join(', ');

module.exports = { ROOT, PROGRAM, GONE_MS_MAX, Checks, Server, ending, make_work_dir, names_of, start_shop };
