#include "features/ground/same.h"

#include <algorithm>
#include <utility>

#include "features/ground/candidate.h"
#include "features/ground/groups.h"
#include "features/ground/labelled.h"
#include "features/ground/rank.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

constexpr double kFieldMin = 0.7;

// Of a name that fits another kind of things as well, the number may be any.
std::optional<Observation> as_many(const Page& before, const Page& page, Observation seen) {
  seen.kind = ObserveKind::kCount;
  const std::vector<Group> were = groups_for(before, seen.target);
  const std::vector<Group> are = groups_for(page, seen.target);
  if (were.empty() && are.empty()) {  // there is none yet, and a list or table for them
    seen.kind = ObserveKind::kState;
    seen.state = State::kEmpty;
    seen.target.kind = ElementKind::kTable;
    if (seen.target.name.empty()) seen.target.name = seen.target.noun;
    return seen;
  }
  if (were.empty() || are.empty()) return std::nullopt;
  const Element& was = before.at(were.front().items.front());
  if (!is_alike(was, page.at(are.front().items.front()))) return std::nullopt;
  const std::size_t count = were.front().items.size();
  if (are.front().items.size() != count) return std::nullopt;
  seen.quantity = {Compare::kEqual, static_cast<int>(count)};
  return seen;
}

std::optional<Observation> as_table(const Page& before, int table, Observation seen) {
  seen.kind = ObserveKind::kTable;
  for (const Element& e : before.elements()) {
    if (e.role != "row" || !e.visible || !before.is_inside(e.id, table) ||
        is_header_row(before, e.id))
      continue;
    std::vector<std::string>& cells = seen.rows.emplace_back();
    for (int cell : before.children(e.id)) cells.push_back(normalize_space(before.at(cell).text));
  }
  seen.ordered = seen.exact_rows = true;
  return seen.rows.empty() ? std::nullopt : std::optional(std::move(seen));
}

std::optional<Observation> as_list(const Page& before, Observation seen) {
  const std::vector<Group> groups = groups_for(before, seen.target);
  if (groups.empty()) return std::nullopt;
  seen.kind = ObserveKind::kList;
  for (int item : groups.front().items)
    seen.rows.push_back({normalize_space(before.at(item).text)});
  seen.ordered = seen.exact_rows = true;
  return seen;
}

}  // namespace

std::optional<Observation> as_it_was(const Page& before, const Page& page,
                                     const Observation& seen) {
  if (seen.counted) return as_many(before, page, seen);
  if (seen.target.kind == ElementKind::kTable) {
    for (const Ranked& table : rank(before, seen.target, Purpose::kObserve)) {
      if (before.at(table.id).role == "table" || before.at(table.id).role == "grid")
        return as_table(before, table.id, seen);
    }
    return std::nullopt;
  }
  if (seen.target.kind == ElementKind::kList || seen.target.kind == ElementKind::kItem)
    return as_list(before, seen);
  Observation made = seen;
  made.match = Match::kEquals;
  const Place place(before, seen.target.scopes);
  const std::vector<Labelled> values =
      best_of(labelled_values(before, names_of(seen.target), place));
  if (!values.empty() && !values.front().value.empty()) {
    made.kind = ObserveKind::kContent;
    made.expected = values.front().value;
    return made;
  }
  for (const Ranked& field : rank(before, seen.target, Purpose::kFill)) {
    const Element& e = before.at(field.id);
    if (field.score < kFieldMin || is_toggle(e)) continue;
    made.kind = ObserveKind::kValue;
    made.expected = is_select(e) ? e.selected_option : e.value;
    if (made.expected.empty()) break;
    return made;
  }
  return std::nullopt;
}

}  // namespace vouch::features::ground
