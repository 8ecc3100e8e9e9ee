'use strict';

// Runs of one and of ten scenarios on a server, against the stock runner with the same configuration.

const path = require('node:path');
const { feature_of } = require('./features.js');
const { Server, StockProject, make_folder, start_shop, wrapped_config } = require('./machine.js');
const { in_rounds, ratio_row } = require('./rounds.js');

async function measure(count, rounds, shop) {
  const data = make_folder(`data-${count}`);
  let server = await Server.start(data);
  const name = `Scenarios ${count}`;
  const feature = await server.generate(shop.url, name, feature_of(count));
  const spec = `Features/${name}.spec.ts`, config = 'Configurations/Default.config.js';
  // With the ffmpeg that the server found, for the same videos.
  const stock = new StockProject(`stock-${count}`, {
    'playwright.config.js': wrapped_config(),
    [spec]: await server.file(feature, spec),
    [config]: await server.file(feature, config),
  }, { PLAYWRIGHT_BROWSERS_PATH: path.join(data, 'runner/browsers') });
  await stock.run();
  await server.run(feature);

  const { key } = server;
  const samples = await in_rounds(rounds, {
    // At once after the start of the server: no runner has been loaded ahead.
    cold: async () => {
      await server.stop();
      server = await Server.start(data, { key });
      return server.run(feature);
    },
    stock: () => stock.run(),
    warm: async () => {
      await server.until_warm();
      return server.run(feature);
    },
    'stock again': () => stock.run(),
  });
  await server.stop();
  const of = count === 1 ? 'one scenario' : `${count} scenarios`;
  return [
    { what: `run of ${of}, cold`, subject: 'cold', peer: 'stock', target: 1.1 },
    { what: `run of ${of}, warm`, subject: 'warm', peer: 'stock again', target: 0.8, stretch: 0.7 },
  ].map((row) => ratio_row(row, samples));
}

module.exports = async function measure_runs({ rounds }) {
  const shop = await start_shop();
  const rows = [...await measure(1, rounds, shop), ...await measure(10, rounds, shop)];
  await shop.stop();
  return rows;
};
