#include "features/ground/sign_in.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <set>

#include "features/ground/groups.h"
#include "features/ground/rank.h"
#include "features/ground/similarity.h"
#include "features/read/lexicon.h"
#include "features/read/read.h"
#include "features/read/visitors.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

constexpr std::size_t kToldMax = 200;  // bytes of a text that tells a password
constexpr std::array<std::string_view, 9> kSignInPage = {"login",   "log in",     "sign in",
                                                         "signin",  "logon",      "log on",
                                                         "sign on", "login form", "sign in form"};

bool is_password_field(const Element& e) {
  return e.visible && e.tag == "input" && e.type == "password";
}

// Without what stands between words, in lower case: "standard_user", "Standard user".
std::string squash(std::string_view text) {
  std::string squashed = fold(text);
  std::erase(squashed, ' ');
  return squashed;
}

bool is_user_field(const Target& target) { return is_user_word(fold(target.name)); }
bool is_password(const Target& target) { return is_password_word(fold(target.name)); }

// How often each pair of user and password is said, in the order of saying.
struct Said {
  std::string user, password;
  int times = 0;
};

void note(std::vector<Said>* said, const std::string& user, const std::string& password) {
  if (user.empty() || password.empty()) return;
  const auto found = std::ranges::find_if(
      *said, [&](const Said& one) { return one.user == user && one.password == password; });
  if (found == said->end())
    said->push_back({user, password, 1});
  else
    ++found->times;
}

}  // namespace

std::optional<SignInForm> find_sign_in_form(const Page& page) {
  SignInForm form;
  const auto password = std::ranges::find_if(page.elements(), is_password_field);
  if (password == page.elements().end()) return std::nullopt;
  form.password = password->id;
  int container = form_of(page, form.password);
  for (const Element& e : page.elements()) {
    if (!e.visible || form_of(page, e.id) != container) continue;
    if (e.id < form.password && is_editable(e) && !e.readonly && !e.disabled) form.user = e.id;
    // A button that submits nothing by itself may still be the one that signs in, by its script.
    const bool says_so =
        e.role == "button" && std::ranges::find(kSignInPage, fold(e.name)) != kSignInPage.end();
    bool button = is_submit(e) || says_so || (container < 0 && e.role == "button");
    if (e.id > form.password && button && form.submit < 0) form.submit = e.id;
  }
  return form;
}

bool is_sign_in_page(const Page& page) {
  if (std::ranges::count_if(page.elements(), is_password_field) != 1) return false;
  return find_sign_in_form(page)->user >= 0;
}

bool names_sign_in_page(const Target& page) {
  const auto is_named = [](const std::string& name) {
    return std::ranges::find(kSignInPage, fold(name)) != kSignInPage.end();
  };
  return is_named(page.name) || std::ranges::any_of(page.alternatives, is_named);
}

bool ends_with_sign_in(std::string_view name) {
  const std::string folded = fold(name);
  return std::ranges::any_of(kSignInPage, [&](std::string_view called) {
    return folded.ends_with(" " + std::string(called));
  });
}

Passwords passwords_in(const std::vector<gherkin::Pickle>& pickles, const OwnSteps& own) {
  std::vector<Said> said;
  for (const gherkin::Pickle& pickle : pickles) {
    std::string user;
    const auto steps = parts_of(pickle, own);
    for (const Part& part : steps | std::views::join) {
      const auto readings = read_step(part.step);
      if (!readings) continue;
      for (const Intent& intent : readings->front().intents) {
        const Act* act = std::get_if<Act>(&intent);
        if (!act) continue;
        if (act->kind == ActKind::kSignIn) note(&said, act->user, act->value);
        if (act->kind == ActKind::kFill && is_user_field(act->target)) user = act->value;
        if (act->kind == ActKind::kFill && is_password(act->target)) note(&said, user, act->value);
      }
    }
  }
  std::ranges::stable_sort(said, std::greater(), &Said::times);
  Passwords passwords;
  for (Said& one : said) passwords.try_emplace(std::move(one.user), std::move(one.password));
  return passwords;
}

Passwords::const_iterator find_user(const Passwords& passwords, std::string_view user) {
  const auto exact = passwords.find(user);
  if (exact != passwords.end()) return exact;
  return std::ranges::find_if(passwords,
                              [&](const auto& one) { return squash(one.first) == squash(user); });
}

int role_named(const Page& page, std::string_view step) {
  constexpr std::size_t kAlikeLetters = 4;  // "admin" is the beginning of "administrator"
  std::string unquoted;
  bool quoted = false;
  for (const char c : step) {
    if (c == '"') quoted = !quoted;
    unquoted += quoted ? ' ' : c;
  }
  static const std::set<std::string_view> kOfAny = {"login",  "log", "logged", "in",   "sign",
                                                    "signed", "as",  "a",      "an",   "the",
                                                    "is",     "and", "with",   "user", "password"};
  const std::vector<std::string> said = words(unquoted);
  const auto names = [&](const std::string& word) {
    return !kOfAny.contains(word) && std::ranges::any_of(said, [&](const std::string& other) {
      const bool begins = word.starts_with(other) || other.starts_with(word);
      return word == other || (begins && std::min(word.size(), other.size()) >= kAlikeLetters);
    });
  };
  const auto asks = [&](const Element& e) {
    const bool is_button = e.role == "button" && !(is_submit(e) && form_of(page, e.id) >= 0);
    return e.visible && (is_button || e.role == "tab" || e.role == "radio");
  };
  int found = -1;
  for (const Element& e : page.elements()) {
    if (!asks(e) || !std::ranges::any_of(words(e.name), names)) continue;
    const bool is_one_of_several = std::ranges::any_of(page.elements(), [&](const Element& other) {
      return other.id != e.id && asks(other) && is_alike(other, e) &&
             (other.parent == e.parent || e.role == "radio");
    });
    if (!is_one_of_several) continue;
    if (found >= 0) return -1;
    found = e.id;
  }
  return found;
}

std::optional<std::string> password_told(const Page& page) {
  for (const Element& e : page.elements()) {
    if (e.text.empty() || e.text.size() > kToldMax) continue;
    std::vector<std::string_view> parts;
    for (const auto part : std::views::split(std::string_view(e.text), ' '))
      parts.emplace_back(part.begin(), part.end());
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const bool labels = parts[i].ends_with(':') && i + 2 == parts.size();
      const bool names =
          std::any_of(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      [](std::string_view part) { return is_password_word(fold(part)); });
      if (labels && names) return std::string(parts[i + 1]);
      if (i + 3 < parts.size() && parts[i + 1] == "for" && parts[i + 2] == "the" &&
          is_password_word(fold(parts[i + 3])))
        return std::string(parts[i]);
    }
  }
  return std::nullopt;
}

std::optional<std::string> password_variable(const std::vector<std::string>& names,
                                             std::string_view user) {
  const std::string of = squash(user);
  for (const std::string& wanted : {of + "password", "password" + of, std::string("password")}) {
    for (const std::string& name : names) {
      if (squash(name) == wanted) return name;
    }
  }
  return std::nullopt;
}

std::optional<std::string> user_variable(const std::vector<std::string>& names) {
  for (std::string_view wanted : {"username", "user", "login", "email"}) {
    for (const std::string& name : names) {
      if (squash(name) == wanted) return name;
    }
  }
  return std::nullopt;
}

}  // namespace vouch::features::ground
