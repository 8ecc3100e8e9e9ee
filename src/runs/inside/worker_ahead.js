'use strict';

// A worker process of the stock runner, forked and loaded before the runner asks for it. The runner
// asks by child_process.fork(<its worker's entry script>); the first such call is answered with the
// process that is there, which then executes that very script. Every other call, and the first one
// where the process has died, is an ordinary fork.

const path = require('node:path');

const ENTRY = path.join('playwright', 'lib', 'worker', 'workerProcessEntry.js');
// What the runner sets for its workers and Playwright's modules read while they are loaded.
const WORKER_ENV = { FORCE_COLOR: '1', DEBUG_COLORS: '1' };

class WorkerAhead {
  /** Forks at once. */
  constructor(child_process) {
    this.fork_ = child_process.fork.bind(child_process);
    this.child_ = this.fork_(path.join(__dirname, 'worker.js'), [], {
      detached: false,
      env: { ...process.env, ...WORKER_ENV },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.loaded_ = new Promise((resolve) => {
      this.child_.once('message', resolve);
      this.child_.once('exit', resolve);
    });
    child_process.fork = (script, ...rest) => this.fork(script, ...rest);
  }

  /** Resolves when it has loaded, or died. */
  loaded() {
    return this.loaded_;
  }

  fork(script, ...rest) {
    const options = rest.at(-1);
    const child = this.child_;
    if (child?.connected && script.endsWith(ENTRY) && options?.stdio?.[3] === 'ipc') {
      this.child_ = null;
      child.removeAllListeners('message');
      child.removeAllListeners('exit');
      child.send({ entry: script, env: options.env });
      return child;
    }
    return this.fork_(script, ...rest);
  }
}

module.exports = { WorkerAhead };
