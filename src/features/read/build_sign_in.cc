// What steps say of signing in and out.
#include <algorithm>
#include <utility>

#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

// Reads what follows "signs in": "as 'X' with password 'Y'", "with X and Y", "with valid
// credentials 'X'/'Y'". False when a word is left over.
class Credentials {
 public:
  bool read(Tokens tokens, Act& act) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      // "as the patient 'ann'": what they are, before who.
      const bool is_what = wanted_ == Wanted::kUser && !has_user_ && tokens[i].is_word() && i > 0 &&
                           tokens[i - 1].is("the") && i + 1 < tokens.size() &&
                           tokens[i + 1].is_literal();
      if (!is_what && !take(tokens[i])) return false;
    }
    if (!has_user_ && described_.size() == 1 && literals_.size() < 2) {  // "as an admin"
      user_ = described_.front();
      has_user_ = true;
    }
    if (!literals_.empty()) {
      std::size_t next = 0;
      if (!has_user_ && !(literals_.size() == 1 && wanted_ == Wanted::kPassword)) {
        user_ = literals_[next++];
        has_user_ = true;
      }
      if (next < literals_.size() && !has_password_) {
        password_ = literals_[next++];
        has_password_ = true;
      }
      if (next < literals_.size()) return false;
    }
    if (vague_ && !has_user_) return false;
    act.password_is_known = !has_password_;
    if (has_user_) act.user = user_;
    if (has_password_) act.value = password_;
    return true;
  }

 private:
  enum class Wanted { kAny, kUser, kPassword };

  bool take(const Token& token) {
    if (token.kind == Token::Kind::kPunctuation) return true;
    if (token.is_literal()) return take_literal(token.text);
    const std::string& low = token.low;
    // "as a premium member with …": what they are, and not who.
    const bool says_what = wanted_ == Wanted::kUser && !has_user_ && token.is_one_of({"a", "an"});
    if (says_what) {
      describes_ = vague_ = true;
      return true;
    }
    if (describes_ && !token.is_one_of({"with", "using", "and"})) {
      described_.push_back(token.text);
      return !is_guard_word(low);
    }
    if (std::exchange(describes_, false)) wanted_ = Wanted::kAny;
    if (is_password_word(low)) {
      wanted_ = wanted_ == Wanted::kUser && !took_since_noun_ ? Wanted::kAny : Wanted::kPassword;
      took_since_noun_ = false;
      return true;
    }
    if (is_user_word(low) || low == "address") {
      if (low != "name" && low != "address") wanted_ = Wanted::kUser;
      took_since_noun_ = false;
      return true;
    }
    if (low == "as") {
      wanted_ = Wanted::kUser;
      took_since_noun_ = false;
      return true;
    }
    if (low == "invalid" || low == "wrong" || low == "incorrect" || low == "bad" ||
        low == "locked" || low == "unknown") {
      vague_ = true;
      return true;
    }
    if (token.text == "/" && !token.is_literal()) return true;  // "'clark' / 'secret'"
    if (token.is_one_of({"with",   "using",   "and",   "the",     "my",          "his",
                         "her",    "their",   "valid", "correct", "credentials", "a",
                         "an",     "of",      "by",    "is",      "to",          "following",
                         "into",   "details", "site",  "website", "application", "app",
                         "system", "in",      "our"}))
      return true;
    if (wanted_ == Wanted::kUser && !has_user_) {  // "as admin", "as leo"
      took_since_noun_ = true;
      user_ = token.text;
      has_user_ = true;
      wanted_ = Wanted::kAny;
      return true;
    }
    const auto slash = token.text.find('/');
    if (slash != std::string::npos && slash > 0 && literals_.empty()) {
      literals_ = {token.text.substr(0, slash), token.text.substr(slash + 1)};
      return true;
    }
    if (wanted_ == Wanted::kPassword && !has_password_) {
      password_ = token.text;
      has_password_ = true;
      wanted_ = Wanted::kAny;
      return true;
    }
    return false;
  }

  bool take_literal(const std::string& text) {
    took_since_noun_ = true;
    if (text == "/") return true;
    if (wanted_ == Wanted::kUser && !has_user_) {
      user_ = text;
      has_user_ = true;
      wanted_ = Wanted::kAny;
    } else if (wanted_ == Wanted::kPassword && !has_password_) {
      password_ = text;
      has_password_ = true;
      wanted_ = Wanted::kAny;
    } else {
      literals_.push_back(text);
    }
    return literals_.size() <= 2;
  }

  std::string user_, password_;
  bool has_user_ = false, has_password_ = false, vague_ = false, took_since_noun_ = false;
  bool describes_ = false;  // says what the user is
  std::vector<std::string> described_;
  Wanted wanted_ = Wanted::kAny;
  std::vector<std::string> literals_;
};

bool read_credentials(const PhraseMatch& match, Draft& draft, Act& act) {
  if (!Credentials().read(match.slot("credentials"), act)) return false;
  if (act.user.empty()) act.user = draft.clause.actor;
  if (draft.step.table && draft.intents.empty() && act.value.empty()) {
    for (const auto& row : *draft.step.table) {
      if (row.size() != 2) return false;
      if (is_password_word(lower(row[0])))
        act.value = row[1];
      else if (is_user_word(lower(row[0])))
        act.user = row[1];
    }
    if (act.value.empty() && draft.step.table->size() == 2) {
      const auto& head = draft.step.table->front();
      const auto& body = draft.step.table->back();
      act.user = body[0];
      if (!is_user_word(lower(head[0])) || !is_password_word(lower(head[1]))) return false;
      act.value = body[1];
    }
    if (act.value.empty()) return false;
    act.password_is_known = false;
    draft.took_table = true;
  }
  return true;
}

Act leave(bool ensures_state) {
  return {.kind = ActKind::kSignOut, .target = way_out(), .ensures_state = ensures_state};
}

}  // namespace

bool sign_in(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome() && draft.clause.should) return signed_in(match, draft);  // "should log in"
  Act act{.kind = ActKind::kSignIn};
  if (!read_credentials(match, draft, act)) return false;
  draft.add(std::move(act));
  return true;
}

// "logs in again with the same account": with what was filled in for it before.
bool sign_in_again(const PhraseMatch&, Draft& draft) {
  if (!draft.is_act()) return false;
  draft.add(Act{.kind = ActKind::kSignIn, .password_is_known = true, .adds = "account"});
  return true;
}

// "logs in as bank manager": a way in of its own.
bool sign_in_as(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kWordsMax = 3;
  const Tokens role = strip(match.slot("role"));
  if (draft.is_outcome() || draft.clause.negations > 0 || role.size() < 2 ||
      role.size() > kWordsMax || has_literal(role) || has_guard_word(role))
    return false;
  const auto is_said = [](const Token& token) {
    return is_user_word(token.low) || is_password_word(token.low) || ordinal_of(token.low) ||
           token.is_one_of({"with", "new", "unknown", "other", "another", "wrong", "invalid",
                            "locked", "different", "same"});
  };
  if (std::ranges::any_of(role, is_said)) return false;
  const std::string name = join(role);
  Act act{.kind = ActKind::kClick};
  act.target = {.name = name + " login",
                .alternatives = {"Log in as " + name, "Login as " + name, "Sign in as " + name,
                                 name + " sign in", name}};
  draft.cost += 0.5;
  draft.add(std::move(act));
  return true;
}

// "I register as a patient", "she continues as a guest": what bears the verb, and for whom.
bool verb_as(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kWordsMax = 2;
  const Tokens role = strip(match.slot("role"));
  if (draft.is_outcome() || draft.clause.negations > 0 || role.empty() || role.size() > kWordsMax ||
      has_literal(role) || has_guard_word(role))
    return false;
  const std::string verb = capitalised(verb_of(match, draft)), name = join(role);
  Act act{.kind = ActKind::kClick};
  act.target = {.name = verb + " as " + name,
                .alternatives = {verb + " as a " + name, verb + " as an " + name, verb + " " + name,
                                 name + " " + lower(verb)}};
  draft.cost += 0.5;
  draft.add(std::move(act));
  return true;
}

bool signed_in(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kSignIn, .ensures_state = true};
  if (!read_credentials(match, draft, act)) return false;
  if (draft.is_outcome()) {
    const bool names_other = !act.user.empty() && act.user != draft.clause.actor;
    if (names_other && (draft.clause.negations > 0 || !act.value.empty())) return false;
    draft.add(
        Observation{.kind = ObserveKind::kElement, .target = way_out(), .may_be_folded = true});
    if (!names_other) return true;
    Observation name{.kind = ObserveKind::kText,
                     .expected = act.user};  // and the page says as whom
    name.with_previous = true;
    draft.add(std::move(name));
    return true;
  }
  if (draft.clause.negations == 1) {
    if (!act.user.empty() && act.user != draft.clause.actor) return false;
    draft.took_negation = true;
    draft.add(leave(true));
    return true;
  }
  draft.add(std::move(act));
  return true;
}

bool sign_out(const PhraseMatch&, Draft& draft) {
  draft.add(leave(false));
  return true;
}

bool signed_out(const PhraseMatch&, Draft& draft) {
  if (draft.is_outcome()) {
    draft.add(Observation{.kind = ObserveKind::kElement, .target = way_in()});
    return true;
  }
  if (draft.clause.negations > 0) return false;
  draft.add(leave(true));
  return true;
}

}  // namespace vouch::features::build
