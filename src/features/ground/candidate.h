// How the candidates of an observation are made; shared by the files that make them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "features/ground/labelled.h"
#include "features/ground/observe.h"

namespace vouch::features::ground {

inline constexpr double kSurelyLabelled = 0.7;  // nothing else is meant
inline constexpr double kAsGood = 0.06;         // below the best: something else
inline constexpr double kIsOfKind = 0.8;
inline constexpr double kLooksLikeMessage = 0.9;
inline constexpr double kNamedMin = 0.6;  // below it, an element is not what the step names

browser::Assertion make(browser::Assertion::Matcher matcher, bool negated);
browser::Assertion with_text(browser::Assertion::Matcher matcher, bool negated,
                             browser::TextExpectation text);
// On the page, or on what these steps find.
ObserveCandidate direct(double score, browser::Assertion assertion,
                        std::vector<browser::LocatorStep> steps, std::string note);
ObserveCandidate on_element(double score, browser::Assertion assertion, const Page& page,
                            int element, const LocateHints& hints);

// What a value may be labelled with, where a step calls it so.
Names names_of(const Target& target);

// The ARIA role that a kind has; empty: none.
std::string_view role_of(ElementKind kind);
// getByText within the part of the page that the scope names, where a locator can name that part;
// and on the whole page, which claims more.
std::vector<std::vector<browser::LocatorStep>> scoped_text_steps(const Page& page,
                                                                 const std::vector<Scope>& scopes,
                                                                 const browser::LocatorStep& last);
// A part of a longer text in another case is not these words: "discount" in "Give 10% discount".
bool says_words(const std::string& said, const std::string& words);

// What was to be seen on a page before, and is hidden or gone since; the latest of its kind.
std::vector<ObserveCandidate> gone_since(
    const Page& page, const std::vector<Page>& earlier,
    const std::function<bool(const browser::Element&)>& is_that);
// That it is not there (absent.cc).
std::vector<ObserveCandidate> text_absent(const Page& page, const Observation& seen,
                                          const std::vector<Page>& earlier);
// "there are no expenses", where the page itself says so: "No expenses yet", "Your cart is empty".
std::vector<ObserveCandidate> said_to_be_none(const Page& page, const Observation& seen);
// What a field holds, what state something is in (states.cc).
std::vector<ObserveCandidate> value_candidates(const Page& page, const Observation& seen);
std::vector<ObserveCandidate> state_candidates(const Page& page, const Observation& seen,
                                               const std::vector<Page>& earlier);

// The text `seen.expected` in the place that the step names; `earlier`: the pages before, latest
// last.
std::vector<ObserveCandidate> text_present(const Page& page, const Observation& seen,
                                           const std::vector<Page>& earlier);
// A text "in the list", where the page has no list that is one by its elements: in one of several
// things that are alike.
std::vector<ObserveCandidate> text_in_item(const Page& page, const Observation& seen,
                                           const std::vector<Page>& earlier);
// "the total in the cart is '€ 5'", "the row of 'Sencha' shows status 'Paid'" (content.cc).
std::vector<ObserveCandidate> content_candidates(const Page& page, const Observation& seen,
                                                 const std::vector<Page>& earlier);
// "the list 'Done' is empty": nothing of it is left to see, but for what holds it.
std::vector<ObserveCandidate> empty_list_candidates(const Page& page, const Observation& seen);

}  // namespace vouch::features::ground
