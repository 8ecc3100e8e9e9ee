// From material to a script, and to what has to be asked.
//
// Where a sample has an expected output the mapping is searched for in the samples
// (synthesize/synthesize.h); where none has, names and types of the topic's schema decide, and what
// they do not decide is left out (synthesize/schema_only.h). From kHoldBackLeast samples with an
// output up, one in kHoldBackEach of them is held back from a second script, which is tried on
// them; the script that counts is made from all. Nothing is guessed silently: what no sample
// decides is a question, or an assumption, or both.
//
// Processor time only, no waiting: call it where a second of it may be spent. The same material
// gives the same draft, unless the time budget ends the search.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/draft/material.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters::draft {

inline constexpr int kRoundsMax = 5;              // how often a person is asked
inline constexpr std::size_t kQuestionsMax = 5;   // at a time
inline constexpr std::size_t kChoicesMax = 6;     // of one question
inline constexpr std::size_t kHoldBackLeast = 4;  // samples with an output
inline constexpr std::size_t kHoldBackEach = 4;

// "a", with what it stands for.
struct Choice {
  std::string letter;
  Maybe value;         // at the question's place in its sample; nullopt: nothing stands there
  std::string source;  // "item.unit_price", "left out", "as the sample says"
  Pin pin;             // what choosing it decides
};

// One thing to decide. Numbers count from 1 and hold for one round.
struct Question {
  enum class Kind : std::uint8_t {
    kSource,         // several sources fit
    kContradiction,  // a sample disagrees with the others
    kUnexplained,    // nothing in the inputs gives it
    kSample,         // a sample is wanted; no choices
  };
  int number = 0;
  Kind kind = Kind::kSource;
  std::string path;             // in its sample: "items[2].price"; "" of kSample
  std::string sample;           // its id; of kSample the one whose output is wanted; may be empty
  std::string text;             // a sentence
  std::vector<Choice> choices;  // the first is what the script does until somebody answers
  double doubt = 0;             // how likely the first is wrong, 0 … 1; the order of questions
};

// One leaf of the output, or what was decided about its structure (synthesize/synthesize.h).
struct Field {
  std::string path;    // "items[].price"
  std::string source;  // "scale(item.price_cents)"
  std::string when;    // of one kind of record alone: "input.type is \"paid\""
  int held = 0;        // samples (items, in a list) in which it was seen to hold …
  int seen = 0;        // … of so many that have it; 0: by its name alone
  // Left out of the search one by one, as far as the budget went: samples in which the rest of them
  // predicted every such leaf, of those that were tried and have one.
  int predicted = 0;
  int tried = 0;
  // The share of this source among all that fit, or of a name the likeness; times
  // (predicted + 1) / (tried + 1).
  double confidence = 0;
  std::vector<Alternative> alternatives;

  // "12 of 12 places; foretold in 5 of 6", ", where input.type is "paid"" behind it
  std::string evidence() const;
};

// A sample that disagrees with the others.
struct Contradiction {
  std::string sample;
  std::string path;
  Maybe expected;  // what it says
  Maybe others;    // what the others' rule gives there
  std::string reason;
};

// The input whose expected output would decide most.
struct Telling {
  std::string sample;
  std::string reason;
};

struct Draft {
  std::string source;  // the script; empty where there is nothing to make one from
  // Nothing is left that the script is known to do wrong: every known output is explained, or,
  // without any, every required field of the schema has a source. Questions may be open still.
  bool is_complete = false;
  bool by_schema_alone = false;
  std::vector<Question> questions;  // at most kQuestionsMax, the most doubtful first
  std::size_t questions_left = 0;   // further ones, for the next round
  std::vector<Assumption> assumptions;
  std::vector<Field> fields;
  std::vector<Contradiction> contradictions;
  std::optional<Telling> telling;
  std::vector<std::string> held_back;  // ids
  std::string held_back_source;        // the script that was made without them; empty: none was
  int left_out = 0;                    // samples that leaving one out was tried with …
  int left_out_of = 0;                 // … of so many with an output
};

Draft write(const Material& material);

json::object to_json(const Question& question);
json::object to_json(const Field& field);
json::object to_json(const Draft& draft);
// Questions as to_json makes them, kept with a job that waits for its answer.
Result<std::vector<Question>> read_questions(const json::value& value);

}  // namespace vouch::adapters::draft
