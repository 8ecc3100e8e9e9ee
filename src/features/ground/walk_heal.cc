// A walk along a chain that was found before, on a site that has changed since.
#include <algorithm>
#include <boost/json.hpp>

#include "features/ground/pause.h"
#include "features/ground/trace.h"
#include "features/ground/walk.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Assertion;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr double kSomethingElse = 0.35;  // what resembles the element less is another one
constexpr std::int64_t kRecheckMsMin = 2000;

// Says the same of what its locator names.
bool same_claim(Assertion a, Assertion b) {
  a.locator.reset();
  b.locator.reset();
  return a == b;
}

bool same_deed(Action a, Action b) {
  for (Action* one : {&a, &b}) {
    one->locator.reset();
    one->to.reset();
    one->opens_page = false;
    one->awaits.clear();
  }
  return a == b;
}

// What it expects is told apart from the element that it expects it of. Where the locator holds the
// text that is to be seen, another locator would expect something else.
bool expects_of_element(const Assertion& assertion) {
  using enum Assertion::Matcher;
  switch (assertion.matcher) {
    case kToHaveText:
    case kToContainText:
    case kToHaveValue:
    case kToBeChecked:
    case kToBeDisabled:
    case kToBeEnabled:
    case kToBeEditable:
    case kToBeFocused:
    case kToBeEmpty:
    case kToHaveAttribute:
    case kToContainClass:
    case kToHaveCSS:
      return assertion.locator.has_value() && !assertion.negated && !assertion.expects_list;
    default:
      return false;
  }
}

// Where `now` does and expects what `known` does, item by item, `now` with the assertions that do.
std::optional<std::vector<ChainItem>> of_same_meaning(std::vector<ChainItem> now,
                                                      const std::vector<ChainItem>& known) {
  if (now.size() != known.size()) return std::nullopt;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const Action* deed = now[i].action();
    if ((deed == nullptr) != (known[i].action() == nullptr)) return std::nullopt;
    if (deed != nullptr) {
      // The step's words may fit a neighbour of what is gone.
      const bool is_other = known[i].trace.is_set() && now[i].trace.is_set() &&
                            !is_same_element(known[i].trace, now[i].trace);
      if (is_other || !same_deed(*deed, *known[i].action())) return std::nullopt;
      continue;
    }
    const Assertion& wanted = *known[i].assertion();
    const bool of_other = expects_of_element(wanted) && known[i].trace.is_set() &&
                          !(now[i].trace.is_set() && is_same_subject(known[i].trace, now[i].trace));
    if (of_other) return std::nullopt;
    if (same_claim(*now[i].assertion(), wanted)) continue;
    const auto other = std::ranges::find_if(
        now[i].alternatives, [&](const Assertion& each) { return same_claim(each, wanted); });
    if (other == now[i].alternatives.end()) return std::nullopt;
    Assertion chosen = *other;
    now[i].alternatives.erase(other);
    now[i].what = std::move(chosen);
  }
  return now;
}

std::string gone(const ElementTrace& trace) {
  return "it is not on the page any more: " +
         (trace.is_set() ? describe(trace) : "the element of the step") + ".";
}

// Of Playwright's message what says more than the lines above it.
std::string unheld(const std::string& message) {
  return "what is expected does not hold: " +
         message.substr(0, std::min<std::size_t>(message.find("\n\nCall log"), 500));
}

Error with_kind(Error error, std::string_view kind) {
  if (error.details.if_contains("healing") == nullptr) error.details["healing"] = kind;
  return error;
}

}  // namespace

Walk::Done Walk::redo_action(ChainItem* item) {
  const Action action = substitute(*item->action(), variables_);
  Action again = action;
  if (action.locator) {
    const auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
    int element = -1;
    for (;;) {
      VOUCH_CO_TRY(const Page page, co_await look());
      VOUCH_CO_TRY(const std::vector<int> named, co_await session_->matches(*action.locator));
      const bool names_one = named.size() == 1 && named[0] >= 0;
      const bool resembles =
          names_one &&
          (!item->trace.is_set() || resemblance(page, named[0], item->trace) >= kSomethingElse);
      const std::optional<int> found =
          resembles ? std::optional(named[0]) : find_by_trace(page, item->trace);
      if (found || names_one) element = found ? *found : named[0];
      if (element >= 0) {
        if (!names_one || element != named[0]) {
          VOUCH_CO_TRY(again.locator, co_await locate(page, element, {}));
        }
        visit_.memory.last = page.at(element);
        visit_.memory.last_locator = again.locator;
        item->trace = trace_of(page, element);
        visit_.earlier.push_back(page);
        break;
      }
      if (steady_clock::now() >= deadline) {
        co_return std::unexpected(with_kind(not_grounded(gone(item->trace)).error(), "removed"));
      }
      co_await pause();
    }
  }
  Result<browser::Effect> effect = co_await session_->perform(again);
  if (!effect) {
    if (effect.error().code != ErrorCode::kInvalidRequest)
      co_return std::unexpected(effect.error());
    co_return std::unexpected(
        with_kind(not_grounded(effect.error().message.substr(0, 300)).error(), "changed"));
  }
  acted_ = true;
  if (action.answers_dialog()) {
    is_armed_ = true;
  } else {
    note(*effect);
  }
  if (action.kind == Action::Kind::kGoto) {
    visit_.opened = true;
    visit_.memory = {};
  }
  Action kept = *item->action();  // with its placeholders
  wait_if_late(*effect, &kept);
  if (again.locator != action.locator) kept.locator = again.locator;
  kept.awaits = sent_by(*effect);
  item->what = std::move(kept);
  co_return Result<void>{};
}

Walk::Done Walk::recheck(ChainItem* item) {
  const Assertion assertion = substitute(*item->assertion(), variables_);
  if (item->may_hold_before) {
    VOUCH_CO_TRY_VOID(co_await session_->settle(kStillMs, kStillMsMax));
  }
  const std::int64_t patience_ms =
      std::clamp(3 * item->pass_ms, kRecheckMsMin, std::int64_t{kObserveMsMax});
  VOUCH_CO_TRY(const browser::CheckResult result, co_await session_->check(assertion, patience_ms));
  if (result.passed) {
    item->pass_ms = std::max(item->pass_ms, result.duration_ms);
    co_return Result<void>{};
  }
  bool is_gone = false;
  if (assertion.locator) {
    VOUCH_CO_TRY_VOID(co_await look());
    VOUCH_CO_TRY(const std::vector<int> named, co_await session_->matches(*assertion.locator));
    is_gone = named.empty();
  }
  const std::string reason =
      is_gone && item->trace.is_set() ? gone(item->trace) : unheld(result.message);
  co_return std::unexpected(
      with_kind(not_grounded(reason).error(), is_gone ? "removed" : "changed"));
}

// The element that the assertion is about, found by what it was like.
Walk::Done Walk::recheck_traced(ChainItem* item) {
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::optional<int> found = find_by_trace(page, item->trace);
  if (!found || !is_same_subject(item->trace, trace_of(page, *found)))
    co_return not_grounded(gone(item->trace));
  Assertion assertion = substitute(*item->assertion(), variables_);
  LocateHints hints;
  for (const auto& text : assertion.expected) {
    if (const auto* plain = std::get_if<std::string>(&text)) hints.avoid.push_back(*plain);
  }
  VOUCH_CO_TRY(assertion.locator, co_await locate(page, *found, hints));
  VOUCH_CO_TRY(const browser::CheckResult result,
               co_await session_->check(assertion, kObserveAgainMsMax));
  if (!result.passed) {
    co_return std::unexpected(with_kind(not_grounded(unheld(result.message)).error(), "changed"));
  }
  Assertion kept = *item->assertion();
  kept.locator = assertion.locator;
  item->what = std::move(kept);
  item->trace = trace_of(page, *found);
  co_return Result<void>{};
}

asio::awaitable<Result<ChainStep>> Walk::by_words(const gherkin::PickleStep& raw,
                                                  const ChainStep& known, Error first_error) {
  Result<ChainStep> made = co_await step(raw);
  if (!made && made.error().code != ErrorCode::kInvalidRequest) co_return made;
  if (!made) co_return std::unexpected(std::move(first_error));
  auto items = of_same_meaning(std::move(made->items), known.items);
  if (!items) co_return std::unexpected(std::move(first_error));
  made->items = *std::move(items);
  co_return made;
}

asio::awaitable<Result<ChainStep>> Walk::redo(const gherkin::PickleStep& raw,
                                              const ChainStep& known) {
  phase_ = known.phase;
  acted_ = false;
  const auto is_absence = [](const ChainItem& item) {
    return item.assertion() != nullptr && item.assertion()->locator &&
           (item.assertion()->negated ||
            item.assertion()->matcher == Assertion::Matcher::kToBeHidden);
  };
  // A locator that names nothing any more finds nothing: what is absent is named anew.
  if (known_->by_words.contains(step_) || std::ranges::any_of(known.items, is_absence)) {
    Error gone = with_kind(
        not_grounded("the page does not have it any more as the step says.").error(), "removed");
    co_return co_await by_words(raw, known, std::move(gone));
  }
  ChainStep made = known;
  for (ChainItem& item : made.items) {
    Result<void> done;
    std::visit([this](const auto& what) { go_on_as(what.visitor); }, item.what);
    if (item.action() != nullptr) {
      done = co_await redo_action(&item);
    } else {
      done = co_await recheck(&item);
    }
    if (done) continue;
    if (done.error().code != ErrorCode::kInvalidRequest || acted_)
      co_return std::unexpected(done.error());
    Result<ChainStep> named = co_await by_words(raw, known, done.error());
    if (named || named.error().code != ErrorCode::kInvalidRequest) co_return named;
    if (item.assertion() == nullptr || !item.trace.is_set() ||
        !expects_of_element(*item.assertion()))
      co_return std::unexpected(done.error());
    Result<void> traced = co_await recheck_traced(&item);
    if (!traced && traced.error().code != ErrorCode::kInvalidRequest)
      co_return std::unexpected(traced.error());
    if (!traced) co_return std::unexpected(done.error());
  }
  restore_placeholders(raw.text + (raw.doc_string ? raw.doc_string->content : ""), &made.items);
  log_(raw.keyword + " " + raw.text + " → done");
  co_return made;
}

}  // namespace vouch::features::ground
