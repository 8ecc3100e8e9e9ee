// A walk's signing in: by the site's form, or by a sign-in that was saved.
#include "base/storage_state.h"
#include "features/ground/pause.h"
#include "features/ground/walk.h"

namespace vouch::features::ground {

using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// What leads to a sign-in form, and away from it, beside "Sign in" and "Sign out".
std::vector<std::string> sign_in_names() {
  return {"Log in", "Login", "Sign in / Register", "Account", "My account"};
}
std::vector<std::string> sign_out_names() { return {"Log out", "Logout", "Sign off"}; }

}  // namespace

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
      if (!form) co_await pause();
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
    co_await pause();
  }
  std::string says;
  for (const Element& e : page.elements()) {
    if (kind_score(e, ElementKind::kMessage) >= 0.95 && !e.text.empty()) says = e.text;
  }
  co_return not_grounded("signing in did not succeed" +
                         (says.empty() ? "." : ": the page says «" + says + "»."));
}

}  // namespace vouch::features::ground
