// Looks around near a page for one that has what a step needs, in a browser session of its own that
// begins with what the scenario's has by then: that one's browser stays as it is. What the site
// keeps for who is signed in is the same for both. Pages are opened by their addresses; only what
// leads further within the site is pressed, nothing that sounds like deleting or signing out, and
// nothing at all where what is done on the site cannot be undone.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "features/ground/scenario.h"

namespace vouch::features::ground {

using PageTest = std::function<bool(const Page&)>;

// What the act is done to is on the page, or what opens the form for it.
bool has_place_for(const Page& page, const Act& act);

class Scout {
 public:
  static constexpr std::size_t kPagesMax = 10;   // behind the page's links, and behind theirs
  static constexpr std::size_t kPressedMax = 6;  // controls that lead further within a page

  // All are borrowed.
  Scout(browser::Session& scenario, const Site& site, explore::SiteMap& map)
      : scenario_(scenario), site_(site), map_(map) {}

  // Whether the page at this address fits.
  boost::asio::awaitable<Result<bool>> fits(std::string path, PageTest is_there);
  // The address of the first page near `here` that fits; nothing: none does.
  boost::asio::awaitable<Result<std::optional<std::string>>> page_near(std::string here,
                                                                       PageTest is_there);
  // What has to be pressed on the page `here` to be shown what fits.
  boost::asio::awaitable<Result<std::optional<browser::Element>>> control_on(std::string here,
                                                                             PageTest is_there);

 private:
  // The page at the address; nothing: it does not come.
  boost::asio::awaitable<Result<std::optional<Page>>> visit(std::string path, PageTest is_there);
  // The page once it fits, or once nothing is under way that could bring that.
  boost::asio::awaitable<Result<Page>> look(PageTest is_there);

  browser::Session& scenario_;
  const Site& site_;
  explore::SiteMap& map_;
  std::unique_ptr<browser::Session> session_;
};

}  // namespace vouch::features::ground
