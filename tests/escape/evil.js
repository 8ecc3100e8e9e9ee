'use strict';
// Configurations of a project that mean harm. Each is a whole program, as `Configurations/<name>.config.js`; {…} is filled in.

/** Runs inside the sandbox, in place of a configuration: prints what it got as one line, "GOT [...]". */
function evil_config({ data, secret, foreign_pid, sockets }) {
  const fs = require('node:fs');
  const { spawnSync } = require('node:child_process');
  const got = [];
  const attempt = (what, act) => {
    try {
      const found = act();
      if (found) got.push(`${what}: ${String(found).slice(0, 100)}`);
    } catch {
      // It was refused.
    }
  };
  for (const file of ['/etc/shadow', '/etc/gshadow', '/etc/ssh/sshd_config', '/proc/kcore', '/proc/kmsg', `${data}/vouch.db`, `${data}/vouch.sock`]) {
    attempt(`read ${file}`, () => fs.readFileSync(file).length > 0 && 'something');
  }
  for (const dir of ['/root', '/home', '/var', '/srv', '/sys/kernel', '/work', `${process.env.HOME}/.ssh`, data, `${data}/runner/jobs`]) {
    attempt(`list ${dir}`, () => fs.readdirSync(dir).join(' '));
  }
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const file of ['environ', 'cmdline', 'maps']) {
      attempt(`/proc/${pid}/${file}`, () => {
        const text = fs.readFileSync(`/proc/${pid}/${file}`, 'latin1');
        // Ours has the secret in this very program only.
        return (text.includes(secret) || text.includes(data)) && text;
      });
    }
    attempt(`/proc/${pid}/root`, () => fs.existsSync(`/proc/${pid}/root/etc/shadow`) && 'the files of the host');
  }
  attempt('signal a process of the host', () => process.kill(foreign_pid, 0) && 'it is there');
  for (const file of ['/x', '/etc/x', '/usr/x', '/node_modules/x', '/vouch/x', '/vouch/inside/x', '/vouch/compile-cache/x',
    '/vouch/browsers/x', '/run/x', '/proc/sys/kernel/core_pattern', '/proc/self/oom_score_adj/../../sysrq-trigger']) {
    attempt(`write ${file}`, () => {
      const known = fs.existsSync(file);
      fs.closeSync(fs.openSync(file, known ? 'r+' : 'w'));
      return 'written';
    });
  }
  attempt('perl', () => {
    const { stdout } = spawnSync('perl', ['-e', 'for (38, 40, 17) { print "family $_ " if socket(my $s, $_, 2, 0) }'], { encoding: 'utf8' });
    return stdout;
  });

  // A configuration cannot wait, so another program does.
  const { stdout } = spawnSync(process.execPath, ['-e', sockets], { encoding: 'utf8' });
  got.push(...JSON.parse(stdout));
  console.log(`GOT ${JSON.stringify(got)}`);
  // Nor does it decide what Vouch decides: with any of these the tests could not pass.
  return {
    testDir: '/nowhere',
    outputDir: '/tmp/elsewhere',
    reporter: '/nowhere/reporter.js',
    webServer: { command: 'sleep 1000', port: 1 },
    use: {
      baseURL: 'http://127.0.0.1:1', channel: 'chrome', proxy: { server: 'http://127.0.0.1:1' },
      connectOptions: { wsEndpoint: 'ws://127.0.0.1:1' },
      launchOptions: { executablePath: '/bin/false', chromiumSandbox: false, proxy: { server: 'http://127.0.0.1:1' }, args: ['--no-proxy-server'] },
    },
  };
}

/** All kinds of sockets, to the canaries: prints what was got from where. */
function try_sockets({ data, site, canaries }) {
  const net = require('node:net');
  const got = [];
  const talk = (how, options, text) => new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(options, () => socket.write(text));
    socket.setTimeout(1500, () => socket.destroy());
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (answer.includes('CANARY')) got.push(`${how}: ${answer.slice(0, 100)}`);
      resolve(answer);
    });
  });
  const ask = 'GET / HTTP/1.0\r\n\r\n';
  const proxy = { host: '127.0.0.1', port: 3128 };
  const here = new URL(site).host;
  const all = [
    talk('abstract socket', { path: canaries.abstract }, ask),
    talk('unix socket', { path: canaries.unix }, ask),
    talk('the server\'s socket', { path: `${data}/vouch.sock` }, ask),
  ];
  for (const { host, port } of canaries.tcp) {
    const name = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    all.push(
      talk(`connect ${name}`, { host, port }, ask),
      talk(`CONNECT ${name}`, proxy, `CONNECT ${name} HTTP/1.1\r\nHost: ${here}\r\n\r\n${ask}`),
      talk(`GET ${name}`, proxy, `GET http://${name}/ HTTP/1.1\r\nHost: ${here}\r\n\r\n`),
      talk(`GET with the site as user at ${name}`, proxy, `GET http://${here}@${name}/ HTTP/1.1\r\nHost: ${here}\r\n\r\n`),
      talk(`GET of the site for ${name}`, proxy, `GET http://${here}\\@${name}/ HTTP/1.1\r\nHost: ${name}\r\n\r\n`),
      talk(`GET of a path for ${name}`, proxy, `GET / HTTP/1.1\r\nHost: ${name}\r\n\r\n`),
      talk(`a second request for ${name}`, proxy,
        `GET http://${here}/ HTTP/1.1\r\nHost: ${here}\r\n\r\nGET http://${name}/ HTTP/1.1\r\nHost: ${name}\r\n\r\n`),
      talk(`one hidden in a body for ${name}`, proxy,
        `POST http://${here}/ HTTP/1.1\r\nHost: ${here}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n`
        + `0\r\n\r\nGET http://${name}/ HTTP/1.1\r\nHost: ${name}\r\n\r\n`),
    );
  }
  all.push(talk('the site', proxy, `GET http://${here}/ HTTP/1.1\r\nHost: ${here}\r\nConnection: close\r\n\r\n`)
    .then((answer) => { if (!answer.includes('Trap')) got.push(`not even the site: ${answer}`); }));
  Promise.all(all).then(() => process.stdout.write(JSON.stringify(got)));
}

// What reaches a limit, and the words by which the end of the run is known.
const HUNGRY = {
  Memory: { program: 'const all = []; for (;;) all.push(Buffer.alloc(1 << 24, 1));', told: /memory/ },
  Shared: { program: `require('node:child_process').spawnSync('sh', ['-c',
      'for i in 1 2 3 4 5 6 7 8; do head -c 400000000 /dev/zero > /dev/shm/$i; rm /dev/shm/$i; done; '
      + 'perl -e \\'my $x = "x" x 3000000000; sleep 1000\\'']);`, told: /memory/ },
  Forks: { program: `require('node:child_process').spawnSync('sh', ['-c', 'while :; do sleep 1000 & done']);`, told: /processes/ },
  Flood: { program: "require('node:child_process').spawnSync('cat', ['/dev/zero'], { stdio: 'inherit' });", told: /printed more/ },
  Exit: { program: 'process.exit(0);', told: /report/ },
};

/** A report that is a link to a file of the host, and artifacts that are links and lead out of the folder. */
function linking_config({ data }) {
  const fs = require('node:fs');
  const target = `${data}/bait`;
  const attachment = (path) => ({ name: 'trace', contentType: 'application/zip', path });
  fs.mkdirSync('/job/test-results', { recursive: true });
  fs.symlinkSync(target, '/job/test-results/link.zip');
  fs.symlinkSync(data, '/job/test-results/folder');
  const result = { status: 'passed', retry: 0, duration: 1, errors: [], steps: [], attachments: [
    '/job/test-results/link.zip', '/job/test-results/folder/bait', '/job/../../..' + target, target,
    '/job/test-results/../../' + target, '/job/.vouch', '/job/test-results'].map(attachment) };
  const report = { config: { rootDir: '/job/Features' }, errors: [], stats: { duration: 1 }, suites: [{ title: 'x', specs: [{
    title: '../../../escape', file: '../../x', line: 1, tests: [{ expectedStatus: 'passed', results: [result] }] }] }] };
  fs.writeFileSync('/job/report.json', JSON.stringify(report));
  process.exit(0);
}

/** A report that is a link to a file of the host. */
function report_link_config({ data }) {
  require('node:fs').symlinkSync(`${data}/bait`, '/job/report.json');
  process.exit(0);
}

const program_of = (act, values) => `module.exports = (${act})(${JSON.stringify(values)});\n`;

/** `evil_config` as the program of a configuration. */
const evil_program = (values) => program_of(evil_config, { ...values, sockets: `(${try_sockets})(${JSON.stringify(values)})` });

module.exports = { evil_program, linking_config, report_link_config, HUNGRY, program_of };
