// Leaves: copies, constants and casts; and which steps are tried in which order.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kCandidatesMax = 400;
constexpr std::size_t kKeptMax = 8;
constexpr double kDecimalsMost = 20;   // that a number is written with
constexpr double kCostCalculated = 5;  // what costs more may as well be calculated and rounded

// Functions that keep a value's letters and digits, and so are found through alike_columns.
constexpr Fn kCasts[] = {Fn::kText,       Fn::kNumber,        Fn::kBoolean,      Fn::kLower,
                         Fn::kUpper,      Fn::kTrim,          Fn::kCapitalized,  Fn::kSnake,
                         Fn::kKebab,      Fn::kCamel,         Fn::kConstantCase, Fn::kPascal,
                         Fn::kWordsLower, Fn::kWordsSentence, Fn::kWordsTitle,   Fn::kDigits};

bool begins_with_zero(const Target& target) {
  return target.value && target.value->is_string() && target.value->get_string().starts_with('0');
}

void add_casts(const Problem& problem, const ColumnRef& ref, const json::value& from,
               const json::value& to, std::vector<Candidate>& found) {
  const auto add = [&](const Call& call, double cost) {
    if (auto candidate = fit_column(problem, ref, &call)) {
      candidate->cost += cost;
      found.push_back(std::move(*candidate));
    }
  };
  double cost = 0.5;
  for (const Fn fn : kCasts) {
    const Maybe result = perform(fn, from);
    if (result && same(*result, to)) add(Call{.fn = fn}, cost);
    cost += 0.05;
  }
  const Call plain{.fn = Fn::kText};
  // A number that begins with a zero has been filled up, rather than been given just these before.
  if (to.is_string() && to.get_string().size() > 1 &&
      std::ranges::any_of(problem.targets, begins_with_zero) && !fit_column(problem, ref, &plain))
    add(Call{.fn = Fn::kPadded, .numbers = {static_cast<double>(to.get_string().size())}}, 0.3);
  const auto x =
      from.is_string() ? parse_number(std::string_view(from.get_string())) : number_of(from);
  const auto y = to.is_string() ? parse_number(std::string_view(to.get_string())) : number_of(to);
  if (!x || !y || *x == 0 || *y == 0) return;
  const double power = std::round(std::log10(*y / *x));
  if (power != 0 && std::abs(power) <= 6 && is_number(from) && is_number(to))
    add(Call{.fn = Fn::kScale, .numbers = {power}}, 0.8);
  if (to.is_string() && is_number(from)) {
    const double decimals = decimals_of(to.get_string());
    // No decimals are a form of their own only where something is cut off.
    if (decimals <= kDecimalsMost && (decimals > 0 || !fit_column(problem, ref, &plain)))
      add(Call{.fn = Fn::kFixed, .numbers = {decimals}}, 0.9);
  }
}

// "12.50" of 1250 and the like: two functions one after the other.
void add_scaled_texts(const Problem& problem, const ColumnRef& ref, const json::value& from,
                      const json::value& to, std::vector<Candidate>& found) {
  const bool to_text = is_number(from) && to.is_string();
  if (!to_text && !(from.is_string() && is_number(to))) return;
  const auto x =
      from.is_string() ? parse_number(std::string_view(from.get_string())) : number_of(from);
  const auto y = to.is_string() ? parse_number(std::string_view(to.get_string())) : number_of(to);
  if (!x || !y || *x == 0 || *y == 0) return;
  const double power = std::round(std::log10(*y / *x));
  if (power == 0 || std::abs(power) > 6) return;
  const ExprPtr source = ref.expr();
  ExprPtr value;
  if (to_text) {
    const double decimals = decimals_of(to.get_string());
    if (decimals > kDecimalsMost) return;
    value = call(Fn::kFixed, {call(Fn::kScale, {source}, {}, {power})}, {}, {decimals});
  } else {
    const ExprPtr number = call(Fn::kScale, {call(Fn::kNumber, {source})}, {}, {power});
    value = power > 0 ? call(Fn::kRound, {number}) : number;
  }
  if (auto candidate = fit_expr(problem, value, source)) {
    candidate->similarity = similarity(problem.place, ref.column().place);
    candidate->cost += column_cost(problem, ref, candidate->similarity) + 0.5;
    found.push_back(std::move(*candidate));
  }
}

}  // namespace

void find_copies(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  const std::uint64_t hash = hash_of(*target->value);
  for (const Frame* frame : frames_of(problem)) {
    for (const int index : frame->equal_columns(problem.frame->row_in(*frame, target->row), hash)) {
      if (found.size() > kCandidatesMax) return;
      if (auto candidate = fit_column(problem, {frame, index}, nullptr))
        found.push_back(std::move(*candidate));
    }
  }
  // The key of the item, where the loop goes over an object.
  for (const Frame* frame : frames_of(problem)) {
    if (frame->scope() == 0) continue;
    const json::value& key =
        frame->rows()[static_cast<std::size_t>(problem.frame->row_in(*frame, target->row))]
            .bound.key;
    ExprPtr place = make(Key{frame->scope()});
    double cost = key.is_string() ? 1.5 : 3.5;
    if (is_number(key) && is_number(*target->value) &&
        *number_of(*target->value) == *number_of(key) + 1) {
      place = call(Fn::kAdd, {place, constant(1)});  // counted from 1
      cost = 3.6;
    } else if (!same(key, *target->value)) {
      continue;
    }
    if (auto candidate = fit_expr(problem, place, nullptr)) {
      candidate->cost = cost;
      found.push_back(std::move(*candidate));
    }
  }
}

namespace {

std::size_t scalars_in(const json::value& value) {
  std::size_t count = 0;
  if (value.is_array()) {
    for (const json::value& item : value.get_array()) count += scalars_in(item);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) count += scalars_in(member.value());
  } else {
    count = 1;
  }
  return count;
}

}  // namespace

void find_constants(const Problem& problem, std::vector<Candidate>& found) {
  const json::value* value = nullptr;
  for (const Target& target : problem.targets) {
    if (!target.value || (value && !same(*value, *target.value))) return;
    value = target.value;
  }
  if (!value) return;
  Candidate candidate{.value = constant(*value)};
  candidate.is_constant = true;
  candidate.support = static_cast<int>(problem.targets.size());
  const double weight = weight_of(value);
  candidate.cost = problem.targets.size() == 1 ? 2.6 + 0.7 * weight : 2.2 + 0.35 * weight;
  // One that stands in every input, though not at one place, more likely comes from there.
  if (found.empty() && weight >= 0.8 && stands_in_input(problem, *value)) candidate.cost += 2.5;
  // A filled object or list is a constant only where all that is in it is.
  if (!is_scalar(*value)) {
    if (is_made_of_input(problem, *value)) return;
    candidate.cost += 3 * static_cast<double>(scalars_in(*value));
  }
  found.push_back(std::move(candidate));
}

void find_casts(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  if (!is_scalar(*target->value)) return;
  const std::uint64_t letters = letters_of(*target->value);
  if (letters == 0) return;
  for (const Frame* frame : frames_of(problem)) {
    for (const int index :
         frame->alike_columns(problem.frame->row_in(*frame, target->row), letters)) {
      if (found.size() > kCandidatesMax) return;
      const ColumnRef ref{frame, index};
      const json::value* from = ref.at(*problem.frame, target->row);
      // What is a copy here may be cast elsewhere.
      if (same(*from, *target->value) && fit_column(problem, ref, nullptr)) continue;
      const std::size_t before = found.size();
      add_casts(problem, ref, *from, *target->value, found);
      if (found.size() == before) add_scaled_texts(problem, ref, *from, *target->value, found);
    }
  }
}

std::vector<Candidate> find_leaf(Search& search, const Problem& problem) {
  std::vector<Candidate> found;
  // A sure copy ends the search; a doubtful one (few distinct values, another name) does not.
  const auto is_settled = [&](double cost) {
    sort_candidates(found);
    return !found.empty() && found.front().cost <= cost;
  };
  find_copies(problem, found);
  std::erase_if(found, [&](const Candidate& candidate) {
    return candidate.support == 0 && candidate.similarity < 0.6;
  });
  find_constants(problem, found);
  if (search.out_of_time()) {  // what is plain is still found
    sort_candidates(found);
    return found;
  }
  // What a person said may be any plain function of a member; no condition is that.
  const bool is_meant = !is_meant_otherwise(search, problem, found);
  if (!is_settled(2.0) || !is_meant) {
    find_casts(problem, found);
    find_booleans(search, problem, found);
  }
  if (!is_settled(2.6) || !is_meant) {
    find_dates(search, problem, found);
    find_day_forms(search, problem, found);
    find_hashes(search, problem, found);
    find_translations(problem, found);
    find_minor_units(problem, found);
    find_list_values(search, problem, found);
    find_pieces(search, problem, found);
    find_templates(problem, found);
    find_named_items(search, problem, found);
    find_numbers(problem, found);
    if (found.empty()) find_scaled_sums(problem, found);
    if (!is_settled(kCostCalculated)) find_rounded(problem, found);
    if (!is_settled(kCostCalculated)) find_spans(problem, found);
  }
  if (!is_settled(kCostCalculated)) find_extremes(search, problem, nullptr, found);
  if (!is_settled(4.5)) find_coalesced(search, problem, found);
  if (!is_settled(5.5)) find_choices(search, problem, found);
  if (!is_settled(5.5)) find_classes(search, problem, found);
  sort_candidates(found);
  find_rivals_of_first(problem, found);
  find_rivals_of_place(problem, found);
  find_rivals_of_item(search, problem, found);
  find_rivals_of_constant(search, problem, found);
  find_rivals_of_factor(search, problem, found);
  sort_candidates(found);
  prefer(search, problem, found);
  if (found.size() > kKeptMax) found.resize(kKeptMax);
  return found;
}

}  // namespace vouch::adapters
