'use strict';
// The traps. Each is a site of its own, and a scenario on it:
//   serve     answers a request: {path, query, request, response}
//   steps     what follows "Given I open the home page"
//   told      what the reason of the section says; none: the trap does not stand in the scenario's way, and it is proven
//   explored  what the reason of the exploration says; none: it succeeds
//   unnamed   the reason is that of the finished test, and names no step
//   slow      tried only with --all

const { page, html, always, site, counted, redirect, pour, drip } = require('./pages.js');

const GREET = ['When I click "Greet"', 'Then I should see "Hello there"'];
const LOOP = 'for (;;);';
const SAVED = { 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename=x.zip' };

const HANGS = /The page does not respond/;
const NOT_LOADED = /The page was not loaded within 15 s/;
const REDIRECTS = /redirects without end/;
const WANDERS = /goes on to other addresses without end|was replaced/;
const DIALOGS = /opens dialogs without end/;
/** On a slow machine the twentieth window may not be open before the page has been waited for as long as for any other. */
const WINDOWS_OPEN = /opens windows without end|does not respond/;
const DOWNLOAD = /It is a download/;
const TOO_LARGE = /does not respond|memory limit/;
const BROKEN = /cannot be read; its scripts may have replaced functions of the browser/;
/** The exploration has read the page before as much was opened, or has not: both are an end. */
const maybe = (reason) => new RegExp(`^success$|${reason.source}`);

const HEALTHY = { name: 'healthy', serve: always({}), steps: GREET };

const REPORT = ['When I open the "Yearly report" page', 'Then I should see "Yearly report"'];
const NO_REPORT = /nothing on the page fits/;

/** `code`, this many times as often as a timer may fire. */
const storm = (times, code) => `setInterval(() => { for (let i = 0; i < ${times}; i += 1) { ${code} } });`;

/** A second page that hangs as soon as the third was seen: a scenario passes once, and its finished test does not. */
function once_greeted() {
  let greeted = false;
  return site({
    '': always({}),
    second: (asked) => always({ late: greeted ? LOOP : '', greet: "location = 'third';" })(asked),
    third: (asked) => {
      greeted = true;
      always({ body: '<p>Hello there</p>' })(asked);
    },
  });
}

const ADDRESSES = [
  {
    name: 'calendar',
    serve: counted((n) => html(`<title>Month ${n}</title><h1>Month ${n}</h1>
      <a href="?n=${n + 1}">Month ${n + 1}</a> <a href="?n=${n + 1}&view=week">Weeks of ${n + 1}</a>`)),
    steps: REPORT,
    told: NO_REPORT,
  },
  {
    name: 'redirect-loop',
    serve: site({ '': redirect('a'), a: redirect('b'), b: redirect('a') }),
    steps: GREET,
    told: REDIRECTS,
    explored: REDIRECTS,
  },
  { name: 'redirect-chain', serve: counted((n) => redirect(`?n=${n + 1}`)), steps: GREET, told: REDIRECTS, explored: REDIRECTS, slow: true },
  {
    name: 'meta-refresh',
    serve: counted((n) => html(`<meta http-equiv="refresh" content="0;url=?n=${n + 1}"><h1>Hop</h1>`)),
    steps: GREET,
    told: WANDERS,
    explored: WANDERS,
    slow: true,
  },
  {
    name: 'script-redirect',
    serve: counted((n) => html(`<h1>Hop</h1><script>location = '?n=${n + 1}';</script>`)),
    steps: GREET,
    told: WANDERS,
    explored: WANDERS,
    slow: true,
  },
  {
    name: 'script-redirect-later',
    serve: counted((n) => always({ late: `setTimeout(() => { location = '?n=${n + 1}'; }, 100);` })),
    steps: GREET,
    told: WANDERS,
    slow: true,
  },
  {
    name: 'push-state',
    serve: always({ late: `let n = 0; ${storm(1, "history.pushState(null, '', `?n=${n += 1}`);")}` }),
    steps: GREET,
    slow: true,
  },
  { name: 'hash', serve: always({ late: `let n = 0; ${storm(1, 'location.hash = n += 1;')}` }), steps: GREET, slow: true },
  {
    name: 'errors',
    serve: site({
      '': always({ body: '<a href="fails">Account</a> <a href="fails?2">Orders</a>' }),
      fails: ({ response }) => response.writeHead(500, { 'Content-Type': 'text/html' }).end('<h1>It broke</h1>'),
    }),
    steps: ['When I click "Account"', 'Then I should see "Your account"'],
    told: /does not show it: .*The site answered with status 500/,
  },
  {
    name: 'cookies',
    // The second page sends more of them than the head of a request may hold.
    serve: counted((n) => html(page({ body: `<a href="?n=${n + 1}">Next</a>` }), {
      'Set-Cookie': Array.from({ length: 12 }, (_, i) => `c${n}-${i}=${'x'.repeat(4000)}; Path=/cookies/`),
    })),
    steps: ['When I click "Next"', 'And I click "Next"', ...GREET],
    told: /The request for .* was not sent.*too long/,
  },
];

const SIZES = [
  {
    name: 'links',
    serve: counted((n) => always({
      body: Array.from({ length: 10_000 }, (_, i) => `<li><a href="?n=${n + i + 1}">Thing ${n + i + 1}</a></li>`).join(''),
    })),
    steps: REPORT,
    told: NO_REPORT,
    slow: true,
  },
  {
    name: 'long-text',
    serve: always({ late: "document.body.append('word '.repeat(10_000_000));" }),
    steps: GREET,
    told: TOO_LARGE,
    explored: TOO_LARGE,
    slow: true,
  },
  {
    name: 'elements',
    serve: always({
      late: `for (let i = 0; i < 1_000_000; i += 1) {
        const element = document.createElement('i');
        element.textContent = i;
        document.body.append(element);
      }`,
    }),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'nesting',
    serve: always({
      late: `let inner = document.createElement('div');
        for (let i = 0; i < 50_000; i += 1) { const outer = document.createElement('div'); outer.append(inner); inner = outer; }
        document.body.append(inner);`,
    }),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'frames',
    serve: always({ body: '<iframe srcdoc="<p>x</p>"></iframe>'.repeat(2000) }),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'nested-frames',
    serve: counted((n) => always({ body: `<iframe src="?n=${n + 1}"></iframe><iframe src="?n=${n + 1}&again"></iframe>` })),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'hanging-frames',
    serve: site({
      '': always({
        late: `onload = () => setTimeout(() => {
          for (let i = 0; i < 10; i += 1) {
            const frame = document.createElement('iframe');
            frame.src = 'never';
            document.body.append(frame);
          }
        });`,
      }),
    }),
    steps: GREET,
    slow: true,
  },
  {
    name: 'names',
    serve: always({
      late: `const long = 'name '.repeat(200_000);
        for (const attribute of ['aria-label', 'title', 'placeholder', 'id', 'name', 'class', 'data-testid', 'aria-labelledby']) {
          const field = document.createElement('input');
          field.setAttribute(attribute, long);
          document.body.append(field);
        }
        const link = document.createElement('a');
        link.href = '?' + long;
        link.textContent = long;
        document.body.append(link);
        document.title = long;
        history.replaceState(null, '', '?' + 'x'.repeat(1_000_000));`,
    }),
    steps: GREET,
    slow: true,
  },
  { name: 'title', serve: always({ late: "document.title = 'x'.repeat(10_000_000);" }), steps: GREET, slow: true },
  {
    name: 'body',
    serve: pour(100 << 20, { 'Content-Type': 'text/html' }),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'fetched-body',
    serve: site({
      '': always({ late: "fetch('big').then((response) => response.text());" }),
      big: pour(100 << 20, { 'Content-Type': 'text/plain' }),
    }),
    steps: GREET,
    slow: true,
  },
];

const TIMES = [
  { name: 'silent', serve: site({}), steps: GREET, told: NOT_LOADED, explored: NOT_LOADED, slow: true },
  {
    name: 'hanging-image',
    serve: site({ '': always({ body: '<img src="never" alt="">' }) }),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'hanging-script',
    serve: site({ '': always({ body: '<script src="never"></script>' }) }),
    steps: GREET,
    told: NOT_LOADED,
    explored: NOT_LOADED,
    slow: true,
  },
  {
    name: 'hanging-fetch',
    serve: site({ '': always({ late: "fetch('never'); fetch('never', { method: 'POST' });" }) }),
    steps: GREET,
    slow: true,
  },
  { name: 'hanging-beacon', serve: site({ '': always({ late: "navigator.sendBeacon('never', 'x');" }) }), steps: GREET },
  {
    name: 'fetches',
    serve: site({ '': always({ late: storm(4, "fetch('never?' + Math.random()).catch(() => {});") }) }),
    steps: GREET,
    slow: true,
  },
  { name: 'drip', serve: drip(page()), steps: GREET, told: NOT_LOADED, explored: NOT_LOADED, slow: true },
  { name: 'loop', serve: always({ late: LOOP }), steps: GREET, told: NOT_LOADED, explored: NOT_LOADED },
  { name: 'loop-on-click', serve: always({ greet: LOOP }), steps: GREET, told: HANGS, slow: true },
  { name: 'loop-after-click', serve: always({ greet: `setTimeout(() => { ${LOOP} }, 200);` }), steps: GREET, told: HANGS, slow: true },
  {
    name: 'loop-on-key',
    serve: always({ late: `onkeydown = () => { ${LOOP} };` }),
    steps: ['When I press "Escape"', 'Then I should see "Hello there"'],
    told: HANGS,
    slow: true,
  },
  {
    name: 'loop-once-greeted',
    serve: once_greeted(),
    steps: ['And I open "/loop-once-greeted/second"', ...GREET],
    told: /did not pass each of 2 times/,
    unnamed: true,
    slow: true,
  },
  {
    name: 'loop-behind-links',
    serve: site({
      '': always({ body: Array.from({ length: 10 }, (_, i) => `<a href="loop?${i}">Page ${i}</a>`).join(' ') }),
      loop: always({ late: LOOP }),
    }),
    steps: ['When I click "Page 3"', 'Then I should see "Your account"'],
    told: HANGS,
    slow: true,
  },
  {
    name: 'endless-download',
    serve: site({ '': always({ body: '<a href="file">Save</a>' }), file: pour(Infinity, SAVED) }),
    steps: ['When I click "Save"', 'And I click "Greet"', 'Then I should see "Hello there"'],
    slow: true,
  },
  { name: 'download', serve: pour(Infinity, SAVED), steps: GREET, told: DOWNLOAD, explored: DOWNLOAD, slow: true },
];

const WINDOWS = [
  { name: 'alerts', serve: always({ late: "for (;;) alert('Again');" }), steps: GREET, told: DIALOGS, explored: DIALOGS },
  {
    name: 'alerts-later',
    serve: always({ late: storm(1, "alert('Again');") }),
    steps: GREET,
    told: DIALOGS,
    explored: maybe(DIALOGS),
    slow: true,
  },
  { name: 'prompts', serve: always({ late: "while (!prompt('Your name?'));" }), steps: GREET, told: DIALOGS, explored: DIALOGS, slow: true },
  { name: 'confirm', serve: always({ greet: "if (confirm('Greet?')) said.textContent = 'Hello there';" }), steps: GREET, slow: true },
  {
    name: 'leaving',
    serve: always({ late: "addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x'; });" }),
    steps: [...GREET, 'When I reload the page', ...GREET],
    slow: true,
  },
  { name: 'windows', serve: always({ late: storm(1, 'open(location.href);') }), steps: GREET, told: WINDOWS_OPEN, explored: maybe(WINDOWS_OPEN) },
  ...['', ", '', 'noopener'"].map((how, i) => ({
    name: ['window-that-loops', 'other-window-that-loops'][i],
    serve: site({ '': always({ greet: `open('loop'${how}); said.textContent = 'Hello there';` }), loop: always({ late: LOOP }) }),
    steps: GREET,
    told: HANGS,
    slow: true,
  })),
];

const PAGES = [
  {
    name: 'scroll',
    serve: always({
      body: '<ul id="list"></ul><footer><a href="?contact">Contact</a></footer>',
      late: `let n = 0;
        const more = () => {
          for (let i = 0; i < 20; i += 1) {
            const entry = document.createElement('li');
            entry.textContent = 'Entry ' + (n += 1);
            entry.style.height = '60px';
            document.getElementById('list').append(entry);
          }
        };
        more();
        addEventListener('scroll', more);
        new IntersectionObserver(more).observe(document.querySelector('footer'));`,
    }),
    steps: ['When I scroll to the bottom', ...GREET],
  },
  {
    name: 'animation',
    serve: always({
      late: `let n = 0;
        const next = () => { document.title = n += 1; button.dataset.n = n; requestAnimationFrame(next); };
        next();`,
    }),
    steps: GREET,
    slow: true,
  },
  ...['setTimeout(change)', 'change()'].map((then, i) => ({
    name: ['ping-pong', 'tight-ping-pong'][i],
    serve: always({
      body: '<p id="ping"></p><p id="pong"></p>',
      late: `const watch = (one, other) => new MutationObserver(() => {
          const change = () => { document.getElementById(other).textContent = Math.random(); };
          ${then};
        }).observe(document.getElementById(one), { childList: true });
        watch('ping', 'pong');
        watch('pong', 'ping');
        document.getElementById('ping').textContent = 'x';`,
    }),
    steps: GREET,
    ...i === 1 && { told: NOT_LOADED, explored: NOT_LOADED },
    slow: true,
  })),
  {
    name: 'rebuilds-itself',
    serve: always({
      late: `setInterval(() => {
        const old = document.getElementById('greet');
        const next = old.cloneNode(true);
        next.onclick = old.onclick;
        old.replaceWith(next);
      }, 20);`,
    }),
    steps: GREET,
    told: /no locator|longer on the page|Timeout/,
    slow: true,
  },
  {
    name: 'built-ins',
    serve: always({
      early: `for (const name of ['map', 'filter', 'forEach', 'push', 'some', 'slice', 'find', 'flatMap']) {
          Array.prototype[name] = () => { throw new Error('mine'); };
        }
        JSON.stringify = JSON.parse = () => 'mine';
        Promise = Map = Set = WeakSet = WeakMap = class {};
        Element.prototype.matches = () => true;
        Element.prototype.getAttribute = () => 'mine';
        document.querySelector = () => null;
        document.querySelectorAll = () => [];`,
    }),
    steps: GREET,
    told: BROKEN,
    explored: BROKEN,
  },
  {
    name: 'lying-json',
    serve: always({ early: "JSON.stringify = () => '{\"elements\": 7}';" }),
    steps: GREET,
    told: BROKEN,
    explored: BROKEN,
    slow: true,
  },
  { name: 'endless-json', serve: always({ early: `JSON.stringify = () => { ${LOOP} };` }), steps: GREET, told: HANGS, explored: HANGS, slow: true },
  {
    name: 'json-methods',
    serve: always({ early: "Array.prototype.toJSON = () => 'a list'; Object.prototype.toJSON = () => 'an object';" }),
    steps: GREET,
  },
  {
    name: 'service-worker',
    serve: site({
      '': always({ late: "navigator.serviceWorker.register('worker.js').catch(() => {});" }),
      'worker.js': html("addEventListener('fetch', (event) => event.respondWith(new Response('taken over')));",
        { 'Content-Type': 'text/javascript' }),
    }),
    steps: ['When I reload the page', ...GREET],
    slow: true,
  },
  {
    name: 'console',
    serve: always({ late: storm(1000, "console.log('x'.repeat(1000), document.body, { i });") }),
    steps: GREET,
    told: HANGS,
    explored: HANGS,
    slow: true,
  },
  {
    name: 'exceptions',
    serve: always({ late: storm(1000, "Promise.reject(new Error('x'.repeat(1000)));") }),
    steps: GREET,
    told: HANGS,
    explored: HANGS,
    slow: true,
  },
  {
    name: 'memory',
    serve: always({ greet: 'const all = []; for (;;) all.push(new Uint8Array(1 << 24).fill(1));' }),
    steps: GREET,
    told: /crashed|memory limit/,
    slow: true,
  },
  {
    name: 'workers',
    serve: always({ late: `const url = URL.createObjectURL(new Blob(['${LOOP}'])); for (let i = 0; i < 200; i += 1) new Worker(url);` }),
    steps: GREET,
    told: HANGS,
    explored: HANGS,
    slow: true,
  },
  {
    name: 'sockets',
    serve: always({ late: storm(4, "new WebSocket(location.href.replace('http', 'ws'));") }),
    steps: GREET,
    slow: true,
  },
];

const TRAPS = [...ADDRESSES, ...SIZES, ...TIMES, ...WINDOWS, ...PAGES];

module.exports = { TRAPS, HEALTHY };
