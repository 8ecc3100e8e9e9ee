'use strict';

// Loads what the stock runner's worker needs, waits for {entry, env} from worker_ahead.js, and
// becomes that worker.

require('playwright/lib/common');
require('playwright/test');

const leave = () => process.exit(0);
process.once('disconnect', leave);
process.once('message', ({ entry, env }) => {
  for (const name of Object.keys(process.env)) {
    if (!(name in env)) delete process.env[name];
  }
  Object.assign(process.env, env);
  process.off('disconnect', leave);
  process.argv = [process.execPath, entry];
  require(entry);
});
process.send('loaded');
