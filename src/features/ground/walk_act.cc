// A walk's acting: what a step says is to be done is done to the element that fits it best.
#include <algorithm>
#include <boost/json.hpp>

#include "features/ground/pause.h"
#include "features/ground/trace.h"
#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
namespace json = boost::json;
using browser::Action;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kCandidatesTried =
    4;  // of one act, one after the other, while none of them took effect
constexpr std::size_t kEarlierMax = 6;

Action page_action(const Act& act) {
  switch (act.kind) {
    case ActKind::kGoBack:
      return {Action::Kind::kGoBack};
    case ActKind::kReload:
      return {Action::Kind::kReload};
    case ActKind::kShowTab:
      return {Action::Kind::kShowPage, {}, act.value};
    case ActKind::kCloseTab:
      return {Action::Kind::kClosePage};
    case ActKind::kResize:
      return {Action::Kind::kSetViewportSize, {}, act.value};
    case ActKind::kScroll:
      return {Action::Kind::kScrollTo, {}, act.value};
    default:
      VOUCH_CHECK(false);
  }
}

}  // namespace

Walk::Done Walk::acts(const std::vector<Intent>& intents, Items* items) {
  for (std::size_t at = 0; at < intents.size(); ++at) {
    const Intent& intent = intents[at];
    if (const Act* one = std::get_if<Act>(&intent)) {
      VOUCH_CO_TRY_VOID(co_await arm(intents, at, items));
      const std::size_t armed = items->size();
      VOUCH_CO_TRY_VOID(co_await act(*one, items));
      if (is_armed_) VOUCH_CO_TRY_VOID(co_await disarm(armed - 1, items));
    } else {
      Reading alone;
      alone.intents.push_back(intent);
      std::vector<const Reading*> readings(1, &alone);
      VOUCH_CO_TRY_VOID(co_await observe(readings, items));
    }
  }
  co_return Result<void>{};
}

void Walk::remember(const Page& page) {
  earlier_.push_back(page);
  if (earlier_.size() > kEarlierMax) earlier_.erase(earlier_.begin());
}

void Walk::assume(std::string assumption) {
  if (std::ranges::find(assumptions_, assumption) == assumptions_.end())
    assumptions_.push_back(std::move(assumption));
}

void wait_if_late(const browser::Effect& effect, Action* action) {
  using Kind = Action::Kind;
  const bool loads =
      action->kind == Kind::kGoto || action->kind == Kind::kReload || action->kind == Kind::kGoBack;
  action->until_idle = action->until_idle || (loads && effect.loads_late);
}

void Walk::note(const browser::Effect& effect) {
  if (effect.navigated) error_status_ = 0;
  for (const browser::SiteRequest& request : effect.requests) {
    const bool is_shown = request.resource_type == "document" && request.url == effect.url_after;
    if (is_shown) error_status_ = request.status >= 400 ? request.status : 0;
    if (request.is_safe()) continue;
    const std::size_t from = request.before ? last_acted_ : step_;
    for (std::size_t i = from; i <= step_; ++i) changes_[i] = true;
  }
  last_acted_ = step_;
  std::vector<std::string> unanswered = effect.dialogs;
  if (is_armed_ && !unanswered.empty()) {
    unanswered.erase(unanswered.begin());
    is_armed_ = false;
    was_answered_ = answers_dialogs_ = true;
  }
  // A test of the stock runner dismisses native dialogs unless it says otherwise.
  for (const std::string& text : unanswered) {
    assume("The page asks «" + text + "» in a dialog of the browser, at «" +
           pickle_.steps[step_].text + "»: it is accepted.");
  }
  accepts_dialogs_ = accepts_dialogs_ || !unanswered.empty();
}

Walk::Done Walk::go(std::string address, Items* items) {
  Action action{Action::Kind::kGoto, {}, std::move(address)};
  acted_ = true;
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(action));
  note(effect);
  wait_if_late(effect, &action);
  opened_ = true;
  memory_ = {};
  items->push_back({action});
  co_return Result<void>{};
}

Walk::Done Walk::ensure_opened(Items* items) {
  if (opened_) co_return Result<void>{};
  const bool acted = acted_;
  VOUCH_CO_TRY_VOID(co_await go(map_.start(), items));
  acted_ = acted;
  opened_here_ = true;
  co_return Result<void>{};
}

Walk::Done Walk::act(const Act& act, Items* items) {
  switch (act.kind) {
    case ActKind::kAcceptDialog:
    case ActKind::kDismissDialog:
      return take_answer();
    case ActKind::kOpen:
      return open_page(act, items);
    case ActKind::kSignIn:
      return sign_in(act, items);
    case ActKind::kSignOut:
      return sign_out(act, items);
    case ActKind::kSearch:
      return search(act, items);
    case ActKind::kGoBack:
    case ActKind::kReload:
    case ActKind::kShowTab:
    case ActKind::kCloseTab:
    case ActKind::kResize:
    case ActKind::kNothing:
      return page_act(act, items);
    case ActKind::kScroll:
      return act.value.empty() ? element_act(act, items) : page_act(act, items);
    default:
      return element_act(act, items);
  }
}

// What is done to the page or the browser rather than to one element.
Walk::Done Walk::page_act(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (act.kind == ActKind::kNothing) co_return Result<void>{};
  // A tab that was just opened is shown already.
  if (act.kind == ActKind::kShowTab && act.value == "last" && follows_tab_) {
    co_return Result<void>{};
  }
  Action action = page_action(act);
  acted_ = true;
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(action));
  note(effect);
  wait_if_late(effect, &action);
  follows_tab_ = false;
  items->push_back({std::move(action)});
  co_return Result<void>{};
}

Walk::Done Walk::element_act(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  std::vector<ActCandidate> candidates;
  std::optional<Page> page;
  for (;;) {
    VOUCH_CO_TRY(page, co_await look());
    candidates = act_candidates(*page, act, memory_);
    if ((!candidates.empty() && candidates.front().score >= kSure) ||
        steady_clock::now() >= deadline)
      break;
    co_await pause();
  }
  json::array nearest = notes_of(candidates);
  if (nearest.empty()) {
    for (std::string& text : nearest_controls(*page, act)) nearest.emplace_back(std::move(text));
  }
  std::erase_if(candidates, [](const ActCandidate& c) { return c.score < kAcceptMin; });
  if (candidates.empty())
    co_return not_grounded("nothing on the page fits: " + describe(Intent(act)) + ".",
                           std::move(nearest));
  remember(*page);
  VOUCH_CO_TRY(std::size_t chosen, choices_.choose(step_, *page, candidates, &assumptions_));
  std::optional<Error> first_error;
  for (std::size_t i = chosen; i < candidates.size() && i < chosen + kCandidatesTried; ++i) {
    Result<void> done = co_await perform(&*page, candidates[i], items);
    if (done) co_return done;
    if (!first_error) first_error = done.error();
    if (done.error().code == ErrorCode::kConflict) {  // the page it stood on is gone
      acted_ = true;
      break;
    }
    if (done.error().code != ErrorCode::kInvalidRequest) co_return done;
    if (!site_.repeatable) break;
  }
  co_return not_grounded(first_error->message, std::move(nearest));
}

asio::awaitable<Result<browser::Locator>> Walk::locate(const Page& page, int element,
                                                       const LocateHints& hints) {
  const std::vector<browser::Locator> locators =
      in_frame_of(page, element, locators_for(page, element, hints));
  VOUCH_CO_TRY(auto index, co_await session_->resolve(element, locators));
  if (!index) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "no locator names " + describe(page, element) + " alone.");
  }
  co_return locators[*index];
}

// A person looks at the tab that an action opened, and goes on there.
Walk::Done Walk::follow_tab(Action* action) {
  action->opens_page = true;
  follows_tab_ = true;
  const Action show{Action::Kind::kShowPage, {}, "last"};
  VOUCH_CO_TRY_VOID(co_await session_->perform(show));
  co_return Result<void>{};
}

Walk::Done Walk::perform(const Page* page, ActCandidate candidate, Items* items) {
  if (candidate.element >= 0) {
    VOUCH_CO_TRY(candidate.action.locator,
                 co_await locate(*page, candidate.element, candidate.hints));
  }
  if (candidate.onto >= 0) {
    VOUCH_CO_TRY(candidate.action.to, co_await locate(*page, candidate.onto, candidate.onto_hints));
  }
  Result<browser::Effect> effect = co_await session_->perform(candidate.action);
  if (!effect) {
    co_return fail(effect.error().code,
                   candidate.note + ": " + effect.error().message.substr(0, 300));
  }
  acted_ = true;
  note(*effect);
  if (!effect->popups.empty()) VOUCH_CO_TRY_VOID(co_await follow_tab(&candidate.action));
  if (candidate.element >= 0) {
    memory_.last = page->at(candidate.element);
    memory_.last_locator = candidate.action.locator;
  }
  items->push_back({candidate.action});
  if (candidate.element >= 0) items->back().trace = trace_of(*page, candidate.element);
  co_return Result<void>{};
}

Walk::Done Walk::search(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY(Page page, co_await look());
  std::vector<ActCandidate> candidates;
  for (const Ranked& ranked : find_search_fields(page)) {
    ActCandidate candidate;
    candidate.score = ranked.score;
    candidate.element = ranked.id;
    candidate.action = {Action::Kind::kFill, {}, act.value};
    candidate.note = describe(page, ranked.id);
    candidates.push_back(std::move(candidate));
  }
  if (candidates.empty()) co_return not_grounded("there is no field to search with on the page.");
  VOUCH_CO_TRY(std::size_t chosen, choices_.choose(step_, page, candidates, &assumptions_));
  earlier_.push_back(page);
  VOUCH_CO_TRY_VOID(co_await perform(&page, candidates[chosen], items));
  ActCandidate enter = candidates[chosen];
  enter.action = {Action::Kind::kPress, {}, "Enter"};
  co_return co_await perform(&page, enter, items);
}

}  // namespace vouch::features::ground
