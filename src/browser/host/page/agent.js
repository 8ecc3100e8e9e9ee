// What the host calls in the page: one object for each document, kept alive by a handle.

function make_agent(limits) {
  let elements = [];
  let ids = new Map();
  let mutations = 0;
  let mutated_at = performance.now();
  const watched = new WeakSet();
  const observer = new MutationObserver(() => {
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
      begin();
      collector.roots.forEach(watch);
      elements = collector.elements;
      ids = new Map(elements.map((element, id) => [element, id]));
      return JSON.stringify({
        url: location.href,
        title: document.title,
        elements: described,
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
    /** How long the document has not changed. */
    still_ms() {
      this.mutations();
      return performance.now() - mutated_at;
    },
    element: (id) => elements[id] ?? null,
    holds: (id) => elements[id]?.isConnected === true,
    is_only: (found, id) => found.length === 1 && found[0] === elements[id],
    ids_of: (found) => found.map((element) => ids.get(element) ?? -1),
    tamper,
  };
}
