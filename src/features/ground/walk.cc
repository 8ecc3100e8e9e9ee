#include "features/ground/walk.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "features/ground/similarity.h"
#include "features/read/read.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
namespace json = boost::json;
using browser::Action;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// "… after reloading the page", in a Then.
bool begins_with_reload(const Reading& reading) {
  const auto* act = std::get_if<Act>(&reading.intents.front());
  return act != nullptr && act->kind == ActKind::kReload && reading.intents.size() > 1;
}

// A key for whatever has the focus.
bool presses_key(const Intent& intent) {
  const auto* act = std::get_if<Act>(&intent);
  return act != nullptr && act->kind == ActKind::kPress && act->target.name.empty() &&
         act->target.noun.empty();
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

// Adds what a visitor did and saw; their claims are other ones than those before.
void take_over(const std::string& visitor, std::vector<ChainItem> items,
               std::vector<ChainItem>* all) {
  const int claims = all->empty() ? 0 : all->back().claim + 1;
  for (ChainItem& item : items) {
    item.claim += claims;
    std::visit([&](auto& what) { what.visitor = visitor; }, item.what);
    for (browser::Assertion& other : item.alternatives) other.visitor = visitor;
    all->push_back(std::move(item));
  }
}

// It says which page is shown, or what is to be seen on it.
bool names_page(const Intent& intent) {
  const Act* act = std::get_if<Act>(&intent);
  return act == nullptr || act->kind == ActKind::kOpen;
}

void replace_all(std::string* text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text->find(from, at)) != std::string::npos; at += to.size())
    text->replace(at, from.size(), to);
}

}  // namespace

asio::awaitable<Result<Page>> Walk::look() {
  VOUCH_CO_TRY(browser::Snapshot snapshot, co_await session_->snapshot());
  visit_.url = snapshot.url;
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
    ChainStep made;
    if (known_ != nullptr) {
      VOUCH_CO_TRY(made, co_await redo(pickle_.steps[step_], known_->chain.steps[step_]));
    } else {
      VOUCH_CO_TRY(made, co_await step(pickle_.steps[step_]));
    }
    made.elapsed_ms = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin).count();
    chain.steps.push_back(std::move(made));
  }
  await_what_is_cut_off(&chain.steps);
  if (!changes_.empty()) changes_[last_acted_] = true;  // what it sent since then was not watched
  for (std::size_t i = 0; i < chain.steps.size(); ++i) chain.steps[i].only_reads = !changes_[i];
  chain.assumptions = assumptions_;
  chain.accepts_dialogs = accepts_dialogs_;
  co_return chain;
}

void Walk::go_on_as(const std::string& visitor) {
  if (visitor == visitor_) return;
  others_[visitor_] = std::exchange(visit_, std::move(others_[visitor]));
  visitor_ = visitor;
  session_->go_on_as(visitor);
}

asio::awaitable<Result<ChainStep>> Walk::step(const gherkin::PickleStep& raw) {
  ChainStep made;
  made.keyword = raw.keyword;
  made.text = raw.text;
  made.line = raw.location.line;
  made.background = raw.background;
  bool first = true;
  std::string said;  // as it was written, and as it is meant
  for (const Part& part : parts_[step_]) {
    VOUCH_CO_TRY_VOID(co_await step_of(part, std::exchange(first, false), &made));
    said += part.step.text + (part.step.doc_string ? part.step.doc_string->content : "");
  }
  restore_placeholders(said, &made.items);
  log_(raw.keyword + " " + raw.text + " → " + (made.reading.empty() ? "done" : made.reading));
  co_return made;
}

// "its cell under 'Today'": of what was named last, first; else whatever has such a cell.
void Walk::add_of_it(std::string_view text, std::vector<Reading>* readings) const {
  const bool says_its = fold(text).starts_with("its ");
  if (!says_its || (!named_ && !nth_)) return;
  std::vector<Reading> of_it;
  for (const Reading& reading : *readings) {
    if (!all_observations(reading)) continue;
    Reading other = reading;
    Observation& seen = std::get<Observation>(other.intents.front());
    if (seen.target.name == "it" || seen.target.quoted) continue;
    seen.target.scopes.push_back({ElementKind::kAny, "it", false});
    of_it.push_back(std::move(other));
  }
  readings->insert(readings->begin(), of_it.begin(), of_it.end());
}

// "it" is what the steps before named last, and so is "that tab" if it may be one; what is filled
// in as "it" is a field that stands open.
void Walk::resolve_it(std::string_view text, std::vector<Reading>* readings) const {
  add_of_it(text, readings);
  // "the first product is 'Tea'. It costs '€ 5'": the first one does, whatever it is then.
  const auto says_it_of_place = [](const Scope& scope) {
    return scope.name == "it" && !scope.quoted && !scope.ordinal;
  };
  std::vector<Reading> of_nth;
  for (const Reading& reading : *readings) {
    if (!nth_ || !all_observations(reading)) break;
    Reading other = reading;
    bool any = false;
    for (Intent& intent : other.intents) {
      Observation& seen = std::get<Observation>(intent);
      const bool is_of_it = seen.target.scopes.size() == 1 &&
                            says_it_of_place(seen.target.scopes[0]) && seen.target.name.empty();
      if (seen.kind == ObserveKind::kText && is_of_it) {
        seen.kind = ObserveKind::kContent;
        seen.target = *nth_;
        seen.match = Match::kEquals;
        any = true;
        continue;
      }
      for (Scope& scope : seen.target.scopes) {
        if (!says_it_of_place(scope)) continue;
        const std::string& name = nth_->noun.empty() ? nth_->name : nth_->noun;
        scope = {nth_->kind, name, false, nth_->ordinal};
        any = true;
      }
    }
    if (any) of_nth.push_back(std::move(other));
  }
  readings->insert(readings->begin(), of_nth.begin(), of_nth.end());
  for (Reading& reading : *readings) {
    for (Intent& intent : reading.intents) {
      const Act* act = std::get_if<Act>(&intent);
      Target& target = std::visit([](auto& one) -> Target& { return one.target; }, intent);
      if (target.ordinal && target.name == "one" && counted_) {
        const std::optional<int> ordinal = target.ordinal;
        target = *counted_;
        target.ordinal = ordinal;
      }
      const ElementKind kind = target.kind;
      // "the card says 'X'", after one was named: that one.
      const auto* seen = std::get_if<Observation>(&intent);
      const bool is_part = kind == ElementKind::kItem || kind == ElementKind::kRow;
      if (seen != nullptr && seen->kind == ObserveKind::kContent && is_part && named_ &&
          named_->kind == kind && named_->quoted && target.name.empty() && !target.ordinal &&
          target.scopes.empty())
        target = *named_;
      const bool says_it = target.name == "it" && !target.quoted;
      const bool is_named = named_ && (kind == ElementKind::kAny || named_->kind == kind ||
                                       named_->kind == ElementKind::kAny);
      if (says_it && kind != ElementKind::kAny && !is_named) target.name.clear();
      // "deletes it", where nothing was named: there is but one.
      if (act != nullptr && !named_)
        std::erase_if(target.scopes, [&](const Scope& scope) { return says_it_of_place(scope); });
      if (!named_) continue;
      const bool is_field = named_->quoted && named_->kind == ElementKind::kField;
      if (act != nullptr && act->kind == ActKind::kFill && !is_field) continue;
      if (says_it && is_named) {
        target = *named_;
        if (kind != ElementKind::kAny) target.kind = kind;
      }
      for (Scope& scope : target.scopes) {
        if (scope.name == "it" && !scope.quoted)
          scope = {named_->kind, named_->name, named_->quoted, named_->ordinal};
      }
    }
  }
}

// A key that is pressed after a field was filled in is for that field: no reading leaves it before,
// but for the first, which may say so.
void Walk::drop_those_that_leave(std::vector<Reading>* readings) const {
  if (readings->size() < 2) return;
  bool presses_next = false;
  if (step_ + 1 < pickle_.steps.size()) {
    const Result<std::vector<Reading>> next = read_step(pickle_.steps[step_ + 1]);
    presses_next = next && presses_key(next->front().intents.front());
  }
  const auto leaves = [&](const Reading& reading) {
    for (std::size_t i = 1; i < reading.intents.size(); ++i) {
      const auto* filled = std::get_if<Act>(&reading.intents[i - 1]);
      const auto* left = std::get_if<Act>(&reading.intents[i]);
      const bool is_last = i + 1 == reading.intents.size();
      if (filled && left && filled->kind == ActKind::kFill && left->kind == ActKind::kPress &&
          left->value == "Tab" && (is_last ? presses_next : presses_key(reading.intents[i + 1])))
        return true;
    }
    return false;
  };
  readings->erase(std::remove_if(readings->begin() + 1, readings->end(), leaves), readings->end());
}

void Walk::note_named(const Reading& reading) {
  for (const Intent& intent : reading.intents) {
    const Target& target =
        std::visit([](const auto& one) -> const Target& { return one.target; }, intent);
    if (target.ordinal) counted_ = target;
    const auto* seen = std::get_if<Observation>(&intent);
    const bool is_nth = seen != nullptr && seen->kind == ObserveKind::kContent && target.ordinal;
    const Act* act = std::get_if<Act>(&intent);
    const auto item = std::ranges::find_if(target.scopes, &Scope::quoted);
    if (act != nullptr && act->kind == ActKind::kClick && item != target.scopes.end()) {
      named_ = Target{.kind = item->kind, .name = item->name, .quoted = true};  // "Edit" of 'Tea'
      nth_.reset();
    } else if (is_nth && !seen->expected.empty() &&
               !seen->negated) {  // "the first review is 'Fern'"
      named_ = Target{.name = seen->expected, .quoted = true};
      nth_ = target;
    } else if (target.quoted && !target.name.empty()) {
      named_ = target;
      nth_.reset();
    }
  }
}

// What one visitor does or sees in a step, after what was made of it so far.
Walk::Done Walk::step_of(const Part& part, bool first, ChainStep* made) {
  const gherkin::PickleStep& raw = part.step;
  go_on_as(part.visitor);
  acted_ = false;
  gherkin::PickleStep said = raw;  // with the variables' values, as the page will show them
  said.text = browser::substitute(site_.words.in_site_words(raw.text), variables_);
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
  resolve_it(said.text, &*readings);
  drop_those_that_leave(&*readings);
  const Phase before = phase_;
  if (first) made->phase = phase_ = phase_of(pickle_.steps[step_], readings->front());
  Items items, before_it;
  if (phase_ != Phase::kThen) VOUCH_CO_TRY_VOID(co_await come_back(readings->front(), &before_it));
  if (!begins_with_reload(readings->front()) && means_page_before(readings->front())) {
    co_return not_grounded("it may mean the page as it was before «" + visit_.elsewhere +
                           "» was looked at: put it before that step.");
  }
  if (phase_ == Phase::kWhen && before != Phase::kWhen) {
    for (auto& [name, other] : others_) other.before_acts.reset();
    visit_.before_acts.reset();
    if (visit_.opened) {
      VOUCH_CO_TRY(visit_.before_acts, co_await look());
    }
  }
  if (phase_ == Phase::kThen && begins_with_reload(readings->front()))
    VOUCH_CO_TRY_VOID(co_await reload_for(&*readings, &before_it));
  if (phase_ == Phase::kThen &&
      !std::any_of(readings->begin(), readings->end(), all_observations)) {
    hopeless_ = true;
    co_return not_grounded(
        "a Then must say what is to be seen, and this one is understood as something to do: " +
        readings->front().because + ".");
  }
  const std::size_t chosen = phase_ == Phase::kThen ? 0 : choices_.choose_reading(step_, *readings);
  const Reading* meant = nullptr;
  VOUCH_CO_TRY_VOID(co_await find(*readings, chosen, made->items.empty(), &meant, &items));
  visit_.is_placed = visit_.is_placed || std::ranges::any_of(meant->intents, names_page);
  note_named(*meant);
  made->reading += (made->reading.empty() ? "" : "; ") + meant->because;
  std::ranges::move(items, std::back_inserter(before_it));
  take_over(part.visitor, std::move(before_it), &made->items);
  co_return Result<void>{};
}

// The step's readings here, near by for a Given, elsewhere for a Then: `meant` is the one that can
// be done, or seen. `begins`: no other visitor's part of the step comes before.
Walk::Done Walk::find(const std::vector<Reading>& readings, std::size_t chosen, bool begins,
                      const Reading** meant, Items* items) {
  const auto is_unfound = [](const Result<void>& done) {
    return !done && done.error().code == ErrorCode::kInvalidRequest;
  };
  const Result<void> here = co_await read_as(readings, chosen, meant, items);
  if (!is_unfound(here)) co_return here;
  // Features begin on a page that they do not name: what a Given needs may be on another one, where
  // no step before has named this one, or looked at it. What the first act needs may be behind
  // "Get started".
  const bool is_begun = visit_.memory.last.has_value();
  may_leave_ = phase_ == Phase::kGiven && !visit_.is_placed;
  may_travel_ = known_ == nullptr && !acted_ &&
                (may_leave_ || (phase_ != Phase::kThen && !is_begun && visit_.opened));
  if (may_travel_) {
    const Result<void> near_by = co_await read_as(readings, chosen, meant, items);
    may_travel_ = false;
    if (!is_unfound(near_by)) co_return near_by;
  }
  if (phase_ == Phase::kThen && begins) {
    VOUCH_CO_TRY(const bool is_elsewhere, co_await look_elsewhere(readings, meant, items));
    if (is_elsewhere) co_return Result<void>{};
  }
  co_return here;
}

// What a Then claims after a reload; what is claimed after it is not of the page before.
Walk::Done Walk::reload_for(std::vector<Reading>* readings, Items* items) {
  const std::vector<Intent> reload(1, readings->front().intents.front());
  std::erase_if(*readings, [](const Reading& one) { return !begins_with_reload(one); });
  for (Reading& one : *readings) one.intents.erase(one.intents.begin());
  VOUCH_CO_TRY_VOID(co_await acts(reload, items));
  visit_.elsewhere = "the page after reloading";
  visit_.url_before.clear();
  co_return Result<void>{};
}

// The first of the readings that can be done, or seen: `meant`.
Walk::Done Walk::read_as(const std::vector<Reading>& readings, std::size_t chosen,
                         const Reading** meant, Items* items) {
  std::optional<Error> first_error;
  bool observed = false;
  for (const Reading& reading : std::span(readings).subspan(chosen)) {
    items->clear();
    opened_here_ = false;
    Result<void> done;
    if (all_observations(reading)) {
      if (std::exchange(observed, true)) continue;  // all of them are looked for together
      std::vector<const Reading*> observations;
      for (const Reading& other : readings) {
        if (all_observations(other)) observations.push_back(&other);
      }
      done = co_await observe(observations, items);
    } else if (phase_ == Phase::kThen) {
      continue;
    } else {
      done = co_await acts(reading.intents, items);
    }
    if (done) {
      *meant = &reading;
      co_return done;
    }
    if (done.error().code != ErrorCode::kInvalidRequest) co_return std::unexpected(done.error());
    if (!first_error) first_error = done.error();
    if (acted_) break;                        // the page is no longer what this step began with
    if (opened_here_) visit_.opened = false;  // another reading opens it for itself
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

}  // namespace vouch::features::ground
