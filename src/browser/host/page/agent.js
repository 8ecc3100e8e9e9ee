// What the host calls in the page: one object for each document, kept alive by a handle.

const SOON_MS_MAX = 3000; // what begins or ends later is not waited for

const within_limit = (ms, limit = SOON_MS_MAX) => (ms > 0 && ms <= limit ? ms : 0);

/** Until the last timer of ../timers.js. */
const timers_ms = () => within_limit(Number(window[Symbol.for('vouch.timers')]?.due_ms()));

/** Until the last transition or animation that has an end, and has it within the limit. */
function animations_ms(limit) {
  const left = document.getAnimations().filter((each) => each.playState === 'running')
    .map((each) => within_limit(each.effect?.getComputedTiming().endTime - each.currentTime, limit));
  return Math.max(0, ...left);
}

/** As JSON.stringify without the toJSON that older libraries give to all objects or lists. */
function to_json(value) {
  const prototypes = [Object.prototype, Array.prototype].filter((each) => Object.hasOwn(each, 'toJSON'));
  const given = prototypes.map((each) => Object.getOwnPropertyDescriptor(each, 'toJSON'));
  prototypes.forEach((each) => { delete each.toJSON; });
  try {
    return JSON.stringify(value);
  } finally {
    prototypes.forEach((each, i) => Object.defineProperty(each, 'toJSON', given[i]));
  }
}

function make_agent(limits) {
  let elements = [];
  let ids = new Map();
  let mutations = 0;
  let mutated_at = performance.now();
  const watched = new WeakSet();
  let altered = null; // what does not count, since it is taken back at once
  const observer = new MutationObserver(() => {
    if (altered) return;
    mutations += 1;
    mutated_at = performance.now();
  });
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  };
  watch(document);

  return {
    snapshot() {
      begin();
      const collector = new Collector(limits);
      if (document.documentElement) collector.enter(document.documentElement, null, 0);
      const described = collector.finish();
      elements = collector.elements;
      ids = new Map(elements.map((element, id) => [element, id]));
      const folded = folded_away(ids);
      begin();
      collector.roots.forEach(watch);
      return to_json({
        url: clip(location.href, ADDRESS_BYTES_MAX),
        title: clip(document.title, ATTRIBUTE_BYTES_MAX),
        elements: described,
        folded,
        truncated: collector.truncated,
      });
    },
    /** How often the document changed so far. */
    mutations() {
      if (observer.takeRecords().length > 0) {
        mutations += 1;
        mutated_at = performance.now();
      }
      return mutations;
    },
    moving_ms: animations_ms,
    /** Milliseconds until the document can count as still: unchanged for `quiet_ms`, and nothing about to change it. */
    restless_ms(quiet_ms) {
      this.mutations();
      return Math.max(0, mutated_at + quiet_ms - performance.now(), timers_ms(), animations_ms());
    },
    /** Whether the document was unchanged for `still_ms`, and nothing of its own comes within so many milliseconds. */
    at_rest(still_ms, within_ms) {
      this.mutations();
      return mutated_at + still_ms <= performance.now() && animations_ms(within_ms) === 0
        && document.querySelector('meta[http-equiv="refresh" i]') === null
        && window[Symbol.for('vouch.timers')]?.any_within(within_ms) === false;
    },
    element: (id) => elements[id] ?? null,
    holds: (id) => elements[id]?.isConnected === true,
    is_only: (found, id) => found.length === 1 && found[0] === elements[id],
    ids_of: (found) => found.map((element) => ids.get(element) ?? -1),
    tamper,
    /** Puts other words in the place of these. @returns {number} in how many places */
    alter(words) {
      this.mutations();
      altered = alter(words);
      return altered.places;
    },
    restore() {
      altered?.restore();
      observer.takeRecords();
      altered = null;
    },
  };
}
