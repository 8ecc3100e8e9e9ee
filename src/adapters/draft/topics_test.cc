// The topics that come with Vouch: found by what people call them, and schemas that a person can
// fill in from what they say.
#include "adapters/draft/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "adapters/draft/schema.h"

namespace vouch::adapters::draft {
namespace {

// Calls `visit` with each schema of a field in `schema`, and its path.
template <class Visit>
void each_field(const json::value& schema, const std::string& path, const Visit& visit) {
  if (!schema.is_object()) return;
  const json::object& object = schema.get_object();
  for (const char* group : {"properties", "$defs"}) {
    const json::value* fields = object.if_contains(group);
    if (!fields) continue;
    for (const auto& field : fields->get_object()) {
      const std::string inner = path + "." + std::string(field.key());
      visit(field.value().as_object(), inner);
      each_field(field.value(), inner, visit);
    }
  }
  if (const json::value* items = object.if_contains("items")) {
    visit(items->as_object(), path + "[]");
    each_field(*items, path + "[]", visit);
  }
}

TEST(Topics, AreFoundByNameOrAlias) {
  ASSERT_EQ(built_in_topics().size(), 7U);
  for (const Topic& topic : built_in_topics()) {
    EXPECT_EQ(find_built_in_topic(topic.name), &topic);
    ASSERT_FALSE(topic.aliases.empty()) << topic.name;
    EXPECT_EQ(find_built_in_topic(topic.aliases.front()), &topic);
  }
  ASSERT_NE(find_built_in_topic("SyncOutlet"), nullptr);
  EXPECT_EQ(find_built_in_topic("SyncOutlet")->name, "sync_outlet");
  EXPECT_EQ(find_built_in_topic("syncoutlets"), nullptr);
}

TEST(Topics, AreSchemasWithADescriptionPerField) {
  for (const Topic& topic : built_in_topics()) {
    const auto schema = Schema::read(topic.schema);
    EXPECT_TRUE(schema) << topic.name << ": " << schema.error().message;
    EXPECT_FALSE(topic.description.empty()) << topic.name;
    EXPECT_TRUE(topic.direction == "inbound" || topic.direction == "outbound") << topic.name;
    each_field(topic.schema, topic.name, [](const json::object& field, const std::string& path) {
      if (field.contains("$ref")) return;
      EXPECT_TRUE(field.contains("description")) << path;
    });
  }
}

TEST(Topics, ExamplesOfFieldsFitTheirSchemas) {
  for (const Topic& topic : built_in_topics()) {
    each_field(topic.schema, topic.name, [](const json::object& field, const std::string& path) {
      const json::value* examples = field.if_contains("examples");
      if (!examples || field.contains("properties") || field.contains("items")) return;
      const auto schema = Schema::read(field);
      ASSERT_TRUE(schema) << path;
      for (const json::value& example : examples->as_array())
        for (const std::string& problem : schema->problems(example))
          ADD_FAILURE() << path << ": " << problem;
    });
  }
}

TEST(Schema, NamesThePlaceOfWhatDoesNotFit) {
  const auto schema = Schema::read(find_built_in_topic("sync_products")->schema);
  ASSERT_TRUE(schema);
  EXPECT_TRUE(schema->problems(json::parse(R"({"products": [{"itemCode": "a"}]})")).empty());
  const auto problems =
      schema->problems(json::parse(R"({"products": [{"itemCode": "a", "price": "4.50"}]})"));
  ASSERT_FALSE(problems.empty());
  EXPECT_TRUE(problems.front().starts_with("products[0].price")) << problems.front();
}

TEST(Schema, AnUpdateIsAStatusOrIsSkipped) {
  const auto schema = Schema::read(find_built_in_topic("order_status_update")->schema);
  ASSERT_TRUE(schema);
  const auto fits = [&](const char* text) { return schema->problems(json::parse(text)).empty(); };
  EXPECT_TRUE(fits(R"({"status": "READY", "posOrderId": "1", "timestamp": ""})"));
  EXPECT_TRUE(
      fits(R"({"status": "PAID", "posOrderId": "1", "timestamp": "2026-05-01T10:20:30+08:00"})"));
  EXPECT_TRUE(fits(R"({"skip": true, "reason": "a test"})"));
  EXPECT_FALSE(fits(R"({"status": "BOILING", "posOrderId": "1", "timestamp": ""})"));
  EXPECT_FALSE(fits(R"({"status": "READY", "timestamp": ""})"));
}

TEST(Schema, ChecksFormatsWhereverTheyStand) {
  const auto problems = [](std::string_view schema, std::string_view value) {
    const auto read = Schema::read(json::parse(schema).as_object());
    EXPECT_TRUE(read) << schema;
    return read ? read->problems(json::parse(value)) : std::vector<std::string>{"unread"};
  };
  const auto update = json::serialize(find_built_in_topic("order_status_update")->schema);
  EXPECT_FALSE(problems(update, R"({"status": "READY", "posOrderId": "1",
                                    "timestamp": "May 1, 2026 at 10:20 pm"})")
                   .empty());
  const char* referred = R"({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"items":
      {"oneOf": [{"format": "date"}, {"format": "uri"}]}}]}}})";
  EXPECT_TRUE(problems(referred, R"(["2026-05-01", "mailto:a@x.org"])").empty());
  EXPECT_FALSE(problems(referred, R"(["soon"])").empty());
  EXPECT_THAT(problems(R"({"properties": {"format": {"format": "date"}}})", R"({"format": "x"})"),
              testing::ElementsAre("format: is \"x\": it must be a date, such as 2026-05-01."));
  EXPECT_TRUE(problems(R"({"format": "email"})", R"("no")").empty()) << "which is not checked";
}

TEST(Schema, ChecksDates) {
  const auto schema = Schema::read(
      json::parse(R"({"properties": {"at": {"type": "string", "format": "date-time"}}})")
          .as_object());
  ASSERT_TRUE(schema);
  EXPECT_TRUE(schema->problems(json::parse(R"({"at": "2026-05-01T10:20:30Z"})")).empty());
  EXPECT_EQ(schema->problems(json::parse(R"({"at": "yesterday"})")).size(), 1U);
  EXPECT_EQ(schema->problems(json::parse(R"({"at": "2026-05-01"})")).size(), 1U);
}

TEST(Schema, ChecksEveryKeywordThatItNames) {
  const auto fits = [](std::string_view schema, std::string_view value) {
    const auto read = Schema::read(json::parse(schema).as_object());
    EXPECT_TRUE(read) << schema << (read ? "" : ": " + read.error().message);
    return read && read->problems(json::parse(value)).empty();
  };
  struct Case {
    const char* schema;
    const char* fits;
    const char* fails;
  };
  for (const Case& one : std::initializer_list<Case>{
           {R"({"type": "integer"})", "3.0", "3.5"},
           {R"({"type": ["string", "null"]})", "null", "1"},
           {R"({"enum": ["a", {"b": 1}]})", R"({"b": 1})", R"({"b": 2})"},
           {R"({"const": [1]})", "[1]", "[2]"},
           {R"({"minimum": 2, "exclusiveMaximum": 3})", "2", "3"},
           {R"({"multipleOf": 0.01})", "19.99", "19.995"},
           {R"({"minLength": 2, "maxLength": 2})", R"("äö")", R"("äöü")"},
           {R"({"items": {"type": "number"}, "minItems": 1})", "[1]", "[]"},
           {R"({"items": [{"type": "number"}], "additionalItems": false})", "[1]", "[1, 2]"},
           {R"({"prefixItems": [{"type": "number"}], "items": {"type": "string"}})", R"([1, "a"])",
            "[1, 2]"},
           {R"({"contains": {"const": 3}})", "[1, 3]", "[1]"},
           {R"({"uniqueItems": true})", R"([1, "1", {"a": 1}])", R"([{"a": 1}, {"a": 1.0}])"},
           {R"({"properties": {"a": {"type": "number"}}, "additionalProperties": false})",
            R"({"a": 1})", R"({"b": 1})"},
           {R"({"required": ["a"]})", R"({"a": null})", "{}"},
           {R"({"propertyNames": {"maxLength": 1}})", R"({"a": 1})", R"({"ab": 1})"},
           {R"({"dependencies": {"a": ["b"]}})", R"({"b": 1})", R"({"a": 1})"},
           {R"({"minProperties": 1})", R"({"a": 1})", "{}"},
           {R"({"not": {"type": "null"}})", "1", "null"},
           {R"({"if": {"type": "number"}, "then": {"minimum": 1}, "else": {"type": "null"}})", "1",
            "0"},
           {R"({"oneOf": [{"type": "number"}, {"minimum": 3}]})", "2", "4"},
           {R"({"anyOf": [{"type": "null"}, {"minimum": 3}]})", "4", "2"},
           {R"({"$ref": "#/$defs/a%20b", "$defs": {"a b": {"type": "null"}}})", "null", "1"}}) {
    EXPECT_TRUE(fits(one.schema, one.fits)) << one.schema;
    EXPECT_FALSE(fits(one.schema, one.fails)) << one.schema;
  }
}

TEST(Schema, EndsWhateverItSays) {
  const auto last_problem = [](const json::object& schema, const json::value& value) {
    const auto read = Schema::read(schema);
    EXPECT_TRUE(read);
    const auto problems = read ? read->problems(value) : std::vector<std::string>();
    return problems.empty() ? std::string() : problems.back();
  };
  const auto began = std::chrono::steady_clock::now();
  json::array many;
  for (int i = 0; i < 40'000; ++i) many.push_back(json::object{{"a", i}});
  EXPECT_EQ(last_problem({{"uniqueItems", true}}, many), "");
  json::object doubling;
  for (int i = 0; i < 40; ++i) {
    const json::object next{{"$ref", "#/$defs/a" + std::to_string(i + 1)}};
    doubling["a" + std::to_string(i)] = {{"anyOf", {next, next}}};
  }
  doubling["a40"] = {{"type", "string"}};
  EXPECT_THAT(last_problem({{"$ref", "#/$defs/a0"}, {"$defs", doubling}}, 1),
              testing::HasSubstr("cannot be checked: the schema takes more than 1000000 steps"));
  EXPECT_THAT(last_problem(json::parse(R"({"allOf": [{"$ref": "#"}]})").as_object(), "x"),
              testing::HasSubstr("cannot be checked"));
  json::array values;
  for (int i = 0; i < 20'000; ++i) values.push_back(i);
  EXPECT_THAT(last_problem({{"items", {{"enum", values}}}}, values),
              testing::HasSubstr("cannot be checked"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST(Schema, RefusesWhatItCannotUse) {
  for (const char* text :
       {R"({"type": "thing"})", R"({"$ref": "https://x.example/y.json"})", R"({"properties": 5})",
        R"({"$ref": "#/$defs/a"})", R"({"required": "a"})", R"({"multipleOf": 0})",
        R"({"$ref": "#/x", "x": {"allOf": 1}})"}) {
    const auto schema = Schema::read(json::parse(text).as_object());
    ASSERT_FALSE(schema) << text;
    EXPECT_EQ(schema.error().code, ErrorCode::kInvalidRequest);
  }
  const auto lost =
      Schema::read(json::parse(R"({"properties": {"a": {"$ref": "#/$defs/nope"}}})").as_object());
  ASSERT_FALSE(lost);
  EXPECT_THAT(lost.error().message, testing::HasSubstr("there is nothing at #/$defs/nope."));
}

}  // namespace
}  // namespace vouch::adapters::draft
