'use strict';

// Decides what the page must show so that an assertion fails; page/tamper.js brings it about.

const { HostError } = require('./errors.js');
const { SOURCE } = require('./agent.js');
const { to_locator } = require('./locator.js');

const no_way = (why) => new HostError('invalid_request', why);

/** A text that the pattern matches, for patterns of the plain kind; null when none is found. */
function sample({ source, flags }) {
  const CLASSES = { d: '1', w: 'a', s: ' ', b: '', n: '\n', t: '\t', D: 'a', W: ' ', S: 'a', B: '' };
  const text = source
    .replace(/\((?:\?:|\?<\w+>)?([^()|]*)(?:\|[^()]*)?\)\??/g, '$1')
    .replace(/\\[/]/g, '/')
    .replace(/\[\^[^\]]*\]/g, '~')
    .replace(/\[(\\?.)[^\]]*\]/g, '$1')
    .replace(/(\\.|[^\\])[*?](?!\\)\??/g, '')
    .replace(/(\\.|[^\\])(?:\+|\{(\d+)[^}]*\})\??/g, (all, one, times) => one.repeat(Number(times ?? 1)))
    .replace(/^\^|(?<!\\)\$$/g, '')
    .replace(/(?<!\\)\./g, 'x')
    .replace(/\\(.)/g, (all, char) => CLASSES[char] ?? char);
  return new RegExp(source, flags).test(text) ? text : null;
}

function text_for(expectation) {
  const text = typeof expectation === 'string' ? expectation : sample(expectation);
  if (text === null) throw no_way(`No text is known that /${expectation.source}/ matches.`);
  return text;
}

const OTHER_TEXT = 'Something else entirely';

/** @returns {object} what page/tamper.js is to bring about */
function wish(assertion, page) {
  const { matcher, negated = false, expected = [], expects_list, attribute, count = 0 } = assertion;
  const [first] = expected;
  const forbid = (matches, otherwise) => (negated ? matches() : otherwise());
  switch (matcher) {
    case 'toBeVisible': return negated ? { want: 'show' } : { want: 'hide' };
    case 'toBeInViewport': return negated ? { want: 'show' } : { want: 'hide' };
    case 'toBeHidden': return negated ? { want: 'hide' } : { want: 'show' };
    case 'toHaveText':
    case 'toContainText':
      if (expects_list) {
        return { want: 'texts', values: expected.map((each) => (negated ? text_for(each) : OTHER_TEXT)) };
      }
      return forbid(() => ({ want: matcher === 'toHaveText' ? 'text' : 'append', value: text_for(first) }),
        () => ({ want: 'text', value: OTHER_TEXT }));
    case 'toHaveValue': return { want: 'value', value: negated ? text_for(first) : OTHER_TEXT };
    case 'toHaveCount': return { want: 'count', count: negated ? count : count + 1 };
    case 'toBeChecked': return { want: 'checked', value: negated };
    case 'toBeDisabled': return { want: 'enabled', value: !negated };
    case 'toBeEnabled': return { want: 'enabled', value: negated };
    case 'toBeEditable': return { want: 'editable', value: negated };
    case 'toBeFocused': return { want: 'focused', value: negated };
    case 'toBeEmpty': return { want: 'empty', value: negated };
    case 'toContainClass': return { want: 'class', value: text_for(first), present: negated };
    case 'toHaveCSS': return { want: 'style', attribute, value: negated ? text_for(first) : 'unset' };
    case 'toHaveAttribute':
      return { want: 'attribute', attribute, value: negated ? text_for(first ?? '') : null };
    case 'toHaveURL': return { want: 'url', value: url_for(page, negated ? first : '/something-else') };
    case 'toHaveTitle': return { want: 'title', value: negated ? text_for(first) : OTHER_TEXT };
    default: throw no_way(`There is no matcher "${matcher}".`);
  }
}

/** An address of the same origin that the expectation matches; no other can be shown. */
function url_for(page, expectation) {
  const here = new URL(page.url());
  const text = text_for(expectation);
  const candidates = typeof expectation === 'string' ? [text] : [text, `/${text}`, `/x${text}`];
  for (const each of candidates) {
    if (!URL.canParse(each, here)) continue;
    const url = new URL(each, here);
    const fits = typeof expectation === 'string' || new RegExp(expectation.source, expectation.flags).test(url.href);
    if (url.origin === here.origin && fits) return url.href;
  }
  throw no_way(`The page cannot be given the address ${text}.`);
}

/** Steps in groups: each begins with a getBy…, and its filters and nth follow. */
function groups_of(steps) {
  const groups = [];
  for (const step of steps) {
    if (['filter', 'without', 'visible', 'nth'].includes(step.by)) groups[groups.length - 1]?.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** The innermost part of the locator, its last group apart, that the page has. */
async function find_scope(page, groups) {
  for (let length = groups.length - 1; length > 0; length -= 1) {
    const scope = to_locator(page, groups.slice(0, length).flat());
    if (await scope.count() > 0) return { scope: scope.first(), missing: groups.slice(length) };
  }
  return { scope: page.locator('body'), missing: groups };
}

/** What the page cannot be made to show, since it is not in it. */
const TOLD = {
  dialogMessage: (session, text) => session.said.push(text),
  downloadName: (session, text) => session.downloads.push(text),
  downloadText: (session, text) => session.files.push(Promise.resolve(text)),
};

/** What the browser keeps for the page: what is claimed to be there is taken away or altered, what is not is put there. */
const KEPT = {
  localStorageItem: (session, wanted) => store_in(session, 'localStorage', wanted),
  sessionStorageItem: (session, wanted) => store_in(session, 'sessionStorage', wanted),
  cookie: async ({ context, page }, { name, value }) => {
    if (value === null) await context.clearCookies(name ? { name } : {});
    else await context.addCookies([{ name: name || 'something', value: encodeURIComponent(value), url: page.url() }]);
  },
};

function store_in({ page }, storage, wanted) {
  return page.evaluate(([storage, { name, value }]) => {
    if (value !== null) window[storage].setItem(name || 'something', value);
    else if (name) window[storage].removeItem(name);
    else window[storage].clear();
  }, [storage, wanted]);
}

/** @returns {string | null} the text that makes the assertion fail; null: none at all does */
function opposite({ negated = false, expected: [text] }) {
  if (negated) return text === undefined ? OTHER_TEXT : text_for(text);
  return text === undefined ? null : OTHER_TEXT;
}

/** The frame that the steps lead into. */
async function frame_of(page, steps) {
  const depth = steps.findIndex(({ by }) => by !== 'frame');
  const owner = await to_locator(page, steps.slice(0, depth)).owner().elementHandle();
  const frame = await owner.contentFrame();
  await owner.dispose();
  return { frame, depth };
}

/** The frames that assertions are about, each once. */
async function frames_of(page, assertions) {
  const within = assertions.filter(({ locator }) => locator?.[0]?.by === 'frame');
  const found = await Promise.all(within.map(({ locator }) => frame_of(page, locator)));
  return new Set(found.map(({ frame }) => frame));
}

/** What stands in a frame is tampered with in the frame's own document. */
async function tamper_in_frame(session, steps, assertion) {
  const { frame, depth } = await frame_of(session.page, steps);
  const agent = await frame.evaluateHandle(SOURCE);
  try {
    await tamper({ page: frame }, agent, { ...assertion, locator: steps.slice(depth) });
  } finally {
    await agent.dispose().catch(() => {});
  }
}

async function tamper(session, agent, assertion) {
  const { page } = session;
  const { matcher, negated, expected = [], attribute } = assertion;
  if (KEPT[matcher]) {
    await KEPT[matcher](session, { name: attribute, value: opposite({ negated, expected }) });
    return;
  }
  if (matcher === 'consoleErrors') {
    const text = opposite({ negated, expected });
    session.console_errors = text === null ? [] : [text];
    return;
  }
  if (TOLD[matcher]) {
    TOLD[matcher](session, negated ? text_for(expected[0]) : OTHER_TEXT);
    return;
  }
  if (assertion.locator?.[0]?.by === 'frame') {
    await tamper_in_frame(session, assertion.locator, assertion);
    return;
  }
  const wanted = wish(assertion, page);
  if (!assertion.locator) {
    const problem = await agent.evaluate((agent, wanted) => agent.tamper([], null, wanted), wanted);
    if (problem) throw no_way(problem);
    return;
  }
  const locator = to_locator(page, assertion.locator);
  const groups = groups_of(assertion.locator);
  const { scope, missing } = await find_scope(page, groups);
  const place = await scope.elementHandle();
  const problem = await locator.evaluateAll((found, { agent, place, wanted }) =>
    agent.tamper(found, place, wanted), { agent, place, wanted: { ...wanted, groups: missing } });
  await place.dispose();
  if (problem) throw no_way(problem);
  if (assertion.negated || assertion.matcher === 'toBeHidden') await verify(locator, wanted);
}

/** What was made must be what the locator finds, else nothing would have been tried. */
async function verify(locator, { want, count }) {
  if (want === 'hide') return;
  const found = await locator.count();
  if (want === 'count' ? found === count : found > 0) return;
  throw no_way('No element can be made that this locator matches.');
}

module.exports = { tamper, sample, frames_of };
