// Topics: what is exchanged, each with the form of its result. Those that come with Vouch, and a
// workspace's own.
#include "ops/adapters/topics.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <span>
#include <utility>

#include "adapters/draft/schema.h"
#include "adapters/draft/topics.h"
#include "adapters/generate/kept.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using adapters::draft::Topic;
using boost::asio::awaitable;

constexpr std::string_view kTopics = "/api/v1/adapter-scripts/topics";
constexpr std::string_view kTopic = "/api/v1/adapter-scripts/topics/{topic}";

constexpr std::string_view kAfter = "after:";  // of a cursor
constexpr std::size_t kTopicsTold = 20;        // of a workspace's own, where one is missing

constexpr std::string_view kTopicBody = R"({
  "direction": {"in": "body", "type": "string", "enum": ["inbound", "outbound"],
    "default": "inbound", "description": "inbound: from the provider; outbound: to it."},
  "description": {"in": "body", "type": "string", "maxLength": 4000, "description": "What it is."},
  "schema": {"in": "body", "type": "object",
    "description": "JSON Schema (2020-12) of the result, the meaning of each field in its description."}})";

constexpr std::string_view kTopicShape = R"({"properties": {
  "name": {"type": "string"}, "aliases": {"type": "array", "items": {"type": "string"}},
  "direction": {"type": "string"}, "description": {"type": "string"},
  "schema": {"type": "object"}, "builtIn": {"type": "boolean"},
  "createdAt": {"type": "string"}, "updatedAt": {"type": "string"}}})";

std::string one() { return "{\"topic\": " + std::string(kTopicShape) + "}"; }

json::object to_json(const Topic& topic, const store::TopicRow* row) {
  json::array aliases(topic.aliases.begin(), topic.aliases.end());
  return {{"name", topic.name},
          {"aliases", std::move(aliases)},
          {"direction", topic.direction},
          {"description", topic.description},
          {"schema", topic.schema},
          {"builtIn", row == nullptr},
          {"createdAt", row == nullptr ? "" : to_utc(row->created_ms)},
          {"updatedAt", row == nullptr ? "" : to_utc(row->updated_ms)}};
}

Topic topic_of(const store::TopicRow& row) {
  return {row.name, {}, row.direction, row.description, row.schema};
}

// Those built in, then a workspace's own by name. A cursor has the name of the last one.
Result<Answer> topics_page(const store::Tx& tx, const std::string& workspace,
                           const store::Page& page) {
  if (!page.cursor.empty() && !page.cursor.starts_with(kAfter)) {
    return fail(ErrorCode::kInvalidRequest,
                "This cursor is not one of ours: leave it out to begin at the start of the list.",
                {{"member", "cursor"}});
  }
  const std::string after = page.cursor.empty() ? "" : page.cursor.substr(kAfter.size());
  const auto limit = static_cast<std::size_t>(page.limit);
  const auto& built_in = adapters::draft::built_in_topics();
  const auto last = std::ranges::find(built_in, after, &Topic::name);
  const bool is_own = last == built_in.end() && !after.empty();
  json::array topics;
  for (auto topic = is_own                   ? built_in.end()
                    : last == built_in.end() ? built_in.begin()
                                             : last + 1;
       topic != built_in.end() && topics.size() <= limit; ++topic) {
    topics.push_back(to_json(*topic, nullptr));
  }
  const auto wanted = static_cast<std::int64_t>(limit + 1 - std::min(limit + 1, topics.size()));
  for (const store::TopicRow& row : tx.list_topics(workspace, is_own ? after : "", wanted)) {
    topics.push_back(to_json(topic_of(row), &row));
  }
  std::string next;
  if (topics.size() > limit) {
    topics.pop_back();
    next = std::string(kAfter).append(topics.back().at("name").as_string());
  }
  std::string message = std::to_string(topics.size()) + " topics.";
  return flat::answer(std::move(message), {{"topics", std::move(topics)}, {"nextCursor", next}});
}

awaitable<Result<Answer>> list_topics(Services& services, const Call& call) {
  auto list = [workspace = call.principal.workspace_id,
               page = page_of(call)](const store::Tx& tx) -> Result<Answer> {
    return topics_page(tx, workspace, page);
  };
  co_return co_await services.store.read(std::move(list));
}

awaitable<Result<Answer>> get_topic(Services& services, const Call& call) {
  auto get = [workspace = call.principal.workspace_id,
              name = call.text("topic")](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(Topic topic, find_topic(tx, workspace, name));
    auto row = tx.find_topic(workspace, topic.name);
    return flat::answer("Topic found.", {{"topic", to_json(topic, row ? &*row : nullptr)}});
  };
  co_return co_await services.store.read(std::move(get));
}

std::unexpected<Error> no_topic(const store::Tx& tx, std::string_view workspace_id,
                                std::string_view name) {
  std::string names;
  const auto add = [&](const std::string& one) {
    names += (names.empty() ? "`" : ", `") + one + "`";
  };
  for (const Topic& topic : adapters::draft::built_in_topics()) add(topic.name);
  const auto own = tx.list_topics(workspace_id, "", kTopicsTold + 1);
  for (const store::TopicRow& row : std::span(own).first(std::min(own.size(), kTopicsTold)))
    add(row.name);
  if (own.size() > kTopicsTold) names += " and more";
  return fail(ErrorCode::kNotFound,
              "There is no topic `" + std::string(name) + "` here. There are " + names +
                  ": GET /api/v1/adapter-scripts/topics lists them. PUT "
                  "/api/v1/adapter-scripts/topics/{topic} makes one of your own.",
              {{"member", "topic"}});
}

std::unexpected<Error> built_in(std::string_view name) {
  return fail(ErrorCode::kConflict,
              "`" + std::string(name) +
                  "` comes with Vouch and stays as it is. Give your own topic another name.",
              {{"member", "topic"}});
}

awaitable<Result<Answer>> put_topic(Services& services, const Call& call) {
  store::TopicRow row;
  row.workspace_id = call.principal.workspace_id;
  VOUCH_CO_TRY(row.name, flat::topic_name(call.text("topic")));
  if (adapters::draft::find_built_in_topic(row.name) != nullptr) co_return built_in(row.name);
  row.direction = call.optional_text("direction").value_or("inbound");
  row.description = call.text("description");
  VOUCH_CO_TRY(row.schema, read_target_schema(call.params.at("schema"), "schema"));
  row.created_ms = row.updated_ms = services.clock.now_ms();
  auto put = [row](store::Tx& tx) -> Result<Answer> {
    store::TopicRow kept = row;
    auto before = tx.find_topic(row.workspace_id, row.name);
    if (before) kept.created_ms = before->created_ms;
    if (!before && tx.count_topics(row.workspace_id) >= kTopicsMax) {
      return fail(ErrorCode::kConflict, "A workspace has at most " + std::to_string(kTopicsMax) +
                                            " topics. Delete one first.");
    }
    tx.put_topic(kept);
    return flat::answer(before ? "Topic updated." : "Topic created.",
                        {{"topic", to_json(topic_of(kept), &kept)}});
  };
  co_return co_await change(services, call, std::move(put));
}

awaitable<Result<Answer>> delete_topic(Services& services, const Call& call) {
  VOUCH_CO_TRY(std::string name, flat::topic_name(call.text("topic")));
  if (adapters::draft::find_built_in_topic(name) != nullptr) co_return built_in(name);
  auto remove = [workspace = call.principal.workspace_id, name](store::Tx& tx) -> Result<Answer> {
    if (!tx.delete_topic(workspace, name)) return no_topic(tx, workspace, name);
    return flat::answer("Topic deleted. What was made for it stays.");
  };
  co_return co_await change(services, call, std::move(remove));
}

}  // namespace

Result<Topic> find_topic(const store::Tx& tx, std::string_view workspace_id,
                         std::string_view name) {
  auto topic = adapters::generate::find_topic(tx, workspace_id, name);
  if (!topic) return no_topic(tx, workspace_id, name);
  return *std::move(topic);
}

Result<json::object> read_target_schema(const json::value& value, const std::string& member) {
  const json::object& schema = value.as_object();
  if (json::serialize(schema).size() > kTopicSchemaBytesMax) {
    return fail(ErrorCode::kInvalidRequest,
                "`" + member + "` must have at most " +
                    std::to_string(kTopicSchemaBytesMax / 1024) + " KiB.",
                {{"member", member}});
  }
  auto read = adapters::draft::Schema::read(schema);
  if (read) return schema;
  Error error = std::move(read).error();
  error.message = "`" + member + "` is not usable: " + error.message;
  error.details["member"] = member;
  return std::unexpected(std::move(error));
}

std::vector<Operation> topic_operations() {
  std::vector<Operation> rows;
  rows.push_back(flat::operation("list_topics", Method::kGet, kTopics,
                                 "What can be exchanged with providers, and the form of each "
                                 "result.",
                                 list_topics));
  rows.back().parameters = flat::list_parameters(kTopics);
  rows.back().result = flat::list_result("topics", kTopicShape);
  rows.back().command = "topics list";

  rows.push_back(flat::operation("get_topic", Method::kGet, kTopic,
                                 "A topic with the JSON Schema of its result.", get_topic));
  rows.back().result = flat::result(one());
  rows.back().command = "topics show <topic>";

  rows.push_back(flat::operation("put_topic", Method::kPut, kTopic,
                                 "Define a topic of your own, or replace it.", put_topic));
  rows.back().parameters = parameters(kTopic, kTopicBody, {"schema"});
  rows.back().result = flat::result(one());
  rows.back().command = "topics put <topic>";

  rows.push_back(flat::operation("delete_topic", Method::kDelete, kTopic,
                                 "Delete a topic of your own. Scripts that were made for it stay.",
                                 delete_topic));
  rows.back().command = "topics delete <topic>";
  return rows;
}

}  // namespace vouch::ops
