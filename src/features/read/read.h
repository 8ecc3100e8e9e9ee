// The reader: the words of one Gherkin step become readings, the ways to understand them, best
// first. It knows English and web pages in general, and nothing of the site at hand.
//
//   auto readings = read_step(step);
//   if (!readings) show(readings.error().message);   // says which words, and the nearest phrases
//   for (const Intent& intent : readings->front().intents) log(describe(intent));
//
// What it promises:
// - No word that carries meaning is dropped. A word is part of a phrase it knows, of a target's
//   name, of a value, or a stop word ("the", "again"); otherwise there is no reading.
// - A negation is never lost: a reading that would leave a "not" over does not exist.
// - A step of two clauses ("I fill … and click …") is read whole or not at all.
// - Text in quotes is taken as it stands, `${placeholders}` included. An empty pair of quotes is
//   the empty value.
//
// How targets are filled: `name` is what stands in quotes, else the words left over without
// articles and the noun of kind ("the sign-in page": kPage, "sign-in"). `noun` keeps the noun
// phrase as written where it is more than the kind ("cart badge", "products"); `alternatives` never
// repeats `name`.
//
// How the rest is filled: an address ("redirected to '/login'") is kUrl with kEquals, and may be a
// path alone. "is" gives kEquals; "contains", "shows", "says" give kContains, but kEquals for a
// bare number
// ("the badge shows 1" is not 10). "no results" is kCount 0; "no error" is a negated kElement.
// Whether somebody is signed in is read, in a Then, as a "Sign out" that is to be seen.
//
// Where to add things: a way to say something is a line in act_phrases.cc or
// observation_phrases.cc; a noun, state, key, synonym or verb is a line in lexicon.cc; what becomes
// of a phrase's slots is a function in a build_….cc.
//
// Pure functions of their arguments, callable from any thread; time is bounded by kStepWordsMax.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "features/gherkin/gherkin.h"
#include "features/read/intent.h"

namespace vouch::features {

// A step with more words (a quoted text counts as one) is refused.
inline constexpr std::size_t kStepWordsMax = 80;
// At most so many readings are given.
inline constexpr std::size_t kReadingsMax = 6;

// The readings of a step, best first, never empty; the first has weight 1. kInvalidRequest when
// there is none: the message quotes what is not understood and names the nearest phrases that are.
//
// The type of the step guides, it does not forbid: a When or Given prefers acts, a Then prefers
// observations. A Given phrased as a state ("I am on the cart page", "there is a 'Sencha' in my
// cart") is an act with `ensures_state` where an act can bring it about.
//
// A Then is all observations; before them an act that reloads, where it says "after reloading".
//
// A data table beside the step gives one act per row for "fill the form with:", or the `rows` of an
// observation; a doc string is a value. A table or doc string that no phrase takes is an error.
Result<std::vector<Reading>> read_step(const gherkin::PickleStep& step);

// What an intent asks for, in words: "click the button «Sign in» in the row «Green Tea»". For logs
// and errors; every slot that matters is said, so equal texts mean equal intents.
std::string describe(const Intent& intent);

}  // namespace vouch::features
