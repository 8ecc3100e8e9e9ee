// How people say where they go: pages, what is opened and how, back, and once more.
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {

bool open(const PhraseMatch& match, Draft& draft) {
  auto page = parse_page(match.slot("page"));
  if (!page) return false;
  draft.cost += page->cost;
  Target& target = page->value.target;
  const bool is_list = target.kind == ElementKind::kList && !target.quoted && !target.name.empty();
  if (is_list && !target.noun.empty())  // "my gift list": a page of that name
    target = {.kind = ElementKind::kPage, .name = target.noun, .alternatives = {target.name}};
  if (target.kind == ElementKind::kPage) {
    if (target.noun == "step" && number_of(target.name)) target.scopes.clear();  // "of the wizard"
    name_step(&target);
    if (!target.name.empty()) add_synonyms(target, target.name);
    for (std::string_view step : {" step", " stage"})  // "the delivery step": called "Delivery"
      if (!target.quoted && target.name.ends_with(step))
        add_alternative(target, target.name.substr(0, target.name.size() - step.size()));
    draft.add(Act{.kind = ActKind::kOpen, .target = target, .value = page->value.path});
    if (!page->value.said_page && target.quoted) draft.cost += 0.3;
    return true;
  }
  draft.cost += 0.3;
  draft.add(Act{.kind = ActKind::kClick, .target = target});
  return true;
}

// "Given I start the quiz": where nothing is to be pressed for that, its start page is it.
bool open_app(const PhraseMatch&, Draft& draft) {
  if (!draft.is_context()) return false;
  Act act{.kind = ActKind::kOpen, .ensures_state = true};
  act.target.kind = ElementKind::kPage;
  draft.cost += 1.5;
  draft.add(std::move(act));
  return true;
}

bool open_start(const PhraseMatch&, Draft& draft) {
  if (!draft.is_act()) return false;
  Act act{.kind = ActKind::kOpen};
  act.target.kind = ElementKind::kPage;
  draft.add(std::move(act));
  return true;
}

// "read the reviews of 'Assam'": of what is in quotes alone, the words are read.
bool open_named(const PhraseMatch& match, Draft& draft) {
  if (!open(match, draft)) return false;
  Act& act = std::get<Act>(draft.intents.back());
  if (act.target.quoted || act.target.name.empty() || draft.is_outcome()) return false;
  act.kind = ActKind::kOpen;
  act.target.kind = ElementKind::kPage;
  return true;
}

bool be_on(const PhraseMatch& match, Draft& draft) {
  if (!open(match, draft)) return false;
  Act& act = std::get<Act>(draft.intents.back());
  if (act.kind != ActKind::kOpen) return false;
  act.ensures_state = true;
  if (draft.is_outcome()) draft.cost += 3;
  return true;
}

// "has reached the summary with the monthly plan": what is to be chosen on the way, and there.
bool reached_with(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kWordsMax = 5;
  const Tokens choice = strip(match.slot("choice"));
  if (!draft.is_context() || draft.clause.negations > 0 || choice.empty() ||
      choice.size() > kWordsMax || has_guard_word(choice) || has_literal(match.slot("page")))
    return false;
  auto chosen = parse_target(choice);
  if (!chosen || chosen->value.name.empty() || chosen->value.ordinal) return false;
  const ElementKind kind = chosen->value.kind;
  const bool is_choice =
      kind == ElementKind::kAny || kind == ElementKind::kOption || kind == ElementKind::kRadio;
  const bool says_state = std::ranges::any_of(choice, [](const Token& token) {
    return token.kind == Token::Kind::kNumber ||
           token.is_one_of({"and", "or", "valid", "invalid", "wrong", "correct", "empty", "full",
                            "enabled", "disabled", "one", "two", "three", "no", "some", "any"});
  });
  if (!is_choice || says_state) return false;
  draft.add(Act{.kind = ActKind::kChoose,
                .target = {.scopes = chosen->value.scopes},
                .value = chosen->value.name});
  draft.cost += 0.5;
  return be_on(match, draft);
}

bool turn_page(const PhraseMatch& match, Draft& draft) {
  const Tokens which = match.slot("which");
  if (which.size() != 1) return false;
  const std::string& low = which[0].low;
  Target target;
  if (low == "next")
    target.alternatives = {"Next page", "\u203a", "\u00bb", ">", "\u2192"};
  else if (low == "previous")
    target.alternatives = {"Previous page", "Prev", "\u2039", "\u00ab", "<", "\u2190", "Back"};
  else if (low == "first")
    target.alternatives = {"First page", "\u00ab", "1"};
  else if (low == "last")
    target.alternatives = {"Last page", "\u00bb"};
  else
    return false;
  target.name = capitalised(low);
  draft.add(Act{.kind = ActKind::kClick, .target = target});
  return true;
}

bool proceed(const PhraseMatch& match, Draft& draft) {
  const std::string how = verb_of(match, draft);
  if (how != "proceed" && how != "continue" && how != "advance" && how != "move" && how != "go")
    return false;
  const bool goes_on = std::ranges::any_of(
      draft.clause.tokens, [](const Token& token) { return token.is_one_of({"on", "next"}); });
  if (how == "go" && !goes_on) return false;  // to a page
  auto page = parse_page(match.slot("page"));
  if (!page || page->value.target.name.empty() || !page->value.path.empty()) return false;
  Target target = page->value.target;
  const std::string name = target.name;
  const std::string lead = capitalised(verb_of(match, draft));
  target.kind = ElementKind::kAny;
  target.noun.clear();
  target.name = capitalised(name);
  target.alternatives = {};
  for (std::string words :
       {lead, std::string("Go"), std::string("Proceed"), std::string("Continue")})
    add_alternative(target, words.append(" to ").append(name));
  add_synonyms(target, target.name);
  if (lower(name).starts_with("next ")) target.name = "Next";
  for (const char* next : {"Next", "Next step", "Continue"}) add_alternative(target, next);
  draft.cost += page->cost;
  draft.add(Act{.kind = ActKind::kClick, .target = target});
  return true;
}

// "open the order '1001'": a link that says so, or what opens the thing of that name.
bool open_thing(const PhraseMatch& match, Draft& draft) {
  Target target;
  if (!take_act_target(match, draft, target)) return false;
  if (target.name.empty() || target.kind == ElementKind::kPage) return false;
  const bool literal = has_literal(match.slot("target"));
  if (!literal && !target.ordinal) draft.cost += 0.6;
  if (literal && !target.noun.empty() && target.kind == ElementKind::kAny)
    add_alternative(target, capitalised(target.noun) + " " + target.name);
  draft.add(Act{.kind = ActKind::kClick, .target = target});
  return true;
}

// "the ticket 'A-1' is opened from the dashboard": by pressing it there.
bool opened_from(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome() || draft.clause.negations > 0 || !has_literal(match.slot("target")))
    return false;
  return open_thing(match, draft) &&
         take_where(match, draft, std::get<Act>(draft.intents.back()).target.scopes);
}

// "the chat has been opened with 'Chat with us'": by pressing that.
bool opened_with(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  auto opened = parse_target(match.slot("target"));
  if (!opened) return false;
  draft.cost += opened->cost;
  Act act{.kind = ActKind::kClick};
  act.target = {.name = match.slot("opener")[0].text, .quoted = true};
  draft.add(std::move(act));
  if (opened->value.quoted)  // "the dialog 'X' …": it is there then
    draft.add(Observation{.kind = ObserveKind::kElement, .target = std::move(opened->value)});
  return true;
}

// "the registration form is open", "the dialog 'Add order' has been opened": what opens it is
// called as it is, or after what it is for.
bool opened_form(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kWordsMax = 4;
  if (!draft.is_act()) return false;
  std::vector<std::string> said;
  const Tokens what = strip(match.slot("what"));
  if (what.size() == 1 && what[0].is_literal()) {
    const auto inner = tokenize(what[0].text);
    if (!inner) return false;
    for (const Token& token : *inner) said.push_back(token.text);
  } else {
    if (has_literal(what) || has_guard_word(what)) return false;
    for (const Token& token : what) said.push_back(token.low);
  }
  if (said.empty() || said.size() > kWordsMax) return false;
  Act act{.kind = ActKind::kClick, .ensures_state = true};
  const auto joined = [&] {
    std::string all;
    for (const std::string& word : said) all += (all.empty() ? "" : " ") + word;
    return all;
  };
  act.target.name = joined();
  const auto makes = [](const std::string& word) {
    return word == "add" || word == "new" || word == "create" || word == "a";
  };
  while (said.size() > 1 && makes(lower(said.front()))) said.erase(said.begin());
  const std::string thing = lower(joined());
  for (std::string_view verb : {"New ", "Add ", "Create ", "Add new "})
    add_alternative(act.target, std::string(verb) + thing);
  add_synonyms(act.target, act.target.name);
  draft.cost += 0.5;
  draft.add(std::move(act));
  return true;
}

bool go_back(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kGoBack});
  return true;
}

bool go_back_in_browser(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kGoBack, .value = std::string(kOfBrowser)});
  return true;
}

bool reload(const PhraseMatch&, Draft& draft) {
  draft.add(Act{.kind = ActKind::kReload});
  return true;
}

// "reloads the cart", on its page.
bool reload_named(const PhraseMatch& match, Draft& draft) {
  const Tokens page = match.slot("page");
  if (draft.is_outcome() || has_literal(page) || !parse_page(page)) return false;
  draft.cost += 0.3;
  return reload(match, draft);
}

}  // namespace vouch::features::build
