'use strict';

const { HostError, as_host_error, strip } = require('./errors.js');
const { to_locator } = require('./locator.js');

const to_expected = (each) => (typeof each === 'string' ? each : new RegExp(each.source, each.flags));

const WITH_TEXT = new Set(['toHaveText', 'toContainText', 'toHaveValue', 'toHaveURL', 'toHaveTitle', 'toContainClass']);
const WITH_NAME = new Set(['toHaveAttribute', 'toHaveCSS']);
const PLAIN = new Set(['toBeVisible', 'toBeInViewport', 'toBeHidden', 'toBeChecked', 'toBeDisabled', 'toBeEnabled',
  'toBeEditable', 'toBeFocused', 'toBeEmpty']);
const OF_PAGE = new Set(['toHaveURL', 'toHaveTitle']);
// What a test reads by itself, again and again: `expect.poll`.
const POLLED = {
  dialogMessage: (session) => session.said.at(-1) ?? '',
  downloadName: (session) => session.downloads.at(-1) ?? '',
  downloadText: async (session) => await session.files.at(-1) ?? '',
  pageCount: (session) => session.context.pages().length,
  localStorageItem: (session, name) => stored(session, 'localStorage', name),
  sessionStorageItem: (session, name) => stored(session, 'sessionStorage', name),
  cookie: async (session, name) => {
    const cookies = await session.context.cookies();
    return name ? cookies.find((cookie) => cookie.name === name)?.value ?? null : cookies.length;
  },
  consoleErrors: (session, name, text) => (text ? session.console_errors.join('\n') : session.console_errors.length),
};
const KEPT = new Set(['localStorageItem', 'sessionStorageItem', 'cookie']);
const ASK_MS = 300; // what the page or the browser has to be asked for takes its time, also where there is none to wait

/** The value of that name, null where there is none; without a name, how many there are. */
function stored({ page }, storage, name) {
  return page.evaluate(([storage, name]) => (name ? window[storage].getItem(name) : window[storage].length), [storage, name]);
}

function arguments_of({ matcher, expected = [], expects_list, attribute, count = 0 }) {
  const texts = expected.map(to_expected);
  if (matcher === 'toHaveCount') return [count];
  if (WITH_NAME.has(matcher)) return texts.length > 0 ? [attribute, texts[0]] : [attribute];
  if (PLAIN.has(matcher)) return [];
  if (!WITH_TEXT.has(matcher)) throw new HostError('invalid_request', `There is no matcher "${matcher}".`);
  if (expects_list) return [texts];
  if (texts.length !== 1) throw new HostError('invalid_request', `${matcher} needs one expected text.`);
  return texts;
}

const SEVERAL = /strict mode violation/;
const SEVERAL_MAX = 50; // elements that are asked one by one

async function poll(expect, session, { matcher, negated = false, expected = [], count = 0, attribute }, timeout) {
  const [text] = expected.map(to_expected);
  const is_text = text !== undefined;
  const read = async () => {
    const value = await POLLED[matcher](session, attribute, is_text);
    return is_text ? value ?? '' : value;
  };
  const polled = expect.poll(read, { timeout: Math.max(KEPT.has(matcher) ? ASK_MS : 1, timeout), intervals: [50, 100, 200] });
  const expectation = negated ? polled.not : polled;
  if (matcher === 'pageCount') return expectation.toBe(count);
  if (!is_text) { // anything
    const none = negated ? polled : polled.not;
    return KEPT.has(matcher) && attribute ? none.toBeNull() : none.toBe(0);
  }
  return typeof text === 'string' ? expectation.toBe(text) : expectation.toMatch(text);
}

/** @returns {Promise<string | null>} why the assertion about `subject` does not hold; null where it does */
async function problem_of(subject, assertion, timeout, { expect, is_gone }) {
  const { matcher, negated } = assertion;
  try {
    if (POLLED[matcher]) {
      await poll(expect, subject, assertion, timeout);
      return null;
    }
    const expectation = expect(subject);
    // To Playwright a timeout of 0 means for ever.
    await (negated ? expectation.not : expectation)[matcher](...arguments_of(assertion), { timeout: Math.max(1, timeout) });
    return null;
  } catch (error) {
    const told = as_host_error(error);
    // Of a page that is gone nothing was asserted.
    if (is_gone() || told.code !== 'invalid_request' || error.matcherResult === undefined) throw told;
    return strip(error.message);
  }
}

/** Evaluates an assertion (plan.h) as a test would; with `any` it may hold for one of several elements. */
async function check(session, assertion, timeout, { any, ...means }) {
  const { page } = session;
  const polled = POLLED[assertion.matcher] !== undefined;
  if (!assertion.locator && !polled && !OF_PAGE.has(assertion.matcher)) {
    throw new HostError('invalid_request', `${assertion.matcher} needs a locator.`);
  }
  const began = performance.now();
  const whole = polled ? session : page;
  const subject = assertion.locator ? to_locator(page, assertion.locator) : whole;
  let problem = await problem_of(subject, assertion, timeout, means);
  if (any && problem !== null && SEVERAL.test(problem)) {
    const count = Math.min(await subject.count(), SEVERAL_MAX);
    for (let i = 0; i < count && problem !== null; i += 1) {
      problem = await problem_of(subject.nth(i), assertion, 0, means);
    }
  }
  return { passed: problem === null, message: problem ?? '', duration_ms: Math.round(performance.now() - began) };
}

module.exports = { check, to_expected };
