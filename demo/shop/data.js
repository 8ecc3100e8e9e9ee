'use strict';

/** What the shop starts with, and goes back to on reset. Prices are in euro cents. */

const PRODUCTS = [
  ['assam', 'Assam', 'tea', 680, 24, 'India', '100 g',
    'A strong, malty black tea for the morning. Takes milk well.'],
  ['chamomile', 'Chamomile', 'herbal', 540, 31, 'Egypt', '50 g',
    'Whole flowers, gentle and honeyed. No caffeine.'],
  ['colombia-roast', 'Colombia Roast', 'coffee', 950, 18, 'Colombia', '250 g',
    'A medium roast with cocoa and red apple.'],
  ['darjeeling', 'Darjeeling', 'tea', 1120, 3, 'India', '100 g',
    'First flush, picked in March. Light, with a note of muscat.'],
  ['earl-grey', 'Earl Grey', 'tea', 720, 40, 'Sri Lanka', '100 g',
    'Black leaves with oil of bergamot and blue cornflower.'],
  ['ethiopia-roast', 'Ethiopia Roast', 'coffee', 1040, 12, 'Ethiopia', '250 g',
    'A light roast that tastes of jasmine and lemon.'],
  ['genmaicha', 'Genmaicha', 'tea', 890, 15, 'Japan', '100 g',
    'Green leaves with roasted rice, warm and nutty.'],
  ['green-tea', 'Green Tea', 'tea', 850, 20, 'China', '100 g',
    'An everyday green from Zhejiang. Fresh, never bitter at 80 °C.'],
  ['jasmine-pearls', 'Jasmine Pearls', 'tea', 1480, 0, 'China', '50 g',
    'Leaves rolled by hand and scented over seven nights.'],
  ['matcha-powder', 'Matcha Powder', 'tea', 1950, 9, 'Japan', '30 g',
    'Stone-ground shade leaves for whisking.'],
  ['oolong', 'Oolong', 'tea', 1250, 14, 'Taiwan', '50 g',
    'Half oxidised, creamy, good for many infusions.'],
  ['paper-filters', 'Paper Filters', 'gear', 390, 80, 'Germany', '100 pieces',
    'Unbleached filters, size 4.'],
  ['rooibos', 'Rooibos', 'herbal', 460, 27, 'South Africa', '100 g',
    'Red bush from the Cederberg, round and sweet. No caffeine.'],
  ['sencha', 'Sencha', 'tea', 920, 22, 'Japan', '100 g',
    'Steamed in spring; grassy, with a little sea air.'],
  ['tea-strainer', 'Tea Strainer', 'gear', 590, 5, 'Japan', '40 g',
    'A fine mesh of stainless steel that fits any cup.'],
  ['teapot', 'Teapot', 'gear', 2400, 7, 'Portugal', '900 g',
    'Glazed stoneware for four cups, with a strainer in the spout.'],
].map(([id, name, kind, price, stock, origin, weight, description]) => Object.freeze(
  { id, name, kind, price, stock, origin, weight, description }));

const USERS = [
  {
    user_name: 'anna', password: 'secret-anna', locked: false, first_name: 'Anna',
    name: 'Anna de Vries', email: 'anna@example.com', newsletter: false, delivery_note: '',
  },
  {
    user_name: 'mia', password: 'secret-mia', locked: false, first_name: 'Mia',
    name: 'Mia Okafor', email: 'mia@example.com', newsletter: true, delivery_note: 'Ring twice.',
  },
  {
    user_name: 'sam', password: 'secret-sam', locked: false, first_name: 'Sam',
    name: 'Sam Lindqvist', email: 'sam@example.com', newsletter: false, delivery_note: '',
  },
  {
    user_name: 'leo', password: 'secret-leo', locked: true, first_name: 'Leo',
    name: 'Leo Brandt', email: 'leo@example.com', newsletter: false, delivery_note: '',
  },
];

const ORDERS = [
  {
    number: 1001, user_name: 'anna', date: '2026-01-12', status: 'Delivered', total: 4255,
    lines: [{ id: 'assam', quantity: 2 }, { id: 'teapot', quantity: 1 }],
  },
  {
    number: 1002, user_name: 'mia', date: '2026-02-03', status: 'Shipped', total: 1950,
    lines: [{ id: 'matcha-powder', quantity: 1 }],
  },
  {
    number: 1003, user_name: 'anna', date: '2026-02-09', status: 'Paid', total: 2635,
    lines: [{ id: 'earl-grey', quantity: 1 }, { id: 'rooibos', quantity: 2 }],
  },
];

/** Coupon code to the percentage it takes off. */
const COUPONS = Object.freeze({ SPRING10: 10 });

const DELIVERIES = Object.freeze({
  standard: { label: 'Standard', price: 495, time: 'two to four days' },
  express: { label: 'Express', price: 995, time: 'tomorrow' },
  'pick-up': { label: 'Pick up', price: 0, time: 'in the shop, from noon' },
});

const COUNTRIES = Object.freeze({
  NL: { name: 'Netherlands', postcode: /^\d{4} ?[A-Z]{2}$/i, example: '1234 AB' },
  BE: { name: 'Belgium', postcode: /^\d{4}$/, example: '1000' },
  DE: { name: 'Germany', postcode: /^\d{5}$/, example: '10115' },
  FR: { name: 'France', postcode: /^\d{5}$/, example: '75001' },
});

/** `closed` is the day of the week: 0 is Sunday. */
const SHOPS = [
  {
    id: 'amsterdam', name: 'Amsterdam', address: 'Herengracht 90', phone: '020 555 01 90',
    closed: 0, open: '9:00 to 18:00', stop: 'Tram 2, Koningsplein',
    route: ['Take tram 2 from the central station.', 'Get off at Koningsplein.', 'Cross the canal.'],
  },
  {
    id: 'utrecht', name: 'Utrecht', address: 'Oudegracht 212', phone: '030 555 02 12',
    closed: 1, open: '10:00 to 18:00', stop: 'Bus 8, Janskerkhof',
    route: ['Take bus 8 from the central station.', 'Get off at Janskerkhof.', 'Go down to the wharf.'],
  },
  {
    id: 'ghent', name: 'Ghent', address: 'Kraanlei 17', phone: '09 555 00 17',
    closed: 3, open: '10:00 to 17:30', stop: 'Tram 1, Gravensteen',
    route: ['Take tram 1 from the main station.', 'Get off at Gravensteen.', 'Follow the river.'],
  },
];

const TASTING_TIMES = ['11:00', '14:00', '16:30'];
const TASTING_SEATS = 8;

module.exports = {
  PRODUCTS, USERS, ORDERS, COUPONS, DELIVERIES, COUNTRIES, SHOPS, TASTING_TIMES, TASTING_SEATS,
};
