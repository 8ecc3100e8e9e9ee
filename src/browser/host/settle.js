'use strict';

// Knows the requests of one context and when a page has come to rest after an action.

const REQUESTS_MAX = 100; // kept for one action, and as many that are not safe
const QUIET_MS = 30; // without a new request
const SETTLE_MS_MAX = 2000;
const LONG_REQUEST_MS = 1000; // what is open for longer (polling) does not hold an action
const KEPT_TYPES = new Set(['document', 'xhr', 'fetch']);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']); // RFC 9110, 9.2.1
const HOLDING_TYPES = new Set(['document', 'xhr', 'fetch', 'script', 'stylesheet']);

class Traffic {
  constructor(context) {
    this.page = null; // the one that is shown
    this.documents = new WeakMap(); // of each page how many new ones it has had
    this.open = new Map(); // request -> when it began, of those that an action waits for
    this.unanswered = new Set(); // requests of any kind
    this.sockets = new Set(); // that are open
    this.changed_at = performance.now();
    this.recorded = [];
    this.navigating = null; // the request of a document that the page does not show yet
    this.waiting = new Set();
    this.loaded = false; // the page that is shown has had its `load` event
    this.late_scripts = false; // and asked its own site for scripts after it, since the last action began
    context.on('request', (request) => this.begin(request));
    context.on('requestfinished', (request) => {
      if (request === this.navigating) this.forget_download(request);
      this.end(request);
    });
    context.on('requestfailed', (request) => {
      if (request === this.navigating) this.navigating = null;
      this.end(request);
    });
    context.on('page', (page) => this.listen_to(page));
  }

  listen_to(page) {
    if (this.documents.has(page)) return;
    this.documents.set(page, 0);
    page.on('websocket', (socket) => {
      this.record({ websocket: socket.url().slice(0, 2000), before: false });
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    page.on('domcontentloaded', () => {
      this.documents.set(page, this.documents_of(page) + 1);
      if (page === this.page) {
        this.navigating = null;
        this.loaded = false;
      }
      this.touch();
    });
    page.on('load', () => {
      if (page !== this.page) return;
      this.loaded = true;
      // What is asked for in the page's own handler of the event is told before it.
      for (const request of this.open.keys()) this.note_late(request);
    });
  }

  documents_of(page) {
    return this.documents.get(page) ?? 0;
  }

  /** The page whose navigations count from now on. */
  follow(page) {
    this.listen_to(page);
    this.page = page;
    this.navigating = null;
    this.loaded = false;
  }

  begin(request) {
    this.unanswered.add(request);
    const type = request.resourceType();
    if (KEPT_TYPES.has(type) || !SAFE_METHODS.has(request.method())) this.record({ request, before: false });
    if (!HOLDING_TYPES.has(type)) return;
    this.open.set(request, performance.now());
    if (this.is_of_page(request)) this.navigating = request;
    if (this.loaded) this.note_late(request);
    this.touch();
  }

  changes({ websocket, request }) {
    return websocket !== undefined || !SAFE_METHODS.has(request.method());
  }

  /** Of the many that only read, not all are kept. */
  record(entry) {
    if (this.recorded.length < (this.changes(entry) ? 2 * REQUESTS_MAX : REQUESTS_MAX)) this.recorded.push(entry);
  }

  is_of_page(request) {
    if (!request.isNavigationRequest()) return false;
    try {
      return request.frame() === this.page.mainFrame();
    } catch {
      return false; // of a new tab, whose frame does not exist yet
    }
  }

  note_late(request) {
    const is_script = request.resourceType() === 'script';
    if (is_script && this.navigating === null && this.is_own(request)) this.late_scripts = true;
  }

  is_own(request) {
    const [asked, shown] = [request.url(), this.page.url()];
    return URL.canParse(asked) && URL.canParse(shown) && new URL(asked).origin === new URL(shown).origin;
  }

  /** Whether the page went on with scripts after `load` and is done with them: it can be waited for. */
  loads_late() {
    return this.late_scripts && this.open.size === 0;
  }

  /** Whether nothing may come of the site by itself. */
  expects_nothing() {
    return this.unanswered.size === 0 && this.sockets.size === 0;
  }

  /** An answer that replaces no document: nothing and downloads. */
  async forget_download(request) {
    const response = await request.response().catch(() => null);
    const download = response?.headers()['content-disposition']?.startsWith('attachment');
    if (request === this.navigating && (!response || [204, 205].includes(response.status()) || download)) {
      this.navigating = null;
      this.touch();
    }
  }

  end(request) {
    this.unanswered.delete(request);
    if (this.open.delete(request)) this.touch();
  }

  touch() {
    this.changed_at = performance.now();
    for (const wake of this.waiting) wake();
  }

  /** What may have changed the site since the last action is told with the next one. */
  start_recording() {
    this.late_scripts = false;
    this.recorded = this.recorded.filter((entry) => this.changes(entry)).map((entry) => ({ ...entry, before: true }));
  }

  async take_recorded() {
    const requests = this.recorded;
    this.recorded = [];
    return Promise.all(requests.map(async ({ request, websocket, before }) => {
      if (websocket) return { method: 'GET', url: websocket, resource_type: 'websocket', status: 101, before };
      const response = this.unanswered.has(request) ? null : await request.response().catch(() => null);
      return {
        method: request.method(),
        url: request.url().slice(0, 2000),
        resource_type: request.resourceType(),
        status: response?.status() ?? 0,
        before,
      };
    }));
  }

  /** Milliseconds until the traffic can count as quiet; 0 when it is, Infinity while something is open. */
  due_ms(quiet_ms) {
    const now = performance.now();
    if (this.navigating !== null) return Infinity;
    let due = this.changed_at + quiet_ms - now;
    for (const begun of this.open.values()) {
      if (now - begun < LONG_REQUEST_MS) due = Math.max(due, begun + LONG_REQUEST_MS - now);
    }
    return Math.max(0, due);
  }

  /** Waits for `ms` or the next change of traffic. */
  async pause(ms) {
    await new Promise((resolve) => {
      const timer = setTimeout(() => wake(), ms);
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }

  /** @returns {Promise<boolean>} whether the traffic came to rest within the limit */
  async quiet(quiet_ms = QUIET_MS, limit_ms = SETTLE_MS_MAX) {
    const end = performance.now() + limit_ms;
    for (;;) {
      const due = this.due_ms(quiet_ms);
      const left = end - performance.now();
      if (due === 0) return true;
      if (left <= 0) return false;
      await this.pause(Math.ceil(Math.min(due, left)));
    }
  }
}

module.exports = { Traffic };
