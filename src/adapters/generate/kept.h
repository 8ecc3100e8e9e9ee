// What is kept of a provider and topic, as the material of a draft, and what answers add to it.
#pragma once

#include "adapters/draft/draft.h"
#include "adapters/draft/material.h"
#include "store/tx.h"

namespace vouch::adapters::generate {

// Of a workspace: one that comes with Vouch, by name or alias, or its own. Empty: there is none.
std::optional<draft::Topic> find_topic(const store::Tx& tx, std::string_view workspace_id,
                                       std::string_view name);

// Everything that is kept for it, for `topic`. Samples are called by their names, or their numbers
// where they have none or share one; of those that are the same in all but the name, there is one.
draft::Material read_material(const store::Tx& tx, const store::AdapterOf& of, draft::Topic topic);

// Of a payload that is none: what a script is given is what a provider sent or takes.
inline constexpr std::string_view kNullInput =
    "is null: there is nothing to transform. Send what the provider sent.";

// Of a provider and topic. All of them are read at once, and several times over.
inline constexpr std::size_t kSamplesMax = 200;
inline constexpr std::size_t kPinsMax = 1000;
inline constexpr std::size_t kSampleCharactersMax = std::size_t{8} << 20;

// The same for a generation, with its own targetSchema and instructions, as its job's payload has
// them. kNotFound: its topic is gone.
Result<draft::Material> read_job_material(const store::Tx& tx, const store::AdapterOf& of,
                                          const json::object& job);

// The same as long as this one of the samples is the same. Empty: there is none of this id.
std::string mark_of(const std::vector<draft::Sample>& samples, std::string_view id);

// What a script must give: the schema that its generation had of its own, else its topic's. Empty:
// anything.
json::object find_schema(const store::Tx& tx, const store::ScriptRow& script);

// What the samples have at each path, by which drift is told (profile.h): `profile` of a report.
json::object profile_of(const std::vector<draft::Sample>& samples, std::string_view source);

// Of a provider and topic: of candidates and archived scripts together, and of those that were in
// use once.
inline constexpr std::int64_t kScriptsKept = 100;

// Keeps a script as the newest of its provider and topic, and lets go of the oldest beyond
// kScriptsKept.
store::ScriptRow keep_script(store::Tx& tx, const store::ScriptRow& row);

// Keeps a sample. It replaces one of the same name, and what was answered about that is dropped,
// unless it is the same, or the same without the expected output that is known meanwhile.
// kInvalidRequest: its input is null. kConflict: there are too many, or all are too large.
Result<store::SampleRow> keep_sample(store::Tx& tx, const store::SampleRow& row);
bool delete_sample(store::Tx& tx, const store::AdapterOf& of, std::int64_t id);

// Keeps what an answer decided: a further sample, or an expected output, with the samples (within
// the same limits); the rest as pins, of which a later one about the same place replaces the
// earlier. kConflict: there are too many.
Result<void> keep_pins(store::Tx& tx, const store::AdapterOf& of,
                       const std::vector<draft::Pin>& pins, TimeMs now);

}  // namespace vouch::adapters::generate
