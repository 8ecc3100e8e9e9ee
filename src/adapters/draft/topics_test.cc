// The topics that come with Vouch: found by what people call them, and schemas that a person can
// fill in from what they say.
#include "adapters/draft/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
              testing::ElementsAre("format: is \"x\": it must be a date, such as 2026-05-01"));
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

TEST(Schema, RefusesWhatItCannotUse) {
  for (const char* text : {R"({"type": "thing"})", R"({"$ref": "https://x.example/y.json"})",
                           R"({"properties": 5})"}) {
    const auto schema = Schema::read(json::parse(text).as_object());
    ASSERT_FALSE(schema) << text;
    EXPECT_EQ(schema.error().code, ErrorCode::kInvalidRequest);
  }
  const auto lost =
      Schema::read(json::parse(R"({"properties": {"a": {"$ref": "#/$defs/nope"}}})").as_object());
  ASSERT_FALSE(lost);
  EXPECT_THAT(lost.error().message,
              testing::HasSubstr(R"("$ref": "#/$defs/nope" leads to nothing in it.)"));
}

}  // namespace
}  // namespace vouch::adapters::draft
