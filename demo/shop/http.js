'use strict';

/** A form larger than this, files included, is refused. */
const BODY_BYTES_MAX = 2 * 1024 * 1024;
const COOKIE = 'shop_session';

/** An answer other than the page asked for, thrown by a handler. */
class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** @returns {Promise<URLSearchParams | FormData>} the fields of a submitted form. */
async function read_form(req) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new HttpError(413, 'This form is too large.');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const type = req.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return new URLSearchParams(body.toString('utf8'));
  try {
    return await new Response(body, { headers: { 'Content-Type': type } }).formData();
  } catch {
    throw new HttpError(400, 'This form cannot be read.');
  }
}

/** @returns {string | undefined} the session id that the browser sent. */
function session_id(req) {
  const cookies = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return cookies.find(([name]) => name === COOKIE)?.[1];
}

/** The header that gives the browser its session, or takes it away for `null`. */
function session_cookie(id) {
  const attributes = 'Path=/; HttpOnly; SameSite=Lax';
  return id ? `${COOKIE}=${id}; ${attributes}` : `${COOKIE}=; Max-Age=0; ${attributes}`;
}

function send(res, status, type, body, headers = {}) {
  const bytes = Buffer.from(body);
  res.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length, ...headers });
  res.end(bytes);
}

const send_html = (res, html, status = 200) =>
  send(res, status, 'text/html; charset=utf-8', html, { 'Cache-Control': 'no-store' });

const send_json = (res, value, status = 200) =>
  send(res, status, 'application/json', JSON.stringify(value), { 'Cache-Control': 'no-store' });

/** A table of rows of cells, as a file to save. */
const send_csv = (res, name, rows) =>
  send(res, 200, 'text/csv; charset=utf-8', rows.map((row) => `${row.join(';')}\n`).join(''),
    { 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' });

/** @returns {Promise<{type: string, body: Buffer}?>} null where no file was chosen. */
async function read_file(form, name) {
  const file = form.get(name);
  return file?.size > 0 ? { type: file.type, body: Buffer.from(await file.arrayBuffer()) } : null;
}

function redirect(res, path) {
  res.writeHead(303, { Location: path, 'Content-Length': 0 });
  res.end();
}

/** A path of this site that is safe to redirect to, or `fallback`. */
function local_path(path, fallback) {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path ?? '') ? path : fallback;
}

/** The path of the page that the request came from, or `fallback`. */
function back_path(req, fallback) {
  const { referer } = req.headers;
  if (!URL.canParse(referer)) return fallback;
  const { pathname, search } = new URL(referer);
  return local_path(pathname + search, fallback);
}

module.exports = {
  HttpError, read_form, read_file, session_id, session_cookie, send, send_html, send_json,
  send_csv, redirect, local_path, back_path,
};
