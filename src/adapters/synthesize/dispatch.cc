// Several kinds of record in one task: a member of the output comes from one place in this kind and
// from another in that, and what tells them apart is the same for all such members.
#include <set>
#include <utility>

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kKindsMax = 8;
constexpr std::size_t kWaysMax = 12;     // ways to tell the kinds apart that are tried in full
constexpr std::size_t kPairedMax = 6;    // … of which two together are tried
constexpr std::size_t kMembersMax = 40;  // solved by kind

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

// Every way to tell kinds apart, the likeliest first; of those that part the rows alike the first.
std::vector<Groups> ways_apart(const Problem& problem) {
  std::vector<Groups> all;
  for (Groups& groups : find_groups(problem)) {
    if (groups.values.size() > kKindsMax) continue;
    const auto* path = std::get_if<Path>(&groups.subject->node);
    groups.cost = 0.15 * static_cast<double>(path ? path->steps.size() : 4) +
                  0.3 * static_cast<double>(groups.values.size()) +
                  (path && is_called_kind(*path) ? 0 : 2.0);
    all.push_back(std::move(groups));
  }
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size(); ++i)
      if (auto groups = grouped_by_presence(problem, {frame, static_cast<int>(i)}))
        all.push_back(std::move(*groups));
  std::ranges::stable_sort(all, {}, &Groups::cost);
  std::set<std::vector<std::vector<int>>> seen;
  std::erase_if(all, [&](const Groups& groups) {
    auto parts = groups.targets;
    std::ranges::sort(parts);
    return std::ranges::none_of(groups.targets, [](const auto& rows) { return rows.size() > 1; }) ||
           !seen.insert(std::move(parts)).second;
  });
  if (all.size() > kWaysMax) all.resize(kWaysMax);
  return all;
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

std::vector<Groups> pairs_of(const Problem& problem, const std::vector<Groups>& ways) {
  std::vector<const Groups*> fields;
  for (const Groups& way : ways) {
    if (std::holds_alternative<Path>(way.subject->node)) fields.push_back(&way);
  }
  if (fields.size() > kPairedMax) fields.resize(kPairedMax);
  std::vector<Groups> pairs;
  for (std::size_t i = 0; i < fields.size(); ++i)
    for (std::size_t j = i + 1; j < fields.size(); ++j)
      if (auto pair = paired(problem, *fields[i], *fields[j])) pairs.push_back(std::move(*pair));
  std::ranges::stable_sort(pairs, {}, &Groups::cost);
  return pairs;
}

// A value that one record alone has, and that nothing in it explains, is no rule.
bool rests_on_one(const Solution& solution) {
  if (solution.problem.targets.size() > 1) return false;
  if (solution.kind == Solution::Kind::kLeaf)
    return !solution.candidates.empty() && solution.candidates.front().is_constant &&
           weight_of(solution.problem.targets.front().value) > 0.5;
  return std::ranges::any_of(solution.members,
                             [](const auto& member) { return member && rests_on_one(*member); });
}

// The member by kind; null where some kind is not solved.
std::unique_ptr<Solution> by_kind(Search& search, const Problem& problem, const Groups& groups) {
  auto solution = std::make_unique<Solution>();
  solution->kind = Solution::Kind::kDispatch;
  solution->problem = problem;
  solution->kind_of = groups.subject;
  solution->kinds = groups.values;
  solution->solved = true;
  solution->cost = 1.5 + groups.cost;
  for (const std::vector<int>& rows : groups.targets) {
    Problem part = restricted(problem, rows);
    std::unique_ptr<Solution> member;
    if (std::ranges::any_of(part.targets, [](const Target& target) { return target.value; })) {
      member = solve(search, std::move(part));
      if (!member->solved || rests_on_one(*member) || is_conditional(*member)) return nullptr;
      solution->cost += 0.7 * member->cost;
    }
    solution->members.push_back(std::move(member));
  }
  return solution;
}

struct Way {
  std::vector<std::unique_ptr<Solution>> members;  // as those that are in doubt; null: not solved
  std::size_t explained = 0;                       // of those that nothing else explains
  std::size_t solved = 0;
  double cost = 0;
};

}  // namespace

void solve_by_kind(Search& search, Solution& object) {
  if (search.is_dispatching || search.out_of_time() || object.problem.targets.size() < 4) return;
  std::vector<std::size_t> doubtful;
  for (std::size_t i = 0; i < object.members.size(); ++i)
    if (!object.members[i]->solved || is_conditional(*object.members[i])) doubtful.push_back(i);
  std::vector<Problem> problems;
  problems.reserve(object.member_names.size());
  for (const std::string& name : object.member_names)
    problems.push_back(member_problem(object.problem, name));
  std::erase_if(doubtful, [&](std::size_t i) {
    return problems[i].targets.size() != object.problem.targets.size();
  });
  if (doubtful.empty() || doubtful.size() > kMembersMax) return;
  search.is_dispatching = true;
  // A quarter of the time that is left, so that what comes after the object is searched for, too.
  const auto now = std::chrono::steady_clock::now();
  const auto deadline = std::exchange(search.deadline, now + (search.deadline - now) / 4);
  std::optional<Way> best;
  const auto try_way = [&](const Groups& groups) {
    Way way{.cost = groups.cost};
    for (const std::size_t i : doubtful) {
      auto member = by_kind(search, problems[i], groups);
      if (member) {
        ++way.solved;
        way.explained += object.members[i]->solved ? 0 : 1;
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
  const auto try_all = [&](const std::vector<Groups>& ways) {
    return std::ranges::any_of(
        ways, [&](const Groups& groups) { return !search.out_of_time() && try_way(groups); });
  };
  const std::vector<Groups> ways = ways_apart(object.problem);
  if (!try_all(ways) && (!best || best->explained == 0)) {
    try_all(pairs_of(object.problem, ways));
  }
  search.is_dispatching = false;
  search.deadline = deadline;
  if (!best || (best->explained == 0 && best->solved < 2)) return;
  object.solved = true;
  for (std::size_t d = 0; d < doubtful.size(); ++d)
    if (best->members[d]) {
      object.cost += best->members[d]->cost - object.members[doubtful[d]]->cost;
      object.members[doubtful[d]] = std::move(best->members[d]);
    }
  for (const auto& member : object.members) object.solved &= member->solved;
}

}  // namespace vouch::adapters
