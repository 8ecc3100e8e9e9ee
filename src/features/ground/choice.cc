#include "features/ground/choice.h"

#include <algorithm>
#include <boost/json.hpp>
#include <ranges>

#include "base/utf8.h"
#include "features/ground/groups.h"

namespace vouch::features::ground {

namespace json = boost::json;
using browser::Element;

namespace {

constexpr std::size_t kOptionsMax = 5;  // of a decision

std::string key_of(const Page& page, const ActCandidate& candidate) {
  std::string key = candidate.note;
  if (candidate.element >= 0) {
    const Element& e = page.at(candidate.element);
    key += " " + e.html_name + " " + e.href + " at " + std::to_string(e.box.x) + "," +
           std::to_string(e.box.y);
    if (candidate.action.kind == browser::Action::Kind::kType) key += " by keys";
  }
  return key;
}

// The two cannot be told apart by what the step says, and do not lead to the same place.
bool ambiguous(const Page& page, const ActCandidate& a, const ActCandidate& b) {
  if (a.element < 0 || b.element < 0 || a.element == b.element || a.score - b.score > kTie)
    return false;
  const Element &x = page.at(a.element), &y = page.at(b.element);
  bool same_link = x.role == "link" && y.role == "link" && x.href == y.href;
  bool nested = page.is_inside(a.element, b.element) || page.is_inside(b.element, a.element);
  return x.role == y.role && x.name == y.name && !same_link && !nested;
}

constexpr std::string_view kSeveralFit =
    "several things on the page fit equally well; name what tells them apart, such as «for …» or "
    "«in …».";
constexpr std::size_t kQuestionCandidatesMax = 20;
constexpr std::size_t kPlaceBytesMax = 120;

// What tells a candidate from its like, for a person: what stands in the largest part of the page
// that holds it and none of the others.
std::string place_of(const Page& page, const ActCandidate& candidate,
                     const std::vector<ActCandidate>& others) {
  int part = candidate.element;
  for (int up = part; up >= 0; up = page.at(up).parent) {
    const bool holds_another = std::ranges::any_of(others, [&](const ActCandidate& other) {
      return other.element >= 0 && other.element != candidate.element &&
             page.is_inside(other.element, up);
    });
    if (holds_another) break;
    part = up;
  }
  if (part < 0 || part == candidate.element) return "";
  const std::string text = shortened(page.at(part).text, kPlaceBytesMax);
  return text.empty() ? "" : " in «" + text + "»";
}

// The best, and those that cannot be told from it.
std::vector<ActCandidate> alike_of(const Page& page, const std::vector<ActCandidate>& candidates) {
  std::vector<ActCandidate> alike = {candidates.front()};
  for (const ActCandidate& candidate : candidates | std::views::drop(1)) {
    if (alike.size() == kQuestionCandidatesMax) break;
    if (ambiguous(page, candidates.front(), candidate)) alike.push_back(candidate);
  }
  return alike;
}

// What leads through a list stands above and below it, the same twice: which of them is pressed is
// the same.
bool are_twins(const Page& page, const std::vector<ActCandidate>& alike) {
  if (alike.size() != 2) return false;
  const int common = page.common_ancestor(alike[0].element, alike[1].element);
  const auto part_of = [&](int id) {
    while (id >= 0 && page.at(id).parent != common) id = page.at(id).parent;
    return id;
  };
  const int one = part_of(alike[0].element), other = part_of(alike[1].element);
  if (one < 0 || other < 0 || one == alike[0].element) return false;
  const Element &a = page.at(one), &b = page.at(other);
  const auto is_between = [&](const Element& e) {
    return e.parent == common && e.id > one && e.id < other && e.visible &&
           (e.role == "table" || e.role == "grid" || e.role == "list");
  };
  return a.tag == b.tag && a.css_class == b.css_class && a.text == b.text &&
         page.subtree(one).size() == page.subtree(other).size() &&
         std::ranges::any_of(page.elements(), is_between);
}

// The one of them that is the page's own: the others stand in what every page bears, or in one of
// several things that are alike; -1 where there is no such one.
int own_of_page(const Page& page, const std::vector<ActCandidate>& alike) {
  std::vector<int> all;
  all.reserve(alike.size());
  for (const ActCandidate& one : alike) all.push_back(one.element);
  int own = -1;
  for (const int id : all) {
    if (is_letterhead(page, id) || is_of_one_of_many(page, id, all)) continue;
    if (own >= 0) return -1;
    own = id;
  }
  return own;
}

std::string joined(const json::array& list) {
  std::string text;
  for (const json::value& entry : list) {
    text += (text.empty() ? "" : ", ");
    text += std::string_view(entry.as_string());
  }
  return text;
}

}  // namespace

std::unexpected<Error> not_grounded(const gherkin::PickleStep& step, std::string reason,
                                    json::array candidates) {
  std::string message = "Line " + std::to_string(step.location.line) + ", «" + step.keyword + " " +
                        step.text + "»: " + reason;
  if (!candidates.empty()) message += " Nearest: " + joined(candidates) + ".";
  return fail(ErrorCode::kInvalidRequest, message,
              {{"line", step.location.line},
               {"step", step.text},
               {"reason", reason},
               {"candidates", std::move(candidates)}});
}

json::array notes_of(const std::vector<ActCandidate>& candidates) {
  json::array list;
  for (const ActCandidate& candidate : candidates) {
    if (list.size() < kOptionsMax) list.emplace_back(candidate.note);
  }
  return list;
}

// Stable from try to try: the line of the step, and of the example, and which of its choices it is.
std::string Choices::question_id(std::size_t step) const {
  std::string id = "line-" + std::to_string(pickle_.steps[step].location.line);
  if (pickle_.example_location) {
    id += "-example-" + std::to_string(pickle_.example_location->line);
  }
  const auto before = std::ranges::count(decisions_, step, &Decision::step);
  if (before > 0) id += "-" + std::to_string(before + 1);
  return id;
}

Error Choices::question(std::size_t at, const Page& page, const std::string& id,
                        const std::vector<ActCandidate>& candidates) const {
  const gherkin::PickleStep& step = pickle_.steps[at];
  const std::vector<ActCandidate> alike = alike_of(page, candidates);
  json::array choices;
  for (const ActCandidate& candidate : alike) {
    choices.push_back(json::object{{"value", std::to_string(choices.size() + 1)},
                                   {"text", candidate.note + place_of(page, candidate, alike)},
                                   {"key", key_of(page, candidate)}});
  }
  Error error = not_grounded(step, std::string(kSeveralFit), notes_of(candidates)).error();
  error.details["question"] = json::object{{"id", id},
                                           {"step", step.text},
                                           {"line", step.location.line},
                                           {"question", "Which one is meant?"},
                                           {"candidates", std::move(choices)}};
  return error;
}

Result<std::size_t> Choices::choose(std::size_t at, const Page& page,
                                    const std::vector<ActCandidate>& candidates,
                                    std::vector<std::string>* assumptions) {
  const gherkin::PickleStep& step = pickle_.steps[at];
  Decision decision;
  decision.step = at;
  for (const ActCandidate& candidate : candidates) {
    if (decision.options.size() < kOptionsMax)
      decision.options.emplace_back(key_of(page, candidate), candidate.score);
  }
  std::size_t index = decisions_.size();
  if (index < forced_.size()) {
    auto at = std::find_if(decision.options.begin(), decision.options.end(),
                           [&](const auto& option) { return option.first == forced_[index]; });
    if (at == decision.options.end())
      return not_grounded(step, "the page did not show the same choices again.");
    decision.chosen = static_cast<std::size_t>(at - decision.options.begin());
  } else if (candidates.size() > 1 && ambiguous(page, candidates[0], candidates[1])) {
    const std::string id = question_id(at);
    if (auto answer = site_.answers.find(id); answer != site_.answers.end()) {
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (key_of(page, candidates[i]) != answer->second) continue;
        assumptions->push_back("«" + step.text + "» means " + candidates[i].note +
                               place_of(page, candidates[i], alike_of(page, candidates)) +
                               ", as was answered.");
        decision.options = {{answer->second, candidates[i].score}};
        decisions_.push_back(std::move(decision));
        return i;
      }
    }
    const std::vector<ActCandidate> alike = alike_of(page, candidates);
    const int own = own_of_page(page, alike);
    const auto is_own = [&](const ActCandidate& one) { return one.element == own; };
    if (const auto one = std::ranges::find_if(candidates, is_own);
        own >= 0 && one != candidates.end()) {
      assumptions->push_back("«" + step.text + "» means, of several, the page's own: " + one->note +
                             ".");
      decision.options = {{key_of(page, *one), one->score}};
      decisions_.push_back(std::move(decision));
      return static_cast<std::size_t>(one - candidates.begin());
    }
    const bool twins = are_twins(page, alike);
    if (!twins && site_.on_ambiguity == OnAmbiguity::kAsk) {
      return std::unexpected(question(at, page, id, candidates));
    }
    if (!twins && site_.on_ambiguity == OnAmbiguity::kFail) {
      return not_grounded(step, std::string(kSeveralFit), notes_of(candidates));
    }
    assumptions->push_back("«" + step.text + "» means the first of several: " + candidates[0].note +
                           ".");
  }
  decisions_.push_back(decision);
  return decision.chosen;
}

std::size_t Choices::choose_reading(std::size_t step, const std::vector<Reading>& readings) {
  const std::string kKey = "reading: ";
  Decision decision;
  decision.step = step;
  for (const Reading& reading : readings) {
    if (reading.weight < kWorthTrying || decision.options.size() == kOptionsMax) break;
    decision.options.emplace_back(kKey + reading.because, reading.weight);
  }
  if (decision.options.size() < 2) return 0;
  if (const std::size_t index = decisions_.size(); index < forced_.size()) {
    const auto at =
        std::ranges::find(decision.options, forced_[index], &std::pair<std::string, double>::first);
    if (at != decision.options.end())
      decision.chosen = static_cast<std::size_t>(at - decision.options.begin());
  }
  decisions_.push_back(decision);
  return decision.chosen;
}

}  // namespace vouch::features::ground
