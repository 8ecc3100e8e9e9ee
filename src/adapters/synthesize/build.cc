// From solutions to one expression: presence policies are completed by the conventions of the
// mapping, and everything is put together.
#include "adapters/places.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

std::size_t at(State state) { return static_cast<std::size_t>(state); }

ExprPtr guarded(ExprPtr value, const Candidate& candidate, const Conventions& conventions,
                bool is_container) {
  if (!candidate.subject) return value;
  Guard guard{.subject = candidate.subject, .value = std::move(value)};
  if (candidate.fallback) guard.fallback = *candidate.fallback;
  bool any = false;
  for (int i = 0; i < kStates; ++i) {
    guard.actions[static_cast<std::size_t>(i)] =
        conventions.action(candidate, static_cast<State>(i), is_container);
    any |= guard.actions[static_cast<std::size_t>(i)] != Action::kKeep;
  }
  return any ? make(std::move(guard)) : guard.value;
}

ExprPtr build_object(const Solution& solution, const Conventions& conventions) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < solution.members.size(); ++i)
    if (ExprPtr value = build(*solution.members[i], conventions))
      members.push_back({.name = solution.member_names[i], .value = std::move(value)});
  if (!solution.spread.source) return make(Object{std::move(members)});
  Spread spread = solution.spread;
  spread.members = std::move(members);
  return make(std::move(spread));
}

// No sample shows the object empty, and it is not the whole output.
bool never_empty(const Solution& solution) {
  return !solution.problem.path.empty() &&
         std::ranges::none_of(solution.problem.targets, [](const Target& target) {
           return state_of(target.value) == State::kEmptyObject;
         });
}

// Samples show objects with nothing in them that are kept: it is surer than without them.
bool keeps_empty(const Conventions& conventions) {
  return conventions.action({}, State::kEmptyObject) == Action::kKeep &&
         conventions.certainty(State::kEmptyObject) > Conventions().certainty(State::kEmptyObject);
}

ExprPtr left_out_empty(const ExprPtr& value) {
  Guard guard{.subject = value, .value = value};
  guard.actions[at(State::kEmptyObject)] = Action::kOmit;
  return make(std::move(guard));
}

ExprPtr build_each(const Solution& solution, const Conventions& conventions) {
  Each each = solution.each;
  each.body = build(*solution.members.front(), conventions);
  if (!each.body) return nullptr;
  if (solution.name)
    return make(Keyed{.scope = each.scope,
                      .source = each.source,
                      .keep = each.keep,
                      .name = solution.name,
                      .value = each.body});
  ExprPtr result = make(each);
  for (std::size_t i = solution.outer_sources.size(); i > 0; --i)
    result = make(
        Each{.scope = solution.each.scope - static_cast<int>(solution.outer_sources.size() - i) - 1,
             .source = solution.outer_sources[i - 1],
             .body = std::move(result),
             .flatten = true});
  return solution.collapse ? call(Fn::kCollapse, {std::move(result)}) : result;
}

// A list of one item is empty where the item is not there.
bool is_one_or_none(const Solution& list) {
  return list.members.size() == 1 &&
         std::ranges::all_of(list.members.front()->problem.targets, [](const Target& item) {
           return item.value && !item.value->is_null() && !item.value->is_array();
         });
}

ExprPtr build_list(const Solution& solution, const Conventions& conventions) {
  List list;
  for (const auto& member : solution.members)
    if (ExprPtr item = build(*member, conventions)) list.items.push_back(std::move(item));
  if (list.items.size() == 1 && is_one_or_none(solution))
    return call(Fn::kWrap, std::move(list.items));
  return make(std::move(list));
}

// What stands there where the kind is one that no sample shows, nobody knows: it is left out.
ExprPtr build_dispatch(const Solution& solution, const Conventions& conventions) {
  Choose choose{.subject = solution.kind_of};
  for (std::size_t i = 0; i < solution.members.size(); ++i) {
    const auto& member = solution.members[i];
    choose.cases.emplace_back(solution.kinds[i], member ? build(*member, conventions) : nullptr);
  }
  return make(std::move(choose));
}

}  // namespace

void Conventions::learn(const Solution& solution) {
  const auto vote = [&](const Candidate& candidate) {
    for (int i = 0; i < kStates - 1; ++i)
      if (const auto& action = candidate.actions[static_cast<std::size_t>(i)];
          action && *action != Action::kDefault)
        ++votes_[static_cast<std::size_t>(i)][static_cast<std::size_t>(*action)];
  };
  if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty())
    vote(solution.candidates.front());
  for (const auto& member : solution.members)
    if (member) learn(*member);
}

Action Conventions::action(const Candidate& candidate, State state, bool is_container) const {
  const Action usual = usual_action(candidate, state);
  if (!is_container || usual != Action::kKeep) return usual;
  if (state == State::kNull) return Action::kNull;
  return state == State::kMissing ? Action::kOmit : Action::kKeep;
}

Action Conventions::usual_action(const Candidate& candidate, State state) const {
  if (candidate.actions[at(state)]) return *candidate.actions[at(state)];
  if (state == State::kPresent || state == State::kFalse || state == State::kZero)
    return Action::kKeep;
  const auto& null = candidate.actions[at(State::kNull)];
  const auto& missing = candidate.actions[at(State::kMissing)];
  // Missing and null are told apart by few who write adapters.
  if (state == State::kNull && missing && *missing == Action::kDefault) return Action::kDefault;
  if (state == State::kMissing && null && *null == Action::kDefault) return Action::kDefault;
  if (state == State::kMissing && null && *null == Action::kOmit) return Action::kKeep;
  const auto& votes = votes_[at(state)];
  const auto most = std::ranges::max_element(votes);
  // Without a sign, null is left out and everything else kept, as most adapters have it.
  if (*most == 0) return state == State::kNull ? Action::kOmit : Action::kKeep;
  return static_cast<Action>(most - votes.begin());
}

double Conventions::certainty(State state) const {
  const auto& votes = votes_[at(state)];
  double sum = 0;
  for (const int count : votes) sum += count;
  const double most = *std::ranges::max_element(votes);
  // Laplace's rule, with what is usual as some votes: most for the three states that hardly ever
  // differ, then for what is missing, which is seldom more than left out.
  const bool is_plain = state != State::kNull && state != State::kMissing;
  const double usual = is_plain ? 20 : state == State::kMissing ? 4 : 2;
  const double others = is_plain ? 1 : state == State::kMissing ? 0.3 : 0.4;
  return (most + usual) / (sum + usual + others);
}

namespace {

void heed_schema(Candidate& candidate, const Conventions& conventions, bool is_container,
                 bool takes_null) {
  if (!candidate.subject) return;
  for (const State state : {State::kNull, State::kMissing}) {
    auto& action = candidate.actions[at(state)];
    if (action) continue;
    const Action usual = conventions.action(candidate, state, is_container);
    const bool gives_null =
        usual == Action::kNull || (state == State::kNull && usual == Action::kKeep);
    if (gives_null && !takes_null) action = Action::kOmit;
    if (takes_null && state == State::kNull && usual == Action::kOmit) {
      action = Action::kNull;
      candidate.null_by_schema = true;
    }
  }
}

}  // namespace

void heed_schema(Solution& solution, const Conventions& conventions,
                 const std::map<std::string, bool>& takes_null) {
  for (const auto& member : solution.members)
    if (member) heed_schema(*member, conventions, takes_null);
  const auto said = takes_null.find(general_path(solution.problem.path));
  if (said == takes_null.end()) return;
  if (solution.kind == Solution::Kind::kLeaf)
    for (Candidate& candidate : solution.candidates)
      heed_schema(candidate, conventions, false, said->second);
  else if (solution.presence)
    heed_schema(*solution.presence, conventions, true, said->second);
}

ExprPtr build(const Candidate& candidate, const Conventions& conventions) {
  return guarded(candidate.value, candidate, conventions, false);
}

ExprPtr build(const Solution& solution, const Conventions& conventions) {
  ExprPtr value;
  switch (solution.kind) {
    case Solution::Kind::kNone:
      return nullptr;
    case Solution::Kind::kLeaf:
      return solution.candidates.empty() ? nullptr
                                         : build(solution.candidates.front(), conventions);
    case Solution::Kind::kObject:
      value = build_object(solution, conventions);
      break;
    case Solution::Kind::kEach:
      value = build_each(solution, conventions);
      break;
    case Solution::Kind::kDispatch:
      value = build_dispatch(solution, conventions);
      break;
    case Solution::Kind::kList:
      value = build_list(solution, conventions);
      break;
  }
  if (!value) return nullptr;
  if (solution.condition)
    return make(When{.condition = solution.condition,
                     .then = value,
                     .otherwise = solution.null_without_condition ? constant(nullptr) : nullptr});
  if (solution.kind == Solution::Kind::kObject && never_empty(solution) &&
      !keeps_empty(conventions))
    value = left_out_empty(value);
  if (solution.presence)
    return guarded(value, *solution.presence, conventions,
                   solution.kind == Solution::Kind::kObject);
  return value;
}

}  // namespace vouch::adapters
