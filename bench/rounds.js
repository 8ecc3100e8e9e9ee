'use strict';

// Rounds of actions that take turns, and what is made of them: machines are shared and noisy, so only what was measured
// within one round is compared, and the median of the rounds counts.

function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}

const median = (values) => quantile(values, 0.5);

/**
 * Executes every action `rounds` times, one after the other within a round.
 * @param {Record<string, () => Promise<number | Record<string, number>>>} actions each gives its milliseconds, or several
 *   under names of their own
 * @returns {Promise<Record<string, number[]>>} by name, in the order of the rounds
 */
async function in_rounds(rounds, actions) {
  const samples = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, action] of Object.entries(actions)) {
      const measured = await action();
      const named = typeof measured === 'number' ? { [name]: measured } : measured;
      for (const [each, ms] of Object.entries(named)) (samples[each] ??= []).push(ms);
    }
  }
  return samples;
}

/** A line of the table: how long `subject` takes for each time `peer` takes. */
function ratio_row({ what, subject, peer, target }, samples) {
  const ratios = samples[subject].map((ms, round) => ms / samples[peer][round]);
  return {
    what,
    measured: median(samples[subject]),
    peer: median(samples[peer]),
    peer_name: peer,
    value: median(ratios),
    unit: 'x',
    target,
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    samples: { [subject]: samples[subject], [peer]: samples[peer] },
  };
}

module.exports = { in_rounds, median, quantile, ratio_row };
