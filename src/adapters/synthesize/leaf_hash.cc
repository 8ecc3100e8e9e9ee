// Leaves that are the hash of a text: what was hashed is looked for in each row, and then explained
// as a leaf of its own, from wherever it comes.
#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

bool is_sha256(const json::value& value) {
  return value.is_string() && value.get_string().size() == 64 &&
         std::ranges::all_of(value.get_string(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// The text in the row, as it is or brought to one form ("Ann@x.org " to "ann@x.org"), whose hash
// this is.
std::optional<json::value> hashed_in(const Problem& problem, const Target& target) {
  for (const Frame* frame : frames_of(problem)) {
    for (std::size_t i = 0; i < frame->columns().size(); ++i) {
      const json::value* from =
          ColumnRef{frame, static_cast<int>(i)}.at(*problem.frame, target.row);
      if (!from || !from->is_string()) continue;
      Maybe text = *from;
      for (const Fn next : {Fn::kLower, Fn::kTrim, Fn::kText}) {
        const Maybe hash = perform(Fn::kSha256, *text);
        if (hash && same(*hash, *target.value)) return text;
        text = perform(next, *text);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

void find_hashes(Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* telling = telling_target(problem);
  if (!telling || !is_sha256(*telling->value)) return;
  Problem texts = problem;
  for (Target& target : texts.targets) {
    if (!target.value || target.value->is_null()) continue;
    auto text = is_sha256(*target.value) ? hashed_in(problem, target) : std::nullopt;
    if (!text) return;
    target.value = search.keep(std::move(*text));
  }
  for (Candidate& candidate : find_leaf(search, texts)) {
    if (candidate.is_constant || candidate.fallback) continue;
    candidate.value = call(Fn::kSha256, {candidate.value});
    candidate.cost -= 1.5;  // never by chance
    found.push_back(std::move(candidate));
  }
}

}  // namespace vouch::adapters
