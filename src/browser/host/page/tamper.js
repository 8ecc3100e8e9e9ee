// Makes the page show what an assertion forbids. `want` is what to bring about:
//   show, hide, text, append, texts, value, count, checked, enabled, editable, focused, empty,
//   attribute, url, title
// `groups` are the steps for which an element must be made inside `scope` when there is none.
// Returns '' or why there is no way to.

const TAG_OF_ROLE = {
  heading: 'h2', button: 'button', link: 'a', textbox: 'input', checkbox: 'input', radio: 'input',
  listitem: 'li', list: 'ul', paragraph: 'p', img: 'img', table: 'table', row: 'tr', cell: 'td',
  combobox: 'select', option: 'option', dialog: 'div', alert: 'div', status: 'div',
};

function set_native(element, property, value) {
  const prototype = Object.getPrototypeOf(element);
  const setter = Object.getOwnPropertyDescriptor(prototype, property)?.set;
  if (setter) setter.call(element, value);
  else element[property] = value;
}

function element_for(step) {
  const make = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text ?? '';
    return element;
  };
  const id = `shown-${Math.random().toString(36).slice(2)}`;
  switch (step.by) {
    case 'role': {
      const tag = { heading: `h${step.level ?? 2}` }[step.value] ?? TAG_OF_ROLE[step.value] ?? 'div';
      const box = ['li', 'ul', 'table', 'tr', 'td', 'option', 'select'].includes(tag) ? 'div' : tag;
      const element = make(box, box === 'input' || box === 'img' ? '' : step.name ?? 'shown');
      if (box === 'a') element.href = '#shown';
      if (['checkbox', 'radio'].includes(step.value)) element.type = step.value;
      if (box !== tag || !(step.value in TAG_OF_ROLE) || box === 'div') element.setAttribute('role', step.value);
      if (step.name !== undefined) element.setAttribute('aria-label', step.name);
      if (step.level && !/^h[1-6]$/.test(box)) element.setAttribute('aria-level', step.level);
      return element;
    }
    case 'text': return make('div', step.value);
    case 'label': {
      const element = make('input');
      element.setAttribute('aria-label', step.value);
      return element;
    }
    case 'placeholder': {
      const element = make('input');
      element.placeholder = step.value;
      return element;
    }
    case 'altText': {
      const element = make('img');
      element.alt = step.value;
      return element;
    }
    case 'title': {
      const element = make('div', 'shown');
      element.title = step.value;
      return element;
    }
    case 'testId': {
      const element = make('div', 'shown');
      element.setAttribute('data-testid', step.value);
      return element;
    }
    case 'css': return element_for_css(step.value, id);
    default: return null;
  }
}

/** For the plain selectors that are written down: tag, #id, .class, [attribute="value"]. */
function element_for_css(selector, id) {
  const last = selector.trim().split(/[\s>+~]+(?![^[]*\])/).pop();
  const element = document.createElement(/^[a-z][a-z0-9-]*/i.exec(last)?.[0] ?? 'div');
  element.textContent = 'shown';
  element.id = id;
  for (const [, name] of last.matchAll(/\.([\w-]+)/g)) element.classList.add(name);
  for (const [, name] of last.matchAll(/#([\w-]+)/g)) element.id = name;
  for (const [, name, value] of last.matchAll(/\[([\w-]+)(?:[~|^$*]?="?([^"\]]*)"?)?\]/g)) {
    element.setAttribute(name, value ?? '');
  }
  return element.matches(last) ? element : null;
}

/** Undoes whatever keeps the element from being seen. */
function make_visible(element) {
  for (let each = element; each; each = parent_of(each)) {
    each.hidden = false;
    if (each.nodeName === 'DETAILS') each.open = true;
    if (each.nodeName === 'DIALOG' && !each.open) each.setAttribute('open', '');
    const style = getComputedStyle(each);
    if (style.display === 'none') each.style.setProperty('display', 'block', 'important');
    if (style.opacity === '0') each.style.setProperty('opacity', '1', 'important');
    if (cuts_all(each)) each.style.setProperty('overflow', 'visible', 'important');
    if (style.contentVisibility === 'hidden') each.style.setProperty('content-visibility', 'visible', 'important');
  }
  if (getComputedStyle(element).visibility !== 'visible') {
    element.style.setProperty('visibility', 'visible', 'important');
  }
  give_box(element);
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

function give_box(element) {
  const { width, height } = element.getBoundingClientRect();
  if (width > 0 && height > 0) return;
  element.style.setProperty('display', 'inline-block', 'important');
  element.style.setProperty('min-width', '20px', 'important');
  element.style.setProperty('min-height', '20px', 'important');
}

function make_hidden(element) {
  element.style.setProperty('display', 'none', 'important');
}

/** "tbody tr" as a step for each of its parts; what is said of siblings stays as it is. */
function part_by_part([first, ...rest]) {
  const parts = first.by === 'css' && !/[+~,"()]/.test(first.value) ? first.value.trim().split(/\s*>\s*|\s+/) : [];
  if (parts.length < 2) return [[first, ...rest]];
  const steps = parts.map((value) => [{ ...first, value }]);
  steps.at(-1).push(...rest);
  return steps;
}

/** One element for each group of locator steps, one inside the other. */
function appear(scope, groups) {
  let place = scope;
  for (const [first, ...rest] of groups.flatMap(part_by_part)) {
    const element = element_for(first);
    if (!element) return null;
    for (const filter of rest.filter(({ by }) => by === 'filter')) {
      const inner = filter.has ? element_for(filter.has[0]) : document.createElement('span');
      if (!inner) return null;
      if (!filter.has) inner.textContent = filter.value;
      element.append(' ', inner);
    }
    place.append(element);
    give_box(element);
    place = element;
  }
  return place;
}

function with_text(element, text, whole) {
  if (['INPUT', 'TEXTAREA'].includes(element.nodeName)) set_native(element, 'value', text);
  else if (whole) element.textContent = text;
  else element.append(` ${text}`);
}

function put_count(found, scope, groups, wanted) {
  for (const element of found.slice(wanted)) element.remove();
  for (let i = found.length; i < wanted; i += 1) {
    if (found.length > 0) {
      const copy = found[0].cloneNode(true);
      copy.removeAttribute('id');
      found[0].after(copy);
    } else if (!appear(scope, groups)) return 'No element can be made that this locator matches.';
  }
  return '';
}

function enable(element, enabled) {
  if (!enabled) {
    if ('disabled' in element) element.disabled = true;
    else element.setAttribute('aria-disabled', 'true');
    return;
  }
  for (let each = element; each; each = parent_of(each)) {
    if (each === element || each.nodeName === 'FIELDSET') each.removeAttribute('disabled');
    if (each.hasAttribute('aria-disabled')) each.removeAttribute('aria-disabled');
  }
}

function put_checked(element, checked) {
  if (element.nodeName === 'INPUT') {
    element.indeterminate = false;
    set_native(element, 'checked', checked);
  } else element.setAttribute('aria-checked', String(checked));
}

function put_attribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function put_empty(element, empty) {
  const field = ['INPUT', 'TEXTAREA'].includes(element.nodeName);
  if (field) set_native(element, 'value', empty ? '' : 'shown');
  else element.textContent = empty ? '' : 'shown';
}

function put_focus(element, focused) {
  if (!focused) element.blur();
  else {
    if (!element.matches('a[href], button, input, select, textarea, [tabindex]')) element.tabIndex = -1;
    element.focus();
  }
}

function put_value(element, value) {
  if (element.nodeName === 'SELECT' && !Array.from(element.options, (o) => o.value).includes(value)) {
    element.append(new Option(value, value));
  }
  set_native(element, 'value', value);
}

/** @param {Element[]} found what the locator matches @param {Element} scope where to append */
function tamper(found, scope, { want, groups, value, values, attribute: name, count, present }) {
  const parent = scope ?? document.body;
  if (want === 'title') document.title = value;
  else if (want === 'url') history.pushState(null, '', value);
  else if (want === 'count') return put_count(found, parent, groups, count);
  else if (want === 'hide') found.forEach(make_hidden);
  else return change_first(found, parent, { want, groups, value, values, name, present });
  return '';
}

function change_first(found, scope, { want, groups, value, values, name, present }) {
  if (found.length === 0) {
    const made = appear(scope, groups);
    if (!made) return 'No element can be made that this locator matches.';
    found.push(made);
  }
  const each = found[0];
  make_visible(each);
  if (want === 'texts') {
    found.splice(values.length).forEach((extra) => extra.remove());
    values.forEach((text, i) => with_text(found[i] ?? clone_after(found), text, true));
  }
  if (want === 'text') with_text(each, value, true);
  if (want === 'append') with_text(each, value, false);
  if (want === 'value') put_value(each, value);
  if (want === 'checked') put_checked(each, value);
  if (want === 'enabled') enable(each, value);
  if (want === 'editable') {
    enable(each, true);
    if ('readOnly' in each) each.readOnly = !value;
    else each.setAttribute('aria-readonly', String(!value));
    if (value) each.removeAttribute('aria-readonly');
  }
  if (want === 'focused') put_focus(each, value);
  if (want === 'empty') put_empty(each, value);
  if (want === 'attribute') put_attribute(each, name, value);
  if (want === 'class') value.split(/\s+/).forEach((word) => each.classList.toggle(word, present));
  if (want === 'style') each.style.setProperty(name, value, 'important');
  return '';
}

function clone_after(found) {
  const copy = found[found.length - 1].cloneNode(true);
  found[found.length - 1].after(copy);
  found.push(copy);
  return copy;
}
