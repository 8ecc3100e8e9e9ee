'use strict';

// The browser host: one browser, many sessions. Speaks JSON lines: requests on fd 3, answers on
// fd 4. A request is {id, op, session, …}; its answer {id, ok: true, …} or {id, error: {code,
// message}}, in whatever order they are ready. The only argument is the configuration as JSON:
// {executable_path, proxy?: {server, bypass}, chromium_sandbox}. Ends when fd 3 ends.

const fs = require('node:fs');

const SESSIONS_MAX = 16;
const VISITORS_MAX = 4; // of one session
const LINE_CHARACTERS_MAX = 8 << 20;
const SEND_MS_MAX = 15_000;

const config = JSON.parse(process.argv[2]);

const { chromium, request: http } = require('playwright-core');

const launched = chromium.launch({
  executablePath: config.executable_path,
  chromiumSandbox: config.chromium_sandbox,
  proxy: config.proxy,
  handleSIGHUP: false,
  handleSIGINT: false,
  handleSIGTERM: false,
});
launched.then((running) => running.on('disconnected', () => {
  process.stderr.write('The browser ended.\n');
  process.exit(1);
}), () => {}); // a failure is told to whoever asks

const { HostError, as_host_error, must_be_own } = require('./errors.js');
const { Session, access_of } = require('./session.js');

let expecting = null;
/** The assertions are loaded after the browser is on its way: they cost a quarter of a second. */
function load_expect() {
  expecting ??= launched.then(() => require('@playwright/test').expect);
  return expecting;
}
launched.then(() => setImmediate(load_expect), () => {});

const sessions = new Map(); // id -> {options, visitors: Map of their names ("": who began) to promises of a Session each}

async function browser() {
  try {
    return await launched;
  } catch (error) {
    throw new HostError('unavailable', `The browser does not start: ${as_host_error(error).message}`);
  }
}

// The context for the next session, made while the one before is at work. It has seen nothing.
let spare = null; // {wish: string, opening: Promise<Session>}

function make_spare(options) {
  const opening = browser().then((each) => Session.open(each, options, load_expect));
  opening.catch(() => {}); // then the next session is opened anew
  spare = { wish: JSON.stringify(options), opening };
}

/** A new session; the options are the same for all of a site. */
async function next_session(options) {
  const taken = spare;
  spare = null;
  if (taken?.wish === JSON.stringify(options)) {
    const made = await taken.opening.catch(() => null);
    if (made && !made.is_gone()) return made;
  } else {
    taken?.opening.then((made) => made.close(), () => {});
  }
  return Session.open(await browser(), options, load_expect);
}

/** `like`: the session whose visitor's cookies and storage the new one begins with. */
async function open({ session, options, like, visitor }) {
  if (sessions.has(session)) throw new HostError('conflict', `The session ${session} is open already.`);
  if (sessions.size >= SESSIONS_MAX) {
    throw new HostError('unavailable', `This browser has ${SESSIONS_MAX} sessions already.`);
  }
  const opening = like === undefined ? next_session(options) : session_like(options, { session: like, visitor });
  sessions.set(session, { options, visitors: new Map([['', opening]]) });
  try {
    await opening;
  } catch (error) {
    sessions.delete(session);
    throw error;
  }
  if (spare === null) make_spare(options);
  return {};
}

async function session_like(options, visit) {
  const kept = await (await session_of(visit)).kept();
  return Session.open(await browser(), options, load_expect, kept);
}

async function close({ session }) {
  const closing = [...sessions.get(session)?.visitors.values() ?? []];
  sessions.delete(session);
  await Promise.all(closing.map((each) => each.then((found) => found.close(), () => {})));
  return {};
}

/** The Session of a visitor: each has a browser context of their own. */
async function session_of({ session, visitor = '' }) {
  const found = sessions.get(session);
  if (!found) throw new HostError('not_found', 'This session is not open.');
  const { options, visitors } = found;
  if (!visitors.has(visitor)) {
    if (visitors.size >= VISITORS_MAX) throw new HostError('invalid_request', `At most ${VISITORS_MAX} visitors have a browser of their own.`);
    visitors.set(visitor, Session.open(await browser(), options, load_expect));
  }
  return visitors.get(visitor);
}

async function send({ session, call, site_url, secret = false }) {
  if (secret) must_be_own(new URL(call.url, site_url).href, site_url);
  const { options } = sessions.get(session) ?? {};
  const context = await http.newContext({ proxy: config.proxy, baseURL: site_url, ...options && access_of(options) });
  try {
    const response = await context.fetch(call.url, {
      method: call.method,
      headers: call.headers,
      data: call.body || undefined,
      maxRedirects: secret ? 0 : undefined, // the answer may lead elsewhere
      timeout: SEND_MS_MAX,
    });
    const refusal = response.headers()['x-vouch-proxy'] !== undefined;
    if (refusal) throw new HostError('unavailable', (await response.text()).trim());
    return { status: response.status() };
  } catch (error) {
    if (error instanceof HostError) throw error;
    throw new HostError('unavailable', `${call.method} ${call.url} failed: ${as_host_error(error).message}`);
  } finally {
    await context.dispose();
  }
}

/** Answers when the browser is up. */
async function ready() {
  await browser();
  return {};
}

async function probe() {
  const version = (await browser()).version();
  const { version: playwright } = require('playwright-core/package.json');
  await load_expect();
  return { chromium: version, playwright, node: process.versions.node };
}

/** All others belong to a session and take turns there; `check`s take one together. */
const OF_HOST = { open, close, send, ready, probe };
const OF_SESSION = new Set(['snapshot', 'perform', 'check', 'resolve', 'matches', 'settle', 'at_rest', 'tamper', 'depends',
  'screenshot']);

async function run(request) {
  const { op } = request;
  if (Object.hasOwn(OF_HOST, op)) return OF_HOST[op](request);
  if (!OF_SESSION.has(op)) throw new HostError('invalid_request', `There is no operation "${op}".`);
  const session = await session_of(request);
  const only_looks = op === 'check';
  return session.in_turn(() => (op === 'perform' ? session.perform(request.action, request.secret) : session[op](request)), { only_looks });
}

const answers = fs.createWriteStream(null, { fd: 4 });
answers.on('error', () => process.exit(0));

async function answer(line) {
  const request = JSON.parse(line);
  let result;
  try {
    result = { id: request.id, ok: true, ...await run(request) };
  } catch (error) {
    const { code, message } = as_host_error(error);
    result = { id: request.id, error: { code, message } };
  }
  answers.write(`${JSON.stringify(result)}\n`);
}

let rest = '';
function take(chunk) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  if (rest.length > LINE_CHARACTERS_MAX) {
    process.stderr.write('A request is too long.\n');
    process.exit(1);
  }
  for (const line of lines) answer(line);
}

// A promise that Playwright leaves behind must not end every other session.
process.on('unhandledRejection', (error) => process.stderr.write(`${error?.stack ?? error}\n`));

const requests = fs.createReadStream(null, { fd: 3, encoding: 'utf8' });
requests.on('data', take);
requests.on('error', () => process.exit(0));
requests.on('end', async () => {
  const running = await launched.catch(() => null);
  running?.removeAllListeners('disconnected');
  await running?.close().catch(() => {});
  process.exit(0);
});
