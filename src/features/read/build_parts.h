// What the builders have in common, those of observations above all.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/read/build.h"
#include "features/read/intent.h"

namespace vouch::features::build {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);
// What has a value of its own, rather than a text.
bool is_field(ElementKind kind);
// The step says "contains", or "including".
bool says_contain(const Draft& draft);
// "below the slider" is not in it.
bool says_beside(Tokens tokens);

// The slot as a target, or as a value; its cost goes to the draft. False where it is none.
bool take_target(const PhraseMatch& match, Draft& draft, Target& out,
                 std::string_view slot = "target");
bool take_value(const PhraseMatch& match, Draft& draft, std::string& out);
// The slot as places that a thing stands in, after those that `out` has; an empty slot adds none.
bool take_where(const PhraseMatch& match, Draft& draft, std::vector<Scope>& out,
                std::string_view slot = "where");
// The value of what is seen: "shows number '9'" is what it is called, not that it is one.
bool take_shown(const PhraseMatch& match, Draft& draft, std::string& out);
// "A, B and C": the parts between commas and "and", one where there are none.
std::vector<Tokens> parts_of(Tokens list);
// The literals of such a list; empty where a part says more.
std::vector<std::string> literals_of(Tokens list);

// The target as a place: with its ordinal, where it is one of several.
Scope scope_of(const Target& target);
Observation text(std::string expected, std::vector<Scope> scopes = {});
// What is said of a thing: its text, or the value of a field, or of the URL or title.
Observation content(Target target, std::string expected, Match how);
// "step 2" is called "Step 2".
void name_step(Target* target);
// "quantity 3 and a subtotal of '$9'": each label with its value; nothing where the words are no
// such.
std::optional<std::vector<std::pair<std::string, std::string>>> labels_of(Tokens fields);
// A quoted text within a thing: a field has it as its value. `said` are the words for it all.
Observation quoted_seen(Target target, Tokens said);
// Adds that a thing is to be seen, in the way its kind asks for. False where the words are none.
bool observe_visible(Tokens seen, Draft& draft);

}  // namespace vouch::features::build
