'use strict';

const { HostError, as_host_error, strip } = require('./errors.js');
const { to_locator } = require('./locator.js');

const to_expected = (each) => (typeof each === 'string' ? each : new RegExp(each.source, each.flags));

const WITH_TEXT = new Set(['toHaveText', 'toContainText', 'toHaveValue', 'toHaveURL', 'toHaveTitle']);
const PLAIN = new Set(['toBeVisible', 'toBeHidden', 'toBeChecked', 'toBeDisabled', 'toBeEnabled',
  'toBeEditable', 'toBeFocused', 'toBeEmpty']);
const OF_PAGE = new Set(['toHaveURL', 'toHaveTitle']);

function arguments_of({ matcher, expected = [], expects_list, attribute, count = 0 }) {
  const texts = expected.map(to_expected);
  if (matcher === 'toHaveCount') return [count];
  if (matcher === 'toHaveAttribute') return texts.length > 0 ? [attribute, texts[0]] : [attribute];
  if (PLAIN.has(matcher)) return [];
  if (!WITH_TEXT.has(matcher)) throw new HostError('invalid_request', `There is no matcher "${matcher}".`);
  if (expects_list) return [texts];
  if (texts.length !== 1) throw new HostError('invalid_request', `${matcher} needs one expected text.`);
  return texts;
}

/** Evaluates an assertion (plan.h) as a test would. */
async function check(page, assertion, timeout, { expect, is_gone }) {
  const { matcher, negated } = assertion;
  if (!assertion.locator && !OF_PAGE.has(matcher)) {
    throw new HostError('invalid_request', `${matcher} needs a locator.`);
  }
  const began = performance.now();
  const once = Math.max(1, timeout); // to Playwright 0 means for ever
  const result = (passed, message) =>
    ({ passed, message, duration_ms: Math.round(performance.now() - began) });
  try {
    const expectation = expect(assertion.locator ? to_locator(page, assertion.locator) : page);
    await (negated ? expectation.not : expectation)[matcher](...arguments_of(assertion), { timeout: once });
    return result(true, '');
  } catch (error) {
    const told = as_host_error(error);
    // Of a page that is gone nothing was asserted.
    if (is_gone() || told.code !== 'invalid_request' || error.matcherResult === undefined) throw told;
    return result(false, strip(error.message));
  }
}

module.exports = { check, to_expected };
