#include "adapters/generate/kept.h"

#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/draft/topics.h"
#include "base/json.h"

namespace vouch::adapters::generate {
namespace {

// Under which a pin is kept: of two that are about the same place, the later counts.
std::string place_of(const draft::Pin& pin) {
  using Kind = draft::Pin::Kind;
  const bool is_of_sample =
      pin.kind == Kind::kValue || pin.kind == Kind::kKept || pin.kind == Kind::kSample;
  return is_of_sample ? pin.path + " in " + pin.sample : pin.path;
}

}  // namespace

std::optional<draft::Topic> find_topic(const store::Tx& tx, std::string_view workspace_id,
                                       std::string_view name) {
  if (const draft::Topic* topic = draft::find_built_in_topic(name)) return *topic;
  auto row = tx.find_topic(workspace_id, name);
  if (!row) return std::nullopt;
  return draft::Topic{row->name, {}, row->direction, row->description, row->schema};
}

draft::Material read_material(const store::Tx& tx, const store::AdapterOf& of, draft::Topic topic) {
  draft::Material material;
  material.provider = of.provider;
  material.topic = std::move(topic);
  std::set<std::string> names;
  for (const store::SampleRow& row : tx.all_samples(of)) {
    draft::Sample sample;
    sample.id = row.name.empty() ? std::to_string(row.id) : row.name;
    if (!names.insert(sample.id).second) {
      sample.id += " (" + std::to_string(row.id) + ")";
      names.insert(sample.id);
    }
    sample.input = parse_kept(row.input);
    if (row.expected) sample.output = parse_kept(*row.expected);
    material.samples.push_back(std::move(sample));
  }
  for (const store::DocumentRow& row : tx.all_documents(of)) {
    material.documents.push_back({row.title.empty() ? row.kind : row.title, row.content});
  }
  for (const store::PinRow& row : tx.list_pins(of)) {
    if (auto pin = draft::read_pin(row.pin)) material.pins.push_back(std::move(*pin));
  }
  return material;
}

Result<store::SampleRow> keep_sample(store::Tx& tx, const store::SampleRow& row) {
  store::SampleRow kept = tx.insert_sample(row);
  if (tx.count_samples(row.of) > static_cast<std::int64_t>(kSamplesMax)) {
    return fail(ErrorCode::kConflict, "A provider and topic have at most " +
                                          std::to_string(kSamplesMax) +
                                          " samples. Delete one first.");
  }
  if (tx.sample_characters(row.of) > static_cast<std::int64_t>(kSampleCharactersMax)) {
    return fail(ErrorCode::kConflict, "The samples of a provider and topic have at most " +
                                          std::to_string(kSampleCharactersMax >> 20) +
                                          " Mi characters together. Delete one first.");
  }
  return kept;
}

Result<void> keep_pins(store::Tx& tx, const store::AdapterOf& of,
                       const std::vector<draft::Pin>& pins, TimeMs now) {
  for (const draft::Pin& pin : pins) {
    if (pin.kind == draft::Pin::Kind::kSample && pin.input) {
      store::SampleRow row{.of = of, .origin = "answer"};
      row.input = json::serialize(*pin.input);
      if (pin.value) row.expected = json::serialize(*pin.value);
      row.created_ms = now;
      VOUCH_TRY_VOID(keep_sample(tx, row));
      continue;
    }
    tx.put_pin({of, place_of(pin), draft::to_json(pin), now});
  }
  return {};
}

}  // namespace vouch::adapters::generate
