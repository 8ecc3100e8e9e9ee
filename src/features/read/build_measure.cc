// How people say that a number has bounds, and that something is not what it was.
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_parts.h"
#include "features/read/numbers.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

// The slots of BOUNDS (phrase_lines.h).
bool take_range(const PhraseMatch& match, Range* range) {
  struct Bound {
    std::string_view slot;
    double Range::* end;
    bool open;
  };
  constexpr std::array kBounds = {
      Bound{"under", &Range::most, true}, Bound{"over", &Range::least, true},
      Bound{"most", &Range::most, false}, Bound{"least", &Range::least, false}};
  for (const Bound& bound : kBounds) {
    const Tokens said = match.slot(bound.slot);
    if (said.empty()) continue;
    const auto number = number_in(said[0].text);
    if (!number) return false;
    range->*bound.end = *number;
    range->open = bound.open;
  }
  return range->least <= range->most;
}

bool is_plain(const Target& target) { return !target.quoted && !target.ordinal; }

}  // namespace

// "the total is at most 100".
bool measured(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kMeasured};
  if (draft.clause.negations > 0 || !take_range(match, &out.range)) return false;
  if (!take_target(match, draft, out.target) || out.target.kind == ElementKind::kPage ||
      has_guard_word(match.slot("target")))
    return false;
  draft.cost -= 0.2;  // rather than that it says these words
  draft.add(std::move(out));
  return true;
}

// "every price is below 50", "all products have a price between 20 and 50".
bool each_measured(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kMeasured};
  if (draft.clause.negations > 0 || !take_range(match, &out.range)) return false;
  auto things = parse_target(match.slot("things"));
  const Tokens label = strip(match.slot("label"));
  if (!things || !is_plain(things->value) || has_literal(label)) return false;
  draft.cost += things->cost - 0.3;
  out.target = std::move(things->value);
  const auto says_cost = [](const Token& token) {
    return token.is("cost") || token.is_one_of({"costing", "priced"});
  };
  if (!label.empty())
    out.attribute = join(label);
  else if (std::ranges::any_of(draft.clause.tokens, says_cost))
    out.attribute = "price";
  // "all products are below 50": by their price, which is not said.
  const std::string& noun = out.target.noun.empty() ? out.target.name : out.target.noun;
  out.target.noun = is_plural(lower(noun)) ? noun : noun + "s";
  if (out.target.kind == ElementKind::kAny) out.target.name.clear();
  draft.add(std::move(out));
  return true;
}

namespace {

// By how much something grows: "by one", "by 2"; 0 where the words say no such number.
int change_of(const PhraseMatch& match, const Draft& draft) {
  constexpr int kChangeMax = 1000;
  const Tokens said = match.slot("number");
  const auto number = said.empty() ? std::optional(Quantity{.number = 1}) : parse_quantity(said);
  if (!number || number->compare != Compare::kEqual || number->number > kChangeMax) return 0;
  const bool shrinks = std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is("decrease") || token.is("drop") || token.is("fall") || token.is("shrink") ||
           token.is("lower") || token.is("reduce") ||
           token.is_one_of({"down", "less", "fewer", "reduced", "decremented", "lowered"});
  });
  return shrinks ? -number->number : number->number;
}

bool add_change(Tokens said, bool counted, int change, Draft& draft) {
  if (draft.clause.negations > 0 || !draft.is_outcome()) return false;
  auto target = parse_target(said);
  if (!target || target->value.ordinal || target->value.kind == ElementKind::kPage) return false;
  if (counted && target->value.quoted) return false;
  draft.cost += target->cost - 0.3;
  draft.add(Observation{.kind = ObserveKind::kSame,
                        .target = std::move(target->value),
                        .counted = counted,
                        .change = change,
                        .negated = change == 0});
  return true;
}

}  // namespace

// "the number of tasks increases by one", "there is one more task", "2 more products are listed".
bool more_of_them(const PhraseMatch& match, Draft& draft) {
  const int change = change_of(match, draft);
  return change != 0 && add_change(match.slot("things"), true, change, draft);
}

// "the cart badge goes up by 1".
bool grown_by(const PhraseMatch& match, Draft& draft) {
  const int change = change_of(match, draft);
  return change != 0 && add_change(match.slot("target"), false, change, draft);
}

// "the total changes": to what, is not said.
bool changed(const PhraseMatch& match, Draft& draft) {
  return add_change(match.slot("target"), false, 0, draft);
}

}  // namespace vouch::features::build
