// The sentence around a phrase: who acts, in which voice and tense, and whether "not" or "still" is
// said. What remains is the bare clause that phrases describe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/read/tokens.h"

namespace vouch::features {

// "anna should no longer see 'X'": tokens {see, 'X'}, actor "anna", negated, still.
struct Clause {
  std::vector<Token> tokens;  // modals, auxiliaries and adverbs taken out; "be" in one form
  bool has_actor = false;
  std::string actor;     // a name ("anna"); empty for "I", "the user"
  int negations = 0;     // how many times "not", "never", "no longer" was said with the verb
  bool can = false;      // "can", "could", "is able to"
  bool should = false;   // "should" or "must": something is expected, nothing is done
  bool still = false;    // "still", "no longer", "remains"
  bool ongoing = false;  // "is reserving": what is being done
  bool passive =
      false;  // "'X' has been added": tokens {add, 'X'}, an act that nobody is said to do
  double cost = 0;
};

// Every plausible way to take the sentence apart, at least one.
std::vector<Clause> clauses_of(Tokens sentence);

// Takes "twice", "3 times" from the end of the sentence: how often, at most kTimesMax; 1 where it
// does not say.
inline constexpr int kTimesMax = 20;
int take_times(std::vector<Token>& sentence);

// Takes "after reloading the page", "even after a reload" from either end of the sentence. Said
// last it may be of the last clause alone.
enum class Reload { kNone, kSaidFirst, kSaidLast };
Reload take_reload(std::vector<Token>& sentence);

// Takes "within 5 seconds" out of the sentence.
std::optional<double> take_within(std::vector<Token>& sentence);

}  // namespace vouch::features
