#include "adapters/synthesize/schema_only.h"

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr double kSimilarityLeast = 0.8;  // of a member that is mapped
constexpr double kMargin = 0.04;          // by which it must be better than the next
constexpr std::size_t kItemsMax = 50;     // of one list that are looked at

struct Types {
  bool text = false;
  bool number = false;
  bool boolean = false;
  bool object = false;
  bool array = false;
  bool null = false;
  bool any = false;
};

void add_type(Types& types, std::string_view name) {
  types.text |= name == "string";
  types.number |= name == "number" || name == "integer";
  types.boolean |= name == "boolean";
  types.object |= name == "object";
  types.array |= name == "array";
  types.null |= name == "null";
}

Types types_of(const json::object& schema) {
  Types types;
  const json::value* type = schema.if_contains("type");
  if (type && type->is_string()) {
    add_type(types, std::string_view(type->get_string()));
  } else if (type && type->is_array()) {
    for (const json::value& one : type->get_array())
      if (one.is_string()) add_type(types, std::string_view(one.get_string()));
  } else {
    types.any = true;
  }
  return types;
}

bool holds(const Types& types, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return true;  // the presence policy decides
    case json::kind::bool_:
      return types.any || types.boolean;
    case json::kind::string:
      return types.any || types.text;
    case json::kind::array:
      return types.any || types.array;
    case json::kind::object:
      return types.any || types.object;
    default:
      return types.any || types.number;
  }
}

const json::object* member_object(const json::object& schema, std::string_view name) {
  const json::value* value = schema.if_contains(name);
  return value && value->is_object() ? &value->get_object() : nullptr;
}

bool is_required(const json::object& schema, std::string_view name) {
  const json::value* required = schema.if_contains("required");
  return required && required->is_array() &&
         std::ranges::any_of(required->get_array(), [&](const json::value& one) {
           return one.is_string() && std::string_view(one.get_string()) == name;
         });
}

// Otherwise the object is free: taken as a whole.
bool has_members(const json::object& schema) {
  const json::object* properties = member_object(schema, "properties");
  return properties && !properties->empty();
}

struct Match {
  ColumnRef ref;
  double similarity = 0;
  bool as_text = false;  // a number or boolean where a text is wanted
};

class SchemaSearch {
 public:
  SchemaSearch(Search& search, Synthesis& synthesis) : search_(search), synthesis_(synthesis) {}

  // An object whose members are mapped one by one; null where none is.
  ExprPtr object(const Frame& frame, const json::object& schema,
                 const std::vector<std::string>& names, const std::string& path) {
    const json::object* properties = member_object(schema, "properties");
    if (!properties) return nullptr;
    std::vector<Member> members;
    for (const auto& property : *properties) {
      if (!property.value().is_object()) continue;
      const std::string name(property.key());
      std::vector<std::string> inside = names;
      inside.push_back(name);
      std::string at = path;
      if (!at.empty()) at += ".";
      at += name;
      ExprPtr value =
          member(frame, property.value().get_object(), inside, at, is_required(schema, name));
      if (value) members.push_back({.name = name, .value = std::move(value)});
    }
    return members.empty() ? nullptr : make(Object{std::move(members)});
  }

 private:
  ExprPtr member(const Frame& frame, const json::object& schema,
                 const std::vector<std::string>& names, const std::string& path, bool required) {
    const Types types = types_of(schema);
    // The members of an object are found one by one, wherever they stand: it need not be one
    // object of the input.
    if (types.object && has_members(schema)) return object(frame, schema, names, path);
    const std::optional<Match> match = best(frame, types, names, path);
    if (!match) return nullptr;
    if (types.array) {
      const json::object* items = member_object(schema, "items");
      if (items && types_of(*items).object && has_members(*items))
        return list(*match, frame, *items, names, path);
    }
    const ExprPtr source = match->ref.expr();
    Guard guard{.subject = source, .value = match->as_text ? call(Fn::kText, {source}) : source};
    if (!types.null && !types.any)
      guard.actions[static_cast<std::size_t>(State::kNull)] = Action::kOmit;
    if (types.null && required)
      guard.actions[static_cast<std::size_t>(State::kMissing)] = Action::kNull;
    add_field(path, *match, describe(*guard.value));
    const bool is_plain =
        std::ranges::all_of(guard.actions, [](Action a) { return a == Action::kKeep; });
    return is_plain ? guard.value : make(std::move(guard));
  }

  void add_field(const std::string& path, const Match& match, std::string source) {
    synthesis_.fields.push_back(
        {.path = path, .source = std::move(source), .confidence = match.similarity});
  }

  ExprPtr list(const Match& match, const Frame& frame, const json::object& items,
               const std::vector<std::string>& names, const std::string& path) {
    std::vector<Row> rows;
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      const json::value* source = match.ref.at(frame, static_cast<int>(r));
      for (const Bound& bound : items_of(source))
        if (rows.size() < kItemsMax * frame.rows().size())
          rows.push_back(
              {.sample = frame.rows()[r].sample, .parent = static_cast<int>(r), .bound = bound});
    }
    if (rows.empty()) return nullptr;
    const Frame& inner = search_.add_frame(frame, std::move(rows));
    ExprPtr body = object(inner, items, names, path + "[]");
    if (!body) return nullptr;
    return make(Each{.scope = inner.scope(), .source = match.ref.expr(), .body = std::move(body)});
  }

  // Whether all values of the column are of the type, some are there at all, and how they fit.
  static std::optional<bool> fits(const Frame& frame, const ColumnRef& ref, const Types& types) {
    bool any = false;
    bool as_text = false;
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      const json::value* value = ref.at(frame, static_cast<int>(r));
      if (!value) continue;
      any |= !value->is_null() || types.null;
      if (value->is_null()) continue;
      if (holds(types, *value)) continue;
      if (!types.text || types.number || !is_number(*value)) return std::nullopt;
      as_text = true;
    }
    return any ? std::optional(as_text) : std::nullopt;
  }

  static bool same_everywhere(const Frame& frame, const ColumnRef& a, const ColumnRef& b) {
    for (std::size_t r = 0; r < frame.rows().size(); ++r)
      if (!same(a.at(frame, static_cast<int>(r)), b.at(frame, static_cast<int>(r)))) return false;
    return true;
  }

  std::optional<Match> best(const Frame& frame, const Types& types,
                            const std::vector<std::string>& names, const std::string& path) {
    const Place place = place_of(names);
    std::vector<Match> matches;
    for (std::size_t i = 0; i < frame.columns().size(); ++i) {
      const ColumnRef ref{&frame, static_cast<int>(i)};
      if (ref.column().depth == 0 || ref.column().derived) continue;
      if (std::ranges::any_of(ref.column().path.steps,
                              [](const Step& step) { return step.kind != Step::Kind::kMember; }))
        continue;
      // Of equally good ones the one that stands higher.
      const double near = similarity(place, ref.column().place) - 0.03 * (ref.column().depth - 1);
      if (near < 0.3) continue;
      if (const auto as_text = fits(frame, ref, types))
        matches.push_back({ref, near - (*as_text ? 0.05 : 0.0), *as_text});
    }
    std::ranges::stable_sort(matches, std::greater<>(), &Match::similarity);
    if (matches.empty()) return abstain(path, "no member of the inputs has a name like it");
    const Match& first = matches.front();
    if (first.similarity < kSimilarityLeast)
      return abstain(path, "nearest is " + describe(*first.ref.expr()));
    for (std::size_t i = 1; i < matches.size(); ++i) {
      if (matches[i].similarity + kMargin <= first.similarity) break;
      if (!same_everywhere(frame, first.ref, matches[i].ref))
        return abstain(path,
                       describe(*first.ref.expr()) + " or " + describe(*matches[i].ref.expr()));
    }
    return first;
  }

  std::nullopt_t abstain(const std::string& path, std::string reason) {
    synthesis_.unexplained.push_back({path, 0, nullptr, std::move(reason)});
    return std::nullopt;
  }

  Search& search_;
  Synthesis& synthesis_;
};

}  // namespace

Synthesis map_by_schema(const std::vector<const json::value*>& inputs, const json::value& schema) {
  Synthesis synthesis;
  if (inputs.empty() || !schema.is_object()) return synthesis;
  Search search{};
  std::vector<Row> rows;
  rows.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    rows.push_back({.sample = static_cast<int>(i), .bound = {.item = inputs[i]}});
  search.frames.push_back(std::make_unique<Frame>(nullptr, std::move(rows)));
  synthesis.mapping =
      SchemaSearch(search, synthesis).object(*search.frames.front(), schema.get_object(), {}, "");
  return synthesis;
}

}  // namespace vouch::adapters
