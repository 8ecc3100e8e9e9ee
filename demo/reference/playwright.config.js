'use strict';

const { defineConfig } = require('@playwright/test');

// The shop has one state, so one worker. Chromium's own sandbox cannot start as root.
module.exports = defineConfig({
  testDir: __dirname,
  outputDir: process.env.OUTPUT_DIR ?? 'test-results',
  workers: 1,
  expect: { timeout: 3000 },
  use: {
    baseURL: process.env.SITE_URL ?? 'http://127.0.0.1:3000',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
