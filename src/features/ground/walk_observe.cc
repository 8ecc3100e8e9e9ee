// A walk's observing: what a step says is to be seen is looked for until it is there.
#include <algorithm>
#include <boost/json.hpp>
#include <tuple>
#include <utility>

#include "features/ground/groups.h"
#include "features/ground/pause.h"
#include "features/ground/region.h"
#include "features/ground/same.h"
#include "features/ground/similarity.h"
#include "features/ground/trace.h"
#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
namespace json = boost::json;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr int kAssertionsTried = 8;  // of one observation on one look at the page
constexpr std::size_t kAlternativesMax = 2;
constexpr double kSurelyThePlace = 0.94;  // which a site of that name alone is not
// Once all is still, what is claimed to be gone goes within:
constexpr std::int64_t kLeaveMsMax = 2000;

// Thrice what it took, in whole seconds, where Playwright's own patience could be too short.
void give_time(ChainItem* item) {
  constexpr std::int64_t kSecondMs = 1000;
  if (item->pass_ms < kSlowMs || item->assertion() == nullptr) return;
  const auto timeout = static_cast<int>(
      std::min((3 * item->pass_ms + kSecondMs - 1) / kSecondMs * kSecondMs, 2 * kObserveBusyMsMax));
  std::get<browser::Assertion>(item->what).timeout_ms = timeout;
  for (browser::Assertion& other : item->alternatives) other.timeout_ms = timeout;
}

// Something on the page says that more is to come.
bool is_busy(const Page& page) {
  return std::ranges::any_of(page.elements(), [](const Element& e) {
    if (!e.visible) return false;
    const std::string said = fold(e.own_text);
    return e.role == "progressbar" || class_has(e, {"spinner", "loading", "loader", "skeleton"}) ||
           said == "loading" || said.starts_with("loading ") || said.starts_with("please wait") ||
           (said.starts_with("wait") && e.own_text.ends_with("…"));
  });
}

// What the page shows that is most like `wanted`: for the person who reads why a step failed.
json::array nearest_texts(const Page& page, std::string_view wanted) {
  std::vector<std::tuple<double, std::string>> ranked;
  for (const Element& e : page.elements()) {
    const std::string& text = e.own_text.empty() ? e.name : e.own_text;
    if (text.empty() || text.size() > 100) continue;
    double score = similarity(wanted, text);
    if (score > 0.1) ranked.emplace_back(-score, "«" + text + "»");
  }
  std::sort(ranked.begin(), ranked.end());
  json::array list;
  for (const auto& [score, text] : ranked) {
    if (list.size() < 3 && std::find(list.begin(), list.end(), json::value(text)) == list.end())
      list.emplace_back(text);
  }
  return list;
}

// A page whose path the project knows is told by it.
Observation with_known_page(Observation seen, const ProjectContext& words) {
  const auto path =
      seen.kind == ObserveKind::kPage ? words.path_of(seen.target.name) : std::nullopt;
  if (!path) return seen;
  seen.kind = ObserveKind::kUrl;
  seen.match = Match::kPattern;
  seen.expected = "^https?://[^/]+" + contains_pattern(*path).source + "/?([?#].*)?$";
  return seen;
}

// What the step says that the page shows: an assertion that holds without it claims something else.
std::vector<std::string> words_that_matter(const Observation& seen) {
  if (seen.negated || seen.match == Match::kPattern) return {};
  std::vector<std::string> said;
  switch (seen.kind) {
    case ObserveKind::kText:
    case ObserveKind::kContent:
    case ObserveKind::kValue:
      said.push_back(seen.expected);
      break;
    case ObserveKind::kElement:
      if (!seen.expected.empty())
        said.push_back(seen.expected);
      else if (seen.target.quoted)
        said.push_back(seen.target.name);
      break;
    case ObserveKind::kTable:
    case ObserveKind::kList:
      for (std::size_t i = seen.header ? 1 : 0; i < seen.rows.size(); ++i)
        said.insert(said.end(), seen.rows[i].begin(), seen.rows[i].end());
      break;
    default:
      break;
  }
  std::erase(said, "");
  for (std::string& one : said)  // an attribute has the number alone
    if (one.size() > 1 && one.ends_with('%')) one.pop_back();
  return said;
}

// The things of which a Given says that there are none: "there are no events yet", "my cart is
// empty", "she has no bookings"; nullopt where it says anything else.
std::optional<Target> none_of(const Observation& seen) {
  Target things = seen.target;
  const bool none = seen.kind == ObserveKind::kCount && seen.quantity == Quantity{};
  if (none && !seen.negated) return things;
  using enum ElementKind;
  if (seen.kind == ObserveKind::kElement && seen.negated && !things.quoted && !things.ordinal)
    return things;
  const bool empty = seen.kind == ObserveKind::kState && seen.state == State::kEmpty;
  if (!empty || seen.negated || things.quoted || things.kind == kField) return std::nullopt;
  const std::string& called = things.name.empty() ? things.noun : things.name;
  things.scopes.insert(things.scopes.begin(), {things.kind, called, false});
  things.kind = kItem;
  things.noun = "items";
  things.name.clear();
  return things;
}

// A page that lists none of them says nothing against it.
bool lists_none(const Page& page, const Reading& reading) {
  return std::ranges::all_of(reading.intents, [&](const Intent& intent) {
    const auto* seen = std::get_if<Observation>(&intent);
    const std::optional<Target> things = seen != nullptr ? none_of(*seen) : std::nullopt;
    if (!things) return false;
    const std::vector<Scope> places = things->scopes;
    return std::ranges::none_of(groups_for(page, *things), [&](const Group& group) {
      const int first = group.items.front();
      const bool is_there = std::ranges::all_of(places, [&](const Scope& place) {
        return std::ranges::any_of(regions_of(page, place), [&](const Region& region) {
          return region.strength >= kSurelyThePlace && region.holds(page, first);
        });
      });
      return is_there && is_item_by_role(page.at(first)) && !leads_on(page, first);
    });
  });
}

}  // namespace

asio::awaitable<Result<std::optional<std::vector<ChainItem>>>> Walk::try_candidate(
    const Page& page, const ObserveCandidate& candidate, const std::vector<std::string>& words) {
  std::vector<ChainItem> items;
  std::vector<browser::Assertion> assertions;
  for (const AssertionPart& part : candidate.parts) {
    browser::Assertion assertion = part.assertion;
    if (part.element >= 0) {
      Result<std::optional<std::size_t>> index =
          co_await session_->resolve(part.element, part.locators);
      if (!index && index.error().code == ErrorCode::kConflict)
        co_return std::nullopt;  // it has just gone
      if (!index) co_return std::unexpected(index.error());
      if (!*index) co_return std::nullopt;
      assertion.locator = part.locators[**index];
      assertion.locator->steps.insert(assertion.locator->steps.end(), part.suffix.begin(),
                                      part.suffix.end());
    }
    VOUCH_CO_TRY(browser::CheckResult result, co_await session_->check(assertion, kCheckMs));
    if (!result.passed) co_return std::nullopt;
    ChainItem item{assertion};
    item.pass_ms = result.duration_ms;
    if (part.element >= 0) item.trace = trace_of(page, part.element);
    items.push_back(std::move(item));
    assertions.push_back(std::move(assertion));
  }
  if (!words.empty()) {
    VOUCH_CO_TRY(const bool depends, co_await session_->depends_on(assertions, words));
    if (!depends) {
      log_("Passed over, since it would hold whatever stood for «" + words.front() +
           "»: " + candidate.note);
      co_return std::nullopt;
    }
  }
  co_return items;
}

asio::awaitable<Result<bool>> Walk::try_observation(const Page& page, const Observation& said,
                                                    Items* items) {
  Observation seen = with_known_page(said, site_.words);
  bool remembered = false;
  if (seen.kind == ObserveKind::kSame) {
    if (!visit_.before_acts) co_return false;
    std::optional<Observation> was = as_it_was(*visit_.before_acts, page, seen);
    if (!was) co_return false;
    seen = *std::move(was);
    remembered = true;
  }
  if (!seen.was.empty()) {
    Observation before = seen;
    before.expected = std::exchange(before.was, "");
    if (visit_.earlier.empty() || observe_candidates(visit_.earlier.back(), before, {}).empty())
      co_return false;
  }
  // A hint in the form of a page that was only opened is no error, though all of it has just come.
  const bool none_came =
      visit_.is_led && !seen.negated && seen.target.kind == ElementKind::kMessage &&
      (seen.target.noun.contains("error") || seen.target.noun.contains("warning"));
  std::vector<Page> as_before;
  if (none_came) as_before.push_back(page);
  std::vector<ObserveCandidate> candidates =
      observe_candidates(page, seen, none_came ? as_before : visit_.earlier);
  if (candidates.size() > kAssertionsTried) candidates.resize(kAssertionsTried);
  std::size_t first = items->size();
  const int claim = items->empty() ? 0 : items->back().claim + (seen.with_previous ? 0 : 1);
  bool found = false;
  const std::vector<std::string> words = words_that_matter(seen);
  for (const ObserveCandidate& candidate : candidates) {
    VOUCH_CO_TRY(auto made, co_await try_candidate(page, candidate, words));
    if (!made) continue;
    if (found) {  // another way to say the same, should the first prove vacuous
      if (made->size() == 1) (*items)[first].alternatives.push_back(*made->front().assertion());
      if ((*items)[first].alternatives.size() >= kAlternativesMax) break;
      continue;
    }
    found = true;
    for (ChainItem& item : *made) {
      item.claim = claim;
      item.may_hold_before = seen.may_hold_before || seen.negated;
      items->push_back(std::move(item));
    }
    if (made->size() > 1 || seen.negated) break;
  }
  if (found) VOUCH_CO_TRY_VOID(co_await add_stronger(seen, &(*items)[first]));
  if (found && remembered)
    assume("What «" + pickle_.steps[step_].text +
           "» compares with is what stood there when the test was made.");
  if (found && said.kind == ObserveKind::kMeasured)
    assume("«" + pickle_.steps[step_].text +
           "» is asserted as what stood there when the test was made, which is so.");
  if (found && !seen.was.empty()) {
    assumptions_.push_back("«" + seen.was + "» stood there before, when the test was made, at «" +
                           pickle_.steps[step_].text + "»: the test asserts what it changes to.");
  }
  co_return found;
}

// Says the same of fewer pages, for where the assertion proves vacuous.
Walk::Done Walk::add_stronger(const Observation& seen, ChainItem* item) {
  using Step = browser::LocatorStep;
  const browser::Assertion plain = *item->assertion();
  const std::string& text = seen.expected.empty() ? seen.target.name : seen.expected;
  using Matcher = browser::Assertion::Matcher;
  const bool reads = plain.matcher == Matcher::kToHaveText ||
                     plain.matcher == Matcher::kToContainText ||
                     (plain.matcher == Matcher::kToHaveCount && plain.count > 0);
  if (!seen.negated && reads && plain.locator && !plain.negated) {
    browser::Assertion shown = plain;  // what is hidden has its text, and is counted
    shown.locator->steps.push_back({.by = Step::By::kVisible});
    VOUCH_CO_TRY(const browser::CheckResult result, co_await session_->check(shown, 0));
    if (result.passed) item->alternatives.insert(item->alternatives.begin(), std::move(shown));
  }
  if (seen.negated || text.empty() || visit_.earlier.empty() || !plain.locator ||
      plain.matcher != browser::Assertion::Matcher::kToBeVisible)
    co_return Result<void>{};
  std::vector<browser::Assertion> stronger;
  if (const Step& last = plain.locator->steps.back();
      !last.exact && (last.by == Step::By::kRole || last.by == Step::By::kText)) {
    stronger.push_back(plain);  // "Activate" is also in "Deactivate"
    stronger.back().locator->steps.back().exact = true;
  }
  if (const Step& last = plain.locator->steps.back();
      last.by == Step::By::kRole && last.value == "heading" && !last.level) {
    stronger.push_back(plain);  // the page's heading, and not an item's of the same name
    stronger.back().locator->steps.back().exact = true;
    stronger.back().locator->steps.back().level = 1;
  }
  // What was folded away is visible to Playwright all the time. Of what was to be seen before, that
  // it is in view would only say where the page was scrolled to.
  if (smallest_with_text(visit_.earlier.back(), text).empty()) {
    stronger.push_back(plain);
    stronger.back().matcher = browser::Assertion::Matcher::kToBeInViewport;
  }
  for (browser::Assertion& one : stronger) {
    VOUCH_CO_TRY(const browser::CheckResult result, co_await session_->check(one, 0));
    if (result.passed) item->alternatives.push_back(std::move(one));
  }
  co_return Result<void>{};
}

Walk::Done Walk::observe(const std::vector<const Reading*>& readings, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (may_travel_) VOUCH_CO_TRY_VOID(co_await travel_to_see(readings, items));
  double seconds = 0;
  bool may_hold_before = false;
  std::int64_t look_ms_max = observe_ms_max_;
  for (const Reading* reading : readings) {
    for (const Intent& intent : reading->intents) {
      const auto& seen = std::get<Observation>(intent);
      seconds = std::max(seconds, seen.within_seconds.value_or(0));
      may_hold_before = may_hold_before || seen.negated || seen.may_hold_before;
      // A message that goes away by itself was there.
      if (seen.negated) look_ms_max = std::min(look_ms_max, kLeaveMsMax);
      if (seen.negated && seen.target.kind == ElementKind::kMessage) look_ms_max = 0;
    }
  }
  // What held before is looked for when all that the act brings about is there.
  if (may_hold_before) VOUCH_CO_TRY_VOID(co_await session_->settle(kStillMs, kStillMsMax));
  auto begin = steady_clock::now();
  auto deadline = begin + std::max(milliseconds(look_ms_max),
                                   milliseconds(static_cast<std::int64_t>(seconds * 1000)));
  std::optional<Page> page;
  for (;;) {
    VOUCH_CO_TRY(page, co_await look());
    const auto waited =
        std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin).count();
    for (const Reading* reading : readings) {
      Items made;
      bool all = true;
      for (const Intent& intent : reading->intents) {
        VOUCH_CO_TRY(bool found,
                     co_await try_observation(*page, std::get<Observation>(intent), &made));
        all = found;
        if (!all) break;
      }
      if (!all) continue;
      for (ChainItem& item : made) {
        item.pass_ms += waited;
        give_time(&item);
        items->push_back(std::move(item));
      }
      co_return Result<void>{};
    }
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
    const bool may_wait = waited < kObserveBusyMsMax && choices_.is_first_try() && is_busy(*page);
    if (left <= 0 && (may_hold_before || !may_wait)) break;
    if (left > 0 && waited >= kStillMs) {  // nothing that could bring it is under way
      VOUCH_CO_TRY(const bool rests, co_await session_->at_rest(kStillMs, left));
      if (rests) break;
    }
    co_await pause();
  }
  if (phase_ == Phase::kGiven && lists_none(*page, *readings.front())) {
    assume("«" + pickle_.steps[step_].text + "» is not looked at: the page lists nothing so far.");
    co_return Result<void>{};
  }
  const Observation& wanted = std::get<Observation>(readings.front()->intents.front());
  std::string text = wanted.expected.empty() ? wanted.target.name : wanted.expected;
  co_return not_grounded(
      "the page does not show it: " + describe(readings.front()->intents.front()) + ".",
      nearest_texts(*page, text));
}

}  // namespace vouch::features::ground
