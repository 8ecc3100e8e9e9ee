// A walk and the browser's own dialogs, which are answered by who waits for them.
#include <algorithm>

#include "features/ground/walk.h"
#include "features/read/read.h"

namespace vouch::features::ground {

using browser::Action;

namespace {

bool answers_dialog(const Act& act) {
  return act.kind == ActKind::kAcceptDialog || act.kind == ActKind::kDismissDialog;
}

bool is_of_dialog(const Intent& intent) {
  const auto* seen = std::get_if<Observation>(&intent);
  return seen != nullptr && seen->kind == ObserveKind::kDialog;
}

}  // namespace

// The act that comes after intents[at], in this step or the next; what is said of the dialog itself
// may stand between.
std::optional<Act> Walk::next_act(const std::vector<Intent>& intents, std::size_t at) const {
  for (std::size_t i = at + 1; i < intents.size(); ++i) {
    if (const Act* act = std::get_if<Act>(&intents[i])) return *act;
    if (!is_of_dialog(intents[i])) return std::nullopt;
  }
  for (std::size_t step = step_ + 1; step < pickle_.steps.size(); ++step) {
    gherkin::PickleStep said = parts_[step].front().step;
    said.text = browser::substitute(said.text, variables_);
    const auto readings = read_step(said);
    if (!readings || readings->front().intents.empty()) return std::nullopt;
    if (const Act* act = std::get_if<Act>(&readings->front().intents.front())) return *act;
    const bool of_dialog = std::ranges::any_of(*readings, [](const Reading& reading) {
      return std::ranges::all_of(reading.intents, is_of_dialog);
    });
    if (!of_dialog) return std::nullopt;
  }
  return std::nullopt;
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

// The dialog was answered when it opened.
Walk::Done Walk::take_answer() {
  if (!std::exchange(was_answered_, false)) {
    co_return not_grounded("no dialog of the browser opened at the step before it.");
  }
  acted_ = true;
  co_return Result<void>{};
}

}  // namespace vouch::features::ground
