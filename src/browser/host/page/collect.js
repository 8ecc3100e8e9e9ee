// The page as a list of elements in DOM order (browser.h: Snapshot, Element).

const VISITED_MAX = 60000; // nodes of one page
const COLLECT_MS_MAX = 1500; // to find the elements, and again to describe them
const ATTRIBUTE_BYTES_MAX = 1000;
const ADDRESS_BYTES_MAX = 2000;
const PART_CHARACTERS_MAX = 20000; // that are read of one text; what is kept of it is far less
const OPTIONS_MAX = 200;
const CHARACTERS_MAX = 4000000; // of one snapshot
const RUNS_MAX = 5000; // texts considered as labels

const encoder = new TextEncoder();

/** At most `bytes` of UTF-8, whole characters. */
function clip(text, bytes) {
  if (text.length * 3 <= bytes) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes));
  return read < text.length ? text.slice(0, read) : text;
}
const clip_attribute = (element, name) => clip(element.getAttribute(name) || '', ATTRIBUTE_BYTES_MAX);

const CONTROL_ROLES = set_of('textbox searchbox combobox listbox spinbutton slider checkbox radio switch');
const CLICK_ROLES = set_of('button link checkbox radio switch tab menuitem menuitemcheckbox ' +
  'menuitemradio option treeitem combobox textbox searchbox spinbutton slider');
const GROUPING_TAGS = set_of('article section form fieldset li tr dl ul ol table aside main nav header ' +
  'footer dialog details figure');
const SKIPPED = set_of('head script style noscript template meta link base title object ' +
  'option optgroup datalist');
const FRAMES = set_of('iframe frame');
// What sites mark elements with for tests of their own, beside the data-testid that Playwright knows.
const HOOKS = ['data-test', 'data-test-id', 'data-cy', 'data-qa', 'data-e2e', 'data-automation-id'];
const hook_of = (element) => HOOKS.find((name) => element.getAttribute(name)) ?? '';

function is_clickable(element, tag, role) {
  if (tag === 'a' ? element.hasAttribute('href') : ['button', 'select', 'textarea', 'summary'].includes(tag)) {
    return true;
  }
  if (tag === 'input' || CLICK_ROLES.has(role) || has_tabindex(element)) return true;
  if (element.hasAttribute('onclick') || typeof element.onclick === 'function') return true;
  if (element.isContentEditable) return !element.parentElement?.isContentEditable;
  const parent = parent_of(element);
  return style_of(element).cursor === 'pointer' &&
    (parent === null || style_of(parent).cursor !== 'pointer');
}

/** One walk over the page. Records are in DOM order; what is worth keeping is known at the end. */
class Collector {
  constructor(limits) {
    this.limits = limits;
    this.records = [];
    this.runs = [];
    this.kept = 0;
    this.visited = 0;
    document.documentElement?.getBoundingClientRect(); // laying the page out is not our time
    this.deadline = performance.now() + COLLECT_MS_MAX;
    this.truncated = false;
    this.active = document.activeElement;
    while (this.active?.shadowRoot?.activeElement) this.active = this.active.shadowRoot.activeElement;
    this.roots = [];
  }

  is_full() {
    this.visited += 1;
    if (this.kept >= this.limits.elements_max || this.visited > VISITED_MAX ||
      (this.visited % 256 === 0 && performance.now() > this.deadline)) this.truncated = true;
    return this.truncated;
  }

  /** @returns {string} the visible text of the element, folded */
  enter(element, parent, depth) {
    const tag = tag_of(element);
    const in_list = tag === 'option' || tag === 'optgroup';
    if (SKIPPED.has(tag) && !(in_list && element.getBoundingClientRect().height > 0)) return '';
    // A file is chosen in a field that many pages hide behind a button or label of their own.
    const takes_file = tag === 'input' && element.type === 'file';
    if (this.is_full() || (style_of(element).display === 'none' && !takes_file)) return '';
    if (element.shadowRoot) this.roots.push(element.shadowRoot);
    const rect = element.getBoundingClientRect();
    // Controls may be made invisible and drawn by something else; they take effect all the same.
    const visible = is_drawn_by_label(element, tag, rect) ||
      (is_visible(element, rect) && (!is_unseen(element) || is_clickable(element, tag, role_of(element))));
    const record = { element, tag, rect, parent, visible, keep: false, inner: 0, text: '', own_text: '' };
    const told = visible || takes_file;
    if (told) this.records.push(record);
    this.read_children(record, told ? record : parent, depth);
    if (told) this.decide(record);
    return record.text;
  }

  read_children(record, parent, depth) {
    const { element, tag } = record;
    const readable = !['textarea', 'select'].includes(tag) && shown_by_style(element) && !is_unseen(element);
    if (tag === 'select' && !(element.multiple || element.size > 1)) return;
    if (tag === 'svg' || tag === 'math' || FRAMES.has(tag)) return;
    const before = this.records.length;
    let text = '';
    let own = '';
    for (const child of children_of(element)) {
      if (this.truncated) break;
      if (child.nodeType === Node.TEXT_NODE && readable) {
        const part = child.substringData(0, PART_CHARACTERS_MAX);
        own += `${part} `;
        text += part;
        if (this.runs.length < RUNS_MAX && part.trim()) this.runs.push({ node: child, record });
      } else if (child.nodeType === Node.ELEMENT_NODE && depth < this.limits.depth_max) {
        const part = this.enter(child, parent, depth + 1);
        const inline = child.nodeName !== 'BR' && style_of(child).display.startsWith('inline');
        if (text.length < this.limits.text_bytes_max * 2) text += inline ? part : ` ${part} `;
      }
    }
    record.inner = this.records.length - before;
    record.text = fold_ends(clip(text.replace(/\s+/g, ' '), this.limits.text_bytes_max));
    record.own_text = clip(fold(own), this.limits.text_bytes_max);
  }

  decide(record) {
    const { element, tag } = record;
    record.hidden = is_aria_hidden(element);
    const role = record.hidden ? '' : role_of(element);
    record.role = is_for_looks(role) || role === 'generic' ? '' : role;
    record.clickable = is_clickable(element, tag, record.role);
    record.keep = record.role !== '' || record.own_text !== '' || record.clickable ||
      element.hasAttribute('aria-label') || element.hasAttribute('title') ||
      element.hasAttribute('data-testid') || hook_of(element) !== '' || FRAMES.has(tag) ||
      ((tag === 'img' || tag === 'input') && (element.getAttribute('alt') || tag === 'input'));
    record.below = record.below ?? 0;
    if (!record.keep && record.below > 0) {
      record.keep = record.below > 1 || GROUPING_TAGS.has(tag);
    }
    if (tag === 'html' || tag === 'body') record.keep = false;
    if (record.keep) this.kept += 1;
    // A box that is not kept hands what it holds up to its parent.
    if (record.parent) {
      record.parent.below = (record.parent.below ?? 0) + (record.keep ? 1 : record.below);
    }
  }

  finish() {
    const kept = this.records.filter((record) => record.keep).slice(0, this.limits.elements_max);
    kept.forEach((record, id) => { record.id = id; });
    const nearby = new NearbyLabels(this.runs);
    let characters = 0;
    this.elements = [];
    const described = [];
    for (const record of kept) {
      const data = describe(record, this.active, nearby);
      characters += data.text.length + data.name.length + data.own_text.length + data.value.length;
      if (characters > CHARACTERS_MAX || (record.id % 64 === 0 &&
        performance.now() > this.deadline + COLLECT_MS_MAX)) {
        this.truncated = true;
        break;
      }
      described.push(data);
      this.elements.push(record.element);
    }
    return described;
  }
}

/** Leading and trailing blanks stay as one: they part this text from its neighbours'. */
const fold_ends = (text) => text.replace(/[\u200b\u00ad]/g, '');

function parent_id(record) {
  for (let each = record.parent; each; each = each.parent) {
    if (each.id !== undefined) return each.id;
  }
  return -1;
}

/** getByLabel finds the control by these. */
function associated_label(element) {
  const referenced_labels = referenced(element, element.getAttribute('aria-labelledby'));
  if (referenced_labels.length > 0) {
    return fold(referenced_labels.map((each) => each.textContent).join(' '));
  }
  const label = fold(attribute(element, 'aria-label'));
  if (label) return label;
  return fold([...element.labels ?? []].map(label_text).join(' '));
}

/** A box of no size whose label is there to be pressed: a switch that is drawn by its label. */
function is_drawn_by_label(element, tag, rect) {
  return tag === 'input' && ['checkbox', 'radio'].includes(element.type) && (rect.width === 0 || rect.height === 0) &&
    shown_by_style(element) && [...element.labels ?? []].some((label) => is_visible(label, label.getBoundingClientRect()));
}

/** The text of a label without that of controls inside it. */
function label_text(label) {
  let text = '';
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (node.nodeType === Node.ELEMENT_NODE &&
      !['select', 'textarea', 'button', 'script', 'style'].includes(tag_of(node))) {
      for (const child of children_of(node)) visit(child);
    }
  };
  visit(label);
  return text;
}

const tristate = (element, name) => {
  const value = element.getAttribute(name);
  return value === 'true' ? true : value === 'false' || value === 'mixed' ? false : undefined;
};

function states(element, tag, role) {
  const states = {
    checked: tristate(element, 'aria-checked'),
    expanded: tristate(element, 'aria-expanded'),
    selected: tristate(element, 'aria-selected'),
    pressed: tristate(element, 'aria-pressed'),
  };
  if (tag === 'input' && ['checkbox', 'radio'].includes(element.type)) states.checked = element.checked;
  if (tag === 'details') states.expanded = element.open;
  if (tag === 'option') states.selected = element.selected;
  if (['checkbox', 'radio', 'switch'].includes(role)) states.checked ??= false;
  return states;
}

function heading_level(element, role) {
  if (role !== 'heading') return 0;
  const stated = Number(element.getAttribute('aria-level'));
  return Number(/^h([1-6])$/.exec(tag_of(element))?.[1] ?? (stated >= 1 ? Math.trunc(stated) : 2));
}

function value_of(element, tag) {
  if (tag === 'input' && ['password', 'checkbox', 'radio', 'file'].includes(element.type)) return '';
  if (['input', 'textarea', 'select'].includes(tag)) return String(element.value);
  if (['progress', 'meter'].includes(tag)) return String(element.value);
  return element.isContentEditable && !element.parentElement?.isContentEditable ? element.textContent : '';
}

/** What names the frame alone in its document; the best that a test can say of it first. */
function frame_selector(element) {
  const tag = tag_of(element);
  const root = element.getRootNode();
  const with_attribute = (name) => {
    const value = element.getAttribute(name);
    return value && value.length <= 200 ? `${tag}[${name}=${JSON.stringify(value)}]` : null;
  };
  const id = element.id && !/\d{3}|:/.test(element.id) ? `#${CSS.escape(element.id)}` : null;
  for (const selector of [id, ...['title', 'name', 'src'].map(with_attribute)]) {
    if (selector && root.querySelectorAll(selector).length === 1) return selector;
  }
  return `${tag} >> nth=${[...root.querySelectorAll(tag)].indexOf(element)}`;
}

function describe(record, active, nearby) {
  const { element, tag, role, rect } = record;
  const is_control = CONTROL_ROLES.has(role) || (tag === 'input' && element.type !== 'hidden') ||
    tag === 'textarea' || tag === 'select';
  const button = tag === 'input' && /^(submit|button|reset|image)$/.test(element.type);
  const label = is_control && !button ? associated_label(element) : '';
  const text = fold(record.text);
  const short = (value) => clip(String(value ?? ''), ATTRIBUTE_BYTES_MAX);
  const options = tag === 'select' ? [...element.options].slice(0, OPTIONS_MAX) : [];
  return {
    parent: parent_id(record),
    tag: short(tag),
    role,
    name: role ? clip(name_of(element), ATTRIBUTE_BYTES_MAX) : '',
    description: role || is_control ? short(description_of(element)) : '',
    text,
    own_text: record.own_text,
    drawn: short(fold(`${pseudo_text(element, 'before')} ${pseudo_text(element, 'after')}`)),
    label: clip(label || (is_control && !button ? nearby.find(record) : ''), 400),
    label_is_associated: label !== '',
    placeholder: clip_attribute(element, 'placeholder'),
    title: clip_attribute(element, 'title'),
    alt: clip_attribute(element, 'alt'),
    test_id: clip_attribute(element, 'data-testid'),
    hook: hook_of(element),
    hook_value: hook_of(element) && clip_attribute(element, hook_of(element)),
    html_id: clip_attribute(element, 'id'),
    html_name: clip_attribute(element, 'name'),
    css_class: clip_attribute(element, 'class'),
    type: tag === 'input' || tag === 'button' ? short(element.type) : clip_attribute(element, 'type'),
    href: typeof element.href === 'string' ? short(element.href) : clip_attribute(element, 'href'),
    value: short(value_of(element, tag)),
    options: options.map((option) => clip(fold(option.label), 200)),
    selected_option: tag === 'select' ? short(fold(element.selectedOptions[0]?.label ?? '')) : '',
    disabled: is_disabled(element),
    required: element.required === true || element.getAttribute('aria-required') === 'true',
    readonly: (['input', 'textarea'].includes(tag) && element.readOnly) ||
      element.getAttribute('aria-readonly') === 'true',
    focused: element === active,
    ...states(element, tag, role),
    level: heading_level(element, role),
    clickable: record.clickable,
    ...!record.visible && { hidden: true },
    ...FRAMES.has(tag) && { frame_selector: frame_selector(element) },
    box: [rect.left + scrollX, rect.top + scrollY, rect.width, rect.height].map(Math.round),
  };
}
