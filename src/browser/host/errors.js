'use strict';

const MESSAGE_CHARACTERS_MAX = 8000;

/** An answer with a code of base/result.h. */
class HostError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// eslint-disable-next-line no-control-regex
const strip = (text) => String(text).replace(/\u001b\[[0-9;]*m/g, '').slice(0, MESSAGE_CHARACTERS_MAX);

const CLOSED = /Target page, context or browser has been closed|Target closed|Page closed|has been closed/;
const CRASHED = /Page crashed|Target crashed/;
const REPLACED = /Execution context was destroyed|JSHandle is disposed|Cannot find context|Frame was detached|JSHandles can be evaluated only in the context/;
// The locator found something in another document than the one that was asked about.
const ELSEWHERE = /JSHandles can be evaluated only in the context/;
const UNREACHABLE = /net::(ERR_(?!ABORTED)\w+)/;
const DOWNLOAD = /Download is starting/;
const INTERRUPTED = /is interrupted by another navigation/;

/** The document was replaced while it was being read. */
const is_replaced = (error) => REPLACED.test(error.message);

/** @returns {HostError} what the caller is told about a failure of Playwright's */
function as_host_error(error) {
  if (error instanceof HostError) return error;
  const message = strip(error.message);
  if (CRASHED.test(message)) return new HostError('conflict', 'The page crashed.');
  if (CLOSED.test(message)) return new HostError('conflict', 'The page was closed.');
  return new HostError('invalid_request', message);
}

/** Refuses to give a secret to anybody but the site itself. */
function must_be_own(address, site_url) {
  const own = URL.canParse(address) && new URL(address).origin === new URL(site_url).origin;
  if (!own) throw new HostError('invalid_request', 'A secret is given to the site alone, and this is not its origin.');
}

module.exports = { HostError, strip, is_replaced, as_host_error, must_be_own, UNREACHABLE, DOWNLOAD, INTERRUPTED, ELSEWHERE };
