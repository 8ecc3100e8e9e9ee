// What stands in a phrase's slots: targets with their scopes, values, pages, quantities.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/read/intent.h"
#include "features/read/lexicon.h"
#include "features/read/tokens.h"

namespace vouch::features {

// A slot's content and how far fetched it is: 0 for what stands in quotes, more for every word that
// was taken as a name.
template <class T>
struct Parsed {
  T value;
  double cost = 0;
};

// Whether a slot of the type (pattern.h) can hold the tokens.
bool slot_accepts(std::string_view type, Tokens tokens);

// "three spaces", "a space", of what is typed: such a text. Nothing where the words say no such.
std::optional<std::string> spaces_said(Tokens tokens);

// "the quantity of 'Green Tea' in the cart". None when a word would be dropped.
std::optional<Parsed<Target>> parse_target(Tokens tokens);
// "the orders page", "/orders", "my cart": target.kind is kPage unless the noun says otherwise; a
// path or URL is in `path`.
struct PageName {
  Target target;
  std::string path;
  bool said_page = false;  // "page", "screen", a path or the start page: certainly a page
};
std::optional<Parsed<PageName>> parse_page(Tokens tokens);
// "'x'", "3", "the text 'x'", or words as they are.
std::optional<Parsed<std::string>> parse_value(Tokens tokens);
std::optional<Quantity> parse_quantity(Tokens tokens);
std::optional<StateWord> parse_state(Tokens tokens);
std::optional<std::string> parse_key(Tokens tokens);
// "in the cart", "for 'Sencha'" (with the preposition); an empty list for "on the page".
std::optional<Parsed<std::vector<Scope>>> parse_where(Tokens tokens);

// Without articles and possessives in front, and commas and colons around.
Tokens strip(Tokens tokens);
bool has_guard_word(Tokens tokens);

}  // namespace vouch::features
