// A walk's acting: what a step says is to be done is done to the element that fits it best.
#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <sstream>

#include "features/ground/pause.h"
#include "features/ground/similarity.h"
#include "features/ground/trace.h"
#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
namespace json = boost::json;
using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kCandidatesTried =
    4;  // of one act, one after the other, while none of them took effect
constexpr std::size_t kEarlierMax = 6;
constexpr double kChoicesMin = 0.7;        // a control whose choices are listed when it is pressed
constexpr double kAcceptQuotedMin = 0.58;  // of what a step says in quotes, the page has the words
constexpr double kSurelyNamed = 0.9;       // what is folded away bears the very name of the step

// What can be pressed and has no name of its own, beside the text that names it; -1: none.
int control_beside(const Page& page, std::string_view name) {
  for (const Element& label : page.elements()) {
    if (!label.visible || fold(label.own_text) != fold(name)) continue;
    for (const Element& e : page.elements()) {
      if (e.id > label.id && e.parent == label.parent && e.visible && e.clickable) return e.id;
    }
  }
  return -1;
}

bool takes_no_typing(const Page& page, const ActCandidate& best) {
  return best.action.kind == Action::Kind::kFill && page.at(best.element).readonly;
}

// Another of the same name has come since the page was looked at: a dialog opens over its page.
bool is_not_alone(const Error& error) {
  return error.message.find("strict mode violation") != std::string::npos;
}

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
    case ActKind::kForget:
      if (act.value == kCookies) return {Action::Kind::kClearCookies};
      return {Action::Kind::kClearStorage, {}, act.value};
    default:
      VOUCH_CHECK(false);
  }
}

// "1,1": a corner of the window in which nothing stands that can be pressed, nor what is named.
std::optional<std::string> free_corner(const Page& page, const Target& target) {
  std::vector<int> kept_off;
  for (const Element& e : page.elements()) {
    if (e.visible && (e.clickable || !e.href.empty())) kept_off.push_back(e.id);
  }
  if (target.kind != ElementKind::kAny || !target.name.empty()) {
    const std::vector<Ranked> named = rank(page, target, Purpose::kObserve);
    if (!named.empty()) kept_off.push_back(named.front().id);
  }
  const browser::ContextOptions window;
  const int right = window.viewport_width - 1, bottom = window.viewport_height - 1;
  for (const auto& [x, y] :
       {std::pair{1, 1}, {right - 1, 1}, {1, bottom - 1}, {right - 1, bottom - 1}}) {
    const bool is_free = std::ranges::none_of(kept_off, [&](int id) {
      const browser::Box& box = page.at(id).box;
      const bool is_all = box.width >= right && box.height >= bottom;  // what lies over the page
      return !is_all && x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
    });
    if (is_free) return std::to_string(x) + "," + std::to_string(y);
  }
  return std::nullopt;
}

// The page says the word where it explains, and calls nothing so that could be chosen.
bool stands_in_sentences(const Page& page, const std::string& word) {
  constexpr std::size_t kSentence = 4, kName = 3;  // words of one, at least and at most
  bool explained = false;
  for (const Element& e : page.elements()) {
    const std::vector<std::string> said = words(e.own_text.empty() ? e.name : e.own_text);
    if (!e.visible || std::ranges::find(said, word) == said.end()) continue;
    if (said.size() <= kName) return false;
    explained = explained || said.size() >= kSentence;
  }
  return explained;
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
  visit_.earlier.push_back(page);
  if (visit_.earlier.size() > kEarlierMax) visit_.earlier.erase(visit_.earlier.begin());
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

std::string sent_by(const browser::Effect& effect) {
  if (!effect.popups.empty()) return "";
  const auto sent = std::ranges::find_if(effect.requests, [](const browser::SiteRequest& request) {
    return !request.before && request.status != 0 && browser::may_be_awaited(request.method);
  });
  return sent == effect.requests.end() ? "" : sent->method;
}

static bool leaves_page(const Action& action) {
  return action.kind == Action::Kind::kGoto || action.kind == Action::Kind::kReload ||
         action.kind == Action::Kind::kGoBack;
}

void await_what_is_cut_off(std::vector<ChainStep>* steps) {
  Action* sender = nullptr;  // the act before the item at hand, where it sent something
  for (ChainStep& step : *steps) {
    for (ChainItem& item : step.items) {
      auto* action = std::get_if<Action>(&item.what);
      if (action == nullptr) continue;
      const bool leaves = leaves_page(*action) || step.phase == Phase::kThen;
      if (sender != nullptr && !leaves) sender->awaits.clear();
      sender = action->awaits.empty() ? nullptr : action;
    }
  }
  if (sender != nullptr) sender->awaits.clear();
}

void Walk::note(const browser::Effect& effect) {
  visit_.is_led = false;
  if (effect.navigated) visit_.error_status = 0;
  for (const browser::SiteRequest& request : effect.requests) {
    const bool is_shown = request.resource_type == "document" && request.url == effect.url_after;
    if (is_shown) visit_.error_status = request.status >= 400 ? request.status : 0;
    if (request.is_safe()) continue;
    const std::size_t from = request.before ? last_acted_ : step_;
    for (std::size_t i = from; i <= step_; ++i) changes_[i] = true;
  }
  last_acted_ = step_;
  std::vector<std::string> unanswered = effect.dialogs;
  if (is_armed_ && !unanswered.empty()) {
    unanswered.erase(unanswered.begin());
    is_armed_ = false;
    was_answered_ = true;
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
  visit_.is_led = visit_.error_status == 0;
  visit_.opened = true;
  visit_.memory = {};
  items->push_back({action});
  co_return Result<void>{};
}

Walk::Done Walk::ensure_opened(Items* items) {
  if (visit_.opened) co_return Result<void>{};
  const bool acted = acted_;
  VOUCH_CO_TRY_VOID(co_await go(map_.start(), items));
  acted_ = acted;
  opened_here_ = true;
  co_return Result<void>{};
}

Walk::Done Walk::act(const Act& act, Items* items) {
  if (act.made_up) {
    constexpr std::size_t kShown = 60;
    const bool is_long = act.value.size() > kShown;
    assume("What «" + pickle_.steps[step_].text + "» does not say is made up: «" +
           (act.user.empty() ? "" : act.user + "», «") + act.value.substr(0, kShown) +
           (is_long ? "»…" : "»."));
  }
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
      return go_back(act, items);
    case ActKind::kReload:
    case ActKind::kShowTab:
    case ActKind::kCloseTab:
    case ActKind::kResize:
    case ActKind::kNothing:
    case ActKind::kForget:
      return page_act(act, items);
    case ActKind::kClickOutside:
      return click_outside(act, items);
    case ActKind::kFillAll:
      return fill_all(act, items);
    case ActKind::kCheck:
    case ActKind::kUncheck:
      return says_each(act.target) ? toggle_each(act, items) : element_act(act, items);
    case ActKind::kScroll:
      return act.value.empty() ? element_act(act, items) : page_act(act, items);
    default:
      return element_act(act, items);
  }
}

// The act before this one filled in what is still on the page.
bool Walk::fills_form(const Page& page, const Items& items) const {
  const Action* last = items.empty() ? nullptr : items.back().action();
  return last != nullptr && visit_.memory.last && is_editable(*visit_.memory.last) &&
         find_again(page, *visit_.memory.last) >= 0;
}

// What is done to the page or the browser rather than to one element.
Walk::Done Walk::page_act(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (act.kind == ActKind::kNothing && act.ensures_state)
    assume("«" + pickle_.steps[step_].text + "» is taken as said, and not looked at.");
  if (act.kind == ActKind::kNothing) co_return Result<void>{};
  // A tab that was just opened is shown already.
  if (act.kind == ActKind::kShowTab && act.value == "last" && visit_.follows_tab) {
    co_return Result<void>{};
  }
  Action action = page_action(act);
  acted_ = true;
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(action));
  note(effect);
  wait_if_late(effect, &action);
  visit_.follows_tab = false;
  items->push_back({std::move(action)});
  co_return Result<void>{};
}

// In the corner of what is shown where nothing is that can be pressed, and the target is not.
Walk::Done Walk::click_outside(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::optional<std::string> corner = free_corner(page, act.target);
  if (!corner) co_return not_grounded("no corner of the page is free to be clicked.");
  remember(page);
  acted_ = true;
  Action action{Action::Kind::kClickAt, {}, *corner};
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(action));
  note(effect);
  items->push_back({std::move(action)});
  co_return Result<void>{};
}

Walk::Done Walk::element_act(const Act& act, Items* items) {
  if (act.kind == ActKind::kFill && act.adds == "account") note_account(act);
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (may_travel_) VOUCH_CO_TRY_VOID(co_await travel_to_do(act, items));
  auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  std::vector<ActCandidate> candidates;
  std::optional<Page> page;
  // "Books" shows "Add book", which shows the form of a new one.
  const bool is_new = act.kind == ActKind::kFill && !act.adds.empty();
  int folds_left = is_new ? 2 : 1;
  bool reached = false;
  const double least = act.target.quoted ? kAcceptQuotedMin : kAcceptMin;
  for (;;) {
    VOUCH_CO_TRY(page, co_await look());
    candidates = act_candidates(*page, act, visit_.memory);
    const double best = candidates.empty() ? 0 : candidates.front().score;
    const bool is_late = steady_clock::now() >= deadline;
    // Buttons beside a number are what is left where nothing can be typed.
    if (candidates.empty()
            ? is_late
            : takes_no_typing(*page, candidates.front()) || (is_late && best < least)) {
      VOUCH_CO_TRY(const bool pressed, co_await press_up_to(act, *page, items));
      if (pressed) co_return Result<void>{};
      VOUCH_CO_TRY(const bool dated, co_await choose_date(act, *page, items));
      if (dated) co_return Result<void>{};
    }
    if (best >= kSure) break;
    if (!is_late) {
      co_await pause();
      continue;
    }
    // What opens a form may send off one that is being filled in.
    const bool is_open = is_new && fills_form(*page, *items);
    // "the form for a new one is open": what opens it is what is meant.
    const bool opens_form = act.kind == ActKind::kClick && act.ensures_state && best >= least;
    if (!is_open && !opens_form && folds_left-- > 0) {
      VOUCH_CO_TRY(const bool open, co_await unfold(act, *page, items));
      if (open) deadline = steady_clock::now() + milliseconds(kAppearMsMax);
      if (open) continue;
    }
    const bool fits = !candidates.empty() && candidates.front().score >= least;
    const bool of_item = !act.target.scopes.empty() && act.target.scopes.front().quoted;
    if (fits || !of_item || std::exchange(reached, true)) break;
    VOUCH_CO_TRY(const bool there, co_await reach(act, items));
    if (!there) break;
    deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  }
  json::array nearest = notes_of(candidates);
  if (nearest.empty()) {
    for (std::string& text : nearest_controls(*page, act)) nearest.emplace_back(std::move(text));
  }
  std::erase_if(candidates, [&](const ActCandidate& c) { return c.score < least; });
  if (candidates.empty())
    co_return not_grounded("nothing on the page fits: " + describe(Intent(act)) + ".",
                           std::move(nearest));
  remember(*page);
  VOUCH_CO_TRY(std::size_t chosen, choices_.choose(step_, *page, candidates, &assumptions_));
  std::optional<Error> first_error;
  bool looked_again = false;
  for (std::size_t i = chosen; i < candidates.size() && i < chosen + kCandidatesTried; ++i) {
    Result<void> done = co_await perform(&*page, candidates[i], items);
    const int element = candidates[i].element;
    if (done && act.kind == ActKind::kChoose && element >= 0)
      co_return co_await choose_rest(act, page->at(element), items);
    if (done && act.kind == ActKind::kFill && !act.adds.empty())
      co_return co_await repeat_password(items);
    if (done) co_return done;
    if (is_not_alone(done.error()) && !std::exchange(looked_again, true)) {
      VOUCH_CO_TRY_VOID(co_await session_->settle(kStillMs, kStillMsMax));
      VOUCH_CO_TRY(page, co_await look());
      candidates = act_candidates(*page, act, visit_.memory);
      std::erase_if(candidates, [&](const ActCandidate& c) { return c.score < least; });
      i = chosen - 1;
      continue;
    }
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

// "the yearly Pro plan", of which "Yearly" was pressed: what the rest of the words name is chosen
// then, where there is such a thing.
Walk::Done Walk::choose_rest(const Act& act, const Element& chosen, Items* items) {
  const std::vector<std::string> taken = words(chosen.name);
  if (!act.target.name.empty() || taken.empty()) co_return Result<void>{};
  std::vector<std::string> rest;
  std::istringstream said(act.value);
  std::size_t found = 0;
  for (std::string word; said >> word;) {
    const std::vector<std::string> same = words(word);
    if (same.size() == 1 && std::ranges::find(taken, same.front()) != taken.end())
      ++found;
    else
      rest.push_back(word);
  }
  if (found < taken.size() || rest.empty()) co_return Result<void>{};  // it says more than that
  VOUCH_CO_TRY(const Page page, co_await look());
  const auto is_better = [&](const std::vector<ActCandidate>& found) {
    return !found.empty() && found.front().score >= kChoicesMin;
  };
  if (auto whole = act_candidates(page, act, visit_.memory); is_better(whole))
    co_return co_await perform(&page, std::move(whole.front()), items);
  const auto is_name = [](const std::string& word) {
    return std::isupper(static_cast<unsigned char>(word.front())) != 0;
  };
  // What kind of thing it is: a usual word for that, or one that the page itself has in what it
  // says.
  const auto is_kind = [&](const std::string& word) {
    constexpr std::array<std::string_view, 8> kKinds = {"plan",    "option", "choice", "one",
                                                        "version", "button", "box",    "tier"};
    return std::ranges::find(kKinds, word) != kKinds.end() ||
           (!is_name(word) && stands_in_sentences(page, word));
  };
  const bool says_more = !std::ranges::all_of(rest, is_kind);
  while (!rest.empty()) {
    Act next = act;
    next.value.clear();
    for (const std::string& word : rest) next.value += (next.value.empty() ? "" : " ") + word;
    if (auto candidates = act_candidates(page, next, visit_.memory); is_better(candidates))
      co_return co_await perform(&page, std::move(candidates.front()), items);
    if (is_name(rest.back())) break;
    rest.pop_back();  // "plan": what kind of thing it is
  }
  if (says_more)
    co_return not_grounded("«" + chosen.name +
                           "» is a part of what is to be chosen, and nothing on the "
                           "page fits the rest: " +
                           describe(Intent(act)) + ".");
  co_return Result<void>{};
}

// "all the add-ons": each box that is not yet as it is to be.
Walk::Done Walk::toggle_each(const Act& act, Items* items) {
  constexpr int kBoxesMax = 20;
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  const bool on = act.kind == ActKind::kCheck;
  bool any = false;
  for (int turned = 0;; ++turned) {
    VOUCH_CO_TRY(const Page page, co_await look());
    std::vector<int> boxes = boxes_of_each(page, act.target);
    any = any || !boxes.empty();
    std::erase_if(boxes, [&](int box) { return page.at(box).checked == on; });
    if (boxes.empty()) break;
    if (turned == kBoxesMax)
      co_return not_grounded(std::to_string(kBoxesMax) + " boxes were turned, and not all are.");
    if (turned == 0) remember(page);
    const std::vector<ActCandidate> ways = toggle_candidates(page, boxes.front(), on);
    Result<void> done = co_await perform(&page, ways.front(), items);
    if (!done && ways.size() > 1) done = co_await perform(&page, ways.back(), items);
    VOUCH_CO_TRY_VOID(std::move(done));
  }
  if (!any) co_return not_grounded("nothing on the page fits: " + describe(Intent(act)) + ".");
  co_return Result<void>{};
}

// Who makes an account types its password as often as the form asks for it.
Walk::Done Walk::repeat_password(Items* items) {
  if (!visit_.memory.last || visit_.memory.last->type != "password") co_return Result<void>{};
  const browser::Action typed = *items->back().action();
  VOUCH_CO_TRY(const Page page, co_await look());
  const int first = find_again(page, *visit_.memory.last);
  for (const Element& e : page.elements()) {
    const bool asks_again = e.visible && e.type == "password" && is_editable(e) && e.id > first &&
                            form_of(page, e.id) == form_of(page, first);
    if (first < 0 || !asks_again) continue;
    ActCandidate again;
    again.element = e.id;
    again.action = {Action::Kind::kFill, {}, typed.value};
    again.note = describe(page, e.id);
    VOUCH_CO_TRY_VOID(co_await perform(&page, std::move(again), items));
  }
  co_return Result<void>{};
}

// Choices that are listed once the control of theirs is pressed: "from 'Sort by'".
asio::awaitable<Result<bool>> Walk::open_choices(const Act& act, const Page& page, Items* items) {
  if (act.target.name.empty() && act.target.noun.empty()) co_return false;
  Target control = act.target;
  control.kind = ElementKind::kAny;
  if (control.name.empty()) control.name = control.noun;
  std::vector<Ranked> controls = rank(page, control, Purpose::kClick);
  std::erase_if(controls, [&](const Ranked& ranked) {
    const Element& e = page.at(ranked.id);
    return ranked.score < kChoicesMin || is_select(e) ||
           (e.role != "button" && e.role != "combobox" && !e.clickable);
  });
  if (controls.empty()) {
    const int beside = control_beside(page, control.name);
    if (beside >= 0) controls.push_back({beside, kChoicesMin, {}});
  }
  if (controls.empty()) co_return false;
  ActCandidate open;
  open.element = controls.front().id;
  open.hints.anchors = controls.front().anchors;
  open.note = describe(page, open.element);
  open.action = {Action::Kind::kClick, {}, ""};
  // One that can be typed into suggests as one types.
  const Element& e = page.at(open.element);
  const bool is_typed = e.role == "combobox" && is_editable(e) && !e.readonly;
  if (is_typed)
    open.action = {e.value.empty() ? Action::Kind::kType : Action::Kind::kFill, {}, act.value};
  VOUCH_CO_TRY_VOID(co_await perform(&page, open, items));
  co_return true;
}

// The form for a new one, which "Add task" or "New" shows.
asio::awaitable<Result<bool>> Walk::open_form(const Act& act, const Page& page, Items* items) {
  Act open{.kind = ActKind::kClick};
  open.target.alternatives = form_openers(act);
  open.target.name = open.target.alternatives.front();
  for (const char* word : {"Add new", "New", "Add", "Create"})
    open.target.alternatives.push_back(word);
  std::vector<ActCandidate> candidates = act_candidates(page, open, {});
  if (candidates.empty() || candidates.front().score < kChoicesMin) {  // "Deposit", for how much
    open.target = {.name = act.adds};
    candidates = act_candidates(page, open, {});
  }
  if (candidates.empty() || candidates.front().score < kChoicesMin) co_return false;
  VOUCH_CO_TRY_VOID(co_await perform(&page, candidates.front(), items));
  co_return true;
}

// Where the page holds what the act names folded away, what shows it is pressed, or pointed at.
asio::awaitable<Result<bool>> Walk::unfold(const Act& act, const Page& page, Items* items) {
  if (act.kind == ActKind::kChoose) co_return co_await open_choices(act, page, items);
  if (act.kind == ActKind::kFill && !act.adds.empty())
    co_return co_await open_form(act, page, items);
  if (act.kind != ActKind::kClick && act.kind != ActKind::kHover) co_return false;
  for (const browser::FoldedAway& folded : page.snapshot().folded) {
    if (folded.opener < 0) continue;
    Element named;
    named.role = folded.role;
    named.name = folded.name;
    double fit = name_score(named, act.target.name);
    for (const std::string& other : act.target.alternatives)
      fit = std::max(fit, name_score(named, other));
    if (fit < kSurelyNamed) continue;
    ActCandidate open;
    open.element = folded.opener;
    open.note = describe(page, folded.opener);
    for (const Action::Kind kind : {Action::Kind::kClick, Action::Kind::kHover}) {
      if (kind == Action::Kind::kClick && !folded.is_pressed) continue;
      Items opened;
      open.action = {kind, {}, ""};
      VOUCH_CO_TRY_VOID(co_await perform(&page, open, &opened));
      VOUCH_CO_TRY(const Page now, co_await look());
      const auto shown = act_candidates(now, act, visit_.memory);
      if (shown.empty() || shown.front().score < kSure) continue;
      items->insert(items->end(), opened.begin(), opened.end());
      co_return true;
    }
    co_return not_grounded("«" + folded.name + "» is hidden, and " + open.note +
                           " does not show it.");
  }
  co_return false;
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
  visit_.follows_tab = true;
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
  std::istringstream paths(candidate.action.value);  // as the step says them, a line each
  for (Action::File& file : candidate.action.files) {
    std::string path;
    std::getline(paths, path);
    if (const auto given = site_.files.find(path); given != site_.files.end()) file = given->second;
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
    visit_.memory.last = page->at(candidate.element);
    visit_.memory.last_locator = candidate.action.locator;
  }
  visit_.memory.by_key = candidate.action.kind == Action::Kind::kPress;
  candidate.action.awaits = sent_by(*effect);
  visit_.is_led = effect->navigated && visit_.error_status == 0 && candidate.element >= 0 &&
                  page->at(candidate.element).role == "link" && candidate.action.awaits.empty();
  items->push_back({candidate.action});
  if (candidate.element >= 0) items->back().trace = trace_of(*page, candidate.element);
  co_return Result<void>{};
}

Walk::Done Walk::search(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (may_travel_) VOUCH_CO_TRY_VOID(co_await travel_to_do(act, items));
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
  visit_.earlier.push_back(page);
  VOUCH_CO_TRY_VOID(co_await perform(&page, candidates[chosen], items));
  ActCandidate enter = candidates[chosen];
  enter.action = {Action::Kind::kPress, {}, "Enter"};
  co_return co_await perform(&page, enter, items);
}

}  // namespace vouch::features::ground
