'use strict';
// Pulled plugs: a server at work is killed at random moments of its generations and runs, and so is `vouch generate`. What was
// acknowledged is there afterwards and comes to its end, nothing runs twice at once, and no process outlives its owner.
//   tests/crash/run [--kills N] [--seed S] [--all] [--adapters]      --all: twenty. --adapters: nothing but those. The same seed
//                                                                   gives the same plan.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { create_server } = require('../../demo/shop/server.js');
const { ROOT, PROGRAM, GONE_MS_MAX, Checks, Server, ending, make_work_dir, names_of } = require('../support/program.js');
const processes = require('../support/processes.js');

const { values: given } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' }, all: { type: 'boolean', default: false },
    adapters: { type: 'boolean', default: false } },
});
const KILLS = Number(given.kills ?? (given.all ? 20 : 4));
const SEED = Number(given.seed ?? Math.floor(Math.random() * 1e9));
const API = '/api/v1/ops/projects';
const ADAPTERS = '/api/v1/adapter-scripts';
const MOMENTS = ['queued', 'exploring', 'grounding', 'verifying', 'proving', 'running', 'testing'];
const DELAY_MS_MAX = 400;    // between the event that is waited for and the kill
const DEATHS_MAX = 3;        // DELIVERY.md: then a job is failed
const WAIT_S = 120;
const WAITS_MAX = 3;
const END_MS_MAX = 5_000;    // of a server that is told to end while it works
const NEVER = "Then I should see the text \"Nothing of the kind\"";

const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('crash');

/** Numbers from 0 to 1 (mulberry32). */
function random_from(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What is done in each turn. Every moment has its turn before one comes again. */
function make_plan(seed, kills) {
  const random = random_from(seed);
  const bag = [];
  return Array.from({ length: kills }, () => {
    if (bag.length === 0) bag.push(...MOMENTS.map((moment) => [random(), moment]).sort().map(([, moment]) => moment));
    return { moment: bag.pop(), delay_ms: Math.floor(random() * DELAY_MS_MAX), again: random() < 0.4 };
  });
}

/** The shop, in this process, so that what arrives there is seen. */
async function start_shop() {
  const shop = create_server();
  const seen = { requests: 0, connections: 0 };
  shop.on('request', () => { seen.requests += 1; });
  shop.on('connection', (socket) => {
    seen.connections += 1;
    socket.on('close', () => { seen.connections -= 1; });
  });
  await new Promise((resolve) => { shop.listen(0, '127.0.0.1', resolve); });
  return { seen, url: `http://127.0.0.1:${shop.address().port}`, stop: () => { shop.closeAllConnections(); shop.close(); } };
}

/** The first scenarios of one of the demo's features; one where that will do. */
function demo_feature(name, count = given.all ? 3 : 1) {
  const text = fs.readFileSync(path.join(ROOT, `demo/features/${name}.feature`), 'utf8');
  return text.split(/^(?=  Scenario)/m).slice(0, 1 + count).join('');
}

/** One server's life, death and next life in one folder, with all that it has acknowledged. */
class Story {
  constructor(shop) {
    this.shop = shop;
    this.data = path.join(work.dir, 'data');
    this.jobs = [];      // accepted: {label, kind, feature, request | run, deaths, releases, end}
    this.created = [];   // features that a 201 was received for
    this.keys = [];
    this.last_id = 0;    // of the last event that was seen
    this.seen_id = 0;    // the same, as it was at the last death
  }

  async begin() {
    this.server = await Server.start(this.data, '--requests-per-second-max', '0');
    this.keys.push(this.server.make_key('first'));
    this.server.key = this.keys[0];
    const project = await this.server.must('POST', API, {
      name: 'Shop', siteUrl: this.shop.url, settings: { reset: { method: 'POST', url: '/reset' } },
    });
    this.project = `${API}/${project.id}`;
  }

  async add_feature(gherkin) {
    const { id } = await this.server.must('POST', `${this.project}/features`, { gherkin });
    this.created.push(id);
    return id;
  }

  async generate(feature) {
    const { requestId: request } = await this.server.must('POST', `${this.project}/features/${feature}/generate`, {});
    const job = { label: `generation of feature ${feature}`, kind: 'generation', feature, request, deaths: 0, releases: 0 };
    this.jobs.push(job);
    return job;
  }

  async run(feature) {
    const { runId: run } = await this.server.must('POST', `${this.project}/features/${feature}/run`, {});
    const job = { label: `run ${run}`, kind: 'run', feature, run, deaths: 0, releases: 0 };
    this.jobs.push(job);
    return job;
  }

  path_of(job) {
    return job.kind === 'run' ? `${this.project}/runs/${job.run}` : `${this.project}/features/${job.feature}/generation`;
  }

  open_jobs() {
    return this.jobs.filter((job) => !job.end);
  }

  /** The status of a job; `wait_s`: once it has ended. */
  async look_at(job, wait_s = 0) {
    const status = await this.server.must('GET', this.path_of(job), undefined, wait_s ? { Prefer: `wait=${wait_s}` } : {});
    if (job.kind === 'generation') check(`${job.label} is the one that was accepted`, status.requestId === job.request);
    const ended = job.kind === 'run' ? status.status !== 'running' : status.overallStatus === 'completed';
    if (ended) await this.take_end(job, status);
    return status;
  }

  /** An end must be a good one, or that of a job which died too often. */
  async take_end(job, status) {
    const good = job.kind === 'run' ? status.status === 'passed' : status.overallConclusion === (job.expected ?? 'success');
    const reason = status.statusReason ?? status.log ?? '';
    job.end = good ? 'good' : 'failed';
    if (good) check(`${job.label} ends well`, true, `${job.deaths} deaths`);
    else check(`${job.label} fails after ${DEATHS_MAX} deaths only`, job.deaths >= DEATHS_MAX, `${job.deaths} deaths, ${reason}`);
    if (job.kind === 'generation') await this.take_history(job);
    else if (good) await this.check_artifacts(job, status);
  }

  /** Its events, from the first to the last: it never ran twice at once. */
  async take_history(job) {
    const events = [];
    await this.server.follow(`${this.path_of(job)}/events`, (event) => { events.push(event); return event.name === 'ended'; });
    const starts = events.filter(({ name }) => name === 'started').map(({ data }) => data.leaseEpoch);
    const rising = starts.every((epoch, i) => i === 0 || epoch > starts[i - 1]);
    check(`${job.label} was taken up once for each life of the server at most`,
      rising && starts.length <= job.deaths + job.releases + 1, `${starts.length} times`);
    Object.assign(job, { first: events[0].id, last: events.at(-1).id });
    const other = this.jobs.find((each) => each !== job && each.feature === job.feature && each.kind === 'generation'
      && each.last !== undefined && each.last > job.first && each.first < job.last);
    check(`${job.label} was the only one of its feature`, !other && events.at(-1).name === 'ended');
  }

  /** What is listed can be fetched, and is whole. */
  async check_artifacts(job, status) {
    const listed = await this.server.must('GET', `${this.path_of(job)}/artifacts`);
    const sizes = [];
    for (const { url } of listed) sizes.push(Number((await fetch(url)).headers.get('content-length')));
    check(`${job.label}: its artifacts are whole`, listed.length > 0 && listed.length === status.artifacts.length
      && listed.every(({ size }, i) => size === sizes[i]));
  }

  async until_all_ended() {
    for (const job of this.open_jobs()) {
      // A machine that is busy with other things is given more time.
      for (let wait = 0; !job.end && wait < WAITS_MAX; wait += 1) await this.look_at(job, WAIT_S);
      check(`${job.label} has ended`, job.end !== undefined);
    }
  }

  /** Returns when the job is in this stage in this life of the server, or has ended. */
  async until_stage(job, stage) {
    await this.server.follow(`${this.path_of(job)}/events`, ({ id, name, data }) => {
      if (id <= this.seen_id) return false;
      this.last_id = Math.max(this.last_id, id);
      if (name === 'ended') return true;
      if (stage === 'started') return name === 'started';
      if (stage === 'running') return name === 'stage' && /^running \d/.test(data.stage);
      if (stage === 'testing') return name === 'stage' && data.stage.includes(': ');
      return name === 'stage' && data.stage === stage;
    });
  }

  /** Creates features one after the other until the server is gone. */
  async create_until_gone() {
    for (;;) {
      const name = `Kept ${this.created.length}`;
      const answer = await this.server.call('POST', `${this.project}/features`,
        { name, gherkin: `Feature: ${name}\n  Scenario: One\n    When I open the sign-in page\n    Then I should see "Sign in"\n` })
        .catch(() => null);
      if (!answer) return;
      if (answer.status === 201) this.created.push(answer.body.id);
    }
  }

  /** Kills the server with what it has begun, and starts the next in the same folder. */
  async die(signal = 'SIGKILL') {
    for (const job of this.open_jobs()) job[signal === 'SIGKILL' ? 'deaths' : 'releases'] += 1;
    const end = await this.server.end(signal);
    check(`no process outlives it`, end.before.length > 0 && end.left.length === 0,
      end.left.length > 0 ? names_of(end.left) : `${end.before.length} were there, gone after ${Math.round(end.gone_ms)} ms`);
    check('no connection to the site is left', this.shop.seen.connections === 0, `${this.shop.seen.connections}`);
    this.seen_id = this.last_id;
    await this.reopen();
    return end;
  }

  async reopen() {
    this.server = await Server.start(this.data, '--requests-per-second-max', '0');
    this.server.key = this.keys.at(-1);
    const missing = [];
    for (const id of this.created) {
      const { status } = await this.server.call('GET', `${this.project}/features/${id}`);
      if (status !== 200) missing.push(`${id} (${status})`);
    }
    check('every acknowledged feature is there', missing.length === 0, missing.length > 0 ? `not ${missing}` : `${this.created.length}`);
    for (const job of this.open_jobs()) await this.look_at(job);
  }
}

/** One turn of the plan. */
async function turn(story, { moment, delay_ms, again }, number, features) {
  console.log(`-- kill ${number + 1}: ${moment} + ${delay_ms} ms`);
  const of_run = moment === 'running' || moment === 'testing';
  const busy = new Set(story.open_jobs().map((job) => job.feature));
  let job = story.open_jobs().find((each) => (each.kind === 'run') === of_run);
  if (!job && of_run) job = await story.run(features[0]);
  if (!job) job = await story.generate(features.slice(1).find((id) => !busy.has(id)));
  story.keys.push(story.server.make_key(`key ${number}`));
  if (moment !== 'queued') await story.until_stage(job, moment);
  const creating = story.create_until_gone();
  await sleep(delay_ms);
  await story.die();
  await creating;
  for (const live of story.open_jobs().filter((each) => each.kind === 'generation')) {
    await story.look_at(live);
    if (live.end) continue;
    const { status, body } = await story.server.call('POST', `${story.project}/features/${live.feature}/generate`, {});
    check('a second generation of its feature is refused', status === 409 && body.details?.requestId === live.request, String(status));
  }
  if (!again || story.open_jobs().some((each) => each.deaths >= DEATHS_MAX - 1)) await story.until_all_ended();
}

/** Three deaths under it fail a job, two do not; then its feature can be generated again. */
async function three_deaths(story, feature) {
  console.log('-- three deaths');
  const job = await story.generate(feature);
  for (let death = 1; death <= DEATHS_MAX; death += 1) {
    check(`it is not failed after ${death - 1} deaths`, !job.end);
    await story.until_stage(job, 'started');
    await story.die();
  }
  check('it is failed after the third', job.end === 'failed');
  await story.until_all_ended();
}

/** A section that was finished before a death stays as it was. */
async function finished_section(story) {
  console.log('-- a finished section');
  const feature = await story.add_feature(['Feature: In two parts', '  Background:', '    Given I open the sign-in page',
    '  Scenario: Not to be had', `    When I click "No such button"`, `    ${NEVER}`,
    '  Scenario: Refused', '    When leo signs in with password "secret-leo"', '    Then an alert says "This account is locked"',
    ''].join('\n'));
  const job = await story.generate(feature);
  job.expected = 'failure';
  await story.server.follow(`${story.path_of(job)}/events`, ({ id, name, data }) => {
    story.last_id = id;
    return name === 'ended' || (name === 'section' && data.ordinal === 1 && data.status === 'completed');
  });
  const before = (await story.server.must('GET', story.path_of(job))).sections[1];
  await story.die();
  const status = await story.look_at(job, WAIT_S);
  check('it is completed before and after with the same words',
    before.status === 'completed' && JSON.stringify(status.sections[1]) === JSON.stringify(before), before.statusReason);
  check('the other section is done', status.sections[2].conclusion === 'success');
  const again = [];
  await story.server.follow(`${story.path_of(job)}/events`, ({ id, name, data }) => {
    if (id > story.seen_id && data.ordinal === 1) again.push(name);
    return name === 'ended';
  });
  check('nothing is done for it again', again.length === 0, String(again));
}

/** Adapters: killed in every stage of their generation, and while they wait for an answer. */
async function adapters(story) {
  console.log('-- adapters');
  const number = { type: 'number' };
  const schema = { type: 'object', required: ['name', 'price'], properties: { name: { type: 'string' }, price: number } };
  await story.server.must('PUT', `${ADAPTERS}/topics/prices`, { schema });
  const item = (label, net, gross) => ({ input: { label, net, gross }, expectedOutput: { name: label, price: gross } });
  // Which of two fields is meant is left open, and matters for the last one.
  const open = [item('Tea', 5, 5), item('Pie', 8, 8), { input: { label: 'Rum', net: 7, gross: 9 } }];
  const clear = [item('Tea', 5, 6), item('Pie', 8, 9), item('Rum', 7, 9)];
  // One that no script does what it says, beside the others.
  const odd = [['Tea', 5, 5], ['Pie', 8, 8], ['Rum', 7, 71], ['Gin', 3, 3]]
    .map(([label, net, price]) => ({ input: { label, net }, expectedOutput: { name: label, price } }));
  for (const moment of ['queued', 'gathering', 'generating', 'testing', 'retrying', 'done', 'waiting']) {
    const provider = `killed-${moment}`;
    const asks = moment === 'waiting';
    const samples = { waiting: open, retrying: odd }[moment] ?? clear;
    const { jobId } = await story.server.must('POST', `${ADAPTERS}/generate`, { provider, topic: 'prices', samples });
    const job = `${ADAPTERS}/jobs/${jobId}`;
    if (moment !== 'queued') {
      await story.server.follow(`${job}/events`, ({ name, data }) => name === 'ended' || (asks ? name === 'waiting' : name === 'stage' && data.stage === moment));
    }
    const asked = asks ? (await story.server.must('GET', job)).job.clarification : '';
    await story.die();
    if (asks) {
      const { job: waiting } = await story.server.must('GET', job);
      check('what was asked is asked still', waiting.status === 'needs_clarification' && waiting.clarification === asked && asked !== '');
      await story.server.must('POST', `${job}/respond`, { response: 'a' });
    }
    if (moment === 'retrying') {
      const { job: asking } = await story.server.must('GET', job, undefined, { Prefer: `wait=${WAIT_S}` });
      check('a retry that was killed is had once, and then it asks', asking.status === 'needs_clarification' && asking.retries === 1
        && asking.testResults.length === 1, `${asking.status}, ${asking.retries} retries, ${asking.testResults.length} tests`);
      await story.server.must('POST', `${job}/respond`, { response: '1a' });
    }
    const { job: ended } = await story.server.must('GET', job, undefined, { Prefer: `wait=${WAIT_S}` });
    check(`a generation killed at ${moment} ends well`, ended.status === 'completed' && ended.stage === 'done', ended.logs.at(-1).message);
    const { scripts } = await story.server.must('GET', `${ADAPTERS}/scripts?provider=${provider}`);
    check('it made one script', scripts.length === 1 && scripts[0].id === ended.resultScriptId, String(scripts.length));
    const attempts = ended.testResults.map(({ attempt }) => attempt);
    check('no test of it is told twice', new Set(attempts).size === attempts.length && attempts.length > 0, String(attempts));
  }
}

/** A server that is told to end while it works. */
async function told_to_end(story, feature) {
  console.log('-- SIGTERM');
  const job = await story.generate(feature);
  await story.until_stage(job, 'grounding');
  const end = await story.die('SIGTERM');
  check('a server that is told to end does so', end.code === 0 && end.ended_ms < END_MS_MAX,
    `status ${end.code ?? end.signal}, ${Math.round(end.ended_ms)} ms`);
  await story.until_all_ended();
}

/** `vouch generate` with a server of its own: ended by `signal` when `line` has appeared among what it says. */
async function end_client(shop, signal, line, delay_ms) {
  const state = path.join(work.dir, 'state');
  const file = path.join(work.dir, 'login.feature');
  fs.writeFileSync(file, demo_feature('login'));
  const client = spawn(PROGRAM, ['generate', file, '--site', shop.url, '--reset', 'POST /reset', '--no-run'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, XDG_STATE_HOME: state } });
  const ended = ending(client);
  let said = '';
  if (!line) {
    client.stdout.on('data', (text) => { said += text; });
    client.stderr.on('data', (text) => { said += text; });
    return { ...await ended, said };
  }
  await new Promise((resolve) => {
    for (const stream of [client.stdout, client.stderr]) {
      stream.on('data', (text) => {
        said += text;
        if (said.includes(line)) resolve();
      });
    }
    ended.then(resolve);
  });
  await sleep(delay_ms);
  const before = processes.descendants(client.pid);
  const began = performance.now();
  client.kill(signal);
  const { code, signal: by } = await ended;
  const ended_ms = performance.now() - began;
  const left = await processes.until_none(() => processes.join(processes.still_there(before),
    processes.of_server(client.pid, path.join(state, 'vouch'))), GONE_MS_MAX);
  check(`nothing outlives a \`vouch generate\` ended by ${signal}`, before.length > 0 && left.length === 0,
    left.length > 0 ? names_of(left) : `${before.length} were there`);
  return { code, signal: by, ended_ms, said };
}

/** Another command, about another site, has nothing to do with what the dead one had begun. */
async function another_site(shop) {
  const other = await start_shop();
  const { requests } = shop.seen;
  const done = await end_client(other);
  other.stop();
  check('the next `vouch generate` leaves the site of a dead one alone', done.code === 0 && shop.seen.requests === requests,
    `status ${done.code}, ${shop.seen.requests - requests} requests`);
}

async function clients(shop, random) {
  console.log('-- vouch generate');
  const killed = await end_client(shop, 'SIGKILL', 'grounding', random() * DELAY_MS_MAX);
  check('it was at work', killed.signal === 'SIGKILL', killed.said.split('\n').at(-2));
  check('no connection to the site is left', shop.seen.connections === 0);
  await another_site(shop);
  const interrupted = await end_client(shop, 'SIGINT', 'grounding', random() * DELAY_MS_MAX);
  check('Ctrl-C ends it with 130', interrupted.code === 130 && interrupted.ended_ms < END_MS_MAX,
    `status ${interrupted.code ?? interrupted.signal}, ${Math.round(interrupted.ended_ms)} ms`);
  const whole = await end_client(shop);
  check('after both it generates as if nothing had been', whole.code === 0, whole.code === 0 ? '' : whole.said);
}

async function main() {
  console.log(`seed ${SEED}, ${KILLS} kills`);
  const shop = await start_shop();
  const story = new Story(shop);
  await story.begin();
  if (given.adapters) {
    await adapters(story);
    await story.server.end('SIGTERM');
    shop.stop();
    return;
  }
  const features = [];
  for (const name of ['login', 'account', 'catalogue']) features.push(await story.add_feature(demo_feature(name)));
  await story.generate(features[0]);
  await story.until_all_ended();
  for (const [number, each] of make_plan(SEED, KILLS).entries()) await turn(story, each, number, features);
  await story.until_all_ended();
  await three_deaths(story, features[1]);
  await finished_section(story);
  await adapters(story);
  await told_to_end(story, features[0]);
  for (const key of story.keys) {
    story.server.key = key;
    if ((await story.server.call('GET', API)).status !== 200) check('every acknowledged key is good', false);
  }
  const folders = fs.readdirSync(path.join(story.data, 'runner/jobs')).length;
  check('no folder of a dead run is left', folders <= 1, `${folders}, with the runner that waits`);
  const end = await story.server.end('SIGTERM');
  check('the last server leaves nothing', end.code === 0 && end.left.length === 0, names_of(end.left));
  await clients(shop, random_from(SEED + 1));
  shop.stop();
}

checks.run(main, work.remove);
