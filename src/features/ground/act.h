// What an act may stand for on this page: candidates, best first. Pure; features/ground/scenario.h
// tries them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/ground/locate.h"
#include "features/ground/rank.h"

namespace vouch::features::ground {

// What a scenario has done so far, as far as later steps lean on it.
struct Memory {
  std::optional<browser::Element> last;  // the element last acted on
  std::optional<browser::Locator> last_locator;
  bool by_key = false;  // … with a key
};

struct ActCandidate {
  double score = 0;
  int element = -1;        // -1: the page
  browser::Action action;  // without its locator
  LocateHints hints;
  int onto = -1;  // of a drag: the element for `action.to`
  LocateHints onto_hints;
  std::string note;  // "button «Add to cart»"
};

// For acts on one element (click, fill, choose, check, press, submit …); several may be needed for
// kSearch and kSignIn, which features/ground/scenario.cc takes apart into these.
std::vector<ActCandidate> act_candidates(const Page& page, const Act& act, const Memory& memory);

// Of a checkbox or switch that is to be set, or turned round by its label.
std::vector<ActCandidate> toggle_candidates(const Page& page, int box, bool on);

// What the page has that is most like what the act names, best first, at most `kNearestMax`; where
// nothing is alike, what the act could be done to at all. For the person who reads why a step
// failed.
inline constexpr std::size_t kNearestMax = 5;
std::vector<std::string> nearest_controls(const Page& page, const Act& act);

// What opens the form for a new one of these is called: "Add new book", "New book" …
std::vector<std::string> form_openers(const Act& fill);
// The field to search with, best first.
std::vector<Ranked> find_search_fields(const Page& page);
// The element of this page that is `element` of an earlier snapshot, -1 if it is gone.
int find_again(const Page& page, const browser::Element& element);

}  // namespace vouch::features::ground
