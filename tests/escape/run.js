'use strict';
// Hostile input, end to end: a site's page that calls whatever an address can be written for, and configurations that read files,
// open sockets, hide memory, fork and forge what a run leaves behind. They reach nothing but the site, end within their limits, and
// the server answers afterwards.
//   tests/escape/run [--all]      --all: also what takes its time to reach a limit

const dgram = require('node:dgram');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { DatabaseSync } = require('node:sqlite');
const { PROGRAM, Checks, Server, ending, make_work_dir, names_of } = require('../support/program.js');
const { start_site } = require('./site.js');
const { evil_program, linking_config, report_link_config, HUNGRY, program_of } = require('./evil.js');

const ALL = process.argv.includes('--all');
const API = '/api/v1/ops/projects';
const WAIT_S = 150;
const WAITS_MAX = 4;
const SECRET = `secret-${process.pid}-of-the-server`;
const BAIT = `bait-${process.pid}`;
const TRIED_MIN = 60;       // ways that the page must have tried
const SLOW = new Set(['Shared', 'Memory']);

const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('escape');

const FEATURE = `Feature: Trap
  Scenario: The page of the site itself works
    Given I open "/"
    When I click "Try"
    Then I should see "All tried"
`;
const LEAVING = `Feature: Leaving
  Scenario: A link to elsewhere
    Given I open "/"
    When I click "Leave"
    Then I should see "CANARY"
`;

/** Listens where nobody may come: every visit is noted. It would answer whatever a page may read. */
class Canaries {
  constructor() {
    this.visits = [];
    this.servers = [];
  }

  async listen(...where) {
    const server = net.createServer((socket) => {
      this.visits.push(JSON.stringify(where));
      socket.on('error', () => {});
      socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\nContent-Length: 6\r\n\r\nCANARY');
    });
    await new Promise((resolve, reject) => { server.once('error', reject); server.listen(...where, resolve); });
    this.servers.push(server);
    return server.address().port;
  }

  async start() {
    this.v4 = await this.listen(0, '127.0.0.1');
    this.v6 = await this.listen(0, '::1').catch(() => null);
    this.abstract = `\0vouch-escape-${process.pid}`;
    this.unix = path.join(work.dir, 'canary.sock');
    await this.listen(this.abstract);
    await this.listen(this.unix);
    this.udp = dgram.createSocket('udp4');
    this.udp.on('message', () => this.visits.push('udp'));
    await new Promise((resolve) => { this.udp.bind(0, '127.0.0.1', resolve); });
  }

  /** They do notice: each is visited once from here. */
  async prove() {
    const visit = (...where) => new Promise((resolve) => {
      const socket = net.connect(...where);
      socket.on('error', () => {});
      socket.on('close', resolve);
      socket.resume();
    });
    await visit(this.v4, '127.0.0.1');
    if (this.v6) await visit(this.v6, '::1');
    await visit(this.abstract);
    await visit(this.unix);
    const heard = new Promise((resolve) => { this.udp.once('message', resolve); });
    const sender = dgram.createSocket('udp4');
    sender.send('x', this.udp.address().port, '127.0.0.1', () => sender.close());
    await heard;
    check('the canaries notice visits', this.visits.length === this.servers.length + 1, `${this.visits.length}`);
    this.visits = [];
  }

  addresses() {
    // The page tries the first of them by all means.
    const ways = ['localhost', '0.0.0.0', '2130706433', '0x7f000001', '127.1', '[::ffff:127.0.0.1]', 'any.localhost'];
    return [
      `http://127.0.0.1:${this.v4}/`,
      this.v6 ? `http://[::1]:${this.v6}/` : `http://127.0.0.2:${this.v4}/`,
      'http://169.254.169.254/latest/meta-data/',
      ...ways.map((host) => `http://${host}:${this.v4}/`),
      'http://[fd00:ec2::254]/', 'http://metadata.google.internal/', 'http://[fe80::1]/',
      'file:///etc/passwd', 'chrome://version/', 'view-source:file:///etc/passwd',
    ];
  }

  check_silence(when) {
    check(`${when}: nobody came to a canary`, this.visits.length === 0, this.visits.join(', '));
    this.visits = [];
  }

  stop() {
    for (const server of this.servers) server.close();
    this.udp.close();
  }
}

function check_reports(site, when) {
  const tried = site.reports.flatMap((report) => report.tried);
  const got = site.reports.flatMap((report) => report.got);
  check(`${when}: the page tried`, tried.length >= TRIED_MIN, `${tried.length} ways`);
  check(`${when}: the page read nothing from elsewhere`, got.length === 0, JSON.stringify(got.slice(0, 5)));
  site.reports.length = 0;
}

async function generate_embedded(site, canaries) {
  console.log('-- vouch generate');
  for (const [name, text, code] of [['trap', FEATURE, 0], ['leaving', LEAVING, 5]]) {
    const file = path.join(work.dir, `${name}.feature`);
    fs.writeFileSync(file, text);
    const client = spawn(PROGRAM, ['generate', file, '--site', site.url, '--no-run'],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, XDG_STATE_HOME: path.join(work.dir, 'state') } });
    let said = '';
    for (const stream of [client.stdout, client.stderr]) stream.on('data', (chunk) => { said += chunk; });
    const end = await ending(client);
    check(`${name}.feature ends with ${code}`, end.code === code, end.code === code ? '' : said);
    canaries.check_silence(name);
    if (code === 0) check_reports(site, name);
    else check('the page behind the link was not seen', !said.includes('CANARY"') || !/is generated/.test(said));
  }
}

/** Puts files into a project as they will be once there is an operation for it; no server runs meanwhile. */
function put_files(data, project, files) {
  const database = new DatabaseSync(path.join(data, fs.readdirSync(data).find((name) => name.endsWith('.db'))));
  const insert = database.prepare('INSERT OR REPLACE INTO files(project_id, path, content, size, updated_ms) VALUES (?, ?, ?, ?, 0)');
  for (const [name, text] of Object.entries(files)) insert.run(project, `Configurations/${name}.config.js`, text, text.length);
  database.close();
}

class Project {
  constructor(data) {
    this.data = data;
  }

  async start() {
    process.env.VOUCH_TEST_SECRET = SECRET;
    this.server = await Server.start(this.data);
    delete process.env.VOUCH_TEST_SECRET;
    this.key ??= this.server.make_key('test');
    this.server.key = this.key;
  }

  async make(site) {
    const project = await this.server.must('POST', API, { name: 'Trap', siteUrl: site.url });
    this.id = project.id;
    this.path = `${API}/${project.id}`;
    const feature = await this.server.must('POST', `${this.path}/features`, { gherkin: FEATURE });
    this.feature = `${this.path}/features/${feature.id}`;
    await this.server.must('POST', `${this.feature}/generate`, {});
    let status;
    for (let wait = 0; wait < WAITS_MAX && status?.overallStatus !== 'completed'; wait += 1) {
      status = await this.server.must('GET', `${this.feature}/generation`, undefined, { Prefer: `wait=${WAIT_S}` });
    }
    check('the feature is generated', status.overallConclusion === 'success', status.statusReason ?? '');
  }

  async run(config) {
    const { runId } = await this.server.must('POST', `${this.feature}/run`, { config });
    let digest;
    for (let wait = 0; wait < WAITS_MAX && (digest?.status ?? 'running') === 'running'; wait += 1) {
      digest = await this.server.must('GET', `${this.path}/runs/${runId}`, undefined, { Prefer: `wait=${WAIT_S}` });
    }
    const artifacts = await this.server.must('GET', `${this.path}/runs/${runId}/artifacts`);
    const texts = [];
    for (const { url } of artifacts) texts.push(await (await fetch(url)).text());
    const diagnosis = await this.server.must('GET', `${this.path}/runs/${runId}/diagnosis`);
    return { ...digest, runId, texts, told: JSON.stringify([digest, diagnosis]) };
  }

  async check_answers(when) {
    const began = performance.now();
    const { status } = await this.server.call('GET', '/health');
    check(`${when}: the server answers`, status === 200, `${Math.round(performance.now() - began)} ms`);
  }
}

async function evil_configuration(project, canaries) {
  console.log('-- a configuration that means harm');
  const run = await project.run('Evil');
  const line = /^GOT (\[.*\])$/m.exec(run.texts.join('\n'))?.[1];
  check('it ran', line !== undefined, line ? '' : run.texts.at(-1));
  check('it got nothing', line === '[]', line);
  check('its settings decided nothing: the test passed', run.status === 'passed', run.status);
  canaries.check_silence('evil configuration');
  await project.check_answers('evil configuration');
}

async function forged(project) {
  console.log('-- what a run leaves behind, forged');
  fs.writeFileSync(path.join(project.data, 'bait'), BAIT);
  for (const name of ['Links', 'ReportLink']) {
    const run = await project.run(name);
    check(`${name}: nothing of the server's is in what was kept`, run.texts.length > 0 && !run.texts.some((text) => text.includes(BAIT))
      && !run.told.includes(BAIT));
    const kept = fs.readdirSync(path.join(project.data, 'artifacts', String(run.runId)), { recursive: true, withFileTypes: true });
    check(`${name}: only files and folders were kept`, kept.every((entry) => entry.isFile() || entry.isDirectory()));
    if (name === 'ReportLink') check(`${name}: it has failed`, run.status === 'failed', run.status);
  }
  check('the bait is as it was', fs.readFileSync(path.join(project.data, 'bait'), 'utf8') === BAIT);
}

async function hungry(project) {
  console.log('-- what reaches a limit');
  for (const [name, { told }] of Object.entries(HUNGRY)) {
    if (!ALL && SLOW.has(name)) continue;
    const run = await project.run(name);
    check(`${name}: the run is failed and says why`, run.status === 'failed' && told.test(run.told), `${run.status} ${run.log?.slice(-200)}`);
    await project.check_answers(name);
  }
}

/** One that never ends is ended by a cancel. */
async function endless(project) {
  const { runId } = await project.server.must('POST', `${project.feature}/run`, { config: 'Endless' });
  await project.server.follow(`${project.path}/runs/${runId}/events`, ({ name }) => name === 'started');
  const began = performance.now();
  await project.server.must('POST', `${project.path}/runs/${runId}/cancel`);
  const { status } = await project.server.must('GET', `${project.path}/runs/${runId}`);
  check('Endless: a cancel ends it', status === 'cancelled', `${status}, ${Math.round(performance.now() - began)} ms`);
}

async function main() {
  const canaries = new Canaries();
  await canaries.start();
  await canaries.prove();
  const site = await start_site(canaries.addresses(), `stun:127.0.0.1:${canaries.udp.address().port}`);
  await generate_embedded(site, canaries);

  console.log('-- vouch serve');
  const data = path.join(work.dir, 'data');
  const project = new Project(data);
  await project.start();
  site.targets = [...canaries.addresses(), `${project.server.url}/health`];
  await project.make(site);
  canaries.check_silence('a generation');
  check_reports(site, 'a generation');
  const plain = await project.run(undefined);
  check('a run passes', plain.status === 'passed', plain.status);
  canaries.check_silence('a run');
  check_reports(site, 'a run');
  await project.server.end('SIGTERM');

  const tcp = [{ host: '127.0.0.1', port: canaries.v4 }, { host: 'localhost', port: canaries.v4 }, { host: '0.0.0.0', port: canaries.v4 }];
  if (canaries.v6) tcp.push({ host: '::1', port: canaries.v6 });
  const limits = Object.fromEntries(Object.entries(HUNGRY).map(([name, { program }]) => [name, program]));
  put_files(data, project.id, {
    // A process that is there for certain: this one.
    Evil: evil_program({ data, secret: SECRET, foreign_pid: process.pid, site: site.url,
      canaries: { tcp, abstract: canaries.abstract, unix: canaries.unix } }),
    Links: program_of(linking_config, { data }),
    ReportLink: program_of(report_link_config, { data }),
    Endless: 'for (;;);',
    ...limits,
  });
  await project.start();
  await evil_configuration(project, canaries);
  await forged(project);
  await hungry(project);
  await endless(project);
  const end = await project.server.end('SIGTERM');
  check('the server ends and leaves nothing', end.code === 0 && end.left.length === 0, names_of(end.left));
  site.stop();
  canaries.stop();
}

checks.run(main, work.remove);
