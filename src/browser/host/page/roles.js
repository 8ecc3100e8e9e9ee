// ARIA roles: explicit ones, else those that HTML-AAM gives to the tag.

const ROLES = new Set(('alert alertdialog application article banner blockquote button caption cell ' +
  'checkbox code columnheader combobox complementary contentinfo definition deletion dialog ' +
  'directory document emphasis feed figure form generic grid gridcell group heading img insertion ' +
  'link list listbox listitem log main mark marquee math meter menu menubar menuitem ' +
  'menuitemcheckbox menuitemradio navigation none note option paragraph presentation progressbar ' +
  'radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider ' +
  'spinbutton status strong subscript superscript switch tab table tablist tabpanel term textbox ' +
  'time timer toolbar tooltip tree treegrid treeitem').split(' '));

const TAG_ROLES = {
  article: 'article', aside: 'complementary', blockquote: 'blockquote', button: 'button',
  caption: 'caption', code: 'code', datalist: 'listbox', dd: 'definition', del: 'deletion',
  details: 'group', dfn: 'term', dialog: 'dialog', dt: 'term', em: 'emphasis', fieldset: 'group',
  figure: 'figure', h1: 'heading', h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading',
  h6: 'heading', hr: 'separator', html: 'document', ins: 'insertion', li: 'listitem', main: 'main',
  mark: 'mark', math: 'math', menu: 'list', meter: 'meter', nav: 'navigation', ol: 'list',
  optgroup: 'group', option: 'option', output: 'status', p: 'paragraph', progress: 'progressbar',
  search: 'search', strong: 'strong', sub: 'subscript', sup: 'superscript', svg: 'img',
  table: 'table', tbody: 'rowgroup', textarea: 'textbox', tfoot: 'rowgroup', thead: 'rowgroup',
  time: 'time', tr: 'row', ul: 'list',
};

const INPUT_ROLES = {
  button: 'button', checkbox: 'checkbox', image: 'button', number: 'spinbutton', radio: 'radio',
  range: 'slider', reset: 'button', submit: 'button', file: 'button', hidden: '',
};

const SECTIONS = 'article:not([role]), aside:not([role]), main:not([role]), nav:not([role]), ' +
  'section:not([role]), [role=article], [role=complementary], [role=main], [role=navigation], ' +
  '[role=region]';

const has_explicit_name = (element) =>
  element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby');

const has_tabindex = (element) =>
  element.hasAttribute('tabindex') && !Number.isNaN(Number(element.getAttribute('tabindex')));

function is_focusable(element) {
  const tag = tag_of(element);
  if (element.matches(':disabled')) return false;
  if (['button', 'details', 'select', 'textarea'].includes(tag)) return true;
  if (tag === 'a' || tag === 'area') return element.hasAttribute('href') || has_tabindex(element);
  return (tag === 'input' && !element.hidden) || has_tabindex(element);
}

const GLOBAL_ATTRIBUTES = ('atomic busy controls current describedby details dropeffect flowto grabbed ' +
  'hidden keyshortcuts label labelledby live owns relevant roledescription')
  .split(' ').map((name) => `aria-${name}`);
const UNNAMED_ROLES = new Set(('caption code deletion emphasis generic insertion paragraph presentation ' +
  'strong subscript superscript').split(' '));

const has_global_attribute = (element, role) => GLOBAL_ATTRIBUTES.some((name) =>
  element.hasAttribute(name) &&
  !((name === 'aria-label' || name === 'aria-labelledby') && UNNAMED_ROLES.has(role)) &&
  !(name === 'aria-roledescription' && role === 'generic'));

function input_role(element) {
  const type = element.type.toLowerCase();
  if (type in INPUT_ROLES) return INPUT_ROLES[type];
  if (['email', 'search', 'tel', 'text', 'url'].includes(type)) {
    const [list] = referenced(element, element.getAttribute('list'));
    if (list && tag_of(list) === 'datalist') return 'combobox';
  }
  return type === 'search' ? 'searchbox' : 'textbox';
}

function header_cell_role(element) {
  const scope = element.getAttribute('scope');
  if (scope === 'col' || scope === 'colgroup') return 'columnheader';
  if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
  const siblings = [element.previousElementSibling, element.nextElementSibling];
  const is_header = (cell) => cell !== null && tag_of(cell) === 'th';
  const has_data = (cell) => cell !== null && tag_of(cell) === 'td' &&
    (cell.textContent.trim() !== '' || cell.children.length > 0);
  if (siblings.every((cell) => cell === null)) {
    return element.closest('table')?.rows.length <= 1 ? '' : 'columnheader';
  }
  if (siblings.every(is_header)) return 'columnheader';
  return siblings.some(has_data) ? 'rowheader' : 'columnheader';
}

function tag_role(element) {
  const tag = tag_of(element);
  switch (tag) {
    case 'a':
    case 'area': return element.hasAttribute('href') ? 'link' : '';
    case 'header': return closest(element, SECTIONS) ? '' : 'banner';
    case 'footer': return closest(element, SECTIONS) ? '' : 'contentinfo';
    case 'form': return has_explicit_name(element) ? 'form' : '';
    case 'section': return has_explicit_name(element) ? 'region' : '';
    case 'img': return element.getAttribute('alt') === '' && !element.getAttribute('title') &&
      !has_global_attribute(element, '') && !has_tabindex(element) ? 'presentation' : 'img';
    case 'input': return input_role(element);
    case 'select': return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    case 'td': return ['grid', 'treegrid'].includes(explicit_role(closest(element, 'table')))
      ? 'gridcell' : 'cell';
    case 'th': return header_cell_role(element);
    default: return TAG_ROLES[tag] || '';
  }
}

const explicit_role = (element) =>
  (element?.getAttribute('role') || '').split(/\s+/).find((role) => ROLES.has(role)) || '';

// A list or table that is only for looks takes its parts with it.
const PARTS = {
  dd: ['dl', 'div'], div: ['dl'], dt: ['dl', 'div'], li: ['ol', 'ul'], tbody: ['table'], td: ['tr'],
  tfoot: ['table'], th: ['tr'], thead: ['table'], tr: ['thead', 'tbody', 'tfoot', 'table'],
};
const is_for_looks = (role) => role === 'none' || role === 'presentation';

function implicit_role(element) {
  const role = tag_role(element);
  if (!role) return '';
  for (let each = element; ;) {
    const parent = parent_of(each);
    if (!parent || !PARTS[tag_of(each)]?.includes(tag_of(parent))) return role;
    const parent_role = explicit_role(parent);
    if (is_for_looks(parent_role) && !has_global_attribute(parent, parent_role) &&
      !is_focusable(parent)) return parent_role;
    each = parent;
  }
}

const role_of = (element) => remembered(cache.role, element, () => {
  const role = explicit_role(element);
  if (!role) return implicit_role(element);
  if (is_for_looks(role)) {
    const implied = implicit_role(element);
    if (has_global_attribute(element, implied) || is_focusable(element)) return implied;
  }
  return role;
});
