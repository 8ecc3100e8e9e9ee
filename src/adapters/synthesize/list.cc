// Lists: made from the items of an input's list (all of them or some, of one list or of lists in
// lists), or item by item.
#include <boost/algorithm/string/replace.hpp>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "adapters/functions.h"
#include "adapters/synthesize/leaves.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kSourcesMax = 6;     // tried in full
constexpr std::size_t kBySizeMax = 3;      // … of those that only have as many items
constexpr std::size_t kItemsMax = 20'000;  // of one sample's list
constexpr std::size_t kRowsMax = 128;      // … that what becomes of an item is found from
constexpr std::size_t kFilteredMax = 512;  // … where some of them are left out
constexpr std::size_t kTupleMax = 40;      // items of a list that is made item by item
constexpr std::size_t kLoopsMax = 3;       // lists in lists
constexpr double kCostGrouped = 1.5;
constexpr double kCostOrdered = 0.6;  // of groups in the order of their keys
constexpr double kCostSettled = 12;   // of a list: other sources are tried as its rivals only

// Loops, one inside the other: the first over a list in sight, each other over one in the item
// before it.
struct Loops {
  std::vector<ExprPtr> sources;  // in the scopes of the problem's frame, then of each item
  std::vector<Path> inside;      // the same of all but the first, from the item
  double cost = 0;
  double overlap = 0;
};

struct Item {
  std::vector<Bound> bounds;  // one for each loop
};

// The items that the loops visit from one list; nothing where it is no list.
void collect(const Loops& loops, const json::value* source, std::size_t level, Item& at,
             std::vector<Item>& items) {
  for (Bound& bound : items_of(source)) {
    if (items.size() >= kItemsMax) return;
    at.bounds.push_back(bound);
    if (level == loops.inside.size()) {
      items.push_back(at);
    } else {
      collect(loops, follow(bound.item, loops.inside[level].steps), level + 1, at, items);
    }
    at.bounds.pop_back();
  }
}

std::vector<Item> items_from(const Loops& loops, const json::value* source) {
  std::vector<Item> items;
  Item at;
  collect(loops, source, 0, at, items);
  return items;
}

// The first of so many, and then some of them evenly: kRowsMax at most.
std::vector<std::size_t> sampled(std::size_t count) {
  std::vector<std::size_t> places;
  constexpr std::size_t kFirst = kRowsMax / 2;
  places.reserve(std::min(count, kRowsMax));
  for (std::size_t i = 0; i < std::min(count, kRowsMax); ++i)
    places.push_back(count <= kRowsMax || i < kFirst
                         ? i
                         : kFirst + (i - kFirst) * (count - 1 - kFirst) / (kFirst - 1));
  return places;
}

const json::array* list_in(const Target& target) {
  return target.value && target.value->is_array() ? &target.value->get_array() : nullptr;
}

// Where lists are in an item: paths of at most two members.
void nested_lists(const json::value& item, Path& at, std::vector<Path>& found) {
  if (!item.is_object()) return;
  for (const auto& member : item.get_object()) {
    at.steps.push_back(member_step(member.key()));
    if (member.value().is_array() && found.size() < 8)
      found.push_back(at);
    else if (at.steps.size() < 2)
      nested_lists(member.value(), at, found);
    at.steps.pop_back();
  }
}

// Whether an object's members are things of one kind, and so its names may be data.
bool is_table(const json::object& object) {
  if (object.empty()) return false;
  const json::value& first = object.begin()->value();
  if (object.size() == 1) return is_scalar(first);
  return std::ranges::all_of(object, [&](const auto& member) {
    const json::value& value = member.value();
    if (is_scalar(first) != is_scalar(value)) return false;
    if (!first.is_object()) return first.kind() == value.kind() || is_scalar(first);
    if (!value.is_object()) return false;
    std::size_t shared = 0;
    for (const auto& inner : first.get_object())
      shared += value.get_object().contains(inner.key()) ? 1 : 0;
    return 2 * shared >= std::max(first.get_object().size(), value.get_object().size());
  });
}

class ListSearch {
 public:
  ListSearch(Search& search, const Problem& problem) : search_(search), problem_(problem) {
    for (const Target& target : problem.targets)
      if (const json::array* list = list_in(target); list && !list->empty())
        if (!telling_ || list->size() > list_in(*telling_)->size()) telling_ = &target;
  }

  std::unique_ptr<Solution> run() {
    std::vector<std::unique_ptr<Solution>> solved;
    std::unique_ptr<Solution> best;
    const std::vector<Loops> all = telling_ ? sources() : std::vector<Loops>();
    if (telling_) {
      const Loops* settled = nullptr;
      for (const Loops& loops : all) {
        if (search_.out_of_time()) break;
        if (settled && !may_be_meant(loops, *settled)) continue;
        auto solution = try_loops(loops);
        if (!solution) continue;
        if (solution->solved) {
          if (!settled && solution->cost < kCostSettled) settled = &loops;
          solved.push_back(std::move(solution));
        } else if (!best || solution->cost < best->cost) {
          best = std::move(solution);
        }
      }
    }
    // Some of the items may be the first of each group.
    if (telling_ &&
        std::ranges::all_of(solved, [](const auto& one) { return one->each.keep != nullptr; }))
      try_groups(all, solved);
    if (solved.empty() && telling_) try_orders(all, solved);
    if (!solved.empty()) best = decided(std::move(solved));
    auto tuple = try_tuple();
    if (!best) return tuple ? std::move(tuple) : unsolved();
    if (!tuple || !tuple->solved || is_one_of_all(*tuple, *best)) return best;
    return best->solved && best->cost <= tuple->cost ? std::move(best) : std::move(tuple);
  }

 private:
  // An item for all of the input's items that have a member's value in common.
  void try_groups(const std::vector<Loops>& all, std::vector<std::unique_ptr<Solution>>& solved) {
    const std::size_t before = solved.size();
    for (const Loops& loops : all) {
      if (loops.overlap <= 0) continue;
      for (const ExprPtr& grouped : find_groupings(search_, problem_, flat(loops))) {
        if (search_.out_of_time()) return;
        const Loops groups{
            .sources = {grouped}, .cost = loops.cost + kCostGrouped, .overlap = loops.overlap};
        auto solution = try_loops(groups);
        if (solution && solution->solved) {
          solved.push_back(std::move(solution));
          // They may stand in the order of their keys as well.
          const auto& node = std::get<Grouped>(grouped->node);
          auto ordered = try_loops(
              {.sources = {make(Sorted{.scope = node.scope,
                                       .source = grouped,
                                       .key = path(node.scope, {member_step(node.name)})})},
               .cost = groups.cost + kCostOrdered,
               .overlap = loops.overlap});
          if (ordered && ordered->solved) solved.push_back(std::move(ordered));
          continue;
        }
        for (const Order& order : find_orders(search_, problem_, grouped)) {
          solution = try_loops({.sources = {order.source},
                                .cost = groups.cost + order.cost,
                                .overlap = loops.overlap});
          if (solution && solution->solved) solved.push_back(std::move(solution));
        }
      }
      if (solved.size() > before) return;
    }
  }

  // The items in another order than they have in the input.
  void try_orders(const std::vector<Loops>& all, std::vector<std::unique_ptr<Solution>>& solved) {
    for (const Loops& loops : all) {
      if (loops.overlap <= 0) continue;
      for (const Order& order : find_orders(search_, problem_, flat(loops))) {
        if (search_.out_of_time()) return;
        auto solution = try_loops(
            {.sources = {order.source}, .cost = loops.cost + order.cost, .overlap = loops.overlap});
        if (solution && solution->solved) solved.push_back(std::move(solution));
      }
      if (!solved.empty()) return;
    }
  }

  // One list of the items that the loops visit.
  ExprPtr flat(const Loops& loops) const {
    const int innermost = problem_.frame->scope() + static_cast<int>(loops.sources.size());
    ExprPtr items = loops.sources.back();
    if (loops.sources.size() > 1) items = call(Fn::kValues, {std::move(items)});
    for (std::size_t i = loops.sources.size() - 1; i > 0; --i)
      items = make(Each{.scope = innermost - static_cast<int>(loops.sources.size() - i),
                        .source = loops.sources[i - 1],
                        .body = std::move(items),
                        .flatten = true});
    return items;
  }

  // A rival of loops that give the list, or what a person named.
  bool may_be_meant(const Loops& loops, const Loops& settled) const {
    if (meant(search_, problem_.path, {source_of(loops)})) return true;
    return loops.cost <= settled.cost + kReadingCostMost && loops.overlap >= 0.9 * settled.overlap;
  }

  static std::string source_of(const Loops& loops) {
    std::string text;
    for (const ExprPtr& source : loops.sources)
      text += (text.empty() ? "" : ", then ") + describe(*source);
    return text;
  }

  // Of solutions by different sources the one that is meant or costs least, with what is told of
  // the others.
  std::unique_ptr<Solution> decided(std::vector<std::unique_ptr<Solution>> solved) {
    Decision decision{.path = problem_.path};
    std::vector<std::shared_ptr<Solution>> all;
    for (auto& solution : solved) {
      Loops loops{.sources = solution->outer_sources};
      loops.sources.push_back(solution->each.source);
      Reading reading{.source = source_of(loops), .cost = solution->cost};
      for (const ExprPtr& source : loops.sources) reading.members.merge(members_of(*source));
      reading.apply = [other = all.emplace_back(std::move(solution))](Solution& at) {
        const bool collapse = at.collapse;
        at = *other;
        at.collapse = collapse;
        if (collapse) at.presence.reset();
      };
      decision.readings.push_back(std::move(reading));
    }
    return decided_by(search_, std::move(decision));
  }

  // Lists whose items may be those of the targets, the likeliest first.
  std::vector<Loops> sources() {
    std::vector<Loops> all;
    std::vector<Loops> by_size;
    const Leaves wanted = leaves_of(*telling_->value);
    for (const Frame* frame : frames_of(problem_)) {
      for (std::size_t i = 0; i < frame->columns().size() && !search_.out_of_time(); ++i) {
        const ColumnRef ref{frame, static_cast<int>(i)};
        const json::value* value = ref.at(*problem_.frame, telling_->row);
        if (!value || state_of(value) != State::kPresent) continue;
        if (is_single_somewhere(ref)) add_wrapped(ref, *value, wanted, all);
        if (is_scalar(*value) || (value->is_object() && !is_table(value->get_object()))) continue;
        Loops loops{.sources = {ref.expr()}};
        loops.overlap = overlap(wanted, leaves_of(*value));
        const bool is_as_long = loops.overlap <= 0 && is_of_same_sizes(ref);
        if (loops.overlap <= 0 && !is_as_long) continue;
        loops.cost = column_cost(problem_, ref, similarity(problem_.place, ref.column().place)) +
                     (value->is_object() ? 2.0 : 0.0);
        if (is_as_long) {
          by_size.push_back(std::move(loops));
          continue;
        }
        add_loops(loops, value, all);
      }
    }
    double most = 0;
    for (const Loops& loops : all) most = std::max(most, loops.overlap);
    std::erase_if(all, [&](const Loops& loops) { return loops.overlap < 0.3 * most; });
    std::ranges::stable_sort(all, {}, [&](const Loops& loops) {
      return loops.cost - 4 * loops.overlap / std::max(most, 1e-9);
    });
    if (all.size() > kSourcesMax) all.resize(kSourcesMax);
    std::ranges::stable_sort(by_size, {}, &Loops::cost);
    if (by_size.size() > kBySizeMax) by_size.resize(kBySizeMax);
    std::ranges::move(by_size, std::back_inserter(all));
    return all;
  }

  // In every row as many items as the list is to have, and not always the same number: what is
  // made of them may be found by them.
  bool is_of_same_sizes(const ColumnRef& ref) const {
    std::set<std::size_t> sizes;
    for (const Target& target : problem_.targets) {
      const json::array* list = list_in(target);
      const json::value* value = ref.at(*problem_.frame, target.row);
      if (!list) continue;
      if (!value || !value->is_array() || value->get_array().size() != list->size()) return false;
      sizes.insert(list->size());
    }
    return sizes.size() > 1;
  }

  // Where there is one item, some inputs have it without a list around it, and others with it.
  bool is_single_somewhere(const ColumnRef& ref) const {
    const auto is_array = [](const json::value* value) { return value && value->is_array(); };
    if (std::ranges::none_of(ref.column().values, is_array)) return false;
    return std::ranges::any_of(problem_.targets, [&](const Target& target) {
      const json::array* list = list_in(target);
      const json::value* value = ref.at(*problem_.frame, target.row);
      return list && list->size() == 1 && value && !value->is_array() && weight_of(value) > 0.5;
    });
  }

  void add_wrapped(const ColumnRef& ref, const json::value& telling, const Leaves& wanted,
                   std::vector<Loops>& all) {
    Loops loops{.sources = {call(Fn::kWrap, {ref.expr()})}};
    loops.overlap = overlap(wanted, leaves_of(telling));
    if (loops.overlap <= 0) return;
    loops.cost = column_cost(problem_, ref, similarity(problem_.place, ref.column().place)) + 1.5;
    const json::value* list = telling.is_array() ? &telling : search_.keep(json::array{telling});
    add_loops(loops, list, all);
  }

  // What the first loop goes over in a row.
  const json::value* source_in(const Loops& loops, int row) {
    return search_.value_in_row(*problem_.frame, *loops.sources.front(), row);
  }

  // The loops themselves where their items can be enough in every row, and lists inside them.
  void add_loops(const Loops& loops, const json::value* telling, std::vector<Loops>& all) {
    bool enough = true;
    bool equal = true;
    for (const Target& target : problem_.targets) {
      const json::array* list = list_in(target);
      if (!list) continue;
      const std::size_t count = items_from(loops, source_in(loops, target.row)).size();
      enough &= count >= list->size();
      equal &= count == list->size();
    }
    if (enough) {
      Loops kept = loops;
      kept.cost += equal ? 0 : 1.5;
      all.push_back(std::move(kept));
    }
    if (loops.sources.size() >= kLoopsMax) return;
    const std::vector<Item> items = items_from(loops, telling);
    if (items.empty()) return;
    std::vector<Path> found;
    Path at{.scope = problem_.frame->scope() + static_cast<int>(loops.sources.size())};
    for (std::size_t i = 0; i < std::min<std::size_t>(items.size(), 3) && found.empty(); ++i)
      nested_lists(*items[i].bounds.back().item, at, found);
    if (items.front().bounds.back().item->is_array()) found.push_back(at);
    for (Path& inner : found) {
      Loops nested = loops;
      nested.sources.push_back(make(Path(inner)));
      nested.inside.push_back(std::move(inner));
      nested.cost += 1;
      add_loops(nested, telling, all);
    }
  }

  // ---- One source ----

  struct Aligned {
    std::vector<Target> targets;  // of the innermost frame's rows
    std::vector<bool> kept;       // by row of the innermost frame; of rows with a known list
    std::vector<Target> known;    // those rows
    bool all_kept = true;
  };

  struct Placed {
    int row = 0;           // of the innermost frame
    std::size_t item = 0;  // its place among all that the loops visit
  };
  struct Rows {
    std::vector<Placed> placed;
    std::size_t count = 0;  // of items, with those that no row is for
  };

  // The items of a row that are looked at: where some of them are left out, all. `size` is that of
  // the row's list, where it is known.
  std::vector<std::size_t> looked_at(std::size_t count, std::optional<std::size_t> size) {
    if (!size || *size == count) return sampled(count);
    if (count > kFilteredMax) {
      is_too_long_ = true;
      return {};
    }
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  const Frame& add_frames(const Loops& loops, std::vector<Rows>& rows_of) {
    const Frame& outer = *problem_.frame;
    std::vector<std::vector<Row>> levels(loops.sources.size());
    rows_of.assign(outer.rows().size(), {});
    std::vector<std::optional<std::size_t>> sizes(outer.rows().size());
    for (const Target& target : problem_.targets)
      if (const json::array* list = list_in(target))
        sizes[static_cast<std::size_t>(target.row)] = list->size();
    for (std::size_t r = 0; r < outer.rows().size(); ++r) {
      const std::vector<Item> items = items_from(loops, source_in(loops, static_cast<int>(r)));
      std::vector<const json::value*> last(loops.sources.size(), nullptr);
      rows_of[r].count = items.size();
      for (const std::size_t i : looked_at(items.size(), sizes[r])) {
        const Item& item = items[i];
        int parent = static_cast<int>(r);
        for (std::size_t level = 0; level < item.bounds.size(); ++level) {
          const Bound& bound = item.bounds[level];
          const bool is_new = level + 1 == item.bounds.size() || last[level] != bound.item;
          if (is_new) {
            levels[level].push_back(
                {.sample = outer.rows()[r].sample, .parent = parent, .bound = bound});
            last[level] = bound.item;
            for (std::size_t deeper = level + 1; deeper < last.size(); ++deeper)
              last[deeper] = nullptr;
          }
          parent = static_cast<int>(levels[level].size()) - 1;
        }
        rows_of[r].placed.push_back({parent, i});
      }
    }
    const Frame* frame = &outer;
    for (std::vector<Row>& rows : levels) frame = &search_.add_frame(*frame, std::move(rows));
    return *frame;
  }

  // Which items the list's values were made of, in order, so that most is explained.
  static std::vector<int> matched(const json::array& list, const std::vector<Placed>& rows,
                                  const Frame& frame) {
    std::vector<Leaves> items;
    items.reserve(rows.size());
    for (const Placed& one : rows)
      items.push_back(leaves_of(*frame.rows()[static_cast<std::size_t>(one.row)].bound.item));
    const std::size_t n = list.size();
    const std::size_t m = rows.size();
    // best[i][j]: of the first i values among the first j items.
    std::vector<std::vector<double>> best(n + 1, std::vector<double>(m + 1, -1e9));
    std::vector<std::vector<bool>> taken(n + 1, std::vector<bool>(m + 1, false));
    for (std::size_t j = 0; j <= m; ++j) best[0][j] = 0;
    for (std::size_t i = 1; i <= n; ++i) {
      const Leaves value = leaves_of(list[i - 1]);
      for (std::size_t j = i; j <= m; ++j) {
        const double with = best[i - 1][j - 1] + overlap(value, items[j - 1]);
        taken[i][j] = with > best[i][j - 1];
        best[i][j] = std::max(with, best[i][j - 1]);
      }
    }
    std::vector<int> chosen;
    for (std::size_t i = n, j = m; i > 0 && j > 0; --j)
      if (taken[i][j]) {
        chosen.push_back(rows[j - 1].row);
        --i;
      }
    std::ranges::reverse(chosen);
    return chosen;
  }

  static std::optional<Aligned> align(const Problem& problem, const Frame& frame,
                                      const std::vector<Rows>& rows_of) {
    Aligned aligned;
    for (const Target& target : problem.targets) {
      const json::array* list = list_in(target);
      if (!list) continue;
      const Rows& rows = rows_of[static_cast<std::size_t>(target.row)];
      if (list->size() == rows.count) {
        for (const Placed& one : rows.placed) {
          aligned.targets.push_back({one.row, &(*list)[one.item]});
          aligned.known.push_back({.row = one.row});
          aligned.kept.push_back(true);
        }
        continue;
      }
      if (list->size() > rows.placed.size()) return std::nullopt;
      const std::vector<int> chosen = matched(*list, rows.placed, frame);
      if (chosen.size() != list->size()) return std::nullopt;
      for (std::size_t i = 0; i < chosen.size(); ++i)
        aligned.targets.push_back({chosen[i], &(*list)[i]});
      for (const Placed& one : rows.placed) {
        aligned.known.push_back({.row = one.row});
        aligned.kept.push_back(std::ranges::count(chosen, one.row) > 0);
      }
      aligned.all_kept = false;
    }
    return aligned;
  }

  std::unique_ptr<Solution> try_loops(const Loops& loops) {
    std::vector<Rows> rows_of;
    const Frame& frame = add_frames(loops, rows_of);
    const auto aligned = align(problem_, frame, rows_of);
    if (!aligned || aligned->targets.empty()) return nullptr;
    auto solution = std::make_unique<Solution>();
    solution->kind = Solution::Kind::kEach;
    solution->problem = problem_;
    solution->each = {.scope = frame.scope(), .source = loops.sources.back()};
    Problem body{.frame = &frame,
                 .targets = aligned->targets,
                 .names = problem_.names,
                 .path = problem_.path + "[]",
                 .place = problem_.place};
    solution->cost = 1 + loops.cost;
    if (!aligned->all_kept) {
      Problem choice = body;
      choice.targets = aligned->known;
      Decision filter{.path = body.path};
      for (const Condition& condition :
           find_conditions(search_, choice, aligned->kept, kConditionsMax))
        filter.readings.push_back(
            {.source = describe(*condition.expr),
             .members = members_of(*condition.expr),
             .cost = condition.cost,
             .apply = [keep = condition.expr](Solution& at) { at.each.keep = keep; }});
      if (filter.readings.empty()) return nullptr;
      prefer(search_, filter.path, filter.readings);
      filter.readings.front().apply(*solution);
      solution->cost += 1 + filter.readings.front().cost;
      solution->decisions.push_back(std::move(filter));
    }
    auto inner = solve(search_, std::move(body));
    drop_own_places(solution->each, *inner);
    drop_items_keys(solution->each.source, *inner);
    solution->solved = inner->solved;
    solution->cost += inner->cost;
    solution->members.push_back(std::move(inner));
    for (std::size_t i = 0; i + 1 < loops.sources.size(); ++i)
      solution->outer_sources.push_back(loops.sources[i]);
    fit_presence(loops, *solution);
    return solution;
  }

  // The item is at some place of the list, too: "input.rows[0].sku" is no rival of "item.sku".
  static void drop_own_places(const Each& each, Solution& inner) {
    const auto* list = std::get_if<Path>(&each.source->node);
    if (!list) return;
    std::set<std::string> known;
    for (const Candidate& candidate : inner.candidates) known.insert(describe(*candidate.value));
    std::erase_if(inner.candidates, [&](const Candidate& candidate) {
      std::string text = describe(*candidate.value);
      bool is_own = false;
      visit_paths(*candidate.value, [&](const Path& path) {
        const std::size_t count = list->steps.size();
        if (path.scope != list->scope || path.steps.size() <= count ||
            !std::equal(list->steps.begin(), list->steps.end(), path.steps.begin()))
          return;
        const Path item{path.scope,
                        {path.steps.begin(), path.steps.begin() + static_cast<long>(count) + 1}};
        boost::algorithm::replace_all(text, describe(item), scope_name(each.scope));
        is_own = true;
      });
      return is_own && known.contains(text);
    });
    for (const auto& member : inner.members)
      if (member) drop_own_places(each, *member);
  }

  // What the items that are sorted, grouped or flattened stand in.
  static ExprPtr root_of(const ExprPtr& source) {
    if (const auto* sorted = std::get_if<Sorted>(&source->node)) return root_of(sorted->source);
    if (const auto* grouped = std::get_if<Grouped>(&source->node)) return root_of(grouped->source);
    if (const auto* each = std::get_if<Each>(&source->node)) return root_of(each->source);
    return source;
  }

  // What becomes of a source that is missing, null or empty.
  void fit_presence(const Loops& loops, Solution& solution) {
    const ExprPtr subject = root_of(loops.sources.front());
    Fit fit;
    for (const Target& target : problem_.targets) {
      Scopes scopes = problem_.frame->scopes(target.row);
      const Found source = evaluate(*loops.sources.front(), scopes);
      const Found decides = evaluate(*subject, scopes);
      const bool is_list = source.get() && !is_scalar(*source.get());
      const json::value* value = is_list && list_in(target) ? target.value : source.get();
      if (fit.add(decides.get(), value, target.value)) continue;
      solution.solved = false;
      solution.contradictions.push_back(
          {problem_.path, problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample,
           target.value ? *target.value : json::value(), "the list's source says otherwise"});
      return;
    }
    solution.presence = fit.candidate();
    solution.presence->subject = subject;
  }

  // ---- Item by item ----

  std::unique_ptr<Solution> try_tuple() {
    std::optional<std::size_t> size;
    for (const Target& target : problem_.targets) {
      const json::array* list = list_in(target);
      if (!list || (size && *size != list->size())) return nullptr;
      size = list->size();
    }
    if (!size || *size > kTupleMax || *size == 0) return nullptr;
    auto solution = std::make_unique<Solution>();
    solution->kind = Solution::Kind::kList;
    solution->problem = problem_;
    solution->solved = true;
    solution->cost = 1;
    for (std::size_t i = 0; i < *size; ++i) {
      Problem item{.frame = problem_.frame,
                   .names = problem_.names,
                   .path = problem_.path + "[" + std::to_string(i) + "]",
                   .place = problem_.place};
      for (const Target& target : problem_.targets)
        item.targets.push_back({target.row, &(*list_in(target))[i]});
      auto member = solve(search_, std::move(item));
      solution->solved &= member->solved;
      solution->cost += 0.5 + member->cost;
      solution->members.push_back(std::move(member));
    }
    if (solution->solved && is_of_one_sample() && is_shuffled(*solution)) {
      solution->solved = false;
      for (const Target& target : problem_.targets)
        solution->contradictions.push_back(
            {path_in_row(problem_, target.row),
             problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample, *target.value,
             "its items stand in the input, but in no order that is known"});
    }
    return solution;
  }

  bool is_of_one_sample() const {
    return std::ranges::all_of(problem_.targets, [&](const Target& target) {
      return problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample ==
             problem_.frame->rows()[static_cast<std::size_t>(telling_->row)].sample;
    });
  }

  // Items of one list of the input that do not follow each other as there, or values that stand
  // where no path leads to: what one sample alone shows of that is no rule.
  bool is_shuffled(const Solution& tuple) const {
    std::map<std::string, std::vector<int>> places;  // by list
    bool is_lost = false;
    bool is_constant = true;
    for (const auto& member : tuple.members) {
      std::map<std::string, int> first;
      visit_leaves(*member, [&](const Solution& leaf) {
        const Candidate& taken = leaf.candidates.front();
        is_constant &= taken.is_constant;
        is_lost |= taken.is_constant && is_out_of_sight(leaf.problem);
        visit_paths(*taken.value, [&](const Path& path) {
          for (std::size_t i = 0; i < path.steps.size(); ++i)
            if (path.steps[i].kind == Step::Kind::kIndex) {
              const Path list{path.scope,
                              {path.steps.begin(), path.steps.begin() + static_cast<long>(i)}};
              const int index = path.steps[i].index;
              first.emplace(describe(list), index < 0 ? static_cast<int>(kItemsMax) : index);
            }
        });
      });
      for (const auto& [list, place] : first) places[list].push_back(place);
    }
    is_lost |= is_constant && is_made_of_input(problem_, *telling_->value);
    return is_lost || std::ranges::any_of(places, [](const auto& one) {
             return !std::ranges::is_sorted(one.second);
           });
  }

  // The tuple is one item of a list, by its key or as its first, where `all` such items give every
  // output, too.
  static bool is_one_of_all(const Solution& tuple, const Solution& all) {
    if (!all.solved || tuple.members.size() != 1 || has_place_in_list(*all.each.source))
      return false;
    bool by_key = false;
    bool by_place = false;
    visit_leaves(*tuple.members.front(), [&](const Solution& leaf) {
      visit_paths(*leaf.candidates.front().value, [&](const Path& path) {
        by_key |= std::ranges::count(path.steps, Step::Kind::kFind, &Step::kind) > 0;
        by_place |= std::ranges::count(path.steps, Step::Kind::kIndex, &Step::kind) > 0;
      });
    });
    return by_key || (by_place && !all.each.keep);
  }

  static void visit_leaves(const Solution& solution,
                           const std::function<void(const Solution&)>& visitor) {
    if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()) visitor(solution);
    for (const auto& member : solution.members)
      if (member) visit_leaves(*member, visitor);
  }

  static bool is_out_of_sight(const Problem& leaf) {
    const Target& target = leaf.targets.front();
    if (weight_of(target.value) < 0.8 || !is_scalar(*target.value)) return false;
    const std::uint64_t letters = letters_of(*target.value);
    return is_made_of_input(leaf, *target.value) &&
           std::ranges::all_of(frames_of(leaf), [&](const Frame* frame) {
             return frame->alike_columns(leaf.frame->row_in(*frame, target.row), letters).empty();
           });
  }

  std::unique_ptr<Solution> unsolved() const {
    auto solution = std::make_unique<Solution>();
    solution->problem = problem_;
    solution->cost = 30;
    for (const Target& target : problem_.targets)
      solution->contradictions.push_back(
          {path_in_row(problem_, target.row),
           problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample,
           target.value ? *target.value : json::value(), reason()});
    return solution;
  }

  std::string reason() const {
    const bool is_too_long =
        is_too_long_ || std::ranges::any_of(problem_.targets, [](const Target& target) {
          return list_in(target) && list_in(target)->size() > kItemsMax;
        });
    if (!is_too_long) return "no list of the input explains it";
    return "of a list no more than " + std::to_string(kItemsMax) +
           " items are looked at, and where some are left out no more than " +
           std::to_string(kFilteredMax) + " items";
  }

  Search& search_;
  const Problem& problem_;
  const Target* telling_ = nullptr;
  bool is_too_long_ = false;  // a list that may be the source
};

}  // namespace

std::unique_ptr<Solution> solve_list(Search& search, const Problem& problem) {
  return ListSearch(search, problem).run();
}

}  // namespace vouch::adapters
