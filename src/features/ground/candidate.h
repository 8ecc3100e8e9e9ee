// How the candidates of an observation are made; shared by the files that make them.
#pragma once

#include <string>
#include <vector>

#include "features/ground/observe.h"

namespace vouch::features::ground {

inline constexpr double kSurelyLabelled = 0.7;  // nothing else is meant
inline constexpr double kAsGood = 0.06;         // below the best: something else

browser::Assertion make(browser::Assertion::Matcher matcher, bool negated);
browser::Assertion with_text(browser::Assertion::Matcher matcher, bool negated,
                             browser::TextExpectation text);
// On the page, or on what these steps find.
ObserveCandidate direct(double score, browser::Assertion assertion,
                        std::vector<browser::LocatorStep> steps, std::string note);
ObserveCandidate on_element(double score, browser::Assertion assertion, const Page& page,
                            int element, const LocateHints& hints);

// The text `seen.expected` in the place that the step names; `earlier`: the pages before, latest
// last.
std::vector<ObserveCandidate> text_present(const Page& page, const Observation& seen,
                                           const std::vector<Page>& earlier);
// "the total in the cart is '€ 5'", "the row of 'Sencha' shows status 'Paid'" (content.cc).
std::vector<ObserveCandidate> content_candidates(const Page& page, const Observation& seen);
// "the list 'Done' is empty": nothing of it is left to see, but for what holds it.
std::vector<ObserveCandidate> empty_list_candidates(const Page& page, const Observation& seen);

}  // namespace vouch::features::ground
