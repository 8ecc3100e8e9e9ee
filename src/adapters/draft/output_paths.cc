#include "adapters/draft/output_paths.h"

#include "adapters/synthesize/schema_only.h"

namespace vouch::adapters::draft {

namespace {

constexpr int kDepthMax = 20;  // of a schema, which may refer to itself

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

}  // namespace

std::set<std::string> output_paths(const Material& material) {
  Collector collector(material.topic.schema);
  collector.add_schema(material.topic.schema, "");
  for (const Sample& sample : material.samples)
    if (sample.output) collector.add_value(*sample.output, "");
  for (const Pin& pin : material.pins)
    if (pin.kind == Pin::Kind::kSample && pin.value) collector.add_value(*pin.value, "");
  return collector.take();
}

}  // namespace vouch::adapters::draft
