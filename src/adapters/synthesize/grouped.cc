// Items of a list by what is equal of them, and objects whose members are named by data.
#include "adapters/functions.h"
#include "adapters/synthesize/leaves.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kItemsMax = 2'000;  // of one list
constexpr std::size_t kSourcesMax = 24;   // lists that an object may be made of
constexpr std::size_t kGroupingsMax = 4;  // of one list
constexpr double kCostKeyed = 1.5;
constexpr double kCostGroups = 1;

std::size_t size_of(const json::value& value) {
  return value.is_array()    ? value.get_array().size()
         : value.is_object() ? value.get_object().size()
                             : 0;
}

// What the source gives in a row; it lives as long as the search.
const json::value* kept(Search& search, const Problem& problem, const ExprPtr& source, int row) {
  Scopes scopes = problem.frame->scopes(row);
  Found found = evaluate(*source, scopes);
  if (found.borrowed() || !found.get()) return found.borrowed();
  return search.keep(*std::move(found).take());
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

class KeyedStructure {
 public:
  KeyedStructure(Search& search, const Problem& problem) : search_(search), problem_(problem) {}

  std::unique_ptr<Solution> run() {
    if (!names_differ(problem_)) return nullptr;
    std::unique_ptr<Solution> best;
    for (const ExprPtr& source : sources()) {
      try_source(source, kCostKeyed, best);
      if (best) return best;
      for (const ExprPtr& grouped : find_groupings(search_, problem_, source))
        try_name(grouped, {member_step(std::get<Grouped>(grouped->node).name)},
                 kCostKeyed + kCostGroups, best);
      if (best) return best;
    }
    return nullptr;
  }

 private:
  // Lists of objects, and the item itself that the loop around this is at.
  std::vector<ExprPtr> sources() const {
    std::vector<ExprPtr> all;
    const Target& target = *telling_target(problem_);
    each_column(search_, problem_, [&](const ColumnRef& ref) {
      const json::value* value = ref.at(*problem_.frame, target.row);
      if (all.size() >= kSourcesMax || !value) return;
      if (value->is_array() && !value->get_array().empty() &&
          value->get_array().front().is_object())
        all.push_back(ref.expr());
    });
    if (problem_.frame->scope() > 0)
      for (const Frame* frame : frames_of(problem_))
        all.push_back(call(Fn::kWrap, {path(frame->scope(), {})}));
    return all;
  }

  void try_source(const ExprPtr& source, double cost, std::unique_ptr<Solution>& best) {
    for (const std::vector<Step>& way :
         ways_of(kept(search_, problem_, source, telling_target(problem_)->row)))
      try_name(source, way, cost + 0.2 * static_cast<double>(way.size()), best);
  }

  void try_name(const ExprPtr& source, const std::vector<Step>& way, double cost,
                std::unique_ptr<Solution>& best) {
    std::vector<Row> rows;
    std::vector<Target> targets;
    for (const Target& target : problem_.targets) {
      if (!target.value || !target.value->is_object()) continue;
      const json::object& object = target.value->get_object();
      const std::vector<Bound> items = items_of(kept(search_, problem_, source, target.row));
      if (items.size() != object.size()) return;
      std::set<std::string> named;
      for (const Bound& item : items) {
        const json::value* name = follow(item.item, way);
        if (!name || !is_scalar(*name) || name->is_null() || !named.insert(text_of(*name)).second)
          return;
        const json::value* value = object.if_contains(text_of(*name));
        if (!value) return;
        targets.push_back({.row = static_cast<int>(rows.size()), .value = value});
        rows.push_back(
            {.sample = problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample,
             .parent = target.row,
             .bound = item});
      }
    }
    if (rows.empty() || search_.out_of_time()) return;
    const Frame& frame = search_.add_frame(*problem_.frame, std::move(rows));
    auto value = solve(search_, {.frame = &frame,
                                 .targets = std::move(targets),
                                 .names = problem_.names,
                                 .path = problem_.path + "{}",
                                 .place = problem_.place});
    drop_items_keys(source, *value);
    if (!value->solved || (best && best->cost <= cost + value->cost)) return;
    best = std::make_unique<Solution>();
    best->kind = Solution::Kind::kEach;
    best->problem = problem_;
    best->each = {.scope = frame.scope(), .source = source};
    best->name = path(frame.scope(), way);
    best->cost = cost + value->cost;
    best->solved = true;
    best->members.push_back(std::move(value));
  }

  Search& search_;
  const Problem& problem_;
};

}  // namespace

void drop_items_keys(const ExprPtr& source, Solution& body) {
  const auto* grouped = std::get_if<Grouped>(&source->node);
  if (!grouped) return;
  const Path& key = std::get<Path>(grouped->key->node);
  const auto* list = std::get_if<Path>(&grouped->source->node);
  std::erase_if(body.candidates, [&](const Candidate& candidate) {
    bool is_same = false;
    visit_paths(*candidate.value, [&](const Path& path) {
      is_same |= list && path.scope == list->scope && path.steps == list->steps;
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
  for (const std::vector<Step>& way : ways_of(kept(search, problem, source, telling->row))) {
    const std::string& name = way.back().name;
    const ExprPtr grouped = make(Grouped{.scope = scope,
                                         .source = source,
                                         .name = name == "items" ? "key" : name,
                                         .key = path(scope, way)});
    bool is_any_shared = false;
    const bool is_as_many = std::ranges::all_of(problem.targets, [&](const Target& target) {
      if (!target.value || is_scalar(*target.value)) return true;
      const json::value* items = kept(search, problem, source, target.row);
      Scopes scopes = problem.frame->scopes(target.row);
      const Found groups = evaluate(*grouped, scopes);
      if (!items || !groups.get() || size_of(*groups.get()) != size_of(*target.value)) return false;
      is_any_shared |= size_of(*groups.get()) < size_of(*items);
      return true;
    });
    if (is_as_many && is_any_shared && found.size() < kGroupingsMax) found.push_back(grouped);
  }
  return found;
}

std::unique_ptr<Solution> solve_keyed(Search& search, const Problem& problem) {
  return telling_target(problem) ? KeyedStructure(search, problem).run() : nullptr;
}

}  // namespace vouch::adapters
