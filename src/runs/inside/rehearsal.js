'use strict';
module.exports = {
  rehearse_runner() {
    require('playwright/lib/transform/babelBundle');
  },
  rehearse_worker() {},
};
