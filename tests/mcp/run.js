'use strict';
// A coding agent's way through Vouch: the official MCP client, over stdio, has nothing but the tools. A feature becomes a
// proven test, the test runs, the shop breaks, the run fails and is diagnosed. And what a person takes home at the end: the
// project as a zip, whose tests the stock runner executes without Vouch.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
const { unzipSync } = require('fflate');
const { ROOT, PROGRAM, Checks, Server, make_work_dir, start_shop } = require('../support/program.js');

const checks = new Checks();
const work = make_work_dir('mcp');
const DOCUMENTED = ['list_projects', 'get_project', 'list_features', 'get_feature', 'create_feature', 'update_feature',
  'delete_feature', 'generate_feature', 'get_generation_status', 'wait_for_generation', 'get_generation_log',
  'cancel_generation', 'run_feature', 'list_runs', 'get_run', 'wait_for_run', 'get_run_artifacts', 'diagnose_run',
  'list_configs', 'list_files', 'read_file', 'write_file', 'delete_file'];

/** The zip that `vouch export` writes, unpacked and run by the stock runner. What differs is this machine's browser, and that it has no encoder. */
function run_exported(env) {
  const folder = path.join(work.dir, 'exported');
  const zip = path.join(work.dir, 'project.zip');
  const done = spawnSync(PROGRAM, ['export', '--file', zip], { cwd: work.dir, env, encoding: 'utf8' });
  if (done.status !== 0) return `vouch export: ${done.stderr}`;
  for (const [name, bytes] of Object.entries(unzipSync(fs.readFileSync(zip)))) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), bytes);
  }
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  fs.writeFileSync(path.join(folder, 'here.config.js'), `const base = require('./playwright.config.js');
    module.exports = { ...base, use: { ...base.use, video: 'off', launchOptions: { executablePath: '/usr/bin/chromium-headless-shell',
      args: ${process.getuid() === 0 ? "['--no-sandbox']" : '[]'} } } };`);
  const ran = spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '-c', 'here.config.js'],
    { cwd: folder, encoding: 'utf8' });
  return ran.status === 0 ? /\d+ passed/.exec(ran.stdout)?.[0] : ran.stdout + ran.stderr;
}

let server, shop, client;

async function main() {
  shop = await start_shop();
  server = await Server.start(path.join(work.dir, 'data'));
  server.key = server.make_key('agent');
  await server.must('POST', '/api/v1/ops/projects', {
    name: 'Shop', siteUrl: shop.url, settings: { reset: { method: 'POST', url: '/reset' } },
  });

  client = new Client({ name: 'suite', version: '1' });
  const env = { ...process.env, VOUCH_SERVER: server.url, VOUCH_API_KEY: server.key };
  await client.connect(new StdioClientTransport({ command: PROGRAM, args: ['mcp'], cwd: work.dir, stderr: 'inherit', env }));
  checks.check('the server names itself', client.getServerVersion().name === 'vouch', JSON.stringify(client.getServerVersion()));
  await client.ping();

  const { tools } = await client.listTools();
  const first = tools.slice(0, DOCUMENTED.length).map((tool) => tool.name);
  checks.check('the 23 documented tools come first', [...first].sort().join() === [...DOCUMENTED].sort().join(), first.join(' '));
  const destructive = tools.filter((tool) => tool.annotations.destructiveHint).map((tool) => tool.name);
  checks.check('what cannot be taken back is marked', ['delete_file', 'delete_feature'].every((name) => destructive.includes(name)));

  /** A tool's structured answer. The client holds it to the tool's outputSchema. */
  const call = async (name, args = {}, options = undefined) => {
    const result = await client.callTool({ name, arguments: args }, undefined, options);
    if (result.isError) throw new Error(`${name}: ${result.content[0].text}`);
    return result.structuredContent;
  };
  const refusal = async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    return result.isError ? JSON.parse(result.content[0].text) : {};
  };

  const projects = await call('list_projects');
  checks.check('list_projects', projects.items.length === 1 && projects.items[0].name === 'Shop');
  const gherkin = fs.readFileSync(path.join(ROOT, 'demo/features/login.feature'), 'utf8');
  const feature = await call('create_feature', { gherkin });
  const name = feature.name;
  checks.check('create_feature', feature.status === 'draft', `${feature.id} ${name}`);
  checks.check('list_features', (await call('list_features')).items.some((item) => item.name === name));
  checks.check('get_feature by id and by name', (await call('get_feature', { feature: String(feature.id) })).gherkin
    === (await call('get_feature', { feature: name })).gherkin);
  const running_too_soon = await refusal('run_feature', { feature: name });
  checks.check('a feature that was not generated does not run', running_too_soon.error === 'conflict', running_too_soon.message);

  const dispatched = await call('generate_feature', { feature: name });
  checks.check('generate_feature answers at once', typeof dispatched.requestId === 'string');
  checks.check('the same again is refused', (await refusal('generate_feature', { feature: name })).message
    === 'This feature is already generating.');
  const short = await call('wait_for_generation', { feature: name, timeoutSeconds: 1 });
  checks.check('a wait that runs out is no failure', short.featureStatus === 'generating', short.overallStatus);
  const told = [];
  let status = short;
  while (status.featureStatus === 'generating') {
    status = await call('wait_for_generation', { feature: name, timeoutSeconds: 120 },
      { timeout: 180_000, onprogress: ({ message }) => told.push(message) });
  }
  checks.check('wait_for_generation', status.featureStatus === 'generated', JSON.stringify(status.overallConclusion));
  checks.check('its progress was told', told.some((message) => /proving|verifying|exploring/.test(message)), told.slice(0, 4).join(' | '));
  const log = await call('get_generation_log', { feature: name });
  checks.check('get_generation_log', log.sections.length === 4 && log.sections.some((section) => section.log.length > 0));
  const proof = await call('get_proof', { feature: name });
  checks.check('get_proof', proof.items.length > 0 && proof.items.every((item) => item.verdict === 'proven'),
    proof.items.map((item) => item.verdict).join(' '));
  const spec = await call('read_file', { path: `Features/${name}.spec.ts` });
  checks.check('read_file shows the generated spec', spec.source === 'generated' && spec.content.includes('@playwright/test'));

  const good = await call('run_feature', { feature: name });
  const passed = await call('wait_for_run', { runId: good.runId });
  checks.check('wait_for_run: it passes', passed.status === 'passed', JSON.stringify(passed.summary));

  const exported = run_exported(env);
  checks.check('the exported project passes without Vouch', exported === '3 passed', exported);

  await call('write_file', { path: 'Configurations/Quick.config.js',
    content: "module.exports = { ...require('./Default.config.js'), timeout: 20000 };\n" });
  checks.check('write_file, list_configs', (await call('list_configs')).items
    .some((item) => item.name === 'Quick' && item.source === 'stored'));

  const port = new URL(shop.url).port;
  await shop.stop();
  shop = await start_shop({ port, bugs: ['locked-user-gets-in'] });
  const bad = await call('run_feature', { feature: name, config: 'Quick' });
  const failed = await call('wait_for_run', { runId: String(bad.runId) });
  checks.check('with a bug in the shop the run fails', failed.status === 'failed', JSON.stringify(failed.summary));
  const diagnosis = await call('diagnose_run', { runId: bad.runId });
  const failure = diagnosis.failures[0];
  checks.check('diagnose_run names the cause and the step', failure?.cause !== undefined && failure?.step?.line > 0,
    `${failure?.cause}: ${failure?.step?.text}`);
  const artifacts = await call('get_run_artifacts', { runId: bad.runId });
  const trace = artifacts.items.find((item) => item.kind === 'trace');
  const opened = trace && await fetch(trace.url);
  checks.check('get_run_artifacts: a trace, by its link', opened?.status === 200, `${artifacts.items.length} artifacts`);
  checks.check('list_runs', (await call('list_runs', { status: 'failed' })).items.length === 1);

  const malformed = await refusal('create_feature', { gherkin: 'Nonsense' });
  checks.check('what is wrong says what to do', malformed.error === 'invalid_request', malformed.message);
  await call('delete_file', { path: 'Configurations/Quick.config.js' });
  await call('delete_feature', { feature: name });
  checks.check('delete_feature', (await call('list_features')).items.length === 0);
}

checks.run(main, () => client?.close(), () => shop?.stop(), () => server?.end('SIGTERM'), () => work.remove());
