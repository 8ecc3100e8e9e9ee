'use strict';
// One-time codes: a sign-in page that asks for the code of an authenticator is passed while a test is made, verified and proven, and
// when it runs. What was typed there is not told.

const { createHmac } = require('node:crypto');
const http = require('node:http');
const path = require('node:path');
const { Checks, Server, make_work_dir } = require('../support/program.js');
const { ended } = require('../support/changing.js');

const API = '/api/v1/ops/projects';
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // of RFC 6238: "12345678901234567890"
const STEP_MS = 30_000;
const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('codes');

const FEATURE = `Feature: Two factors
  Background:
    Given I open the start page

  Scenario: The code of the moment lets in
    When I fill "User name" with "anna"
    And I fill "Code" with "\${totp:OTP_KEY}"
    And I click "Sign in"
    Then I should see the heading "Welcome, anna"

  Scenario: Another code does not
    When I fill "User name" with "anna"
    And I fill "Code" with "12345"
    And I click "Sign in"
    Then an alert says "That is not the code."
`;

function code_at(step) {
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(step, 4);
  const hash = createHmac('sha1', '12345678901234567890').update(counter).digest();
  return String((hash.readUInt32BE(hash.at(-1) % 16) % 2 ** 31) % 10 ** 6).padStart(6, '0');
}

const page = (content) => `<!doctype html><html lang="en"><title>Sign in</title>${content}</html>`;
const FORM = `<h1>Sign in</h1><form method="post" action="/sign-in"><p><label>User name <input name="user"></label></p>
<p><label>Code <input name="code" inputmode="numeric"></label></p><button>Sign in</button></form>`;

/** Takes the code of this moment, or of the step before or after it, as RFC 6238 recommends; says what was typed. */
function start_site() {
  const site = { typed: new Set() };
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      if (request.method !== 'POST') return response.end(page(FORM));
      const { user, code } = Object.fromEntries(new URLSearchParams(body));
      const now = Math.floor(Date.now() / STEP_MS);
      const good = [now - 1, now, now + 1].some((step) => code_at(step) === code);
      if (good) site.typed.add(code);
      return response.end(page(good ? `<h1>Welcome, ${user}</h1><p>You typed ${code}.</p>`
        : `${FORM}<p role="alert">That is not the code.</p>`));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      site.url = `http://127.0.0.1:${server.address().port}`;
      site.stop = () => { server.close(); server.closeAllConnections(); };
      resolve(site);
    });
  });
}

async function main() {
  const site = await start_site();
  const server = await Server.start(path.join(work.dir, 'data'));
  server.key = server.make_key('codes');
  const { id } = await server.must('POST', API, { name: 'two factors', siteUrl: site.url });
  const made = await server.must('POST', `${API}/${id}/features`, { gherkin: FEATURE });
  const feature = `${API}/${id}/features/${made.id}`;
  const generate = async () => {
    await server.must('POST', `${feature}/generate`, {});
    return ended(server, `${feature}/generation`);
  };

  const without = await generate();
  check('without the secret the step says what is missing', without.overallConclusion === 'failure'
    && /Line 7, .*there is no such secret/.test(without.sections[1].statusReason), without.sections[1].statusReason ?? 'it was proven');
  await server.must('PUT', `${API}/${id}/secrets/OTP_KEY`, { value: 'no key at all!' });
  const wrong = await generate();
  check('a secret that is no key is told', /no key of an authenticator/.test(wrong.sections[1].statusReason), wrong.sections[1].statusReason ?? '');

  await server.must('PUT', `${API}/${id}/secrets/OTP_KEY`, { value: KEY });
  const status = await generate();
  check('the feature is generated and proven', status.overallConclusion === 'success',
    status.sections.map(({ statusReason }) => statusReason).filter(Boolean).join(' '));
  const { content } = await server.must('GET', `${API}/${id}/files/content?path=${encodeURIComponent('Features/Two factors.spec.ts')}`);
  check('the test makes the code itself', content.includes("fill(oneTimeCode(secrets['OTP_KEY']))"), content);
  const { runId } = await server.must('POST', `${feature}/run`, {});
  const digest = await ended(server, `${API}/${id}/runs/${runId}`);
  check('its run passes', digest.status === 'passed', JSON.stringify(digest.tests));

  check('codes were typed', site.typed.size > 0);
  const told = JSON.stringify([await server.must('GET', `${feature}/generation/log`), await server.must('GET', `${feature}/proof`), status, content]);
  const seen = [...site.typed].filter((code) => told.includes(code));
  check('none of them is told, and neither is the key', seen.length === 0 && !told.includes(KEY), seen.join(' '));
  await server.end('SIGTERM');
  site.stop();
}

checks.run(main, work.remove);
