'use strict';

// What a page has put off with setTimeout is about to happen: a settled page has none of it left.
// The only thing of Vouch's that a page could see while it is explored: a setTimeout of our own.

/** Longer ones are no part of what an action brings about; what lives on timers is never done. */
const DELAY_MS_MAX = 3000;
const CHAIN_MAX = 2; // timers set by timers

function watch_timers(delay_ms_max, chain_max) {
  const { setTimeout: set, clearTimeout: clear, queueMicrotask: soon } = window;
  const due = new Map(); // id -> when
  let depth = 0; // of the timer whose function runs
  /** What it awaits goes on a few turns later. */
  const after_turns = (turns, then) => (turns > 0 ? soon(() => after_turns(turns - 1, then)) : then());
  window.setTimeout = function setTimeout(handler, delay = 0, ...rest) {
    if (typeof handler !== 'function') return set(handler, delay, ...rest);
    const within = depth;
    const id = set(function run(...values) {
      due.delete(id);
      depth = within + 1;
      try {
        return handler.apply(this, values);
      } finally {
        after_turns(5, () => { depth = 0; });
      }
    }, delay, ...rest);
    if (within < chain_max && delay > 0 && delay <= delay_ms_max) due.set(id, performance.now() + Number(delay));
    return id;
  };
  window.clearTimeout = function clearTimeout(id) {
    due.delete(id);
    return clear(id);
  };
  Object.defineProperty(window, Symbol.for('vouch.timers'), { value: () => Math.max(0, ...due.values()) - performance.now() });
}

const SOURCE = `(${watch_timers})(${DELAY_MS_MAX}, ${CHAIN_MAX});`;

module.exports = { SOURCE };
