// What steps say of the browser rather than of a page's contents: its dialogs, tabs, frames and
// window, files that go up and down, dragging, scrolling, waiting.
#include <algorithm>
#include <array>

#include "features/read/build.h"
#include "features/read/lexicon.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

bool take_target(Tokens slot, Draft& draft, Target& out) {
  auto target = parse_target(slot);
  if (!target) return false;
  draft.cost += target->cost;
  out = std::move(target->value);
  if (!out.quoted) out.alternatives = synonyms_of(out.name);
  return true;
}

// What the step before may have opened comes after a button of that name, and not long after.
constexpr double kCostOfAsked = 0.25;

void nothing(Draft& draft, std::string why) {
  draft.add(Act{.kind = ActKind::kNothing, .value = std::move(why)});
}

bool has_extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 && name.size() - dot <= 6 &&
         dot + 1 < name.size();
}

}  // namespace

// ---- Dialogs ----

bool accept_dialog(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kAcceptDialog});
  return true;
}

bool dismiss_dialog(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kDismissDialog});
  return true;
}

namespace {

bool answer_asked_with(const PhraseMatch& match, Act act, Draft& draft) {
  if (!draft.is_act()) return false;
  draft.cost += kCostOfAsked + kWorthOfWord * match.words;
  draft.add(std::move(act));
  return true;
}

// "accept 'Delete it?'": only a question is one that the browser asks, and it may be the page that
// asks.
bool answer_saying(ActKind kind, const PhraseMatch& match, Draft& draft) {
  const std::string& said = match.slot("value")[0].text;
  if (!said.ends_with('?')) return false;
  draft.add(Act{.kind = kind});
  draft.add(Observation{.kind = ObserveKind::kDialog, .expected = said, .match = Match::kEquals});
  return true;
}

}  // namespace

bool accept_asked(const PhraseMatch& match, Draft& draft) {
  return answer_asked_with(match, {.kind = ActKind::kAcceptDialog}, draft);
}
bool dismiss_asked(const PhraseMatch& match, Draft& draft) {
  return answer_asked_with(match, {.kind = ActKind::kDismissDialog}, draft);
}
// "… and enter 'forty-two'", which names no field.
bool answer_asked(const PhraseMatch& match, Draft& draft) {
  draft.cost += kCostOfNoField - kWorthOfWord;
  return answer_asked_with(
      match, {.kind = ActKind::kAcceptDialog, .value = match.slot("value")[0].text}, draft);
}

bool accept_saying(const PhraseMatch& match, Draft& draft) {
  return answer_saying(ActKind::kAcceptDialog, match, draft);
}

bool dismiss_saying(const PhraseMatch& match, Draft& draft) {
  return answer_saying(ActKind::kDismissDialog, match, draft);
}

// "I confirm the deletion": the browser asked, or else the page does.
bool confirm(const PhraseMatch&, Draft& draft) {
  if (draft.is_outcome()) return false;
  draft.add(Act{.kind = ActKind::kAcceptDialog});
  return true;
}

bool confirm_on_page(const PhraseMatch&, Draft& draft) {
  if (draft.is_outcome()) return false;
  Act act{.kind = ActKind::kClick};
  act.target = {.name = "Confirm",
                .alternatives = {"OK", "Yes", "Continue", "Delete", "Remove", "Submit", "Finish"}};
  draft.cost += kCostOfAsked;
  draft.add(std::move(act));
  return true;
}

// "I answer 'Yes' in the dialog 'Confirmation'": with its button of that name.
bool answer_in(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place"));
  if (!place || draft.is_outcome()) return false;
  Act act{.kind = ActKind::kClick};
  act.target = {.kind = ElementKind::kButton, .name = match.slot("value")[0].text, .quoted = true};
  act.target.scopes.push_back({place->value.kind, place->value.name, place->value.quoted});
  draft.cost += place->cost;
  draft.add(std::move(act));
  return true;
}

namespace {

bool answer_that_says(ActKind kind, const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome()) return false;
  draft.add(Act{.kind = kind});
  draft.add(Observation{.kind = ObserveKind::kDialog, .expected = match.slot("value")[0].text});
  return true;
}

}  // namespace

bool accept_that_says(const PhraseMatch& match, Draft& draft) {
  return answer_that_says(ActKind::kAcceptDialog, match, draft);
}

bool dismiss_that_says(const PhraseMatch& match, Draft& draft) {
  return answer_that_says(ActKind::kDismissDialog, match, draft);
}

// "I answer 'Argentina'", where no dialog of the browser asks: one of the answers that the page
// gives.
bool choose_answer(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome()) return false;
  Act act{.kind = ActKind::kClick};
  act.target = {.name = match.slot("value")[0].text, .quoted = true};
  draft.cost += 0.5;
  draft.add(std::move(act));
  return true;
}

bool answer_dialog(const PhraseMatch& match, Draft& draft) {
  auto value = parse_value(match.slot("value"));
  if (!value || value->value.empty()) return false;
  draft.cost += value->cost;
  draft.add(Act{.kind = ActKind::kAcceptDialog, .value = std::move(value->value)});
  return true;
}

namespace {

constexpr double kCostOfNative = 1.8;  // more than the words of a phrase can make up for

// "Alert" and "confirmation" are also what people call a message of the page, which is likelier
// unless the words say otherwise.
bool add_dialog(Tokens name, std::string expected, Match how, Draft& draft) {
  const bool surely = std::ranges::any_of(name, [](const Token& token) {
    return token.is_word() && (token.low == "browser" || token.low == "javascript" ||
                               token.low == "js" || token.low == "native" || token.low == "prompt");
  });
  if (!surely) draft.cost += kCostOfNative;
  draft.add(
      Observation{.kind = ObserveKind::kDialog, .expected = std::move(expected), .match = how});
  return true;
}

}  // namespace

bool dialog_shown(const PhraseMatch& match, Draft& draft) {
  if (draft.step.doc_string || draft.step.table) return false;
  return add_dialog(draft.clause.tokens, literal_of(match.slot("value")), Match::kContains, draft);
}

bool dialog_says(const PhraseMatch& match, Draft& draft) {
  const bool equals = std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is_word() &&
           (token.lemma == "be" || token.low == "equal" || token.low == "equals");
  });
  return add_dialog(draft.clause.tokens, literal_of(match.slot("value")),
                    equals ? Match::kEquals : Match::kContains, draft);
}

// "I am asked:" and a longer text beside the step: by the browser, or else (told_in_text) the page.
bool dialog_text(const PhraseMatch&, Draft& draft) {
  if (!draft.step.doc_string || !draft.is_outcome()) return false;
  draft.took_doc = true;
  draft.cost += 0.1;
  return add_dialog(draft.clause.tokens, draft.step.doc_string->content, Match::kContains, draft);
}

// ---- Files ----

bool upload(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kUpload, .value = literal_of(match.slot("value"))};
  const bool said = std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is_word() && (token.lemma == "upload" || token.lemma == "attach");
  });
  if (act.value.empty() || (!said && !has_extension(act.value))) return false;
  if (!match.slot("target").empty() && !take_target(match.slot("target"), draft, act.target))
    return false;
  using enum ElementKind;
  const ElementKind kind = act.target.kind;
  if (kind == kPage || kind == kSection) {  // "to the form": a place
    act.target.scopes.insert(act.target.scopes.begin(), {kind, act.target.name, act.target.quoted});
    act.target.kind = kAny;
    act.target.name.clear();
    act.target.noun.clear();
  }
  draft.add(std::move(act));
  return true;
}

// "I upload a photo": any file of that kind.
bool upload_any(const PhraseMatch& match, Draft& draft) {
  const Tokens what = strip(match.slot("what"));
  if (what.empty() || has_literal(what)) return false;
  struct Kind {
    std::string_view word, file;
  };
  constexpr auto kKinds = std::to_array<Kind>({{"image", "image.png"},
                                               {"photo", "photo.png"},
                                               {"picture", "picture.png"},
                                               {"avatar", "avatar.png"},
                                               {"screenshot", "screenshot.png"},
                                               {"pdf", "document.pdf"},
                                               {"csv", "data.csv"},
                                               {"document", "document.txt"},
                                               {"attachment", "attachment.txt"},
                                               {"file", "file.txt"}});
  for (const Kind& kind : kKinds) {
    for (const Token& token : what) {
      if (!token.is(kind.word)) continue;
      draft.cost += 0.3 * static_cast<double>(what.size());
      draft.add(Act{.kind = ActKind::kUpload, .value = std::string(kind.file)});
      return true;
    }
  }
  return false;
}

bool downloaded(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kDownload, .expected = literal_of(match.slot("value"))};
  if (const Tokens type = match.slot("type"); !type.empty()) {
    if (type.size() != 1 || !type[0].is_word() || type[0].low.size() > 5) return false;
    constexpr auto kNotTypes =
        std::to_array<std::string_view>({"the", "a", "an", "file", "new", "any"});
    if (std::ranges::find(kNotTypes, type[0].low) == kNotTypes.end()) {
      out.expected = "." + type[0].low;
      out.match = Match::kEndsWith;
    }
  } else if (!out.expected.empty()) {
    out.match = Match::kEquals;
  }
  draft.add(std::move(out));
  return true;
}

bool download_has_line(const PhraseMatch& match, Draft& draft) {
  draft.add(Observation{.kind = ObserveKind::kDownloadText,
                        .expected = literal_of(match.slot("value")),
                        .match = Match::kEquals});
  return true;
}

bool download_has_text(const PhraseMatch& match, Draft& draft) {
  draft.add(
      Observation{.kind = ObserveKind::kDownloadText, .expected = literal_of(match.slot("value"))});
  return true;
}

// ---- Tabs, frames and the window ----

bool show_new_tab(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kShowTab, .value = "last"});
  return true;
}

bool show_first_tab(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kShowTab, .value = "first"});
  return true;
}

bool close_tab(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kCloseTab});
  return true;
}

bool enter_frame(const PhraseMatch&, Draft& draft) {
  nothing(draft, "what stands in frames is found as well");
  return true;
}

bool tab_opened(const PhraseMatch& match, Draft& draft) {
  draft.add(Observation{.kind = ObserveKind::kTabs, .quantity = {Compare::kEqual, 2}});
  if (match.slot("page").empty()) return true;
  auto page = parse_page(match.slot("page"));
  if (!page || page->value.target.kind != ElementKind::kPage) return false;
  draft.cost += page->cost;
  if (page->value.path.empty()) {
    draft.add(Observation{.kind = ObserveKind::kPage, .target = page->value.target});
  } else {
    draft.add(Observation{
        .kind = ObserveKind::kUrl, .expected = page->value.path, .match = Match::kEquals});
  }
  return true;
}

// "a new tab opens with the heading 'Terms'".
bool tab_shows(const PhraseMatch& match, Draft& draft) {
  draft.add(Observation{.kind = ObserveKind::kTabs, .quantity = {Compare::kEqual, 2}});
  const std::string said = literal_of(match.slot("value"));
  const bool heading = std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is("heading") || token.is("title");
  });
  Observation shown{.kind = heading ? ObserveKind::kElement : ObserveKind::kText};
  if (heading)
    shown.target = {.kind = ElementKind::kHeading, .name = said, .quoted = true};
  else
    shown.expected = said;
  draft.add(std::move(shown));
  return true;
}

bool tabs_open(const PhraseMatch& match, Draft& draft) {
  const auto quantity = parse_quantity(match.slot("quantity"));
  if (!quantity || quantity->compare != Compare::kEqual) return false;
  draft.add(Observation{.kind = ObserveKind::kTabs, .quantity = *quantity});
  return true;
}

bool resize(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kResize};
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.size() <= 4 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (const std::string width = literal_of(match.slot("width")); !width.empty()) {
    const std::string height = literal_of(match.slot("height"));
    if (!is_number(width) || !is_number(height)) return false;
    act.value = width + "x" + height;
  } else if (const Tokens size = match.slot("size"); !size.empty()) {
    const std::string text = lower(size[0].text);
    const std::size_t by = text.find('x');
    if (by == std::string::npos || !is_number(text.substr(0, by)) ||
        !is_number(text.substr(by + 1)))
      return false;
    act.value = text;
  } else {
    const auto says = [&](std::initializer_list<std::string_view> words) {
      return std::ranges::any_of(draft.clause.tokens, [&](const Token& token) {
        return token.is_word() && std::ranges::find(words, token.low) != words.end();
      });
    };
    // As Playwright's own devices have them: iPhone X, iPad, its default window.
    act.value = says({"mobile", "phone", "smartphone"}) ? "375x812"
                : says({"tablet"})                      ? "768x1024"
                                                        : "1280x720";
  }
  draft.add(std::move(act));
  return true;
}

// ---- Dragging, scrolling, waiting ----

bool drag(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kDrag};
  if (!take_target(match.slot("target"), draft, act.target)) return false;
  if (!take_target(match.slot("onto"), draft, act.onto)) return false;
  draft.add(std::move(act));
  return true;
}

bool scroll_to(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kScroll};
  if (!take_target(match.slot("target"), draft, act.target)) return false;
  draft.add(std::move(act));
  return true;
}

bool scroll_up(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kScroll, .value = "top"});
  return true;
}

bool scroll_down(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kScroll, .value = "bottom"});
  return true;
}

// "wait for the answer": for something of which no words are quoted that the page would show.
bool wait_for(const PhraseMatch& match, Draft& draft) {
  const Tokens what = match.slot("what");
  if (draft.is_outcome() || draft.clause.negations > 0 || what.size() > 6 || has_literal(what))
    return false;
  draft.cost += 0.5;
  return wait(match, draft);
}

bool wait(const PhraseMatch&, Draft& draft) {
  nothing(draft, "every action and assertion waits");
  return true;
}

}  // namespace vouch::features::build
