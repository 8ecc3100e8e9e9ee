'use strict';

// The object that works inside the page (page/*.js), as source text. It is evaluated once for each
// document and leaves nothing behind that the page could see (but see timers.js).

const fs = require('node:fs');
const path = require('node:path');

const FILES = ['dom', 'roles', 'names', 'labels', 'collect', 'folded', 'tamper', 'alter', 'agent'];

/** The limits of browser.h. */
const LIMITS = { elements_max: 4000, text_bytes_max: 400, depth_max: 500 };

const SOURCE = `(() => { 'use strict';
${FILES.map((name) => fs.readFileSync(path.join(__dirname, 'page', `${name}.js`), 'utf8')).join('\n')}
return make_agent(${JSON.stringify(LIMITS)});
})()`;

module.exports = { SOURCE, LIMITS };
