// Puts other words in the place of some wherever the document has them, and takes them back.

const NOT_READ = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE']);
const READ_ATTRIBUTES = ['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'];
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

/** @returns {{places: number, restore: () => void}} in how many places one of the words stood, and the way back */
function alter(words) {
  const patterns = words.filter((word) => /[\p{L}\p{N}]/u.test(word)).map(pattern_of);
  const undo = [];
  const change = (read, write) => {
    const before = read();
    if (!before) return;
    const after = patterns.reduce((text, pattern) => text.replace(pattern, other), before);
    if (after === before) return;
    write(after);
    undo.push(() => { if (read() !== before) write(before); });
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
  return { places: undo.length, restore: () => undo.reverse().forEach((each) => each()) };
}
