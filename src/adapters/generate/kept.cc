#include "adapters/generate/kept.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/draft/topics.h"
#include "adapters/profile.h"
#include "base/json.h"
#include "base/random.h"

namespace vouch::adapters::generate {
namespace {

// What each is called in material.
std::vector<std::string> names_of(const std::vector<store::SampleRow>& rows) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const store::SampleRow& row : rows) {
    std::string name = row.name.empty() ? std::to_string(row.id) : row.name;
    if (!taken.insert(name).second) {
      name += " (" + std::to_string(row.id) + ")";
      taken.insert(name);
    }
    names.push_back(std::move(name));
  }
  return names;
}

// The sample that is called so.
std::optional<store::SampleRow> find_called(const store::Tx& tx, const store::AdapterOf& of,
                                            const std::string& name) {
  std::vector<store::SampleRow> rows = tx.all_samples(of);
  const auto names = names_of(rows);
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return std::move(rows[static_cast<std::size_t>(found - names.begin())]);
}

// What was answered about a sample holds for what it was then.
void drop_answers(store::Tx& tx, const store::SampleRow& row) {
  const std::string name = row.name.empty() ? std::to_string(row.id) : row.name;
  for (const store::PinRow& kept : tx.list_pins(row.of)) {
    const auto pin = draft::read_pin(kept.pin);
    if (pin && pin->sample == name) tx.delete_pin(row.of, kept.path);
  }
}

// kConflict: there are too many, or all are too large.
Result<void> check_limits(const store::Tx& tx, const store::AdapterOf& of) {
  if (tx.count_samples(of) > static_cast<std::int64_t>(kSamplesMax)) {
    return fail(ErrorCode::kConflict, "A provider and topic have at most " +
                                          std::to_string(kSamplesMax) +
                                          " samples. Delete one first.");
  }
  if (tx.sample_characters(of) > static_cast<std::int64_t>(kSampleCharactersMax)) {
    return fail(ErrorCode::kConflict, "The samples of a provider and topic have at most " +
                                          std::to_string(kSampleCharactersMax >> 20) +
                                          " Mi characters together. Delete one first.");
  }
  return {};
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
  const std::vector<store::SampleRow> rows = tx.all_samples(of);
  const std::vector<std::string> names = names_of(rows);
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const store::SampleRow& row = rows[i];
    // Two names of one sample are no evidence more. JSON is never empty.
    if (!known.emplace(row.input, row.expected ? std::string_view(*row.expected) : "").second)
      continue;
    draft::Sample sample{.id = names[i], .input = parse_kept(row.input), .output = {}};
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

Result<draft::Material> read_job_material(const store::Tx& tx, const store::AdapterOf& of,
                                          const json::object& job) {
  auto topic = find_topic(tx, of.workspace_id, of.topic);
  const json::value* schema = job.if_contains("targetSchema");
  if (!topic && schema == nullptr) {
    return fail(ErrorCode::kNotFound, "The topic `" + of.topic + "` does not exist any more.");
  }
  if (!topic) topic = draft::Topic{.name = of.topic};
  if (schema != nullptr) topic->schema = schema->as_object();
  draft::Material material = read_material(tx, of, *std::move(topic));
  if (const json::value* text = job.if_contains("instructions")) {
    material.instructions = text->as_string();
  }
  return material;
}

std::string mark_of(const std::vector<draft::Sample>& samples, std::string_view id) {
  const auto found = std::ranges::find(samples, id, &draft::Sample::id);
  return found == samples.end() ? "" : sha256_hex(json::serialize(draft::to_json(*found)));
}

json::object find_schema(const store::Tx& tx, const store::ScriptRow& script) {
  if (const json::value* own = script.report.if_contains("targetSchema")) return own->as_object();
  auto topic = find_topic(tx, script.of.workspace_id, script.of.topic);
  return topic ? std::move(topic->schema) : json::object();
}

json::object profile_of(const std::vector<draft::Sample>& samples, std::string_view source) {
  std::vector<Named> inputs;
  inputs.reserve(samples.size());
  for (const draft::Sample& sample : samples) inputs.push_back({sample.id, &sample.input});
  return Profile::of(inputs, source).to_json();
}

store::ScriptRow keep_script(store::Tx& tx, const store::ScriptRow& row) {
  store::ScriptRow kept = tx.insert_script(row);
  tx.delete_old_scripts(row.of, kScriptsKept);
  return kept;
}

Result<store::SampleRow> keep_sample(store::Tx& tx, const store::SampleRow& row) {
  if (row.input == "null") {
    return fail(ErrorCode::kInvalidRequest, "A sample's `input` " + std::string(kNullInput),
                {{"member", "input"}});
  }
  const auto there = row.name.empty() ? std::nullopt : tx.find_sample_named(row.of, row.name);
  const bool says_nothing_new =
      there && there->input == row.input && (!row.expected || there->expected == row.expected);
  if (says_nothing_new) return *there;
  store::SampleRow kept = row;
  if (there) {
    drop_answers(tx, *there);
    kept.id = there->id;
    tx.update_sample(kept);
  } else {
    kept = tx.insert_sample(row);
  }
  VOUCH_TRY_VOID(check_limits(tx, row.of));
  return kept;
}

bool delete_sample(store::Tx& tx, const store::AdapterOf& of, std::int64_t id) {
  const auto there = tx.find_sample(of, id);
  if (!there) return false;
  drop_answers(tx, *there);
  return tx.delete_sample(of, id);
}

Result<void> keep_pins(store::Tx& tx, const store::AdapterOf& of,
                       const std::vector<draft::Pin>& pins, TimeMs now) {
  std::size_t answers = 0;
  for (const draft::Pin& pin : pins) {
    if (pin.kind != draft::Pin::Kind::kSample) {
      tx.put_pin({of, draft::place_of(pin), draft::to_json(pin), now});
      ++answers;
      continue;
    }
    store::SampleRow row{.of = of, .origin = "answer"};
    row.created_ms = now;
    if (pin.input) {
      row.input = json::serialize(*pin.input);
      if (pin.value) row.expected = json::serialize(*pin.value);
      VOUCH_TRY_VOID(keep_sample(tx, row));
    } else if (auto there = find_called(tx, of, pin.sample); there && pin.value) {
      drop_answers(tx, *there);
      there->expected = json::serialize(*pin.value);
      tx.update_sample(*there);
      VOUCH_TRY_VOID(check_limits(tx, of));
    }
  }
  if (answers > 0 && tx.list_pins(of).size() > kPinsMax) {
    return fail(ErrorCode::kConflict, "A provider and topic keep at most " +
                                          std::to_string(kPinsMax) +
                                          " answers. Take one back first: see its pins.");
  }
  return {};
}

}  // namespace vouch::adapters::generate
