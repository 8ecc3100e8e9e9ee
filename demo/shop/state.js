'use strict';

const crypto = require('node:crypto');
const {
  PRODUCTS, USERS, ORDERS, COUPONS, DELIVERIES, TASTING_SEATS, TASTES, RHYTHMS, BOX_BAGS_MAX,
  BOX_SHIPPING, BOX_FREE_FROM, REVIEWS, GIFTS, CHAT_ANSWERS, TRACKING,
} = require('./data.js');
const { DAYS, is_day, weekday, add_days } = require('./days.js');

/** The oldest session goes when there are more than this many. */
const SESSIONS_MAX = 10000;

/** A session keeps so many lines of its chat. */
const CHAT_LINES_MAX = 100;

const EMPTY_BOX = Object.freeze({
  taste: '', rhythm: '', bags: '2', first_day: '', gift: '', message: '',
});

const PHOTO_TYPES = ['image/jpeg', 'image/png'];
const PHOTO_BYTES_MAX = 500 * 1024;

const by_newest = (a, b) => b.date.localeCompare(a.date) || b.number - a.number;

const REVIEW_ORDERS = {
  newest: by_newest,
  best: (a, b) => b.stars - a.stars || by_newest(a, b),
  worst: (a, b) => a.stars - b.stars || by_newest(a, b),
};

/**
 * Everything the shop remembers. One instance a server; all of it is in memory.
 * A refusal that a customer must see is returned as a sentence; success is `null`.
 */
class State {
  /** @param {{bugs: Set<string>, now: () => Date}} options */
  constructor({ bugs, now }) {
    this.bugs = bugs;
    this.now = now;
    this.reset();
  }

  /** Back to the start; no sessions, hence no carts. */
  reset() {
    this.products = new Map(PRODUCTS.map((product) => [product.id, { ...product }]));
    this.users = new Map(USERS.map((user) => [user.user_name, {
      ...user, box: null, gifts: (GIFTS[user.user_name] ?? []).map((id) => ({ id, giver: null })),
    }]));
    this.orders = structuredClone(ORDERS);
    this.tastings = [];
    this.reviews = REVIEWS.map((review) => ({ ...review, photo: null, helpful_to: [] }));
    this.sessions = new Map();
  }

  today() {
    return this.now().toISOString().slice(0, 10);
  }

  // Sessions and sign-in

  /** @returns the session of that id, or a fresh one. */
  session(id) {
    const known = this.sessions.get(id);
    if (known) return known;
    const session = {
      id: null, user: null, lines: [], coupons: [], notice: null, box: { ...EMPTY_BOX },
      chat: [], tracked: new Set(),
    };
    this.keep(session);
    return session;
  }

  /** Keeps the session under a new id, so that an id from before a sign-in is worth nothing. */
  keep(session) {
    this.sessions.delete(session.id);
    session.id = crypto.randomBytes(18).toString('base64url');
    this.sessions.set(session.id, session);
    if (this.sessions.size > SESSIONS_MAX) {
      this.sessions.delete(this.sessions.keys().next().value);
    }
  }

  sign_in(session, user_name, password) {
    const user = this.users.get(user_name);
    if (!user || user.password !== password) return 'User name or password is not right.';
    if (user.locked && !this.bugs.has('locked-user-gets-in')) {
      return 'This account is locked. Please call us.';
    }
    session.user = user;
    this.keep(session);
    return null;
  }

  sign_out(session) {
    this.sessions.delete(session.id);
  }

  // Catalogue

  /** @param {{words: string, sort: string, in_stock: boolean}} query */
  find_products({ words, sort, in_stock }) {
    const fold = (s) => (this.bugs.has('search-minds-case') ? s : s.toLowerCase());
    const found = [...this.products.values()].filter((product) =>
      fold(product.name).includes(fold(words)) && (!in_stock || product.stock > 0));
    const by_price = this.bugs.has('sort-price-as-text')
      ? (a, b) => (String(a.price / 100) < String(b.price / 100) ? -1 : 1)
      : (a, b) => a.price - b.price;
    if (sort === 'price-asc') found.sort(by_price);
    else if (sort === 'price-desc') found.sort((a, b) => by_price(b, a));
    else found.sort((a, b) => a.name.localeCompare(b.name, 'en'));
    return found;
  }

  /** Up to three other products of the same kind that can be bought. */
  similar_products(product) {
    return this.find_products({ words: '', sort: 'name', in_stock: true })
      .filter((other) => other.kind === product.kind && other.id !== product.id)
      .slice(0, 3);
  }

  // Cart

  /** The cart's lines with their products, prices in cents. */
  cart_lines(session) {
    return session.lines.map(({ id, quantity }) => {
      const product = this.products.get(id);
      return { product, quantity, total: product.price * quantity };
    });
  }

  cart_count(session) {
    return session.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  cart_totals(session) {
    const lines = this.cart_lines(session);
    const subtotal = lines.reduce((sum, line) => sum +
      (this.bugs.has('total-forgets-quantity') ? line.product.price : line.total), 0);
    const percent = session.coupons.reduce((sum, code) => sum + COUPONS[code], 0);
    const discount = Math.round((subtotal * percent) / 100);
    return { subtotal, discount, total: subtotal - discount };
  }

  /** Sets the quantity of a product in the cart; 0 takes the line out. */
  set_quantity(session, id, quantity) {
    const product = this.products.get(id);
    if (!product) return 'We do not have this product.';
    if (quantity > product.stock) return left_sentence(product);
    const line = session.lines.find((each) => each.id === id);
    if (quantity === 0) session.lines = session.lines.filter((each) => each !== line);
    else if (line) line.quantity = quantity;
    else session.lines.push({ id, quantity });
    if (session.lines.length === 0) session.coupons = [];
    return null;
  }

  add_to_cart(session, id, quantity) {
    const line = session.lines.find((each) => each.id === id);
    return this.set_quantity(session, id, (line ? line.quantity : 0) + quantity);
  }

  remove_from_cart(session, id) {
    const last = session.lines.at(-1);
    const taken = this.bugs.has('remove-takes-last-line') && last ? last.id : id;
    return this.set_quantity(session, taken, 0);
  }

  apply_coupon(session, code) {
    if (!Object.hasOwn(COUPONS, code)) return 'This coupon is not valid.';
    if (session.coupons.includes(code) && !this.bugs.has('coupon-counts-twice')) {
      return 'This coupon is already used.';
    }
    session.coupons.push(code);
    return null;
  }

  // Orders

  /** @returns {{order?: object, problem?: string}} */
  place_order(session, delivery) {
    const short = this.cart_lines(session).find((line) => line.quantity > line.product.stock);
    if (short) return { problem: left_sentence(short.product) };
    const { total, discount } = this.cart_totals(session);
    const order = {
      number: Math.max(...this.orders.map((each) => each.number)) + 1,
      user_name: session.user.user_name,
      date: this.today(),
      status: 'Paid',
      total: total + DELIVERIES[delivery].price,
      delivery,
      discount,
      lines: session.lines,
    };
    if (!this.bugs.has('stock-stays-the-same')) this.move_stock(order, -1);
    this.orders.push(order);
    session.lines = [];
    session.coupons = [];
    return { order };
  }

  orders_of(user) {
    return this.orders.filter((order) => order.user_name === user.user_name)
      .sort((a, b) => b.number - a.number);
  }

  order_of(user, number) {
    return this.orders_of(user).find((order) => String(order.number) === number);
  }

  cancel_order(order) {
    if (order.status !== 'Paid') return 'This order can no longer be cancelled.';
    order.status = 'Cancelled';
    this.move_stock(order, +1);
    return null;
  }

  move_stock(order, direction) {
    for (const line of order.lines) {
      this.products.get(line.id).stock += direction * line.quantity;
    }
  }

  // Offices; `pieces` maps a product's id to how many are needed

  office_sums(pieces) {
    const lines = [...pieces].map(([id, count]) =>
      ({ id, count, sum: this.products.get(id).price * count }));
    const count = this.bugs.has('pieces-count-products')
      ? lines.length : lines.reduce((all, line) => all + line.count, 0);
    return { lines, count, total: lines.reduce((all, line) => all + line.sum, 0) };
  }

  /** Reads lines of "Assam;10". @returns {{pieces?: Map<string, number>, problem?: string}} */
  read_order_list(text) {
    const pieces = new Map();
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (!line.trim()) continue;
      const [name, count] = line.split(';').map((part) => part.trim());
      const product = [...this.products.values()].find((each) => each.name === name);
      if (!product && this.bugs.has('unknown-line-is-skipped')) continue;
      if (!product) return { problem: `Line ${index + 1}: we do not have “${name}”.` };
      if (!is_piece_count(count)) {
        return { problem: `Line ${index + 1}: “${count ?? ''}” is no number of pieces.` };
      }
      pieces.set(product.id, Number(count));
    }
    return { pieces };
  }

  /** All of it, or nothing. */
  put_into_cart(session, pieces) {
    if (pieces.size === 0) return 'Enter how many pieces you need.';
    const in_cart = (id) => session.lines.find((line) => line.id === id)?.quantity ?? 0;
    const short = [...pieces].map(([id, count]) => ({ product: this.products.get(id), count }))
      .find(({ product, count }) => in_cart(product.id) + count > product.stock);
    if (short && !this.bugs.has('part-goes-into-cart')) return left_sentence(short.product);
    for (const [id, count] of pieces) this.add_to_cart(session, id, count);
    return null;
  }

  // Tastings

  /** @param {{shop: object, day: string, time: string, people: number}} wish */
  book_tasting(session, { shop, day, time, people }) {
    if (!is_day(day) || day < this.today()) return 'Choose a day from today on.';
    if (weekday(day) === shop.closed && !this.bugs.has('closed-day-is-booked')) {
      return `${shop.name} is closed on ${DAYS[shop.closed]}s.`;
    }
    if (!(people >= 1 && people <= TASTING_SEATS)) {
      return `Tell us how many people come, from 1 to ${TASTING_SEATS}.`;
    }
    const left = this.tastings
      .filter((each) => each.shop === shop && each.day === day && each.time === time)
      .reduce((seats, each) => seats - each.people, TASTING_SEATS);
    if (people > left && !this.bugs.has('seats-have-no-end')) {
      return `Only ${left} ${left === 1 ? 'seat is' : 'seats are'} left at ${time}.`;
    }
    this.tastings.push({ session, shop, day, time, people });
    return null;
  }

  tastings_of(session) {
    return this.tastings.filter((each) => each.session === session);
  }

  // Tea boxes; `box` is what was chosen so far

  /** What is not right with a step's choices. */
  box_problem(step, box) {
    if (step === 1 && !Object.hasOwn(TASTES, box.taste)) return 'Choose what you drink.';
    if (step === 2 && !Object.hasOwn(RHYTHMS, box.rhythm)) return 'Choose how often.';
    if (step === 2 && !(box.bags >= 1 && box.bags <= BOX_BAGS_MAX)) {
      return `A box holds from 1 to ${BOX_BAGS_MAX} bags.`;
    }
    if (step !== 3) return null;
    if (!is_day(box.first_day) || box.first_day <= this.today()) return 'Choose a day from tomorrow on.';
    if (weekday(box.first_day) === 0 && !this.bugs.has('sunday-is-taken')) {
      return 'We do not deliver on Sundays.';
    }
    return null;
  }

  forget_box(session) {
    session.box = { ...EMPTY_BOX };
  }

  box_sums({ taste, bags }) {
    const { price } = TASTES[taste];
    const content = price * bags;
    const shipping = content >= BOX_FREE_FROM ? 0 : BOX_SHIPPING;
    const total = this.bugs.has('box-forgets-shipping') ? content : content + shipping;
    return { price, content, shipping, total };
  }

  start_box(session) {
    session.user.box = { ...session.box, paused: false };
    this.forget_box(session);
  }

  /** The days of the next three boxes. */
  box_days({ first_day, rhythm }) {
    const weeks = this.bugs.has('rhythm-is-ignored') ? 1 : Number(rhythm);
    return [0, 1, 2].map((number) => add_days(first_day, number * weeks * 7));
  }

  // Reviews

  reviews_of(product, order = 'newest') {
    return this.reviews.filter((review) => review.product === product.id)
      .sort(REVIEW_ORDERS[this.bugs.has('reviews-keep-their-order') ? 'newest' : order]);
  }

  /** The average of the stars, with one decimal. */
  average_stars(reviews) {
    const average = reviews.reduce((sum, review) => sum + review.stars, 0) / reviews.length;
    const round = this.bugs.has('average-is-cut') ? Math.floor : Math.round;
    return (round(average * 10) / 10).toFixed(1);
  }

  review_by(user, product) {
    return this.reviews_of(product).find((review) => review.user_name === user.user_name);
  }

  /** A photo is `{type, body}` or null. */
  add_review(user, product, { stars, title, text, photo }) {
    if (this.review_by(user, product)) return 'You have reviewed this product already.';
    if (!(stars >= 1 && stars <= 5)) return 'Choose from one to five stars.';
    if (!title) return 'Enter a headline.';
    if (!text) return 'Tell us what you thought of it.';
    if (photo && !PHOTO_TYPES.includes(photo.type)) return 'The photo has to be a JPEG or a PNG.';
    if (photo && photo.body.length > PHOTO_BYTES_MAX) return 'The photo is larger than 500 KB.';
    this.reviews.push({
      number: Math.max(...this.reviews.map((each) => each.number)) + 1,
      product: product.id,
      user_name: user.user_name,
      author: user.first_name,
      stars: this.bugs.has('a-star-is-lost') ? stars - 1 : stars,
      date: this.bugs.has('new-review-comes-last') ? '2020-01-01' : this.today(),
      title,
      text,
      photo: this.bugs.has('photo-is-lost') ? null : photo,
      helpful_to: [],
    });
    return null;
  }

  delete_review(review) {
    this.reviews = this.reviews.filter((each) => each !== review);
  }

  find_helpful(user, review) {
    if (!review.helpful_to.includes(user)) review.helpful_to.push(user);
  }

  // Gift lists

  add_gift(user, product) {
    const known = user.gifts.some((gift) => gift.id === product.id);
    if (known && !this.bugs.has('gift-list-doubles')) {
      return `${product.name} is on your gift list already.`;
    }
    user.gifts.push({ id: product.id, giver: null });
    return null;
  }

  remove_gift(user, id) {
    user.gifts = user.gifts.filter((gift) => gift.id !== id);
  }

  /** Puts the gifts into the order of these products. */
  order_gifts(user, ids) {
    if (!this.bugs.has('drag-is-not-kept')) {
      user.gifts.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    }
  }

  find_gift_list(first_name) {
    return [...this.users.values()].find((user) => user.gifts.length > 0 &&
      user.first_name.toLowerCase() === first_name.toLowerCase());
  }

  give(gift, giver) {
    if (gift.giver && gift.giver !== giver) return 'Somebody else gives this.';
    gift.giver = giver;
    return null;
  }

  take_back(gift, giver) {
    if (gift.giver === giver) gift.giver = null;
  }

  // Help

  /** @returns {{place?: string, problem?: string}} Anybody may ask, so nothing else is told. */
  track(session, number) {
    const order = this.orders.find((each) => String(each.number) === number);
    if (!order) return { problem: 'We do not know this order.' };
    const asked = session.tracked.has(number) && !this.bugs.has('try-again-gives-up');
    session.tracked.add(number);
    return order.status === 'Shipped' && !asked ? {} : { place: TRACKING[order.status] };
  }

  chat(session, question) {
    const asked = question.toLowerCase();
    const [, answer] = CHAT_ANSWERS.find(([word]) => asked.includes(word)) ??
      [null, 'I will ask a colleague.'];
    session.chat.push({ from: 'You', text: question }, { from: 'Leaf & Bean', text: answer });
    session.chat.splice(0, session.chat.length - CHAT_LINES_MAX);
  }
}

const is_piece_count = (text) => /^\d{1,3}$/.test(text) && Number(text) > 0;

function left_sentence(product) {
  return product.stock === 0
    ? `${product.name} is out of stock.`
    : `Only ${product.stock} of ${product.name} are left.`;
}

module.exports = { State, is_piece_count };
