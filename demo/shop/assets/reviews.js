'use strict';

const watcher = new IntersectionObserver((entries) =>
  entries.filter((entry) => entry.isIntersecting).forEach((entry) => load_more(entry.target)));

async function load_more(place) {
  watcher.unobserve(place);
  const answer = await fetch(place.dataset.more);
  place.outerHTML = answer.ok ? await answer.text() : '<p>This could not be loaded.</p>';
  watch();
}

function watch() {
  document.querySelectorAll('[data-more]').forEach((place) => watcher.observe(place));
}

watch();
