// A walk's way to where the things of a Given are: features begin on a page that they do not name.
// And to the part of the site that a Then speaks of, where another one is shown.
#include <algorithm>

#include "features/ground/elsewhere.h"
#include "features/ground/scout.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Element;

// Goes where it fits, of what lies near the page that is shown; stays where nothing does.
Walk::Done Walk::travel(PageTest is_there, Items* items) {
  may_travel_ = false;  // once in a step
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::optional<std::string> here = map_.path_of(page.snapshot().url);
  if (!here || is_there(page)) co_return Result<void>{};
  const std::string said = "What «" + pickle_.steps[step_].text + "» needs is ";
  Scout scout(*session_, site_, map_);
  std::optional<std::string> path;
  if (may_leave_) {
    VOUCH_CO_TRY(path, co_await scout.page_near(*here, is_there));
  }
  if (path) {
    assume(said + "looked for on " + *path + ".");
    co_return co_await go(*path, items);
  }
  VOUCH_CO_TRY(const std::optional<Element> control, co_await scout.control_on(*here, is_there));
  const int element = control ? find_again(page, *control) : -1;
  if (element < 0) co_return Result<void>{};
  assume(said + "looked for behind «" + control->name + "».");
  ActCandidate press;
  press.element = element;
  press.action = {Action::Kind::kClick, {}, ""};
  press.note = describe(page, element);
  co_return co_await perform(&page, std::move(press), items);
}

// Where the act can be done.
Walk::Done Walk::travel_to_do(const Act& act, Items* items) {
  PageTest is_there = [&act](const Page& page) { return has_place_for(page, act); };
  co_return co_await travel(std::move(is_there), items);
}

// Where the step's words are to be seen in the place that it names: anywhere else it may be by
// chance. Not of what is made where it is not there.
Walk::Done Walk::travel_to_see(const std::vector<const Reading*>& readings, Items* items) {
  const Observation& seen = std::get<Observation>(readings.front()->intents.front());
  const bool is_told = seen.target.quoted || !seen.expected.empty() || !seen.rows.empty();
  if (!is_told || seen.negated || seen.target.scopes.empty()) co_return Result<void>{};
  PageTest is_there = [&seen](const Page& page) {
    const std::vector<ObserveCandidate> found = observe_candidates(page, seen, {});
    return !found.empty() && found.front().score >= kAcceptMin;
  };
  co_return co_await travel(std::move(is_there), items);
}

// What a Then says of another part of the site is looked for there: `meant` is the reading that
// holds; false where there is no way, or it does not hold there either.
asio::awaitable<Result<bool>> Walk::look_elsewhere(const std::vector<Reading>& readings,
                                                   const Reading** meant, Items* items) {
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::vector<Intent>& intents = readings.front().intents;
  const auto* seen = std::get_if<Observation>(&intents.front());
  if (seen == nullptr) co_return false;
  const std::vector<Scope> places = places_of(*seen);
  int element = -1;
  const auto way = std::ranges::find_if(places, [&](const Scope& place) {
    element = way_to(page, place);
    return element >= 0;
  });
  if (way == places.end()) co_return false;
  // All that the step says is of that place.
  const bool is_of_one_place = std::ranges::all_of(intents, [&](const Intent& intent) {
    const auto* one = std::get_if<Observation>(&intent);
    return one != nullptr && is_of_place(*one, way->name);
  });
  if (!is_of_one_place) co_return false;
  const std::string url_before = page.snapshot().url;
  ActCandidate press;
  press.element = element;
  press.action = {Action::Kind::kClick, {}, ""};
  press.note = describe(page, element);
  Items there, seen_there;
  Result<void> done = co_await perform(&page, std::move(press), &there);
  if (done && !there.back().action()->awaits.empty())
    done = not_grounded("«" + page.at(element).name + "» does more than to lead there.");
  if (done) done = co_await read_as(readings, 0, meant, &seen_there);
  if (!done && done.error().code != ErrorCode::kInvalidRequest)
    co_return std::unexpected(done.error());
  if (!done) co_return false;
  visit_.elsewhere = way->name;
  visit_.url_before = url_before;
  assume("«" + pickle_.steps[step_].text + "» is looked at where «" + page.at(element).name +
         "» leads.");
  *items = std::move(there);
  std::ranges::move(seen_there, std::back_inserter(*items));
  co_return true;
}

// After a Then that was looked at elsewhere: an observation of the page that was shown before it.
bool Walk::means_page_before(const Reading& reading) const {
  return !visit_.elsewhere.empty() &&
         std::ranges::any_of(reading.intents, [&](const Intent& intent) {
           const auto* seen = std::get_if<Observation>(&intent);
           return seen != nullptr && is_about_shown_page(*seen) &&
                  !is_of_place(*seen, visit_.elsewhere);
         });
}

// What is done after such a Then is done on the page that was shown before it.
Walk::Done Walk::come_back(const Reading& next, Items* items) {
  const std::string elsewhere = std::exchange(visit_.elsewhere, "");
  const Act* act = std::get_if<Act>(&next.intents.front());
  const bool leaves =
      act == nullptr || act->kind == ActKind::kOpen || act->kind == ActKind::kReload;
  if (elsewhere.empty() || leaves || visit_.url_before.empty()) co_return Result<void>{};
  const Act back{.kind = ActKind::kGoBack, .value = std::string(kOfBrowser)};
  VOUCH_CO_TRY(const Page there, co_await look());
  if (document_of(there.snapshot().url) == document_of(visit_.url_before))
    co_return not_grounded("it is not said where: the step before was looked at in «" + elsewhere +
                           "»; say which page this is done on.");
  VOUCH_CO_TRY_VOID(co_await go_back(back, items));
  assume("Before «" + pickle_.steps[step_].text + "» the test goes back from «" + elsewhere + "».");
  co_return Result<void>{};
}

}  // namespace vouch::features::ground
