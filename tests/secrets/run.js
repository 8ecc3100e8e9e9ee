'use strict';
// Twenty secrets with odd characters, in everything that takes one, on a site that shows them in every way it can. A feature is
// generated with them, its tests run and fail; then every byte that Vouch wrote or said is searched for them, inside archives
// and encodings too.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { unzipSync } = require('fflate');
const { PROGRAM, Checks, Server, make_work_dir } = require('../support/program.js');
const { start_site } = require('./site.js');

const checks = new Checks();
const work = make_work_dir('secrets');

const SECRETS = ['hunter2-Zq7', 'correct horse battery', 'quo"te and \'apostrophe\'', 'back\\slash\\\\twice', '<b>&amp;</b> "x"',
  '100%25 & 5% more', 'pässwörd-Grün', '密码是什么呢', '🔑🔓🗝️ keys', 'tab\there\tthere', 'a/b+c=d==', '${name} {x} $y', '..[*]+?^$()|',
  '\\u0041\\n\\x41', '&quot;&#39;&lt;', '%41%42%43%44', '`tick` ${x}', 'C:\\new\\table\\x', 'x=1&y=2;z#w', 'line one\nline two'];
const name_of = (i) => `s${i}`;

const FEATURE = `Feature: Keys
  @keys
  Scenario: Saving them
    Given I open the start page
${SECRETS.map((_, i) => `    ${i === 0 ? 'When' : 'And'} I fill "Field ${i + 1}" with "\${${name_of(i)}}"`).join('\n')}
    And I click "Save"
    Then I should see the heading "Saved"
    And I should see "\${${name_of(0)}}" in the list
`;

// What a saved sign-in lets in with.
const COOKIE = 's1d-0f-anna/7+x==', IN_COOKIE = 'k3y.of.anna-0123456/=', TOKEN = 'eyJhbGci"0iJ9\\x.tok3n';
const SIGNED_IN = `Feature: Saved sign-in
  Scenario: What is private is shown
    Given I am signed in with \${state}
    When I open "/private"
    Then I should see the heading "Private"
`;
const state_of = (url) => JSON.stringify({
  cookies: [{ name: 'sid', value: COOKIE, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' },
  { name: 'user', value: encodeURIComponent(JSON.stringify({ key: IN_COOKIE })), domain: '127.0.0.1', path: '/', expires: -1, httpOnly: false, secure: false, sameSite: 'Lax' }],
  origins: [{ origin: url, localStorage: [{ name: 'auth', value: JSON.stringify({ token: TOKEN, name: 'anna' }) }] }],
});

/** Every way in which a search for `value` would find it. */
function writings(value) {
  const json = (text) => JSON.stringify(text).slice(1, -1);
  const html = (text) => text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);
  const numeric = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const form = (text) => new URLSearchParams({ v: text }).toString().slice(2);
  const ascii = (text) => [...json(text)].map((c) => (c > '~' ? [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join('') : c)).join('');
  const plain = [value, json(value), json(json(value)), json(json(json(value))), ascii(value), encodeURIComponent(value), encodeURI(value),
    form(value), html(value), numeric(value), json(html(value)), encodeURIComponent(encodeURIComponent(value)), value.replaceAll('\n', '\r\n'),
    form(value.replaceAll('\n', '\r\n'))];
  const encoded = [];
  for (const text of [value, json(value), encodeURIComponent(value), form(value)]) {
    for (const before of ['', 'x', 'xy']) { // the characters that depend on nothing else
      const bytes = Buffer.from(before + text);
      const begin = Math.ceil(before.length * 8 / 6);
      encoded.push(bytes.toString('base64').slice(begin, Math.floor(bytes.length * 8 / 6)));
    }
  }
  return [...new Set([...plain, ...encoded, ...encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))])].map((text) => Buffer.from(text));
}

const WANTED = SECRETS.map((value, i) => ({ name: name_of(i), value, writings: writings(value) }));
const SEARCHED = [...WANTED, ...[COOKIE, IN_COOKIE, TOKEN].map((value) => ({ name: 'state', writings: writings(value) }))];

function find(bytes, where, found) {
  for (const { name, writings: all } of SEARCHED) {
    for (const writing of all) {
      const at = bytes.indexOf(writing);
      if (at >= 0) found.push(`${name} as ${JSON.stringify(writing.toString())} in ${where} at ${at}: …${JSON.stringify(bytes.subarray(Math.max(0, at - 60), at + 60).toString())}…`);
    }
  }
  if (bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304) {
    for (const [name, content] of Object.entries(unzipSync(bytes))) {
      find(Buffer.from(name), `the names of ${where}`, found);
      find(Buffer.from(content), `${where}!${name}`, found);
    }
  }
}

function files_below(folder) {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

let server, site;
const said = []; // every answer of the server

async function ask(method, target, body, headers) {
  const answer = await server.call(method, target, body, headers);
  said.push({ target: `${method} ${target}`, text: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body) });
  return answer;
}

const wait = { Prefer: 'wait=170' };

async function main() {
  site = await start_site(SECRETS.map((_, i) => name_of(i)), SECRETS[0]);
  const data = path.join(work.dir, 'data');
  server = await Server.start(data);
  let told = '';
  server.child.stderr.on('data', (text) => { told += text; });
  server.key = server.make_key('suite');
  const project = (await ask('POST', '/api/v1/ops/projects', { name: 'Keys', siteUrl: site.url,
    settings: { ignoreHTTPSErrors: true, httpCredentials: { username: 'me', password: `\${${name_of(0)}}` }, reset: { url: '/reset', headers: { Authorization: `Bearer \${${name_of(0)}}` }, body: `{"key":"\${${name_of(6)}}"}` } } })).body.id;
  const P = `/api/v1/ops/projects/${project}`;
  for (const { name, value } of WANTED.slice(0, 2)) {
    const env = { ...process.env, VOUCH_SERVER: server.url, VOUCH_API_KEY: server.key, VOUCH_PROJECT: project };
    const done = spawnSync(PROGRAM, ['secrets', 'set', name], { cwd: work.dir, env, input: value, encoding: 'utf8' });
    checks.check(`${name} is taken from a pipe`, done.status === 0, done.stderr);
    told += done.stdout + done.stderr;
  }
  for (const { name, value } of WANTED.slice(2)) {
    const { status, body } = await ask('PUT', `${P}/secrets/${name}`, { value });
    checks.check(`${name} is taken`, status === 200, status === 200 ? '' : JSON.stringify(body));
  }
  const names = (await ask('GET', `${P}/secrets`)).body.items.map((item) => item.name);
  checks.check('their names are listed', names.length === SECRETS.length, names.join(' '));
  for (const [what, body] of [['short', { value: 'abc' }], ['blank', { value: '      ' }], ['long', { value: 'x'.repeat(4097) }]]) {
    const { status } = await ask('PUT', `${P}/secrets/other`, body);
    checks.check(`a ${what} one is refused`, status === 400, status);
  }
  const open_password = { httpCredentials: { username: 'me', password: SECRETS[0] } };
  checks.check('a password that is no secret is refused', (await ask('PATCH', P, { settings: open_password })).status === 400);
  checks.check('a variable of the same name is refused',
    (await ask('PATCH', P, { settings: { variables: { [name_of(3)]: 'v' } } })).status === 409);

  const feature = (await ask('POST', `${P}/features`, { gherkin: FEATURE })).body.id;
  const F = `${P}/features/${feature}`;
  await ask('POST', `${F}/generate`, {});
  const status = (await ask('GET', `${F}/generation`, undefined, wait)).body;
  checks.check('the feature is generated', status.featureStatus === 'generated', JSON.stringify(status.sections?.map((s) => s.statusReason)));
  const missing = WANTED.filter(({ name, value }) => site.received[name]?.replaceAll('\r\n', '\n') !== value).map(({ name }) => name);
  checks.check('the site got every value as it is', missing.length === 0, missing.map((name) => `${name}: ${JSON.stringify(site.received[name])}`).join(' '));
  checks.check('so did the reset hook', site.resets.every(({ authorization, body }) =>
    authorization === `Bearer ${SECRETS[0]}` && JSON.parse(body).key === SECRETS[6]) && site.resets.length > 0, JSON.stringify(site.resets[0]));

  const run = async () => {
    const { runId } = (await ask('POST', `${F}/run`, {})).body;
    const digest = (await ask('GET', `${P}/runs/${runId}`, undefined, wait)).body;
    const artifacts = (await ask('GET', `${P}/runs/${runId}/artifacts`)).body;
    await ask('GET', `${P}/runs/${runId}/diagnosis`);
    return { digest, artifacts };
  };
  const good = await run();
  checks.check('its test passes', good.digest.status === 'passed', JSON.stringify(good.digest.tests));
  checks.check('it left a trace', good.artifacts.some(({ kind }) => kind === 'trace'), good.artifacts.map(({ path: each, size }) => `${each} ${size}`).join(', '));
  const exported = Buffer.from(await (await fetch(`${server.url}${P}/export`, { headers: { Authorization: `Bearer ${server.key}` } })).arrayBuffer());
  checks.check('the export holds the spec', Object.keys(unzipSync(exported)).includes('Features/Keys.spec.ts'), Object.keys(unzipSync(exported)).join(' '));
  site.broken = true;
  const bad = await run();
  checks.check('on a broken site it fails', bad.digest.status === 'failed', JSON.stringify(bad.digest.tests));
  checks.check('a run of a tag that no test has is refused', (await ask('POST', `${P}/run`, { tag: '@key' })).status === 409);
  const all = (await ask('POST', `${P}/run`, { tag: 'keys' })).body;
  const of_tag = (await ask('GET', `${P}/runs/${all.runId}`, undefined, wait)).body;
  checks.check('a run of its tag fails as well', of_tag.status === 'failed' && of_tag.tag === '@keys'
    && of_tag.tests?.[0]?.name === 'Keys › Saving them', JSON.stringify(of_tag.tests));
  const why = (await ask('GET', `${P}/runs/${all.runId}/diagnosis`)).body;
  checks.check('and says at which step', why.failures?.[0]?.step?.line === FEATURE.split('\n').findIndex((line) => /Then/.test(line)) + 1,
    JSON.stringify(why.failures?.[0]?.step));
  await ask('POST', `${F}/generate`, {});
  const again = (await ask('GET', `${F}/generation`, undefined, wait)).body;
  checks.check('and so does a generation', again.featureStatus === 'failed');

  const padded = (cookies) => JSON.stringify({ cookies, origins: [] });
  const many = Array.from({ length: 101 }, (_, i) => ({ name: `c${i}`, value: `a-value-of-cookie-${i}`, httpOnly: true }));
  for (const [what, value] of [['with too much to hide', padded(many)], ['longer than 64 KB', padded([{ name: 'c', value: 'x1'.repeat(32769) }])]]) {
    checks.check(`a saved sign-in ${what} is refused`, (await ask('PUT', `${P}/secrets/state`, { value })).status === 400);
  }
  checks.check('a saved sign-in is taken', (await ask('PUT', `${P}/secrets/state`, { value: state_of(site.url) })).status === 200);
  const saved = `${P}/features/${(await ask('POST', `${P}/features`, { gherkin: SIGNED_IN })).body.id}`;
  await ask('POST', `${saved}/generate`, {});
  const signed_in = (await ask('GET', `${saved}/generation`, undefined, wait)).body;
  checks.check('and proven to let in', signed_in.featureStatus === 'generated' && signed_in.proof.proven === 1, JSON.stringify(signed_in.sections));
  const { runId } = (await ask('POST', `${saved}/run`, {})).body;
  checks.check('in a run as well', (await ask('GET', `${P}/runs/${runId}`, undefined, wait)).body.status === 'passed');

  for (const target of [`${F}/generation/log`, `${F}/proof`, F, P, `${P}/runs`, `${P}/files`, `${P}/secrets`, '/api/v1/ops/audit',
    `${P}/files/content?path=${encodeURIComponent('Features/Keys.spec.ts')}`]) await ask('GET', target);
  checks.check('a secret is deleted', (await ask('DELETE', `${P}/secrets/${name_of(19)}`)).status === 200);
  const { left } = await server.end('SIGTERM');
  checks.check('the server ends and leaves nothing', left.length === 0);

  const found = [];
  const files = files_below(data);
  for (const file of files) {
    find(Buffer.from(file), 'the names of files', found);
    find(fs.readFileSync(file), path.relative(data, file), found);
  }
  find(exported, 'the export', found);
  for (const { target, text } of said) find(Buffer.from(text), `the answer to ${target}`, found);
  find(Buffer.from(told), 'what the server printed', found);
  const traces = files.filter((file) => file.includes('/trace/'));
  checks.check('traces were searched', traces.length >= 3, `${traces.length} of ${files.length} files`);
  checks.check('and say the names instead', traces.every((file) => Object.values(unzipSync(fs.readFileSync(file)))
    .some((content) => Buffer.from(content).includes(`\${${name_of(0)}}`))));
  checks.check('no secret is found', found.length === 0, `${found.length} times${found.slice(0, 12).map((each) => `\n       ${each}`).join('')}`);
}

checks.run(main, async () => { server?.child.kill('SIGKILL'); await site?.stop(); work.remove(); });
