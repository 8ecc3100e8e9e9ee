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

// The one group that the target means; nullopt where none is, or another fits as well.
std::optional<Group> only_group(const Page& page, const Target& target) {
  std::vector<Group> groups = groups_for(page, target);
  std::erase_if(groups, [&](const Group& group) { return leads_on(page, group.items.front()); });
  if (groups.empty()) return std::nullopt;
  if (groups.size() > 1 && groups[1].score > groups[0].score - kAsGood) return std::nullopt;
  return std::move(groups.front());
}

std::optional<Observation> as_many(const Page& before, const Page& page, Observation seen) {
  seen.kind = ObserveKind::kCount;
  const std::optional<Group> were = only_group(before, seen.target);
  const std::optional<Group> are = only_group(page, seen.target);
  if (!were || !are || were->items.size() != are->items.size() ||
      !is_alike(before.at(were->items.front()), page.at(are->items.front())))
    return std::nullopt;
  seen.quantity = {Compare::kEqual, static_cast<int>(were->items.size())};
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
  const std::optional<Group> group = only_group(before, seen.target);
  if (!group) return std::nullopt;
  seen.kind = ObserveKind::kList;
  for (int item : group->items) seen.rows.push_back({normalize_space(before.at(item).text)});
  seen.ordered = seen.exact_rows = true;
  return seen;
}

}  // namespace

std::optional<Observation> as_it_was(const Page& before, const Page& page,
                                     const Observation& seen) {
  if (seen.counted) return as_many(before, page, seen);
  if (seen.target.kind == ElementKind::kTable) {
    std::vector<Ranked> tables = rank(before, seen.target, Purpose::kObserve);
    std::erase_if(tables, [&](const Ranked& ranked) {
      const Element& e = before.at(ranked.id);
      return !e.visible || (e.role != "table" && e.role != "grid");
    });
    if (tables.size() == 1) return as_table(before, tables.front().id, seen);
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
