// Puts other words in the place of some wherever the document has them, and takes them back.

const NOT_READ = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE']);
const READ_ATTRIBUTES = ['aria-label', 'aria-valuetext', 'aria-valuenow', 'alt', 'title', 'placeholder'];
const TYPED_IN = new Set(['INPUT', 'TEXTAREA']);
const NO_TEXT = new Set(['file', 'password', 'hidden', 'checkbox', 'radio']);

/** Where the word stands: in any case and with any spacing; a number not within another. */
function pattern_of(word) {
  const source = word.trim().replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+');
  const before = /^\s*\d/.test(word) ? '(?<![\\d.,])' : '';
  const after = /\d\s*$/.test(word) ? '(?!\\d)' : '';
  return new RegExp(before + source + after, 'giu');
}

/** Of the same kind and length: "Tea 9" becomes "Ufb 0". */
const other = (text) => text.replace(/[\p{L}\p{N}]/gu, (c) => {
  if (/\d/.test(c)) return String((Number(c) + 1) % 10);
  const next = /[zZ]/.test(c) ? String.fromCharCode(c.charCodeAt(0) - 1) : String.fromCodePoint(c.codePointAt(0) + 1);
  return /\p{L}/u.test(next) ? next : 'x';
});

/** Every element below the root, in open shadow roots too. */
function* all_elements(root) {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* all_elements(element.shadowRoot);
  }
}

const SPREAD_MAX = 300; // characters of an element whose words stand in several text nodes

/** The text nodes of the element, one after the other. */
function text_nodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** "€ <b>9.95</b>": what stands in several text nodes of one element. @returns {Map<Text, string>} what they shall say */
function spread_over(element, pattern) {
  const said = new Map();
  const text = element.textContent;
  for (const match of text.matchAll(pattern)) {
    let begin = 0;
    for (const node of text_nodes(element)) {
      const from = Math.max(match.index - begin, 0);
      const to = Math.min(match.index + match[0].length - begin, node.length);
      begin += node.length;
      if (from >= to) continue;
      const now = said.get(node) ?? node.nodeValue;
      said.set(node, now.slice(0, from) + other(now.slice(from, to)) + now.slice(to));
    }
  }
  return said;
}

/** @returns {{places: number, restore: () => void}} in how many places one of the words stood, and the way back */
function alter(words) {
  const patterns = words.filter((word) => /[\p{L}\p{N}]/u.test(word)).map(pattern_of);
  const undo = [];
  const change = (read, write, told) => {
    const before = read();
    if (!before) return;
    const after = told ?? patterns.reduce((text, pattern) => text.replace(pattern, other), before);
    if (after === before) return;
    write(after);
    const now = read(); // of a date field nothing, where it is none any more
    undo.push(() => { if (read() === now) write(before); });
  };
  for (const element of all_elements(document)) {
    if (NOT_READ.has(element.tagName) || element.isContentEditable) continue;
    for (const name of READ_ATTRIBUTES) {
      change(() => element.getAttribute(name), (text) => element.setAttribute(name, text));
    }
    if (TYPED_IN.has(element.tagName) && !NO_TEXT.has(element.type)) {
      change(() => element.value, (text) => set_native(element, 'value', text));
    }
    if (element.tagName === 'TEXTAREA') continue;
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) change(() => node.nodeValue, (text) => { node.nodeValue = text; });
    }
  }
  for (const element of all_elements(document)) {
    const { childElementCount, textContent } = element;
    if (childElementCount === 0 || textContent.length > SPREAD_MAX || element.isContentEditable) continue;
    for (const pattern of patterns) {
      const holds = (each) => each.textContent.search(pattern) >= 0;
      if (!holds(element) || [...element.children].some(holds)) continue;
      for (const [node, text] of spread_over(element, pattern)) {
        change(() => node.nodeValue, (value) => { node.nodeValue = value; }, text);
      }
    }
  }
  return { places: undo.length, restore: () => undo.reverse().forEach((each) => each()) };
}
