// A walk's way to a page that a step names.
#include <algorithm>
#include <array>

#include "features/ground/sign_in.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

constexpr double kSurelyNamed = 0.9;  // a link or page that bears the name a step gives a page

bool is_start_name(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {
      "",     "home", "homepage", "home page", "start",       "start page", "main",
      "site", "app",  "website",  "front",     "application", "index",      "landing"};
  return std::find(kNames.begin(), kNames.end(), fold(name)) != kNames.end();
}

}  // namespace

Walk::Done Walk::open_page(const Act& said, Items* items) {
  Act act = said;
  if (auto own = without_site_name(act.target.name, nullptr))
    act.target.alternatives.push_back(std::move(*own));
  if (!act.value.empty()) {
    std::string address = act.value;
    if (auto path = map_.path_of(address)) address = *path;
    co_return co_await go(address, items);
  }
  const std::string& name = act.target.name;
  bool fresh = !opened_;
  if (fresh) {
    if (auto path = map_.learnt(name)) co_return co_await go(*path, items);
    VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  } else if (is_start_name(name)) {
    co_return co_await go(map_.start(), items);
  }
  VOUCH_CO_TRY(Page page, co_await look());
  auto fits = [&](const Page& shown) {
    double best = page_score(shown, name);
    for (const std::string& other : act.target.alternatives)
      best = std::max(best, 0.95 * page_score(shown, other));
    if (names_sign_in_page(act.target) && is_sign_in_page(shown)) best = 1;
    return best;
  };
  if (fresh && is_start_name(name)) co_return Result<void>{};
  if ((fresh || act.ensures_state) && fits(page) >= 0.85) co_return Result<void>{};
  Target link = act.target;
  link.kind = ElementKind::kLink;
  std::optional<std::string> doubtful;  // a link that may lead there, and led to something else
  const std::vector<Ranked> links = rank(page, link, Purpose::kClick);
  auto alone = [&](const Ranked& one) {  // no other link of that name leads to another page
    return std::none_of(links.begin(), links.end(), [&](const Ranked& other) {
      const Element &a = page.at(one.id), &b = page.at(other.id);
      return other.score > one.score - kTie && b.role == "link" && b.href != a.href;
    });
  };
  for (const Ranked& ranked : links) {
    const Element& e = page.at(ranked.id);
    if (ranked.score < 0.7) break;
    if (does_something(e)) continue;
    if (ranked.score < kSurelyNamed && explore::sounds_destructive(e.name, e.href)) continue;
    std::optional<std::string> path =
        e.role == "link" && !e.href.empty() ? map_.path_of(e.href) : std::nullopt;
    if (path &&
        (fresh || phase_ == Phase::kGiven)) {  // the way there is not what the scenario is about
      Items way;
      VOUCH_CO_TRY_VOID(co_await go(*path, &way));
      VOUCH_CO_TRY(Page there, co_await look());
      if (fits(there) < kSurelyNamed && (ranked.score < kSurelyNamed || !alone(ranked))) {
        if (!doubtful) doubtful = path;
        continue;
      }
      if (fresh) {
        items->clear();
        map_.learn(name, *path);
      }
      items->insert(items->end(), way.begin(), way.end());
      co_return Result<void>{};
    }
    if (doubtful) continue;
    bool single_page = path && path->find('#') != std::string::npos;
    if (path || single_page || e.role == "button" || e.role == "link" || e.role == "tab" ||
        e.role == "menuitem") {
      Act click = act;
      click.kind = ActKind::kClick;
      click.target = link;
      co_return co_await element_act(click, items);
    }
  }
  std::optional<std::string> known = map_.find(name, act.target.alternatives);
  if (!known) {
    VOUCH_CO_TRY_VOID(co_await map_.walk(host_, site_.context(), name, act.target.alternatives));
    known = map_.find(name, act.target.alternatives);
  }
  if (!known) known = doubtful;
  if (known) {
    if (fresh) {
      items->clear();
      map_.learn(name, *known);
    }
    co_return co_await go(*known, items);
  }
  if (fits(page) >= 0.6) co_return Result<void>{};
  // "the acme login page": whose it is, the page need not say; its button signs in.
  if (ends_with_sign_in(name) && is_sign_in_page(page)) co_return Result<void>{};
  Act click = act;
  click.kind = ActKind::kClick;
  co_return co_await element_act(click, items);
}

}  // namespace vouch::features::ground
