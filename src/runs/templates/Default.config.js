'use strict';

const { defineConfig, devices } = require('@playwright/test');

module.exports = defineConfig({
  testDir: '../Features',
  outputDir: '../test-results',
  // The scenarios share one site and its data, so they run one after the other.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: !!process.env.CI,
  reporter: process.env.CI ? 'github' : 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.SITE_URL ?? '@SITE_URL@',
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    trace: 'on',  // costs as much as 'retain-on-failure', which records it too
    // Kept for the scenarios that fail only.
    screenshot: 'only-on-failure',
    video: 'retain-on-failure',
  },
});
