// What the builders of acts have in common.
#pragma once

#include <string>

#include "features/read/build.h"
#include "features/read/intent.h"

namespace vouch::features::build {

std::string capitalised(std::string text);
// The phrase's verb: its slot, or else the word the clause begins with.
std::string verb_of(const PhraseMatch& match, const Draft& draft);
// Other words that the target may carry, each once.
void add_alternative(Target& target, const std::string& words);
void add_synonyms(Target& target, const std::string& words);
// The slot "target" as take_target (build_parts.h) has it, with its synonyms and signs.
bool take_act_target(const PhraseMatch& match, Draft& draft, Target& out);
// What is pressed, filled or chosen, rather than a part of the page or its contents.
bool is_control(ElementKind kind);
// What carries a verb with its object: "cancel the order '1003'" is "Cancel" or "Cancel order",
// beside "1003".
bool command_target(const std::string& verb, const std::string& tail, Tokens object, Draft& draft,
                    Target& out);

// What is made, by its noun alone: "review", "new contact".
bool is_thing(Tokens noun);
// "phone '123' and email 'a@b'": each is named before its value, and filled in where the form for a
// new one of `adds` is. False where one is not.
bool fill_named(Tokens fields, const std::string& adds, Draft& draft);
// What the new one of `thing` is called.
void fill_name(const std::string& thing, const std::string& name, Draft& draft);

}  // namespace vouch::features::build
