#include "adapters/functions.h"
#include "adapters/places.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

// A copy of what is called just so, in the same surroundings, is hardly ever something else that
// happens to be equal.
constexpr double kCalledSo = 0.99;
constexpr double kCalledSoWorth = 1.8;
// Names of a piece's source from here on are alike.
constexpr double kLikeName = 0.6;
// What the values of a piece weigh, from where on they are equal to others by no chance.
constexpr double kOwnWeight = 0.8;

std::size_t at(State state) { return static_cast<std::size_t>(state); }

// An item of a list that is made of one of another list, taken by its place: rather one of all.
bool goes_by_place(const Problem& problem, const Path& path) {
  return problem.path.contains('[') && std::ranges::any_of(path.steps, [](const Step& step) {
           return step.kind == Step::Kind::kIndex;
         });
}

Action outcome(const json::value* value, const json::value* target) {
  if (same(value, target)) return Action::kKeep;
  if (!target) return Action::kOmit;
  return target->is_null() ? Action::kNull : Action::kDefault;
}

}  // namespace

const Frame& Search::add_frame(const Frame& outer, std::vector<Row> rows) {
  return *frames.emplace_back(std::make_unique<Frame>(&outer, std::move(rows)));
}

const json::value* Search::value_in_row(const Frame& frame, const Expr& expr, int row) {
  Scopes scopes = frame.scopes(row);
  Found found = evaluate(expr, scopes);
  if (found.borrowed() || !found.get()) return found.borrowed();
  return keep(*std::move(found).take());
}

bool Fit::add(const json::value* subject, const json::value* value, const json::value* target) {
  const State state = state_of(subject);
  const Action action = outcome(value, target);
  if (state == State::kPresent) {
    if (action != Action::kKeep) return false;
    ++support_;
    return true;
  }
  std::optional<Action>& known = actions_[at(state)];
  if (known && *known != action) return false;
  known = action;
  if (action != Action::kDefault) return true;
  ++fallback_support_;
  if (fallback_) return same(*fallback_, *target);
  fallback_ = *target;
  return true;
}

Candidate Fit::candidate() const {
  return {.actions = actions_,
          .fallback = fallback_,
          .support = support_,
          .fallback_support = fallback_support_};
}

double Fit::policy_cost() const {
  double cost = 0;
  for (const std::optional<Action>& action : actions_)
    if (action && *action != Action::kKeep) cost += *action == Action::kDefault ? 0.5 : 0.15;
  if (fallback_) cost += weight_of(&*fallback_) > 0 ? 1.2 : 0.2;
  return cost;
}

bool gives(const Call& call, const json::value& from, const json::value& to) {
  const json::value* arguments[] = {&from};
  const Maybe result = perform(call, arguments);
  return result && same(*result, to);
}

double weight_of(const json::value* value) {
  if (!value) return 0;
  switch (value->kind()) {
    case json::kind::null:
      return 0;
    case json::kind::bool_:
      return 0.1;
    case json::kind::string: {
      const auto size = static_cast<double>(value->get_string().size());
      return size == 0 ? 0 : std::min(0.6 + size / 8, 3.0);
    }
    case json::kind::array: {
      double sum = 0;
      for (const json::value& item : value->get_array()) sum += weight_of(&item);
      return std::min(sum, 3.0);
    }
    case json::kind::object: {
      double sum = 0;
      for (const auto& member : value->get_object()) sum += 0.3 + weight_of(&member.value());
      return std::min(sum, 3.0);
    }
    default: {
      const double size = std::abs(*number_of(*value));
      if (size == 0) return 0;
      if (size != std::floor(size)) return 1.5;
      return size < 10 ? 0.2 : size < 1000 ? 0.8 : size < 100000 ? 1.5 : 2.5;
    }
  }
}

bool says_something(const json::value* value) {
  const State state = state_of(value);
  return state == State::kPresent || state == State::kFalse || state == State::kZero;
}

const Target* telling_target(const Problem& problem) {
  const Target* best = nullptr;
  double most = -1;
  for (const Target& target : problem.targets) {
    if (!target.value) continue;
    if (const double weight = weight_of(target.value); weight > most) {
      most = weight;
      best = &target;
    }
  }
  return best;
}

std::vector<const json::value*> different_values(const Problem& problem) {
  std::vector<const json::value*> seen;
  for (const Target& target : problem.targets)
    if (std::ranges::none_of(seen, [&](const auto* one) { return same(one, target.value); }))
      seen.push_back(target.value);
  return seen;
}

Problem restricted(const Problem& problem, const std::vector<int>& targets) {
  Problem part = problem;
  part.targets.clear();
  for (const int i : targets) part.targets.push_back(problem.targets[static_cast<std::size_t>(i)]);
  return part;
}

std::vector<const Frame*> frames_of(const Problem& problem) {
  std::vector<const Frame*> frames;
  for (const Frame* frame = problem.frame; frame; frame = frame->outer()) frames.push_back(frame);
  return frames;
}

std::vector<ColumnRef> numbers_in(const Problem& problem, int row, std::size_t most) {
  std::vector<ColumnRef> numbers;
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size() && numbers.size() < most; ++i)
      if (const ColumnRef ref{frame, static_cast<int>(i)};
          const json::value* value = ref.at(*problem.frame, row))
        if (is_number(*value) && *number_of(*value) != 0) numbers.push_back(ref);
  return numbers;
}

double column_cost(const Problem& problem, const ColumnRef& ref, double similarity) {
  const Column& column = ref.column();
  double cost = 1 + 3 * (1 - similarity) + 0.15 * column.depth;
  cost += 0.4 * (problem.frame->scope() - ref.frame->scope());
  for (const Step& step : column.path.steps)
    if (step.kind == Step::Kind::kIndex) cost += 0.3 + 0.05 * std::abs(step.index);
  return cost;
}

std::optional<Candidate> fit_column(const Problem& problem, const ColumnRef& ref,
                                    const Call* call) {
  Fit fit;
  double weight = 0;
  for (const Target& target : problem.targets) {
    const json::value* value = ref.at(*problem.frame, target.row);
    if (!call) {
      if (!fit.add(value, value, target.value)) return std::nullopt;
      weight = std::max(weight, weight_of(target.value));
      continue;
    }
    const json::value* arguments[] = {value};
    const Maybe result = perform(*call, arguments);
    if (!fit.add(value, result ? &*result : nullptr, target.value)) return std::nullopt;
    weight = std::max(weight, weight_of(target.value));
  }
  Candidate candidate = fit.candidate();
  candidate.subject = ref.expr();
  candidate.value = candidate.subject;
  if (call) {
    Call made = *call;
    made.args = {candidate.subject};
    candidate.value = make(std::move(made));
  }
  candidate.similarity = similarity(problem.place, ref.column().place);
  candidate.cost =
      column_cost(problem, ref, candidate.similarity) + fit.policy_cost() - std::min(weight, 1.0);
  if (!call && candidate.similarity >= kCalledSo && !goes_by_place(problem, ref.column().path))
    candidate.cost -= kCalledSoWorth;
  doubt_fallback(problem, candidate);
  return candidate;
}

std::optional<Candidate> fit_expr(const Problem& problem, const ExprPtr& value,
                                  const ExprPtr& subject) {
  Fit fit;
  for (const Target& target : problem.targets) {
    Scopes scopes = problem.frame->scopes(target.row);
    const Found result = evaluate(*value, scopes);
    if (!subject) {
      if (!same(result.get(), target.value)) return std::nullopt;
      continue;
    }
    const Found decides = evaluate(*subject, scopes);
    if (!fit.add(decides.get(), result.get(), target.value)) return std::nullopt;
  }
  Candidate candidate = fit.candidate();
  candidate.value = value;
  candidate.subject = subject;
  candidate.cost = fit.policy_cost();
  if (!subject) candidate.support = static_cast<int>(problem.targets.size());
  doubt_fallback(problem, candidate);
  return candidate;
}

bool stands_in_input(const Problem& problem, const json::value& value) {
  const std::uint64_t hash = hash_of(value);
  return std::ranges::all_of(problem.targets, [&](const Target& target) {
    if (!same(&value, target.value)) return true;
    return std::ranges::any_of(frames_of(problem), [&](const Frame* frame) {
      return !frame->equal_columns(problem.frame->row_in(*frame, target.row), hash).empty();
    });
  });
}

namespace {

struct Stands {
  int leaves = 0;
  int in_input = 0;
  bool is_telling = false;  // one of those in the input says something
};

void count_leaves(const json::value& value, const Frame& frame, int row, Stands& stands) {
  if (value.is_array()) {
    for (const json::value& item : value.get_array()) count_leaves(item, frame, row, stands);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) count_leaves(member.value(), frame, row, stands);
  } else {
    ++stands.leaves;
    const std::uint64_t letters = letters_of(value);
    if (letters == 0 || !frame.has_letters(row, letters)) return;
    ++stands.in_input;
    stands.is_telling |= weight_of(&value) >= 0.8;
  }
}

}  // namespace

bool is_made_of_input(const Problem& problem, const json::value& value) {
  const Frame* outermost = problem.frame;
  while (outermost->outer()) outermost = outermost->outer();
  return std::ranges::all_of(problem.targets, [&](const Target& target) {
    Stands stands;
    count_leaves(value, *outermost, problem.frame->row_in(*outermost, target.row), stands);
    return stands.is_telling || (stands.leaves > 1 && 2 * stands.in_input >= stands.leaves);
  });
}

bool is_chance(const Problem& part, const Candidate& leaf) {
  if (leaf.is_constant || leaf.similarity >= kLikeName) return false;
  double weight = 0;
  for (const Target& target : part.targets) weight += weight_of(target.value);
  return weight < kOwnWeight;
}

bool has_place_in_list(const Expr& expr) {
  bool any = false;
  visit_paths(expr, [&](const Path& path) {
    any |= std::ranges::count(path.steps, Step::Kind::kIndex, &Step::kind) > 0;
  });
  return any;
}

void doubt_fallback(const Problem& problem, Candidate& candidate) {
  if (candidate.fallback && weight_of(&*candidate.fallback) >= 0.8 &&
      stands_in_input(problem, *candidate.fallback))
    candidate.cost += 2.5;
  if (!candidate.fallback || candidate.fallback_support > 1 ||
      weight_of(&*candidate.fallback) < 0.8)
    return;
  candidate.cost += 3;
  for (std::size_t i = 0; i < problem.targets.size(); ++i)
    if (same(&*candidate.fallback, problem.targets[i].value))
      candidate.missed.push_back(static_cast<int>(i));
}

void sort_candidates(std::vector<Candidate>& candidates) {
  std::ranges::stable_sort(candidates, {}, &Candidate::cost);
}

bool names_source(std::string_view description, std::string_view source) {
  if (source.empty()) return false;
  for (std::size_t at = description.find(source); at != std::string_view::npos;
       at = description.find(source, at + 1)) {
    const std::size_t end = at + source.size();
    const bool begins = at == 0 || !is_of_identifier(description[at - 1]);
    const bool ends = end == description.size() ||
                      (!is_of_identifier(description[end]) && description[end] != '.');
    if (begins && ends) return true;
  }
  return false;
}

std::optional<std::size_t> meant(const Search& search, const std::string& path,
                                 const std::vector<std::string>& sources) {
  for (const Preference& preference : search.preferences) {
    if (!is_end_of_path(path, preference.path)) continue;
    // What is called just so before what is made of it.
    for (const bool exactly : {true, preference.is_constant})
      for (std::size_t i = 0; i < sources.size(); ++i)
        if (exactly ? sources[i] == preference.source : names_source(sources[i], preference.source))
          return i;
  }
  return std::nullopt;
}

namespace {

// The candidate that a person meant.
std::optional<std::size_t> meant(const Search& search, const Problem& problem,
                                 const std::vector<Candidate>& candidates) {
  if (search.preferences.empty()) return std::nullopt;
  std::vector<std::string> sources;
  sources.reserve(candidates.size());
  for (const Candidate& candidate : candidates)
    sources.push_back(candidate.missed.empty() ? describe(*candidate.value) : "");
  return meant(search, problem.path, sources);
}

}  // namespace

bool is_meant_otherwise(const Search& search, const Problem& problem,
                        const std::vector<Candidate>& candidates) {
  const bool is_said = std::ranges::any_of(search.preferences, [&](const Preference& one) {
    return is_end_of_path(problem.path, one.path);
  });
  return is_said && !meant(search, problem, candidates);
}

void prefer(const Search& search, const Problem& problem, std::vector<Candidate>& candidates) {
  if (const auto only = meant(search, problem, candidates))
    candidates = {std::move(candidates[*only])};
}

void prefer(const Search& search, const std::string& path, std::vector<Reading>& readings) {
  std::vector<std::string> sources;
  sources.reserve(readings.size());
  for (const Reading& reading : readings) sources.push_back(reading.source);
  if (const auto only = meant(search, path, sources)) {
    readings = {std::move(readings[*only])};
    return;
  }
  std::ranges::stable_sort(readings, {}, &Reading::cost);
  std::erase_if(readings, [least = readings.empty() ? 0 : readings.front().cost](const auto& one) {
    return one.cost > least + kReadingCostMost;
  });
}

std::unique_ptr<Solution> decided_by(const Search& search, Decision decision) {
  prefer(search, decision.path, decision.readings);
  auto taken = std::make_unique<Solution>();
  decision.readings.front().apply(*taken);
  taken->decisions.push_back(std::move(decision));
  return taken;
}

std::set<std::string> members_of(const Expr& expr) {
  std::set<std::string> members;
  visit_paths(expr, [&](const Path& path) { members.insert(describe(path)); });
  return members;
}

}  // namespace vouch::adapters
