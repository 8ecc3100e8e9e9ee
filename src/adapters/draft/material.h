// What an adapter is made from: a target (the topic's JSON Schema), samples, and what people wrote
// and answered. Values only; each can be kept as JSON beside a durable job and read back.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "adapters/values.h"
#include "base/result.h"

namespace vouch::adapters::draft {

// What is exchanged, and what a script for it must give.
struct Topic {
  std::string name;                  // "sync_products"
  std::vector<std::string> aliases;  // "SyncProducts"
  std::string direction;             // "inbound": from the provider; "outbound": to it
  std::string description;
  json::object schema;  // JSON Schema (2020-12) of the result; empty: anything
};

// What an answer says of a place.
struct Stated {
  std::string path;  // "items[2].price"
  Maybe value;       // nullopt: nothing stands there
};

// A recorded payload. `input` is what the script finds in `input.payload`; the rest of what
// `transform` is given (base URL, key, config) is no part of a sample: `script_input` in trial.h
// puts it around.
struct Sample {
  std::string id;  // unique in its material; how people know it: "order-17", "3"
  json::value input;
  Maybe output;  // what the script should give; nullopt: not known
  // Of an output that is not known, what answers say. Made by samples_of; not kept.
  std::vector<Stated> stated = {};
};

// A text about the provider. Kept, and read for sentences that say where a field comes from
// ("price is unit_price"). A sample wins over it.
struct Document {
  std::string name;
  std::string text;
};

// What one answer decided.
struct Pin {
  enum class Kind : std::uint8_t {
    kValue,     // at `path` ("items[2].price") of sample `sample` stands `value` (nullopt: nothing)
    kSource,    // `path` ("items[].price") comes from `source`, a member by name or path
    kConstant,  // `path` is `value` in every output
    kOmitted,   // `path` is in no output
    kKept,      // what `sample` expects at `path`, `value`, is right: it is not asked about again
    kSample,    // a sample more: `input`, and `value`, its expected output where that is known
  };
  Kind kind = Kind::kValue;
  std::string path;
  std::string sample;
  Maybe value;
  std::string source;  // of a kValue: the choice it was, for the record; may be empty
  Maybe input;         // of kSample; nullopt: `value` is the expected output of `sample`
};

struct Settings {
  std::chrono::milliseconds budget{2000};  // for one draft, all its parts together
  int version = 1;                         // printed as @version
};

struct Material {
  std::string provider;  // slug
  Topic topic;
  std::vector<Sample> samples;
  std::string instructions;  // what a person wants, in words; treated as a document
  std::vector<Document> documents;
  std::vector<Pin> pins;  // in the order in which they were given; the last one about a place wins
  Settings settings;
};

// "value", "source", …
std::string_view to_string(Pin::Kind kind);
// What a pin is about: of two with the same place the later counts.
std::string place_of(const Pin& pin);
// Those that no later one replaced, in their order.
std::vector<Pin> standing(const std::vector<Pin>& pins);
// "price comes from input.gross."
std::string sentence_of(const Pin& pin);

// Samples and what pins add to them: what a trial runs on. Corrected where an answer corrected
// them.
std::vector<Sample> samples_of(const Material& material);

json::object to_json(const Topic& topic);
json::object to_json(const Sample& sample);
json::object to_json(const Pin& pin);
json::object to_json(const Material& material);
// kInvalidRequest, naming the member that is not as it should be.
Result<Topic> read_topic(const json::value& value);
Result<Pin> read_pin(const json::value& value);
Result<Material> read_material(const json::value& value);

}  // namespace vouch::adapters::draft
