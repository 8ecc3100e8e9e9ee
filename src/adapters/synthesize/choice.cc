// Leaves that come from different places in different rows: named items of lists, the first source
// that is there, a table, a condition.
#include <numeric>
#include <set>
#include <unordered_set>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr double kCostOfPlaces = 2;             // of the first that is there of a list's places
constexpr std::size_t kPartsTried = 6;          // partial sources that are completed
constexpr std::size_t kDiscriminatorsMax = 60;  // columns tried as what decides
constexpr int kNestedMax = 2;                   // coalesced within coalesced
constexpr std::size_t kKeyMost = 40;            // characters of a text that names an item
constexpr std::size_t kRowsFew = 3;             // of so few every piece is seen about once
constexpr double kKeyBehindPlace = 0.5;         // what picking by a key costs more

// ---- Named items ----

// Every way from `value` down to one equal to `wanted`.
void ways_to(const json::value& value, const json::value& wanted, std::vector<Step>& way,
             std::vector<std::vector<Step>>& ways) {
  if (ways.size() > 8 || way.size() > 4) return;
  if (same(value, wanted)) ways.push_back(way);
  if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      way.push_back(member_step(member.key()));
      ways_to(member.value(), wanted, way, ways);
      way.pop_back();
    }
  } else if (value.is_array() && !value.get_array().empty()) {
    way.push_back(index_step(0));
    ways_to(value.get_array().front(), wanted, way, ways);
    way.pop_back();
  }
}

void try_named(const Problem& problem, const ColumnRef& ref, const json::value& item,
               const json::value& wanted, std::vector<Candidate>& found) {
  std::vector<std::vector<Step>> ways;
  std::vector<Step> way;
  ways_to(item, wanted, way, ways);
  if (ways.empty()) return;
  for (const auto& member : item.get_object()) {
    if (!member.value().is_string() || member.value().get_string().size() > kKeyMost ||
        member.value().get_string().empty() || same(member.value(), wanted))
      continue;
    const Step find{
        .kind = Step::Kind::kFind, .name = std::string(member.key()), .equals = member.value()};
    for (const std::vector<Step>& inside : ways) {
      Path to = ref.column().path;
      to.steps.push_back(find);
      to.steps.insert(to.steps.end(), inside.begin(), inside.end());
      const Place place = place_of(to);
      const ExprPtr value = make(std::move(to));
      auto candidate = fit_expr(problem, value, value);
      if (!candidate || candidate->support < 2) continue;
      candidate->similarity = similarity(problem.place, place);
      candidate->cost += column_cost(problem, ref, candidate->similarity) + 0.8 +
                         0.15 * static_cast<double>(inside.size());
      found.push_back(std::move(*candidate));
    }
  }
}

// ---- Items that are taken by their place ----

// The expression with another path in the place of one.
ExprPtr with_path(const ExprPtr& expr, const Path& from, const ExprPtr& to) {
  if (const auto* own = std::get_if<Path>(&expr->node))
    return own->scope == from.scope && own->steps == from.steps ? to : expr;
  const auto* made = std::get_if<Call>(&expr->node);
  if (!made) return expr;
  Call changed = *made;
  for (ExprPtr& argument : changed.args) argument = with_path(argument, from, to);
  return make(std::move(changed));
}

// Whether a member tells the items of a list apart in all samples: its texts come again and again,
// no two in one list alike, and the item at `place` has the same one everywhere. Or it is true of
// that item alone: a mark.
class ItemKey {
 public:
  ItemKey(const Problem& problem, const Path& list, const Step& place, std::string_view name)
      : problem_(problem), list_(make(Path(list))), place_(place), name_(name) {
    is_key_ = std::ranges::all_of(problem.targets, [&](const Target& target) {
      const json::value* items = list_in(target.row);
      const json::value* taken = items ? follow(items, place_) : nullptr;
      return !taken || add(*items, *taken);
    });
  }

  // The step that takes the item by it; nullopt: it is no key.
  std::optional<Step> step() const {
    if (!is_key_ || lists_ < 2 || (!is_mark() && values_.size() == items_)) return std::nullopt;
    return Step{.kind = Step::Kind::kFind, .name = name_, .equals = *own_};
  }

  // Whether some input has the item of this text at another place; nullopt: none has more than one.
  std::optional<bool> is_elsewhere() const {
    std::optional<bool> elsewhere;
    const Step by_key{.kind = Step::Kind::kFind, .name = name_, .equals = *own_};
    for (std::size_t r = 0; r < problem_.frame->rows().size(); ++r) {
      const json::value* items = list_in(static_cast<int>(r));
      if (!items || items->get_array().size() < 2) continue;
      const json::value* item = follow(items, by_key);
      elsewhere = elsewhere.value_or(false) || (item && item != follow(items, place_));
    }
    return elsewhere;
  }

 private:
  const json::value* list_in(int row) const {
    Scopes scopes = problem_.frame->scopes(row);
    const json::value* value = evaluate(*list_, scopes).borrowed();
    return value && value->is_array() ? value : nullptr;
  }

  const json::value* text_in(const json::value& item) const {
    const json::value* value = item.is_object() ? item.get_object().if_contains(name_) : nullptr;
    const bool is_text = value && value->is_string() && !value->get_string().empty() &&
                         value->get_string().size() <= kKeyMost;
    return is_text ? value : nullptr;
  }

  bool is_mark() const { return own_->is_bool(); }

  bool add(const json::value& items, const json::value& taken) {
    const json::value* mark = taken.is_object() ? taken.get_object().if_contains(name_) : nullptr;
    if (mark && mark->is_bool()) return add_mark(items.get_array(), *mark);
    const json::value* text = text_in(taken);
    if (!text || (own_ && !same(*own_, *text))) return false;
    own_ = text;
    ++lists_;
    std::unordered_set<std::string_view> here;
    for (const json::value& item : items.get_array()) {
      const json::value* other = text_in(item);
      if (!other || !here.insert(other->get_string()).second) return false;
      ++items_;
    }
    values_.insert(here.begin(), here.end());
    return true;
  }

  bool add_mark(const json::array& items, const json::value& mark) {
    if (!mark.get_bool() || (own_ && !is_mark())) return false;
    own_ = &mark;
    ++lists_;
    return std::ranges::count_if(items, [&](const json::value& item) {
             const json::value* one =
                 item.is_object() ? item.get_object().if_contains(name_) : nullptr;
             return one && same(*one, mark);
           }) == 1;
  }

  const Problem& problem_;
  const ExprPtr list_;
  const Step place_;
  const std::string name_;
  bool is_key_ = false;
  const json::value* own_ = nullptr;  // the text at the place
  std::size_t lists_ = 0;
  std::size_t items_ = 0;
  std::unordered_set<std::string_view> values_;
};

// ---- Partial sources ----

struct Partial {
  ColumnRef ref;
  std::vector<int> covered;  // targets
  std::vector<int> open;
  double cost = 0;
};

// Columns that give some targets and contradict none: elsewhere they are missing, null or empty.
std::vector<Partial> partial_sources(const Problem& problem) {
  std::vector<Partial> partials;
  const Target* telling = telling_target(problem);
  if (!telling) return partials;
  // Two rows to start from, so that a source that is absent in one of them is found by the other.
  std::vector<const Target*> starts{telling};
  for (const Target& target : problem.targets)
    if (starts.size() < 4 && weight_of(target.value) > 0 && &target != telling)
      starts.push_back(&target);
  std::unordered_set<const Column*> seen;
  for (const Target* start : starts) {
    const std::uint64_t hash = hash_of(*start->value);
    for (const Frame* frame : frames_of(problem)) {
      const int row = problem.frame->row_in(*frame, start->row);
      for (const int index : frame->equal_columns(row, hash)) {
        Partial partial{.ref = {frame, index}};
        if (!seen.insert(&partial.ref.column()).second) continue;
        for (std::size_t i = 0; i < problem.targets.size(); ++i) {
          const json::value* value = partial.ref.at(*problem.frame, problem.targets[i].row);
          const bool covers = value && problem.targets[i].value && weight_of(value) > 0 &&
                              same(*value, *problem.targets[i].value);
          (covers ? partial.covered : partial.open).push_back(static_cast<int>(i));
        }
        if (partial.covered.empty()) continue;
        partial.cost = column_cost(problem, partial.ref,
                                   similarity(problem.place, partial.ref.column().place)) -
                       1.5 * static_cast<double>(partial.covered.size()) /
                           static_cast<double>(problem.targets.size());
        partials.push_back(std::move(partial));
      }
    }
  }
  std::ranges::stable_sort(partials, {}, &Partial::cost);
  return partials;
}

std::vector<Candidate> simple_leaf(const Problem& problem) {
  std::vector<Candidate> found;
  find_copies(problem, found);
  find_constants(problem, found);
  if (found.empty()) find_casts(problem, found);
  std::erase_if(found, [](const Candidate& c) {
    return !c.missed.empty() || (c.support == 0 && c.similarity < 0.6);
  });
  sort_candidates(found);
  return found;
}

// The expression of a candidate as far as its rows show it.
ExprPtr plain(const Candidate& candidate) { return build(candidate, Conventions()); }

bool absent(const Target& target) { return !target.value || target.value->is_null(); }

std::vector<int> rows_that_are(const Problem& problem, const std::vector<int>& among,
                               bool are_absent) {
  std::vector<int> kept;
  for (const int i : among)
    if (absent(problem.targets[static_cast<std::size_t>(i)]) == are_absent) kept.push_back(i);
  return kept;
}

Candidate piece_of(const Problem& problem, const Partial& partial) {
  return {.value = partial.ref.expr(),
          .similarity = similarity(problem.place, partial.ref.column().place)};
}

// The same of two items of one list: what makes it the one or the other is not their places.
bool differ_by_place(const Expr& a, const Expr& b) {
  const auto* one = std::get_if<Path>(&a.node);
  const auto* other = std::get_if<Path>(&b.node);
  if (!one || !other || one->scope != other->scope || one->steps.size() != other->steps.size())
    return false;
  bool differ = false;
  for (std::size_t i = 0; i < one->steps.size(); ++i) {
    if (one->steps[i] == other->steps[i]) continue;
    if (differ || one->steps[i].kind != Step::Kind::kIndex ||
        other->steps[i].kind != Step::Kind::kIndex)
      return false;
    differ = true;
  }
  return differ;
}

void try_coalesced(Search& search, const Problem& problem, const Partial& partial,
                   std::vector<Candidate>& found) {
  const std::vector<int> rest = rows_that_are(problem, partial.open, false);
  if (rest.empty()) return;
  bool truthy = false;
  for (const int i : partial.open) {
    const json::value* value =
        partial.ref.at(*problem.frame, problem.targets[static_cast<std::size_t>(i)].row);
    const State state = state_of(value);
    if (state == State::kPresent) return;
    truthy |= state != State::kMissing && state != State::kNull;
  }
  const Problem others = restricted(problem, rest);
  std::vector<Candidate> second = simple_leaf(others);
  std::erase_if(second, [](const Candidate& c) { return c.is_constant; });  // Fit has tried it
  if (second.empty() && search.depth < kNestedMax) {
    ++search.depth;
    find_coalesced(search, others, second);
    --search.depth;
    sort_candidates(second);
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(second.size(), 3); ++i) {
    std::vector<ExprPtr> options;
    options.push_back(partial.ref.expr());
    if (const auto* more = std::get_if<Coalesce>(&second[i].value->node))
      for (const ExprPtr& option : more->options) options.push_back(option);
    else
      options.push_back(second[i].value);
    const bool is_of_one_list = std::ranges::any_of(
        options, [&](const ExprPtr& one) { return differ_by_place(*options.front(), *one); });
    const ExprPtr value = make(Coalesce{.options = std::move(options), .truthy = truthy});
    auto candidate = fit_expr(problem, value, value);
    if (!candidate) continue;
    candidate->similarity =
        std::max(second[i].similarity, similarity(problem.place, partial.ref.column().place));
    candidate->cost += 0.6 * (partial.cost + second[i].cost) + 0.5;
    if (is_of_one_list) candidate->cost += kCostOfPlaces;
    candidate->missed = {};
    candidate->is_weak =
        is_of_one_list ||
        (problem.targets.size() > kRowsFew &&
         (is_chance(restricted(problem, partial.covered), piece_of(problem, partial)) ||
          is_chance(others, second[i])));
    found.push_back(std::move(*candidate));
  }
}

// One source where a condition holds, another (or nothing) where it does not.
void try_condition(const Search& search, const Problem& problem, const Partial& partial,
                   std::vector<Candidate>& found) {
  if (partial.open.empty()) return;
  const Candidate piece = piece_of(problem, partial);
  const bool is_judged = problem.targets.size() > kRowsFew;
  if (is_judged && is_chance(restricted(problem, partial.covered), piece)) return;
  std::vector<bool> wanted(problem.targets.size(), false);
  for (const int i : partial.covered) wanted[static_cast<std::size_t>(i)] = true;
  const Problem others = restricted(problem, partial.open);
  const bool nothing =
      std::ranges::all_of(others.targets, [](const Target& t) { return !t.value; });
  Candidate rest;
  if (!nothing) {
    std::vector<Candidate> second = simple_leaf(others);
    if (second.empty() || (is_judged && is_chance(others, second.front()))) return;
    rest = std::move(second.front());
  }
  for (const Condition& condition : find_conditions(search, problem, wanted, 3)) {
    Candidate candidate{.value = make(When{.condition = condition.expr,
                                           .then = partial.ref.expr(),
                                           .otherwise = nothing ? nullptr : plain(rest)})};
    candidate.cost = partial.cost + 1.5 + 0.7 * condition.cost + (nothing ? 0 : rest.cost);
    candidate.support = static_cast<int>(partial.covered.size());
    candidate.similarity = piece.similarity;
    // A single row that differs is no rule.
    candidate.is_weak = partial.open.size() < 2 || partial.covered.size() < 2;
    if (rest.is_constant && partial.open.size() < 2 && weight_of(others.targets[0].value) > 0.5)
      candidate.missed = partial.open;
    found.push_back(std::move(candidate));
  }
}

// Some leaf where a condition holds, and nothing (or null) where it does not.
void try_presence(Search& search, const Problem& problem, std::vector<Candidate>& found) {
  std::vector<int> all(problem.targets.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<int> present = rows_that_are(problem, all, false);
  const std::vector<int> rest = rows_that_are(problem, all, true);
  if (present.size() < 2 || rest.empty() || search.depth >= kNestedMax) return;
  const json::value* nothing = problem.targets[static_cast<std::size_t>(rest.front())].value;
  for (const int i : rest)
    if (!same(nothing, problem.targets[static_cast<std::size_t>(i)].value)) return;
  ++search.depth;
  const std::vector<Candidate> inner = find_leaf(search, restricted(problem, present));
  --search.depth;
  if (inner.empty() || !inner.front().missed.empty()) return;
  std::vector<bool> wanted(problem.targets.size(), false);
  for (const int i : present) wanted[static_cast<std::size_t>(i)] = true;
  for (const Condition& condition : find_conditions(search, problem, wanted, 3)) {
    Candidate candidate{.value = make(When{.condition = condition.expr,
                                           .then = plain(inner.front()),
                                           .otherwise = nothing ? constant(nullptr) : nullptr})};
    candidate.cost = inner.front().cost + 2 + 0.7 * condition.cost;
    candidate.support = static_cast<int>(present.size());
    candidate.similarity = inner.front().similarity;
    candidate.is_weak = true;  // other records may be told apart by something else
    found.push_back(std::move(candidate));
  }
}

// ---- Tables ----

// The rows by the value of a column, where that has few values, and scalar ones.
std::optional<Groups> grouped(const Problem& problem, const ColumnRef& ref) {
  Groups groups{.subject = ref.expr()};
  const std::size_t most = std::min<std::size_t>(problem.targets.size() * 3 / 4, 24);
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    const json::value* value = ref.at(*problem.frame, problem.targets[i].row);
    if (value && (!is_scalar(*value) || (value->is_string() && value->get_string().size() > 80)))
      return std::nullopt;
    std::size_t at = 0;
    while (at < groups.values.size() &&
           !same(groups.values[at] ? &*groups.values[at] : nullptr, value))
      ++at;
    if (at == groups.values.size()) {
      if (at > most) return std::nullopt;
      groups.values.push_back(value ? Maybe(*value) : std::nullopt);
      groups.targets.emplace_back();
    }
    groups.targets[at].push_back(static_cast<int>(i));
  }
  if (groups.values.size() < 2) return std::nullopt;
  groups.cost = 0.5 * column_cost(problem, ref, similarity(problem.place, ref.column().place)) +
                0.2 * static_cast<double>(groups.values.size());
  return groups;
}

// Two cases at least that are seen twice and give two things, which no one rule gives: such a table
// takes a case that one row alone shows (all of `alone`) for what it is, a new value. Of scalars:
// what is in an object or list may follow a rule.
bool is_sure_table(const Problem& problem, const Groups& groups, const std::vector<int>& alone) {
  std::vector<int> others;
  bool differs = false;
  for (const std::vector<int>& rows : groups.targets) {
    if (std::ranges::count(alone, rows.front()) > 0) continue;
    if (rows.size() < 2) return false;
    others.insert(others.end(), rows.begin(), rows.end());
    const auto target = [&](int row) {
      return problem.targets[static_cast<std::size_t>(row)].value;
    };
    if (!target(rows.front()) || !is_scalar(*target(rows.front()))) return false;
    differs |= !same(target(others.front()), target(rows.front()));
  }
  return differs && simple_leaf(restricted(problem, others)).empty();
}

void try_groups(const Problem& problem, const Groups& groups, std::vector<Candidate>& found) {
  Choose choose{.subject = groups.subject};
  double cost = groups.cost + 2.5;
  std::vector<int> alone;
  std::size_t repeated = 0;
  std::size_t constants = 0;
  for (std::size_t g = 0; g < groups.values.size(); ++g) {
    const Problem part = restricted(problem, groups.targets[g]);
    ExprPtr result;
    if (std::ranges::any_of(part.targets, [](const Target& t) { return t.value != nullptr; })) {
      std::vector<Candidate> leaf = simple_leaf(part);
      if (leaf.empty()) return;
      cost += 0.8 * std::max(leaf.front().cost, 0.5);
      const bool by_chance = is_chance(part, leaf.front());
      if (by_chance && part.targets.size() > 1) return;
      if (leaf.front().is_constant || by_chance) {
        ++constants;
        if (part.targets.size() < 2) alone.push_back(groups.targets[g].front());
      }
      result = plain(leaf.front());
    }
    if (part.targets.size() > 1) ++repeated;
    choose.cases.emplace_back(groups.values[g], std::move(result));
  }
  // A table in which nothing comes twice says only what the samples say.
  if (repeated == 0 || (constants > 0 && 2 * alone.size() > constants)) return;
  Candidate candidate{.value = make(std::move(choose))};
  candidate.cost = cost + 0.3 * static_cast<double>(alone.size());
  candidate.support = static_cast<int>(problem.targets.size());
  candidate.is_weak = true;  // other values may come
  const bool is_sure = !alone.empty() && is_sure_table(problem, groups, alone);
  (is_sure ? candidate.alone : candidate.missed) = std::move(alone);
  found.push_back(std::move(candidate));
}

// What a value that no sample has is compared with, where it would give a constant; null elsewhere.
const Expr* guesses_constant(const Candidate& candidate) {
  const auto* when = std::get_if<When>(&candidate.value->node);
  if (!when) return nullptr;
  const auto* condition = std::get_if<Call>(&when->condition->node);
  const bool is_negated = condition && condition->fn == Fn::kNot;
  if (is_negated) condition = std::get_if<Call>(&condition->args.front()->node);
  if (!condition || (condition->fn != Fn::kEquals && condition->fn != Fn::kIsOneOf)) return nullptr;
  const ExprPtr& given = is_negated ? when->then : when->otherwise;
  const auto* fixed = given ? std::get_if<Constant>(&given->node) : nullptr;
  return fixed && !fixed->value.is_null() ? condition->args.front().get() : nullptr;
}

// Where a table by the same field says no more than the samples do, a condition is none that says
// what becomes of every other value, too.
void drop_guesses(std::vector<Candidate>& found, std::size_t from, std::size_t to) {
  std::set<std::string> tables;
  for (std::size_t i = to; i < found.size(); ++i)
    if (found[i].missed.empty())
      tables.insert(describe(*std::get<Choose>(found[i].value->node).subject));
  const auto first = found.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = found.begin() + static_cast<std::ptrdiff_t>(to);
  found.erase(std::remove_if(first, last,
                             [&](const Candidate& candidate) {
                               const Expr* subject = guesses_constant(candidate);
                               return subject && tables.contains(describe(*subject));
                             }),
              last);
}

}  // namespace

std::vector<Groups> find_groups(const Search& search, const Problem& problem) {
  std::vector<Groups> all;
  each_column(search, problem, [&](const ColumnRef& ref) {
    if (auto groups = grouped(problem, ref)) all.push_back(std::move(*groups));
  });
  std::ranges::stable_sort(all, {}, &Groups::cost);
  return all;
}

void find_named_items(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || problem.targets.size() < 2) return;
  if (weight_of(target->value) < 0.2) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* list = ref.at(*problem.frame, target->row);
    if (!list || is_scalar(*list) || ref.column().derived || found.size() > 60) return;
    std::size_t tried = 0;
    for (const Bound& bound : items_of(list))
      if (bound.item->is_object() && ++tried < 60)
        try_named(problem, ref, *bound.item, *target->value, found);
  });
}

void find_rivals_of_place(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (found.empty() || !target || found.front().is_constant) return;
  const Candidate first = found.front();
  std::optional<Path> source;
  std::size_t paths = 0;
  visit_paths(*first.value, [&](const Path& path) {
    source = path;
    ++paths;
  });
  if (paths != 1) return;
  const auto at = std::ranges::find(source->steps, Step::Kind::kIndex, &Step::kind);
  if (at == source->steps.end() || at + 1 == source->steps.end()) return;
  const Path list{source->scope, {source->steps.begin(), at}};
  Path item = list;
  item.steps.push_back(*at);
  Scopes scopes = problem.frame->scopes(target->row);
  const json::value* taken = evaluate(*make(std::move(item)), scopes).borrowed();
  if (!taken || !taken->is_object()) return;
  for (const auto& member : taken->get_object()) {
    if (at[1] == member_step(member.key())) continue;  // the source itself
    const ItemKey key(problem, list, *at, member.key());
    const std::optional<Step> step = key.step();
    const std::optional<bool> elsewhere = step ? key.is_elsewhere() : std::nullopt;
    if (!elsewhere) continue;
    Path picked = *source;
    picked.steps[static_cast<std::size_t>(at - source->steps.begin())] = *step;
    const ExprPtr by_key = make(std::move(picked));
    const ExprPtr value = with_path(first.value, *source, by_key);
    const std::string described = describe(*value);
    if (described == describe(*first.value)) return;  // the path is where with_path does not go
    auto candidate = fit_expr(problem, value,
                              first.subject ? with_path(first.subject, *source, by_key) : nullptr);
    if (!candidate) continue;
    std::erase_if(found, [&](const Candidate& one) { return describe(*one.value) == described; });
    candidate->similarity = first.similarity;
    candidate->cost = first.cost + (*elsewhere ? -kKeyBehindPlace : kKeyBehindPlace);
    found.push_back(std::move(*candidate));
  }
}

void find_coalesced(Search& search, const Problem& problem, std::vector<Candidate>& found) {
  std::size_t tried = 0;
  for (const Partial& partial : partial_sources(problem)) {
    if (++tried > 3 * kPartsTried || search.out_of_time()) return;
    try_coalesced(search, problem, partial, found);
  }
}

void find_choices(Search& search, const Problem& problem, std::vector<Candidate>& found) {
  if (problem.targets.size() < 2) return;
  const std::size_t before = found.size();
  try_presence(search, problem, found);
  std::size_t tried = 0;
  for (const Partial& partial : partial_sources(problem)) {
    if (++tried > kPartsTried || search.out_of_time()) break;
    try_condition(search, problem, partial, found);
  }
  const std::size_t conditions = found.size();
  std::vector<Groups> tables = find_groups(search, problem);
  if (tables.size() > kDiscriminatorsMax) tables.resize(kDiscriminatorsMax);
  for (const Groups& groups : tables) {
    if (search.out_of_time()) break;
    try_groups(problem, groups, found);
  }
  drop_guesses(found, before, conditions);
}

}  // namespace vouch::adapters
