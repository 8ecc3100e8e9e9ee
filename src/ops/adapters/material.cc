#include "ops/adapters/material.h"

#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/generate/kept.h"
#include "base/json.h"
#include "ops/adapters/provider_http.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using flat::answer;

constexpr std::string_view kSamples = "/api/v1/adapter-scripts/{provider}/{topic}/samples";
constexpr std::string_view kDocuments = "/api/v1/adapter-scripts/{provider}/{topic}/documents";

constexpr std::string_view kSampleBody = R"({
  "input": {"in": "body", "description": "A payload as the provider sends or takes it: any JSON."},
  "expectedOutput": {"in": "body", "description": "What it should become: any JSON. Absent: not known."},
  "name": {"in": "body", "type": "string", "maxLength": 200, "description": "A name for people."}})";

constexpr std::string_view kSampleShape = R"({"type": "object",
  "required": ["id", "name", "origin", "input", "hasExpectedOutput", "createdAt"],
  "additionalProperties": false, "properties": {
    "id": {"type": "integer"}, "name": {"type": "string"}, "origin": {"type": "string"},
    "input": {}, "hasExpectedOutput": {"type": "boolean"}, "expectedOutput": {},
    "createdAt": {"type": "string"}}})";

constexpr std::string_view kDocumentBody = R"({
  "content": {"in": "body", "type": "string", "minLength": 1, "description": "The text itself."},
  "title": {"in": "body", "type": "string", "maxLength": 200, "description": "A name for people."},
  "kind": {"in": "body", "type": "string", "enum": ["text", "markdown", "openapi", "note"],
    "default": "text", "description": "What it is. A note is what somebody says of it in a sentence."}})";

constexpr std::string_view kDocumentShape = R"({"properties": {
  "id": {"type": "integer"}, "kind": {"type": "string"}, "title": {"type": "string"},
  "size": {"type": "integer"}, "createdAt": {"type": "string"}}})";

constexpr std::string_view kWholeDocument = R"({"document": {"properties": {
  "id": {"type": "integer"}, "kind": {"type": "string"}, "title": {"type": "string"},
  "size": {"type": "integer"}, "createdAt": {"type": "string"}, "content": {"type": "string"}}}})";

json::object to_json(const store::SampleRow& row) {
  json::object body{{"id", row.id},
                    {"name", row.name},
                    {"origin", row.origin},
                    {"input", parse_kept(row.input)},
                    {"hasExpectedOutput", row.expected.has_value()}};
  if (row.expected) body["expectedOutput"] = parse_kept(*row.expected);
  body["createdAt"] = to_utc(row.created_ms);
  return body;
}

json::object to_json(const store::DocumentRow& row) {
  return {{"id", row.id},
          {"kind", row.kind},
          {"title", row.title},
          {"size", row.size},
          {"createdAt", to_utc(row.created_ms)}};
}

constexpr std::string_view kNoSample =
    "This provider and topic have no sample of this number: their list of samples has it as `id`.";
constexpr std::string_view kNoDocument =
    "This provider and topic have no document of this number: their list of documents has it as "
    "`id`.";

Result<Answer> list_samples(const store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  VOUCH_TRY(auto rows, tx.list_samples(of, page_of(call)));
  return flat::list_answer("samples", rows,
                           [](const store::SampleRow& row) { return to_json(row); });
}

awaitable<Result<Answer>> add_sample(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::AdapterOf of, flat::of_call(call));
  json::object given;
  for (const char* name : {"input", "expectedOutput", "name"}) {
    if (const json::value* value = call.params.if_contains(name)) given[name] = *value;
  }
  VOUCH_CO_TRY(store::SampleRow row, read_sample(of, given, "", services.clock.now_ms()));
  auto add = [row, &vault = services.vault](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(const SharedSecrets secrets, read_secrets(tx, vault, row.of));
    const store::SampleRow clean = without_secrets(row, secrets);
    VOUCH_TRY(store::SampleRow kept, adapters::generate::keep_sample(tx, clean));
    const bool is_as_sent = clean.input == row.input && clean.expected == row.expected;
    return answer(is_as_sent
                      ? "Sample kept."
                      : "Sample kept. Secrets of the provider in it are kept as their names.",
                  {{"sample", to_json(kept)}});
  };
  co_return co_await change(services, call, std::move(add));
}

Result<Answer> delete_sample(store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  VOUCH_TRY(std::int64_t id, flat::number_of(call, "sampleId", kNoSample));
  if (!adapters::generate::delete_sample(tx, of, id))
    return fail(ErrorCode::kNotFound, std::string(kNoSample));
  return answer("Sample deleted.");
}

Result<Answer> list_documents(const store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  VOUCH_TRY(auto rows, tx.list_documents(of, page_of(call)));
  return flat::list_answer("documents", rows,
                           [](const store::DocumentRow& row) { return to_json(row); });
}

Result<Answer> get_document(const store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  VOUCH_TRY(std::int64_t id, flat::number_of(call, "documentId", kNoDocument));
  auto row = tx.find_document(of, id);
  if (!row) return fail(ErrorCode::kNotFound, std::string(kNoDocument));
  json::object body = to_json(*row);
  body["content"] = row->content;
  return answer("Document found.", {{"document", std::move(body)}});
}

awaitable<Result<Answer>> add_document(Services& services, const Call& call) {
  store::DocumentRow row;
  VOUCH_CO_TRY(row.of, flat::of_call(call));
  row.kind = call.optional_text("kind").value_or("text");
  row.title = call.text("title");
  row.content = call.text("content");
  row.created_ms = services.clock.now_ms();
  auto add = [row, &vault = services.vault](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(const SharedSecrets secrets, read_secrets(tx, vault, row.of));
    store::DocumentRow clean = row;
    clean.content = redacted(secrets, row.content);
    VOUCH_TRY(store::DocumentRow kept, keep_document(tx, clean));
    return answer("Document kept.", {{"document", to_json(kept)}});
  };
  co_return co_await change(services, call, std::move(add));
}

Result<Answer> delete_document(store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  VOUCH_TRY(std::int64_t id, flat::number_of(call, "documentId", kNoDocument));
  if (!tx.delete_document(of, id)) return fail(ErrorCode::kNotFound, std::string(kNoDocument));
  return answer("Document deleted.");
}

std::unexpected<Error> wrong_sample(std::string_view member, std::string_view name,
                                    const std::string& why) {
  std::string path(member);
  if (!path.empty() && !name.empty()) path += ".";
  path += name;
  return fail(ErrorCode::kInvalidRequest, "`" + path + "` " + why, {{"member", path}});
}

}  // namespace

Result<store::SampleRow> read_sample(const store::AdapterOf& of, const json::value& value,
                                     std::string_view member, TimeMs now) {
  if (!value.is_object()) return wrong_sample(member, "", "must be an object with an `input`.");
  const json::object& given = value.get_object();
  const json::value* input = given.if_contains("input");
  if (input == nullptr) {
    return wrong_sample(member, "input", "is missing: it must be a payload of the provider's.");
  }
  if (input->is_null()) {
    return wrong_sample(member, "input", std::string(adapters::generate::kNullInput));
  }
  store::SampleRow row;
  row.of = of;
  row.origin = "registered";
  row.input = json::serialize(*input);
  if (const json::value* expected = given.if_contains("expectedOutput")) {
    row.expected = json::serialize(*expected);
  }
  if (const json::value* name = given.if_contains("name"); name && name->is_string()) {
    row.name = name->get_string();
  }
  row.created_ms = now;
  if (row.input.size() + row.expected.value_or("").size() > kSampleBytesMax) {
    return wrong_sample(member, "input",
                        "is too large: a sample has at most " +
                            std::to_string(kSampleBytesMax / 1024) +
                            " KiB, its expected output included.");
  }
  return row;
}

store::SampleRow without_secrets(store::SampleRow row, const SharedSecrets& secrets) {
  if (!secrets) return row;
  const auto clean = [&](const std::string& text) {
    return json::serialize(secrets->redact_json(parse_kept(text)));
  };
  row.input = clean(row.input);
  if (row.expected) row.expected = clean(*row.expected);
  return row;
}

Result<store::DocumentRow> keep_document(store::Tx& tx, const store::DocumentRow& row) {
  if (row.content.size() > kDocumentBytesMax) {
    return fail(ErrorCode::kInvalidRequest,
                "`content` must have at most " + std::to_string(kDocumentBytesMax / 1024) + " KiB.",
                {{"member", "content"}});
  }
  store::DocumentRow kept = tx.insert_document(row);
  if (tx.count_documents(row.of) <= static_cast<std::int64_t>(kDocumentsMax)) return kept;
  return fail(ErrorCode::kConflict, "A provider and topic have at most " +
                                        std::to_string(kDocumentsMax) +
                                        " documents. Delete one first.");
}

std::vector<Operation> material_operations() {
  const std::string samples(kSamples), documents(kDocuments);
  const std::string sample = samples + "/{sampleId}", document = documents + "/{documentId}";
  std::vector<Operation> rows;
  rows.push_back(flat::operation("list_samples", Method::kGet, samples,
                                 "The samples that scripts of a provider and topic are made and "
                                 "tested with.",
                                 flat::looking<list_samples>));
  rows.back().parameters = flat::list_parameters(samples);
  rows.back().result = flat::list_result("samples", kSampleShape);
  rows.back().command = "samples list <provider> <topic>";

  rows.push_back(flat::operation("add_sample", Method::kPost, samples,
                                 "Keep a sample: a payload, and perhaps what it should become.",
                                 add_sample));
  rows.back().parameters = parameters(samples, kSampleBody, {"input"});
  rows.back().result = flat::result("{\"sample\": " + std::string(kSampleShape) + "}");
  rows.back().command = "samples add <provider> <topic>";

  rows.push_back(flat::operation("delete_sample", Method::kDelete, sample, "Delete a sample.",
                                 flat::altering<delete_sample>));
  rows.back().command = "samples delete <provider> <topic> <sample>";

  rows.push_back(flat::operation("list_documents", Method::kGet, documents,
                                 "What is said in prose about a provider and topic.",
                                 flat::looking<list_documents>));
  rows.back().parameters = flat::list_parameters(documents);
  rows.back().result = flat::list_result("documents", kDocumentShape);
  rows.back().command = "documents list <provider> <topic>";

  rows.push_back(flat::operation("get_document", Method::kGet, document,
                                 "A document with its text.", flat::looking<get_document>));
  rows.back().result = flat::result(kWholeDocument);
  rows.back().command = "documents show <provider> <topic> <document>";

  rows.push_back(flat::operation("add_document", Method::kPost, documents,
                                 "Keep a document or a note. A sample wins where they disagree.",
                                 add_document));
  rows.back().parameters = parameters(documents, kDocumentBody, {"content"});
  rows.back().result = flat::result("{\"document\": " + std::string(kDocumentShape) + "}");
  rows.back().command = "documents add <provider> <topic>";

  rows.push_back(flat::operation("delete_document", Method::kDelete, document, "Delete a document.",
                                 flat::altering<delete_document>));
  rows.back().command = "documents delete <provider> <topic> <document>";
  return rows;
}

}  // namespace vouch::ops
