// What is known of a site's pages while its features are generated: which there are and by what
// address. Filled from every snapshot that is taken anyway, and by a short, polite walk where a
// step names a page that was not met yet.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "browser/browser.h"
#include "features/ground/page.h"

namespace vouch::features::explore {

inline constexpr int kPagesMax = 20;  // of a walk
inline constexpr int kDepthMax = 3;
inline constexpr std::size_t kPagesKnownMax = 10'000;  // of a site, visited or only linked to
inline constexpr std::size_t kNamesMax = 20;           // that links give to one page
inline constexpr std::size_t kTextsMax = 400,
                             kTextBytesMax = 80;  // of a page, by which it is found

// Whether a link sounds like signing out, deleting or the like: nothing to follow on a search.
bool sounds_destructive(const std::string& name, const std::string& href);

class SiteMap {
 public:
  // `site_url`: where the site starts. Addresses are kept as paths with their query.
  explicit SiteMap(const std::string& site_url);

  void add(const ground::Page& page);
  // The address of the page called `name`, if one is known: a page that was seen, or a link that is
  // called so.
  std::optional<std::string> find(std::string_view name,
                                  const std::vector<std::string>& alternatives) const;
  // The address of a page that was seen and shows this text by itself; the shortest of several.
  std::optional<std::string> find_text(std::string_view text) const;
  // Scenarios begin with the same words: the way that was found for a page once is taken again.
  void learn(std::string_view name, std::string path);
  std::optional<std::string> learnt(std::string_view name) const;
  // Follows links (never buttons; nothing that sounds like signing out or deleting) from the start
  // until a page called `name` is found or the limits are reached. A walk is made once; then only
  // `find` answers.
  boost::asio::awaitable<Result<void>> walk(browser::Host& host,
                                            const browser::ContextOptions& options,
                                            std::string name,
                                            std::vector<std::string> alternatives);

  const std::string& start() const { return start_; }  // "/", "/shop/index.html"
  // `url` as a path on this site, nullopt for other sites.
  std::optional<std::string> path_of(std::string_view url) const;

 private:
  struct Known {
    std::string title;
    std::vector<std::string> headings;
    std::vector<std::string> link_names;
    std::vector<std::string> texts;  // folded, kTextsMax of kTextBytesMax each
    bool visited = false;
    int depth = 0;
  };
  std::optional<std::string> next_to_visit(const std::set<std::string>& asked,
                                           const std::map<std::string, int>& of_kind) const;
  void add_link(const std::string& name, const std::string& href, int depth);
  double score(const std::string& path, const Known& known, std::string_view name) const;

  std::string origin_;
  std::string start_;
  std::map<std::string, Known> pages_;
  std::map<std::string, std::string, std::less<>> learnt_;  // a page's name → its address
  bool walked_ = false;
};

}  // namespace vouch::features::explore
