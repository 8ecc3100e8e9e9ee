// Observations that something is not there, or is not any more.
#include <algorithm>

#include "base/words.h"
#include "features/ground/act.h"
#include "features/ground/candidate.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"
#include "features/read/lexicon.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using browser::Element;
using browser::Locator;
using browser::LocatorStep;
using Matcher = Assertion::Matcher;

// What is claimed to be absent stands there, whatever it is made of and wherever it is drawn: in a
// frame, as a button that is none by its role.
bool is_shown(const Page& page, const Observation& seen, const std::string& text) {
  const std::string words = normalize_space(text);
  const Place place(page, seen.target.scopes);
  const bool any_kind = seen.kind == ObserveKind::kText || seen.target.kind == ElementKind::kAny ||
                        role_of(seen.target.kind).empty();
  return std::ranges::any_of(page.elements(), [&](const Element& e) {
    if (!e.visible || is_editable(e) || is_select(e)) return false;
    if (!any_kind && kind_score(e, seen.target.kind) < kIsOfKind) return false;
    if (!says_words(normalize_space(e.text), words) && !says_words(e.drawn, words) &&
        (any_kind || !says_words(e.name, words)))
      return false;
    return place.fit(e.id) > 0;
  });
}

// "the table is not visible": none of its kind is.
std::vector<ObserveCandidate> kind_absent(const Page& page, const Observation& seen) {
  const bool any = std::ranges::any_of(page.elements(), [&](const Element& e) {
    return e.visible && kind_score(e, seen.target.kind) >= kIsOfKind;
  });
  if (any || (!seen.target.noun.empty() && seen.target.noun != role_of(seen.target.kind)))
    return {};
  const std::string role(role_of(seen.target.kind));
  return {direct(0.8, make(Matcher::kToBeVisible, true), {by_role(role)}, "no " + role)};
}

// "the cart has no badge": none is shown, and the one that was there before is hidden.
std::vector<ObserveCandidate> badge_absent(const Page& page, const std::vector<Page>& earlier) {
  const auto is_badge = [](const Element& e) {
    return e.visible && kind_score(e, ElementKind::kBadge) == 1;
  };
  if (std::ranges::any_of(page.elements(), is_badge)) return {};
  return gone_since(page, earlier, is_badge);
}

// "the list is closed": what popped up before is gone, whatever other lists the page has.
std::vector<ObserveCandidate> popup_absent(const Page& page, ElementKind kind,
                                           const std::vector<Page>& earlier) {
  return gone_since(page, earlier, [&](const Element& e) {
    if (kind == ElementKind::kList) return e.role == "listbox";
    if (kind == ElementKind::kMenu)  // by its role, or a list that its makers call so
      return e.role == "menu" || e.role == "menubar" ||
             (e.role == "list" && kind_score(e, kind) >= kIsOfKind);
    return e.role == "dialog" || e.role == "alertdialog";
  });
}

// "the popover is gone": what the page's makers call so and was shown before.
std::vector<ObserveCandidate> thing_absent(const Page& page, const Target& target,
                                           const std::vector<Page>& earlier) {
  const std::string name = fold(target.name.empty() ? target.noun : target.name);
  if (target.quoted || name.empty() || !target.scopes.empty()) return {};
  const auto says_name = [&](const std::string& text) {  // "Your monthly payment"
    const std::string said = fold(text);
    const std::size_t blank = said.find(' ');
    return said == name || (blank != said.npos && is_determiner(said.substr(0, blank)) &&
                            said.substr(blank + 1) == name);
  };
  const auto says_so = [&](const Element& e) { return e.visible && says_name(e.own_text); };
  std::vector<ObserveCandidate> found;
  const bool is_said = std::ranges::any_of(page.elements(), says_so);
  for (auto past = earlier.rbegin(); past != earlier.rend() && !is_said && found.empty(); ++past) {
    const auto was = std::ranges::find_if(past->elements(), says_so);
    if (was == past->elements().end()) continue;
    found.push_back(direct(0.91, make(Matcher::kToBeVisible, true),
                           {by_text(normalize_space(was->own_text), true)},
                           "no " + describe(*past, was->id)));
  }
  std::vector<ObserveCandidate> gone = gone_since(page, earlier, [&](const Element& e) {
    const std::vector<std::string> classes = words(e.css_class);
    return fold(e.role) == name || fold(e.html_id) == name || fold(e.name) == name ||
           says_name(e.own_text) || std::ranges::find(classes, name) != classes.end();
  });
  found.insert(found.end(), gone.begin(), gone.end());
  return found;
}

}  // namespace

std::vector<ObserveCandidate> gone_since(const Page& page, const std::vector<Page>& earlier,
                                         const std::function<bool(const Element&)>& is_that) {
  constexpr std::size_t kWays = 4;
  std::vector<ObserveCandidate> found;
  for (auto past = earlier.rbegin(); past != earlier.rend() && found.empty(); ++past) {
    for (const Element& e : past->elements()) {
      const int now = e.visible && is_that(e) ? find_again(page, e) : -1;
      if (!e.visible || !is_that(e) || (now >= 0 && page.at(now).visible)) continue;
      double score = 0.9;
      for (const Locator& locator : locators_for(*past, e.id, {{}, {e.text}})) {
        found.push_back(direct(score, make(Matcher::kToBeVisible, true), locator.steps,
                               "no " + describe(*past, e.id)));
        score -= 0.01;
        if (found.size() >= kWays) return found;
      }
    }
  }
  return found;
}

namespace {

// "the form has disappeared": the one that was filled in, whatever others the page has.
std::vector<ObserveCandidate> form_gone(const Page& page, const std::vector<Page>& earlier) {
  return gone_since(page, earlier, [](const Element& e) {
    return e.tag == "form" || e.role == "form" || e.role == "dialog";
  });
}

// "the search box is gone".
std::vector<ObserveCandidate> search_gone(const Page& page, const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  for (auto past = earlier.rbegin(); past != earlier.rend() && found.empty(); ++past) {
    std::vector<Ranked> fields = find_search_fields(*past);
    std::erase_if(fields, [](const Ranked& field) { return field.score < kNamedMin; });
    found = gone_since(page, {*past}, [&](const Element& e) {
      return std::ranges::find(fields, e.id, &Ranked::id) != fields.end();
    });
  }
  return found;
}

// The field that stands with the message: the last before it, in the smallest part that has one.
int field_of(const Page& page, int message) {
  for (int up = page.at(message).parent; up >= 0; up = page.at(up).parent) {
    int best = -1;
    for (int id : page.subtree(up)) {
      const Element& e = page.at(id);
      const bool is_field = e.visible && (is_editable(e) || is_select(e) || is_toggle(e));
      if (is_field && (best < 0 || id < message)) best = id;
    }
    if (best >= 0) return best;
  }
  return -1;
}

// "the amount's error disappears": what looked like a message, and stood with the field of that
// name, where nothing looks like one any more.
std::vector<ObserveCandidate> message_gone(const Page& page, const std::string& of,
                                           const std::vector<Page>& earlier) {
  constexpr std::size_t kWays = 4;
  std::vector<ObserveCandidate> found;
  const auto messages = [&](const Page& on) {
    std::vector<std::pair<int, std::vector<int>>> there;  // with what names its field
    for (const Element& e : on.elements()) {
      if (!e.visible || e.own_text.empty() ||
          kind_score(e, ElementKind::kMessage) < kLooksLikeMessage)
        continue;
      const int field = field_of(on, e.id);
      if (field < 0 || name_score(on.at(field), of) < kNamedMin) continue;
      std::vector<int> anchors;
      for (const Element& label : on.elements())
        if (fold(label.own_text) == fold(on.at(field).label)) anchors.push_back(label.id);
      there.emplace_back(e.id, std::move(anchors));
    }
    return there;
  };
  if (!messages(page).empty()) return found;
  for (auto past = earlier.rbegin(); past != earlier.rend() && found.empty(); ++past) {
    for (const auto& [message, anchors] : messages(*past)) {
      double score = 0.9;
      // Where others say the same, only the field's name tells which is meant.
      const bool has_like = std::ranges::any_of(page.elements(), [&](const Element& e) {
        return e.visible && e.own_text == past->at(message).own_text;
      });
      const auto names_field = [&](const Locator& locator) {
        return std::ranges::any_of(anchors, [&](int anchor) {
          return mentions(locator.steps, normalize_space(past->at(anchor).own_text));
        });
      };
      for (const Locator& locator : locators_for(*past, message, {anchors, {}})) {
        if (has_like && !names_field(locator)) continue;
        found.push_back(direct(score, make(Matcher::kToBeVisible, true), locator.steps,
                               "no " + describe(*past, message)));
        score -= 0.01;
        if (found.size() >= kWays) return found;
      }
    }
  }
  return found;
}

}  // namespace

std::vector<ObserveCandidate> text_absent(const Page& page, const Observation& seen,
                                          const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  std::string_view role = role_of(seen.target.kind);
  std::string text = seen.expected.empty() ? seen.target.name : seen.expected;
  const bool of_something = seen.target.kind == ElementKind::kMessage && seen.expected.empty() &&
                            !seen.target.quoted && !text.empty() && seen.target.scopes.empty();
  if (of_something) found = message_gone(page, text, earlier);
  if (!found.empty()) return found;
  // "the error message" is one of a kind, and need not say "error".
  if (seen.target.kind == ElementKind::kMessage && seen.expected.empty() && !seen.target.quoted)
    text.clear();
  if (text.empty() && seen.target.kind == ElementKind::kMessage) {
    // What looks like a message need not have the role of one; a status is no alert by its own
    // word.
    const bool alert =
        seen.target.noun.starts_with("alert") || seen.target.noun.starts_with("error");
    const bool tooltip = seen.target.noun.starts_with("tooltip");
    const bool any = std::ranges::any_of(page.elements(), [&](const Element& e) {
      if (tooltip) return e.visible && (e.role == "tooltip" || class_has(e, {"tooltip"}));
      return e.visible && !e.text.empty() && !(alert && e.role == "status") &&
             kind_score(e, ElementKind::kMessage) >= kLooksLikeMessage;
    });
    if (any) return {};
    const std::string role_said = tooltip ? "tooltip" : "alert";
    return {
        direct(0.9, make(Matcher::kToBeVisible, true), {by_role(role_said)}, "no " + role_said)};
  }
  using enum ElementKind;
  const ElementKind kind = seen.target.kind;
  const bool unnamed = text.empty() || (!seen.target.quoted && kind == kList);
  if (unnamed && (kind == kList || kind == kMenu || kind == kDialog)) {
    found = popup_absent(page, kind, earlier);
    if (!found.empty() || !text.empty()) return found;  // no list bears a name that nobody saw
  }
  if (kind == kField && text.empty() && seen.target.noun.starts_with("search")) {
    return search_gone(page, earlier);
  }
  if (text.empty() && kind == kSection && seen.target.noun == "form" && seen.target.scopes.empty())
    return form_gone(page, earlier);
  if (text.empty() && !role.empty() && seen.target.scopes.empty()) return kind_absent(page, seen);
  if (seen.target.kind == ElementKind::kBadge && seen.expected.empty())
    return badge_absent(page, earlier);
  if (!text.empty() && seen.kind == ObserveKind::kElement && kind == kAny) {
    found = thing_absent(page, seen.target, earlier);
    if (!found.empty()) return found;
    // "no transaction is added": what a noun stands for need not say so, and no text is easily
    // missing.
    if (!seen.target.quoted) return {};
  }
  if (text.empty() || is_shown(page, seen, text)) return {};
  LocatorStep last = role.empty() || seen.kind == ObserveKind::kText
                         ? by_text(text)
                         : by_role(std::string(role), text);
  double score = 0.9;
  for (auto& steps : scoped_text_steps(page, seen.target.scopes, last)) {
    found.push_back(direct(score, make(Matcher::kToBeVisible, true), std::move(steps),
                           "«" + text + "» is absent"));
    score -= 0.02;
  }
  if (role.empty() || seen.kind == ObserveKind::kText) {
    // What is folded away, or says it in another case as a part of something else.
    const auto add = [&](double worth, Matcher matcher, const LocatorStep& step) {
      for (auto& steps : scoped_text_steps(page, seen.target.scopes, step))
        found.push_back(
            direct(worth, make(matcher, true), std::move(steps), "«" + text + "» is not seen"));
    };
    add(0.55, Matcher::kToBeVisible, by_text(text, true));
    add(0.5, Matcher::kToBeInViewport, by_text(text));
  }
  // Several hidden things may hold the text; by its role only what is shown is found.
  for (auto past = earlier.rbegin(); past != earlier.rend() && seen.target.scopes.empty(); ++past) {
    for (const Element& e : past->elements()) {
      if (!e.visible || !is_interactive(e) || !has_speaking_role(e) || e.name != text) continue;
      found.push_back(direct(0.7, make(Matcher::kToBeVisible, true), {by_role(e.role, text)},
                             "no " + describe(*past, e.id)));
      return found;
    }
  }
  return found;
}

namespace {

// "No matching expenses", "There are no expenses yet", "Your expenses list is empty".
bool says_none(const std::string& text, const std::string& noun) {
  constexpr std::size_t kBetweenMax = 1;
  const std::vector<std::string> said = words(text);
  const auto is_noun = [&](const std::string& word) { return singular(word) == noun; };
  for (std::size_t i = 0; i < said.size(); ++i) {
    const auto rest = said.begin() + static_cast<std::ptrdiff_t>(i);
    if (said[i] == "no" || said[i] == "any") {
      const auto end = rest + std::min<std::ptrdiff_t>(kBetweenMax + 2, said.end() - rest);
      const bool denied = said[i] == "no" || text.contains("not ") || text.contains("t have");
      if (denied && std::find_if(rest, end, is_noun) != end) return true;
    }
    const bool is_empty =
        i > 0 && said[i] == "empty" && (said[i - 1] == "is" || said[i - 1] == "are");
    if (is_empty && std::find_if(said.begin(), rest, is_noun) != rest) return true;
  }
  return false;
}

}  // namespace

std::vector<ObserveCandidate> said_to_be_none(const Page& page, const Observation& seen) {
  constexpr std::size_t kSentenceMax = 100;
  constexpr double kScore = 0.7;
  const Target& target = seen.target;
  const std::string& called = target.noun.empty() ? target.name : target.noun;
  const std::vector<std::string> named = words(called);
  std::vector<ObserveCandidate> found;
  if (named.empty() || target.quoted || target.ordinal) return found;
  const Place place(page, target.scopes);
  for (const Element& e : page.elements()) {
    const std::string text = normalize_space(e.own_text);
    if (!e.visible || text.empty() || text.size() > kSentenceMax || place.fit(e.id) == 0) continue;
    if (!says_none(fold(text), singular(named.back()))) continue;
    found.push_back(direct(kScore, make(Matcher::kToBeVisible, false), {by_text(text, true)},
                           "the page says «" + text + "»"));
  }
  return found;
}

}  // namespace vouch::features::ground
