#include "features/ground/candidate.h"

namespace vouch::features::ground {

using browser::Assertion;
using browser::Locator;
using browser::LocatorStep;
using Matcher = Assertion::Matcher;

Assertion make(Matcher matcher, bool negated) {
  Assertion made;
  made.matcher = matcher;
  made.negated = negated;
  return made;
}

Assertion with_text(Matcher matcher, bool negated, browser::TextExpectation text) {
  Assertion made = make(matcher, negated);
  made.expected.push_back(std::move(text));
  return made;
}

ObserveCandidate direct(double score, Assertion assertion, std::vector<LocatorStep> steps,
                        std::string note) {
  if (!steps.empty()) assertion.locator = Locator{std::move(steps)};
  return {score, {{std::move(assertion), -1, {}, {}}}, std::move(note)};
}

ObserveCandidate on_element(double score, Assertion assertion, const Page& page, int element,
                            const LocateHints& hints) {
  return {score,
          {{std::move(assertion), element, locators_for(page, element, hints), {}}},
          describe(page, element)};
}

}  // namespace vouch::features::ground
