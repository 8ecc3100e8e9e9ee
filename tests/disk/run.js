'use strict';
// A disk that is full, and a folder that was locked: what cannot be kept is refused with a sentence, what was acknowledged is there,
// reading goes on, and so does everything once there is room again. The server's folder is a file system of its own.

const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { PROGRAM, Checks, Server, make_work_dir } = require('../support/program.js');

const FILE_BYTES = 200_000;
const FILES_MAX = 500;
const checks = new Checks();
const check = checks.check.bind(checks);
const work = make_work_dir('disk');
const data = path.join(work.dir, 'data');

/** A mount namespace in which `data` is a small file system, and what runs in it. */
class SmallDisk {
  static async make(size) {
    fs.mkdirSync(data);
    const script = `mount -t tmpfs -o size=${size},mode=700 none "$0" && echo mounted && exec sleep infinity`;
    const holder = spawn('unshare', ['--map-root-user', '--mount', 'sh', '-c', script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    return new SmallDisk(holder);
  }

  constructor(holder) {
    this.holder = holder;
    this.enter = ['nsenter', '--target', String(holder.pid), '--user', '--mount', '--preserve-credentials'];
  }

  run(...command) {
    const [program, ...args] = [...this.enter, ...command];
    const done = spawnSync(program, args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
    return done.stdout;
  }

  remount(options) {
    this.run('mount', '-o', `remount,${options}`, data);
  }

  async serve() {
    const [program, ...args] = [...this.enter, PROGRAM, 'serve', '--data', data, '--listen', '127.0.0.1:0'];
    const server = await Server.adopt(spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] }), data);
    server.key = JSON.parse(this.run(PROGRAM, 'keys', 'create', '--data', data, '--name', 'disk', '--json')).key;
    return server;
  }

  end() {
    this.holder.kill('SIGKILL');
  }
}

const content_of = (number) => `// ${number}\n`.padEnd(FILE_BYTES, `${number} `);

async function expect_kept(server, files, count, when) {
  let same = 0;
  for (let number = 0; number < count; number += 1) {
    const { status, body } = await server.call('GET', `${files}?path=Configurations/${number}.config.js`);
    if (status === 200 && body.content === content_of(number)) same += 1;
  }
  check(`${when}: every acknowledged file is there`, same === count, `${same} of ${count}`);
}

async function expect_refused(server, what, method, target, body) {
  const refused = await server.call(method, target, body);
  check(`${what} is refused with a sentence`, refused.status === 503 && refused.body.error === 'unavailable' && refused.body.message.length > 20,
    `${refused.status} ${refused.body.message}`);
}

const put = (number) => ({ path: `Configurations/${number}.config.js`, content: content_of(number) });

async function main() {
  const disk = await SmallDisk.make('24m');
  let server;
  try {
    server = await disk.serve();
    const { id } = await server.must('POST', '/api/v1/ops/projects', { name: 'Disk', siteUrl: 'http://localhost:9' });
    const project = `/api/v1/ops/projects/${id}`, files = `${project}/files/content`;
    const gherkin = 'Feature: A\n  Scenario: B\n    Given I open the home page\n    Then I should see "x"\n';
    const feature = `${project}/features/${(await server.must('POST', `${project}/features`, { gherkin })).id}`;

    let count = 0;
    while (count < FILES_MAX && (await server.call('PUT', files, put(count))).status === 200) count += 1;
    check('the disk becomes full', count > 10 && count < FILES_MAX, `${count} files`);
    await expect_refused(server, 'a file on a full disk', 'PUT', files, put(count));
    await expect_kept(server, files, count, 'on a full disk');
    const dispatched = await server.call('POST', `${feature}/generate`, {});
    const { status } = await server.must('GET', feature);
    check('a dispatch is 202 and there, or 503 and not', dispatched.status === 202 ? status !== 'draft' : dispatched.status === 503 && status === 'draft',
      `${dispatched.status}, ${status}`);
    check('the server is up', (await server.call('GET', '/health')).status === 200);

    disk.remount('size=64m');
    check('with room again a file is kept', (await server.call('PUT', files, put(count))).status === 200);
    count += 1;

    server.child.kill('SIGKILL');
    await server.ended;
    server = await disk.serve();
    await expect_kept(server, files, count, 'after a kill');
    server.child.kill('SIGTERM');
    const { code } = await server.ended;
    check('it ends cleanly', code === 0, String(code));
  } finally {
    server?.child.kill('SIGKILL');
    disk.end();
  }
}

/** A user without rights of its own, in whoever's name this runs: to root every folder is writable. */
const WITHOUT_RIGHTS = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];

async function read_only_folder() {
  const folder = path.join(work.dir, 'locked');
  const serve = () => {
    const [program, ...args] = [...WITHOUT_RIGHTS, PROGRAM, 'serve', '--data', folder, '--listen', '127.0.0.1:0'];
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  };
  let server = await Server.adopt(serve(), folder);
  server.key = server.make_key('locked');
  const made = await server.must('POST', '/api/v1/ops/projects', { name: 'Kept', siteUrl: 'http://localhost:9' });
  fs.chmodSync(folder, 0o500);
  const written = await server.call('POST', '/api/v1/ops/projects', { name: 'Later', siteUrl: 'http://localhost:9' });
  check('a server whose folder is locked keeps what it says it keeps, or refuses', written.status === 201 || written.status === 503,
    String(written.status));
  server.child.kill('SIGKILL');
  await server.ended;
  const refused = spawnSync(WITHOUT_RIGHTS[0], [...WITHOUT_RIGHTS.slice(1), PROGRAM, 'serve', '--data', folder, '--listen', '127.0.0.1:0'],
    { encoding: 'utf8', timeout: 30_000 });
  check('a locked folder is told at the start', refused.status === 1 && refused.stderr.includes(folder) && refused.stderr.includes('denied'), refused.stderr.trim());
  fs.chmodSync(folder, 0o700);
  server = Object.assign(await Server.adopt(serve(), folder), { key: server.key });
  const { items } = await server.must('GET', '/api/v1/ops/projects');
  const names = items.map((project) => project.name);
  check('what was acknowledged is there', items[0].id === made.id && names.includes('Later') === (written.status === 201), names.join(', '));
  server.child.kill('SIGTERM');
  await server.ended;
}

checks.run(async () => { await main(); await read_only_folder(); }, () => work.remove());
