'use strict';

// A page's documents as one snapshot: what a frame shows stands below its frame.

const { SOURCE, LIMITS } = require('./agent.js');

const FRAMES_MAX = 20; // of one page
const DEPTH_MAX = 3; // frames in frames
const FRAME_MS_MAX = 3000; // to read one
const FRAMES_MS_MAX = 5000; // to read all

const late = (ms) => new Promise((resolve) => { setTimeout(resolve, ms, null).unref(); });

class Documents {
  constructor() {
    this.places = []; // of each element of the last snapshot: the agent of its document, and its id there
    this.agents = []; // of frames
  }

  /** @param {import('playwright').JSHandle} agent of the page's own document */
  async read(agent) {
    const snapshot = JSON.parse(await agent.evaluate((each) => each.snapshot()));
    for (const old of this.agents.splice(0)) old.dispose().catch(() => {});
    this.places = [];
    const merged = [];
    this.frames_left = FRAMES_MAX;
    this.truncated = snapshot.truncated;
    this.frames_end = performance.now() + FRAMES_MS_MAX;
    const ids = await this.add(merged, snapshot.elements, agent, { path: [], parent: -1, left: 0, top: 0 });
    const folded = snapshot.folded.map((each) => ({ ...each, opener: ids[each.opener] ?? -1 }));
    return { ...snapshot, elements: merged, folded, truncated: this.truncated };
  }

  /** @returns {Promise<number[]>} by what they are called in their own document, where they stand in `merged` */
  async add(merged, elements, agent, { path, parent, left, top }) {
    const ids = [];
    for (const [local, { frame_selector, ...element }] of elements.entries()) {
      if (merged.length >= LIMITS.elements_max) {
        this.truncated = true;
        break;
      }
      const id = merged.length;
      ids.push(id);
      const [x, y, width, height] = element.box;
      merged.push({
        ...element,
        parent: element.parent >= 0 ? ids[element.parent] : parent,
        box: [x + left, y + top, width, height],
        ...path.length > 0 && { frame: path },
      });
      this.places.push({ agent, id: local });
      if (!frame_selector || path.length >= DEPTH_MAX || this.frames_left <= 0) continue;
      this.frames_left -= 1;
      const ms = Math.min(FRAME_MS_MAX, this.frames_end - performance.now());
      if (ms <= 0) continue;
      const inner = await Promise.race([this.enter(agent, local).catch(() => null), late(ms)]);
      if (!inner) continue; // it is empty, being replaced, or does not respond
      this.agents.push(inner.agent);
      const place = { path: [...path, frame_selector], parent: id, left: x + left, top: y + top };
      await this.add(merged, inner.elements, inner.agent, place);
    }
    return ids;
  }

  async enter(agent, local) {
    const element = await agent.evaluateHandle((each, id) => each.element(id), local);
    const frame = await element.asElement()?.contentFrame();
    await element.dispose();
    if (!frame) return null;
    const inner = await frame.evaluateHandle(SOURCE);
    return { agent: inner, elements: JSON.parse(await inner.evaluate((each) => each.snapshot())).elements };
  }
}

module.exports = { Documents };
