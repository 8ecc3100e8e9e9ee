'use strict';
// What becomes of the demo shop: each change rewrites what the shop answers (its pages, scripts and styles alike, so that it
// works as before), and says which scenarios cannot be healed by it, and what their reason must tell.

/** An edit of pages alone. */
const html = (...edits) => (text, type) => (type.includes('html') ? edits.reduce((t, [from, to]) => t.replace(from, to), text) : text);

/** Class names, wherever they stand as such. */
function classes(names) {
  const pairs = Object.entries(names).map(([from, to]) => [from, to, new RegExp(`(class="[^"]*)\\b${from}\\b`, 'g'), new RegExp(`\\.${from}\\b`, 'g')]);
  return (text, type) => pairs.reduce((t, [, to, attribute, selector]) =>
    (type.includes('html') ? t.replace(attribute, `$1${to}`) : t.replace(selector, `.${to}`)), text);
}

const everywhere = (from, to) => (text) => text.replace(from, to);

const CART = /<form id="update"[\s\S]*?<\/form>/;
const COUPON = /<form method="post" action="\/cart\/coupon"[\s\S]*?<\/form>/;

const GONE = /it is not on the page any more/;

const CHANGES = [
  // ---- to be healed ----
  { name: 'ids', edit: everywhere(/\btoasts\b/g, 'messages'), quick: true },
  { name: 'test ids', edit: html([/data-testid="result-count"/g, 'data-testid="found"']) },
  { name: 'classes', edit: classes({ badge: 'pip', totals: 'amounts', products: 'shelf', 'result-count': 'found' }) },
  { name: 'classes of containers', edit: classes({ cart: 'basket-lines', 'cart-end': 'below', filters: 'tools-row', sum: 'grand' }) },
  { name: 'wording of a button', edit: html([/>Update cart</g, '>Save changes<']), quick: true },
  { name: 'wording of a button in each row', edit: html([/title="Remove"/g, 'title="Take out"']) },
  { name: 'wording of buttons in cards', edit: html([/>Add to cart</g, '>Put into cart<']) },
  { name: 'wording of labels', edit: html([/(<label[^>]*>\s*)User name/g, '$1Login name']) },
  { name: 'wording of a placeholder', edit: html([/placeholder="Coupon code"/g, 'placeholder="Voucher"']) },
  { name: 'wording of a drop-down', edit: html([/Sort by/g, 'Order']) },
  { name: 'order of the header', edit: html([/(<nav>[\s\S]*?<\/nav>)\s*(<div class="tools">[\s\S]*?<\/div>)(?=\s*<\/div><\/header>)/, '$2$1']) },
  { name: 'order of buttons', edit: html([/(<button>Update cart<\/button>)\s*(<button formaction="\/cart\/empty"[\s\S]*?<\/button>)/, '$2 $1']) },
  { name: 'buttons wrapped', edit: html([/(<button(?! class="search)[\s\S]*?<\/button>)/g, '<span>$1</span>']), quick: true },
  { name: 'cards wrapped', edit: html([/(<li class="card">)([\s\S]*?)(<\/li>)/g, '$1<div><div>$2</div></div>$3']) },
  { name: 'tables wrapped', edit: html([/(<table[\s\S]*?<\/table>)/g, '<div><section>$1</section></div>']) },
  { name: 'coupon moved', edit: html([/(<table class="cart">[\s\S]*)(<form method="post" action="\/cart\/coupon"[\s\S]*?<\/form>)/, '$2$1']) },
  { name: 'messages moved', edit: (text, type) => {
    const [toasts] = type.includes('html') ? /<div id="toasts"[\s\S]*?(?=<\/body>)/.exec(text) ?? [] : [];
    return toasts ? text.replace(toasts, '').replace('<body>', `<body>${toasts}`) : text;
  } },
  { name: 'a button that is an input', edit: html([/<button>Update cart<\/button>/g, '<input type="submit" value="Update cart">']) },
  // ---- to be refused ----
  { name: 'no update button', edit: html([/<button>Update cart<\/button>/g, '']), breaks: ['Changing a quantity'], told: GONE, quick: true, removes: true },
  { name: 'no coupon', edit: html([COUPON, '']), breaks: ['A coupon counts only once'], told: GONE, removes: true },
  { name: 'no badge', edit: html([/<span\s+class="badge"[\s\S]*?<\/span>/g, '']), breaks: ['Adding a product'], told: GONE, removes: true },
  { name: 'no remove buttons', edit: html([/<button class="icon" name="id"\s+value="[^"]*" title="Remove">[\s\S]*?<\/button>/g, '']),
    breaks: ['Removing a product'], told: GONE, removes: true },
  { name: 'no total', edit: html([/<div class="sum">[\s\S]*?<\/div>/g, '']),
    breaks: ['Changing a quantity', 'Removing a product', 'A coupon counts only once'], told: GONE, removes: true },
  { name: 'no sorting', edit: html([/<label class="inline">Sort by[\s\S]*?<\/label>/g, '']), breaks: ['Sorting by price'], told: GONE, removes: true },
  { name: 'no password', edit: html([/<label>\s*Password[\s\S]*?<\/label>|<input[^>]*type="password"[^>]*>/g, '']),
    breaks: ['Valid user signs in', 'Locked user is refused', 'Unknown user is refused'], told: GONE, removes: true },
  { name: 'no cart form', edit: html([CART, '']), breaks: ['Changing a quantity'], told: GONE, removes: true },
  { name: 'another total', edit: html([/(<dt>Total<\/dt><dd>€ )\d/g, '$19']), quick: true, told: /not hold|not show/,
    breaks: ['Changing a quantity', 'Removing a product', 'A coupon counts only once'] },
  { name: 'another message', edit: everywhere(/(\w) was added to the cart\./g, '$1 was put aside.'), breaks: ['Adding a product'], told: /not hold|not show|any more/ },
  { name: 'another refusal', edit: html([/This account is locked[^<]*/g, 'Please try again.']), breaks: ['Locked user is refused'], told: /not hold|not show|any more/ },
  { name: 'another greeting', edit: html([/Hello, Anna/g, 'Welcome']), breaks: ['Valid user signs in'], told: /not hold|not show|any more/ },
];

module.exports = { CHANGES };
