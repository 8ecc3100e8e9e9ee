'use strict';

// The features that are measured: the demo's login feature, and one of one and one of ten scenarios that leave the shop
// as it was.

const fs = require('node:fs');
const path = require('node:path');

const LOGIN = path.resolve(__dirname, '../demo/features/login.feature');

const SCENARIOS = [
  ['A customer signs in', 'anna signs in with password "secret-anna"', 'I should see "Hello, Anna"'],
  ['Another customer signs in', 'mia signs in with password "secret-mia"', 'I should see "Hello, Mia"'],
  ['A locked customer is refused', 'leo signs in with password "secret-leo"', 'an alert says "This account is locked"'],
  ['A stranger is refused', 'nobody signs in with password "guess"', 'an alert says "User name or password is not right."'],
  ['Looking for tea', 'I search for "tea"', 'I should see "3 products"'],
  ['Looking for coffee', 'I search for "roast"', 'I should see "2 products"'],
  ['Looking for what is not sold', 'I search for "bicycle"', 'I should see "0 products"'],
  ['Opening the products', 'I click the link "Products"', 'I should see the heading "Products"'],
  ['Opening the cart', 'I open the cart page', 'I should see "Your cart is empty."'],
  ['Asking for the orders', 'I open the page "/orders"', 'I should see "Please sign in first."'],
];

/** A feature of the first `count` scenarios. */
function feature_of(count) {
  const scenarios = SCENARIOS.slice(0, count).map(([title, when, then]) =>
    `  Scenario: ${title}\n    Given I open the sign-in page\n    When ${when}\n    Then ${then}\n`);
  return `Feature: Scenarios ${count}\n\n${scenarios.join('\n')}`;
}

module.exports = { LOGIN, login_text: () => fs.readFileSync(LOGIN, 'utf8'), feature_of };
