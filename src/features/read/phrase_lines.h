// The tables of phrases, and what their patterns have in common.
#pragma once

#include <span>
#include <string_view>

#include "features/read/build.h"

namespace vouch::features {

// One line a phrase: the pattern (pattern.h says how to write one), what becomes of it (build.h),
// and an example. A pattern describes the bare clause: who acts, "should", "not", tense and adverbs
// are taken out before (clause.h), and passives keep "be". Verbs stand in their base form,
// participles as written.
struct Line {
  std::string_view pattern;
  Builder build;
  std::string_view example;
};

std::span<const Line> act_lines();          // act_phrases.cc
std::span<const Line> observation_lines();  // observation_phrases.cc
std::span<const Line> browser_lines();      // browser_phrases.cc: observations, too

// What people call a dialog of the browser, which no element of the page is.
#define NATIVE_DIALOG_WORDS                                                                    \
  "alert|alert box|alert dialog|confirmation|confirm|confirm box|confirm dialog|confirmation " \
  "box|confirmation dialog|confirmation prompt|prompt|prompt box|native dialog|browser "       \
  "dialog|browser alert|browser confirmation|browser prompt|javascript alert|javascript "      \
  "confirm|javascript prompt|js alert|js confirm|js prompt"
#define NATIVE_DIALOG "(" NATIVE_DIALOG_WORDS ")"

// Where a browser keeps something for a site.
#define STORAGE                                                                    \
  "[the|my|a|her|his|their] [browser's|browser|web|page's|site's] (local storage|" \
  "localstorage|session storage|sessionstorage)"
#define STORED                                                                   \
  "[the|a|an|my] [browser] (cookie|(local storage|localstorage|session storage|" \
  "sessionstorage) (item|key|entry|value))"

// Between which numbers one is.
#define BOUNDS                                                                                  \
  "((below|under|less than|lower than|smaller than|cheaper than|fewer than) "                   \
  "{under:literal}|(above|over|more than|greater than|higher than|bigger than|"                 \
  "larger than) {over:literal}|(at most|up to|no more than|not more than|maximum|a maximum of|" \
  "less than or equal to) {most:literal}|(at least|no less than|not less than|minimum|"         \
  "a minimum of|greater than or equal to) {least:literal}|"                                     \
  "(between|from|in the range of|in the range) {least:literal} (and|to) {most:literal})"

// What somebody remembers of the page as it was.
#define AS_BEFORE                                                                              \
  "(the same|unchanged|untouched|as before|the same as before|what it was|what it was before|" \
  "as it was|as it was before|the same as it was)"

}  // namespace vouch::features
