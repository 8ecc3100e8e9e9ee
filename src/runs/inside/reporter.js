'use strict';

// Tells what the runner is doing as lines of JSON on descriptor 4, for people who watch.

const fs = require('node:fs');

const EVENTS_FD = 4;

function tell(event) {
  try {
    fs.writeSync(EVENTS_FD, `${JSON.stringify(event)}\n`);
  } catch {
    // Nobody watches.
  }
}

module.exports = class {
  printsToStdio() {
    return false;
  }

  onBegin(config, suite) {
    tell({ event: 'began', total: suite.allTests().length });
  }

  onTestBegin(test) {
    tell({ event: 'test', test: test.title });
  }

  onStepBegin(test, result, step) {
    if (step.category === 'test.step') tell({ event: 'step', test: test.title, step: step.title });
  }

  onTestEnd(test, result) {
    tell({ event: 'end', test: test.title, status: result.status });
  }
};
