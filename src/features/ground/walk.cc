#include "features/ground/walk.h"

#include <algorithm>
#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <ranges>
#include <tuple>

#include "base/storage_state.h"
#include "base/utf8.h"
#include "features/ground/similarity.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
namespace json = boost::json;
using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr int kCandidatesTried =
    4;  // of one act, one after the other, while none of them took effect
constexpr int kAssertionsTried = 8;  // of one observation on one look at the page
constexpr std::size_t kAlternativesMax = 2;
constexpr std::size_t kEarlierMax = 6;
constexpr milliseconds kLookAgain{80};  // between two looks while something has yet to appear
constexpr int kOptionsMax = 5;          // of a decision
constexpr double kSurelyNamed = 0.9;    // a link or page that bears the name a step gives a page

asio::awaitable<void> pause(milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::use_awaitable);
}

std::string key_of(const Page& page, const ActCandidate& candidate) {
  std::string key = candidate.note;
  if (candidate.element >= 0) {
    const Element& e = page.at(candidate.element);
    key += " " + e.html_name + " " + e.href + " at " + std::to_string(e.box.x) + "," +
           std::to_string(e.box.y);
  }
  return key;
}

bool is_start_name(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {
      "",     "home", "homepage", "home page", "start",       "start page", "main",
      "site", "app",  "website",  "front",     "application", "index",      "landing"};
  return std::find(kNames.begin(), kNames.end(), fold(name)) != kNames.end();
}

// The two cannot be told apart by what the step says, and do not lead to the same place.
bool ambiguous(const Page& page, const ActCandidate& a, const ActCandidate& b) {
  if (a.element < 0 || b.element < 0 || a.score - b.score > kTie) return false;
  const Element &x = page.at(a.element), &y = page.at(b.element);
  bool same_link = x.role == "link" && y.role == "link" && x.href == y.href;
  bool nested = page.is_inside(a.element, b.element) || page.is_inside(b.element, a.element);
  return x.role == y.role && x.name == y.name && !same_link && !nested;
}

constexpr std::string_view kSeveralFit =
    "several things on the page fit equally well; name what tells them apart, such as «for …» or "
    "«in …».";
constexpr std::size_t kQuestionCandidatesMax = 20;
constexpr std::size_t kPlaceBytesMax = 120;

// What tells a candidate from its like, for a person: what stands in the largest part of the page
// that holds it and none of the others.
std::string place_of(const Page& page, const ActCandidate& candidate,
                     const std::vector<ActCandidate>& others) {
  int part = candidate.element;
  for (int up = part; up >= 0; up = page.at(up).parent) {
    const bool holds_another = std::ranges::any_of(others, [&](const ActCandidate& other) {
      return other.element >= 0 && other.element != candidate.element &&
             page.is_inside(other.element, up);
    });
    if (holds_another) break;
    part = up;
  }
  if (part < 0 || part == candidate.element) return "";
  const std::string text = shortened(page.at(part).text, kPlaceBytesMax);
  return text.empty() ? "" : " in «" + text + "»";
}

// The best, and those that cannot be told from it.
std::vector<ActCandidate> alike_of(const Page& page, const std::vector<ActCandidate>& candidates) {
  std::vector<ActCandidate> alike = {candidates.front()};
  for (const ActCandidate& candidate : candidates | std::views::drop(1)) {
    if (alike.size() == kQuestionCandidatesMax) break;
    if (ambiguous(page, candidates.front(), candidate)) alike.push_back(candidate);
  }
  return alike;
}

template <class List>
json::array notes(const List& candidates) {
  json::array list;
  for (const auto& candidate : candidates) {
    if (list.size() < kOptionsMax) list.emplace_back(candidate.note);
  }
  return list;
}

std::string joined(const json::array& list) {
  std::string text;
  for (const json::value& entry : list) {
    text += (text.empty() ? "" : ", ");
    text += std::string_view(entry.as_string());
  }
  return text;
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

// What leads to a sign-in form, and away from it, beside "Sign in" and "Sign out".
std::vector<std::string> sign_in_names() {
  return {"Log in", "Login", "Sign in / Register", "Account", "My account"};
}
std::vector<std::string> sign_out_names() { return {"Log out", "Logout", "Sign off"}; }

bool answers_dialog(const Act& act) {
  return act.kind == ActKind::kAcceptDialog || act.kind == ActKind::kDismissDialog;
}

bool all_observations(const Reading& reading) {
  return std::all_of(reading.intents.begin(), reading.intents.end(), [](const Intent& intent) {
    return std::holds_alternative<Observation>(intent);
  });
}

Phase phase_of(const gherkin::PickleStep& step, const Reading& reading) {
  switch (step.type) {
    case gherkin::StepType::kContext:
      return Phase::kGiven;
    case gherkin::StepType::kAction:
      return Phase::kWhen;
    case gherkin::StepType::kOutcome:
      return Phase::kThen;
    default:
      return all_observations(reading) ? Phase::kThen : Phase::kWhen;
  }
}

void replace_all(std::string* text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text->find(from, at)) != std::string::npos; at += to.size())
    text->replace(at, from.size(), to);
}

}  // namespace

std::unexpected<Error> Walk::not_grounded(std::string reason, json::array candidates) const {
  const gherkin::PickleStep& step = pickle_.steps[step_];
  std::string message = "Line " + std::to_string(step.location.line) + ", «" + step.keyword + " " +
                        step.text + "»: " + reason;
  if (!candidates.empty()) message += " Nearest: " + joined(candidates) + ".";
  return fail(ErrorCode::kInvalidRequest, message,
              {{"line", step.location.line},
               {"step", step.text},
               {"reason", reason},
               {"candidates", std::move(candidates)}});
}

asio::awaitable<Result<Page>> Walk::look() {
  VOUCH_CO_TRY(browser::Snapshot snapshot, co_await session_->snapshot());
  Page page(std::move(snapshot));
  map_.add(page);
  co_return page;
}

asio::awaitable<Result<Chain>> Walk::run() {
  variables_ = site_.variables;
  variables_["unique"] = make_unique_value(random_);
  VOUCH_CO_TRY(session_, co_await host_.open(site_.context()));
  VOUCH_CO_TRY_VOID(co_await reset_site(*session_, site_));
  Chain chain;
  chain.title = pickle_.name;
  chain.line = pickle_.location().line;
  chain.tags = pickle_.tags;
  changes_.assign(pickle_.steps.size(), false);
  for (step_ = 0; step_ < pickle_.steps.size(); ++step_) {
    const auto begin = steady_clock::now();
    VOUCH_CO_TRY(ChainStep made, co_await step(pickle_.steps[step_]));
    made.elapsed_ms = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin).count();
    chain.steps.push_back(std::move(made));
  }
  if (accepts_dialogs_ && answers_dialogs_) {
    co_return fail(
        ErrorCode::kInvalidRequest,
        "Several dialogs of the browser open, and not every one is answered by a step. " +
            assumptions_.back());
  }
  if (!changes_.empty()) changes_[last_acted_] = true;  // what it sent since then was not watched
  for (std::size_t i = 0; i < chain.steps.size(); ++i) chain.steps[i].only_reads = !changes_[i];
  chain.assumptions = assumptions_;
  chain.accepts_dialogs = accepts_dialogs_;
  co_return chain;
}

asio::awaitable<Result<ChainStep>> Walk::step(const gherkin::PickleStep& raw) {
  gherkin::PickleStep said = raw;  // with the variables' values, as the page will show them
  said.text = browser::substitute(raw.text, variables_);
  if (said.doc_string)
    said.doc_string->content = browser::substitute(said.doc_string->content, variables_);
  if (said.table) {
    for (auto& row : *said.table) {
      for (std::string& cell : row) cell = browser::substitute(cell, variables_);
    }
  }
  Result<std::vector<Reading>> readings = read_step(said);
  hopeless_ = !readings.has_value();
  if (!readings) co_return not_grounded(readings.error().message);
  ChainStep made;
  made.keyword = raw.keyword;
  made.text = raw.text;
  made.line = raw.location.line;
  made.background = raw.background;
  made.phase = phase_ = phase_of(raw, readings->front());
  if (phase_ == Phase::kThen &&
      !std::any_of(readings->begin(), readings->end(), all_observations)) {
    hopeless_ = true;
    co_return not_grounded(
        "a Then must say what is to be seen, and this one is understood as something to do: " +
        readings->front().because + ".");
  }
  acted_ = false;
  std::optional<Error> first_error;
  bool observed = false;
  for (const Reading& reading : *readings) {
    made.items.clear();
    Result<void> done;
    if (all_observations(reading)) {
      if (std::exchange(observed, true)) continue;  // all of them are looked for together
      std::vector<const Reading*> observations;
      for (const Reading& other : *readings) {
        if (all_observations(other)) observations.push_back(&other);
      }
      done = co_await observe(observations, &made.items);
    } else if (phase_ == Phase::kThen) {
      continue;
    } else {
      done = co_await acts(reading.intents, &made.items);
    }
    if (done) {
      made.reading = reading.because;
      made.only_opens =
          !made.items.empty() &&
          std::all_of(made.items.begin(), made.items.end(), [](const ChainItem& item) {
            return item.action() && item.action()->kind == Action::Kind::kGoto;
          });
      restore_placeholders(raw.text + (raw.doc_string ? raw.doc_string->content : ""), &made.items);
      log_(raw.keyword + " " + raw.text + " → " + (made.reading.empty() ? "done" : made.reading));
      co_return made;
    }
    if (done.error().code != ErrorCode::kInvalidRequest) co_return std::unexpected(done.error());
    if (!first_error) first_error = done.error();
    if (acted_) break;  // the page is no longer what this step began with
  }
  co_return std::unexpected(*first_error);
}

// Values of variables that the step names become placeholders again; the unique value wherever it
// stands.
void Walk::restore_placeholders(const std::string& raw_text, Items* items) const {
  for (ChainItem& item : *items) {
    for (const auto& [name, value] : variables_) {
      std::string placeholder = "${" + name + "}";
      bool named = name == "unique" || raw_text.find(placeholder) != std::string::npos;
      if (!named || value.empty()) continue;
      json::value plain =
          item.action() ? browser::to_json(*item.action()) : browser::to_json(*item.assertion());
      std::string text = json::serialize(plain), escaped = json::serialize(json::value(value));
      replace_all(&text, escaped.substr(1, escaped.size() - 2), placeholder);
      json::value restored = json::parse(text);
      if (item.action()) {
        item.what = *browser::parse_action(restored);
      } else {
        item.what = *browser::parse_assertion(restored);
      }
    }
  }
}

// ---- acting ----

// The act that comes after intents[at], in this step or the next.
std::optional<Act> Walk::next_act(const std::vector<Intent>& intents, std::size_t at) const {
  const auto as_act = [](const Intent& intent) {
    const Act* act = std::get_if<Act>(&intent);
    return act == nullptr ? std::nullopt : std::optional(*act);
  };
  if (at + 1 < intents.size()) return as_act(intents[at + 1]);
  if (step_ + 1 >= pickle_.steps.size()) return std::nullopt;
  gherkin::PickleStep said = pickle_.steps[step_ + 1];
  said.text = browser::substitute(said.text, variables_);
  auto readings = read_step(said);
  if (!readings || readings->front().intents.empty()) return std::nullopt;
  return as_act(readings->front().intents.front());
}

// A dialog of the browser is answered by who waits for it: what the next act says is set up before
// the act that opens it.
Walk::Done Walk::arm(const std::vector<Intent>& intents, std::size_t at, Items* items) {
  const Act* one = std::get_if<Act>(&intents[at]);
  if (one == nullptr || answers_dialog(*one)) co_return Result<void>{};
  const std::optional<Act> next = next_act(intents, at);
  if (!next || !answers_dialog(*next)) co_return Result<void>{};
  Action answer;
  answer.kind = next->kind == ActKind::kAcceptDialog ? Action::Kind::kAcceptDialog
                                                     : Action::Kind::kDismissDialog;
  answer.value = next->value;
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY_VOID(co_await session_->perform(answer));
  items->push_back({answer});
  is_armed_ = true;
  co_return Result<void>{};
}

// No dialog opened: items[at] is nothing to wait for.
Walk::Done Walk::disarm(std::size_t at, Items* items) {
  is_armed_ = false;
  items->erase(items->begin() + static_cast<std::ptrdiff_t>(at));
  const Action as_always{Action::Kind::kAcceptDialog, {}, ""};
  VOUCH_CO_TRY_VOID(co_await session_->perform(as_always));
  co_return Result<void>{};
}

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

void Walk::note(const browser::Effect& effect) {
  for (const browser::SiteRequest& request : effect.requests) {
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
    std::string assumed = "The page asks «" + text + "» in a dialog of the browser, at «" +
                          pickle_.steps[step_].text + "»: it is accepted.";
    if (std::ranges::find(assumptions_, assumed) == assumptions_.end())
      assumptions_.push_back(std::move(assumed));
  }
  accepts_dialogs_ = accepts_dialogs_ || !unanswered.empty();
}

Walk::Done Walk::go(std::string address, Items* items) {
  Action action{Action::Kind::kGoto, {}, std::move(address)};
  acted_ = true;
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(action));
  note(effect);
  opened_ = true;
  memory_ = {};
  items->push_back({action});
  co_return Result<void>{};
}

Walk::Done Walk::ensure_opened(Items* items) {
  if (opened_) co_return Result<void>{};
  co_return co_await go(map_.start(), items);
}

// The dialog was answered when it opened.
Walk::Done Walk::take_answer() {
  if (!std::exchange(was_answered_, false)) {
    co_return not_grounded("no dialog of the browser opened at the step before it.");
  }
  acted_ = true;
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
    case ActKind::kSearch:
      return search(act, items);
    default:
      return element_act(act, items);
  }
}

// Stable from try to try: the line of the step, and of the example, and which of its choices it is.
std::string Walk::question_id() const {
  const auto step = static_cast<std::size_t>(step_);
  std::string id = "line-" + std::to_string(pickle_.steps[step].location.line);
  if (pickle_.example_location) {
    id += "-example-" + std::to_string(pickle_.example_location->line);
  }
  const auto before = std::ranges::count(decisions_, step_, &Decision::step);
  if (before > 0) id += "-" + std::to_string(before + 1);
  return id;
}

Error Walk::question(const Page& page, const std::string& id,
                     const std::vector<ActCandidate>& candidates) const {
  const std::vector<ActCandidate> alike = alike_of(page, candidates);
  json::array choices;
  for (const ActCandidate& candidate : alike) {
    choices.push_back(json::object{{"value", std::to_string(choices.size() + 1)},
                                   {"text", candidate.note + place_of(page, candidate, alike)},
                                   {"key", key_of(page, candidate)}});
  }
  Error error = not_grounded(std::string(kSeveralFit), notes(candidates)).error();
  const gherkin::PickleStep& step = pickle_.steps[step_];
  error.details["question"] = json::object{{"id", id},
                                           {"step", step.text},
                                           {"line", step.location.line},
                                           {"question", "Which one is meant?"},
                                           {"candidates", std::move(choices)}};
  return error;
}

Result<std::size_t> Walk::choose(const Page& page, const std::vector<ActCandidate>& candidates) {
  Decision decision;
  decision.step = step_;
  for (const ActCandidate& candidate : candidates) {
    if (decision.options.size() < kOptionsMax)
      decision.options.emplace_back(key_of(page, candidate), candidate.score);
  }
  std::size_t index = decisions_.size();
  if (index < forced_.size()) {
    auto at = std::find_if(decision.options.begin(), decision.options.end(),
                           [&](const auto& option) { return option.first == forced_[index]; });
    if (at == decision.options.end())
      return not_grounded("the page did not show the same choices again.");
    decision.chosen = static_cast<std::size_t>(at - decision.options.begin());
  } else if (candidates.size() > 1 && ambiguous(page, candidates[0], candidates[1])) {
    const std::string id = question_id();
    if (auto answer = site_.answers.find(id); answer != site_.answers.end()) {
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (key_of(page, candidates[i]) != answer->second) continue;
        assumptions_.push_back("«" + pickle_.steps[step_].text + "» means " + candidates[i].note +
                               place_of(page, candidates[i], alike_of(page, candidates)) +
                               ", as was answered.");
        decision.options = {{answer->second, candidates[i].score}};
        decisions_.push_back(std::move(decision));
        return i;
      }
    }
    if (site_.on_ambiguity == OnAmbiguity::kAsk) {
      return std::unexpected(question(page, id, candidates));
    }
    if (site_.on_ambiguity == OnAmbiguity::kFail) {
      return not_grounded(std::string(kSeveralFit), notes(candidates));
    }
    assumptions_.push_back("«" + pickle_.steps[step_].text +
                           "» means the first of several: " + candidates[0].note + ".");
  }
  decisions_.push_back(decision);
  return decision.chosen;
}

Walk::Done Walk::element_act(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (act.kind == ActKind::kGoBack || act.kind == ActKind::kReload) {
    Action action{
        act.kind == ActKind::kGoBack ? Action::Kind::kGoBack : Action::Kind::kReload, {}, ""};
    acted_ = true;
    VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(action));
    note(effect);
    items->push_back({action});
    co_return Result<void>{};
  }
  auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  std::vector<ActCandidate> candidates;
  std::optional<Page> page;
  for (;;) {
    VOUCH_CO_TRY(page, co_await look());
    candidates = act_candidates(*page, act, memory_);
    if ((!candidates.empty() && candidates.front().score >= kSure) ||
        steady_clock::now() >= deadline)
      break;
    co_await pause(kLookAgain);
  }
  json::array nearest = notes(candidates);
  if (nearest.empty()) {
    for (std::string& text : nearest_controls(*page, act)) nearest.emplace_back(std::move(text));
  }
  std::erase_if(candidates, [](const ActCandidate& c) { return c.score < kAcceptMin; });
  if (candidates.empty())
    co_return not_grounded("nothing on the page fits: " + describe(Intent(act)) + ".",
                           std::move(nearest));
  earlier_.push_back(*page);
  if (earlier_.size() > kEarlierMax) earlier_.erase(earlier_.begin());
  VOUCH_CO_TRY(std::size_t chosen, choose(*page, candidates));
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

Walk::Done Walk::perform(const Page* page, ActCandidate candidate, Items* items) {
  if (candidate.element >= 0) {
    std::vector<browser::Locator> locators =
        locators_for(*page, candidate.element, candidate.hints);
    VOUCH_CO_TRY(auto index, co_await session_->resolve(candidate.element, locators));
    if (!index)
      co_return fail(ErrorCode::kInvalidRequest, "no locator names " + candidate.note + " alone.");
    candidate.action.locator = locators[*index];
  }
  Result<browser::Effect> effect = co_await session_->perform(candidate.action);
  if (!effect) {
    co_return fail(effect.error().code,
                   candidate.note + ": " + effect.error().message.substr(0, 300));
  }
  acted_ = true;
  note(*effect);
  if (candidate.element >= 0) {
    memory_.last = page->at(candidate.element);
    memory_.last_locator = candidate.action.locator;
  }
  items->push_back({candidate.action});
  co_return Result<void>{};
}

Walk::Done Walk::open_page(const Act& act, Items* items) {
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
  Act click = act;
  click.kind = ActKind::kClick;
  co_return co_await element_act(click, items);
}

// The secret that the act signs in with, as "${name}", where that is a saved sign-in.
std::optional<std::string> Walk::saved_sign_in(const Act& act) const {
  if (!site_.secrets) return std::nullopt;
  for (const std::string& text : {act.value, act.user}) {
    if (!text.starts_with("${") || !text.ends_with('}')) continue;
    const auto& values = site_.secrets->values();
    auto found = values.find(std::string_view(text).substr(2, text.size() - 3));
    if (found != values.end() && storage_state_values(found->second)) return text;
  }
  return std::nullopt;
}

Walk::Done Walk::restore_sign_in(std::string state, Items* items) {
  const bool reloads = opened_;
  Action action{Action::Kind::kSetStorageState, {}, std::move(state)};
  acted_ = true;
  VOUCH_CO_TRY_VOID(co_await session_->perform(action));
  items->push_back({action});
  if (!reloads) co_return Result<void>{};
  Action again{Action::Kind::kReload, {}, ""};
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(again));
  note(effect);
  items->push_back({again});
  co_return Result<void>{};
}

Walk::Done Walk::sign_in(const Act& act, Items* items) {
  if (auto state = saved_sign_in(act)) co_return co_await restore_sign_in(*state, items);
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY(Page page, co_await look());
  if (act.ensures_state) {
    Target out;
    out.name = "Sign out";
    out.alternatives = sign_out_names();
    auto found = rank(page, out, Purpose::kClick);
    if (!found.empty() && found.front().score >= 0.85) co_return Result<void>{};
  }
  std::optional<SignInForm> form = find_sign_in_form(page);
  if (!form) {
    Act way;
    way.kind = ActKind::kClick;
    way.target.name = "Sign in";
    way.target.alternatives = sign_in_names();
    VOUCH_CO_TRY_VOID(co_await element_act(way, items));
    auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
    while (!form && steady_clock::now() < deadline) {
      VOUCH_CO_TRY(page, co_await look());
      form = find_sign_in_form(page);
      if (!form) co_await pause(kLookAgain);
    }
  }
  if (!form) co_return not_grounded("no sign-in form with a password was found on the page.");
  auto on = [&](int id, Action::Kind kind, std::string value) {
    ActCandidate candidate;
    candidate.element = id;
    candidate.action = {kind, {}, std::move(value)};
    candidate.note = describe(page, id);
    return candidate;
  };
  if (!act.user.empty() && form->user >= 0) {
    VOUCH_CO_TRY_VOID(
        co_await perform(&page, on(form->user, Action::Kind::kFill, act.user), items));
  }
  if (act.value.empty() && act.ensures_state) {
    co_return not_grounded("no password is given; say «with password \"…\"» or use a variable.");
  }
  VOUCH_CO_TRY_VOID(
      co_await perform(&page, on(form->password, Action::Kind::kFill, act.value), items));
  if (form->submit >= 0) {
    VOUCH_CO_TRY_VOID(co_await perform(&page, on(form->submit, Action::Kind::kClick, ""), items));
  } else {
    VOUCH_CO_TRY_VOID(
        co_await perform(&page, on(form->password, Action::Kind::kPress, "Enter"), items));
  }
  if (!act.ensures_state) co_return Result<void>{};
  auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  for (;;) {
    VOUCH_CO_TRY(page, co_await look());
    if (!find_sign_in_form(page)) co_return Result<void>{};
    if (steady_clock::now() >= deadline) break;
    co_await pause(kLookAgain);
  }
  std::string says;
  for (const Element& e : page.elements()) {
    if (kind_score(e, ElementKind::kMessage) >= 0.95 && !e.text.empty()) says = e.text;
  }
  co_return not_grounded("signing in did not succeed" +
                         (says.empty() ? "." : ": the page says «" + says + "»."));
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
  VOUCH_CO_TRY(std::size_t chosen, choose(page, candidates));
  earlier_.push_back(page);
  VOUCH_CO_TRY_VOID(co_await perform(&page, candidates[chosen], items));
  ActCandidate enter = candidates[chosen];
  enter.action = {Action::Kind::kPress, {}, "Enter"};
  co_return co_await perform(&page, enter, items);
}

// ---- observing ----

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
  for (const Reading* reading : readings) {
    for (const Intent& intent : reading->intents) {
      seconds = std::max(seconds, std::get<Observation>(intent).within_seconds.value_or(0));
    }
  }
  auto begin = steady_clock::now();
  auto deadline = begin + std::max(milliseconds(kObserveMsMax),
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
    co_await pause(kLookAgain);
  }
  const Observation& wanted = std::get<Observation>(readings.front()->intents.front());
  std::string text = wanted.expected.empty() ? wanted.target.name : wanted.expected;
  co_return not_grounded(
      "the page does not show it: " + describe(readings.front()->intents.front()) + ".",
      nearest_texts(*page, text));
}

}  // namespace vouch::features::ground
