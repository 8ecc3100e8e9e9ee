'use strict';

const http = require('node:http');
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { parse_bugs } = require('./bugs.js');
const { State } = require('./state.js');
const { html, page } = require('./html.js');
const {
  HttpError, read_form, session_id, session_cookie, send, send_html, redirect,
} = require('./http.js');

const USAGE = 'usage: node server.js [--port 3000] [--host 127.0.0.1] [--bugs name,name]';

const ASSETS_FOLDER = path.join(__dirname, 'assets');
const ASSET_TYPES = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
};
const ASSETS = new Map(fs.readdirSync(ASSETS_FOLDER).map((name) => [`/assets/${name}`, {
  type: ASSET_TYPES[path.extname(name)], body: fs.readFileSync(path.join(ASSETS_FOLDER, name)),
}]));

/** Each page is `[method, path, handler]`; `:name` in a path stands for one segment. */
const ROUTES = [
  ...require('./pages/sign_in.js'),
  ...require('./pages/catalogue.js'),
  ...require('./pages/product.js'),
  ...require('./pages/reviews.js'),
  ...require('./pages/cart.js'),
  ...require('./pages/checkout.js'),
  ...require('./pages/orders.js'),
  ...require('./pages/account.js'),
  ...require('./pages/shops.js'),
  ...require('./pages/tea_box.js'),
  ...require('./pages/gift_list.js'),
  ...require('./pages/office.js'),
  ...require('./pages/help.js'),
  ['GET', '/', (ctx) => redirect(ctx.res, '/products')],
  ['POST', '/reset', (ctx) => {
    ctx.state.reset();
    ctx.res.writeHead(204).end();
  }],
].map(([method, pattern, handler]) => ({
  method, handler, pattern: new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}));

/** What a handler gets: the request, the state, the visitor's session, and ways to answer. */
class Context {
  constructor(state, req, res, url, params) {
    Object.assign(this, { state, req, res, url, params });
    this.session = state.session(session_id(req));
    this.session_id_seen = session_id(req);
  }

  form() {
    return read_form(this.req);
  }

  /** Answers with a page. */
  show(title, content, status = 200) {
    this.give_cookie();
    const { user, notice } = this.session;
    this.session.notice = null;
    const count = this.state.cart_count(this.session);
    const view = { title, user, notice, count, path: this.url.pathname, bugs: this.state.bugs };
    send_html(this.res, page(view, content), status);
  }

  redirect(to) {
    this.give_cookie();
    redirect(this.res, to);
  }

  give_cookie() {
    if (this.session.id !== this.session_id_seen) {
      this.res.setHeader('Set-Cookie', session_cookie(this.session.id));
    }
  }

  /** Sends a visitor who is not signed in to the sign-in page. */
  must_sign_in() {
    if (this.session.user) return false;
    this.redirect(`/sign-in?next=${encodeURIComponent(this.url.pathname)}`);
    return true;
  }
}

async function answer(state, req, res) {
  if (!URL.canParse(req.url, 'http://shop')) {
    send(res, 400, 'text/plain', 'This address cannot be read.\n');
    return;
  }
  const url = new URL(req.url, 'http://shop');
  const asset = req.method === 'GET' && ASSETS.get(url.pathname);
  if (asset) {
    send(res, 200, asset.type, asset.body, { 'Cache-Control': 'max-age=60' });
    return;
  }
  const matching = ROUTES.filter((route) => route.pattern.test(url.pathname));
  const route = matching.find((each) => each.method === req.method);
  const params = route?.pattern.exec(url.pathname).groups ?? {};
  const ctx = new Context(state, req, res, url, params);
  try {
    if (!route) {
      throw matching.length > 0
        ? new HttpError(405, 'This page cannot be asked for like that.')
        : new HttpError(404, 'We do not have this page.');
    }
    await route.handler(ctx);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const title = error.status === 404 ? 'Page not found' : 'Not possible';
    ctx.show(title, html`<h1>${title}</h1><p>${error.message}</p>
<p><a href="/products">Back to the products</a></p>`, error.status);
  }
}

/** @param {{bugs?: Set<string>, now?: () => Date}} options */
function create_server({ bugs = new Set(), now = () => new Date() } = {}) {
  const state = new State({ bugs, now });
  return http.createServer((req, res) => {
    answer(state, req, res).catch((error) => {
      console.error(error);
      if (res.headersSent) res.destroy();
      else send(res, 500, 'text/plain', 'Something went wrong in the shop.\n');
    });
  });
}

function read_options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3000' },
        host: { type: 'string', default: '127.0.0.1' },
        bugs: { type: 'string', default: '' },
      },
    });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535) {
      throw new Error(`not a port: ${values.port}`);
    }
    return { port: Number(values.port), host: values.host, bugs: parse_bugs(values.bugs) };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}

function main() {
  const { port, host, bugs } = read_options();
  const server = create_server({ bugs });
  server.on('error', (error) => {
    console.error(`cannot listen on ${host}:${port}: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, host, () => {
    const name = host.includes(':') ? `[${host}]` : host;
    console.log(`listening on http://${name}:${server.address().port}`);
  });
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  }
}

if (require.main === module) main();

module.exports = { create_server };
