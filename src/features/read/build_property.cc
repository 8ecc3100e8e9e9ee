// What steps say of attributes, classes and styles, where they name them.
#include <algorithm>
#include <array>
#include <utility>

#include "features/read/build.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

bool add_attribute(const PhraseMatch& match, Draft& draft, std::string name, Match how) {
  Observation out{.kind = ObserveKind::kAttribute, .match = how, .attribute = std::move(name)};
  if (!take_target(match, draft, out.target) || !take_shown(match, draft, out.expected))
    return false;
  if (out.target.kind == ElementKind::kPage) return false;
  draft.add(std::move(out));
  return true;
}

}  // namespace

bool attribute(const PhraseMatch& match, Draft& draft) {
  const Tokens name = match.slot("attribute");
  return add_attribute(match, draft, name[0].text,
                       says_contain(draft) ? Match::kContains : Match::kEquals);
}

// "the link 'Docs' has the target '_blank'", "the placeholder of 'Search' is 'Find …'".
bool named_attribute(const PhraseMatch& match, Draft& draft) {
  static const std::initializer_list<std::string_view> kAttributes = {
      "href", "src", "alt", "placeholder", "target", "type", "lang", "maxlength", "rel"};
  for (const Token& token : draft.clause.tokens) {
    if (!token.is_word() || !is_one_of(token.low, kAttributes)) continue;
    return add_attribute(match, draft, token.low,
                         says_contain(draft) ? Match::kContains : Match::kEquals);
  }
  return false;
}

bool link_target(const PhraseMatch& match, Draft& draft) {
  return add_attribute(match, draft, "href", Match::kContains);
}

// "the link 'Docs' opens in a new tab".
bool link_opens_tab(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kAttribute,
                  .expected = "_blank",
                  .match = Match::kEquals,
                  .attribute = "target"};
  if (!take_target(match, draft, out.target) || out.target.kind != ElementKind::kLink) return false;
  draft.add(std::move(out));
  return true;
}

// "'Germany' is marked as incorrect": by a class of that name.
bool marked_as(const PhraseMatch& match, Draft& draft) {
  const Tokens mark = match.slot("mark");
  if (mark.size() != 1 || !mark[0].is_word() || parse_state(mark)) return false;
  Observation out{.kind = ObserveKind::kClass, .expected = mark[0].low};
  if (!take_target(match, draft, out.target)) return false;
  draft.cost += 1.2;
  draft.add(std::move(out));
  return true;
}

// "the todo 'Milk' is completed": its box is checked …
bool is_done(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kChecked};
  if (!draft.is_outcome() || !take_target(match, draft, out.target) || !out.target.quoted)
    return false;
  draft.add(std::move(out));
  return true;
}

// … or it has a class of that name.
bool is_of_state_class(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kClass};
  out.expected = draft.clause.tokens.back().low;
  if (!draft.is_outcome() || !take_target(match, draft, out.target) || !out.target.quoted)
    return false;
  draft.cost += 0.6;
  draft.add(std::move(out));
  return true;
}

bool css_class(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kClass};
  if (!take_target(match, draft, out.target) || !take_shown(match, draft, out.expected))
    return false;
  draft.add(std::move(out));
  return true;
}

// "the background color of 'Save' is 'rgb(0, 128, 0)'".
bool css_style(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kStyle, .match = Match::kEquals};
  if (!take_target(match, draft, out.target) || !take_shown(match, draft, out.expected))
    return false;
  if (const Tokens name = match.slot("property"); !name.empty() && name[0].is_literal()) {
    out.attribute = name[0].text;
  } else {
    const auto says = [&](std::string_view word) {
      return std::ranges::any_of(draft.clause.tokens, [&](const Token& token) {
        return token.is_word() && token.low.starts_with(word);
      });
    };
    const bool size = says("font") && says("size");
    out.attribute = size ? "font-size" : says("background") ? "background-color" : "color";
  }
  draft.add(std::move(out));
  return true;
}

// "is bold and centered", "in italics": each a style that the browser computes.
bool drawn_in(const PhraseMatch& match, Draft& draft) {
  Target target;
  if (!take_target(match, draft, target)) return false;
  const auto style = [](const Token& token) -> std::pair<std::string_view, std::string_view> {
    if (token.is("bold")) return {"font-weight", "700"};
    if (token.is_one_of({"italic", "italics", "italicised", "italicized"}))
      return {"font-style", "italic"};
    if (token.is("underlined")) return {"text-decoration-line", "underline"};
    if (token.is_one_of({"centered", "centred"})) return {"text-align", "center"};
    constexpr auto kColors = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"red", "rgb(255, 0, 0)"},
         {"green", "rgb(0, 128, 0)"},
         {"blue", "rgb(0, 0, 255)"},
         {"black", "rgb(0, 0, 0)"},
         {"white", "rgb(255, 255, 255)"},
         {"yellow", "rgb(255, 255, 0)"},
         {"orange", "rgb(255, 165, 0)"}});
    for (const auto& [color, value] : kColors)
      if (token.is(color)) return {"color", value};
    if (token.is_one_of({"strikethrough", "struck-through", "crossed-out", "crossed", "struck"}))
      return {"text-decoration-line", "line-through"};
    return {};
  };
  for (const Token& token : match.slot("style")) {
    const bool closes = token.is_one_of({"out", "through"}) && !draft.intents.empty();
    if (token.is("and") || token.kind == Token::Kind::kPunctuation || closes) continue;
    const auto [property, value] = style(token);
    if (property.empty()) return false;
    Observation out{.kind = ObserveKind::kStyle,
                    .target = target,
                    .expected = std::string(value),
                    .match = Match::kEquals,
                    .attribute = std::string(property)};
    draft.add(std::move(out));
  }
  return !draft.intents.empty();
}

// "the password is masked", "… is shown in plain text": by the type of its field.
bool masked(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kAttribute, .match = Match::kEquals, .attribute = "type"};
  if (!take_target(match, draft, out.target)) return false;
  if (!lower(out.target.name).contains("password") && out.target.kind != ElementKind::kField)
    return false;
  out.target.kind = ElementKind::kField;
  const bool is_plain = draft.clause.tokens.back().is("text");
  out.expected = is_plain ? "text" : "password";
  draft.cost -= 0.3;
  draft.add(std::move(out));
  return true;
}

}  // namespace vouch::features::build
