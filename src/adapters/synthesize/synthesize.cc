#include "adapters/synthesize/synthesize.h"

#include "adapters/evaluate.h"
#include "adapters/synthesize/report.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

Synthesis synthesize(const std::vector<Sample>& samples, const SynthesisOptions& options) {
  Search search{.preferences = options.preferences, .deadline = Deadline(options.budget)};
  for (const Answer& answer : options.answers)
    search.pins.push_back(
        {answer.path, static_cast<int>(answer.sample), answer.value ? &*answer.value : nullptr});
  for (const Answer& one : options.kept)
    search.kept.push_back(
        {one.path, static_cast<int>(one.sample), one.value ? &*one.value : nullptr});
  std::vector<Row> rows;
  Problem problem;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    rows.push_back({.sample = static_cast<int>(i), .bound = {.item = &samples[i].input}});
    if (samples[i].output)
      problem.targets.push_back({.row = static_cast<int>(i), .value = &*samples[i].output});
  }
  Synthesis synthesis;
  if (problem.targets.empty()) return synthesis;
  search.frames.push_back(std::make_unique<Frame>(nullptr, std::move(rows)));
  problem.frame = search.frames.front().get();
  const auto solution = solve(search, std::move(problem));
  take_majorities(search, *solution);
  Conventions conventions;
  conventions.learn(*solution);
  heed_schema(*solution, conventions, options.takes_null);
  synthesis.mapping = build(*solution, conventions);
  report(search, *solution, conventions, samples, synthesis);
  return synthesis;
}

}  // namespace vouch::adapters
