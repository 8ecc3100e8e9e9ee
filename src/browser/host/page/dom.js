// Runs in the page, as one function with the other files of this folder (see ../agent.js).
// What is read of styles and visibility is remembered for one reading of the page: begin() forgets.

const cache = {
  style: new Map(), shown: new Map(), hidden: new Map(), transparent: new Map(), folded: new Map(), clipped: new Map(), role: new Map(),
  before: new Map(), after: new Map(),
};

function begin() {
  for (const map of Object.values(cache)) map.clear();
}

function remembered(map, key, compute) {
  let value = map.get(key);
  if (value === undefined) {
    value = compute(key);
    map.set(key, value);
  }
  return value;
}

const style_of = (element) => remembered(cache.style, element, (each) => getComputedStyle(each));

const tag_of = (element) => String(element.tagName).toLowerCase();

const fold = (text) => text.replace(/[\u200b\u00ad]/g, '').replace(/\s+/g, ' ').trim();

/** The parent as laid out: through slots and out of shadow roots. */
function parent_of(node) {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.parentNode;
  return root && root.nodeType === Node.DOCUMENT_FRAGMENT_NODE && root.host ? root.host : null;
}

/** The children as laid out: of the shadow root, else what is slotted, else of the element. */
function children_of(element) {
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  if (element.nodeName === 'SLOT') {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  return element.childNodes;
}

function closest(element, selector) {
  for (let each = element; each; each = parent_of(each)) {
    if (each.matches(selector)) return each;
  }
  return null;
}

const shown_by_style = (element) => remembered(cache.shown, element, () =>
  style_of(element).visibility === 'visible' && element.checkVisibility());

function text_has_box(node) {
  const range = document.createRange();
  range.selectNode(node);
  const { width, height } = range.getBoundingClientRect();
  return width > 0 && height > 0;
}

/** As Playwright's toBeVisible: a box that is not empty, and not visibility:hidden. */
function is_visible(element, rect) {
  if (style_of(element).display === 'contents') {
    return Array.from(element.childNodes).some((child) =>
      (child.nodeType === Node.ELEMENT_NODE && is_visible(child, child.getBoundingClientRect())) ||
      (child.nodeType === Node.TEXT_NODE && text_has_box(child)));
  }
  return rect.width > 0 && rect.height > 0 && shown_by_style(element);
}

/** Cuts off what it holds, and has no room for it. */
function cuts_all(element) {
  const { overflowX, overflowY, display } = style_of(element);
  if (display.startsWith('inline') && display !== 'inline-block') return false;
  return (overflowY !== 'visible' && element.clientHeight === 0) || (overflowX !== 'visible' && element.clientWidth === 0);
}

/** For screen readers alone: a box of one pixel that cuts off what it says. */
function is_clipped(element) {
  const { overflowX, position } = style_of(element);
  return position === 'absolute' && overflowX !== 'visible' && element.clientWidth <= 1 && element.clientHeight <= 1;
}

/**
 * Nobody sees it, though it has a box and is not hidden: it is fully transparent, or folded away in a box of no size. To
 * Playwright it is visible.
 */
const is_unseen = (element) => is_transparent(element) || is_folded(element) || within_clipped(element);

const within_clipped = (element) => remembered(cache.clipped, element, () => {
  const parent = parent_of(element);
  return is_clipped(element) || (parent !== null && within_clipped(parent));
});

const is_transparent = (element) => remembered(cache.transparent, element, () => {
  const parent = parent_of(element);
  return style_of(element).opacity === '0' || (parent !== null && is_transparent(parent));
});

const is_folded = (element) => remembered(cache.folded, element, () => {
  const { position } = style_of(element);
  let box = position === 'fixed' ? null : parent_of(element);
  while (box && position === 'absolute' && style_of(box).position === 'static') box = parent_of(box);
  return box !== null && box !== document.body && box !== document.documentElement && (cuts_all(box) || is_folded(box));
});

const IGNORED = new Set(['style', 'script', 'noscript', 'template']);

/** Not drawn, or inside aria-hidden. */
const within_hidden = (element) => remembered(cache.hidden, element, () => {
  if (style_of(element).display === 'none') return true;
  if ((element.getAttribute('aria-hidden') || '').toLowerCase() === 'true') return true;
  if (element.parentElement?.shadowRoot && !element.assignedSlot) return true;
  const parent = parent_of(element);
  return parent !== null && within_hidden(parent);
});

/** Left out of the accessibility tree. */
function is_aria_hidden(element) {
  const tag = tag_of(element);
  if (IGNORED.has(tag)) return true;
  if (tag !== 'slot' && style_of(element).display === 'contents') {
    return !Array.from(element.childNodes).some((child) =>
      (child.nodeType === Node.ELEMENT_NODE && !is_aria_hidden(child)) ||
      (child.nodeType === Node.TEXT_NODE && text_has_box(child)));
  }
  const option = tag === 'option' && element.closest('select');
  if (!option && tag !== 'slot' && !shown_by_style(element)) return true;
  return within_hidden(element);
}

/** The elements that an attribute holding ids names, in the element's own tree. */
function referenced(element, ids) {
  const root = element.getRootNode();
  if (!ids || !root.querySelector) return [];
  const found = ids.split(/\s+/).filter(Boolean)
    .map((id) => root.querySelector(`#${CSS.escape(id)}`)).filter(Boolean);
  return [...new Set(found)];
}

function is_disabled(element) {
  const tag = tag_of(element);
  if (['button', 'input', 'select', 'textarea', 'option', 'optgroup'].includes(tag)) {
    if (element.matches(':disabled')) return true;
  }
  for (let each = element; each; each = parent_of(each)) {
    const stated = (each.getAttribute('aria-disabled') || '').toLowerCase();
    if (stated === 'true') return true;
    if (stated === 'false') return false;
  }
  return false;
}
