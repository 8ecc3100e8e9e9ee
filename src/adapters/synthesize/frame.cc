#include "adapters/synthesize/frame.h"

#include <cmath>

namespace vouch::adapters {

namespace {

constexpr std::size_t kColumnsMax = 4000;
constexpr std::size_t kMembersMax = 400;  // of one object: past that it is a table by key
constexpr std::size_t kTablesMax = 24;    // lists of objects by a key
constexpr std::size_t kKeysMax = 8;       // of one list's items
constexpr std::size_t kRowsTried = 8;     // of which a column names an item at least once
constexpr std::size_t kLookupsMax = 16;   // columns that name items of tables
constexpr std::size_t kLookedUpMax = 40;  // columns of one lookup
constexpr std::size_t kLookedUpDepth = 2;
constexpr int kLookupDepth = 12;      // how much deeper than its parts a lookup counts
constexpr std::size_t kItemsMax = 6;  // of one array that are named one by one from the start

std::vector<const json::value*> step_into(const std::vector<const json::value*>& values,
                                          const Step& step) {
  std::vector<const json::value*> inside;
  inside.reserve(values.size());
  for (const json::value* value : values) inside.push_back(value ? follow(value, step) : nullptr);
  return inside;
}

// Whether the names of the objects are data: no two rows share one.
bool names_are_data(const std::vector<const json::value*>& values) {
  std::unordered_map<std::string_view, bool> seen;
  std::size_t objects = 0;
  for (const json::value* value : values) {
    if (!value || !value->is_object() || value->get_object().empty()) continue;
    ++objects;
    for (const auto& member : value->get_object())
      if (!seen.emplace(member.key(), true).second) return false;
  }
  return objects > 1 && seen.size() <= 2 * objects;
}

// The steps that lead on from `values`: members in the order in which they first appear, the first
// items and the last of arrays.
std::vector<Step> steps_from(const std::vector<const json::value*>& values) {
  std::vector<Step> steps;
  std::unordered_map<std::string_view, bool> seen;
  std::size_t longest = 0;
  if (names_are_data(values)) steps.push_back({.kind = Step::Kind::kOnly});
  for (const json::value* value : values) {
    if (!value) continue;
    if (value->is_array()) longest = std::max(longest, value->get_array().size());
    if (!value->is_object()) continue;
    for (const auto& member : value->get_object())
      if (steps.size() < kMembersMax && seen.emplace(member.key(), true).second)
        steps.push_back(member_step(member.key()));
  }
  for (std::size_t i = 0; i < std::min(longest, kItemsMax); ++i)
    steps.push_back(index_step(static_cast<int>(i)));
  if (longest > 1) steps.push_back(index_step(-1));
  return steps;
}

void add_letters(const json::value& value, std::unordered_set<std::uint64_t>& letters) {
  if (value.is_array()) {
    for (const json::value& item : value.get_array()) add_letters(item, letters);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) add_letters(member.value(), letters);
  } else if (const std::uint64_t own = letters_of(value)) {
    letters.insert(own);
  }
}

bool is_of_members(const Path& path) {
  return std::ranges::all_of(path.steps,
                             [](const Step& step) { return step.kind == Step::Kind::kMember; });
}

// What may be the key of an item in a table: a text or a whole number.
bool is_key(const json::value& value) {
  if (value.is_string()) return !value.get_string().empty();
  const auto number = number_of(value);
  return number && *number == std::floor(*number);
}

const json::value* key_in(const json::value& item, std::string_view name) {
  const json::value* key = item.is_object() ? item.get_object().if_contains(name) : nullptr;
  return key && is_key(*key) ? key : nullptr;
}

// The members that each item of every list has a value of its own in.
std::vector<std::string> names_of_keys(const std::vector<const json::value*>& lists) {
  std::vector<std::string> names;
  bool is_first = true;
  std::size_t longest = 0;
  for (const json::value* value : lists) {
    if (!value || value->is_null()) continue;
    if (!value->is_array()) return {};
    const json::array& list = value->get_array();
    longest = std::max(longest, list.size());
    if (list.empty()) continue;
    if (is_first && list.front().is_object())
      for (const auto& member : list.front().get_object())
        if (names.size() < kKeysMax && is_key(member.value())) names.emplace_back(member.key());
    is_first = false;
    std::erase_if(names, [&](const std::string& name) {
      std::unordered_set<std::uint64_t> seen;
      return !std::ranges::all_of(list, [&](const json::value& item) {
        const json::value* key = key_in(item, name);
        return key && seen.insert(hash_of(*key)).second;
      });
    });
    if (names.empty()) return {};
  }
  return longest > 1 ? names : std::vector<std::string>();
}

// Objects whose members are all objects, or all scalars: what is in one may be named by data.
bool hold_one_kind(const std::vector<const json::value*>& values) {
  std::size_t most = 0;
  std::optional<bool> scalars;
  for (const json::value* value : values) {
    if (!value || value->is_null()) continue;
    if (!value->is_object()) return false;
    most = std::max(most, value->get_object().size());
    for (const auto& member : value->get_object()) {
      if (member.value().is_array()) return false;
      if (scalars && *scalars != is_scalar(member.value())) return false;
      scalars = is_scalar(member.value());
    }
  }
  return most > 1;
}

const std::vector<int> kNone;

}  // namespace

Frame::Frame(const Frame* outer, std::vector<Row> rows)
    : outer_(outer), scope_(outer ? outer->scope_ + 1 : 0), rows_(std::move(rows)) {
  add_columns();
  add_tables();
  add_objects();
  add_lookups();
}

void Frame::add_columns() {
  Column root{.path = {.scope = scope_}};
  for (const Row& row : rows_) root.values.push_back(row.bound.item);
  columns_.push_back(std::move(root));
  // Breadth first: where there are too many, the deepest are left out.
  for (std::size_t i = 0; i < columns_.size() && columns_.size() < kColumnsMax; ++i) {
    if (columns_[i].derived) continue;
    for (const Step& step : steps_from(columns_[i].values)) {
      if (step.kind == Step::Kind::kOnly) add_names(i);
      Column inside{.path = columns_[i].path, .values = step_into(columns_[i].values, step)};
      inside.path.steps.push_back(step);
      inside.depth = columns_[i].depth + 1;
      inside.place = place_of(inside.path);
      columns_.push_back(std::move(inside));
    }
  }
}

// The name of the first member, as a column.
void Frame::add_names(std::size_t of) {
  const Column& column = columns_[of];
  Column names{.path = column.path, .depth = column.depth + 1};
  names.derived = call(Fn::kFirst, {call(Fn::kKeys, {make(Path(column.path))})});
  for (const json::value* value : column.values) {
    const bool is_there = value && value->is_object() && !value->get_object().empty();
    names.values.push_back(is_there ? &made_.emplace_back(names_of(value->get_object()).front())
                                    : nullptr);
  }
  names.place.own = words_of_name("id");
  columns_.push_back(std::move(names));
}

void Frame::add_tables() {
  for (std::size_t i = 0; i < columns_.size() && tables_.size() < kTablesMax; ++i) {
    const Column& column = columns_[i];
    if (column.derived || !is_of_members(column.path)) continue;
    for (std::string& name : names_of_keys(column.values)) {
      Table table{.column = static_cast<int>(i), .name = std::move(name)};
      for (const json::value* list : column.values) {
        auto& items = table.items.emplace_back();
        if (!list || !list->is_array()) continue;
        for (const json::value& item : list->get_array())
          if (const json::value* key = key_in(item, table.name))
            items.emplace(hash_of(*key), &item);
      }
      tables_.push_back(std::move(table));
    }
  }
}

void Frame::add_objects() {
  for (std::size_t i = 1; i < columns_.size() && tables_.size() < kTablesMax; ++i) {
    const Column& column = columns_[i];
    if (column.derived || !is_of_members(column.path) || !hold_one_kind(column.values)) continue;
    Table table{.column = static_cast<int>(i)};
    for (const json::value* object : column.values) {
      auto& items = table.items.emplace_back();
      if (object && object->is_object())
        for (const auto& member : object->get_object())
          items.emplace(hash_of(std::string_view(member.key())), &member.value());
    }
    tables_.push_back(std::move(table));
  }
}

void Frame::add_lookups() {
  const std::size_t plain = columns_.size();
  std::size_t found = 0;
  for (const Frame* frame = this; frame; frame = frame->outer_)
    for (const Table& table : frame->tables_)
      for (std::size_t i = 0; i < plain && found < kLookupsMax; ++i)
        found += names_items(*frame, table, columns_[i]) ? 1 : 0;
}

bool Frame::names_items(const Frame& frame, const Table& table, const Column& by) {
  if (by.derived) return false;
  const Column& list = frame.columns_[static_cast<std::size_t>(table.column)];
  // An item of the list that is taken by its place names itself.
  if (&frame == this && by.path.steps.size() > list.path.steps.size() &&
      std::equal(list.path.steps.begin(), list.path.steps.end(), by.path.steps.begin()))
    return false;
  std::vector<const json::value*> items(rows_.size(), nullptr);
  std::size_t present = 0, there = 0;
  bool is_choice = false;  // of several items, and not the one that the row is for
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const json::value* key = by.values[row];
    if (!key || !is_key(*key)) continue;
    ++present;
    if (4 * (present - 1 - there) > rows_.size() || (present > kRowsTried && there == 0))
      return false;
    const auto& known = table.items[static_cast<std::size_t>(row_in(frame, static_cast<int>(row)))];
    const auto item =
        known.find(table.name.empty() ? hash_of(std::string_view(text_of(*key))) : hash_of(*key));
    if (item == known.end()) continue;
    ++there;
    items[row] = item->second;
    is_choice |= known.size() > 1 && !is_of_item(frame, static_cast<int>(row), *item->second);
  }
  if (!is_choice || 4 * there < 3 * present) return false;
  const Path from = by.path;  // the column moves as others are added
  add_lookup({.list = list.path, .name = table.name, .key = make(Path(from))}, from, items);
  return true;
}

bool Frame::is_of_item(const Frame& frame, int row, const json::value& item) const {
  for (const Frame* at = this; at != &frame; at = at->outer_) {
    const Row& one = at->rows_[static_cast<std::size_t>(row)];
    if (one.bound.item == &item) return true;
    row = one.parent;
  }
  return false;
}

void Frame::add_lookup(const Lookup& lookup, const Path& by,
                       const std::vector<const json::value*>& items) {
  std::vector<std::string> names;
  for (const Path* path : {&lookup.list, &by})
    if (!path->steps.empty()) names.push_back(path->steps.back().name);
  struct Inside {
    std::vector<Step> rest;
    std::vector<const json::value*> values;
  };
  std::vector<Inside> all{{{}, items}};
  // Breadth first, of members alone.
  for (std::size_t i = 0; i < all.size() && all.size() < kLookedUpMax; ++i) {
    if (all[i].rest.size() >= kLookedUpDepth) continue;
    for (const Step& step : steps_from(all[i].values)) {
      if (step.kind != Step::Kind::kMember || (i == 0 && step.name == lookup.name)) continue;
      Inside inside{all[i].rest, step_into(all[i].values, step)};
      inside.rest.push_back(step);
      all.push_back(std::move(inside));
    }
  }
  for (Inside& inside : all) {
    Column column{.path = lookup.list, .values = std::move(inside.values)};
    column.depth =
        static_cast<int>(lookup.list.steps.size() + by.steps.size() + inside.rest.size()) +
        kLookupDepth;
    std::vector<std::string> way = names;
    for (const Step& step : inside.rest) way.push_back(step.name);
    column.place = place_of(way);
    Lookup made = lookup;
    made.rest = std::move(inside.rest);
    column.derived = make(std::move(made));
    columns_.push_back(std::move(column));
  }
}

Scopes Frame::scopes(int row) const {
  Scopes scopes(static_cast<std::size_t>(scope_) + 1);
  const Frame* frame = this;
  while (frame) {
    const Row& at = frame->rows_[static_cast<std::size_t>(row)];
    scopes[static_cast<std::size_t>(frame->scope_)] = at.bound;
    row = at.parent;
    frame = frame->outer_;
  }
  return scopes;
}

int Frame::row_in(const Frame& frame, int row) const {
  for (const Frame* at = this; at != &frame; at = at->outer_)
    row = at->rows_[static_cast<std::size_t>(row)].parent;
  return row;
}

const std::vector<int>& Frame::equal_columns(int row, std::uint64_t hash) const {
  auto [index, is_new] = equal_.try_emplace(row);
  if (is_new)
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (const json::value* value = columns_[i].values[static_cast<std::size_t>(row)])
        index->second[hash_of(*value)].push_back(static_cast<int>(i));
  const auto found = index->second.find(hash);
  return found == index->second.end() ? kNone : found->second;
}

const std::vector<int>& Frame::alike_columns(int row, std::uint64_t letters) const {
  auto [index, is_new] = alike_.try_emplace(row);
  if (is_new)
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (const json::value* value = columns_[i].values[static_cast<std::size_t>(row)])
        if (const std::uint64_t hash = is_scalar(*value) ? letters_of(*value) : 0; hash != 0)
          index->second[hash].push_back(static_cast<int>(i));
  const auto found = index->second.find(letters);
  return found == index->second.end() ? kNone : found->second;
}

bool Frame::has_letters(int row, std::uint64_t letters) const {
  auto [all, is_new] = letters_.try_emplace(row);
  const json::value* item = rows_[static_cast<std::size_t>(row)].bound.item;
  if (is_new && item) add_letters(*item, all->second);
  return all->second.contains(letters);
}

std::uint64_t letters_of(const json::value& scalar) {
  if (scalar.is_null()) return 0;
  const std::string text = text_of(scalar);
  std::string letters;
  const bool numeric = is_number(scalar) || parse_number(text);
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z')
      letters += static_cast<char>(c | 0x20);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
             static_cast<unsigned char>(c) >= 0x80)
      letters += c;
  }
  std::string_view kept = letters;
  if (numeric) {
    while (kept.size() > 1 && kept.front() == '0') kept.remove_prefix(1);
    while (kept.size() > 1 && kept.back() == '0') kept.remove_suffix(1);
  }
  return kept.empty() ? 0 : hash_of(kept);
}

}  // namespace vouch::adapters
