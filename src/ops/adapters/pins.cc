// Pins: what people answered about places of the output, kept so that no later generation asks it
// again.
#include <boost/json/array.hpp>
#include <cstdlib>
#include <optional>
#include <utility>

#include "adapters/draft/material.h"
#include "base/base64.h"
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

// By which pins are listed; a cursor is the last one's, in base64.
struct Position {
  TimeMs created_ms = 0;
  std::string path;

  auto operator<=>(const Position&) const = default;
};

std::string cursor_of(const Position& last) {
  return to_base64(std::to_string(last.created_ms) + " " + last.path);
}

// Empty: from the first.
Result<std::optional<Position>> read_cursor(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Position>();
  const auto text = from_base64(cursor);
  const std::size_t blank = text ? text->find(' ') : std::string::npos;
  if (blank == std::string::npos) {
    return fail(ErrorCode::kInvalidRequest,
                "This cursor is not one of ours: leave it out to begin at the start of the list.",
                {{"member", "cursor"}});
  }
  return std::optional(Position{std::strtoll(text->c_str(), nullptr, 10), text->substr(blank + 1)});
}

Result<Answer> list_pins(const store::Tx& tx, const store::AdapterOf& of, const Call& call) {
  const store::Page page = page_of(call);
  VOUCH_TRY(const std::optional<Position> after, read_cursor(page.cursor));
  json::array pins;
  Position last;
  std::string next;
  for (const store::PinRow& row : tx.list_pins(of)) {
    const Position position{row.created_ms, row.path};
    const auto pin = adapters::draft::read_pin(row.pin);
    if (!pin || (after && position <= *after)) continue;
    if (pins.size() == static_cast<std::size_t>(page.limit)) {
      next = cursor_of(last);
      break;
    }
    pins.push_back(to_json(row, *pin));
    last = position;
  }
  const std::string message = std::to_string(pins.size()) + " pins.";
  return flat::answer(message, {{"pins", std::move(pins)}, {"nextCursor", next}});
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
  rows.back().parameters = flat::list_parameters(kPins);
  rows.back().result = flat::list_result("pins", kPinShape);
  rows.back().command = "adapters pins list <provider> <topic>";

  rows.push_back(flat::operation("delete_pin", Method::kDelete, kPins,
                                 "Take an answer back: the next generation may ask it again.",
                                 flat::altering<delete_pin>));
  rows.back().parameters = parameters(kPins, kPlace, {"place"});
  rows.back().command = "adapters pins delete <provider> <topic>";
  return rows;
}

}  // namespace vouch::ops
