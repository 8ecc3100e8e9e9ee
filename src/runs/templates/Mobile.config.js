'use strict';

const { defineConfig, devices } = require('@playwright/test');

// As the default, on a telephone: a small screen, touch, and its user agent.
module.exports = defineConfig(require('./Default.config.js'), {
  use: { ...devices['Pixel 7'] },
});
