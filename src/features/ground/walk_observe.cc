// A walk's observing: what a step says is to be seen is looked for until it is there.
#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

#include "features/ground/pause.h"
#include "features/ground/similarity.h"
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
constexpr std::int64_t kStillMs = 1000, kStillMsMax = 4000;

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

}  // namespace

asio::awaitable<Result<std::optional<std::vector<ChainItem>>>> Walk::try_candidate(
    const ObserveCandidate& candidate, std::int64_t timeout_ms) {
  std::vector<ChainItem> items;
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
    VOUCH_CO_TRY(browser::CheckResult result, co_await session_->check(assertion, timeout_ms));
    if (!result.passed) co_return std::nullopt;
    ChainItem item{assertion};
    item.pass_ms = result.duration_ms;
    items.push_back(std::move(item));
  }
  co_return items;
}

asio::awaitable<Result<bool>> Walk::try_observation(const Page& page, const Observation& seen,
                                                    Items* items) {
  std::vector<ObserveCandidate> candidates = observe_candidates(page, seen, earlier_);
  if (candidates.size() > kAssertionsTried) candidates.resize(kAssertionsTried);
  std::size_t first = items->size();
  int claim = items->empty() ? 0 : items->back().claim + 1;
  bool found = false;
  for (const ObserveCandidate& candidate : candidates) {
    VOUCH_CO_TRY(auto made, co_await try_candidate(candidate, kCheckMs));
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
  co_return found;
}

Walk::Done Walk::observe(const std::vector<const Reading*>& readings, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  double seconds = 0;
  bool may_hold_before = false;
  for (const Reading* reading : readings) {
    for (const Intent& intent : reading->intents) {
      const auto& seen = std::get<Observation>(intent);
      seconds = std::max(seconds, seen.within_seconds.value_or(0));
      may_hold_before = may_hold_before || seen.negated || seen.may_hold_before;
    }
  }
  // What held before is looked for when all that the act brings about is there.
  if (may_hold_before) VOUCH_CO_TRY_VOID(co_await session_->settle(kStillMs, kStillMsMax));
  auto begin = steady_clock::now();
  auto deadline = begin + std::max(milliseconds(observe_ms_max_),
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
        items->push_back(std::move(item));
      }
      co_return Result<void>{};
    }
    if (steady_clock::now() >= deadline) break;
    co_await pause();
  }
  const Observation& wanted = std::get<Observation>(readings.front()->intents.front());
  std::string text = wanted.expected.empty() ? wanted.target.name : wanted.expected;
  co_return not_grounded(
      "the page does not show it: " + describe(readings.front()->intents.front()) + ".",
      nearest_texts(*page, text));
}

}  // namespace vouch::features::ground
