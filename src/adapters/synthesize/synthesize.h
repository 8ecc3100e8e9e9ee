// From samples of a provider's JSON, some with the output they should give, to the mapping that
// gives it: found by search over typed expressions (mapping.h), without a language model.
//
// Truth comes before reach. Every output sample is explained to the last leaf, or `unexplained`
// names what is not. Where the samples leave a choice, and any input at hand shows that it matters,
// `questions` holds it; what nothing at hand decides is in `assumptions`.
//
// The same samples give the same result, unless the time budget ends the search, which an
// assumption about the whole ("") says.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/mapping.h"

namespace vouch::adapters {

struct Sample {
  json::value input;
  Maybe output;  // nullopt: not known; the input still helps to ask and to choose
};

// What a person answered: in this sample, this stands at `path` (nullopt: nothing does).
struct Answer {
  std::string path;  // as in a question: "items[2].price"
  std::size_t sample = 0;
  Maybe value;
};

// What a person said a field comes from. Of the sources that fit the samples the one that is meant
// is taken; one that does not fit is passed over, since samples win.
struct Preference {
  std::string path;          // as Field::path, or the end of it: "price"
  std::string source;        // as in Field::source, or a member's name or path that occurs in it
  bool is_constant = false;  // `source` is a whole one, a constant's
};
// Whether a source's description names this: "unit_price" of "scale(item.unit_price)".
bool names_source(std::string_view description, std::string_view source);

struct SynthesisOptions {
  std::chrono::milliseconds budget{2000};  // of this thread's processor time
  std::vector<Answer> answers;
  std::vector<Answer>
      kept;  // of expected outputs: what stands there is right, though it stands alone
  std::vector<Preference> preferences;
  std::map<std::string, bool> takes_null;  // by general path, where the output's schema says so
};

// From this share on, a source that fits every sample is told of beside the one that is taken.
inline constexpr double kTwinLeast = 0.15;

struct Alternative {
  std::string source;
  double confidence = 0;
  std::set<std::string> members = {};  // of the input that it looks at, by path
};

// One leaf of the output: where it comes from, and on how many samples that holds. Or what was
// decided about the structure of a place: what a list is made of ("items"), which of its items are
// kept ("items[]"), where an object is there, what tells kinds of record apart.
struct Field {
  std::string path;
  std::string source;
  std::string when = {};               // of one kind of record alone: "input.type is \"paid\""
  int held = 0;                        // samples (items, in a list) in which it was seen to hold …
  int seen = 0;                        // … of so many that have it
  double confidence = 0;               // 0 … 1
  std::set<std::string> members = {};  // of the input that it looks at, by path
  std::vector<Alternative> alternatives;  // others that fit as well
};

struct Assumption {
  std::string path;
  std::string reason;
};

// The reason of an assumption between two sources that no input at hand tells apart.
std::string twin_text(const std::string& source, const std::string& other);

struct Choice {
  std::string source;
  Maybe value;  // what it gives in the question's sample
};

struct Question {
  std::string path;             // in the sample: "items[2].price"
  std::size_t sample = 0;       // one without an output
  std::vector<Choice> choices;  // the first is what is assumed until somebody answers
  double doubt = 0;  // the likelihood that the first is wrong; questions come in this order
};

struct Unexplained {
  std::string path;
  std::size_t sample = 0;
  json::value value;
  std::string reason;
  bool is_new = false;    // a case that no other sample shows: they do not say that it is wrong
  bool is_fault = false;  // the sample breaks the topic's schema, whatever others say
};

struct Synthesis {
  ExprPtr mapping;  // null only where nothing at all was found
  std::vector<Field> fields;
  std::vector<Assumption> assumptions;
  std::vector<Question> questions;
  std::vector<Unexplained> unexplained;

  // The mapping gives every output that is known.
  bool is_complete() const { return mapping && unexplained.empty(); }
};

Synthesis synthesize(const std::vector<Sample>& samples, const SynthesisOptions& options = {});

// The `count` inputs (their indices, ascending) whose expected outputs would decide most.
std::vector<std::size_t> choose_samples(const std::vector<const json::value*>& inputs,
                                        std::size_t count);

}  // namespace vouch::adapters
