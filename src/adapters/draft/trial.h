// Trying a script out: the printed text, in the sandbox that production uses, on every sample.
//
// A trial runs the script
//   - on every sample's input. One with an expected output passes if the output is equal to that
//     (as values.h says); one without, if there is an output with what answers say of it;
//     One of them that does not pass ends the trial;
//   - twice: both runs must give the same bytes;
//   - on inputs with one part taken away or made null, each optional part of each input once (at
//     most kVariantsMax, the first samples first). These must not fail. What Vouch writes never
//     throws for what is missing; a script of a person's may refuse its input by throwing an error
//     of its own, so of what is thrown only the language's own errors (TypeError, ReferenceError,
//     RangeError, SyntaxError) count;
//   - the script that was made without the samples held back on those.
// Every output of a sample is checked against the topic's schema, too (schema.h).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "adapters/draft/draft.h"
#include "adapters/draft/schema.h"
#include "adapters/places.h"
#include "script/script.h"

namespace vouch::adapters::draft {

inline constexpr std::size_t kVariantsMax = 400;
inline constexpr std::size_t kPreviewBytesMax = 2000;
inline constexpr std::size_t kDiffsMax = 20;  // of one sample

// What `transform` is given beside the payload. In a trial all of it is empty but the provider.
struct Caller {
  std::string provider;
  std::string base_url, api_key, api_secret, webhook_url;
  json::object config;
};
// The JSON text of `transform`'s first argument: {providerSlug, baseUrl, apiKey, apiSecret,
// webhookUrl, config, payload}. The one place where a payload is wrapped.
std::string script_input(const Caller& caller, const json::value& payload);

struct SampleResult {
  std::string sample;
  bool passed = false;
  std::string error;           // why not, in a sentence; empty where it passed
  std::string output_preview;  // JSON text, cut to kPreviewBytesMax
  int output_count = 0;  // items of a list, or of the only list in an object; 1 for another object;
                         // 0 where there is none
  std::vector<Diff> diffs;
  std::vector<std::string> logs;
};

// An input with one part taken away or made null, on which the script failed.
struct Fragility {
  std::string sample;
  std::string path;
  bool was_null = false;  // else taken away
  std::string error;
};

struct Trial {
  std::vector<SampleResult> results;    // in the order of the samples
  std::vector<SampleResult> held_back;  // by the script that was made without them
  int variants = 0;                     // inputs with a part missing or null that were run
  std::vector<Fragility> fragilities;   // at most ten
  bool is_repeatable = true;

  // The script does what every sample says, and fails nowhere else. Held-back samples do not count:
  // the script that they speak of is not this one.
  bool passed() const;
  // What is wrong, in a sentence: the first of it. Empty where it passed.
  std::string problem() const;
};

// What one sample's run shows. `schema` may be null.
SampleResult judge(const Sample& sample, const script::Outcome& outcome, const Schema* schema);

struct TrialOptions {
  Caller caller;
  script::RunOptions run;  // the owner, the clock, limits; http where exchanges are recorded
};

// Runs any script for this topic on these samples. kUnavailable where no process could be started.
boost::asio::awaitable<Result<Trial>> try_out(script::Pool& pool, std::string source,
                                              std::vector<Sample> samples, json::object schema,
                                              TrialOptions options);
// The same for a draft, with its held-back samples.
boost::asio::awaitable<Result<Trial>> try_out(script::Pool& pool, Draft draft, Material material,
                                              TrialOptions options);

json::object to_json(const SampleResult& result);
json::object to_json(const Trial& trial);

}  // namespace vouch::adapters::draft
