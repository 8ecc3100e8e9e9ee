// A walk's way to where a step's things are: features begin on a page that they do not name.
#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "features/ground/act.h"
#include "features/ground/groups.h"
#include "features/ground/pause.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kPagesMax = 10;   // looked at, by their addresses
constexpr std::size_t kPressedMax = 6;  // controls that lead on within a page
constexpr int kDepthMax = 2;            // links from the page that is shown
constexpr double kForForm = 0.9;        // the name of what opens the form for a new thing

// What only leads further into the site: a tab, a part of a menu, "Get started".
bool leads_further(const Page& page, const Element& e) {
  constexpr std::array<std::string_view, 10> kWords = {
      "start", "started", "begin", "enter", "explore", "browse", "continue", "skip", "shop", "all"};
  const bool is_pressed = e.role == "button" || e.role == "link" || e.role == "tab";
  if (!e.visible || e.disabled || e.name.empty() || !is_pressed) return false;
  if (explore::sounds_destructive(e.name, e.href)) return false;
  if (e.role == "tab" || leads_on(page, e.id)) return !does_something(e);
  const std::vector<std::string> said = words(e.name);
  return std::ranges::any_of(said, [&](const std::string& word) {
    return std::ranges::find(kWords, std::string_view(word)) != kWords.end();
  });
}

// The addresses within the site that the page links to.
std::vector<std::string> addresses_of(const Page& page, const explore::SiteMap& map) {
  std::vector<std::string> found;
  for (const Element& e : page.elements()) {
    if (e.role != "link" || e.href.empty() || explore::sounds_destructive(e.name, e.href)) continue;
    auto path = map.path_of(e.href);
    if (path && !path->contains('#')) found.push_back(*std::move(path));
  }
  return found;
}

// A link to another page, which is looked at by its address.
bool leads_elsewhere(const Element& e, const std::string& here, const explore::SiteMap& map) {
  if (e.href.empty()) return false;
  const std::optional<std::string> path = map.path_of(e.href);
  return !path || *path != here;
}

ActCandidate press_on(const Page& page, int element) {
  ActCandidate press;
  press.element = element;
  press.action = {Action::Kind::kClick, {}, ""};
  press.note = describe(page, element);
  return press;
}

}  // namespace

bool has_place_for(const Page& page, const Act& act) {
  if (act.kind == ActKind::kSearch) return !find_search_fields(page).empty();
  const std::vector<ActCandidate> ways = act_candidates(page, act, {});
  if (!ways.empty() && ways.front().score >= kSure) return true;
  if (act.kind != ActKind::kFill || act.adds.empty()) return false;
  return std::ranges::any_of(page.elements(), [&](const Element& e) {
    if (!e.visible || (e.role != "button" && e.role != "link")) return false;
    return std::ranges::any_of(
        std::array{"Add ", "New ", "Add new ", "Create "},
        [&](const char* verb) { return similarity(verb + act.adds, e.name) >= kForForm; });
  });
}

// Looks at the pages that lie near the one that is shown, and at what its own tabs and menu show,
// for one where `is_there` holds, and goes there; false: there is none, and the page is shown anew.
asio::awaitable<Result<bool>> Walk::travel(std::string what,
                                           std::function<bool(const Page&)> is_there,
                                           Items* items) {
  travels_ = false;  // once in a reading
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::optional<std::string> here = map_.path_of(page.snapshot().url);
  if (!here) co_return false;
  VOUCH_CO_TRY(const std::optional<std::string> path,
               co_await page_where(page, *here, "where " + what, is_there));
  if (path) {
    assume("What «" + pickle_.steps[step_].text + "» needs is looked for on " + *path + ".");
    VOUCH_CO_TRY_VOID(co_await go(*path, items));
    co_return true;
  }
  VOUCH_CO_TRY(const std::optional<Element> control, co_await control_to(*here, is_there));
  const Action come_back{Action::Kind::kGoto, {}, *here};
  VOUCH_CO_TRY_VOID(co_await session_->perform(come_back));
  if (!control) co_return false;
  VOUCH_CO_TRY(const Page again, co_await look());
  const int element = find_again(again, *control);
  if (element < 0) co_return false;
  assume("What «" + pickle_.steps[step_].text + "» needs is shown by «" + control->name + "».");
  VOUCH_CO_TRY_VOID(co_await perform(&again, press_on(again, element), items));
  co_return true;
}

// The page when it holds, or when nothing is under way that could bring it.
asio::awaitable<Result<Page>> Walk::look_until(const std::function<bool(const Page&)>& is_there) {
  constexpr std::int64_t kAtRestMs = 50;
  const auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  for (;;) {
    VOUCH_CO_TRY(Page page, co_await look());
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0 || is_there(page)) co_return page;
    VOUCH_CO_TRY(const bool rests, co_await session_->at_rest(kAtRestMs, left));
    if (rests) co_return page;
    co_await pause();
  }
}

// … where the act can be done.
Walk::Done Walk::travel_for(const Act& act, Items* items) {
  const std::function<bool(const Page&)> is_there = [&](const Page& page) {
    return has_place_for(page, act);
  };
  VOUCH_CO_TRY_VOID(co_await travel(describe(Intent(act)), is_there, items));
  co_return Result<void>{};
}

// … where what the step says is to be seen.
Walk::Done Walk::travel_to_see(const std::vector<const Reading*>& readings, Items* items) {
  const Observation& seen = std::get<Observation>(readings.front()->intents.front());
  const bool is_told = seen.target.quoted || !seen.expected.empty() || !seen.rows.empty();
  if (!is_told || seen.negated) co_return Result<void>{};  // any page may show such a thing
  const std::function<bool(const Page&)> is_there = [&](const Page& page) {
    const std::vector<ObserveCandidate> found = observe_candidates(page, seen, {});
    return !found.empty() && found.front().score >= kAcceptMin;
  };
  VOUCH_CO_TRY_VOID(co_await travel(describe(Intent(seen)), is_there, items));
  co_return Result<void>{};
}

// Of the pages behind the links of this one, and behind theirs: the first where it holds.
asio::awaitable<Result<std::optional<std::string>>> Walk::page_where(
    const Page& page, const std::string& here, const std::string& known_as,
    const std::function<bool(const Page&)>& is_there) {
  struct Stop {
    std::string path;
    int depth = 1;
  };
  std::deque<Stop> next;
  if (auto path = map_.learnt(known_as)) next.push_back({*path, kDepthMax});
  for (std::string& path : addresses_of(page, map_)) next.push_back({std::move(path)});
  std::set<std::string> asked = {here};
  while (!next.empty() && asked.size() <= kPagesMax) {
    const Stop stop = std::move(next.front());
    next.pop_front();
    if (!asked.insert(stop.path).second) continue;
    const Action go_there{Action::Kind::kGoto, {}, stop.path};
    const Result<browser::Effect> effect = co_await session_->perform(go_there);
    if (!effect) continue;  // a download, or a page that does not come
    VOUCH_CO_TRY(const Page there, co_await look_until(is_there));
    if (is_there(there)) {
      map_.learn(known_as, stop.path);
      co_return stop.path;
    }
    if (stop.depth == kDepthMax) continue;
    for (std::string& path : addresses_of(there, map_))
      next.push_back({std::move(path), stop.depth + 1});
  }
  co_return std::nullopt;
}

// Of the controls that only lead further into the site: the first behind which it holds.
asio::awaitable<Result<std::optional<Element>>> Walk::control_to(
    const std::string& here, const std::function<bool(const Page&)>& is_there) {
  const Action come_back{Action::Kind::kGoto, {}, here};
  std::set<std::string> pressed;
  while (pressed.size() < kPressedMax) {
    VOUCH_CO_TRY_VOID(co_await session_->perform(come_back));
    VOUCH_CO_TRY(const Page page, co_await look());
    const auto control = std::ranges::find_if(page.elements(), [&](const Element& e) {
      return leads_further(page, e) && !leads_elsewhere(e, here, map_) && !pressed.contains(e.name);
    });
    if (control == page.elements().end()) break;
    pressed.insert(control->name);
    ActCandidate press = press_on(page, control->id);
    VOUCH_CO_TRY(press.action.locator, co_await locate(page, control->id, press.hints));
    const Result<browser::Effect> effect = co_await session_->perform(press.action);
    if (!effect) continue;
    VOUCH_CO_TRY(const Page there, co_await look_until(is_there));
    if (is_there(there)) co_return *control;
  }
  co_return std::nullopt;
}

}  // namespace vouch::features::ground
