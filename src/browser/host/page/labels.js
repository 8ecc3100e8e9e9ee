// The label that stands before a control without naming it, or the text right beside or above it.

const BESIDE_PX_MAX = 200; // between a label and the control to its right
const ABOVE_PX_MAX = 32; // between a label and the control below it
const LABEL_CHARACTERS_MAX = 80;

class NearbyLabels {
  /** @param {{node: Text, record: object}[]} runs the visible texts of the page */
  constructor(runs) {
    this.runs = runs;
    this.measured = null;
  }

  measure() {
    const range = document.createRange();
    return this.runs.flatMap(({ node, record }) => {
      if (node.length > PART_CHARACTERS_MAX) return [];
      const text = fold(node.data);
      if (!/[\p{L}\p{N}]/u.test(text) || text.length > LABEL_CHARACTERS_MAX) return [];
      if (node.parentElement?.closest('button, a, option, [role=button], [role=link], h1, h2, h3')) return [];
      range.selectNodeContents(node);
      const rect = range.getBoundingClientRect();
      return rect.width > 0 && rect.height > 0 ? [{ text, rect, element: record.element }] : [];
    });
  }

  /** @returns {string} '' when nothing stands near enough */
  find({ element, rect }) {
    this.measured ??= this.measure();
    const after = ['checkbox', 'radio'].includes(element.type) ||
      ['checkbox', 'radio', 'switch'].includes(role_of(element));
    const named = after ? '' : label_before(element);
    if (named) return as_label(named);
    let best = { text: '', distance: Infinity };
    for (const { text, rect: at, element: owner } of this.measured) {
      // The label of another control is not this one's.
      const label = owner.closest('label');
      if (element.contains(owner) || (label && label.control && label.control !== element)) continue;
      const distance = label_distance(rect, at, after);
      if (distance < best.distance) best = { text, distance };
    }
    return as_label(best.text);
  }
}

/** A label that stands before the control, and is nobody's by its markup. */
function label_before(element) {
  const before = element.previousElementSibling;
  if (before?.localName !== 'label' || before.htmlFor || before.control || !shown_by_style(before)) return '';
  const text = fold(before.textContent);
  return text.length <= LABEL_CHARACTERS_MAX ? text : '';
}

const as_label = (text) => text.replace(/\s*[:*]+\s*$/, '');

function label_distance(control, text, after) {
  const middle = (text.top + text.bottom) / 2;
  const on_row = middle >= control.top && middle <= control.bottom;
  const left_gap = control.left - text.right;
  const right_gap = text.left - control.right;
  if (on_row && after && right_gap >= -2 && right_gap <= BESIDE_PX_MAX) return right_gap;
  if (on_row && left_gap >= -2 && left_gap <= BESIDE_PX_MAX) return left_gap + (after ? BESIDE_PX_MAX : 0);
  const above = control.top - text.bottom;
  const overlaps = text.left < control.right && text.right > control.left;
  if (overlaps && above >= -2 && above <= ABOVE_PX_MAX && Math.abs(text.left - control.left) < BESIDE_PX_MAX) {
    return above + 2 * BESIDE_PX_MAX;
  }
  return Infinity;
}
