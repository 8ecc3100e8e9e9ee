// Makes a fresh global of the engine into the one that scripts see, before any script does: what is
// not on the list is taken away, and everything left is frozen, so that no call leaves anything
// behind for the next. Its value is called with the functions of the engine (engine.cc), and hands
// back the function that performs a call.
(host) => {
'use strict';

const KEPT = new Set(['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Math', 'JSON', 'Date',
  'RegExp', 'Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError',
  'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect', 'Iterator', 'Intl', 'ArrayBuffer', 'DataView', 'Int8Array',
  'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Float16Array', 'Int32Array', 'Uint32Array', 'Float32Array',
  'Float64Array', 'BigInt64Array', 'BigUint64Array', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'NaN', 'Infinity', 'undefined',
  'globalThis', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape', 'eval']);
for (const key of Reflect.ownKeys(globalThis)) {
  if (!KEPT.has(key)) Reflect.deleteProperty(globalThis, key);
}
// What the last match was of, from whichever call.
for (const key of Reflect.ownKeys(RegExp)) {
  if (!['length', 'name', 'prototype', 'escape', Symbol.species].includes(key)) Reflect.deleteProperty(RegExp, key);
}
Math.random = () => { throw new Error('Math.random is not there: a transform gives the same output for the same input'); };

// What no property leads to.
function* generator() {}
async function* async_generator() {}
const helper = [].values().map?.((value) => value);
const hidden = [generator, generator(), async () => {}, async_generator, async_generator(), [][Symbol.iterator](),
  ''[Symbol.iterator](), 'a'.matchAll(/a/g), new Map().entries(), new Set().values(), helper, globalThis.Iterator?.from({ next() {} }),
  Object.getOwnPropertyDescriptor(function () { return arguments; }(), 'callee'),
  Object.getOwnPropertyDescriptor(function () { 'use strict'; return arguments; }(), 'callee')];
if (globalThis.Intl?.Segmenter) {
  const segments = new Intl.Segmenter().segment('a');
  hidden.push(segments, segments[Symbol.iterator]());
}

// Where a prototype's property is read-only, assigning one of that name to any object below it would fail: no record could have a
// field "constructor", no error a name of its own. So there it is an accessor, which gives the object its own.
function let_override(holder, keys) {
  for (const key of keys) {
    const { value, writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
    if (!writable || !configurable) continue;
    Object.defineProperty(holder, key, {
      get: () => value,
      set(own) {
        if (this === holder) throw new TypeError(`'${String(key)}' of a built-in object cannot be changed`);
        Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
      },
      enumerable,
      configurable,
    });
  }
}
let_override(Object.prototype, Reflect.ownKeys(Object.prototype));
let_override(Function.prototype, ['constructor', 'toString']);
for (const kind of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError]) {
  let_override(kind.prototype, ['constructor', 'name', 'message', 'toString']);
}

// The accessors of RegExp.prototype (flags, global, …). Freezing would define each anew, and the engine matches a third as fast once
// one is not its own. So they stay open, and every call looks first whether one was touched.
const { getOwnPropertyDescriptor, ownKeys } = Reflect;
const patterns = RegExp.prototype;
const is_own_accessor = (key) => getOwnPropertyDescriptor(patterns, key).get !== undefined;
const freeze_patterns = () => {
  for (const key of ownKeys(patterns)) {
    if (!is_own_accessor(key)) Object.defineProperty(patterns, key, { writable: false, configurable: false });
  }
  Object.preventExtensions(patterns);
};

const frozen = new Set();
const waiting = [];
const freeze_later = (value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || frozen.has(value)) return;
  frozen.add(value);
  waiting.push(value);
};
const freeze_all = (...values) => {
  values.forEach(freeze_later);
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    freeze_later(Object.getPrototypeOf(object));
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
      [value, get, set].forEach(freeze_later);
    }
    if (object === patterns) freeze_patterns();
    else Object.freeze(object);
  }
};

const { parse, stringify } = JSON;
const { isArray } = Array;
const { isFinite, isInteger } = Number;

const text_of = (value) => {
  if (typeof value === 'string') return value;
  try {
    return (typeof value === 'object' ? stringify(value) : undefined) ?? String(value);
  } catch {
    return 'a value without a text';
  }
};
const position_of = (value) => (isInteger(value) && value > 0 ? value : 0);
/** Of an error that was made in a function of this file's: where the script called it. */
const innermost_frame = (stack) => {
  const frame = stack.split('\n').find((each) => each.includes(`${host.url}:`)) ?? '';
  return frame.split(':').slice(-2).map(Number).map(position_of);
};
/** Tells the engine what went wrong, whatever was thrown. */
const report = (verdict, error, before = '') => {
  let text = '', line = 0, column = 0;
  try {
    const is_error = error instanceof Error;
    text = is_error ? `${text_of(error.name)}: ${text_of(error.message)}` : text_of(error);
    if (is_error && error.sourceURL === host.url) [line, column] = [position_of(error.line), position_of(error.column)];
    else if (is_error) [line, column] = innermost_frame(text_of(error.stack));
  } catch {
    text = 'an error that cannot be read';
  }
  host.report(verdict, before + text, line, column);
};

const HALF = /[\ud800-\udfff]/u; // of a character that takes two places in a text: it matches no whole one
const is_half = ' has half of a character, an emoji that was cut in two';
// JSON.stringify escapes halves, and nothing else so.
const HALF_IN_JSON = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f]/;

/** Where something stands below `value` that JSON does not have, such as NaN; undefined: nowhere. */
const find_lost = (value) => {
  if (typeof value === 'number') return isFinite(value) ? undefined : ` is ${value}`;
  if (typeof value === 'string') return HALF.test(value) ? is_half : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const found = find_lost(value[i]);
      if (found !== undefined) return `[${i}]${found}`;
    }
    return undefined;
  }
  if (value instanceof Date && !isFinite(+value)) return ' is an invalid date';
  if (typeof value.toJSON === 'function') return undefined; // it speaks for itself
  for (const key of Object.keys(value)) {
    if (HALF.test(key)) return ` has a member whose name${is_half}`;
    const found = find_lost(value[key]);
    if (found !== undefined) return `.${key}${found}`;
  }
  return undefined;
};

const log = (...parts) => { host.log(parts.map(text_of).join(' ')); };
const http = {};
for (const name of ['get', 'post', 'put', 'delete', 'getAll', 'getBatch']) {
  http[name] = (...args) => parse(host.http(name, stringify(args)));
}

let pattern_keys, pattern_accessors; // as they were before any script; in what order tells who redefined one
const is_untouched = () => {
  const keys = ownKeys(patterns);
  if (keys.length !== pattern_keys.length) return false;
  for (let i = 0; i < keys.length; i += 1) {
    if (keys[i] !== pattern_keys[i]) return false;
  }
  for (let i = 0; i < pattern_accessors.length; i += 1) {
    const { key, get } = pattern_accessors[i];
    const now = getOwnPropertyDescriptor(patterns, key);
    if (now.get !== get || now.set !== undefined || now.enumerable || !now.configurable) return false;
  }
  return true;
};

const find_transform = (make) => {
  const transform = make();
  if (typeof transform !== 'function') host.report('missing', '', 0, 0);
  return transform;
};
/** The output's text; undefined once something was reported. */
const call = (make, input_text) => {
  let input, output, text;
  if (!is_untouched()) return host.report('stale', '', 0, 0);
  try {
    input = parse(input_text);
  } catch (error) {
    return report('input', error);
  }
  try {
    output = find_transform(make)(input, { log, http });
  } catch (error) {
    return report('threw', error);
  }
  try {
    if (typeof output?.then === 'function') {
      return host.report('result', 'It is a promise; transform must not be async, and returns the value itself', 0, 0);
    }
    text = stringify(output);
    if (text === undefined) return host.report('result', `It is ${typeof output}; return an object, an array or another value`, 0, 0);
    const has_half = text.includes('\\ud') && HALF_IN_JSON.test(text);
    const lost = (text.includes('null') || has_half ? find_lost(output) : undefined) ?? (has_half ? is_half : undefined);
    if (lost !== undefined) return host.report('result', `output${lost}, which JSON does not have`, 0, 0);
  } catch (error) {
    return report('result', error);
  }
  return text;
};
const check = (make) => {
  try {
    find_transform(make);
  } catch (error) {
    report('threw', error);
  }
};

freeze_all(globalThis, ...hidden, log, http, call, check);
pattern_keys = ownKeys(patterns);
pattern_accessors = pattern_keys.filter(is_own_accessor).map((key) => ({ key, get: getOwnPropertyDescriptor(patterns, key).get }));
return [call, check];
}
