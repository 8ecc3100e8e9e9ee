'use strict';

const fs = require('node:fs/promises');

const {
  HostError, strip, is_replaced, as_host_error, must_be_own, UNREACHABLE, DOWNLOAD, INTERRUPTED, ELSEWHERE,
} = require('./errors.js');
const { SOURCE } = require('./agent.js');
const { to_locator } = require('./locator.js');
const { Traffic } = require('./settle.js');
const { SOURCE: TIMERS } = require('./timers.js');
const { check } = require('./check.js');
const { Documents } = require('./frames.js');
const { tamper, frames_of } = require('./tamper.js');

const READ_MS_MAX = 10_000; // a page that does not answer within this hangs
const DIALOGS_MAX = 20;
const POPUPS_MAX = 5; // open at once; further ones are closed
const POPUP_MS_MAX = 5000; // until the page that an action opens is there
const TOLD_MAX = 100; // messages of dialogs and names of files, the latest
const TEXT_CHARACTERS_MAX = 2000;
const DOWNLOAD_MS_MAX = 5000; // until a file is there whose text is asked for
const DOWNLOAD_BYTES_MAX = 4 << 20;
const ASKED_AT_ONCE = 3; // locators; the first ones mostly do, and each costs the page some work
const RETRIES_MAX = 5; // when documents replace each other while they are read
// What comes into view or goes by a transition is not there, or not gone, before its end.
const MOVE_MS_MAX = 500; // of one; a longer one is more likely a clock than a door
const MOVES_MS_MAX = 1000; // of one after the other
// What a page does more often than this, from one action to the next, it does without end.
const ENDLESS = { dialogs: 100, windows: 20, addresses: 20 };

const OF_PAGE = new Set([
  'goto', 'press', 'goBack', 'reload', 'scrollTo', 'setViewportSize', 'showPage', 'closePage', 'clickAt', 'clearCookies', 'clearStorage',
]);

/** "375x812" in CSS pixels. */
function size_of(value) {
  const [width, height] = value.split('x').map(Number);
  return { width, height };
}

const until = (idle) => (idle ? { waitUntil: 'networkidle' } : {});

/** `promise`, or a clear failure when the page hangs. */
async function within(promise, ms = READ_MS_MAX) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new HostError('timeout', 'The page does not respond.')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a file holds, when it has come; one that is late or long counts as empty. */
async function text_of(download) {
  const late = setTimeout(() => download.cancel().catch(() => {}), DOWNLOAD_MS_MAX);
  try {
    const file = await download.path();
    const { size } = await fs.stat(file);
    return size <= DOWNLOAD_BYTES_MAX ? await fs.readFile(file, 'utf8') : '';
  } catch {
    return ''; // it was cancelled, or failed
  } finally {
    clearTimeout(late);
    download.delete().catch(() => {});
  }
}

/** How the site lets somebody in, in Playwright's terms: its own origin alone is told. */
function access_of({ site_url, ignore_https_errors, http_credentials }) {
  return {
    ignoreHTTPSErrors: ignore_https_errors,
    ...http_credentials && { httpCredentials: { ...http_credentials, origin: new URL(site_url).origin } },
  };
}

/** In a new tab, once: what the session storage of another one held. */
function fill_session_storage(kept) {
  if (window !== window.top || kept?.origin !== location.origin || window.name === 'filled') return;
  window.name = 'filled'; // it stays with the tab
  for (const [key, value] of Object.entries(kept.items)) sessionStorage.setItem(key, value);
}

/** One browser context with one page. Its operations run one after the other, see in_turn(). */
class Session {
  /** `kept`: what the browser has for the site to begin with, as kept() tells it. */
  static async open(browser, options, load_expect, kept) {
    const context = await browser.newContext({
      baseURL: options.site_url,
      viewport: { width: options.viewport_width, height: options.viewport_height },
      locale: options.locale,
      timezoneId: options.timezone,
      acceptDownloads: options.accept_downloads,
      serviceWorkers: 'block',
      ...access_of(options),
      ...kept && { storageState: kept.state },
    });
    await context.addInitScript(TIMERS);
    if (kept) await context.addInitScript(fill_session_storage, kept.session);
    context.setDefaultTimeout(options.action_timeout_ms);
    context.setDefaultNavigationTimeout(options.navigation_timeout_ms);
    return new Session(context, await context.newPage(), load_expect, options);
  }

  constructor(context, page, load_expect, { site_url, navigation_timeout_ms, accept_downloads }) {
    Object.assign(this, { context, load_expect, site_url, navigation_timeout_ms, accept_downloads });
    this.traffic = new Traffic(context);
    this.documents = new Documents();
    this.dialogs = []; // since the last action
    this.popups = []; // likewise: they stay open, the one that a test goes on in becomes `page`
    this.said = []; // by all dialogs
    this.downloads = []; // the names of all files
    this.files = []; // promises of what they hold, where downloads are accepted
    this.console_errors = []; // of all pages
    this.crashed = false;
    this.given_up = null; // why the page was closed
    this.times = {}; // how often it did what ENDLESS names, since the last action began
    this.turn = Promise.resolve(); // the end of all operations so far
    this.last_change = Promise.resolve(); // of those that do not only look
    this.refused = null; // the proxy's answer in place of the page, in the action at hand
    this.answer = null; // to the next dialog
    this.listen_to(page);
    this.show(page);
    context.on('request', (request) => {
      if (this.traffic.is_of_page(request) && !request.redirectedFrom()) this.count('addresses', 'goes on to other addresses');
    });
    context.on('dialog', (dialog) => {
      this.count('dialogs', 'opens dialogs');
      const message = dialog.message().slice(0, TEXT_CHARACTERS_MAX);
      if (this.dialogs.length < DIALOGS_MAX) this.dialogs.push(message);
      if (this.said.push(message) > TOLD_MAX) this.said.shift();
      const { kind, value } = this.answer ?? {};
      this.answer = null;
      const done = kind === 'dismissDialog' ? dialog.dismiss() : dialog.accept(value || undefined);
      done.catch(() => {});
    });
    context.on('page', (popup) => {
      this.count('windows', 'opens windows');
      if (this.context.pages().length > POPUPS_MAX + 1) {
        popup.close().catch(() => {});
        return;
      }
      this.listen_to(popup);
      this.popups.push(popup);
    });
  }

  listen_to(page) {
    page.on('crash', () => { this.crashed ||= page === this.page; });
    page.on('response', (response) => {
      const instead = response.headers()['x-vouch-proxy'] !== undefined;
      if (instead && response.request().isNavigationRequest() && response.frame() === this.page.mainFrame()) {
        this.refused = response;
      }
    });
    page.on('pageerror', (error) => this.note_error(error.message));
    page.on('console', (message) => { if (message.type() === 'error') this.note_error(message.text()); });
    page.on('download', (download) => {
      const name = download.suggestedFilename().slice(0, TEXT_CHARACTERS_MAX);
      if (this.downloads.push(name) > TOLD_MAX) this.downloads.shift();
      if (!this.accept_downloads) return;
      if (this.files.push(text_of(download)) > TOLD_MAX) this.files.shift();
    });
  }

  note_error(message) {
    if (this.console_errors.push(String(message).slice(0, TEXT_CHARACTERS_MAX)) > TOLD_MAX) this.console_errors.shift();
  }

  /** What is done and seen from now on is so on this page. */
  show(page) {
    this.page = page;
    this.agent = null; // the in-page agent of the document that is shown
    this.traffic.follow(page);
  }

  /** Runs `operation` when those before it have ended. Operations that only look do not wait for each other. */
  in_turn(operation, { only_looks = false } = {}) {
    const result = (only_looks ? this.last_change : this.turn).then(async () => {
      this.must_live();
      try {
        return await operation();
      } catch (error) {
        this.must_live();
        throw as_host_error(error);
      }
    });
    this.turn = Promise.allSettled([this.turn, result]);
    if (!only_looks) this.last_change = this.turn;
    return result;
  }

  /** A page that does without end what it may do now and then is closed: nothing else on it would come to an end. */
  count(what, told) {
    this.times[what] = (this.times[what] ?? 0) + 1;
    if (this.given_up || this.times[what] <= ENDLESS[what]) return;
    this.given_up = new HostError('timeout', `The page ${told} without end.`);
    this.page.close().catch(() => {});
  }

  /** Cookies, local storage and databases of all origins, and the session storage of the page that is shown. */
  kept() {
    return this.in_turn(async () => ({
      state: await this.context.storageState({ indexedDB: true }),
      session: await this.page.evaluate(() => ({ origin: location.origin, items: { ...sessionStorage } })).catch(() => null),
    }), { only_looks: true });
  }

  is_gone() {
    return this.crashed || this.page.isClosed();
  }

  must_live() {
    if (this.given_up) throw this.given_up;
    if (this.crashed) throw new HostError('conflict', 'The page crashed.');
    if (this.page.isClosed()) throw new HostError('conflict', 'The page was closed.');
  }

  /** Calls `use(agent)`, again in the next document when the one in use is replaced meanwhile. */
  async with_agent(use) {
    const end = performance.now() + READ_MS_MAX;
    const in_time = (promise) => within(promise, end - performance.now());
    for (let retry = 0; ; retry += 1) {
      try {
        this.agent ??= await in_time(this.page.evaluateHandle(SOURCE));
        return await in_time(use(this.agent));
      } catch (error) {
        if (!is_replaced(error)) throw error;
        if (retry >= RETRIES_MAX) throw new HostError('timeout', 'The page was replaced again and again while it was read.');
        this.agent = null;
        await in_time(this.page.waitForLoadState('domcontentloaded'));
      }
    }
  }

  /** What `ask` finds out of the agent. The page's own scripts run beside it and can break what it is built on. */
  async read(ask) {
    try {
      return await this.with_agent(ask);
    } catch (error) {
      if (error instanceof HostError || this.is_gone()) throw error;
      const [first_line] = strip(error.message).split('\n');
      throw new HostError('conflict', `The page cannot be read; its scripts may have replaced functions of the browser: ${first_line}`);
    }
  }

  async snapshot() {
    return { snapshot: await this.read((agent) => this.documents.read(agent)) };
  }

  async act({ kind, locator: steps, to, value = '', files = [], until_idle = false }) {
    const { page } = this;
    const locator = steps ? to_locator(page, steps) : null;
    if (!locator && !OF_PAGE.has(kind)) {
      throw new HostError('invalid_request', `The action ${kind} needs a locator.`);
    }
    switch (kind) {
      case 'goto': return this.go(value, () => page.goto(value, until(until_idle)));
      case 'reload': return this.go(page.url(), () => page.reload(until(until_idle)));
      case 'goBack': return this.go('the page before', () => page.goBack(until(until_idle)));
      case 'click': return locator.click();
      case 'dblclick': return locator.dblclick();
      case 'rightclick': return locator.click({ button: 'right' });
      case 'hover': return locator.hover();
      case 'fill': return locator.fill(value);
      case 'pressSequentially': return locator.pressSequentially(value);
      case 'clear': return locator.clear();
      case 'selectOption': return locator.selectOption(value.split('\n').map((label) => ({ label })));
      case 'check': return locator.check();
      case 'uncheck': return locator.uncheck();
      case 'setInputFiles': return locator.setInputFiles(files.map(({ name, mime_type, base64 }) =>
        ({ name, mimeType: mime_type, buffer: Buffer.from(base64, 'base64') })));
      case 'dragTo': return locator.dragTo(to_locator(page, to));
      case 'focus': return locator.focus();
      case 'scrollIntoView': return locator.scrollIntoViewIfNeeded();
      case 'scrollTo': return within(page.evaluate((place) =>
        window.scrollTo(0, place === 'top' ? 0 : document.documentElement.scrollHeight), value));
      case 'setViewportSize': return within(page.setViewportSize(size_of(value)));
      case 'clickAt': return within(page.mouse.click(...value.split(',').map(Number)));
      case 'clearCookies': return this.context.clearCookies();
      case 'clearStorage': return within(page.evaluate((storage) => window[storage].clear(), value));
      case 'showPage': return this.show_page(value);
      case 'closePage': return this.close_page();
      case 'press': return locator ? locator.press(value) : within(page.keyboard.press(value));
      default: throw new HostError('invalid_request', `There is no action "${kind}".`);
    }
  }

  show_page(which) {
    const pages = this.context.pages();
    this.show(which === 'first' ? pages[0] : pages[pages.length - 1]);
    return this.page.waitForLoadState('domcontentloaded');
  }

  async close_page() {
    const pages = this.context.pages().filter((page) => page !== this.page);
    if (pages.length === 0) throw new HostError('invalid_request', 'The only tab is not closed.');
    const { page } = this;
    this.show(pages[pages.length - 1]);
    await within(page.close());
  }

  /** The action opens a page, and what comes is done there. */
  async follow_popup(act) {
    const known = new Set(this.context.pages());
    await act();
    const opened = () => this.context.pages().find((page) => !known.has(page));
    const popup = opened() ?? await this.context.waitForEvent('page', { timeout: POPUP_MS_MAX }).catch(opened);
    if (!popup) throw new HostError('invalid_request', 'No new tab was opened.');
    this.show(popup);
    await popup.waitForLoadState('domcontentloaded');
  }

  async go(address, navigate) {
    try {
      await this.not_interrupted(navigate);
    } catch (error) {
      if (error.name === 'TimeoutError') {
        throw new HostError('timeout', `The page was not loaded within ${this.navigation_timeout_ms / 1000} s: ${address}.`);
      }
      if (DOWNLOAD.test(error.message)) throw new HostError('conflict', `It is a download, and no page: ${address}.`);
      const reason = UNREACHABLE.exec(error.message)?.[1];
      if (!reason) throw error;
      // The browser's own page about it may still come: it must not come into what follows.
      await this.not_interrupted(() => this.page.goto('about:blank')).catch(() => {});
      if (reason === 'ERR_TOO_MANY_REDIRECTS') throw new HostError('conflict', `It redirects without end: ${address}.`);
      throw new HostError('unavailable', `The site cannot be reached: ${address} (${reason}).`);
    }
  }

  /** A navigation that the late page about an earlier failure cut off is begun again. */
  async not_interrupted(navigate) {
    for (let retry = 0; ; retry += 1) {
      try {
        return await navigate();
      } catch (error) {
        if (!INTERRUPTED.test(error.message) || retry >= RETRIES_MAX) throw error;
      }
    }
  }

  async unmoved() {
    const end = performance.now() + MOVES_MS_MAX;
    while (performance.now() < end) {
      const moving = await this.read((agent) => agent.evaluate((each, limit) => each.moving_ms(limit), MOVE_MS_MAX));
      if (moving === 0) return;
      await this.traffic.pause(Math.ceil(moving));
    }
  }

  async mutations() {
    return this.read((agent) => agent.evaluate((each) => each.mutations()));
  }

  /** A saved sign-in: each of its values names itself where it goes. */
  async set_storage_state({ value }) {
    let state;
    try {
      state = JSON.parse(value);
    } catch {
      throw new HostError('invalid_request', 'This is no saved sign-in: its text is not JSON.');
    }
    await this.context.setStorageState(state);
  }

  /** What is set up for what comes: nothing happens on the page. */
  async prepare(action, set_up) {
    const began = performance.now();
    await set_up(action);
    const url = this.page.url();
    const effect = { url_before: url, url_after: url, navigated: false, dom_changed: false, requests: [], dialogs: [], popups: [] };
    return { effect: { ...effect, duration_ms: Math.round(performance.now() - began) } };
  }

  /** `secret`: the action's value holds one, which goes nowhere but to the site's own origin. */
  async perform(action, secret = false) {
    if (action.kind === 'setStorageState') return this.prepare(action, () => this.set_storage_state(action));
    if (secret) must_be_own(await this.address_of(action), this.site_url);
    const answers = action.kind === 'acceptDialog' || action.kind === 'dismissDialog';
    if (answers) return this.prepare(action, () => { this.answer = action; });
    const began = performance.now();
    const url_before = this.page.url();
    const documents = this.traffic.documents_of(this.page);
    const shown = this.page;
    const leaves = action.kind === 'goto' || action.kind === 'reload';
    const before = leaves ? 0 : await this.mutations();
    const agent_before = this.agent;
    this.traffic.start_recording();
    this.times = {};
    this.refused = null;
    try {
      await (action.opens_page ? this.follow_popup(() => this.act(action)) : this.act(action));
    } catch (error) {
      if (error.name === 'TimeoutError') await this.mutations(); // where the page hangs, that is why
      throw error;
    }
    this.traffic.touch();
    await this.traffic.quiet();
    const goes_on = () => this.page !== shown || this.traffic.documents_of(this.page) !== documents;
    if (!goes_on() && !this.refused) {
      await this.unmoved();
      await this.traffic.quiet();
    }
    const navigated = goes_on();
    if (navigated) this.agent = null;
    const after = navigated ? 0 : await this.mutations();
    const replaced = navigated || this.agent !== agent_before;
    if (this.refused) throw await this.answered_by_proxy(this.refused, leaves);
    if (this.page.url().startsWith('chrome-error:')) {
      throw this.unreached(await this.failed_address());
    }
    return {
      effect: {
        url_before: url_before.slice(0, TEXT_CHARACTERS_MAX),
        url_after: this.page.url().slice(0, TEXT_CHARACTERS_MAX),
        navigated: replaced,
        dom_changed: replaced || after !== before,
        loads_late: this.traffic.loads_late(),
        requests: await this.traffic.take_recorded(),
        dialogs: this.dialogs.splice(0),
        popups: this.take_popups(),
        duration_ms: Math.round(performance.now() - began),
      },
    };
  }

  /** The address of the document that the action gives its value to. */
  async address_of({ kind, locator: steps, value = '' }) {
    if (kind === 'goto') return new URL(value, this.site_url).href;
    if (!steps) return this.page.url();
    const element = await to_locator(this.page, steps).elementHandle();
    const frame = await element.ownerFrame();
    await element.dispose();
    return frame ? frame.url() : '';
  }

  /** What a navigation that failed says: of another site nothing was promised, only this page is gone. */
  unreached(address, reason = '', asked_for = false) {
    const elsewhere = URL.canParse(address) && new URL(address).origin !== new URL(this.site_url).origin;
    if (elsewhere && !asked_for) return new HostError('conflict', `It leads away from the site, to ${address}. ${reason}`.trim());
    return new HostError('unavailable', `The site cannot be reached: ${address}. ${reason}`.trim());
  }

  /** The proxy tells in a header of its own that an answer is not the site's. */
  async answered_by_proxy(response, asked_for) {
    const reason = (await within(response.text()).catch(() => '')).trim().slice(0, TEXT_CHARACTERS_MAX);
    // The site is there: what this page made of its cookies is too long for it.
    if (response.status() === 431) return new HostError('conflict', `The request for ${response.url()} was not sent. ${reason}`);
    return this.unreached(response.url(), reason, asked_for);
  }

  async failed_address() {
    const requests = await this.traffic.take_recorded();
    return requests.findLast(({ resource_type }) => resource_type === 'document')?.url ?? 'its next page';
  }

  /** Tabs that were opened since the last action. */
  take_popups() {
    return this.popups.splice(0).map((popup) => popup.url().slice(0, TEXT_CHARACTERS_MAX));
  }

  async check({ assertion, timeout_ms, any = false }) {
    const expect = await this.load_expect();
    const limit = timeout_ms + READ_MS_MAX;
    return within(check(this, assertion, timeout_ms, { expect, any, is_gone: () => this.is_gone() }), limit);
  }

  /** The agent that made the last snapshot, as long as its document is shown. */
  must_have_snapshot() {
    if (this.agent === null) {
      throw new HostError('conflict', 'The page was replaced since the last snapshot.');
    }
    return this.agent;
  }

  async in_snapshot(use) {
    try {
      return await within(use(this.must_have_snapshot()));
    } catch (error) {
      if (!is_replaced(error)) throw error;
      this.agent = null;
      return this.must_have_snapshot();
    }
  }

  async resolve({ element, locators }) {
    return this.in_snapshot(async () => {
      const place = this.documents.places[element];
      if (!place || !await place.agent.evaluate((each, id) => each.holds(id), place.id)) {
        throw new HostError('conflict', 'The element is no longer on the page.');
      }
      for (let begin = 0; begin < locators.length; begin += ASKED_AT_ONCE) {
        const some = locators.slice(begin, begin + ASKED_AT_ONCE);
        const found = await Promise.all(some.map((steps) => this.is_only(place, steps)));
        if (found.includes(true)) return { index: begin + found.indexOf(true) };
      }
      return { index: null };
    });
  }

  /** A locator that cannot be evaluated (a malformed selector) names nothing. */
  async is_only({ agent, id }, steps) {
    try {
      return await to_locator(this.page, steps).evaluateAll(
        (found, { agent, id }) => agent.is_only(found, id), { agent, id });
    } catch (error) {
      const elsewhere = ELSEWHERE.test(error.message) && (agent !== this.agent || steps[0]?.by === 'frame');
      if ((is_replaced(error) && !elsewhere) || this.is_gone()) throw error;
      return false;
    }
  }

  async matches({ locator }) {
    return this.in_snapshot(async (agent) => ({
      ids: await to_locator(this.page, locator).evaluateAll((found, agent) => agent.ids_of(found), agent),
    }));
  }

  async settle({ quiet_ms, limit_ms }) {
    const end = performance.now() + limit_ms;
    for (;;) {
      const left = () => end - performance.now();
      if (!await this.traffic.quiet(quiet_ms, left())) return { quiet: false };
      const restless = await this.read((agent) => agent.evaluate((each, ms) => each.restless_ms(ms), quiet_ms));
      if (restless === 0 && this.traffic.due_ms(quiet_ms) === 0) return { quiet: true };
      if (left() <= 0) return { quiet: false };
      await this.traffic.pause(Math.max(1, Math.min(restless, left())));
    }
  }

  /** Of what frames, other windows and workers do by themselves nothing is known. */
  async at_rest({ still_ms, within_ms }) {
    const alone = () => this.traffic.expects_nothing() && this.page.frames().length === 1
      && this.page.workers().length === 0 && this.context.pages().length === 1;
    const rests = alone() && await this.read((agent) =>
      agent.evaluate((each, [still, within]) => each.at_rest(still, within), [still_ms, within_ms]));
    return { rests: rests && alone() };
  }

  async tamper({ assertion }) {
    await this.with_agent((agent) => tamper(this, agent, assertion));
    return {};
  }

  /** Whether an assertion fails while the document, and the frame it is about, say other words instead of these. */
  async depends({ assertions, words }) {
    const expect = await this.load_expect();
    const agents = [await this.with_agent(async (agent) => agent)];
    try {
      for (const frame of await frames_of(this.page, assertions)) agents.push(await within(frame.evaluateHandle(SOURCE)));
      const places = await Promise.all(agents.map((agent) =>
        within(agent.evaluate((each, words) => each.alter(words), words))));
      if (places.every((count) => count === 0)) return { depends: true };
      for (const assertion of assertions) {
        const means = { expect, any: false, is_gone: () => this.is_gone() };
        const { passed } = await within(check(this, assertion, 0, means));
        if (!passed) return { depends: true };
      }
      return { depends: false };
    } catch (error) {
      if (!is_replaced(error)) throw error;
      return { depends: false }; // of a page that is gone nothing was found out: it is looked at again
    } finally {
      await Promise.all(agents.map((agent) => within(agent.evaluate((each) => each.restore())).catch(() => {})));
      for (const of_frame of agents.slice(1)) of_frame.dispose().catch(() => {});
    }
  }

  async screenshot() {
    const png = await this.page.screenshot({ type: 'png' });
    return { png: png.toString('base64') };
  }

  async close() {
    await this.context.close().catch(() => {});
    return {};
  }
}

module.exports = { Session, access_of };
