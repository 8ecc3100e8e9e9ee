// Items of a list by what is equal of them, and objects whose members are named by data.
#include "adapters/functions.h"
#include "adapters/synthesize/leaves.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kItemsMax = 2'000;  // of one list
constexpr std::size_t kSourcesMax = 24;   // lists that an object may be made of
constexpr std::size_t kGroupingsMax = 4;  // of one list
constexpr std::size_t kReadingsMax = 4;   // of one object that are compared
constexpr double kCostKeyed = 1.5;
constexpr double kCostGroups = 1;

std::size_t size_of(const json::value& value) {
  return value.is_array()    ? value.get_array().size()
         : value.is_object() ? value.get_object().size()
                             : 0;
}

// The ways to scalars in the list's first item.
std::vector<std::vector<Step>> ways_of(const json::value* list) {
  const std::vector<Bound> items = items_of(list);
  if (items.empty() || items.size() > kItemsMax) return {};
  return ways_in(*items.front().item).scalars;
}

// Not all of the objects have the same members.
bool names_differ(const Problem& problem) {
  std::set<std::set<std::string_view>> known;
  for (const Target& target : problem.targets) {
    if (!target.value || !target.value->is_object()) continue;
    std::set<std::string_view> own;
    for (const auto& member : target.value->get_object()) own.insert(member.key());
    known.insert(std::move(own));
  }
  return known.size() > 1;
}

// One way to make the objects: of what, and how their members are named.
struct Naming {
  ExprPtr source;
  ExprPtr name;
  double cost = 0;
};

class KeyedStructure {
 public:
  KeyedStructure(Search& search, const Problem& problem)
      : search_(search), problem_(problem), telling_(telling_target(problem)) {}

  std::unique_ptr<Solution> run() {
    if (!names_differ(problem_)) return nullptr;
    std::vector<std::shared_ptr<Solution>> solved;
    for (const Naming& naming : namings()) {
      if (search_.out_of_time() || solved.size() >= kReadingsMax) break;
      if (auto solution = solve_by(naming)) solved.push_back(std::move(solution));
    }
    return solved.empty() ? nullptr : decided(solved);
  }

 private:
  int scope() const { return problem_.frame->scope() + 1; }

  // By members of a list's items, of its groups, and of what the loop around this is at.
  std::vector<Naming> namings() {
    std::vector<Naming> all;
    for (const ExprPtr& source : lists()) {
      if (search_.out_of_time()) return all;
      const json::value* items = search_.value_in_row(*problem_.frame, *source, telling_->row);
      for (const std::vector<Step>& way : ways_of(items))
        all.push_back({source, path(scope(), way), kCostKeyed + 0.2 * double(way.size())});
      for (const ExprPtr& grouped : find_groupings(search_, problem_, source))
        all.push_back({grouped, path(scope(), {member_step(std::get<Grouped>(grouped->node).name)}),
                       kCostKeyed + kCostGroups});
    }
    // An object of one member for the item: its name may be of the item, or of those around it.
    if (problem_.frame->scope() == 0) return all;
    const ExprPtr one = call(Fn::kWrap, {path(problem_.frame->scope(), {})});
    for (const Frame* frame : frames_of(problem_)) {
      const Row& row = frame->rows()[std::size_t(problem_.frame->row_in(*frame, telling_->row))];
      if (frame->scope() == 0 || !row.bound.item) continue;
      for (const std::vector<Step>& way : ways_in(*row.bound.item).scalars)
        all.push_back({one, path(frame->scope(), way), kCostKeyed + 0.2 * double(way.size())});
    }
    return all;
  }

  std::vector<ExprPtr> lists() const {
    std::vector<ExprPtr> all;
    each_column(search_, problem_, [&](const ColumnRef& ref) {
      const json::value* value = ref.at(*problem_.frame, telling_->row);
      if (all.size() < kSourcesMax && value && value->is_array() && !value->get_array().empty() &&
          value->get_array().front().is_object())
        all.push_back(ref.expr());
    });
    return all;
  }

  // Null where the names are others, or nothing gives what stands there.
  std::unique_ptr<Solution> solve_by(const Naming& naming) {
    std::vector<Row> rows;
    std::vector<Target> targets;
    for (const Target& target : problem_.targets) {
      if (!target.value || !target.value->is_object()) continue;
      const json::object& object = target.value->get_object();
      const std::vector<Bound> items =
          items_of(search_.value_in_row(*problem_.frame, *naming.source, target.row));
      if (items.size() != object.size()) return nullptr;
      std::set<std::string> named;
      for (const Bound& item : items) {
        Scopes scopes = problem_.frame->scopes(target.row);
        scopes.push_back(item);
        const Found name = evaluate(*naming.name, scopes);
        if (!name.get() || !is_scalar(*name.get()) || name.get()->is_null()) return nullptr;
        const std::string text = text_of(*name.get());
        const json::value* value = object.if_contains(text);
        if (!value || !named.insert(text).second) return nullptr;
        targets.push_back({.row = static_cast<int>(rows.size()), .value = value});
        rows.push_back(
            {.sample = problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample,
             .parent = target.row,
             .bound = item});
      }
    }
    if (rows.empty()) return nullptr;
    const Frame& frame = search_.add_frame(*problem_.frame, std::move(rows));
    auto value = solve(search_, {.frame = &frame,
                                 .targets = std::move(targets),
                                 .names = problem_.names,
                                 .path = problem_.path + "{}",
                                 .place = problem_.place});
    if (!value->solved) return nullptr;
    drop_items_keys(naming.source, *value);
    auto solution = std::make_unique<Solution>();
    solution->kind = Solution::Kind::kEach;
    solution->problem = problem_;
    solution->each = {.scope = frame.scope(), .source = naming.source};
    solution->name = naming.name;
    solution->cost = naming.cost + value->cost;
    solution->solved = true;
    solution->members.push_back(std::move(value));
    return solution;
  }

  // The cheapest, with what is told of the others.
  std::unique_ptr<Solution> decided(const std::vector<std::shared_ptr<Solution>>& solved) {
    Decision decision{.path = problem_.path};
    for (const auto& one : solved) {
      Reading reading{.source = describe(*one->each.source) + " named by " + describe(*one->name),
                      .members = members_of(*one->each.source),
                      .cost = one->cost,
                      .apply = [one](Solution& at) { at = *one; }};
      reading.members.merge(members_of(*one->name));
      decision.readings.push_back(std::move(reading));
    }
    return decided_by(search_, std::move(decision));
  }

  Search& search_;
  const Problem& problem_;
  const Target* telling_;
};

}  // namespace

void drop_items_keys(const ExprPtr& source, Solution& body) {
  const auto* sorted = std::get_if<Sorted>(&source->node);
  const auto* grouped = std::get_if<Grouped>(sorted ? &sorted->source->node : &source->node);
  if (!grouped) return;
  const Path& key = std::get<Path>(grouped->key->node);
  const auto* list = std::get_if<Path>(&grouped->source->node);
  std::erase_if(body.candidates, [&](const Candidate& candidate) {
    bool is_same = false;
    visit_paths(*candidate.value, [&](const Path& path) {
      is_same |= list && path.scope == list->scope && path.steps.size() >= list->steps.size() &&
                 std::equal(list->steps.begin(), list->steps.end(), path.steps.begin());
      is_same |= path.scope == key.scope && path.steps.size() == key.steps.size() + 2 &&
                 path.steps[0].name == "items" && path.steps[1].kind == Step::Kind::kIndex &&
                 std::equal(key.steps.begin(), key.steps.end(), path.steps.begin() + 2);
    });
    return is_same && body.candidates.size() > 1;
  });
  for (const auto& member : body.members)
    if (member) drop_items_keys(source, *member);
}

std::vector<ExprPtr> find_groupings(Search& search, const Problem& problem, const ExprPtr& source) {
  const Target* telling = telling_target(problem);
  if (!telling) return {};
  std::vector<ExprPtr> found;
  const int scope = problem.frame->scope() + 1;
  for (const std::vector<Step>& way :
       ways_of(search.value_in_row(*problem.frame, *source, telling->row))) {
    const std::string& name = way.back().name;
    const ExprPtr grouped =
        make(Grouped{.scope = scope,
                     .source = source,
                     .name = name == "items" || name == "__proto__" ? "key" : name,
                     .key = path(scope, way)});
    bool is_any_shared = false;
    const bool is_as_many = std::ranges::all_of(problem.targets, [&](const Target& target) {
      if (!target.value || is_scalar(*target.value)) return true;
      const json::value* items = search.value_in_row(*problem.frame, *source, target.row);
      Scopes scopes = problem.frame->scopes(target.row);
      const Found groups = evaluate(*grouped, scopes);
      if (!items || !groups.get() || size_of(*groups.get()) != size_of(*target.value)) return false;
      is_any_shared |= size_of(*groups.get()) < size_of(*items);
      return true;
    });
    if (is_as_many && is_any_shared) found.push_back(grouped);
    if (found.size() >= kGroupingsMax || search.out_of_time()) break;
  }
  return found;
}

std::unique_ptr<Solution> solve_keyed(Search& search, const Problem& problem) {
  return telling_target(problem) ? KeyedStructure(search, problem).run() : nullptr;
}

}  // namespace vouch::adapters
