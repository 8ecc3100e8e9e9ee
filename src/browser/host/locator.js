'use strict';

const { HostError } = require('./errors.js');

/** Adds one step of a locator (plan.h) to `scope`, a page or a locator. */
function add_step(page, scope, step) {
  const { value = '', exact = false } = step;
  switch (step.by) {
    case 'role': {
      const options = {};
      if (step.name !== undefined) Object.assign(options, { name: step.name, exact });
      if (step.level !== undefined) options.level = step.level;
      return scope.getByRole(value, options);
    }
    case 'label': return scope.getByLabel(value, { exact });
    case 'placeholder': return scope.getByPlaceholder(value, { exact });
    case 'text': return scope.getByText(value, { exact });
    case 'altText': return scope.getByAltText(value, { exact });
    case 'title': return scope.getByTitle(value, { exact });
    case 'testId': return scope.getByTestId(value);
    case 'css': return scope.locator(value);
    case 'frame': return scope.frameLocator(value);
    case 'filter':
      if (scope === page) throw new HostError('invalid_request', 'A locator cannot begin with a filter.');
      return step.has ? scope.filter({ has: to_locator(page, step.has) }) : scope.filter({ hasText: value });
    case 'without':
      if (scope === page) throw new HostError('invalid_request', 'A locator cannot begin with a filter.');
      return step.has ? scope.filter({ hasNot: to_locator(page, step.has) }) : scope.filter({ hasNotText: value });
    case 'visible':
      if (scope === page) throw new HostError('invalid_request', 'A locator cannot begin with a filter.');
      return scope.filter({ visible: true });
    case 'nth':
      if (scope === page) throw new HostError('invalid_request', 'A locator cannot begin with nth.');
      return step.index === -1 ? scope.last() : scope.nth(step.index ?? 0);
    default: throw new HostError('invalid_request', `There is no locator step "${step.by}".`);
  }
}

/** @param {object[]} steps of a Locator @returns {import('@playwright/test').Locator} */
function to_locator(page, steps) {
  return steps.reduce((scope, step) => add_step(page, scope, step), page);
}

module.exports = { to_locator };
