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
// where they have none or share one.
draft::Material read_material(const store::Tx& tx, const store::AdapterOf& of, draft::Topic topic);

// Of a provider and topic. All of them are read at once, and several times over.
inline constexpr std::size_t kSamplesMax = 200;
inline constexpr std::size_t kSampleCharactersMax = std::size_t{8} << 20;

// Keeps it, unless it is there already. kConflict: there are too many, or all are too large.
Result<store::SampleRow> keep_sample(store::Tx& tx, const store::SampleRow& row);

// Keeps what an answer decided: a further sample as one (as keep_sample does), the rest as pins, of
// which a later one about the same place replaces the earlier.
Result<void> keep_pins(store::Tx& tx, const store::AdapterOf& of,
                       const std::vector<draft::Pin>& pins, TimeMs now);

}  // namespace vouch::adapters::generate
