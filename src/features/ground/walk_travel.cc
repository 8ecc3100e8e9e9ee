// A walk's way to where the things of a Given are: features begin on a page that they do not name.
#include "features/ground/scout.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

using browser::Action;
using browser::Element;

// Goes where it fits, of what lies near the page that is shown; stays where nothing does.
Walk::Done Walk::travel(PageTest is_there, Items* items) {
  may_travel_ = false;  // once in a step
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::optional<std::string> here = map_.path_of(page.snapshot().url);
  if (!here || is_there(page)) co_return Result<void>{};
  const std::string said = "What «" + pickle_.steps[step_].text + "» needs is ";
  Scout scout(host_, site_, map_);
  VOUCH_CO_TRY(const std::optional<std::string> path, co_await scout.page_near(*here, is_there));
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

}  // namespace vouch::features::ground
