// A walk's way to a page that a step names.
#include <algorithm>
#include <array>
#include <set>

#include "base/words.h"
#include "features/ground/sign_in.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Element;

namespace {

constexpr std::array<std::string_view, 6> kItemPage = {"product", "item", "detail",
                                                       "details", "page", "product details"};
constexpr double kSurelyNamed = 0.9;  // a link or page that bears the name a step gives a page

constexpr double kIsThatStep = 0.75;  // the step of a form that a step names
constexpr int kStepsMax = 8;          // of one form

constexpr std::size_t kBeyondMax = 16;  // pages looked at for one that only this session can reach

bool is_start_name(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {
      "",     "home", "homepage", "home page", "start",       "start page", "main",
      "site", "app",  "website",  "front",     "application", "index",      "landing"};
  return std::find(kNames.begin(), kNames.end(), fold(name)) != kNames.end();
}

// A part of the page that its makers call so is shown.
bool shows_part(const Page& page, const Target& target) {
  std::vector<std::string> names = {fold(target.name)};
  for (const std::string& other : target.alternatives) names.push_back(fold(other));
  const auto is_named = [&](const std::string& called) {
    return !called.empty() && std::ranges::find(names, fold(called)) != names.end();
  };
  return std::ranges::any_of(page.elements(), [&](const Element& e) {
    return e.visible && !e.text.empty() && !is_interactive(e) &&
           (is_named(e.html_id) || std::ranges::any_of(classes_of(e), is_named));
  });
}

// The page's title, address or headings have what the name says, but for what any start page may be
// called; "the overview" says no more than that.
bool is_about(const Page& page, const std::string& name) {
  static const std::set<std::string_view> kAnyPage = {
      "page",   "site",    "website", "app",      "application", "demo",    "home",
      "start",  "main",    "the",     "a",        "of",          "gallery", "catalogue",
      "view",   "catalog", "example", "overview", "index",       "tool",    "screen",
      "system", "portal",  "my",      "examples", "form",        "fresh",   "blank"};
  static const std::set<std::string_view> kAnyStart = {"the",  "overview", "page",
                                                       "site", "app",      "website"};
  const std::vector<std::string> named = words(name);
  const auto all = [&](const auto& holds) { return std::ranges::all_of(named, holds); };
  if (all([](const std::string& word) { return kAnyStart.contains(word); })) return true;
  std::set<std::string> said;
  const auto note = [&](const std::string& text) {
    for (std::string& word : words(text)) said.insert(std::move(word));
  };
  note(page.snapshot().title);
  note(page.path());
  for (const Element& e : page.elements())
    if (e.visible && e.role == "heading" && e.level <= 2) note(e.name);
  const auto is_said = [&](const std::string& word) { return said.contains(word); };
  return std::ranges::any_of(named, is_said) &&
         all([&](const std::string& word) { return is_said(word) || kAnyPage.contains(word); });
}

// What is to be read on the page, as it stands.
std::string all_that_is_told(const Page& page) {
  std::string all;
  for (const Element& e : page.elements())
    if (e.visible) all += e.own_text + '\n';
  return all;
}

// Its title has each of the words.
bool is_titled_with(const Page& page, const std::string& name) {
  const std::vector<std::string> titled = words(page.snapshot().title);
  return std::ranges::all_of(words(name), [&](const std::string& word) {
    return std::ranges::any_of(
        titled, [&](const std::string& other) { return singular(other) == singular(word); });
  });
}

}  // namespace

// A form in several steps: on with what leads on, until that step is shown. False where there is
// none, or it leads nowhere.
asio::awaitable<Result<bool>> Walk::go_forward(const std::function<bool(const Page&)>& is_there,
                                               Items* items) {
  constexpr double kSurely = 0.8;
  Act next{.kind = ActKind::kClick};
  next.target = {.kind = ElementKind::kButton,
                 .name = "Next",
                 .alternatives = {"Next step", "Continue", "Proceed"}};
  std::string before;
  for (int pressed = 0; pressed < kStepsMax; ++pressed) {
    VOUCH_CO_TRY(const Page page, co_await look());
    if (is_there(page)) co_return pressed > 0;
    std::string told = all_that_is_told(page);
    if (pressed > 0 && told == before) break;
    before = std::move(told);
    const std::vector<ActCandidate> ways = act_candidates(page, next, visit_.memory);
    if (ways.empty() || ways.front().score < kSurely) break;
    VOUCH_CO_TRY_VOID(co_await perform(&page, ways.front(), items));
  }
  co_return false;
}

// "the reviews of 'Assam'", "the product page of 'Assam'": by way of the page of the item.
Walk::Done Walk::open_page_of_item(const Act& act, Items* items) {
  Act item{.kind = ActKind::kOpen, .ensures_state = act.ensures_state};
  item.target = {
      .kind = ElementKind::kPage, .name = act.target.scopes.front().name, .quoted = true};
  VOUCH_CO_TRY_VOID(co_await open_page(item, items));
  const std::string name = fold(act.target.name);
  if (std::ranges::find(kItemPage, name) != kItemPage.end()) co_return Result<void>{};
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::string one = name.ends_with('s') ? name.substr(0, name.size() - 1) : name;
  for (const Element& e : page.elements()) {
    if (!e.visible || (e.role != "link" && e.role != "tab" && e.role != "button")) continue;
    const std::vector<std::string> said = words(e.name);
    const bool fits = std::ranges::any_of(
        said, [&](const std::string& word) { return word == name || word == one; });
    if (!fits || does_something(e)) continue;
    if (const auto path = e.href.empty() ? std::nullopt : map_.path_of(e.href))
      co_return co_await go(*path, items);
    Act press{.kind = ActKind::kClick, .target = {.name = e.name, .quoted = true}};
    co_return co_await element_act(press, items);
  }
  co_return not_grounded("the page of «" + item.target.name + "» has no link to its «" +
                         act.target.name + "».");
}

// Goes to the page of the item that an act names, where it is not on the one that is shown and the
// act can be done there.
asio::awaitable<Result<bool>> Walk::reach(const Act& act, Items* items) {
  const std::string& item = act.target.scopes.front().name;
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::optional<std::string> here = map_.path_of(page.snapshot().url);
  if (!here || page_score(page, item) >= kSurelyNamed) co_return false;
  std::optional<std::string> path = map_.find(item, {});
  if (!path) {
    VOUCH_CO_TRY_VOID(co_await map_.walk(host_, site_.context(), item, {}));
    path = map_.find(item, {});
  }
  if (!path) path = map_.find_text(item);
  if (!path || path == here) co_return false;
  Scout scout(*session_, site_, map_);
  PageTest is_there = [&act](const Page& shown) { return has_place_for(shown, act); };
  VOUCH_CO_TRY(const bool fits, co_await scout.fits(*path, std::move(is_there)));
  if (!fits) co_return false;
  VOUCH_CO_TRY_VOID(co_await go(*path, items));
  co_return true;
}

Walk::Done Walk::open_page(const Act& said, Items* items) {
  Act act = said;
  if (auto own = without_site_name(act.target.name, nullptr))
    act.target.alternatives.push_back(std::move(*own));
  if (!act.value.empty()) {
    std::string address = act.value;
    if (auto path = map_.path_of(address)) address = *path;
    co_return co_await go(address, items);
  }
  if (auto path = site_.words.path_of(act.target.name)) co_return co_await go(*path, items);
  const bool of_item = !act.target.scopes.empty() && act.target.scopes.front().quoted;
  if (of_item && !act.target.name.empty()) co_return co_await open_page_of_item(act, items);
  const std::string& name = act.target.name;
  bool fresh = !visit_.opened;
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
    // "the restaurant's booking page": the site's own name, "Restaurant Table Booking".
    if (!act.target.scopes.empty() && !act.target.scopes.front().quoted &&
        is_titled_with(shown, act.target.scopes.front().name + " " + name))
      best = std::max(best, kSurelyNamed);
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
  // Where links lead on, a page is looked for behind them.
  const bool has_links = std::ranges::any_of(page.elements(), [&](const Element& e) {
    return e.visible && e.role == "link" && !e.href.empty() && map_.path_of(e.href);
  });
  const bool is_step = name.ends_with(" step") || name.ends_with(" stage") || !has_links;
  Act named = act;
  named.kind = ActKind::kClick;
  const std::vector<ActCandidate> ways = act_candidates(page, named, visit_.memory);
  const bool leads_there = !ways.empty() && ways.front().score >= kSurelyNamed;
  if (phase_ == Phase::kGiven && act.ensures_state && is_step && !leads_there) {
    const std::function<bool(const Page&)> is_there = [&](const Page& shown) {
      return fits(shown) >= kIsThatStep || shows_part(shown, act.target);
    };
    VOUCH_CO_TRY(const bool there, co_await go_forward(is_there, items));
    if (there) co_return Result<void>{};
    if (acted_) co_return not_grounded("no step of what is filled in here is «" + name + "».");
  }
  Act click = act;
  click.kind = ActKind::kClick;
  // "the page of 'Assam'": a card that can be pressed leads there.
  if (act.target.quoted && act.ensures_state) click.kind = ActKind::kOpen;
  Result<void> clicked = co_await element_act(click, items);
  if (clicked || acted_ || phase_ != Phase::kGiven) co_return clicked;
  VOUCH_CO_TRY(known, co_await find_beyond(page, act));
  if (known) co_return co_await go(*known, items);
  const bool loaded = visit_.error_status == 0;
  if (!fresh || !act.ensures_state || name.empty() || !loaded || !is_about(page, name))
    co_return clicked;
  assume("«" + name + "» is taken to be the page that the site begins with.");
  co_return Result<void>{};
}

// A page that only who has come this far can reach, as a checkout is: by the pages that this one
// links to, in this very session. The session is back on this page where there is none.
asio::awaitable<Result<std::optional<std::string>>> Walk::find_beyond(const Page& page,
                                                                      const Act& act) {
  const std::optional<std::string> here = map_.path_of(page.snapshot().url);
  std::set<std::string> asked;
  if (here) asked.insert(*here);
  for (const Element& e : page.elements()) {
    if (!e.visible || e.role != "link" || e.href.empty() || does_something(e)) continue;
    const std::optional<std::string> path = map_.path_of(e.href);
    if (!path || explore::sounds_destructive(e.name, e.href) || !asked.insert(*path).second)
      continue;
    if (asked.size() > kBeyondMax) break;
    const Action go_there{Action::Kind::kGoto, {}, *path};
    VOUCH_CO_TRY_VOID(co_await session_->perform(go_there));
    VOUCH_CO_TRY_VOID(co_await look());
    std::optional<std::string> known = map_.find(act.target.name, act.target.alternatives);
    if (known) co_return known;
  }
  if (!here) co_return std::nullopt;
  const Action come_back{Action::Kind::kGoto, {}, *here};
  VOUCH_CO_TRY_VOID(co_await session_->perform(come_back));
  co_return std::nullopt;
}

}  // namespace vouch::features::ground
