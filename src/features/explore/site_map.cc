#include "features/explore/site_map.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <set>

#include "features/explore/visitor.h"
#include "features/ground/rank.h"
#include "features/ground/similarity.h"

namespace vouch::features::explore {
namespace {

constexpr double kFoundMin = 0.8;

// "Next", "2": a link to more of a list.
bool continues_list(const std::string& name) {
  const std::string folded = ground::fold(name);
  return folded == "next" || folded == "next page" || folded == "more" || folded == "older" ||
         (!folded.empty() && folded.size() <= 3 &&
          folded.find_first_not_of("0123456789") == std::string::npos);
}

// "/products/" of "/products/sencha"; the pages of a list lie beside the list.
std::string folder_of(std::string_view path) {
  path = path.substr(0, path.find('?'));
  return std::string(path.substr(0, path.rfind('/') + 1));
}

}  // namespace

bool sounds_destructive(const std::string& name, const std::string& href) {
  std::vector<std::string> all = ground::words(name + " " + href);
  for (const char* word :
       {"logout", "signout", "delete", "remove", "unsubscribe", "cancel", "destroy"}) {
    if (std::find(all.begin(), all.end(), word) != all.end()) return true;
  }
  std::string folded = ground::fold(name + " " + href);
  return folded.find("log out") != std::string::npos ||
         folded.find("sign out") != std::string::npos;
}

SiteMap::SiteMap(const std::string& site_url) {
  auto url = boost::urls::parse_uri(site_url);
  start_ = "/";
  if (!url) return;
  origin_ = std::string(url->encoded_origin());
  start_ = std::string(url->encoded_target());
  if (start_.empty()) start_ = "/";
}

std::optional<std::string> SiteMap::path_of(std::string_view url) const {
  auto parsed = boost::urls::parse_uri_reference(url);
  if (!parsed) return std::nullopt;
  if (parsed->has_authority() && std::string(parsed->encoded_origin()) != origin_)
    return std::nullopt;
  if (parsed->has_scheme() && !parsed->has_authority())
    return std::nullopt;  // mailto:, javascript:
  std::string path(parsed->encoded_target());
  if (path.empty()) path = "/";
  return path;
}

void SiteMap::add(const ground::Page& page) {
  std::optional<std::string> path = path_of(page.snapshot().url);
  if (!path) return;
  Known& known = pages_[*path];
  known.visited = true;
  known.title = page.snapshot().title;
  known.headings.clear();
  int depth = known.depth;
  // Several headings of the second level are called as the page's parts: the items of a list.
  for (int level = 1; level <= 2 && known.headings.empty(); ++level) {
    for (const browser::Element& e : page.elements()) {
      if (e.role == "heading" && e.level == level) known.headings.push_back(e.name);
    }
    if (level == 2 && known.headings.size() > 1) known.headings.clear();
  }
  known.texts.clear();
  for (const browser::Element& e : page.elements()) {
    const bool says = e.visible && !e.own_text.empty() && e.own_text.size() <= kTextBytesMax;
    if (says && known.texts.size() < kTextsMax) known.texts.push_back(ground::fold(e.own_text));
  }
  for (const browser::Element& e : page.elements()) {
    if (e.href.empty()) continue;
    add_link(e.name, e.href, depth + 1);
    add_link(e.title, e.href, depth + 1);
  }
  for (const browser::FoldedAway& one : page.snapshot().folded) {
    if (!one.href.empty()) add_link(one.name, one.href, depth + 1);
  }
}

void SiteMap::add_link(const std::string& name, const std::string& href, int depth) {
  std::optional<std::string> target = path_of(href);
  if (!target || sounds_destructive(name, href)) return;
  if (pages_.size() >= kPagesKnownMax && !pages_.contains(*target)) return;
  auto [at, added] = pages_.try_emplace(*target);
  if (added) at->second.depth = depth;
  auto& names = at->second.link_names;
  if (name.empty() || names.size() >= kNamesMax) return;
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

double SiteMap::score(const std::string& path, const Known& known, std::string_view name) const {
  double best = 0;
  if (known.visited) {
    browser::Snapshot snapshot;
    snapshot.url = origin_ + path;
    snapshot.title = known.title;
    for (const std::string& heading : known.headings) {
      browser::Element e;
      e.role = "heading";
      e.name = heading;
      e.level = 1;
      e.id = static_cast<int>(snapshot.elements.size());
      snapshot.elements.push_back(std::move(e));
    }
    best = ground::page_score(ground::Page(std::move(snapshot)), name);
  }
  for (const std::string& link : known.link_names)
    best = std::max(best, 0.97 * ground::similarity(name, link));
  std::string last = path.substr(0, path.find('?'));
  last = last.substr(last.rfind('/') + 1);
  return std::max(best, 0.9 * ground::similarity(name, last));
}

std::optional<std::string> SiteMap::find(std::string_view name,
                                         const std::vector<std::string>& alternatives) const {
  double best = kFoundMin;
  std::optional<std::string> found;
  for (const auto& [path, known] : pages_) {
    double fit = score(path, known, name);
    for (const std::string& other : alternatives)
      fit = std::max(fit, 0.95 * score(path, known, other));
    fit -= 0.001 * static_cast<double>(path.size());  // of equals, the shortest address
    if (fit > best) {
      best = fit;
      found = path;
    }
  }
  return found;
}

std::optional<std::string> SiteMap::find_text(std::string_view text) const {
  const std::string folded = ground::fold(text);
  std::optional<std::string> found;
  for (const auto& [path, known] : pages_) {
    if (folded.empty() || std::ranges::find(known.texts, folded) == known.texts.end()) continue;
    if (!found || path.size() < found->size()) found = path;
  }
  return found;
}

void SiteMap::learn(std::string_view name, std::string path) {
  learnt_.insert_or_assign(std::string(name), std::move(path));
}

std::optional<std::string> SiteMap::learnt(std::string_view name) const {
  const auto found = learnt_.find(name);
  return found == learnt_.end() ? std::nullopt : std::optional(found->second);
}

// Near the start, and of pages that lie beside each other (one for each product) only some: lists
// go on with their next page before each of their items is looked at.
std::optional<std::string> SiteMap::next_to_visit(const std::set<std::string>& asked,
                                                  const std::map<std::string, int>& of_kind) const {
  std::optional<std::string> best;
  int least = 0;
  for (const auto& [path, known] : pages_) {
    if (known.visited || known.depth > kDepthMax || asked.contains(path)) continue;
    const auto beside = of_kind.find(folder_of(path));
    const bool goes_on = std::ranges::any_of(known.link_names, continues_list);
    const int cost =
        known.depth + (beside == of_kind.end() || goes_on ? 0 : beside->second) - (goes_on ? 1 : 0);
    if (best && cost >= least) continue;
    best = path;
    least = cost;
  }
  return best;
}

boost::asio::awaitable<Result<void>> SiteMap::walk(browser::Host& host,
                                                   const browser::ContextOptions& options,
                                                   std::string name,
                                                   std::vector<std::string> alternatives) {
  if (walked_) co_return Result<void>{};
  Visitor visitor(host, options);
  std::set<std::string> asked;
  std::map<std::string, int> of_kind;  // how many were asked for below one address
  std::optional<std::string> path = start_;
  for (int visited = 0; visited < kPagesMax && path && !visitor.has_had_enough(); ++visited) {
    asked.insert(*path);
    ++of_kind[folder_of(*path)];
    auto visit = co_await visitor.visit(*path);
    if (visit) add(ground::Page(std::move(visit->snapshot)));
    if (find(name, alternatives)) co_return Result<void>{};
    path = next_to_visit(asked, of_kind);
  }
  walked_ = true;
  co_return Result<void>{};
}

}  // namespace vouch::features::explore
