#include "features/ground/scout.h"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "features/ground/act.h"
#include "features/ground/groups.h"
#include "features/ground/pause.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr int kDepthMax = 2;           // links from the page that is shown
constexpr double kOpensFormMin = 0.9;  // similarity of a name with "Add book"
constexpr std::int64_t kAtRestMs = 50;

// What only leads further into the site: a tab, a part of a menu, "Get started".
bool leads_further(const Page& page, const Element& e) {
  constexpr std::array<std::string_view, 5> kAlone = {"start", "begin", "explore", "browse",
                                                      "skip"};
  constexpr std::array<std::string_view, 6> kBegins = {"get started", "start shopping", "shop now",
                                                       "view all",    "show all",       "see all"};
  const bool is_pressed = e.role == "button" || e.role == "link" || e.role == "tab";
  if (!e.visible || e.disabled || e.name.empty() || !is_pressed) return false;
  if (explore::sounds_destructive(e.name, e.href)) return false;
  if (e.role == "tab" || leads_on(page, e.id)) return !does_something(e);
  const std::string name = fold(e.name);
  return std::ranges::find(kAlone, name) != kAlone.end() ||
         std::ranges::any_of(kBegins, [&](auto words) { return name.starts_with(words); });
}

// A link to another page, which is looked at by its address.
bool leads_elsewhere(const Element& e, const std::string& here, const explore::SiteMap& map) {
  return !e.href.empty() && map.path_of(e.href) != here;
}

// The addresses within the site that the page links to.
std::vector<std::string> addresses_of(const Page& page, const explore::SiteMap& map) {
  std::vector<std::string> found;
  for (const Element& e : page.elements()) {
    if (!e.visible || e.role != "link" || e.href.empty() || does_something(e) ||
        explore::sounds_destructive(e.name, e.href))
      continue;
    auto path = map.path_of(e.href);
    if (path && !path->contains('#')) found.push_back(*std::move(path));
  }
  return found;
}

}  // namespace

bool has_place_for(const Page& page, const Act& act) {
  if (act.kind == ActKind::kSearch) return !find_search_fields(page).empty();
  const std::vector<ActCandidate> ways = act_candidates(page, act, {});
  if (!ways.empty() && ways.front().score >= kSure) return true;
  if (act.kind != ActKind::kFill || act.adds.empty()) return false;
  const std::vector<std::string> openers = form_openers(act);
  return std::ranges::any_of(page.elements(), [&](const Element& e) {
    const bool is_pressed = e.visible && (e.role == "button" || e.role == "link");
    return is_pressed && std::ranges::any_of(openers, [&](const std::string& name) {
             return similarity(name, e.name) >= kOpensFormMin;
           });
  });
}

asio::awaitable<Result<Page>> Scout::look(PageTest is_there) {
  const auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  for (;;) {
    VOUCH_CO_TRY(browser::Snapshot snapshot, co_await session_->snapshot());
    Page page(std::move(snapshot));
    map_.add(page);
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0 || is_there(page)) co_return page;
    VOUCH_CO_TRY(const bool rests, co_await session_->at_rest(kAtRestMs, left));
    if (rests) co_return page;
    co_await pause();
  }
}

asio::awaitable<Result<std::optional<Page>>> Scout::visit(std::string path, PageTest is_there) {
  if (!session_) {
    VOUCH_CO_TRY(session_, co_await scenario_.fork());
  }
  const Action go_there{Action::Kind::kGoto, {}, std::move(path)};
  const Result<browser::Effect> effect = co_await session_->perform(go_there);
  if (!effect && effect.error().code == ErrorCode::kInvalidRequest) co_return std::nullopt;
  if (!effect) co_return std::unexpected(effect.error());
  VOUCH_CO_TRY(Page page, co_await look(std::move(is_there)));
  co_return page;
}

asio::awaitable<Result<bool>> Scout::fits(std::string path, PageTest is_there) {
  VOUCH_CO_TRY(const std::optional<Page> page, co_await visit(std::move(path), is_there));
  co_return page&& is_there(*page);
}

asio::awaitable<Result<std::optional<std::string>>> Scout::page_near(std::string here,
                                                                     PageTest is_there) {
  struct Stop {
    std::string path;
    int depth = 0;
  };
  std::deque<Stop> next;
  next.push_back({here, 0});
  std::set<std::string> asked;
  while (!next.empty() && asked.size() <= kPagesMax) {
    const Stop stop = std::move(next.front());
    next.pop_front();
    if (!asked.insert(stop.path).second) continue;
    VOUCH_CO_TRY(const std::optional<Page> page, co_await visit(stop.path, is_there));
    if (!page) continue;
    if (stop.path != here && is_there(*page)) co_return stop.path;
    if (stop.depth == kDepthMax) continue;
    for (std::string& path : addresses_of(*page, map_))
      next.push_back({std::move(path), stop.depth + 1});
  }
  co_return std::nullopt;
}

asio::awaitable<Result<std::optional<Element>>> Scout::control_on(std::string here,
                                                                  PageTest is_there) {
  std::set<std::string> pressed;
  while (site_.repeatable && pressed.size() < kPressedMax) {
    VOUCH_CO_TRY(const std::optional<Page> page, co_await visit(here, is_there));
    if (!page) break;
    const auto control = std::ranges::find_if(page->elements(), [&](const Element& e) {
      return leads_further(*page, e) && !leads_elsewhere(e, here, map_) &&
             !pressed.contains(e.name);
    });
    if (control == page->elements().end()) break;
    pressed.insert(control->name);
    const std::vector<browser::Locator> ways = locators_for(*page, control->id, {});
    VOUCH_CO_TRY(const std::optional<std::size_t> way,
                 co_await session_->resolve(control->id, ways));
    if (!way) continue;
    const Action press{Action::Kind::kClick, ways[*way], ""};
    const Result<browser::Effect> effect = co_await session_->perform(press);
    if (!effect && effect.error().code == ErrorCode::kInvalidRequest) continue;
    if (!effect) co_return std::unexpected(effect.error());
    VOUCH_CO_TRY(const Page there, co_await look(is_there));
    if (is_there(there)) co_return *control;
  }
  co_return std::nullopt;
}

}  // namespace vouch::features::ground
