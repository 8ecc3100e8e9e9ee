// The functions that printed adapters call. A script holds those it needs, word for word. They are total: what does not
// apply is undefined, which means that nothing is there. Each does what evaluate.cc and functions.cc do; ES5.1.

// The value at the end of a path: names joined by dots, or a list of names (strings) and indices (numbers, negative from
// the end).
function get(from, path) {
  var steps = typeof path === 'string' ? path.split('.') : path;
  for (var i = 0; i < steps.length && from !== undefined; i++) from = step(from, steps[i]);
  return from;
}

function step(from, name) {
  if (typeof name === 'number') {
    return Array.isArray(from) ? from[name < 0 ? from.length + name : name] : undefined;
  }
  return isObject(from) && Object.prototype.hasOwnProperty.call(from, name) ? from[name] : undefined;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The first item whose member is the value.
function find(items, name, value) {
  var all = itemsOf(items);
  for (var i = 0; i < all.length; i++) if (same(step(all[i].item, name), value)) return all[i].item;
}

// The same by a value that may be missing: then there is no such item.
function findBy(items, name, value) {
  return isPresent(value) ? find(items, name, value) : undefined;
}

// The member that is called what the key says.
function memberOf(object, key) {
  return isPresent(key) && isScalar(key) ? step(object, String(key)) : undefined;
}

// The value of the first member, whatever its name.
function only(object) {
  return isObject(object) ? object[Object.keys(object)[0]] : undefined;
}

function itemsOf(source) {
  if (Array.isArray(source)) return source.map(function (item, index) { return { item: item, key: index }; });
  if (!isObject(source)) return [];
  return Object.keys(source).map(function (name) { return { item: source[name], key: name }; });
}

// Without the members that are undefined.
function object(members) {
  var result = {};
  Object.keys(members).forEach(function (name) {
    if (members[name] !== undefined) result[name] = members[name];
  });
  return result;
}

// The members of source but for some names, then the others.
function spread(source, without, members) {
  var result = {};
  if (isObject(source)) {
    Object.keys(source).forEach(function (name) {
      if (without.indexOf(name) < 0) result[name] = source[name];
    });
  }
  Object.keys(members).forEach(function (name) {
    if (members[name] !== undefined) result[name] = members[name];
  });
  return result;
}

function list(items) {
  return items.map(function (item) { return item === undefined ? null : item; });
}

// What body makes of each item; undefined is left out. A source that is missing or null stays so.
function each(source, body) {
  if (source === undefined || source === null) return source;
  return itemsOf(source).map(function (at) { return body(at.item, at.key); }).filter(function (made) {
    return made !== undefined;
  });
}

// The same, where lists are put in one after the other, and null is left out.
function eachFlat(source, body) {
  var made = each(source, body);
  return Array.isArray(made) ? flatten(made.filter(isPresent)) : made;
}

// The items by what is equal of each, in the order of the first ones: objects of the key, by its name, and the items.
function groupedBy(source, name, keyOf) {
  if (source === undefined || source === null) return source;
  var groups = [];
  var known = {};
  itemsOf(source).forEach(function (at) {
    var key = keyOf(at.item, at.key);
    if (key === undefined || !isScalar(key)) return;
    var sort = typeof key + ' ' + String(key);
    if (!known[sort]) {
      known[sort] = { items: [] };
      known[sort][name] = key;
      groups.push(known[sort]);
    }
    known[sort].items.push(at.item);
  });
  return groups;
}

// An object with a member for each item: body gives [name, value].
function keyed(source, body) {
  if (source === undefined || source === null) return source;
  var result = {};
  itemsOf(source).forEach(function (at) {
    var member = body(at.item, at.key);
    if (member && isScalar(member[0]) && member[0] !== undefined && member[1] !== undefined) {
      put(result, String(member[0]), member[1]);
    }
  });
  return result;
}

// A member of any name: by '=', '__proto__' is none.
function put(object, name, value) {
  Object.defineProperty(object, name, { value: value, enumerable: true, writable: true, configurable: true });
}

function stateOf(value) {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (value === false) return 'false';
  if (value === 0) return 'zero';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'present';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? '{}' : 'present';
  return 'present';
}

// Nothing where subject (the value itself, unless it is given) is in one of the states.
function omitIf(states, value, subject) {
  return states.split(' ').indexOf(stateOf(arguments.length > 2 ? subject : value)) < 0 ? value : undefined;
}

function nullIf(states, value, subject) {
  return states.split(' ').indexOf(stateOf(arguments.length > 2 ? subject : value)) < 0 ? value : null;
}

function defaultIf(states, fallback, value, subject) {
  return states.split(' ').indexOf(stateOf(arguments.length > 3 ? subject : value)) < 0 ? value : fallback;
}

// The first that is neither missing nor null; else the last.
function firstOf(options) {
  for (var i = 0; i < options.length; i++) if (isPresent(options[i])) return options[i];
  return options[options.length - 1];
}

function firstTruthy(options) {
  for (var i = 0; i < options.length; i++) if (isTruthy(options[i])) return options[i];
  return options[options.length - 1];
}

// The result beside the first value that is the subject.
function lookup(subject, table) {
  for (var i = 0; i < table.length; i++) if (same(subject, table[i][0])) return table[i][1];
  return undefined;
}

function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a === b) return true;
    if (a % 1 === 0 || b % 1 === 0) return false;
    return Math.abs(a - b) <= 1.7763568394002505e-15 * Math.max(Math.abs(a), Math.abs(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every(function (item, i) { return same(item, b[i]); });
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  var names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(function (name) {
    return Object.prototype.hasOwnProperty.call(b, name) && same(a[name], b[name]);
  });
}

function isScalar(value) {
  return typeof value !== 'object' || value === null;
}

// A function of a text; null stays null, and anything else gives nothing.
function ofText(value, change) {
  if (value === null) return null;
  return typeof value === 'string' ? change(value) : undefined;
}

function ofNumber(value, change) {
  if (value === null) return null;
  return typeof value === 'number' ? change(value) : undefined;
}

function ofList(value, change) {
  if (value === null) return null;
  return Array.isArray(value) ? change(value) : undefined;
}

function text(value) {
  if (value === null) return null;
  return value !== undefined && isScalar(value) ? String(value) : undefined;
}

function number(value) {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || value === null) return value;
  return ofText(value, function (from) {
    var plain = trim(from);
    return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(plain) && plain.length <= 40 ? Number(plain) : undefined;
  });
}

function bool(value) {
  if (typeof value === 'boolean' || value === null) return value;
  if (value === 1 || value === 0) return value === 1;
  return ofText(value, function (from) {
    var low = from.toLowerCase();
    if (low === 'true' || low === '1' || low === 'yes') return true;
    return low === 'false' || low === '0' || low === 'no' ? false : undefined;
  });
}

function lower(value) {
  return ofText(value, function (from) { return from.toLowerCase(); });
}

function upper(value) {
  return ofText(value, function (from) { return from.toUpperCase(); });
}

function trim(value) {
  return ofText(value, function (from) { return from.replace(/^[ \t\r\n\f\v]+|[ \t\r\n\f\v]+$/g, ''); });
}

function capitalized(value) {
  return ofText(value, function (from) { return from.charAt(0).toUpperCase() + from.slice(1); });
}

function wordsOf(from) {
  return from.replace(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z0-9\u0080-\uffff]+/g) || [];
}

function titled(word) {
  return capitalized(word.toLowerCase());
}

function snake(value) {
  return ofText(value, function (from) { return wordsOf(from).join('_').toLowerCase(); });
}

function kebab(value) {
  return ofText(value, function (from) { return wordsOf(from).join('-').toLowerCase(); });
}

function constantCase(value) {
  return ofText(value, function (from) { return wordsOf(from).join('_').toUpperCase(); });
}

function camel(value) {
  return ofText(value, function (from) {
    return wordsOf(from).map(function (word, i) { return i === 0 ? word.toLowerCase() : titled(word); }).join('');
  });
}

function pascal(value) {
  return ofText(value, function (from) { return wordsOf(from).map(titled).join(''); });
}

function wordsLower(value) {
  return ofText(value, function (from) { return wordsOf(from).join(' ').toLowerCase(); });
}

function wordsSentence(value) {
  return ofText(value, function (from) { return titled(wordsOf(from).join(' ')); });
}

function wordsTitle(value) {
  return ofText(value, function (from) { return wordsOf(from).map(titled).join(' '); });
}

// By a table of the world's: ';from=to;…;'.
function translated(value, table) {
  return ofText(value, function (from) {
    var all = table(), at = from === '' || /[;=]/.test(from) ? -1 : all.indexOf(';' + from + '=');
    if (at < 0) return undefined;
    at += from.length + 2;
    return all.slice(at, all.indexOf(';', at));
  });
}

function digits(value) {
  return ofText(value, function (from) { return from.replace(/[^0-9]/g, ''); });
}

// With zeros before it until it has so many characters.
function padded(value, width) {
  if (typeof value === 'boolean') return undefined;
  return ofText(text(value), function (from) {
    while (from.length < width) from = '0' + from;
    return from;
  });
}

// The SHA-256 of its UTF-8, in hexadecimal digits.
function sha256(value) {
  return ofText(value, function (from) {
    var bytes = utf8(from);
    var length = bytes.length;
    bytes += '\x80';
    while (bytes.length % 64 !== 56) bytes += '\0';
    for (var i = 7; i >= 0; i--) bytes += String.fromCharCode(Math.floor(length * 8 / Math.pow(256, i)) % 256);
    var made = sha256Constants();
    for (var at = 0; at < bytes.length; at += 64) sha256Block(bytes, at, made.rounds, made.hash);
    return made.hash.map(function (word) { return ('0000000' + (word >>> 0).toString(16)).slice(-8); }).join('');
  });
}

// A character for each byte.
function utf8(from) {
  return encodeURIComponent(from.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g, '\uFFFD'))
    .replace(/%([0-9A-F]{2})/g, function (whole, digits) { return String.fromCharCode(parseInt(digits, 16)); });
}

// The fractions of the first primes' square and cube roots.
function sha256Constants() {
  var hash = [];
  var rounds = [];
  for (var prime = 2; rounds.length < 64; prime++) {
    var divisor = 2;
    while (divisor * divisor <= prime && prime % divisor !== 0) divisor++;
    if (divisor * divisor <= prime) continue;
    if (hash.length < 8) hash.push((Math.sqrt(prime) % 1) * 0x100000000 | 0);
    rounds.push((Math.pow(prime, 1 / 3) % 1) * 0x100000000 | 0);
  }
  return { hash: hash, rounds: rounds };
}

function sha256Block(bytes, at, rounds, hash) {
  function turned(word, by) { return word >>> by | word << 32 - by; }
  var words = [];
  var state = hash.slice();
  for (var i = 0; i < 64; i++) {
    if (i < 16) {
      words[i] = 0;
      for (var j = 0; j < 4; j++) words[i] = words[i] << 8 | bytes.charCodeAt(at + i * 4 + j);
    } else {
      var x = words[i - 15];
      var y = words[i - 2];
      words[i] = words[i - 16] + words[i - 7] + (turned(x, 7) ^ turned(x, 18) ^ x >>> 3) +
        (turned(y, 17) ^ turned(y, 19) ^ y >>> 10) | 0;
    }
    var a = state[0];
    var e = state[4];
    var first = state[7] + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + (e & state[5] ^ ~e & state[6]) +
      rounds[i] + words[i] | 0;
    var second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + (a & state[1] ^ a & state[2] ^ state[1] & state[2]) | 0;
    state = [first + second | 0, a, state[1], state[2], state[3] + first | 0, e, state[5], state[6]];
  }
  for (var k = 0; k < 8; k++) hash[k] = hash[k] + state[k] | 0;
}

function splitAt(value, separator, index) {
  return ofText(value, function (from) {
    var parts = from.split(separator);
    return parts[index < 0 ? parts.length + index : index];
  });
}

function until(value, mark) {
  return ofText(value, function (from) { return from.split(mark)[0]; });
}

function after(value, mark) {
  return ofText(value, function (from) {
    var at = from.indexOf(mark);
    return at < 0 ? from : from.slice(at + mark.length);
  });
}

function between(value, start, end) {
  return ofText(value, function (from) {
    var at = from.indexOf(start);
    if (at < 0) return undefined;
    var rest = from.slice(at + start.length);
    return end === undefined ? rest : rest.split(end)[0];
  });
}

// Of a character that takes two places (an emoji), of which one is cut off, the other is left out as well.
function slice(value, start, end) {
  return ofText(value, function (from) { return from.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''); });
}

function withoutPrefix(value, prefix) {
  return ofText(value, function (from) { return from.indexOf(prefix) === 0 ? from.slice(prefix.length) : from; });
}

function withoutSuffix(value, suffix) {
  return ofText(value, function (from) {
    var at = from.length - suffix.length;
    return at >= 0 && from.slice(at) === suffix ? from.slice(0, at) : from;
  });
}

function replaced(value, what, by) {
  return ofText(value, function (from) { return from.split(what).join(by === undefined ? '' : by); });
}

// The parts as one text; nothing where one is missing.
function concat(parts) {
  var whole = parts.every(function (part) { return part !== undefined && part !== null && isScalar(part); });
  return whole ? parts.join('') : undefined;
}

// The same, where what is missing counts as "".
function concatTotal(parts) {
  return parts.every(isScalar) ? parts.join('') : undefined;
}

function scale(value, power) {
  return ofNumber(value, function (from) {
    var parts = String(from).split('e');  // the point is moved: 19.99 * 100 is no integer
    return Number(parts[0] + 'e' + (Number(parts[1] || 0) + power));
  });
}

function times(value, factor) {
  return ofNumber(value, function (from) { return from * factor; });
}

function round(value, decimals) {
  var unit = Math.pow(10, decimals || 0);
  return ofNumber(value, function (from) { return Math.floor(from * unit + 0.5) / unit; });
}

function floor(value) {
  return ofNumber(value, Math.floor);
}

function negate(value) {
  return ofNumber(value, function (from) { return from === 0 ? 0 : -from; });
}

function add(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? a + b : undefined;
}

function subtract(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? a - b : undefined;
}

function multiply(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? a * b : undefined;
}

function divide(a, b) {
  return typeof a === 'number' && typeof b === 'number' && b !== 0 ? a / b : undefined;
}

function fixed(value, decimals) {
  return ofNumber(value, function (from) { return from.toFixed(decimals); });
}

function isPresent(value) {
  return value !== undefined && value !== null;
}

function isMissing(value) {
  return value === undefined || value === null;
}

function isTruthy(value) {
  return Boolean(value);
}

function isFalsy(value) {
  return !value;
}

function isFilled(value) {
  return stateOf(value) === 'present';
}

function equals(a, b) {
  return same(a, b);
}

function isOneOf(value) {
  for (var i = 1; i < arguments.length; i++) if (same(value, arguments[i])) return true;
  return false;
}

function isLess(a, b) {
  return typeof a === 'number' && typeof b === 'number' && a < b;
}

function isAtMost(a, b) {
  return typeof a === 'number' && typeof b === 'number' && a <= b;
}

function isMore(a, b) {
  return isLess(b, a);
}

function isAtLeast(a, b) {
  return isAtMost(b, a);
}

function not(value) {
  if (value === null) return null;
  return typeof value === 'boolean' ? !value : undefined;
}

function contains(within, what) {
  if (Array.isArray(within)) return within.some(function (item) { return same(item, what); });
  return typeof within === 'string' && typeof what === 'string' && within.indexOf(what) >= 0;
}

function count(value) {
  if (value === null) return null;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function ofNumbers(value, change) {
  return ofList(value, function (items) {
    return items.every(function (item) { return typeof item === 'number'; }) ? change(items) : undefined;
  });
}

function sum(value) {
  return ofNumbers(value, function (items) { return items.reduce(function (a, b) { return a + b; }, 0); });
}

function min(value) {
  return ofNumbers(value, function (items) { return items.length ? Math.min.apply(null, items) : undefined; });
}

function max(value) {
  return ofNumbers(value, function (items) { return items.length ? Math.max.apply(null, items) : undefined; });
}

function average(value) {
  return ofNumbers(value, function (items) { return items.length ? sum(items) / items.length : undefined; });
}

function join(value, separator) {
  return ofList(value, function (items) {
    return items.every(isScalar) ? items.join(separator === undefined ? '' : separator) : undefined;
  });
}

function split(value, separator, trimmed) {
  return ofText(value, function (from) {
    if (from === '') return [];
    return from.split(separator).map(function (part) { return trimmed ? trim(part) : part; });
  });
}

function keys(value) {
  if (value === null) return null;
  return isObject(value) ? Object.keys(value) : undefined;
}

function values(value) {
  if (value === null) return null;
  return isScalar(value) ? undefined : itemsOf(value).map(function (at) { return at.item; });
}

function first(value) {
  return Array.isArray(value) ? value[0] : value;
}

function wrap(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function flatten(value) {
  return ofList(value, function (items) {
    var flat = [];
    items.forEach(function (item) {
      if (Array.isArray(item)) item.forEach(function (inner) { flat.push(inner); });
      else flat.push(item);
    });
    return flat;
  });
}

function distinct(value) {
  return ofList(value, function (items) {
    return items.filter(function (item, i) {
      return !items.slice(0, i).some(function (other) { return same(item, other); });
    });
  });
}

function compact(value) {
  return ofList(value, function (items) { return items.filter(function (item) { return item !== null; }); });
}

function reverse(value) {
  return ofList(value, function (items) { return items.slice().reverse(); });
}

// Numbers by their size, then texts, then all else as it was.
function sorted(value) {
  return ofList(value, function (items) { return sortedBy(items, function (item) { return item; }); });
}

// The items in the order of their keys; those whose key is neither number nor text last.
function sortedBy(source, keyOf, descending) {
  if (source === undefined || source === null) return source;
  var all = itemsOf(source).map(function (at, place) {
    var key = keyOf(at.item, at.key);
    return { item: at.item, key: key, place: place, rank: ['number', 'string'].indexOf(typeof key) & 3 };
  });
  all.sort(function (a, b) {
    if (a.rank !== b.rank) return a.rank - b.rank;
    if (a.rank < 3 && a.key !== b.key) return (a.key < b.key) === !descending ? -1 : 1;
    return a.place - b.place;
  });
  return all.map(function (one) { return one.item; });
}

// Nothing of an empty list, the item of a list of one.
function collapse(value) {
  if (!Array.isArray(value)) return value;
  return value.length > 1 ? value : value[0];
}

// Seconds since 1970 in UTC.
function parseDate(from) {
  var iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)? ?(Z|GMT|UTC|[-+]\d\d:?\d\d)?)?$/.exec(from);
  if (iso) return secondsOf(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7], iso[8]);
  var rfc = /^[A-Za-z]{3}, (\d\d?) ([A-Za-z]{3,}) (\d{4}) (\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)? ?(Z|GMT|UTC|[-+]\d\d:?\d\d)?$/.exec(from);
  if (rfc) {
    var month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(rfc[2].slice(0, 3));
    if (month < 0 || month % 3) return undefined;
    return secondsOf(rfc[3], month / 3 + 1, rfc[1], rfc[4], rfc[5], rfc[6], rfc[7], rfc[8]);
  }
  var wrapped = /^\/Date\((-?\d+)([-+]\d+)?\)\/$/.exec(from);
  return wrapped ? Number(wrapped[1]) / 1000 : undefined;
}

function secondsOf(year, month, day, hour, minute, second, fraction, zone) {
  var date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || hour > 24 || minute > 59 || second > 59) return undefined;
  var seconds = date.getTime() / 1000 + (hour || 0) * 3600 + (minute || 0) * 60 + Number(second || 0);
  if (fraction) seconds += Number((fraction + '00').slice(0, 3)) / 1000;
  var east = /([-+])(\d\d):?(\d\d)/.exec(zone || '');
  return east ? seconds - (east[1] === '-' ? -1 : 1) * (east[2] * 3600 + east[3] * 60) : seconds;
}

function isoText(seconds) {
  if (seconds === undefined || !(seconds > -62167219200 && seconds < 253402300800)) return undefined;
  return new Date(Math.floor(seconds * 1000 + 1e-4)).toISOString();
}

function shortIso(iso) {
  return iso === undefined ? undefined : iso.slice(0, 19) + 'Z';
}

function day(iso) {
  return iso === undefined ? undefined : iso.slice(0, 10);
}

function isoOfSeconds(value) {
  return ofNumber(value, isoText);
}

function isoOfMillis(value) {
  return ofNumber(value, function (from) { return isoText(from / 1000); });
}

function isoOfText(value) {
  return ofText(value, function (from) { return isoText(parseDate(from)); });
}

function secondIsoOfText(value) {
  return ofText(value, function (from) {
    var seconds = parseDate(from);
    return isoText(seconds === undefined ? undefined : Math.floor(seconds));
  });
}

function secondsOfText(value) {
  return ofText(value, function (from) {
    var seconds = parseDate(from);
    return seconds === undefined ? undefined : Math.floor(seconds);
  });
}

function millisOfText(value) {
  return ofText(value, function (from) {
    var seconds = parseDate(from);
    return seconds === undefined ? undefined : Math.floor(seconds * 1000 + 0.5);
  });
}

function shortIsoOfSeconds(value) {
  return ofNumber(value, function (from) { return shortIso(isoText(from)); });
}

function shortIsoOfText(value) {
  return ofText(value, function (from) { return shortIso(isoText(parseDate(from))); });
}

function dateOfText(value) {
  return ofText(value, function (from) {
    return parseDate(from) !== undefined && /^\d/.test(from) ? from.slice(0, 10) : undefined;
  });
}

function dateOfSeconds(value) {
  return ofNumber(value, function (from) { return day(isoText(from)); });
}

function dateOfMillis(value) {
  return ofNumber(value, function (from) { return day(isoText(from / 1000)); });
}

// A day that is written in one form, such as DD.MM.YYYY or Month D, YYYY, in another.
function dayForm(value, from, to) {
  var part = /YYYY|Month|Mon|MM|DD|M|D/g;
  var months = 'January February March April May June July August September October November December'.split(' ');
  var widths = { YYYY: '(\\d{4})', MM: '(\\d\\d)', DD: '(\\d\\d)', M: '(\\d\\d?)', D: '(\\d\\d?)' };
  var pattern = new RegExp('^' + from.replace(/\./g, '\\.').replace(part, function (name) {
    return widths[name] || '([A-Za-z]+)';
  }) + '$');
  return ofText(value, function (text) {
    var found = pattern.exec(text);
    if (!found) return undefined;
    var day = {};
    from.match(part).forEach(function (name, i) {
      var names = name === 'Mon' ? months.map(function (month) { return month.slice(0, 3); }) : months;
      day[name.charAt(0)] = widths[name] ? Number(found[i + 1]) : names.indexOf(found[i + 1]) + 1;
    });
    if (day.Y < 100 || secondsOf(day.Y, day.M, day.D) === undefined) return undefined;
    return to.replace(part, function (name) {
      if (!widths[name]) return months[day.M - 1].slice(0, name === 'Mon' ? 3 : undefined);
      var digits = String(day[name.charAt(0)]);
      while (digits.length < name.length) digits = '0' + digits;
      return digits;
    });
  });
}
