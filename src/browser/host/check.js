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
};

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

async function poll(expect, session, { matcher, negated, expected = [], count = 0 }, timeout) {
  const polled = expect.poll(() => POLLED[matcher](session), { timeout: Math.max(1, timeout), intervals: [50, 100, 200] });
  const expectation = negated ? polled.not : polled;
  if (matcher === 'pageCount') return expectation.toBe(count);
  const [text] = expected.map(to_expected);
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
