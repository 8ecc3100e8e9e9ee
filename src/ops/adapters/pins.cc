// Pins: what people answered about places of the output, kept so that no later generation asks it
// again.
#include <boost/json/array.hpp>
#include <utility>

#include "adapters/draft/material.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using adapters::draft::Pin;

constexpr std::string_view kPins = "/api/v1/adapter-scripts/{provider}/{topic}/pins";

constexpr std::string_view kPinShape = R"({"type": "object",
  "required": ["place", "path", "sample", "kind", "sentence", "source", "createdAt"],
  "additionalProperties": false, "properties": {
    "place": {"type": "string"}, "path": {"type": "string"}, "sample": {"type": "string"},
    "kind": {"enum": ["value", "source", "constant", "omitted", "kept", "sample"]},
    "sentence": {"type": "string"}, "source": {"type": "string"}, "value": {},
    "createdAt": {"type": "string"}}})";

constexpr std::string_view kPlace = R"({
  "place": {"in": "query", "type": "string", "minLength": 1,
    "description": "The pin's `place`, as the list tells it."}})";

json::object to_json(const store::PinRow& row, const Pin& pin) {
  json::object body{{"place", row.path},
                    {"path", pin.path},
                    {"sample", pin.sample},
                    {"kind", to_string(pin.kind)},
                    {"sentence", sentence_of(pin)},
                    {"source", pin.source}};
  if (pin.value) body["value"] = *pin.value;
  body["createdAt"] = to_utc(row.created_ms);
  return body;
}

Result<Answer> list_pins(const store::Tx& tx, const store::AdapterOf& of, const Call&) {
  json::array pins;
  for (const store::PinRow& row : tx.list_pins(of)) {
    if (auto pin = adapters::draft::read_pin(row.pin)) pins.push_back(to_json(row, *pin));
  }
  const std::string message = std::to_string(pins.size()) + " pins.";
  return flat::answer(message, {{"pins", std::move(pins)}});
}

Result<Answer> delete_pin(store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  if (!tx.delete_pin(of, call.text("place"))) {
    return fail(ErrorCode::kNotFound, "Nothing was answered about `" + call.text("place") +
                                          "` of " + of.provider + "/" + of.topic +
                                          ". Its list of pins has each `place`.");
  }
  return flat::answer("Pin deleted; the next generation may ask it again.");
}

}  // namespace

std::vector<Operation> pin_operations() {
  std::vector<Operation> rows;
  rows.push_back(flat::operation("list_pins", Method::kGet, kPins,
                                 "What people answered about a provider and topic, the oldest "
                                 "first.",
                                 flat::looking<list_pins>));
  rows.back().result =
      flat::result("{\"pins\": {\"type\": \"array\", \"items\": " + std::string(kPinShape) + "}}");
  rows.back().command = "adapters pins list <provider> <topic>";

  rows.push_back(flat::operation("delete_pin", Method::kDelete, kPins,
                                 "Take an answer back: the next generation may ask it again.",
                                 flat::altering<delete_pin>));
  rows.back().parameters = parameters(kPins, kPlace, {"place"});
  rows.back().command = "adapters pins delete <provider> <topic>";
  return rows;
}

}  // namespace vouch::ops
