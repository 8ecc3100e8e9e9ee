// Several kinds of record in one task: a member of the output comes from one place in this kind and
// from another in that, and what tells them apart is the same for all such members.
#include <map>
#include <numeric>
#include <utility>

#include "adapters/places.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kKindsMax = 8;
constexpr std::size_t kWaysMax = 12;     // ways to tell the kinds apart that are tried in full
constexpr std::size_t kPairedMax = 6;    // … of which two together are tried
constexpr std::size_t kMembersMax = 40;  // solved by kind
constexpr std::size_t kFinerMax = 3;     // fields that part the records further, told of

// A rule that holds for the member alone: a condition or table of its own.
bool is_conditional(const Solution& member) {
  if (member.condition) return true;
  if (member.kind != Solution::Kind::kLeaf || member.candidates.empty()) return false;
  const auto& node = member.candidates.front().value->node;
  return std::holds_alternative<When>(node) || std::holds_alternative<Choose>(node);
}

// Rows by whether something is there.
std::optional<Groups> grouped_by_presence(const Problem& problem, const ColumnRef& ref) {
  Groups groups{.subject = call(Fn::kIsPresent, {ref.expr()}), .values = {true, false}};
  groups.targets.resize(2);
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    const json::value* value = ref.at(*problem.frame, problem.targets[i].row);
    groups.targets[value && !value->is_null() ? 0 : 1].push_back(static_cast<int>(i));
  }
  if (groups.targets[0].empty() || groups.targets[1].empty()) return std::nullopt;
  groups.cost = column_cost(problem, ref, 0) + 0.5;
  return groups;
}

// What the names of fields that say the kind of a record have in common.
bool is_called_kind(const Path& path) {
  static const Words kKinds = words_of_name("type_kind_event_action_object_status_topic_mode");
  const Place place = place_of(path);
  return std::ranges::any_of(
      place.own, [&](std::uint64_t word) { return std::ranges::count(kKinds, word) > 0; });
}

// A way to tell kinds apart, and the others that part the rows alike, the likeliest first. Their
// groups are in the same order.
struct Ways {
  Groups first;
  std::vector<Groups> alike;
};

// The groups in the order of their first rows, so that two that part the rows alike are equal.
void order(Groups& groups) {
  std::vector<std::size_t> places(groups.targets.size());
  std::iota(places.begin(), places.end(), 0);
  std::ranges::stable_sort(places, {}, [&](std::size_t i) { return groups.targets[i].front(); });
  Groups ordered{.subject = groups.subject, .cost = groups.cost};
  for (const std::size_t i : places) {
    ordered.values.push_back(std::move(groups.values[i]));
    ordered.targets.push_back(std::move(groups.targets[i]));
  }
  groups = std::move(ordered);
}

// Some value comes twice. That a field is often missing tells no more than its presence does.
bool tells_kinds(const Groups& groups) {
  for (std::size_t i = 0; i < groups.values.size(); ++i)
    if (groups.targets[i].size() > 1 && groups.values[i] && !groups.values[i]->is_null())
      return true;
  return false;
}

// Every way to tell kinds apart, the likeliest first.
std::vector<Ways> ways_apart(const Search& search, const Problem& problem) {
  std::vector<Groups> all;
  for (Groups& groups : find_groups(search, problem)) {
    if (groups.values.size() > kKindsMax) continue;
    const auto* path = std::get_if<Path>(&groups.subject->node);
    groups.cost = 0.15 * static_cast<double>(path ? path->steps.size() : 4) +
                  0.3 * static_cast<double>(groups.values.size()) +
                  (path && is_called_kind(*path) ? 0 : 2.0);
    all.push_back(std::move(groups));
  }
  each_column(search, problem, [&](const ColumnRef& ref) {
    if (auto groups = grouped_by_presence(problem, ref)) all.push_back(std::move(*groups));
  });
  std::ranges::stable_sort(all, {}, &Groups::cost);
  std::vector<Ways> ways;
  std::map<std::vector<std::vector<int>>, std::size_t> known;
  for (Groups& groups : all) {
    if (!tells_kinds(groups)) continue;
    order(groups);
    const auto [at, is_new] = known.emplace(groups.targets, ways.size());
    if (is_new)
      ways.push_back({.first = std::move(groups)});
    else
      ways[at->second].alike.push_back(std::move(groups));
  }
  if (ways.size() > kWaysMax) ways.resize(kWaysMax);
  return ways;
}

// Two fields together, where each has few values and every pair of them that occurs does so twice.
std::optional<Groups> paired(const Problem& problem, const Groups& a, const Groups& b) {
  Groups groups{.subject = call(Fn::kConcatTotal, {a.subject, b.subject}, {"", " ", ""}),
                .cost = a.cost + b.cost + 1};
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    Scopes scopes = problem.frame->scopes(problem.targets[i].row);
    const Found value = evaluate(*groups.subject, scopes);
    if (!value.get()) return std::nullopt;
    const auto known = std::ranges::find_if(
        groups.values, [&](const Maybe& each) { return same(*each, *value.get()); });
    const auto at = static_cast<std::size_t>(known - groups.values.begin());
    if (known == groups.values.end()) {
      if (groups.values.size() >= kKindsMax) return std::nullopt;
      groups.values.emplace_back(*value.get());
      groups.targets.emplace_back();
    }
    groups.targets[at].push_back(static_cast<int>(i));
  }
  const bool is_finer = groups.values.size() > std::max(a.values.size(), b.values.size());
  const bool is_sure =
      std::ranges::all_of(groups.targets, [](const auto& rows) { return rows.size() > 1; });
  return is_finer && is_sure ? std::optional(std::move(groups)) : std::nullopt;
}

std::vector<Ways> pairs_of(const Problem& problem, const std::vector<Ways>& ways) {
  std::vector<const Groups*> fields;
  for (const Ways& way : ways)
    if (std::holds_alternative<Path>(way.first.subject->node)) fields.push_back(&way.first);
  if (fields.size() > kPairedMax) fields.resize(kPairedMax);
  std::vector<Ways> pairs;
  for (std::size_t i = 0; i < fields.size(); ++i)
    for (std::size_t j = i + 1; j < fields.size(); ++j)
      if (auto pair = paired(problem, *fields[i], *fields[j]))
        pairs.push_back({.first = std::move(*pair)});
  std::ranges::stable_sort(pairs, {}, [](const Ways& pair) { return pair.first.cost; });
  return pairs;
}

// A value that one record alone has, and that nothing in it explains, is no rule.
bool rests_on_one(const Solution& solution) {
  if (solution.problem.targets.size() > 1) return false;
  if (solution.kind == Solution::Kind::kLeaf)
    return !solution.candidates.empty() && solution.candidates.front().is_constant &&
           says_something(solution.problem.targets.front().value);
  return std::ranges::any_of(solution.members,
                             [](const auto& member) { return member && rests_on_one(*member); });
}

// Read off an item that stands at some place of a list, in too few records to tell.
bool is_of_some_item(const Solution& solution) {
  return solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty() &&
         has_place_in_list(*solution.candidates.front().value) &&
         is_chance(solution.problem, solution.candidates.front());
}

// For each group of `finer` the one of `coarse` that it is a part of; empty where it is not so, or
// where they part the rows alike.
std::vector<std::size_t> parts_of(const Groups& finer, const Groups& coarse) {
  std::vector<std::size_t> whole;
  if (finer.targets.size() <= coarse.targets.size()) return whole;
  for (const std::vector<int>& rows : finer.targets) {
    const auto around = std::ranges::find_if(coarse.targets, [&](const std::vector<int>& all) {
      return std::ranges::all_of(rows, [&](int row) { return std::ranges::count(all, row) > 0; });
    });
    if (around == coarse.targets.end()) return {};
    whole.push_back(static_cast<std::size_t>(around - coarse.targets.begin()));
  }
  return whole;
}

// Fields by which the records could be told apart as well, though they have more values: "app" and
// "web" where "a" is, "pos" where "b" is. What is seen once is no rule, unless it is called one.
void add_finer(const std::vector<Ways>& all, const Groups& taken, Decision& decision) {
  std::size_t added = 0;
  const auto add = [&](const Groups& groups) {
    const auto* path = std::get_if<Path>(&groups.subject->node);
    const bool is_rule =
        path && (is_called_kind(*path) || std::ranges::all_of(groups.targets, [](const auto& rows) {
                   return rows.size() > 1;
                 }));
    if (!is_rule || added >= kFinerMax) return;
    const std::vector<std::size_t> parts = parts_of(groups, taken);
    if (parts.empty()) return;
    ++added;
    decision.readings.push_back(
        {.source = "chosen by " + describe(*groups.subject),
         .members = members_of(*groups.subject),
         .cost = std::clamp(groups.cost, taken.cost + 0.3, taken.cost + 1),
         .apply = [subject = groups.subject, values = groups.values, parts](Solution& at) {
           std::vector<std::shared_ptr<Solution>> members;
           members.reserve(parts.size());
           for (const std::size_t part : parts) members.push_back(at.members[part]);
           at.kind_of = subject;
           at.kinds = values;
           at.members = std::move(members);
         }});
  };
  for (const Ways& ways : all) {
    add(ways.first);
    for (const Groups& groups : ways.alike) add(groups);
  }
}

// What a member's solution is told apart by, and by what else it could be. A field that is no more
// than called otherwise is never out of the question.
Decision decision_of(const Ways& ways, const std::vector<Ways>& all) {
  Decision decision;
  const auto add = [&](const Groups& groups, double cost) {
    decision.readings.push_back(
        {.source = "chosen by " + describe(*groups.subject),
         .members = members_of(*groups.subject),
         .cost = cost,
         .apply = [subject = groups.subject, values = groups.values](Solution& at) {
           at.kind_of = subject;
           at.kinds = values;
         }});
  };
  add(ways.first, ways.first.cost);
  for (const Groups& groups : ways.alike) {
    const bool is_field = std::holds_alternative<Path>(groups.subject->node);
    add(groups, is_field ? std::min(groups.cost, ways.first.cost + 1) : groups.cost);
  }
  add_finer(all, ways.first, decision);
  return decision;
}

// The member by kind; null where some kind is not solved. `all` has the problem's rows, and behind
// them those that somebody said something of.
std::unique_ptr<Solution> by_kind(Search& search, const Problem& problem, const Problem& all,
                                  const Ways& ways) {
  auto solution = std::make_unique<Solution>();
  solution->kind = Solution::Kind::kDispatch;
  solution->problem = problem;
  solution->solved = true;
  solution->cost = 1.5 + ways.first.cost;
  for (const std::vector<int>& rows : ways.first.targets) {
    Problem part = problem;
    part.targets.clear();
    for (const int i : rows)
      if (const auto t = static_cast<std::size_t>(i); t < problem.targets.size())
        part.targets.push_back(problem.targets[t]);
    std::unique_ptr<Solution> member;
    if (part.targets.empty() ||
        std::ranges::any_of(part.targets, [](const Target& target) { return target.value; })) {
      search.kind_rows.clear();
      for (const int i : rows)
        search.kind_rows.push_back(all.targets[static_cast<std::size_t>(i)].row);
      member = solve(search, std::move(part));
      if (!member->solved || rests_on_one(*member) || is_conditional(*member) ||
          is_of_some_item(*member))
        return nullptr;
      solution->cost += 0.7 * member->cost;
    }
    solution->members.push_back(std::move(member));
  }
  return solution;
}

// The object's rows, and those that somebody said something of: what a member is there.
Problem with_pinned_rows(const Search& search, const Problem& object,
                         const std::vector<Problem>& members) {
  Problem all = object;
  for (const Pinned& pin : search.pins) {
    for (std::size_t r = 0; r < object.frame->rows().size(); ++r) {
      const auto row = static_cast<int>(r);
      if (object.frame->rows()[r].sample != pin.sample) continue;
      const bool is_new = std::ranges::none_of(
          all.targets, [&](const Target& target) { return target.row == row; });
      if (is_new && std::ranges::any_of(members, [&](const Problem& member) {
            return is_around(path_in_row(member, row), pin.path);
          }))
        all.targets.push_back({.row = row});
    }
  }
  return all;
}

struct Way {
  const Ways* ways = nullptr;
  std::vector<std::unique_ptr<Solution>> members;  // as those that are in doubt; null: not solved
  std::size_t explained = 0;                       // of those that nothing else explains
  std::size_t solved = 0;
  double cost = 0;
};

}  // namespace

void solve_by_kind(Search& search, Solution& object) {
  if (search.kind_frame || search.out_of_time() || object.problem.targets.size() < 4) return;
  std::vector<std::size_t> doubtful;
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < object.members.size(); ++i) {
    if (object.members[i]->solved && !is_conditional(*object.members[i])) continue;
    Problem member = member_problem(object.problem, object.member_names[i]);
    if (member.targets.size() != object.problem.targets.size()) continue;
    doubtful.push_back(i);
    problems.push_back(std::move(member));
  }
  if (doubtful.empty() || doubtful.size() > kMembersMax) return;
  const Problem all = with_pinned_rows(search, object.problem, problems);
  search.kind_frame = object.problem.frame;
  // A quarter of the time that is left, so that what comes after the object is searched for, too.
  const Deadline deadline = std::exchange(search.deadline, Deadline(search.deadline.left() / 4));
  std::optional<Way> best;
  const auto try_way = [&](const Ways& ways) {
    Way way{.ways = &ways, .cost = ways.first.cost};
    for (std::size_t d = 0; d < doubtful.size(); ++d) {
      auto member = by_kind(search, problems[d], all, ways);
      if (member) {
        ++way.solved;
        way.explained += object.members[doubtful[d]]->solved ? 0 : 1;
        way.cost += 0.1 * member->cost;
      }
      way.members.push_back(std::move(member));
    }
    if (way.solved == 0) return false;
    const auto rank = [](const Way& one) {
      return std::pair(static_cast<double>(one.explained) + 0.5 * static_cast<double>(one.solved),
                       -one.cost);
    };
    const bool is_whole = way.solved == doubtful.size();
    if (!best || rank(way) > rank(*best)) best = std::move(way);
    return is_whole;  // those that follow are less likely
  };
  const auto try_all = [&](const std::vector<Ways>& ways) {
    return std::ranges::any_of(
        ways, [&](const Ways& one) { return !search.out_of_time() && try_way(one); });
  };
  const std::vector<Ways> ways = ways_apart(search, all);
  std::vector<Ways> pairs;
  if (!try_all(ways) && (!best || best->explained == 0)) {
    pairs = pairs_of(all, ways);
    try_all(pairs);
  }
  search.kind_frame = nullptr;
  search.deadline = deadline;
  if (!best || (best->explained == 0 && best->solved < 2)) return;
  object.solved = true;
  // What is said of one member holds for all: they are told apart by the same.
  Decision decision = decision_of(*best->ways, ways);
  for (std::size_t d = 0; d < doubtful.size(); ++d)
    if (best->members[d]) prefer(search, problems[d].path, decision.readings);
  for (std::size_t d = 0; d < doubtful.size(); ++d) {
    if (!best->members[d]) continue;
    Solution& member = *best->members[d];
    object.cost += member.cost - object.members[doubtful[d]]->cost;
    decision.path = member.problem.path;
    decision.readings.front().apply(member);
    member.decisions.push_back(decision);
    object.members[doubtful[d]] = std::move(best->members[d]);
  }
  for (const auto& member : object.members) object.solved &= member->solved;
}

}  // namespace vouch::adapters
