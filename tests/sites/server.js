'use strict';
// Serves a folder of plain files on loopback, as the usual static hosts do: a folder answers with its index.html, and an
// address without an ending with the .html of that name, or the start page.
const http = require('node:http');
const fs = require('node:fs');
const path = require('node:path');

const TYPES = {
  '.css': 'text/css', '.gif': 'image/gif', '.htm': 'text/html; charset=utf-8', '.html': 'text/html; charset=utf-8', '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg', '.js': 'text/javascript', '.json': 'application/json', '.map': 'application/json',
  '.mjs': 'text/javascript', '.pdf': 'application/pdf', '.png': 'image/png', '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm', '.woff': 'font/woff', '.woff2': 'font/woff2',
};

/** Where public networks for npm packages have a file of one: their own address, then package and file. */
const PACKAGE_FILE = /(?:https?:)?\/\/(?:cdn\.jsdelivr\.net\/npm|unpkg\.com)\/((?:@[\w.-]+\/)?[\w.-]+)@[\w.-]+\//g;
const JQUERY_FILE = /(?:https?:)?\/\/code\.jquery\.com\/jquery-[\d.]+\d((?:\.slim)?(?:\.min)?\.js)/g;

/** A page that takes its libraries from such a network takes them from this server instead. */
function with_local_packages(html) {
  return html.replace(PACKAGE_FILE, '/node_modules/$1/').replace(JQUERY_FILE, '/node_modules/jquery/dist/jquery$1');
}

/** The file that answers this path, or undefined. A file outside of `root` never does. */
function find_file(root, url_path) {
  const wanted = path.join(root, path.normalize(decodeURIComponent(url_path)));
  if (wanted !== root && !wanted.startsWith(root + path.sep) && wanted !== root + path.sep) return undefined;
  return [wanted, path.join(wanted, 'index.html'), `${wanted}.html`]
    .find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

/**
 * @param {string} folder
 * @param {string} [packages] a folder with node_modules, for pages that take libraries from a public network
 * @returns {Promise<{url: string, stop: () => void}>}
 */
function serve(folder, packages) {
  const root = path.resolve(folder);
  const server = http.createServer((req, res) => {
    const url_path = req.url.replace(/[?#].*/, '');
    const place = packages && url_path.startsWith('/node_modules/') ? path.resolve(packages) : root;
    const page_of_app = /^(\.html)?$/.test(path.extname(url_path)) && find_file(root, '/'); // one page for all addresses
    const file = find_file(place, url_path) ?? page_of_app;
    if (!file) {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.\n');
      return;
    }
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    const page = packages && path.extname(file) === '.html';
    const body = page ? with_local_packages(fs.readFileSync(file, 'utf8')) : fs.readFileSync(file);
    res.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(body);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve({
      url: `http://127.0.0.1:${server.address().port}`,
      stop: () => { server.close(); server.closeAllConnections(); },
    }));
  });
}

module.exports = { serve };

if (require.main === module) {
  serve(process.argv[2], process.argv[3]).then(({ url }) => console.log(`listening on ${url}`));
}
