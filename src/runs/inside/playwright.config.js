'use strict';

// Wraps the project's configuration, which may be anything: what decides where a run goes and what
// it leaves behind is set here, over it. It stands in Configurations/ beside the wrapped one, so
// that relative paths mean the same as without Vouch.

const path = require('node:path');
const run = require('./.vouch.json');

const loaded = require(`./${run.config}.config.js`);
const config = loaded.default ?? loaded;
const root = path.dirname(__dirname);

/** What Vouch decides about a browser and its context. */
function use_of(use = {}) {
  if ((use.browserName ?? use.defaultBrowserType ?? 'chromium') !== 'chromium') {
    throw new Error(`Configurations/${run.config}.config.js asks for ${use.browserName ?? use.defaultBrowserType}; only chromium is here.`);
  }
  const { connectOptions, channel, ...kept } = use;
  return {
    ...kept,
    ...run.use,
    launchOptions: {
      ...use.launchOptions,
      channel: undefined,
      proxy: undefined,
      executablePath: run.executablePath,
      chromiumSandbox: true,
    },
  };
}

const { webServer, shard, ...kept } = config;  // the site runs elsewhere

module.exports = {
  ...kept,
  testDir: path.join(root, 'Features'),
  outputDir: path.join(root, 'test-results'),
  reporter: [
    ['list'],
    ['json', { outputFile: path.join(root, 'report.json') }],
    [run.reporter],
  ],
  use: use_of(config.use),
  ...(config.projects && {
    projects: config.projects.map(({ testDir, outputDir, ...project }) => ({
      ...project,
      use: use_of({ ...config.use, ...project.use }),
    })),
  }),
};
