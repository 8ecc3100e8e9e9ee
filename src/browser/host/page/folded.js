// What the page holds folded away: links and buttons that nobody sees until something is opened.

const FOLDED_MAX = 100;
const FOLDED_VISITED_MAX = 3000;
const FOLDED_LEVELS_MAX = 6; // from what is folded away up to what it shares with its opener
const FOLDED = 'a[href], button, summary, [role=button], [role=link], [role=menuitem], [role=tab]';

const OPENS = /menu|toggle|hamburger|dropdown|collapse|expand|more|options/i;

/** Whether pressing it is known to open something, and does nothing else. */
const is_opener = (element) => tag_of(element) === 'summary' || element.hasAttribute('aria-haspopup') ||
  element.getAttribute('aria-expanded') === 'false' || OPENS.test(`${attribute(element, 'class')} ${name_of(element)}`);

const is_shown = (element) => is_visible(element, element.getBoundingClientRect()) && !is_unseen(element);

/** What is said to open it, else the last control before it in the smallest box that holds both. @returns {Element | null} */
function opener_of(element, ids) {
  let part = element;
  for (let level = 0; part && level < FOLDED_LEVELS_MAX; level += 1, part = parent_of(part)) {
    const root = part.getRootNode();
    const control = part.id && root.querySelector(`[aria-controls~="${CSS.escape(part.id)}"]`);
    if (control && ids.has(control)) return control;
  }
  part = element;
  for (let level = 0; level < FOLDED_LEVELS_MAX; level += 1, part = parent_of(part)) {
    const parent = parent_of(part);
    if (!parent || parent === document.body) return null;
    const before = [...parent.querySelectorAll(FOLDED)].filter((each) => ids.has(each) && is_shown(each) &&
      each.compareDocumentPosition(element) === Node.DOCUMENT_POSITION_FOLLOWING);
    if (before.length > 0) return before.at(-1);
  }
  return null;
}

/** @param {Map<Element, number>} ids of the elements of the snapshot */
function folded_away(ids) {
  const found = [];
  let visited = 0;
  for (const element of document.querySelectorAll(FOLDED)) {
    visited += 1;
    if (visited > FOLDED_VISITED_MAX || found.length >= FOLDED_MAX) break;
    if (is_shown(element)) continue;
    const name = clip(fold(attribute(element, 'aria-label') || element.textContent || attribute(element, 'title')), 100);
    if (!name) continue;
    const href = typeof element.href === 'string' ? clip(element.href, ADDRESS_BYTES_MAX) : '';
    const opener = opener_of(element, ids);
    found.push({
      role: role_of(element), name, href, opener: ids.get(opener) ?? -1, is_pressed: opener !== null && is_opener(opener),
    });
  }
  return found;
}
