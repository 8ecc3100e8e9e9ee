#include "adapters/draft/material.h"

#include <array>
#include <ranges>
#include <set>

#include "adapters/draft/json_members.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::array<std::string_view, 6> kPinKinds{"value",   "source", "constant",
                                                    "omitted", "kept",   "sample"};

Result<Sample> read_sample(const json::value& value) {
  VOUCH_TRY(const Members members, Members::of(value, "sample"));
  Sample sample;
  VOUCH_TRY(sample.id, members.needed_text("id"));
  const Maybe input = members.any("input");
  if (!input)
    return fail(ErrorCode::kInvalidRequest, "Sample " + sample.id + " has no `input`.",
                {{"member", "input"}});
  sample.input = *input;
  sample.output = members.any("expectedOutput");
  return sample;
}

}  // namespace

std::string_view to_string(Pin::Kind kind) { return kPinKinds[static_cast<std::size_t>(kind)]; }

std::string place_of(const Pin& pin) {
  using Kind = Pin::Kind;
  const bool is_of_sample =
      pin.kind == Kind::kValue || pin.kind == Kind::kKept || pin.kind == Kind::kSample;
  return is_of_sample ? pin.path + " in " + pin.sample : pin.path;
}

std::vector<Pin> standing(const std::vector<Pin>& pins) {
  std::vector<Pin> kept;
  std::set<std::string> places;
  for (const Pin& pin : std::views::reverse(pins)) {
    const bool is_further_sample = pin.kind == Pin::Kind::kSample && pin.input;
    if (is_further_sample || places.insert(place_of(pin)).second) kept.push_back(pin);
  }
  std::ranges::reverse(kept);
  return kept;
}

std::string sentence_of(const Pin& pin) {
  const std::string value = shown(pin.value ? &*pin.value : nullptr);
  switch (pin.kind) {
    case Pin::Kind::kValue:
      return pin.value ? "In " + pin.sample + ", " + pin.path + " is " + value + "."
                       : "In " + pin.sample + " there is no " + pin.path + ".";
    case Pin::Kind::kSource:
      return (pin.path.empty() ? "The output" : pin.path) + " comes from " + pin.source + ".";
    case Pin::Kind::kConstant:
      return pin.path + " is always " + value + ".";
    case Pin::Kind::kOmitted:
      return pin.path + " is left out.";
    case Pin::Kind::kKept:
      return "What " + pin.sample + " expects at " + pin.path + " is right.";
    case Pin::Kind::kSample:
      break;
  }
  return "This is what " + pin.sample + " should give.";
}

json::object to_json(const Topic& topic) {
  return {{"name", topic.name},
          {"aliases", json::array(topic.aliases.begin(), topic.aliases.end())},
          {"direction", topic.direction},
          {"description", topic.description},
          {"schema", topic.schema}};
}

json::object to_json(const Sample& sample) {
  json::object object{{"id", sample.id}, {"input", sample.input}};
  put(object, "expectedOutput", sample.output);
  return object;
}

json::object to_json(const Pin& pin) {
  json::object object{{"kind", to_string(pin.kind)},
                      {"path", pin.path},
                      {"sample", pin.sample},
                      {"source", pin.source}};
  put(object, "value", pin.value);
  put(object, "input", pin.input);
  return object;
}

json::object to_json(const Material& material) {
  json::array samples, documents, pins;
  for (const Sample& sample : material.samples) samples.push_back(to_json(sample));
  for (const Document& document : material.documents)
    documents.push_back({{"name", document.name}, {"text", document.text}});
  for (const Pin& pin : material.pins) pins.push_back(to_json(pin));
  return {{"provider", material.provider},
          {"topic", to_json(material.topic)},
          {"samples", std::move(samples)},
          {"instructions", material.instructions},
          {"documents", std::move(documents)},
          {"pins", std::move(pins)},
          {"budgetMs", material.settings.budget.count()},
          {"version", material.settings.version}};
}

Result<Topic> read_topic(const json::value& value) {
  VOUCH_TRY(const Members members, Members::of(value, "topic"));
  Topic topic;
  VOUCH_TRY(topic.name, members.needed_text("name"));
  VOUCH_TRY(topic.direction, members.text("direction"));
  VOUCH_TRY(topic.description, members.text("description"));
  VOUCH_TRY(topic.schema, members.object("schema"));
  VOUCH_TRY(const json::array aliases, members.list("aliases"));
  for (const json::value& alias : aliases)
    if (alias.is_string()) topic.aliases.emplace_back(alias.get_string());
  return topic;
}

Result<Pin> read_pin(const json::value& value) {
  VOUCH_TRY(const Members members, Members::of(value, "answer"));
  Pin pin;
  VOUCH_TRY(pin.kind, members.kind<Pin::Kind>(kPinKinds));
  VOUCH_TRY(pin.path, members.text("path"));
  VOUCH_TRY(pin.sample, members.text("sample"));
  VOUCH_TRY(pin.source, members.text("source"));
  pin.value = members.any("value");
  pin.input = members.any("input");
  return pin;
}

Result<Material> read_material(const json::value& value) {
  VOUCH_TRY(const Members members, Members::of(value, "material"));
  Material material;
  VOUCH_TRY(material.provider, members.text("provider"));
  VOUCH_TRY(const json::object topic, members.object("topic"));
  VOUCH_TRY(material.topic, read_topic(topic));
  VOUCH_TRY(material.instructions, members.text("instructions"));
  VOUCH_TRY(const json::array samples, members.list("samples"));
  for (const json::value& one : samples) {
    VOUCH_TRY(Sample sample, read_sample(one));
    material.samples.push_back(std::move(sample));
  }
  VOUCH_TRY(const json::array documents, members.list("documents"));
  for (const json::value& one : documents) {
    VOUCH_TRY(const Members document, Members::of(one, "document"));
    VOUCH_TRY(std::string name, document.text("name"));
    VOUCH_TRY(std::string text, document.text("text"));
    material.documents.push_back({std::move(name), std::move(text)});
  }
  VOUCH_TRY(const json::array pins, members.list("pins"));
  for (const json::value& one : pins) {
    VOUCH_TRY(Pin pin, read_pin(one));
    material.pins.push_back(std::move(pin));
  }
  VOUCH_TRY(const double budget, members.number("budgetMs"));
  if (budget > 0) material.settings.budget = std::chrono::milliseconds(static_cast<int>(budget));
  VOUCH_TRY(const double version, members.number("version"));
  if (version > 0) material.settings.version = static_cast<int>(version);
  return material;
}

}  // namespace vouch::adapters::draft
