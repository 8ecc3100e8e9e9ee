#include "adapters/draft/output_paths.h"

#include "adapters/synthesize/schema_only.h"

namespace vouch::adapters::draft {

namespace {

constexpr int kDepthMax = 20;            // of a schema, which may refer to itself
constexpr std::size_t kLackingMax = 20;  // further ones are not told

std::string inside(const std::string& path, std::string_view name) {
  return (path.empty() ? "" : path + ".") + std::string(name);
}

class Collector {
 public:
  explicit Collector(const json::object& root) : root_(root) {}

  void add_value(const json::value& value, const std::string& path) {
    if (!add(path)) return;
    if (value.is_object()) {
      for (const auto& member : value.get_object())
        add_value(member.value(), inside(path, member.key()));
    } else if (value.is_array()) {
      for (const json::value& item : value.get_array()) add_value(item, path + "[]");
    }
  }

  void add_schema(const json::value& given, const std::string& path, int depth = 0) {
    // A schema that refers to itself in several places would be walked without end.
    if (!given.is_object() || depth > kDepthMax || ++walked_ > kOutputPathsMax || !add(path))
      return;
    const json::object& schema = resolved(given.get_object(), root_);
    if (const json::value* properties = schema.if_contains("properties");
        properties && properties->is_object())
      for (const auto& property : properties->get_object())
        add_schema(property.value(), inside(path, property.key()), depth + 1);
    if (const json::value* items = schema.if_contains("items"))
      add_schema(*items, path + "[]", depth + 1);
    for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
      const json::value* schemas = schema.if_contains(keyword);
      if (!schemas || !schemas->is_array()) continue;
      for (const json::value& one : schemas->get_array()) add_schema(one, path, depth + 1);
    }
  }

  std::set<std::string> take() {
    paths_.erase("");
    paths_.erase("[]");
    return std::move(paths_);
  }

 private:
  bool add(const std::string& path) {
    if (paths_.size() >= kOutputPathsMax) return false;
    paths_.insert(path);
    return true;
  }

  const json::object& root_;
  std::set<std::string> paths_;
  std::size_t walked_ = 0;  // schemas
};

void find_lacking(const json::object& root, const json::value& given, const json::value& output,
                  const std::string& path, int depth, std::vector<std::string>& found) {
  if (!given.is_object() || depth > kDepthMax || found.size() >= kLackingMax) return;
  const json::object& schema = resolved(given.get_object(), root);
  const json::object* members = output.if_object();
  const json::value* required = schema.if_contains("required");
  if (members && required && required->is_array())
    for (const json::value& name : required->get_array())
      if (name.is_string() && !members->contains(name.get_string()))
        found.push_back(inside(path, name.get_string()));
  const json::value* properties = schema.if_contains("properties");
  if (members && properties && properties->is_object())
    for (const auto& property : properties->get_object())
      if (const json::value* member = members->if_contains(property.key()))
        find_lacking(root, property.value(), *member, inside(path, property.key()), depth + 1,
                     found);
  const json::value* items = schema.if_contains("items");
  if (const json::array* list = output.if_array(); list && items)
    for (std::size_t i = 0; i < list->size(); ++i)
      find_lacking(root, *items, (*list)[i], path + "[" + std::to_string(i) + "]", depth + 1,
                   found);
  const json::value* all = schema.if_contains("allOf");
  if (all && all->is_array())
    for (const json::value& one : all->get_array())
      find_lacking(root, one, output, path, depth + 1, found);
}

bool is_true(const json::object& schema, const char* keyword) {
  const json::value* said = schema.if_contains(keyword);
  return said && *said == true;
}

bool has(const json::value& values, const json::value& wanted) {
  return values.is_array() && std::ranges::count(values.get_array(), wanted) > 0;
}

class Nulls {
 public:
  explicit Nulls(const json::object& root) : root_(root) {}

  void add(const json::value& given, const std::string& path, int depth) {
    if (!given.is_object() || depth > kDepthMax || ++walked_ > kOutputPathsMax) return;
    const json::object& schema = resolved(given.get_object(), root_);
    if (const auto takes = takes_null(given, depth)) {
      const auto [known, is_new] = found_.emplace(path, *takes);
      known->second &= *takes;
    }
    if (const json::value* properties = schema.if_contains("properties");
        properties && properties->is_object())
      for (const auto& property : properties->get_object())
        add(property.value(), inside(path, property.key()), depth + 1);
    if (const json::value* items = schema.if_contains("items")) add(*items, path + "[]", depth + 1);
    if (const json::value* all = schema.if_contains("allOf"); all && all->is_array())
      for (const json::value& one : all->get_array()) add(one, path, depth + 1);
  }

  std::map<std::string, bool> take() { return std::move(found_); }

 private:
  // nullopt: it does not say.
  std::optional<bool> takes_null(const json::value& given, int depth) {
    if (!given.is_object() || depth > kDepthMax || ++walked_ > kOutputPathsMax) return std::nullopt;
    const json::object& schema = resolved(given.get_object(), root_);
    if (const json::value* type = schema.if_contains("type"))
      return *type == "null" || has(*type, "null") || is_true(schema, "nullable");
    if (const json::value* among = schema.if_contains("enum")) return has(*among, nullptr);
    for (const char* keyword : {"anyOf", "oneOf"}) {
      const json::value* schemas = schema.if_contains(keyword);
      if (!schemas || !schemas->is_array()) continue;
      bool any = false;
      for (const json::value& one : schemas->get_array()) {
        const auto takes = takes_null(one, depth + 1);
        if (!takes) return std::nullopt;
        any |= *takes;
      }
      return any;
    }
    return std::nullopt;
  }

  const json::object& root_;
  std::map<std::string, bool> found_;
  std::size_t walked_ = 0;  // schemas
};

}  // namespace

std::map<std::string, bool> takes_null(const json::object& schema) {
  Nulls nulls(schema);
  nulls.add(schema, "", 0);
  return nulls.take();
}

std::set<std::string> output_paths(const Material& material) {
  Collector collector(material.topic.schema);
  collector.add_schema(material.topic.schema, "");
  for (const Sample& sample : material.samples)
    if (sample.output) collector.add_value(*sample.output, "");
  for (const Pin& pin : material.pins)
    if (pin.kind == Pin::Kind::kSample && pin.value) collector.add_value(*pin.value, "");
  return collector.take();
}

std::vector<std::string> lacking(const json::object& schema, const json::value& output) {
  std::vector<std::string> found;
  find_lacking(schema, schema, output, "", 0, found);
  return found;
}

}  // namespace vouch::adapters::draft
