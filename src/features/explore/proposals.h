// From what a walk through a site has shown to features that are worth proposing. Pure.
#pragma once

#include <string>
#include <vector>

#include "features/ground/page.h"

namespace vouch::features::explore {

// A page that was visited.
struct VisitedPage {
  std::string path;     // on the site
  std::string heading;  // its one heading of the first level; empty: it has none, or several
  std::vector<std::string> headings;  // all of them
  struct Link {
    std::string name, path;
  };
  std::vector<Link> links;  // to other pages of the site, whose names are theirs alone on the page
};

VisitedPage visited_page(const ground::Page& page, std::string path,
                         const std::vector<VisitedPage::Link>& links);

struct Proposal {
  std::string name;
  std::string gherkin;
  std::string rationale;
};

inline constexpr std::size_t kProposalsMax = 10;
inline constexpr std::size_t kScenariosOfProposalMax = 10;

// A feature for every page with links that lead to pages which say by their heading where one is.
// `pages` in the order of the walk, the start first. A link that stands on many pages is proposed
// once, where it was met first.
std::vector<Proposal> propose(const std::vector<VisitedPage>& pages);

}  // namespace vouch::features::explore
