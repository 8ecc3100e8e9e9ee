'use strict';

// The features that are measured: the demo's login feature, and one of one and one of ten scenarios that leave the shop
// as it was.

const fs = require('node:fs');
const path = require('node:path');

const LOGIN = path.resolve(__dirname, '../demo/features/login.feature');

const SIGN_IN = 'I open the sign-in page', PRODUCTS = 'I open the products page';
const SCENARIOS = [
  ['A customer signs in', SIGN_IN, 'anna signs in with password "secret-anna"', 'I should see "Hello, Anna"'],
  ['Another customer signs in', SIGN_IN, 'mia signs in with password "secret-mia"', 'I should see "Hello, Mia"'],
  ['A locked customer is refused', SIGN_IN, 'leo signs in with password "secret-leo"', 'an alert says "This account is locked"'],
  ['A stranger is refused', SIGN_IN, 'zoe signs in with password "guess"', 'an alert says "User name or password is not right."'],
  ['Looking for tea', PRODUCTS, 'I search for "tea"', 'I should see "3 products"'],
  ['Looking for coffee', PRODUCTS, 'I search for "roast"', 'I should see "2 products"'],
  ['Looking for what is not sold', PRODUCTS, 'I search for "bicycle"', 'I should see "No products match"'],
  ['Opening the products', SIGN_IN, 'I click the link "Products"', 'I should see the heading "Products"'],
  ['Opening the cart', SIGN_IN, 'I open the cart page', 'I should see "Your cart is empty."'],
  ['Asking for the orders', SIGN_IN, 'I open the page "/orders"', 'I should see "Please sign in first."'],
];

/** A feature of the first `count` scenarios. */
function feature_of(count) {
  const scenarios = SCENARIOS.slice(0, count).map(([title, given, when, then]) =>
    `  Scenario: ${title}\n    Given ${given}\n    When ${when}\n    Then ${then}\n`);
  return `Feature: Scenarios ${count}\n\n${scenarios.join('\n')}`;
}

module.exports = { LOGIN, login_text: () => fs.readFileSync(LOGIN, 'utf8'), feature_of };
