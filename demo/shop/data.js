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
    delivery: 'standard', discount: 0,
    lines: [{ id: 'assam', quantity: 2 }, { id: 'teapot', quantity: 1 }],
  },
  {
    number: 1002, user_name: 'mia', date: '2026-02-03', status: 'Shipped', total: 1950,
    delivery: 'pick-up', discount: 0,
    lines: [{ id: 'matcha-powder', quantity: 1 }],
  },
  {
    number: 1003, user_name: 'anna', date: '2026-02-09', status: 'Paid', total: 2635,
    delivery: 'express', discount: 0,
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

/** What can be in a tea box, with the price of a bag. */
const TASTES = Object.freeze({
  black: { label: 'Black tea', note: 'malty and strong', price: 600 },
  green: { label: 'Green tea', note: 'fresh and light', price: 750 },
  herbal: { label: 'Herbal tea', note: 'gentle, no caffeine', price: 500 },
  coffee: { label: 'Coffee', note: 'freshly roasted', price: 900 },
});

/** Weeks from one tea box to the next. */
const RHYTHMS = Object.freeze({ 1: 'Every week', 2: 'Every two weeks', 4: 'Every four weeks' });

const BOX_BAGS_MAX = 6;
const BOX_SHIPPING = 495;
const BOX_FREE_FROM = 2500;

/** Of those whose writer has no account here, `user_name` is missing. */
const REVIEWS = [
  ['assam', 'Joris', 4, '2026-01-28', 'Malty',
    'A very malty cup. Three minutes are enough; after five it turns a little too dark for me.'],
  ['assam', 'Pauline', 5, '2026-01-19', 'My morning tea',
    'Strong and round, and it stands up to a good splash of milk. I have it every day before work.'],
  ['assam', 'Hedda', 3, '2026-01-11', 'Good, but dusty',
    'The taste is good, though there was some dust at the bottom of the bag. A finer strainer helped.'],
  ['assam', 'Bram', 5, '2025-12-30', 'Better than what I had',
    'I changed from a well-known brand and will not go back. The leaves are whole and smell of bread.'],
  ['assam', 'Noor', 4, '2025-12-21', 'For guests',
    'My guests asked for the name of it twice, and one of them took the rest of the bag home with her.'],
  ['assam', 'Ulf', 4, '2025-12-08', 'Honest tea',
    'Nothing fancy, just an honest black tea at a fair price, and it arrived a day before it should.'],
  ['assam', 'Rosa', 2, '2025-11-27', 'Too strong for me',
    'I had hoped for something lighter. It is well made, but it keeps me awake until late at night.'],
  ['assam', 'Clement', 5, '2025-11-15', 'With honey',
    'With a spoon of honey this is the best thing about a rainy afternoon. The bag closes well, too.'],
  ['assam', 'Wiebke', 4, '2025-11-02', 'Good value',
    'A hundred grams last me for a month. I would buy a larger bag if there were one in the shop.'],
  ['assam', 'Tomas', 3, '2025-10-24', 'Fine',
    'It does what a breakfast tea should do. I like the Earl Grey of this shop a good deal better.'],
  ['assam', 'Ilse', 5, '2025-10-10', 'Like in Jorhat',
    'It tastes like the tea that we drank on the gardens near Jorhat, years ago. Thank you for that.'],
  ['assam', 'Mats', 4, '2025-09-29', 'Second order',
    'This is my second order and the quality is the same as the first time. Well packed and fresh.'],
  ['assam', 'Greet', 5, '2025-09-14', 'No more coffee',
    'Since I found this one I drink no coffee in the morning, and I do not even miss it on Mondays.'],
  ['assam', 'Olav', 4, '2025-08-30', 'Nice colour',
    'A deep copper colour and a clean taste. The second infusion is weaker, but still worth the water.'],
  ['green-tea', 'Lotte', 5, '2026-01-20', 'Fresh',
    'Fresh and light, as it says. Never bitter if one minds the temperature of the water.'],
  ['green-tea', 'Yann', 4, '2025-12-02', 'Every day',
    'An everyday tea that I can drink all afternoon without thinking about it.'],
  ['green-tea', 'Birte', 4, '2025-10-18', 'Good start',
    'My first green tea, and a good start. I shall try the Sencha next.'],
  ['teapot', 'Mia', 4, '2026-02-01', 'Pours well',
    'It pours without a drop on the table. The lid could sit a little tighter.', 'mia'],
].map(([product, author, stars, date, title, text, user_name], index) => Object.freeze(
  { number: index + 1, product, author, stars, date, title, text, user_name }));

const QUESTIONS = [
  ['How long does tea keep?',
    'Two years in a closed tin. After that it is weaker, but still good.'],
  ['What does delivery cost?',
    'Standard delivery costs € 4.95, Express costs € 9.95. Pick up is free.'],
  ['Can I send something back?',
    'Within thirty days, if the bag is still closed. We pay the postage.'],
  ['How do I use a coupon?', 'Enter it in the cart. Each coupon counts once.'],
  ['Is your tea organic?', 'Most of it is. The label on the bag tells.'],
  ['Do you deliver to Switzerland?',
    'Not yet. We deliver to the Netherlands, Belgium, Germany and France.'],
];

/** What the chat answers to a question with that word. */
const CHAT_ANSWERS = [
  ['delivery', 'Standard delivery takes two to four days.'],
  ['coupon', 'In spring, SPRING10 takes ten percent off.'],
  ['open', 'The page "Our shops" tells when we are open.'],
];

/** Where the parcel of an order of that status is. */
const TRACKING = Object.freeze({
  Paid: 'Waiting to be packed.',
  Shipped: 'On its way: left the depot this morning.',
  Delivered: 'Delivered to the front door.',
  Cancelled: 'There is no parcel for this order.',
});

/** The products that a user wishes for, the most wanted first. */
const GIFTS = Object.freeze({ anna: ['teapot', 'matcha-powder', 'oolong'] });

module.exports = {
  PRODUCTS, USERS, ORDERS, COUPONS, DELIVERIES, COUNTRIES, SHOPS, TASTING_TIMES, TASTING_SEATS,
  TASTES, RHYTHMS, BOX_BAGS_MAX, BOX_SHIPPING, BOX_FREE_FROM, REVIEWS, GIFTS,
  QUESTIONS, CHAT_ANSWERS, TRACKING,
};
