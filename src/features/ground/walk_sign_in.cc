// A walk's signing in: by the site's form, or by a sign-in that was saved.
#include <algorithm>

#include "base/storage_state.h"
#include "features/ground/pause.h"
#include "features/ground/sign_in.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"
#include "features/read/lexicon.h"

namespace vouch::features::ground {

using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// The button that most likely unfolds what a site offers to who is signed in; -1: none.
int menu_button(const Page& page) {
  int best = -1;
  double most = 0;
  for (const Element& e : page.elements()) {
    if (!e.visible || e.disabled || (e.role != "button" && e.role != "link" && !e.clickable))
      continue;
    if (e.role == "link" && !e.href.empty() && e.href.find('#') == std::string::npos)
      continue;  // it leads elsewhere
    const bool folds = e.expanded.has_value() && !*e.expanded;
    double score = folds ? 0.3 : 0;
    for (std::string_view word : {"menu", "account", "profile", "user", "avatar"})
      score = std::max(score, (folds ? 0.3 : 0) + 0.6 * name_score(e, word));
    if (score > most && score >= 0.25) {
      most = score;
      best = e.id;
    }
  }
  return best;
}

ActCandidate on_field(const Page& page, int id, Action::Kind kind, std::string value) {
  ActCandidate candidate;
  candidate.element = id;
  candidate.action = {kind, {}, std::move(value)};
  candidate.note = describe(page, id);
  return candidate;
}

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
  const bool reloads = visit_.opened;
  Action action{Action::Kind::kSetStorageState, {}, std::move(state)};
  acted_ = true;
  VOUCH_CO_TRY_VOID(co_await session_->perform(action));
  items->push_back({action});
  if (!reloads) co_return Result<void>{};
  Action again{Action::Kind::kReload, {}, ""};
  VOUCH_CO_TRY(const browser::Effect effect, co_await session_->perform(again));
  note(effect);
  wait_if_late(effect, &again);
  items->push_back({again});
  co_return Result<void>{};
}

// Of a form in which an account is made.
void Walk::note_account(const Act& fill) {
  const std::string name = fold(fill.target.name);
  auto& account = visit_.account;
  if (name == "password")
    account.password = fill.value;
  else if (name == "email" || name == "e mail" || name == "email address")
    account.email = fill.value;
  else if (name == "name" || name == "username" || name == "user name")
    account.user = fill.value;
}

// "logs in", after an account was made: with what it was made of, as the form asks for it.
std::optional<Act> Walk::with_account(const Act& act, const Page& page) const {
  const auto& account = visit_.account;
  const std::optional<SignInForm> form = find_sign_in_form(page);
  if (account.password.empty() || !form || form->user < 0) return std::nullopt;
  const Element& field = page.at(form->user);
  const bool by_email = field.type == "email" || fold(field.name).starts_with("e mail") ||
                        fold(field.name).starts_with("email");
  Act made = act;
  made.user = by_email || account.user.empty() ? account.email : account.user;
  made.value = account.password;
  const bool is_theirs = act.user.empty() || act.user == account.user || act.user == account.email;
  if (made.user.empty() || !is_theirs) return std::nullopt;
  return made;
}

// Who signs in and with what, where the step says only a part of it: of an account that was made,
// of the project's variables and secrets, of the feature's other steps, of what the page says.
Result<Act> Walk::with_credentials(Act act, const Page& page) {
  if (!act.password_is_known) return act;
  if (auto again = with_account(act, page)) {
    assume("«" + pickle_.steps[step_].text + "» is done with what was filled in before: «" +
           again->user + "».");
    return *std::move(again);
  }
  if (act.adds == "account")
    return not_grounded("nobody made an account, or signed in, in the steps before.");
  std::vector<std::string> names;
  for (const auto& [name, value] : site_.variables) names.push_back(name);
  if (site_.secrets) {
    for (const auto& [name, value] : site_.secrets->values()) names.push_back(name);
  }
  if (act.user.empty()) {
    const auto variable = user_variable(names);
    if (variable) act.user = "${" + *variable + "}";
    if (!variable && site_.passwords.size() == 1) act.user = site_.passwords.begin()->first;
    if (act.user.empty()) {
      return not_grounded(
          "it does not say who; say «as \"…\" with password \"…\"», or give the project the "
          "variables «username» and «password».");
    }
  }
  const auto known = find_user(site_.passwords, act.user);
  if (known != site_.passwords.end()) act.user = known->first;
  if (const auto variable = password_variable(names, act.user)) {
    act.value = "${" + *variable + "}";
  } else if (known != site_.passwords.end()) {
    act.value = known->second;
  } else if (const auto told = password_told(page)) {
    act.value = *told;
    assume("The password of «" + act.user + "» is the one that the sign-in page shows.");
  } else {
    return not_grounded(
        "no password is given; say «with password \"…\"», or give the project a variable or "
        "secret «password».");
  }
  return act;
}

// "the administrator is logged in", where the page asks who signs in first: "Doctor", "Patient",
// "Admin". Nothing where it does not ask, or the step names none of them, or several.
Walk::Done Walk::choose_role(Page* page, Items* items) {
  const int role = role_named(*page, pickle_.steps[step_].text);
  if (role < 0) co_return Result<void>{};
  VOUCH_CO_TRY_VOID(co_await perform(page, on_field(*page, role, Action::Kind::kClick, ""), items));
  VOUCH_CO_TRY(*page, co_await look());
  co_return Result<void>{};
}

Walk::Done Walk::submit_sign_in(const SignInForm& form, Page* page, Items* items) {
  ActCandidate submit = form.submit >= 0
                            ? on_field(*page, form.submit, Action::Kind::kClick, "")
                            : on_field(*page, form.password, Action::Kind::kPress, "Enter");
  remember(*page);
  co_return co_await perform(page, std::move(submit), items);
}

// Where the way out is folded away in a menu, that is opened first.
Walk::Done Walk::sign_out(const Act& act, Items* items) {
  Act press = act;
  press.kind = ActKind::kClick;
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY(const Page page, co_await look());
  const std::vector<ActCandidate> shown = act_candidates(page, press, visit_.memory);
  // What slides out of sight has no role where the page hides it from assistive technology.
  const bool is_shown = !shown.empty() && shown.front().score >= kSure &&
                        !page.at(shown.front().element).role.empty();
  if (act.ensures_state && !is_shown) co_return Result<void>{};
  const int menu = is_shown ? -1 : menu_button(page);
  if (menu >= 0) {
    VOUCH_CO_TRY_VOID(
        co_await perform(&page, on_field(page, menu, Action::Kind::kClick, ""), items));
  }
  co_return co_await element_act(press, items);
}

Walk::Done Walk::sign_in(const Act& said, Items* items) {
  if (auto state = saved_sign_in(said)) co_return co_await restore_sign_in(*state, items);
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY(Page page, co_await look());
  if (said.ensures_state) {
    const auto found = rank(page, way_out(), Purpose::kClick);
    if (!found.empty() && found.front().score >= 0.85) co_return Result<void>{};
  }
  std::optional<SignInForm> form = find_sign_in_form(page);
  if (!form) {
    Act way{.kind = ActKind::kClick, .target = way_in()};
    for (const char* other : {"Sign in / Register", "Account", "My account"})
      way.target.alternatives.emplace_back(other);
    VOUCH_CO_TRY_VOID(co_await element_act(way, items));
    auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
    while (!form && steady_clock::now() < deadline) {
      VOUCH_CO_TRY(page, co_await look());
      form = find_sign_in_form(page);
      if (!form) co_await pause();
    }
  }
  // "… and I log in", where nobody is asked for anything: the way in was pressed, and is gone.
  const auto asks = [](const Element& e) { return e.visible && is_editable(e); };
  if (!form && said.value.empty() && !said.ensures_state &&
      std::ranges::none_of(page.elements(), asks)) {
    const auto ways = rank(page, way_in(), Purpose::kClick);
    if (ways.empty() || ways.front().score < kSure) {
      assume("The site asks for no password at «" + pickle_.steps[step_].text + "».");
      co_return Result<void>{};
    }
  }
  if (!form) co_return not_grounded("no sign-in form with a password was found on the page.");
  VOUCH_CO_TRY_VOID(co_await choose_role(&page, items));
  form = find_sign_in_form(page);
  if (!form) co_return not_grounded("the sign-in form has no password for that role.");
  // "… and I log in", where the fields were filled by the steps before.
  const bool is_filled = form->user >= 0 && !page.at(form->user).value.empty();
  if (said.user.empty() && said.password_is_known && is_filled && !said.ensures_state)
    co_return co_await submit_sign_in(*form, &page, items);
  VOUCH_CO_TRY(const Act act, with_credentials(said, page));
  if (form->user >= 0 && !act.user.empty()) {
    VOUCH_CO_TRY_VOID(
        co_await perform(&page, on_field(page, form->user, Action::Kind::kFill, act.user), items));
  }
  VOUCH_CO_TRY_VOID(co_await perform(
      &page, on_field(page, form->password, Action::Kind::kFill, act.value), items));
  VOUCH_CO_TRY_VOID(co_await submit_sign_in(*form, &page, items));
  if (!act.ensures_state) co_return Result<void>{};
  auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
  for (;;) {
    VOUCH_CO_TRY(page, co_await look());
    if (!find_sign_in_form(page)) {
      const bool is_email = act.user.contains('@');
      visit_.account = {is_email ? act.user : "", is_email ? "" : act.user, act.value};
      co_return Result<void>{};
    }
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
