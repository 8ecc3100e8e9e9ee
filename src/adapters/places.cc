#include "adapters/places.h"

#include <charconv>
#include <functional>

namespace vouch::adapters {

namespace {

// The first step of a path and the rest. An item's name is "[2]" or "[]".
std::string_view item_step(std::string_view path) { return path.substr(0, path.find(']') + 1); }

std::size_t index_of(std::string_view step) {
  std::size_t index = std::string_view::npos;
  std::from_chars(step.data() + 1, step.data() + step.size() - 1, index);
  return index;
}

// How much of the path is the member's name; 0: not its name.
std::size_t name_length(std::string_view path, std::string_view name) {
  if (!path.starts_with(name)) return 0;
  return path.size() == name.size() || path[name.size()] == '.' || path[name.size()] == '['
             ? name.size()
             : 0;
}

std::string_view longest_name(const json::object& object, std::string_view path) {
  std::string_view best;
  for (const auto& member : object)
    if (name_length(path, member.key()) > best.size()) best = member.key();
  return best;
}

bool set_item(json::array& items, std::string_view path, const Maybe& value) {
  const std::string_view step = item_step(path);
  if (step.empty()) return false;
  const std::string_view rest = path.substr(step.size());
  if (step == "[]") {
    bool any = false;
    for (json::value& item : items) any |= !rest.empty() && set_at(item, rest, value);
    return any;
  }
  const std::size_t index = index_of(step);
  if (index > items.size() || (index == items.size() && (!value || !rest.empty()))) return false;
  if (index == items.size()) {
    items.push_back(*value);
  } else if (!rest.empty()) {
    return set_at(items[index], rest, value);
  } else if (value) {
    items[index] = *value;
  } else {
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
  }
  return true;
}

bool set_member(json::object& object, std::string_view path, const Maybe& value) {
  std::string name(longest_name(object, path));
  if (name.empty()) name = path.substr(0, path.find_first_of(".["));
  const std::string_view rest = path.substr(name.size());
  if (!rest.empty()) {
    json::value* inner = object.if_contains(name);
    return inner && set_at(*inner, rest, value);
  }
  if (value) {
    object[name] = *value;
    return true;
  }
  return object.erase(name) > 0;
}

void compare(const json::value* expected, const json::value* got, const std::string& path,
             std::vector<Diff>& diffs) {
  const auto inside = [&](std::string_view name) {
    return (path.empty() ? "" : path + ".") + std::string(name);
  };
  const auto copy = [](const json::value* value) { return value ? Maybe(*value) : std::nullopt; };
  if (expected && got && expected->is_object() && got->is_object()) {
    for (const auto& member : expected->get_object())
      compare(&member.value(), got->get_object().if_contains(member.key()), inside(member.key()),
              diffs);
    for (const auto& member : got->get_object())
      if (!expected->get_object().if_contains(member.key()))
        diffs.push_back({inside(member.key()), std::nullopt, member.value()});
  } else if (expected && got && expected->is_array() && got->is_array() &&
             expected->get_array().size() == got->get_array().size()) {
    for (std::size_t i = 0; i < expected->get_array().size(); ++i)
      compare(&expected->get_array()[i], &got->get_array()[i], path + "[" + std::to_string(i) + "]",
              diffs);
  } else if (!same(expected, got)) {
    diffs.push_back({path, copy(expected), copy(got)});
  }
}

constexpr std::size_t kInexactMax = 20;

void find_inexact(const json::value& value, const std::string& path,
                  std::vector<std::string>& found) {
  if (found.size() < kInexactMax && is_inexact(value)) found.push_back(path);
  if (value.is_object()) {
    for (const auto& member : value.get_object())
      find_inexact(member.value(), (path.empty() ? "" : path + ".") + std::string(member.key()),
                   found);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.get_array().size(); ++i)
      find_inexact(value.get_array()[i], path + "[" + std::to_string(i) + "]", found);
  }
}

}  // namespace

std::string general_path(std::string_view path) {
  std::string text;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) text += c;
    if (c == '[') inside = true;
  }
  return text;
}

bool is_end_of_path(std::string_view path, std::string_view short_path) {
  if (short_path.empty()) return path.empty();
  if (!path.ends_with(short_path)) return false;
  return path.size() == short_path.size() || path[path.size() - short_path.size() - 1] == '.';
}

bool is_around(std::string_view outer, std::string_view path) {
  if (outer.empty()) return true;
  if (!path.starts_with(outer)) return false;
  return path.size() == outer.size() || path[outer.size()] == '.' || path[outer.size()] == '[';
}

const json::value* value_at(const json::value& root, std::string_view path) {
  const json::value* at = &root;
  while (at && !path.empty()) {
    if (path.front() == '.') path.remove_prefix(1);
    if (path.starts_with('[')) {
      const std::string_view step = item_step(path);
      if (step.empty() || !at->is_array()) return nullptr;
      const std::size_t index = index_of(step);
      at = index < at->get_array().size() ? &at->get_array()[index] : nullptr;
      path.remove_prefix(step.size());
    } else {
      if (!at->is_object()) return nullptr;
      const std::string_view name = longest_name(at->get_object(), path);
      if (name.empty()) return nullptr;
      at = at->get_object().if_contains(name);
      path.remove_prefix(name.size());
    }
  }
  return at;
}

bool has_at(const json::value& root, std::string_view general) {
  if (general.starts_with('.')) general.remove_prefix(1);
  const std::size_t at = general.find("[]");
  if (at == std::string_view::npos) return value_at(root, general) != nullptr;
  const json::value* list = value_at(root, general.substr(0, at));
  if (!list || !list->is_array()) return false;
  return std::ranges::any_of(list->get_array(), [&](const json::value& item) {
    return has_at(item, general.substr(at + 2));
  });
}

bool set_at(json::value& root, std::string_view path, const Maybe& value) {
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.empty()) {
    root = value ? *value : json::value();
    return true;
  }
  if (path.front() == '[') return root.is_array() && set_item(root.get_array(), path, value);
  return root.is_object() && set_member(root.get_object(), path, value);
}

std::vector<std::string> inexact_places(const json::value& root) {
  std::vector<std::string> found;
  find_inexact(root, "", found);
  return found;
}

std::vector<Diff> diffs_of(const Maybe& expected, const Maybe& got) {
  std::vector<Diff> diffs;
  compare(expected ? &*expected : nullptr, got ? &*got : nullptr, "", diffs);
  return diffs;
}

}  // namespace vouch::adapters
