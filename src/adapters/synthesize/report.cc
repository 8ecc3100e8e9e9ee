#include "adapters/synthesize/report.h"

#include <cmath>
#include <unordered_set>

namespace vouch::adapters {

namespace {

// A candidate that costs this much more than another is e times less likely.
constexpr double kCostUnit = 0.7;
constexpr std::size_t kAlternativesMax = 4;

class Reporter {
 public:
  Reporter(const Conventions& conventions, const std::vector<Sample>& samples, Synthesis& synthesis)
      : conventions_(conventions), samples_(samples), synthesis_(synthesis) {}

  void visit(const Solution& solution) {
    for (const Contradiction& contradiction : solution.contradictions)
      synthesis_.unexplained.push_back({contradiction.path,
                                        static_cast<std::size_t>(contradiction.sample),
                                        contradiction.value, contradiction.reason});
    if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()) leaf(solution);
    for (const auto& member : solution.members) visit(*member);
  }

  // Whether the mapping gives the outputs: the last word, whatever the search believed.
  void check() {
    if (!synthesis_.mapping) return;
    std::unordered_set<std::size_t> known;
    for (const Unexplained& one : synthesis_.unexplained) known.insert(one.sample);
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      if (!samples_[i].output || known.contains(i)) continue;
      const Maybe got = evaluate(*synthesis_.mapping, samples_[i].input);
      if (!same(got, samples_[i].output))
        synthesis_.unexplained.push_back(
            {"", i, *samples_[i].output, "the parts do not give the whole"});
    }
  }

 private:
  void leaf(const Solution& solution) {
    const Candidate& taken = solution.candidates.front();
    Field field{.path = solution.problem.path, .source = describe(*taken.value)};
    field.seen = static_cast<int>(solution.problem.targets.size());
    field.held = field.seen - static_cast<int>(taken.missed.size());
    double sum = 0;
    for (const Candidate& candidate : solution.candidates)
      sum += std::exp((taken.cost - candidate.cost) / kCostUnit);
    field.confidence = 1 / sum;
    for (std::size_t i = 1; i < solution.candidates.size() && i <= kAlternativesMax; ++i) {
      const Candidate& other = solution.candidates[i];
      field.alternatives.push_back(
          {describe(*other.value), std::exp((taken.cost - other.cost) / kCostUnit) / sum});
    }
    synthesis_.fields.push_back(std::move(field));
  }

  const Conventions& conventions_;
  const std::vector<Sample>& samples_;
  Synthesis& synthesis_;
};

}  // namespace

void report(const Search&, const Solution& solution, const Conventions& conventions,
            const std::vector<Sample>& samples, Synthesis& synthesis) {
  Reporter reporter(conventions, samples, synthesis);
  reporter.visit(solution);
  reporter.check();
}

}  // namespace vouch::adapters
