// Objects: member by member, as the members of another object, or with names that are data.
#include <unordered_map>
#include <unordered_set>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kMembersMax = 600;

bool is_object(const Target& target) { return target.value && target.value->is_object(); }

// The names of the members, in the order in which they first appear.
std::vector<std::string> names_in(const Problem& problem) {
  std::vector<std::string> names;
  std::unordered_set<std::string_view> seen;
  for (const Target& target : problem.targets) {
    if (!is_object(target)) continue;
    for (const auto& member : target.value->get_object())
      if (seen.insert(member.key()).second) names.emplace_back(member.key());
  }
  return names;
}

// Members that no output has, but that somebody said are there in another sample.
void add_pinned(const Search& search, const Problem& problem, std::vector<std::string>& names) {
  for (const Pinned& pin : search.pins) {
    const std::size_t dot = pin.path.rfind('.');
    const std::string name = dot == std::string::npos ? pin.path : pin.path.substr(dot + 1);
    if (!pin.value || name.ends_with(']') || std::ranges::count(names, name) > 0) continue;
    const std::string around = dot == std::string::npos ? "" : pin.path.substr(0, dot);
    for (std::size_t row = 0; row < problem.frame->rows().size(); ++row) {
      if (problem.frame->rows()[row].sample != pin.sample ||
          path_in_row(problem, static_cast<int>(row)) != around)
        continue;
      names.push_back(name);
      break;
    }
  }
}

}  // namespace

Problem member_problem(const Problem& problem, const std::string& name) {
  Problem part{.frame = problem.frame, .names = problem.names};
  part.names.push_back(name);
  part.path = problem.path.empty() ? name : problem.path + "." + name;
  part.place = place_of(part.names);
  for (const Target& target : problem.targets)
    if (is_object(target))
      part.targets.push_back({target.row, target.value->get_object().if_contains(name)});
  return part;
}

namespace {

// An object whose members are mostly those of one object of the input, whatever they are.
struct Source {
  ColumnRef ref;
  std::size_t kept = 0;
  std::unordered_set<std::string> without;
  std::unordered_set<std::string> others;  // made otherwise
  double cost = 0;
};

std::optional<Source> spread_of(const Problem& problem, const ColumnRef& ref,
                                const std::vector<std::string>& names) {
  Source source{.ref = ref};
  std::unordered_map<std::string, int> kept_in;
  int rows = 0;
  for (const Target& target : problem.targets) {
    if (!is_object(target)) continue;
    const json::value* from = ref.at(*problem.frame, target.row);
    if (!from || !from->is_object()) return std::nullopt;
    ++rows;
    for (const auto& member : from->get_object()) {
      const json::value* got = target.value->get_object().if_contains(member.key());
      if (got && same(*got, member.value())) {
        ++kept_in[member.key()];
      } else {
        (got ? source.others : source.without).emplace(member.key());
      }
    }
    for (const auto& member : target.value->get_object())
      if (!from->get_object().if_contains(member.key())) source.others.emplace(member.key());
  }
  std::size_t optional = 0;
  for (const std::string& name : names) {
    const auto kept = kept_in.find(name);
    if (kept == kept_in.end() || source.others.contains(name)) continue;
    if (source.without.contains(name)) return std::nullopt;  // kept here, left out there
    ++source.kept;
    if (kept->second < rows) ++optional;
  }
  // Names that come and go with the source's show that it is spread; names that are always there
  // were more likely chosen one by one.
  if (source.kept < 3 || optional < 2 || source.without.size() * 2 > source.kept)
    return std::nullopt;
  source.cost = static_cast<double>(source.without.size() + 3 * source.others.size());
  return source;
}

// Those whose members are mostly the object's, the best first.
std::vector<Source> find_spreads(const Search& search, const Problem& problem,
                                 const std::vector<std::string>& names) {
  const Target* target = telling_target(problem);
  std::vector<Source> found;
  if (!target) return found;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || !from->is_object() || from->get_object().size() < 2) return;
    if (auto source = spread_of(problem, ref, names)) found.push_back(std::move(*source));
  });
  std::ranges::stable_sort(found, {}, &Source::cost);
  return found;
}

// What else gives the same members as the first.
Decision decision_of(const Search& search, const Problem& problem,
                     const std::vector<Source>& sources) {
  Decision decision{.path = problem.path};
  for (const Source& source : sources) {
    if (source.without != sources.front().without || source.others != sources.front().others)
      continue;
    const ExprPtr from = source.ref.expr();
    decision.readings.push_back(
        {.source = "members of " + describe(*from),
         .members = members_of(*from),
         .cost =
             column_cost(problem, source.ref, similarity(problem.place, source.ref.column().place)),
         .apply = [from](Solution& at) { at.spread.source = from; }});
  }
  prefer(search, problem.path, decision.readings);
  return decision;
}

void solve_members(Search& search, Solution& solution, const std::vector<std::string>& names) {
  solution.solved = true;
  for (const std::string& name : names) {
    auto member = solve(search, member_problem(solution.problem, name));
    solution.solved &= member->solved;
    solution.cost += 0.5 + member->cost;
    solution.members.push_back(std::move(member));
    solution.member_names.push_back(name);
  }
}

}  // namespace

namespace {

constexpr std::size_t kWaysMax = 40;
constexpr std::size_t kItemsMax = 512;   // of all lists, where some of them are left out
constexpr std::size_t kFirstsTried = 6;  // items of a list that may be the first that is kept

// Paths of at most two members to what equals `wanted`.
void ways_to(const json::value& item, const json::value& wanted, std::vector<Step>& way,
             std::vector<std::vector<Step>>& ways) {
  if (same(item, wanted)) ways.push_back(way);
  if (!item.is_object() || way.size() >= 2) return;
  for (const auto& member : item.get_object()) {
    way.push_back(member_step(member.key()));
    ways_to(member.value(), wanted, way, ways);
    way.pop_back();
  }
}

// Objects with a member for each item of the list in one column, named by one of its members.
class KeyedSearch {
 public:
  KeyedSearch(Search& search, const Problem& problem, const ColumnRef& ref,
              std::vector<Candidate>& found)
      : search_(search), problem_(problem), ref_(ref), found_(found) {}

  // `item` is one of those that are in `wanted`.
  void run(const json::value& item, const json::object& wanted) {
    for (const auto& naming : item.get_object()) {
      if (!is_scalar(naming.value()) || naming.value().is_null()) continue;
      const json::value* value = wanted.if_contains(text_of(naming.value()));
      if (!value) continue;
      std::vector<std::vector<Step>> ways;
      std::vector<Step> way;
      ways_to(item, *value, way, ways);
      for (const std::vector<Step>& to : ways) try_way(naming.key(), to);
    }
  }

 private:
  void try_way(std::string_view naming, const std::vector<Step>& to) {
    if (found_.size() > kWaysMax) return;
    const Keyed all{.scope = problem_.frame->scope() + 1,
                    .source = ref_.expr(),
                    .name = path(problem_.frame->scope() + 1, {member_step(naming)}),
                    .value = path(problem_.frame->scope() + 1, to)};
    const double cost = 1 + 0.2 * static_cast<double>(to.size());
    if (!add(all, cost)) add_filtered(all, cost);
  }

  bool add(const Keyed& keyed, double cost) {
    const ExprPtr value = make(keyed);
    auto candidate = fit_expr(problem_, value, ref_.expr());
    if (!candidate || candidate->support == 0) return false;
    const std::string source = describe(*value);
    if (std::ranges::any_of(found_,
                            [&](const Candidate& one) { return describe(*one.value) == source; }))
      return true;
    candidate->similarity = similarity(problem_.place, ref_.column().place);
    candidate->cost += column_cost(problem_, ref_, candidate->similarity) + cost;
    found_.push_back(std::move(*candidate));
    return true;
  }

  // Where objects have some of the items alone.
  void add_filtered(const Keyed& all, double cost) {
    std::vector<Row> rows;
    std::vector<bool> kept;
    for (const Target& target : problem_.targets) {
      const json::value* list = ref_.at(*problem_.frame, target.row);
      if (!list || !target.value || !target.value->is_object()) continue;
      std::size_t count = 0;
      for (const Bound& bound : items_of(list)) {
        rows.push_back(
            {.sample = problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample,
             .parent = target.row,
             .bound = bound});
        kept.push_back(has(target.value->get_object(), all, bound));
        count += kept.back() ? 1 : 0;
      }
      if (count < target.value->get_object().size() || rows.size() > kItemsMax) return;
    }
    const Frame& items = search_.add_frame(*problem_.frame, std::move(rows));
    Problem choice{.frame = &items, .path = problem_.path + "[]", .place = problem_.place};
    for (std::size_t i = 0; i < kept.size(); ++i)
      choice.targets.push_back({.row = static_cast<int>(i)});
    for (const Condition& condition : find_conditions(search_, choice, kept, kConditionsMax)) {
      Keyed some = all;
      some.keep = condition.expr;
      add(some, cost + 1 + condition.cost);
    }
  }

  // The item's member is in the object.
  static bool has(const json::object& object, const Keyed& keyed, const Bound& item) {
    Scopes scopes(static_cast<std::size_t>(keyed.scope) + 1);
    scopes.back() = item;
    const Found name = evaluate(*keyed.name, scopes);
    if (!name.get() || !is_scalar(*name.get())) return false;
    const json::value* value = object.if_contains(text_of(*name.get()));
    return value && same(evaluate(*keyed.value, scopes).get(), value);
  }

  Search& search_;
  const Problem& problem_;
  const ColumnRef ref_;
  std::vector<Candidate>& found_;
};

}  // namespace

void find_keyed(Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  if (!target->value->is_object() || target->value->get_object().empty()) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || !from->is_array()) return;
    KeyedSearch keyed(search, problem, ref, found);
    for (std::size_t i = 0; i < std::min(kFirstsTried, from->get_array().size()); ++i)
      if (from->get_array()[i].is_object())
        keyed.run(from->get_array()[i], target->value->get_object());
  });
}

std::unique_ptr<Solution> solve_object(Search& search, const Problem& problem) {
  auto solution = std::make_unique<Solution>();
  solution->kind = Solution::Kind::kObject;
  solution->problem = problem;
  std::vector<std::string> names = names_in(problem);
  add_pinned(search, problem, names);
  if (const auto sources = find_spreads(search, problem, names); !sources.empty()) {
    const Source& source = sources.front();
    solution->decisions.push_back(decision_of(search, problem, sources));
    solution->decisions.back().readings.front().apply(*solution);
    solution->spread.without = {source.without.begin(), source.without.end()};
    std::ranges::sort(solution->spread.without);
    std::erase_if(names, [&](const std::string& name) { return !source.others.contains(name); });
    solution->cost = source.cost;
  }
  if (names.size() > kMembersMax) {
    solution->contradictions.push_back({problem.path, problem.frame->rows()[0].sample, nullptr,
                                        "more than " + std::to_string(kMembersMax) + " members"});
    return solution;
  }
  solve_members(search, *solution, names);
  solve_by_kind(search, *solution);
  return solution;
}

}  // namespace vouch::adapters
