// The reader's small lexicon of interface words: what nouns, verbs, states and keys mean, and which
// words stand for one another on pages. To teach the reader a word, add it to a table in
// lexicon.cc.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/read/intent.h"

namespace vouch::features {

// ---- Words ----
// Of a verb's form its base ("clicked", "clicks", "clicking": "click"; "is": "be"); of any other
// word the word.
std::string lemma_of(std::string_view low);
// A verb that does something on a page, in its base form: "click", "archive", "publish".
bool is_act_verb(std::string_view lemma);
bool is_any_verb(std::string_view lemma);
// "isn't": {"is", "not"}; empty for other words.
std::vector<std::string_view> expand_contraction(std::string_view low);
bool is_determiner(std::string_view low);        // "the", "my", "this"
bool is_pronoun(std::string_view low);           // "I", "she", "they"
bool is_person(std::string_view low);            // "user", "customer", "admin"
bool is_person_adjective(std::string_view low);  // "registered", "new"
bool is_modal(std::string_view low);             // "should", "does", "must"
bool is_filler_adverb(std::string_view low);     // "again", "successfully": says nothing to check
// Words that turn or restrict what is said, so they must never end up in a name: "not", "or", "if".
bool is_guard_word(std::string_view low);
// "one": 1, "no": 0, "12": 12.
std::optional<int> number_of(std::string_view low);
// "first": 1, "2nd": 2, "last": -1.
std::optional<int> ordinal_of(std::string_view low);

// ---- Nouns ----
struct Noun {
  ElementKind kind;
  bool plural;
};
// Of "button", "drop-down", "text box" (two words joined by a space), "rows" …
std::optional<Noun> noun_of(std::string_view low);
std::string_view name_of(ElementKind kind);  // "button"; "" for kAny
bool is_plural(std::string_view low);
// Things a page has several of, which name what a quoted name is: "product", "order", "user".
// Other words for the page that a site starts with: "home page", "site", "start".
bool is_start_page(std::string_view low);
bool is_user_word(std::string_view low);      // "username", "e-mail"
bool is_password_word(std::string_view low);  // "password", "PIN"
// What signs in, or out, by what sites call it.
Target way_in();
Target way_out();

// ---- States and keys ----
struct StateWord {
  State state;
  bool negated;  // "hidden": not visible
};
std::optional<StateWord> state_of(std::string_view low);
// "enter": "Enter", "ctrl+a": "Control+A", "down arrow": "ArrowDown".
std::optional<std::string> key_of(std::string_view low);

// ---- Synonyms ----
// Other ways to write a phrase on a page, best first, without the phrase itself: each word group it
// contains is replaced by its synonyms ("add to cart": "add to basket", …).
std::vector<std::string> synonyms_of(std::string_view phrase);
// What a control that is a picture may be called or may show: of "bin" {"Delete", "🗑", …}. Empty
// for what nobody calls a picture so.
std::vector<std::string> signs_of(std::string_view low);

}  // namespace vouch::features
