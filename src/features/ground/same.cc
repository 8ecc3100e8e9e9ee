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

// Where there were none, or are none now, the other page alone says what they are.
std::optional<Observation> as_many(const Page& before, const Page& page, Observation seen) {
  seen.kind = ObserveKind::kCount;
  const std::optional<Group> were = only_group(before, seen.target);
  const std::optional<Group> are = only_group(page, seen.target);
  if ((!were && !are) || (seen.change == 0 && (!were || !are))) return std::nullopt;
  const int had = were ? static_cast<int>(were->items.size()) : 0;
  const int has = are ? static_cast<int>(are->items.size()) : 0;
  if (has != had + seen.change) return std::nullopt;
  if (were && are && !is_alike(before.at(were->items.front()), page.at(are->items.front())))
    return std::nullopt;
  seen.quantity = {Compare::kEqual, has};
  return seen;
}

// The text with the number that it shows made `change` more: "3 items" as "4 items". nullopt where
// it shows none, or no whole one.
std::optional<std::string> grown(const std::string& text, int change) {
  const auto number = number_in(text);
  const std::size_t first = text.find_first_of("0123456789");
  if (!number || first == std::string::npos) return std::nullopt;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", first), text.size());
  const std::string digits = text.substr(first, end - first);
  const auto was = static_cast<long long>(*number);
  if (std::to_string(was) != digits || was + change < 0) return std::nullopt;
  return text.substr(0, first) + std::to_string(was + change) + text.substr(end);
}

// What the target shows, as a value that is asserted.
std::optional<Observation> value_of(const Page& page, const Observation& seen) {
  Observation made = seen;
  made.match = Match::kEquals;
  const Place place(page, seen.target.scopes);
  const std::vector<Labelled> values = best_of(labelled_values(page, names_of(seen.target), place));
  if (!values.empty() && !values.front().value.empty()) {
    made.kind = ObserveKind::kContent;
    made.expected = values.front().value;
    return made;
  }
  for (const Ranked& field : rank(page, seen.target, Purpose::kFill)) {
    const Element& e = page.at(field.id);
    if (field.score < kFieldMin || is_toggle(e)) continue;
    made.kind = ObserveKind::kValue;
    made.expected = is_select(e) ? e.selected_option : e.value;
    if (made.expected.empty()) break;
    return made;
  }
  return std::nullopt;
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
  std::optional<Observation> made = value_of(before, seen);
  if (!made || seen.change == 0) return made;
  std::optional<std::string> expected = grown(made->expected, seen.change);
  if (!expected) return std::nullopt;
  made->expected = *std::move(expected);
  return made;
}

std::optional<Observation> with_number(const Page& page, const Observation& seen) {
  const auto fits = [&](const std::string& value) {
    const auto number = number_in(value);
    return number && is_in(seen.range, *number);
  };
  // Of several that are called so nobody knows which is meant: all of them are so, or it is not.
  const Place place(page, seen.target.scopes);
  for (const Labelled& value : best_of(labelled_values(page, names_of(seen.target), place))) {
    if (!value.value.empty() && !fits(value.value)) return std::nullopt;
  }
  std::optional<Observation> made = value_of(page, seen);
  return made && fits(made->expected) ? made : std::nullopt;
}

bool is_in(const Range& range, double number) {
  if (range.open) return number > range.least && number < range.most;
  return number >= range.least && number <= range.most;
}

}  // namespace vouch::features::ground
