#include "features/explore/proposals.h"

#include <algorithm>
#include <map>
#include <set>

namespace vouch::features::explore {
namespace {

constexpr std::size_t kNameBytesMax = 60;

// Stands between quotation marks on one line of a feature.
bool is_quotable(const std::string& text) {
  return !text.empty() && text.size() <= kNameBytesMax &&
         text.find_first_of("\"\n\r<>|\\") == text.npos;
}

const VisitedPage* page_at(const std::vector<VisitedPage>& pages, const std::string& path) {
  auto found = std::ranges::find(pages, path, &VisitedPage::path);
  return found == pages.end() ? nullptr : &*found;
}

bool has_heading(const VisitedPage& page, const std::string& text) {
  return std::ranges::find(page.headings, text) != page.headings.end();
}

struct Way {
  std::string link, heading;
};

using Met = std::set<std::pair<std::string, std::string>>;  // (name, path) of links

// What the page's links lead to, where arriving can be told from staying, but for those that were
// met before.
std::vector<Way> ways_from(const std::vector<VisitedPage>& pages, const VisitedPage& page,
                           Met& met) {
  std::vector<Way> ways;
  for (const VisitedPage::Link& link : page.links) {
    if (ways.size() == kScenariosOfProposalMax) break;
    const VisitedPage* target = page_at(pages, link.path);
    if (target == nullptr || !is_quotable(link.name) || !is_quotable(target->heading)) continue;
    // A heading that stands on the page before proves nothing by being seen.
    if (has_heading(page, target->heading)) continue;
    if (!met.emplace(link.name, link.path).second) continue;
    const bool again =
        std::ranges::any_of(ways, [&](const Way& way) { return way.heading == target->heading; });
    if (!again) ways.push_back({link.name, target->heading});
  }
  return ways;
}

}  // namespace

VisitedPage visited_page(const ground::Page& page, std::string path,
                         const std::vector<VisitedPage::Link>& links) {
  VisitedPage visited;
  visited.path = std::move(path);
  int headings = 0;
  for (const browser::Element& e : page.elements()) {
    if (e.role != "heading") continue;
    visited.headings.push_back(e.name);
    if (e.level != 1) continue;
    visited.heading = ++headings == 1 ? e.name : "";
  }
  if (headings != 1) visited.heading.clear();
  std::map<std::string, int> times;
  for (const VisitedPage::Link& link : links) ++times[link.name];
  for (const VisitedPage::Link& link : links) {
    if (times[link.name] == 1 && link.path != visited.path) visited.links.push_back(link);
  }
  return visited;
}

std::vector<Proposal> propose(const std::vector<VisitedPage>& pages) {
  std::vector<Proposal> proposals;
  Met met;
  for (const VisitedPage& page : pages) {
    if (proposals.size() == kProposalsMax) break;
    const bool is_start = &page == &pages.front();
    if (!is_start && !is_quotable(page.heading)) continue;
    const std::vector<Way> ways = ways_from(pages, page, met);
    if (ways.empty()) continue;
    Proposal proposal;
    proposal.name =
        "Getting around from " + (is_start ? "the home page" : "\"" + page.heading + "\"");
    if (std::ranges::find(proposals, proposal.name, &Proposal::name) != proposals.end()) continue;
    proposal.gherkin = "Feature: " + proposal.name + "\n\n  Background:\n    Given I open " +
                       (is_start ? "the home page" : "\"" + page.path + "\"") + "\n";
    for (const Way& way : ways) {
      proposal.gherkin += "\n  Scenario: " + way.link + " leads to " + way.heading +
                          "\n    When I click the link \"" + way.link +
                          "\"\n    Then I should see the heading \"" + way.heading + "\"\n";
    }
    proposal.rationale =
        (is_start ? std::string("The home page") : "The page \"" + page.heading + "\"") + " has " +
        std::to_string(ways.size()) + (ways.size() == 1 ? " link to a page" : " links to pages") +
        " whose heading says where one is.";
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace vouch::features::explore
