'use strict';

// What a page has put off with timers is about to happen: a settled page has none of it left, and one that has put off nothing
// goes on only when somebody does something. The only things of Vouch's that a page could see while it is explored: functions of
// our own in the place of those that set and clear timers, ask for a frame, and abort after a time.

/** Longer ones are no part of what an action brings about; what lives on timers is never done. */
const DELAY_MS_MAX = 3000;
const CHAIN_MAX = 2; // timers set by timers
const FRAME_MS = 200; // who asks for one frame after the other is never longer without

function watch_timers(delay_ms_max, chain_max, frame_ms) {
  const { setTimeout: set, setInterval: repeat, requestAnimationFrame: draw, queueMicrotask: soon } = window;
  const due = new Map(); // id -> when, of those that belong to what was done last
  const later = new Map(); // id -> when, of all
  const at = []; // when others come, of which nobody tells that they have come
  let depth = 0; // of the timer whose function runs
  let drawn_at = -Infinity; // when a frame was asked for
  /** What it awaits goes on a few turns later. */
  const after_turns = (turns, then) => (turns > 0 ? soon(() => after_turns(turns - 1, then)) : then());
  window.setTimeout = function setTimeout(handler, delay = 0, ...rest) {
    const ms = Math.max(0, Number(delay) || 0);
    if (typeof handler !== 'function') {
      at.push(performance.now() + ms);
      return set(handler, delay, ...rest);
    }
    const within = depth;
    const id = set(function run(...values) {
      due.delete(id);
      later.delete(id);
      depth = within + 1;
      try {
        return handler.apply(this, values);
      } finally {
        after_turns(5, () => { depth = 0; });
      }
    }, delay, ...rest);
    later.set(id, performance.now() + ms);
    if (within < chain_max && delay > 0 && delay <= delay_ms_max) due.set(id, performance.now() + Number(delay));
    return id;
  };
  window.setInterval = function setInterval(...given) {
    const id = repeat(...given);
    later.set(id, 0);
    return id;
  };
  for (const name of ['clearTimeout', 'clearInterval']) { // either ends what the other began
    const clear = window[name];
    window[name] = { [name](id) {
      due.delete(id);
      later.delete(id);
      return clear(id);
    } }[name];
  }
  window.requestAnimationFrame = function requestAnimationFrame(callback) {
    drawn_at = performance.now();
    return draw(callback);
  };
  const { timeout } = AbortSignal;
  AbortSignal.timeout = { timeout(ms) {
    at.push(performance.now() + Number(ms));
    return timeout.call(AbortSignal, ms);
  } }.timeout;
  Object.defineProperty(window, Symbol.for('vouch.timers'), { value: {
    /** Milliseconds until the last that belongs to what was done. */
    due_ms: () => Math.max(0, ...due.values()) - performance.now(),
    /** Whether a timer or a frame may come within so many milliseconds. */
    any_within: (ms) => performance.now() - drawn_at < frame_ms
      || [...later.values()].some((when) => when < performance.now() + ms)
      || at.some((when) => when > performance.now() - frame_ms && when < performance.now() + ms),
  } });
}

const SOURCE = `(${watch_timers})(${DELAY_MS_MAX}, ${CHAIN_MAX}, ${FRAME_MS});`;

module.exports = { SOURCE };
