// Leaves that are translated by a table of the world's: a country's code to its name, an amount of
// a currency's minor units to the currency itself. Only with support: no table is taken for one
// word that it happens to hold.
#include <cmath>
#include <set>

#include "adapters/lexicon/lexicons.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kSupportMin = 2;  // different texts that were translated

// Different texts of the column in rows that have a target.
std::size_t different_texts(const Problem& problem, const ColumnRef& ref) {
  std::set<std::string_view> texts;
  for (const Target& target : problem.targets) {
    const json::value* from = ref.at(*problem.frame, target.row);
    if (from && from->is_string() && says_something(target.value)) {
      texts.insert(std::string_view(from->get_string()));
    }
  }
  return texts.size();
}

ExprPtr translation(const Lexicon& lexicon, std::size_t from, std::size_t to, ExprPtr text) {
  return call(Fn::kTranslated, {std::move(text)},
              {lexicon.name, lexicon.columns[from], lexicon.columns[to]});
}

void try_columns(const Problem& problem, const Target& target, const Lexicon& lexicon,
                 std::size_t from, std::size_t to, const std::string& text,
                 std::vector<Candidate>& found) {
  const std::uint64_t hash = hash_of(json::value(text));
  for (const Frame* frame : frames_of(problem)) {
    for (const int index : frame->equal_columns(problem.frame->row_in(*frame, target.row), hash)) {
      const ColumnRef ref{frame, index};
      if (different_texts(problem, ref) < kSupportMin) continue;
      auto candidate = fit_expr(problem, translation(lexicon, from, to, ref.expr()), ref.expr());
      if (!candidate || candidate->support < static_cast<int>(kSupportMin)) continue;
      candidate->similarity = similarity(problem.place, ref.column().place);
      candidate->cost += column_cost(problem, ref, candidate->similarity) - 0.5;
      found.push_back(std::move(*candidate));
    }
  }
}

// The power of ten that `part` of them make one `whole` by: 0 where it is none.
double unit_between(double part, double whole) {
  for (const double unit : {1.0, 10.0, 100.0, 1000.0, 10000.0}) {
    if (std::abs(part / unit - whole) <= 1e-9 * std::max(std::abs(part), std::abs(whole))) {
      return unit;
    }
  }
  return 0;
}

// Columns of codes whose currencies have different units here: otherwise a plain factor does.
std::vector<ColumnRef> telling_codes(const Problem& problem, const Lexicon& currencies) {
  const std::size_t code = column_of(currencies, "code"), unit = column_of(currencies, "unit");
  std::vector<ColumnRef> refs;
  for (const Frame* frame : frames_of(problem)) {
    for (std::size_t i = 0; i < frame->columns().size(); ++i) {
      const ColumnRef ref{frame, static_cast<int>(i)};
      std::set<std::string_view> units;
      const bool are_codes = std::ranges::all_of(problem.targets, [&](const Target& target) {
        const json::value* value = ref.at(*problem.frame, target.row);
        if (!value || !value->is_string()) return !target.value;
        const auto* found = translated(currencies, code, unit, value->get_string());
        if (found) units.insert(*found);
        return found != nullptr;
      });
      if (are_codes && units.size() >= kSupportMin) refs.push_back(ref);
    }
  }
  return refs;
}

}  // namespace

void find_translations(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || problem.targets.size() < kSupportMin) return;
  if (!target->value->is_string()) return;
  const std::string_view wanted(target->value->get_string());
  for (const Lexicon& lexicon : lexicons()) {
    for (std::size_t to = 0; to < lexicon.columns.size(); ++to) {
      for (std::size_t from = 0; from < lexicon.columns.size(); ++from) {
        const auto* text = from == to ? nullptr : translated(lexicon, to, from, wanted);
        if (text && *text != wanted) {
          try_columns(problem, *target, lexicon, from, to, *text, found);
        }
      }
    }
  }
}

void find_minor_units(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || problem.targets.size() < kSupportMin) return;
  if (!is_number(*target->value) || *number_of(*target->value) == 0) return;
  const Lexicon& currencies = lexicon("currency");
  const auto codes = telling_codes(problem, currencies);
  if (codes.empty()) return;
  for (const Frame* frame : frames_of(problem)) {
    for (std::size_t i = 0; i < frame->columns().size(); ++i) {
      const ColumnRef amount{frame, static_cast<int>(i)};
      const json::value* from = amount.at(*problem.frame, target->row);
      if (!from || !is_number(*from)) continue;
      const double part = *number_of(*from), whole = *number_of(*target->value);
      if (unit_between(part, whole) == 0 && unit_between(whole, part) == 0) continue;
      for (const ColumnRef& code : codes) {
        const ExprPtr unit =
            call(Fn::kNumber, {translation(currencies, column_of(currencies, "code"),
                                           column_of(currencies, "unit"), code.expr())});
        for (const Fn fn : {Fn::kDivide, Fn::kMultiply}) {
          auto candidate = fit_expr(problem, call(fn, {amount.expr(), unit}), amount.expr());
          if (!candidate) continue;
          candidate->similarity = similarity(problem.place, amount.column().place);
          candidate->cost += column_cost(problem, amount, candidate->similarity) + 0.5;
          found.push_back(std::move(*candidate));
        }
      }
    }
  }
}

}  // namespace vouch::adapters
