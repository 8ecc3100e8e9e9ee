// Accessible names and descriptions, by the "Accessible Name and Description Computation" as
// Playwright's getByRole reads it.
//
// `how` says where the computation stands:
//   part   'self' for the element asked about, 'within' below it, undefined in a text fetched for it
//   via    'labelledby', 'describedby', 'label' or 'native' (legend, caption …) once in such a text
//   hidden that text comes from a hidden element, so hidden parts count
//   seen   elements visited already

const set_of = (words) => new Set(words.split(' '));

const NEVER_NAMED = set_of('caption code definition deletion emphasis generic insertion mark paragraph ' +
  'presentation strong subscript suggestion superscript term time');
const NAMED_BY_CONTENT = set_of('button cell checkbox columnheader gridcell heading link menuitem ' +
  'menuitemcheckbox menuitemradio option radio row rowheader switch tab tooltip treeitem');
const PART_BY_CONTENT = set_of('caption code contentinfo definition deletion emphasis insertion list ' +
  'listitem mark none paragraph presentation region row rowgroup section strong subscript ' +
  'superscript table term time');
PART_BY_CONTENT.add('');
const NAMED_BY_PLACEHOLDER = set_of('text password number search tel email url');

/** What `content` of a style adds: its strings and attr()s; undefined when it adds nothing. */
function css_content(element, style, pseudo) {
  let { content } = style;
  if (!content || content === 'none' || content === 'normal') return undefined;
  if (style.display === 'none' || style.visibility === 'hidden') return undefined;
  const alternative = /(?:^|\s)\/\s*((?:"(?:[^"\\]|\\.)*"\s*)+)$/.exec(content);
  if (alternative) [, content] = alternative;
  else if (!pseudo) return undefined;
  const token = /\s*(?:"((?:[^"\\]|\\.)*)"|attr\(\s*([\w-]+)\s*\))\s*/y;
  let text = '';
  while (token.lastIndex < content.length) {
    const found = token.exec(content);
    if (!found) return undefined;
    text += found[2] ? element.getAttribute(found[2]) || ''
      : found[1].replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (all, code, char) =>
        code ? String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)) : char);
  }
  return pseudo && style.display !== 'inline' ? ` ${text} ` : text;
}

/** @param {'before' | 'after'} name */
const pseudo_text = (element, name) => remembered(cache[name], element, () =>
  css_content(element, getComputedStyle(element, `::${name}`), true) ?? '');

function content_name(element, how) {
  const pseudo = (name) => pseudo_text(element, name);
  const tokens = [pseudo('before')];
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) tokens.push(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const name = name_part(node, how);
    tokens.push(style_of(node).display === 'inline' && node.nodeName !== 'BR' ? name : ` ${name} `);
  };
  const replaced = css_content(element, style_of(element), false);
  if (replaced !== undefined) {
    tokens.push(replaced);
  } else {
    const slotted = element.nodeName === 'SLOT' ? element.assignedNodes() : [];
    if (slotted.length > 0) slotted.forEach(visit);
    else {
      for (const child of element.childNodes) if (!child.assignedSlot) visit(child);
      for (const child of element.shadowRoot?.childNodes ?? []) if (!child.assignedSlot) visit(child);
      for (const owned of referenced(element, element.getAttribute('aria-owns'))) visit(owned);
    }
  }
  tokens.push(pseudo('after'));
  return tokens.join('');
}

/** The text of other elements that name this one. */
const fetched = (elements, how, via) => elements.map((each) => name_part(each, {
  seen: how.seen, via, hidden: is_aria_hidden(each),
})).filter(Boolean).join(' ');

const first_child = (element, tag) => Array.from(element.children).find((child) => tag_of(child) === tag);

/** The value of a control that stands inside the text of a label or of another name. */
function embedded_value(element, role, how) {
  const tag = tag_of(element);
  if (role === 'textbox' || role === 'searchbox') {
    return tag === 'input' || tag === 'textarea' ? element.value : element.textContent;
  }
  if (role === 'combobox' || role === 'listbox') {
    if (tag === 'select') {
      const chosen = element.selectedOptions.length > 0
        ? [...element.selectedOptions] : [...element.options].slice(0, 1);
      return chosen.map((option) => name_part(option, how)).join(' ');
    }
    if (tag === 'input') return element.value;
    return Array.from(element.querySelectorAll('[role=option][aria-selected="true"]'),
      (option) => name_part(option, how)).join(' ');
  }
  if (['progressbar', 'scrollbar', 'slider', 'spinbutton', 'meter'].includes(role)) {
    return element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ??
      element.getAttribute('value') ?? '';
  }
  return role === 'menu' ? '' : null;
}

const attribute = (element, name) => element.getAttribute(name) || '';

function input_name(element, how) {
  const { type } = element;
  const labels = [...element.labels ?? []];
  const title = attribute(element, 'title');
  if (['button', 'submit', 'reset'].includes(type)) {
    if (element.value.trim()) return element.value;
    return { submit: 'Submit', reset: 'Reset' }[type] ?? title;
  }
  if (labels.length > 0 && !(how.via === 'labelledby' && (type === 'file' || type === 'image'))) {
    return fetched(labels, how, 'label');
  }
  if (type === 'file') return 'Choose File';
  if (type === 'image') return [attribute(element, 'alt'), title].find((s) => s.trim()) ?? 'Submit';
  return title || (NAMED_BY_PLACEHOLDER.has(type) ? attribute(element, 'placeholder') : '');
}

/** The name that HTML itself gives; null where the tag has no say. */
function native_name(element, how, labelledby) {
  const tag = tag_of(element);
  const title = attribute(element, 'title');
  const of_child = (child_tag) => {
    const child = first_child(element, child_tag);
    return child && name_part(child, {
      ...how, part: how.part && 'within', via: 'native', hidden: is_aria_hidden(child),
    });
  };
  if (tag === 'input' && (!labelledby || /^(button|submit|reset|file|image)$/.test(element.type))) {
    return input_name(element, how);
  }
  if (!labelledby) {
    const labels = [...element.labels ?? []];
    if (labels.length > 0 && ['button', 'output', 'textarea', 'select', 'meter', 'progress'].includes(tag)) {
      return fetched(labels, how, 'label');
    }
    if (tag === 'textarea') return title || attribute(element, 'placeholder');
    if (['output', 'select', 'meter', 'progress'].includes(tag)) return title;
    if (tag === 'fieldset') return of_child('legend') ?? title;
    if (tag === 'figure') return of_child('figcaption') ?? title;
  }
  if (tag === 'img' || tag === 'area') {
    return attribute(element, 'alt').trim() ? attribute(element, 'alt') : title;
  }
  if (tag === 'table') return of_child('caption') ?? (attribute(element, 'summary') || null);
  if (tag === 'svg' || element.ownerSVGElement) {
    const child = first_child(element, 'title');
    if (child) {
      return name_part(child, { ...how, via: 'labelledby', hidden: is_aria_hidden(child) });
    }
    const link = attribute(element, 'xlink:title');
    if (element.ownerSVGElement && tag === 'a' && link.trim()) return link;
  }
  return null;
}

function name_part(element, how) {
  if (how.seen.has(element)) return '';
  const labelledby = referenced(element, element.getAttribute('aria-labelledby'));
  if (IGNORED.has(tag_of(element)) || (!how.hidden && is_aria_hidden(element))) {
    how.seen.add(element);
    return '';
  }
  if (how.via !== 'labelledby' && labelledby.length > 0) {
    const name = labelledby.map((each) => name_part(each, {
      seen: how.seen, via: 'labelledby', hidden: is_aria_hidden(each),
    })).join(' ');
    if (name) return name;
  }
  const role = role_of(element);
  const below = { ...how, part: how.part && 'within' };
  how.seen.add(element);
  if ((['label', 'labelledby'].includes(how.via) || how.part === 'within') &&
    ![...element.labels ?? []].includes(element) && !labelledby.includes(element)) {
    const value = embedded_value(element, role, below);
    if (value !== null) return value;
  }
  const label = attribute(element, 'aria-label');
  if (label.trim()) return label;
  if (!is_for_looks(role)) {
    const native = native_name(element, how, labelledby.length > 0);
    if (native !== null) return native;
  }
  const by_content = NAMED_BY_CONTENT.has(role) || how.via !== undefined ||
    (how.part === 'within' && PART_BY_CONTENT.has(role)) ||
    (tag_of(element) === 'summary' && !is_for_looks(role));
  const name = by_content ? content_name(element, below) : '';
  if (how.part === 'self' ? name.trim() : name) return name;
  const title = attribute(element, 'title');
  return !is_for_looks(role) && title.trim() ? title : '';
}

function name_of(element) {
  const role = role_of(element);
  return NEVER_NAMED.has(role) ? '' : fold(name_part(element, { part: 'self', seen: new Set() }));
}

function description_of(element) {
  if (element.hasAttribute('aria-describedby')) {
    return fold(referenced(element, element.getAttribute('aria-describedby')).map((each) =>
      name_part(each, { seen: new Set(), via: 'describedby', hidden: is_aria_hidden(each) })).join(' '));
  }
  return fold(element.getAttribute('aria-description') ?? attribute(element, 'title'));
}
