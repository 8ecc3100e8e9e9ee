#include "adapters/synthesize/schema_only.h"

#include <cmath>

#include "adapters/functions.h"
#include "adapters/places.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr double kSimilarityLeast = 0.8;  // of a member that is mapped
constexpr double kMargin = 0.04;          // by which it must be better than the next
constexpr std::size_t kItemsMax = 50;     // of one list that are looked at
constexpr double kSimilarityNear = 0.3;   // of a member that may be meant
constexpr std::size_t kNearMax = 5;       // choices of a question
constexpr int kDepthMax = 20;             // of the schema, which may refer to itself
// Whole seconds or milliseconds of the years 1980 to 2100 are dates.
constexpr double kEpochLeast = 315532800;
constexpr double kEpochMost = 4102444800;

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

// How a column's values become the field's. `value` is null where they cannot.
struct Conversion {
  ExprPtr value;
  std::string assumption;  // empty: nothing is assumed
  ExprPtr rival = {};      // what may be meant as well; null: nothing
};

struct Match {
  ColumnRef ref;
  double similarity = 0;
  Conversion made;
};

std::string_view text_in(const json::object& schema, std::string_view name) {
  const json::value* value = schema.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

// The values of a column that are there, as far as each is of one kind.
struct Profile {
  bool any = false;
  bool null = false;
  bool texts = true;
  bool numbers = true;
  bool booleans = true;
  bool number_texts = true;
  bool boolean_texts = true;
  bool bits = true;  // numbers 0 and 1
  bool dates = true;
  bool iso_dates = true;  // with a zone
  bool whole = true;      // numbers, or texts of them, without decimals
  bool seconds = true;
  bool millis = true;

  void add(const json::value& value) {
    if (value.is_null()) {
      null = true;
      return;
    }
    any = true;
    const auto number = number_of(value);
    texts &= value.is_string();
    numbers &= number.has_value();
    booleans &= value.is_bool();
    bits &= number && (*number == 0 || *number == 1);
    const std::string_view text =
        value.is_string() ? std::string_view(value.get_string()) : std::string_view();
    number_texts &= value.is_string() && perform(Fn::kNumber, value).has_value();
    boolean_texts &= text == "true" || text == "false" || text == "yes" || text == "no";
    whole &= number ? std::floor(*number) == *number : text.find('.') == std::string_view::npos;
    dates &= value.is_string() && parse_date(text).has_value();
    iso_dates &= text.size() >= 20 && text[10] == 'T' &&
                 (text.back() == 'Z' || text.find_first_of("+-", 19) != std::string_view::npos);
    const auto between = [&](double unit) {
      return number && std::floor(*number) == *number && *number >= kEpochLeast * unit &&
             *number <= kEpochMost * unit;
    };
    seconds &= between(1);
    millis &= between(1000);
  }
};

class SchemaSearch {
 public:
  SchemaSearch(Search& search, Synthesis& synthesis, const json::object& root,
               const std::vector<SchemaDecision>& decisions)
      : search_(search), synthesis_(synthesis), root_(root), decisions_(decisions) {}

  ExprPtr whole(const Frame& frame) {
    const json::object& schema = resolved(root_);
    if (types_of(schema).array && !types_of(schema).object) return whole_list(frame, schema);
    return object(frame, schema, {}, "");
  }

 private:
  const json::object& resolved(const json::object& schema) const {
    return adapters::resolved(schema, root_);
  }

  // An object whose members are mapped one by one; null where none is.
  ExprPtr object(const Frame& frame, const json::object& schema,
                 const std::vector<std::string>& names, const std::string& path) {
    const json::object* properties = member_object(schema, "properties");
    if (!properties || names.size() > kDepthMax) return nullptr;
    std::vector<Member> members;
    for (const auto& property : *properties) {
      if (!property.value().is_object()) continue;
      const std::string name(property.key());
      std::vector<std::string> inside = names;
      inside.push_back(name);
      std::string at = path;
      if (!at.empty()) at += ".";
      at += name;
      ExprPtr value = member(frame, resolved(property.value().get_object()), inside, at,
                             is_required(schema, name));
      if (value) members.push_back({.name = name, .value = std::move(value)});
    }
    return members.empty() ? nullptr : make(Object{std::move(members)});
  }

  const SchemaDecision* decision(const std::string& path) const {
    for (auto one = decisions_.rbegin(); one != decisions_.rend(); ++one)
      if (is_end_of_path(path, general_path(one->path))) return &*one;
    return nullptr;
  }

  ExprPtr member(const Frame& frame, const json::object& schema,
                 const std::vector<std::string>& names, const std::string& path, bool required) {
    const Types types = types_of(schema);
    const SchemaDecision* decided = decision(path);
    if (decided && decided->kind == SchemaDecision::Kind::kOmitted) return nullptr;
    if (decided && decided->kind == SchemaDecision::Kind::kConstant)
      return decided_constant(path, decided->value);
    // The members of an object are found one by one, wherever they stand: it need not be one
    // object of the input.
    if (types.object && has_members(schema)) return object(frame, schema, names, path);
    const std::optional<Match> match = decided ? chosen(frame, schema, names, path, *decided)
                                               : best(frame, schema, names, path, required);
    if (!match)
      return decided && decided->kind == SchemaDecision::Kind::kShown
                 ? decided_constant(path, decided->value)
                 : nullptr;
    if (types.array) {
      const json::object* items = member_object(schema, "items");
      if (items && types_of(resolved(*items)).object && has_members(resolved(*items)))
        return list(match->ref, frame, resolved(*items), names, path);
    }
    const ExprPtr source = match->ref.expr();
    Guard guard{.subject = source, .value = match->made.value};
    if (!types.null && !types.any)
      guard.actions[static_cast<std::size_t>(State::kNull)] = Action::kOmit;
    if (types.null && required)
      guard.actions[static_cast<std::size_t>(State::kMissing)] = Action::kNull;
    if (!match->made.assumption.empty())
      synthesis_.assumptions.push_back({path, match->made.assumption});
    if (match->made.rival) ask_which(frame, path, match->made);
    add_field(path, decided ? 1 : match->similarity, describe(*guard.value));
    const bool is_plain =
        std::ranges::all_of(guard.actions, [](Action a) { return a == Action::kKeep; });
    return is_plain ? guard.value : make(std::move(guard));
  }

  ExprPtr decided_constant(const std::string& path, const json::value& value) {
    add_field(path, 1, "always " + shown(&value));
    return constant(value);
  }

  void add_field(const std::string& path, double confidence, std::string source) {
    synthesis_.fields.push_back(
        {.path = path, .source = std::move(source), .confidence = confidence});
  }

  ExprPtr list(const ColumnRef& ref, const Frame& frame, const json::object& items,
               const std::vector<std::string>& names, const std::string& path) {
    std::vector<Row> rows;
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      const json::value* source = ref.at(frame, static_cast<int>(r));
      for (const Bound& bound : items_of(source))
        if (rows.size() < kItemsMax * frame.rows().size())
          rows.push_back(
              {.sample = frame.rows()[r].sample, .parent = static_cast<int>(r), .bound = bound});
    }
    if (rows.empty()) return nullptr;
    const Frame& inner = search_.add_frame(frame, std::move(rows));
    ExprPtr body = object(inner, items, names, path + "[]");
    if (!body) return nullptr;
    return make(Each{.scope = inner.scope(), .source = ref.expr(), .body = std::move(body)});
  }

  // The whole output is a list: of the inputs' only list of objects.
  ExprPtr whole_list(const Frame& frame, const json::object& schema) {
    const json::object* items = member_object(schema, "items");
    std::vector<ColumnRef> lists;
    for (std::size_t i = 0; items && i < frame.columns().size(); ++i) {
      const ColumnRef ref{&frame, static_cast<int>(i)};
      if (ref.column().derived || !is_plain_path(ref.column())) continue;
      if (std::ranges::all_of(ref.column().values, [](const json::value* value) {
            return value && value->is_array() &&
                   std::ranges::all_of(value->get_array(),
                                       [](const json::value& item) { return item.is_object(); });
          }))
        lists.push_back(ref);
    }
    // The outermost one, where it is alone there.
    std::ranges::stable_sort(lists, {}, [](const ColumnRef& ref) { return ref.column().depth; });
    const bool is_one =
        !lists.empty() && (lists.size() == 1 || lists[0].column().depth < lists[1].column().depth);
    if (!is_one) {
      abstain("", lists.empty() ? "no list of objects is in every input"
                                : "several lists may be meant");
      return nullptr;
    }
    return list(lists.front(), frame, resolved(*items), {}, "");
  }

  static bool is_plain_path(const Column& column) {
    return std::ranges::all_of(column.path.steps,
                               [](const Step& step) { return step.kind == Step::Kind::kMember; });
  }

  static bool is_in_enum(const json::object& schema, const json::value& value) {
    const json::value* allowed = schema.if_contains("enum");
    return !allowed || !allowed->is_array() || value.is_null() ||
           std::ranges::any_of(allowed->get_array(),
                               [&](const json::value& one) { return same(one, value); });
  }

  // One of the words that are joined by _.
  static bool has_word(const Words& words, const char* names) {
    return std::ranges::any_of(words_of_name(names), [&](std::uint64_t word) {
      return std::ranges::count(words, word) > 0;
    });
  }

  static bool says_cents(const Words& words) { return has_word(words, "cents_minor"); }

  static bool is_money(const json::object& schema, const Words& words) {
    const json::value* type = schema.if_contains("type");
    const json::value number("number");
    const bool has_decimals =
        type && (*type == number ||
                 (type->is_array() && std::ranges::count(type->get_array(), number) > 0));
    return has_decimals && has_word(words, "price_amount_total_subtotal_cost_fee_tax_discount_tip");
  }

  static Conversion to_text(const json::object& schema, const ExprPtr& source,
                            const Profile& profile) {
    const bool date_time = text_in(schema, "format") == "date-time";
    if (date_time && profile.any) {
      if (profile.iso_dates && profile.dates) return {source, ""};
      if (profile.dates)
        return {call(Fn::kIsoOfText, {source}), "a date without a zone is taken as UTC"};
      if (profile.seconds)
        return {call(Fn::kIsoOfSeconds, {source}), "taken as seconds since 1970"};
      if (profile.millis)
        return {call(Fn::kIsoOfMillis, {source}), "taken as milliseconds since 1970"};
      return {};
    }
    if (text_in(schema, "format") == "date" && profile.any) {
      if (!profile.dates) return {};
      return {call(Fn::kDateOfText, {source}), "only the date of it"};
    }
    if (profile.texts) return {source, ""};
    if (profile.numbers) return {call(Fn::kText, {source}), ""};
    return {};
  }

  static Conversion to_number(const json::object& schema, const Place& place, const ColumnRef& ref,
                              const Profile& profile) {
    const ExprPtr source = ref.expr();
    const bool in_cents = says_cents(ref.column().place.own) && !says_cents(place.own);
    ExprPtr number;
    if (profile.numbers) number = source;
    if (!number && profile.number_texts) number = call(Fn::kNumber, {source});
    if (!number) return {};
    const ExprPtr hundredth = call(Fn::kScale, {number}, {}, {-2});
    if (in_cents) return {hundredth, "cents, by its name"};
    if (profile.any && profile.whole && is_money(schema, place.own) && !says_cents(place.own))
      return {number, "whole numbers, taken as they are: they may be cents", hundredth};
    return {number, number == source ? "" : "texts that are numbers"};
  }

  // How the column's values become the field's, where all of them can.
  static Conversion conversion(const Frame& frame, const ColumnRef& ref, const json::object& schema,
                               const Place& place) {
    const Types types = types_of(schema);
    Profile profile;
    bool holds_all = true;
    bool in_enum = true;
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      const json::value* value = ref.at(frame, static_cast<int>(r));
      if (!value) continue;
      profile.add(*value);
      holds_all &= holds(types, *value);
      in_enum &= is_in_enum(schema, *value);
    }
    if (!profile.any && !(profile.null && types.null)) return {};
    if (!in_enum) return {};
    const bool is_dated = types.text && !text_in(schema, "format").empty() && profile.any;
    if (types.number && !types.text) return to_number(schema, place, ref, profile);
    if (holds_all && !is_dated) return {ref.expr(), ""};
    if (types.text && !types.number) return to_text(schema, ref.expr(), profile);
    if (types.boolean && profile.any && (profile.bits || profile.boolean_texts))
      return {call(Fn::kBoolean, {ref.expr()}), "taken as true or false"};
    return holds_all ? Conversion{ref.expr(), ""} : Conversion{};
  }

  static bool same_everywhere(const Frame& frame, const ColumnRef& a, const ColumnRef& b) {
    for (std::size_t r = 0; r < frame.rows().size(); ++r)
      if (!same(a.at(frame, static_cast<int>(r)), b.at(frame, static_cast<int>(r)))) return false;
    return true;
  }

  // Every column that can give the field, the best name first.
  static std::vector<Match> matches(const Frame& frame, const json::object& schema,
                                    const std::vector<std::string>& names, double least) {
    const Place place = place_of(names);
    std::vector<Match> all;
    for (std::size_t i = 0; i < frame.columns().size(); ++i) {
      const ColumnRef ref{&frame, static_cast<int>(i)};
      if (ref.column().depth == 0 || ref.column().derived || !is_plain_path(ref.column())) continue;
      // Of equally good ones the one that stands higher.
      double near = similarity(place, ref.column().place) - 0.03 * (ref.column().depth - 1);
      if (near < least) continue;
      Conversion made = conversion(frame, ref, schema, place);
      if (!made.value) continue;
      if (describe(*made.value) != describe(*ref.expr())) near -= 0.05;
      all.push_back({ref, near, std::move(made)});
    }
    std::ranges::stable_sort(all, std::greater<>(), &Match::similarity);
    return all;
  }

  std::optional<Match> best(const Frame& frame, const json::object& schema,
                            const std::vector<std::string>& names, const std::string& path,
                            bool required) {
    std::vector<Match> all = matches(frame, schema, names, kSimilarityNear);
    if (all.empty()) {
      if (required) ask(frame, path, matches(frame, schema, names, 0));
      return abstain(path, "no member of the inputs has a name like it");
    }
    const Match& first = all.front();
    if (first.similarity < kSimilarityLeast) {
      const std::string nearest = "nearest is " + describe(*first.ref.expr());
      if (required || first.similarity >= 0.5) ask(frame, path, std::move(all));
      return abstain(path, nearest);
    }
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i].similarity + kMargin <= first.similarity) break;
      if (same_everywhere(frame, first.ref, all[i].ref)) continue;
      const std::string two = describe(*first.ref.expr()) + " or " + describe(*all[i].ref.expr());
      ask(frame, path, std::move(all));
      return abstain(path, two);
    }
    return first;
  }

  // What a person said: a source by its description or name, or the value in one input.
  std::optional<Match> chosen(const Frame& frame, const json::object& schema,
                              const std::vector<std::string>& names, const std::string& path,
                              const SchemaDecision& decided) {
    std::vector<Match> all = matches(frame, schema, names, 0);
    if (decided.kind == SchemaDecision::Kind::kSource) {
      for (const bool exactly : {true, false})
        for (const Match& match : all) {
          const std::string made = describe(*match.made.value);
          const std::string plain = describe(*match.ref.expr());
          if (match.made.rival && describe(*match.made.rival) == decided.source)
            return Match{match.ref, match.similarity, {match.made.rival, ""}};
          if (exactly && (made == decided.source || plain == decided.source))
            return match.made.rival ? Match{match.ref, match.similarity, {match.made.value, ""}}
                                    : match;
          if (!exactly && names_source(plain, decided.source)) return match;
        }
      return abstain(path, "nothing in the inputs is called " + decided.source + " and fits");
    }
    const Problem problem{.frame = &frame, .path = path};
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      if (frame.rows()[r].sample != static_cast<int>(decided.input) ||
          path_in_row(problem, static_cast<int>(r)) != decided.path)
        continue;
      Scopes scopes = frame.scopes(static_cast<int>(r));
      for (const Match& match : all) {
        for (const ExprPtr& value : {match.made.value, match.made.rival}) {
          const Found found = value ? evaluate(*value, scopes) : Found();
          if (!found.get() || !same(*found.get(), decided.value)) continue;
          return match.made.rival ? Match{match.ref, match.similarity, {value, ""}} : match;
        }
      }
    }
    return std::nullopt;
  }

  // With the values of the first input that tells most choices apart.
  void ask(const Frame& frame, const std::string& path, std::vector<Match> near) {
    if (near.size() > kNearMax) near.resize(kNearMax);
    std::optional<Question> best;
    const Problem problem{.frame = &frame, .path = path};
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      Scopes scopes = frame.scopes(static_cast<int>(r));
      Question question{.path = path_in_row(problem, static_cast<int>(r)),
                        .sample = static_cast<std::size_t>(frame.rows()[r].sample),
                        .doubt = near.empty() ? 0.5 : std::min(0.9, near.front().similarity)};
      question.choices.push_back({"left out", std::nullopt});
      for (const Match& match : near) {
        const Found found = evaluate(*match.made.value, scopes);
        if (found.get())
          question.choices.push_back({describe(*match.made.value), Maybe(*found.get())});
      }
      if (!best || question.choices.size() > best->choices.size()) best = std::move(question);
    }
    if (best) synthesis_.questions.push_back(std::move(*best));
  }

  // What is taken, or its rival: by the first input that has it.
  void ask_which(const Frame& frame, const std::string& path, const Conversion& made) {
    const Problem problem{.frame = &frame, .path = path};
    for (std::size_t r = 0; r < frame.rows().size(); ++r) {
      Scopes scopes = frame.scopes(static_cast<int>(r));
      Maybe taken = evaluate(*made.value, scopes).take();
      if (!taken || taken->is_null()) continue;
      synthesis_.questions.push_back(
          {.path = path_in_row(problem, static_cast<int>(r)),
           .sample = static_cast<std::size_t>(frame.rows()[r].sample),
           .choices = {{describe(*made.value), std::move(taken)},
                       {describe(*made.rival), evaluate(*made.rival, scopes).take()}},
           .doubt = 0.3});
      return;
    }
  }

  std::nullopt_t abstain(const std::string& path, std::string reason) {
    synthesis_.unexplained.push_back({path, 0, nullptr, std::move(reason)});
    return std::nullopt;
  }

  Search& search_;
  Synthesis& synthesis_;
  const json::object& root_;
  const std::vector<SchemaDecision>& decisions_;
};

}  // namespace

const json::object& resolved(const json::object& schema, const json::object& root) {
  const json::object* at = &schema;
  for (int hops = 0; hops < kDepthMax; ++hops) {
    const std::string_view ref = text_in(*at, "$ref");
    if (!ref.starts_with('#')) break;
    const json::value* target = nullptr;
    const json::object* from = &root;
    std::string_view rest = ref.substr(1);
    while (rest.starts_with('/') && from) {
      rest.remove_prefix(1);
      target = from->if_contains(rest.substr(0, rest.find('/')));
      rest.remove_prefix(std::min(rest.find('/'), rest.size()));
      from = target ? target->if_object() : nullptr;
    }
    if (!from) break;
    at = from;
  }
  return *at;
}

Synthesis map_by_schema(const std::vector<const json::value*>& inputs, const json::value& schema,
                        const std::vector<SchemaDecision>& decisions) {
  Synthesis synthesis;
  if (inputs.empty() || !schema.is_object()) return synthesis;
  Search search{};
  std::vector<Row> rows;
  rows.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    rows.push_back({.sample = static_cast<int>(i), .bound = {.item = inputs[i]}});
  search.frames.push_back(std::make_unique<Frame>(nullptr, std::move(rows)));
  synthesis.mapping =
      SchemaSearch(search, synthesis, schema.get_object(), decisions).whole(*search.frames.front());
  std::ranges::stable_sort(synthesis.questions, std::greater<>(), &Question::doubt);
  return synthesis;
}

}  // namespace vouch::adapters
