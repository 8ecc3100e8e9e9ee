// What a step says only the kind of: "an invalid email address", "a name of 51 characters". What it
// is, is made up, and told.
#include <algorithm>

#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/made_up.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

bool says_invalid(Tokens tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) {
    return token.is_one_of({"invalid", "incorrect", "wrong", "malformed", "unknown", "bad"});
  });
}

}  // namespace

// "enters an invalid email address".
bool fill_some(const PhraseMatch& match, Draft& draft) {
  const Tokens said = match.slot("target");
  if (!draft.is_act() || draft.step.table || has_literal(said) || has_guard_word(said))
    return false;
  Act act{.kind = ActKind::kFill, .made_up = true};
  if (!take_act_target(match, draft, act.target) || act.target.ordinal) return false;
  act.value = made_up_value(join(said), !says_invalid(draft.clause.tokens));
  if (act.value.empty()) return false;
  draft.cost -= 0.5;  // rather than a field of these words
  draft.add(std::move(act));
  return true;
}

// "logs in with invalid credentials", "… with a wrong password".
bool sign_in_wrongly(const PhraseMatch&, Draft& draft) {
  if (!draft.is_act() || !says_invalid(draft.clause.tokens)) return false;
  draft.add(Act{.kind = ActKind::kSignIn,
                .value = "wrong-password",
                .user = "nobody-of-this-name",
                .made_up = true});
  return true;
}

// "enters invalid credentials": both, and nothing is sent off.
bool fill_wrong_credentials(const PhraseMatch&, Draft& draft) {
  if (!draft.is_act() || !says_invalid(draft.clause.tokens)) return false;
  Act user{.kind = ActKind::kFill, .value = "nobody-of-this-name", .made_up = true};
  user.target = {.name = "User name"};
  add_synonyms(user.target, user.target.name);
  add_synonyms(user.target, "email");
  add_alternative(user.target, "Email");
  Act password{.kind = ActKind::kFill, .value = "wrong-password", .made_up = true};
  password.target = {.name = "Password"};
  draft.cost -= 0.5;
  draft.add(std::move(user));
  draft.add(std::move(password));
  return true;
}

// "applies an invalid coupon".
bool apply_wrong_code(const PhraseMatch&, Draft& draft) {
  if (!draft.is_act()) return false;
  const bool is_card = draft.clause.tokens.back().is("card");
  const std::string what = is_card ? "gift card" : "coupon";
  Act fill{.kind = ActKind::kFill, .made_up = true};
  fill.value = made_up_value("coupon", false);
  fill.target = {.kind = ElementKind::kField, .noun = what, .name = what};
  add_synonyms(fill.target, what);
  for (const char* other : {"coupon code", "promo code", "discount code"})
    add_alternative(fill.target, other);
  draft.add(std::move(fill));
  Act apply{.kind = ActKind::kSubmit};
  apply.target = {.name = "Apply"};
  add_synonyms(apply.target, apply.target.name);
  draft.cost -= 0.5;  // rather than a button that is called so
  draft.add(std::move(apply));
  return true;
}

// "fills in all required fields", "completes the booking form with valid data".
bool fill_all(const PhraseMatch& match, Draft& draft) {
  const Tokens form = match.slot("form");
  if (!draft.is_act() || draft.step.table || has_literal(form) || form.size() > 3 ||
      says_invalid(draft.clause.tokens))
    return false;
  Act act{.kind = ActKind::kFillAll};
  const auto is_any = [](const Token& token) {
    return token.is_one_of({"required", "mandatory", "whole", "entire", "complete", "necessary",
                            "remaining", "other", "same", "following", "valid"});
  };
  if (!form.empty() && std::ranges::none_of(form, is_any)) act.target.name = join(form);
  if (std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
        return token.is_one_of({"required", "mandatory", "necessary"});
      }))
    act.value = kRequired;
  draft.cost -= 0.3;
  draft.add(std::move(act));
  return true;
}

// "enters 501 characters as the comment", "a name longer than 50 characters".
bool fill_length(const PhraseMatch& match, Draft& draft) {
  constexpr int kLengthMax = 20'000;
  if (!draft.is_act()) return false;
  int length = 0;
  if (const Tokens over = match.slot("over"); !over.empty()) {
    const auto most = parse_quantity(over);
    if (!most || most->compare != Compare::kEqual) return false;
    length = most->number + 1;
  } else {
    const auto quantity = parse_quantity(match.slot("length"));
    if (!quantity) return false;
    const bool beyond = quantity->compare == Compare::kMoreThan;
    const bool short_of = quantity->compare == Compare::kLessThan;
    length = quantity->number + (beyond ? 1 : short_of ? -1 : 0);
  }
  if (length < 1 || length > kLengthMax) return false;
  Act act{.kind = ActKind::kFill, .made_up = true};
  if (!take_act_target(match, draft, act.target)) return false;
  const bool digits = std::ranges::any_of(
      draft.clause.tokens, [](const Token& token) { return token.is_one_of({"digits", "digit"}); });
  act.value = digits ? "" : std::string(static_cast<std::size_t>(length), 'a');
  for (int i = 1; digits && i <= length; ++i) act.value += static_cast<char>('0' + i % 10);
  draft.cost -= 0.5;
  draft.add(std::move(act));
  return true;
}

}  // namespace vouch::features::build
