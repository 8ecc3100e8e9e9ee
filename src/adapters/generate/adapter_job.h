// The job of kind `adapter`: what is known of a provider and topic becomes a script that has been
// tried, a candidate for a person to activate.
//
// Payload: {provider, topic, instructions, targetSchema?}, and what the engine adds of questions
// (draft::to_json of each) and answers, by round: {"1": {response}}. Everything else is read from
// the store whenever the job is taken up, so that what was registered meanwhile counts.
//
// Sections are the steps in the order in which they were taken, each called by its stage:
//
//   gathering → generating → testing ─passed─→ done
//                  ↑            │failed
//                  └─ retrying ─┘     each retry searches longer; after kRetriesMax of them, or
//                  where
//                                     there is no other script, it asks
//
// and every answer begins at gathering again; so does, in the same round, what would be kept or
// asked of material that was changed meanwhile. What a step's section holds of it:
//   gathering   {round}
//   generating  {round, source, hash}
//   testing     {round, attempt, passed, error, outputPreview, outputCount, atMs}
//   retrying    {round}
//   done        {}: kept together with the script
// A job taken up after a crash goes on behind its last finished step.
//
// It asks also where the script passed while samples leave a choice (draft.h), at most kRoundsMax
// times; then the script is kept with what was assumed, or, where it does not pass, the job fails.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "engine/engine.h"
#include "script/script.h"
#include "store/store.h"

namespace vouch::adapters::generate {

inline constexpr std::string_view kAdapterKind = "adapter";
inline constexpr int kRetriesMax = 3;      // after each answer anew
inline constexpr int kGatheringsMax = 10;  // after each answer anew; then the job fails

struct AdapterJobOptions {
  int concurrency = 2;  // jobs at work at once
  std::int64_t time_limit_ms = 5LL * 60 * 1000;
};

// Everything is borrowed and must outlive the engine.
engine::JobKind make_adapter_kind(store::Store& store, script::Pool& scripts, const Clock& clock,
                                  AdapterJobOptions options);

}  // namespace vouch::adapters::generate
