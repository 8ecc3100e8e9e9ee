'use strict';

// How many polls of a status a second one client machine gets, against what nginx gives of a file of the same size. wrk asks both,
// with as many kept connections.

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { Server, make_folder } = require('./machine.js');
const { median, quantile } = require('./rounds.js');

const CONNECTIONS = 64;
const SECONDS = 3;

function need(program, debian_package) {
  try {
    return execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    throw new Error(`${program} is not installed: apt-get install ${debian_package}`);
  }
}

function per_second(wrk, url, headers) {
  const flags = headers.flatMap((header) => ['-H', header]);
  const text = execFileSync(wrk, ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, ...flags, url], { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(text);
  return Number(/Requests\/sec: *([\d.]+)/.exec(text)[1]);
}

async function free_port() {
  const taken = net.createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address();
  taken.close();
  await once(taken, 'close');
  return port;
}

async function start_nginx(nginx, folder) {
  const port = await free_port();
  const configuration = path.join(folder, 'nginx.conf');
  fs.writeFileSync(configuration, `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/errors;
    events { worker_connections 1024; }
    http { access_log off; keepalive_requests 1000000000; default_type application/json;
      server { listen 127.0.0.1:${port}; root ${folder}; } }`);
  const running = spawn(nginx, ['-c', configuration], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/status.json`;
  for (;;) {
    if (running.exitCode !== null) throw new Error('nginx ended');
    const answered = await fetch(url).then((answer) => answer.ok, () => false);
    if (answered) return { url, stop: () => running.kill() };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

module.exports = async function measure({ rounds }) {
  const wrk = need('wrk', 'wrk'), program = need('nginx', 'nginx-light');
  const folder = make_folder('data-nginx');
  fs.chmodSync(folder, 0o755); // its worker is another user
  const server = await Server.start(make_folder('data-polls'), { args: ['--requests-per-second-max', '0'] });
  const { id: project } = await server.call('POST', '/projects', { name: 'Polls', siteUrl: 'http://127.0.0.1:9' });
  const gherkin = 'Feature: Ends at once\n  Scenario: It asserts nothing\n    When I click "Next"\n';
  const { id } = await server.call('POST', `/projects/${project}/features`, { gherkin });
  const feature = `/projects/${project}/features/${id}`;
  await server.call('POST', `${feature}/generate`, {});
  const status = await server.call('GET', `${feature}/generation`, undefined, { Prefer: 'wait=60' });
  fs.writeFileSync(path.join(folder, 'status.json'), JSON.stringify(status));
  const nginx = await start_nginx(program, folder);
  const polls = [], files = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      files.push(per_second(wrk, nginx.url, []));
      polls.push(per_second(wrk, `${server.url}/api/v1/ops${feature}/generation`, [`Authorization: Bearer ${server.key}`]));
    }
  } finally {
    nginx.stop();
  }
  await server.stop();
  const ratios = polls.map((poll, round) => files[round] / poll);
  return [{
    what: `polls of a status, ${CONNECTIONS} connections`,
    measured: median(polls),
    peer: median(files),
    peer_name: 'a file of that size from nginx',
    measured_unit: 'a second',
    value: median(ratios),
    unit: 'x fewer than nginx',
    target: 2,
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    samples: { polls, files },
  }];
};
