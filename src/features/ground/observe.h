// What an observation may stand for on this page: assertions, best first. Pure;
// features/ground/scenario.h checks them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/ground/locate.h"
#include "features/ground/rank.h"

namespace vouch::features::ground {

// One assertion of a candidate. Where `element` is not -1 its locator is found by Session::resolve
// among `locators`, tried in order; then `suffix` is appended. Otherwise the assertion is complete.
struct AssertionPart {
  browser::Assertion assertion;
  int element = -1;
  std::vector<browser::Locator> locators;
  std::vector<browser::LocatorStep> suffix;
};

// All parts must hold.
struct ObserveCandidate {
  double score = 0;
  std::vector<AssertionPart> parts;
  std::string note;
};

// `earlier`: pages seen before in this scenario, latest last; what is gone now is named by where it
// stood then.
std::vector<ObserveCandidate> observe_candidates(const Page& page, const Observation& seen,
                                                 const std::vector<Page>& earlier);

// The page as a whole (pages.cc).
std::vector<ObserveCandidate> address_candidates(const Observation& seen);
std::vector<ObserveCandidate> title_candidates(const Page& page, const Observation& seen);
std::vector<ObserveCandidate> page_candidates(const Page& page, const Observation& seen);

// The collections (collections.cc, series.cc, each.cc).
std::vector<ObserveCandidate> count_candidates(const Page& page, const Observation& seen,
                                               const std::vector<Page>& earlier);
std::vector<ObserveCandidate> table_candidates(const Page& page, const Observation& seen);
std::vector<ObserveCandidate> list_candidates(const Page& page, const Observation& seen,
                                              const std::vector<Page>& earlier);
// "the products are sorted by price", "every price is below 50": what they say is so now, and is
// asserted as it stands.
std::vector<ObserveCandidate> series_candidates(const Page& page, const Observation& seen);
// "all todos are checked": the state of each of several things, by the control in each.
bool says_each(const Target& target);
// "all the add-ons": the boxes of the part, or page, that is called so; "all checkboxes": all.
std::vector<int> boxes_of_each(const Page& page, const Target& target);
std::vector<ObserveCandidate> state_of_each(const Page& page, const Observation& seen);
// "every row contains 'Tea'": there are some, and none without.
std::vector<ObserveCandidate> each_candidates(const Page& page, const Observation& seen,
                                              const std::vector<Page>& earlier);
// "'A' comes before 'B'", of two that are alike and stand beside each other.
std::vector<ObserveCandidate> before_candidates(const Page& page, const Observation& seen);
// "the drop-down offers 'Toronto'": of a native one, open or not. Nothing where none is meant.
std::optional<std::vector<ObserveCandidate>> option_candidates(const Page& page,
                                                               const Observation& seen,
                                                               const std::vector<Page>& earlier);

// Shared helpers.
// What says that the element is (or is not) in the state; empty where it cannot be.
std::optional<browser::Assertion> state_assertion(const browser::Element& e, State state,
                                                  bool negated);
browser::Pattern contains_pattern(
    std::string_view text);  // a regular expression for the text as it stands
std::vector<int> smallest_with_text(const Page& page, std::string_view text);

}  // namespace vouch::features::ground
