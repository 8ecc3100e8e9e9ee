// One place of the output: what kind of value stands there, and whether it is always there.
#include <set>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

struct Kinds {
  int objects = 0;
  int arrays = 0;
  int scalars = 0;  // neither, nor null
  int absent = 0;   // missing or null
};

Kinds kinds_in(const Problem& problem) {
  Kinds kinds;
  for (const Target& target : problem.targets) {
    if (!target.value || target.value->is_null())
      ++kinds.absent;
    else if (target.value->is_object())
      ++kinds.objects;
    else
      ++(target.value->is_array() ? kinds.arrays : kinds.scalars);
  }
  return kinds;
}

// Whether the row is of the kind of record that is being solved.
bool is_of_kind(const Search& search, const Problem& problem, std::size_t row) {
  if (!search.kind_frame) return true;
  const int outer = problem.frame->row_in(*search.kind_frame, static_cast<int>(row));
  return std::ranges::count(search.kind_rows, outer) > 0;
}

void add_target(Problem& problem, const Target& target) {
  const bool is_known = std::ranges::any_of(problem.targets, [&](const Target& one) {
    return one.row == target.row && one.value == target.value;
  });
  if (!is_known) problem.targets.push_back(target);
}

void add_pins(const Search& search, Problem& problem) {
  for (const Pinned& pin : search.pins) {
    for (std::size_t row = 0; row < problem.frame->rows().size(); ++row) {
      if (problem.frame->rows()[row].sample != pin.sample) continue;
      if (path_in_row(problem, static_cast<int>(row)) == pin.path &&
          is_of_kind(search, problem, row))
        add_target(problem, {static_cast<int>(row), pin.value});
    }
  }
}

std::unique_ptr<Solution> solve_leaf(Search& search, const Problem& problem) {
  auto solution = std::make_unique<Solution>();
  solution->kind = Solution::Kind::kLeaf;
  solution->problem = problem;
  solution->candidates = find_leaf(search, problem);
  note_contradictions(*solution);
  solution->solved = solution->contradictions.empty();
  solution->cost = solution->candidates.empty() ? 20 : solution->candidates.front().cost;
  if (!solution->solved) solution->cost += 10;
  return solution;
}

// How many leaves there are in the container, and how many of them come from what is in `source`.
struct Origins {
  int leaves = 0;
  int inside = 0;
};

Origins origins(const Solution& solution, const Path& source) {
  Origins sum;
  for (const auto& member : solution.members) {
    if (!member) continue;
    if (member->kind == Solution::Kind::kLeaf && !member->candidates.empty()) {
      const ExprPtr& subject = member->candidates.front().subject;
      const auto* path = subject ? std::get_if<Path>(&subject->node) : nullptr;
      ++sum.leaves;
      if (path && path->scope == source.scope && path->steps.size() >= source.steps.size() &&
          std::equal(source.steps.begin(), source.steps.end(), path->steps.begin()))
        ++sum.inside;
    }
    const Origins inner = origins(*member, source);
    sum.leaves += inner.leaves;
    sum.inside += inner.inside;
  }
  return sum;
}

// The columns whose state tells where a container is there, the likeliest first; the likelier the
// more of what is in the container comes from it.
std::vector<Candidate> find_presences(const Search& search, const Problem& problem,
                                      const Solution& solution) {
  static const json::value kSomething = true;
  std::vector<Candidate> found;
  each_column(search, problem, [&](const ColumnRef& ref) {
    Fit fit;
    std::array<std::optional<bool>, kStates> there{};  // by the subject's state
    const bool fits = std::ranges::all_of(problem.targets, [&](const Target& target) {
      const json::value* subject = ref.at(*problem.frame, target.row);
      const bool is_there = target.value && !target.value->is_null();
      auto& known = there[static_cast<std::size_t>(state_of(subject))];
      if (known && *known != is_there) return false;
      known = is_there;
      return fit.add(subject, is_there ? target.value : &kSomething, target.value);
    });
    if (!fits || fit.support() == 0) return;
    Candidate candidate = fit.candidate();
    candidate.subject = ref.expr();
    candidate.similarity = similarity(problem.place, ref.column().place);
    candidate.cost = column_cost(problem, ref, candidate.similarity) + fit.policy_cost();
    if (!ref.column().derived) {
      const Origins from = origins(solution, ref.column().path);
      if (from.leaves > 0) candidate.cost -= 2.0 * from.inside / from.leaves;
    }
    found.push_back(std::move(candidate));
  });
  sort_candidates(found);
  return found;
}

// The longest path that all sources of the members go through; nothing where they have none in
// common.
std::optional<Path> common_source(const Solution& solution) {
  std::optional<Path> common;
  const auto add = [&](const ExprPtr& source) {
    const auto* path = source ? std::get_if<Path>(&source->node) : nullptr;
    if (!path) return true;
    if (!common) {
      common = *path;
      return true;
    }
    if (common->scope != path->scope) return false;
    std::size_t shared = 0;
    while (shared < std::min(common->steps.size(), path->steps.size()) &&
           common->steps[shared] == path->steps[shared])
      ++shared;
    common->steps.resize(shared);
    return shared > 0;
  };
  for (const auto& member : solution.members) {
    if (!member) continue;
    if (member->kind == Solution::Kind::kObject) {
      const auto inner = member->presence ? std::nullopt : common_source(*member);
      if (!add(member->presence ? member->presence->subject : inner ? make(Path(*inner)) : nullptr))
        return std::nullopt;
    } else if (member->kind == Solution::Kind::kEach) {
      const ExprPtr& source =
          member->outer_sources.empty() ? member->each.source : member->outer_sources.front();
      if (!add(source)) return std::nullopt;
    } else if (member->kind == Solution::Kind::kLeaf && !member->candidates.empty()) {
      if (!add(member->candidates.front().subject)) return std::nullopt;
    }
  }
  return common;
}

// An object made of one object of the input: where that is not there, neither is this.
void infer_presence(const Problem& problem, Solution& solution) {
  auto source = common_source(solution);
  if (solution.spread.source)
    if (const auto* spread = std::get_if<Path>(&solution.spread.source->node)) source = *spread;
  if (!source || source->scope != problem.frame->scope()) return;
  // The sources themselves are members: what they have in common is an object around them.
  const ExprPtr whole = make(Path(*source));
  Fit fit;
  for (const Target& target : problem.targets) {
    Scopes scopes = problem.frame->scopes(target.row);
    const Found found = evaluate(*whole, scopes);
    if (!found.get() || !found.get()->is_object()) return;
    fit.add(found.get(), target.value, target.value);
  }
  solution.presence = fit.candidate();
  solution.presence->subject = whole;
}

// What is in the object comes from what decides whether it is there.
bool comes_from(const Solution& solution, const Candidate& presence) {
  const auto source = common_source(solution);
  const auto* subject = std::get_if<Path>(&presence.subject->node);
  return source && subject && source->scope == subject->scope &&
         subject->steps.size() <= source->steps.size() &&
         std::equal(subject->steps.begin(), subject->steps.end(), source->steps.begin());
}

// In each row without the object all that would be in it is missing. The solution has no presence
// policy yet.
bool is_empty_where_absent(const Problem& problem, const Solution& solution) {
  if (problem.path.empty() || solution.kind != Solution::Kind::kObject) return false;
  const ExprPtr built = build(solution, Conventions());
  return built && std::ranges::all_of(problem.targets, [&](const Target& target) {
           if (target.value) return !target.value->is_null();
           Scopes scopes = problem.frame->scopes(target.row);
           const State state = state_of(evaluate(*built, scopes).get());
           return state == State::kMissing || state == State::kEmptyObject;
         });
}

// Where the container is not there in some rows, what decides it: the state of something, or a
// condition.
void solve_presence(const Search& search, const Problem& problem, Solution& solution) {
  std::vector<bool> wanted;
  bool any_null = false;
  bool any_missing = false;
  for (const Target& target : problem.targets) {
    wanted.push_back(target.value && !target.value->is_null());
    any_null |= target.value && target.value->is_null();
    any_missing |= !target.value;
  }
  if (!any_null && !any_missing) return infer_presence(problem, solution);
  const std::vector<Candidate> presences = find_presences(search, problem, solution);
  if (!any_null && !(!presences.empty() && comes_from(solution, presences.front())) &&
      is_empty_where_absent(problem, solution))
    return;
  Decision decision{.path = problem.path};
  std::set<std::set<std::string>> members;
  const auto add = [&](const ExprPtr& source, double cost, std::function<void(Solution&)> apply) {
    Reading reading{.source = describe(*source),
                    .members = members_of(*source),
                    .cost = cost,
                    .apply = std::move(apply)};
    if (members.insert(reading.members).second) decision.readings.push_back(std::move(reading));
  };
  for (const Candidate& presence : presences)
    add(presence.subject, presence.cost, [presence](Solution& at) {
      at.condition = nullptr;
      at.presence = presence;
    });
  if (any_null != any_missing)
    for (const Condition& condition : find_conditions(search, problem, wanted, kConditionsMax))
      // Where something's state tells it, what it is says no more.
      add(condition.expr, condition.cost + (presences.empty() ? 0 : 0.5),
          [condition, any_null](Solution& at) {
            at.presence.reset();
            at.condition = condition.expr;
            at.null_without_condition = any_null;
          });
  if (!decision.readings.empty()) {
    prefer(search, decision.path, decision.readings);
    decision.readings.front().apply(solution);
    solution.cost += decision.readings.front().cost;
    solution.decisions.push_back(std::move(decision));
    return;
  }
  solution.solved = false;
  for (const Target& target : problem.targets)
    if (!target.value || target.value->is_null())
      solution.contradictions.push_back(
          {path_in_row(problem, target.row),
           problem.frame->rows()[static_cast<std::size_t>(target.row)].sample, json::value(),
           "nothing in the input tells when it is there"});
}

Problem present_part(const Problem& problem) {
  std::vector<int> kept;
  for (std::size_t i = 0; i < problem.targets.size(); ++i)
    if (const json::value* value = problem.targets[i].value; value && !value->is_null())
      kept.push_back(static_cast<int>(i));
  return restricted(problem, kept);
}

// Somebody said what stands at a place in it: it is not copied whole.
bool is_pinned_inside(const Search& search, const Problem& problem) {
  return std::ranges::any_of(search.pins, [&](const Pinned& pin) {
    for (std::size_t row = 0; row < problem.frame->rows().size(); ++row) {
      if (problem.frame->rows()[row].sample != pin.sample) continue;
      const std::string own = path_in_row(problem, static_cast<int>(row));
      if (own.empty() ? !pin.path.empty() : pin.path.starts_with(own + ".")) return true;
    }
    return false;
  });
}

// The whole object or list is one of the input's.
std::unique_ptr<Solution> solve_as_copy(Search& search, const Problem& problem) {
  auto solution = std::make_unique<Solution>();
  solution->kind = Solution::Kind::kLeaf;
  solution->problem = problem;
  find_copies(problem, solution->candidates);
  std::erase_if(solution->candidates, [](const Candidate& candidate) {
    return !candidate.missed.empty() || (candidate.support == 0 && candidate.similarity < 0.6);
  });
  find_constants(problem, solution->candidates);
  if (!search.out_of_time()) {
    find_list_forms(search, problem, solution->candidates);
    find_keyed(search, problem, solution->candidates);
  }
  sort_candidates(solution->candidates);
  prefer(search, problem, solution->candidates);
  if (solution->candidates.empty()) return nullptr;
  if (solution->candidates.size() > 8) solution->candidates.resize(8);
  solution->cost = solution->candidates.front().cost;
  solution->solved = true;
  return solution;
}

// A list of one item that is taken from another list by its place, or by what names it.
bool is_one_item(const Solution& copy) {
  const auto* made = std::get_if<Call>(&copy.candidates.front().value->node);
  return made && made->fn == Fn::kWrap &&
         (has_place_in_list(*made->args.front()) ||
          std::holds_alternative<Lookup>(made->args.front()->node));
}

// All of the list's items, or those that have in one member what is around them.
bool keeps_by_match(const Solution& list) {
  const auto* keep = list.each.keep ? std::get_if<Call>(&list.each.keep->node) : nullptr;
  return !list.each.keep || (keep && keep->fn == Fn::kEquals &&
                             !std::holds_alternative<Constant>(keep->args.back()->node));
}

// A list that is not one where it has a single item, and not there where it has none.
std::unique_ptr<Solution> solve_collapsed(Search& search, const Problem& problem) {
  Problem lists = problem;
  for (Target& target : lists.targets) {
    if (!target.value) {
      target.value = search.keep(json::array{});
    } else if (!target.value->is_array()) {
      target.value = search.keep(json::array{*target.value});
    }
  }
  auto solution = solve_list(search, lists);
  if (solution->kind != Solution::Kind::kEach) return nullptr;
  solution->collapse = true;
  solution->presence.reset();
  return solution;
}

std::unique_ptr<Solution> solve_container(Search& search, const Problem& problem,
                                          const Kinds& kinds) {
  const Problem present = present_part(problem);
  std::unique_ptr<Solution> solution;
  if (kinds.arrays > 0 && kinds.objects + kinds.scalars > 0) {
    solution = solve_collapsed(search, problem);
    return solution && solution->solved ? std::move(solution) : solve_leaf(search, problem);
  }
  if (kinds.objects > 0) {
    solution = solve_keyed(search, present);
    if (!solution) solution = solve_object(search, present);
    solve_presence(search, problem, *solution);
  } else {
    solution = solve_list(search, problem);
  }
  return solution;
}

}  // namespace

void note_contradictions(Solution& solution) {
  const Problem& problem = solution.problem;
  solution.contradictions.clear();
  const auto note = [&](const Target& target, std::string reason) {
    const int sample = problem.frame->rows()[static_cast<std::size_t>(target.row)].sample;
    solution.contradictions.push_back({path_in_row(problem, target.row), sample,
                                       target.value ? *target.value : json::value(),
                                       std::move(reason)});
  };
  if (solution.candidates.empty()) {
    for (const Target& target : problem.targets)
      if (target.value) note(target, "nothing in the input explains it");
    return;
  }
  const Candidate& taken = solution.candidates.front();
  for (const int i : taken.missed) {
    const Target& target = problem.targets[static_cast<std::size_t>(i)];
    note(target, "the other samples say " + describe(*taken.value) + ", this one does not");
  }
}

std::string path_in_row(const Problem& problem, int row) {
  std::vector<json::value> keys;
  for (const Frame* frame = problem.frame; frame; frame = frame->outer()) {
    const Row& at = frame->rows()[static_cast<std::size_t>(row)];
    keys.insert(keys.begin(), at.bound.key);
    row = at.parent;
  }
  std::string text;
  std::size_t scope = keys.size() - 1;
  // The innermost loops are the last "[]": one that was flattened has no place of its own.
  std::size_t from = problem.path.size();
  std::vector<std::size_t> places;
  while (from > 0 && (from = problem.path.rfind("[]", from - 1)) != std::string::npos)
    places.push_back(from);
  std::ranges::reverse(places);
  scope = keys.size() - std::min(keys.size(), places.size());
  std::size_t done = 0;
  for (const std::size_t place : places) {
    text += problem.path.substr(done, place + 1 - done);
    if (scope < keys.size()) text += text_of(keys[scope++]);
    done = place + 1;
  }
  return text + problem.path.substr(done);
}

std::unique_ptr<Solution> solve(Search& search, Problem problem) {
  add_pins(search, problem);
  const Kinds kinds = kinds_in(problem);
  if (kinds.objects + kinds.arrays == 0 || search.nesting >= kNestingMax) {
    return solve_leaf(search, problem);
  }
  struct Level {
    explicit Level(int& nesting) : nesting_(nesting) { ++nesting_; }
    ~Level() { --nesting_; }
    int& nesting_;
  };
  const Level level(search.nesting);
  std::unique_ptr<Solution> copy =
      is_pinned_inside(search, problem) ? nullptr : solve_as_copy(search, problem);
  const bool is_one = copy && is_one_item(*copy);  // rather all of them, where that fits as well
  if (copy && ((copy->cost < 2.5 && !is_one) || search.out_of_time())) return copy;
  if (kinds.objects + kinds.arrays + kinds.scalars > 0 && kinds.objects > 0 && kinds.scalars > 0 &&
      kinds.arrays == 0)
    return copy ? std::move(copy) : solve_leaf(search, problem);
  std::unique_ptr<Solution> built = solve_container(search, problem, kinds);
  const bool is_all = is_one && built->kind == Solution::Kind::kEach && keeps_by_match(*built) &&
                      !has_place_in_list(*built->each.source);
  if (copy && (!built->solved || (copy->cost <= built->cost && !is_all))) return copy;
  if (built->solved || kinds.scalars > 0) return built;
  // One source here, another there.
  std::unique_ptr<Solution> leaf;
  if (kinds.objects == 0 || kinds.arrays == 0) {
    leaf = std::make_unique<Solution>();
    leaf->kind = Solution::Kind::kLeaf;
    leaf->problem = problem;
    find_coalesced(search, problem, leaf->candidates);
    if (leaf->candidates.empty()) find_choices(search, problem, leaf->candidates);
    sort_candidates(leaf->candidates);
    if (!leaf->candidates.empty() && leaf->candidates.front().missed.empty()) {
      leaf->solved = true;
      leaf->cost = leaf->candidates.front().cost;
      return leaf;
    }
  }
  return built;
}

}  // namespace vouch::adapters
