// What steps say of several things at once: "both lights are off", "'A', 'B' and 'C' are checked".
#include <algorithm>
#include <optional>

#include "features/read/build.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

constexpr std::size_t kThingsMax = 12;

// The parts between commas and "and"; empty where it is one thing.
std::vector<Tokens> parts_of(Tokens things) {
  std::vector<Tokens> parts;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= things.size(); ++i) {
    const bool ends = i == things.size() || things[i].is("and") ||
                      (things[i].kind == Token::Kind::kPunctuation && things[i].text == ",");
    if (!ends) continue;
    if (i > from) parts.push_back(things.subspan(from, i - from));
    from = i + 1;
  }
  return parts.size() > 1 && parts.size() <= kThingsMax ? parts : std::vector<Tokens>{};
}

// "the compass and calendar images": what the last one is, each of them is.
std::optional<std::vector<Target>> take_each(Tokens things, Draft& draft) {
  std::vector<Target> each;
  for (const Tokens part : parts_of(things)) {
    auto target = parse_target(part);
    if (!target || target->value.name.empty() || !target->value.scopes.empty()) return {};
    draft.cost += target->cost;
    each.push_back(std::move(target->value));
  }
  if (each.empty()) return {};
  const Target last = each.back();
  for (Target& one : each)
    if (one.kind == ElementKind::kAny) one.kind = last.kind;
  return each;
}

// Both, all or none of what a plural names, in the state.
bool add_all(Tokens named, State state, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = state};
  auto target = parse_target(named);
  if (!target || target->value.quoted) return false;
  draft.cost += target->cost;
  out.target = std::move(target->value);
  std::string& words = out.target.name.empty() ? out.target.noun : out.target.name;
  words = "all " + words;
  draft.add(std::move(out));
  return true;
}

}  // namespace

// "both lights are off": there are two, and each is.
bool both_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const Tokens named = match.slot("target");
  if (word->negated || draft.clause.negations > 0 || !add_all(named, word->state, draft))
    return false;
  Observation two{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, 2}};
  two.target = parse_target(named)->value;
  two.may_hold_before = true;
  draft.add(std::move(two));
  return true;
}

bool each_in_state(const PhraseMatch& match, Draft& draft) {
  std::optional<StateWord> word;
  if (const Tokens state = match.slot("state"); !state.empty()) word = parse_state(state);
  const auto each = take_each(match.slot("things"), draft);
  if (!each || draft.clause.negations > 0) return false;
  for (const Target& one : *each) {
    Observation out{.kind = ObserveKind::kElement, .target = one};
    if (word && word->state != State::kVisible) {
      out.kind = ObserveKind::kState;
      out.state = word->state;
    }
    out.negated = word && word->negated;
    draft.add(std::move(out));
  }
  return true;
}

// "nothing is selected under 'Size'": none of the choices there is.
bool nothing_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool of_boxes = word->state == State::kChecked || word->state == State::kSelected;
  auto where = parse_where(match.slot("where"));
  if (!of_boxes || word->negated || !where) return false;
  draft.cost += where->cost;
  Observation out{.kind = ObserveKind::kState, .state = State::kUnchecked};
  out.target = {.noun = "all choices", .scopes = std::move(where->value)};
  draft.add(std::move(out));
  return true;
}

// "none of the boxes is checked": each is in the other state.
bool none_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool of_boxes = word->state == State::kChecked || word->state == State::kSelected;
  return of_boxes && !word->negated && add_all(match.slot("target"), State::kUnchecked, draft);
}

}  // namespace vouch::features::build
