'use strict';

/**
 * The bugs that can be switched on with `--bugs name,name`. Each breaks one sentence of
 * ../REQUIREMENTS.md, and is one line at the place where the shop asks `bugs.has(name)`.
 */
const BUGS = Object.freeze({
  'locked-user-gets-in': 'R5',
  'search-minds-case': 'R9',
  'sort-price-as-text': 'R11',
  'badge-stands-still': 'R20',
  'total-forgets-quantity': 'R22',
  'remove-takes-last-line': 'R24',
  'coupon-counts-twice': 'R25',
  'postcode-may-be-empty': 'R31',
  'stock-stays-the-same': 'R37',
  'order-total-missing': 'R41',
  'menu-stays-shut': 'R52',
  'shortcut-is-dead': 'R53',
  'tab-shows-first-shop': 'R54',
  'map-zooms-the-wrong-way': 'R56',
  'cancel-books': 'R59',
  'closed-day-is-booked': 'R60',
  'seats-have-no-end': 'R62',
  'average-is-cut': 'R63',
  'reviews-end-after-ten': 'R64',
  'reviews-keep-their-order': 'R65',
  'a-star-is-lost': 'R68',
  'new-review-comes-last': 'R68',
  'photo-is-lost': 'R69',
  'back-forgets': 'R75',
  'sunday-is-taken': 'R77',
  'box-forgets-shipping': 'R79',
  'rhythm-is-ignored': 'R80',
  'gift-list-doubles': 'R82',
  'drag-is-not-kept': 'R83',
  'gift-is-given-twice': 'R88',
  'surprise-is-spoiled': 'R89',
  'questions-mind-case': 'R91',
  'try-again-gives-up': 'R93',
  'terms-replace-page': 'R94',
  'chat-forgets': 'R97',
  'pieces-count-products': 'R98',
  'csv-price-in-cents': 'R99',
  'unknown-line-is-skipped': 'R101',
  'part-goes-into-cart': 'R102',
  'invoice-forgets-delivery': 'R103',
});

/**
 * Reads a comma-separated list of bug names.
 * @param {string} list
 * @returns {Set<string>}
 * @throws {Error} when a name is unknown; the message lists the known ones.
 */
function parse_bugs(list) {
  const names = list.split(',').map((name) => name.trim()).filter(Boolean);
  const unknown = names.filter((name) => !Object.hasOwn(BUGS, name));
  if (unknown.length > 0) {
    throw new Error(
      `unknown bug: ${unknown.join(', ')}. Known bugs: ${Object.keys(BUGS).join(', ')}`);
  }
  return new Set(names);
}

module.exports = { BUGS, parse_bugs };
