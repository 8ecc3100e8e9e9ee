// How a test should find an element: locators in Playwright's own order of preference, to be proven
// unique by the browser.
#pragma once

#include <string>
#include <vector>

#include "browser/plan.h"
#include "features/ground/page.h"

namespace vouch::features::ground {

struct LocateHints {
  // What the step says stands beside it ("for X"): containers are described by these elements'
  // texts first.
  std::vector<int> anchors;
  // Texts that the locator must not rest on, since they are what is asserted or what will change.
  std::vector<std::string> avoid;
};

// Within the element's own document, best first: role and name, label, placeholder, text, alt,
// title, test id; the same within a named container; an id or class; nth last. None of them is
// known to be unique: Session::resolve tells.
std::vector<browser::Locator> locators_for(const Page& page, int id, const LocateHints& hints = {});

// The same from the page, where the element stands in a frame: what was found within its document
// is looked for in that frame.
std::vector<browser::Locator> in_frame_of(const Page& page, int id,
                                          std::vector<browser::Locator> locators);

// Locators of a container (row, list item, card, region …) that tell it from its like, best first;
// empty when nothing does.
std::vector<browser::Locator> container_locators(const Page& page, int id,
                                                 const LocateHints& hints);

// Whether one of the steps says the text, whatever its case.
bool mentions(const std::vector<browser::LocatorStep>& steps, const std::string& text);

// One-step locators.
browser::LocatorStep by_role(std::string role, std::optional<std::string> name = {},
                             bool exact = false);
browser::LocatorStep by_text(std::string text, bool exact = false);
browser::LocatorStep by_css(std::string selector);
browser::LocatorStep by_nth(int index);
browser::LocatorStep has_text(std::string text);
browser::LocatorStep has(browser::Locator inner);

}  // namespace vouch::features::ground
