// What steps say that a part of the page holds: the buttons of a dialog, the options of a
// drop-down, what a row says under a column.
#include <algorithm>
#include <optional>
#include <utility>

#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

// The place as where something stands; "it" is what was named last. Nothing where it is none.
std::optional<std::vector<Scope>> place_of(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place"));
  using enum ElementKind;
  if (!place || place->value.ordinal || place->value.kind == kMessage) return std::nullopt;
  Target& owner = place->value;
  if (owner.kind == kPage && owner.name.empty()) return std::vector<Scope>{};
  const std::string& name = owner.name.empty() ? owner.noun : owner.name;
  std::vector<Scope> scopes{{owner.kind, name, owner.quoted}};
  scopes.insert(scopes.end(), owner.scopes.begin(), owner.scopes.end());
  draft.cost += place->cost;
  return scopes;
}

// What is an element by itself, where it is seen.
bool is_element(ElementKind kind) {
  using enum ElementKind;
  return kind == kButton || kind == kLink || kind == kField || kind == kCheckbox ||
         kind == kRadio || kind == kDropdown || kind == kOption || kind == kHeading ||
         kind == kImage || kind == kIcon || kind == kTab;
}

bool add_element(ElementKind kind, std::string name, bool quoted, const std::vector<Scope>& scopes,
                 Draft& draft) {
  Observation out{.kind = ObserveKind::kElement};
  out.target = {.kind = kind, .name = std::move(name), .quoted = quoted, .scopes = scopes};
  draft.add(std::move(out));
  return true;
}

}  // namespace

// "the dialog has the button 'Cancel'", "the form contains a 'Name' input field".
bool has_element(const PhraseMatch& match, Draft& draft) {
  const auto kind = noun_of(lower(join(match.slot("kind"))));
  const Token::Kind said = match.slot("value")[0].kind;
  const bool is_name = said == Token::Kind::kQuoted || said == Token::Kind::kPlaceholder;
  if (!kind || !is_name || !is_element(kind->kind)) return false;
  const std::string& name = match.slot("value")[0].text;
  const bool is_address = name.starts_with('/') || name.find("://") != std::string::npos;
  if (is_address && draft.clause.tokens.end()[-2].is("to")) return false;  // where it leads
  const auto scopes = place_of(match, draft);
  return scopes && add_element(kind->kind, name, true, *scopes, draft);
}

// "the form displays Save and Cancel buttons", "it offers a Subscribe option": one of each name.
bool has_elements(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kNamesMax = 12, kWordsMax = 3;
  constexpr double kCostOfBareWord = 0.4;
  Tokens things = match.slot("things");
  if (things.size() < 2 || has_literal(things) || draft.clause.negations > 0) return false;
  const auto kind = noun_of(things.back().low);
  if (!kind || !is_element(kind->kind)) return false;
  const bool is_one = !kind->plural && things[0].is_one_of({"a", "an", "the"});
  if (!kind->plural && !is_one) return false;
  things = things.first(things.size() - 1);
  std::vector<Tokens> names;
  for (const Tokens part : parts_of(things))
    if (const Tokens name = strip(part); !name.empty()) names.push_back(name);
  if (names.size() < (is_one ? 1 : 2) || names.size() > (is_one ? 1 : kNamesMax)) return false;
  const auto scopes = place_of(match, draft);
  if (!scopes) return false;
  for (const Tokens name : names) {
    if (name.size() > kWordsMax || has_guard_word(name)) return false;
    draft.cost += kCostOfBareWord * static_cast<double>(name.size());
    add_element(kind->kind, join(name), false, *scopes, draft);
  }
  return true;
}

// "it offers 'Toronto'": an option of a drop-down.
bool offers(const PhraseMatch& match, Draft& draft) {
  const auto scopes = place_of(match, draft);
  return scopes && !scopes->empty() &&
         add_element(ElementKind::kOption, match.slot("value")[0].text, true, *scopes, draft);
}

// "the table contains a row with 'Bob' and '30'": both in one row.
bool row_of(const PhraseMatch& match, Draft& draft) {
  std::vector<std::string> cells = literals_of(match.slot("items"));
  if (cells.empty() || draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kTable};
  if (!take_target(match, draft, out.target, "place")) return false;
  using enum ElementKind;
  if (out.target.kind != kTable && out.target.kind != kList && out.target.kind != kPage)
    return false;
  if (out.target.kind == kPage) out.target = {};
  out.rows.push_back(std::move(cells));
  draft.add(std::move(out));
  return true;
}

// "the plans are offered at these prices:" of cards rather than of a table: what each row says
// stands in the card of its first cell.
bool rows_as_cards(const PhraseMatch& match, Draft& draft) {
  constexpr double kCostOfCards = 0.6;  // after a table that has these columns
  constexpr std::size_t kColumnsMax = 5;
  if (!draft.step.table || draft.clause.negations > 0) return false;
  Target things;
  if (!take_target(match, draft, things) || things.quoted || things.ordinal) return false;
  const auto& table = *draft.step.table;
  if (table.size() < 2 || table[0].size() < 2 || table[0].size() > kColumnsMax) return false;
  const bool is_all = std::ranges::any_of(
      draft.clause.tokens, [](const Token& token) { return token.is_one_of({"only", "exactly"}); });
  if (is_all) {  // these and no others, by what they are called
    Observation list{.kind = ObserveKind::kList, .target = things, .exact_rows = true};
    if (list.target.kind == ElementKind::kAny) list.target.name.clear();
    for (std::size_t row = 1; row < table.size(); ++row) list.rows.push_back({table[row][0]});
    draft.add(std::move(list));
  }
  for (std::size_t row = 1; row < table.size(); ++row) {
    for (std::size_t i = 1; i < table[row].size(); ++i) {
      if (table[row][0].empty() || table[row][i].empty()) return false;
      draft.add(text(table[row][i], {{ElementKind::kItem, table[row][0], true}}));
    }
  }
  draft.cost += kCostOfCards;
  draft.took_table = true;
  return true;
}

// "the menu displays the following links:", "the following users are listed in the table:": a place
// that holds what the table lists.
bool rows_of(const PhraseMatch& match, Draft& draft) {
  const Tokens kinds = strip(match.slot("kinds"));
  return !kinds.empty() && kinds.size() < 3 && !has_literal(kinds) && is_plural(kinds.back().low) &&
         !draft.is_context() && rows(match, draft);
}

bool rows_in(const PhraseMatch& match, Draft& draft) {
  PhraseMatch in = match;
  auto place = parse_target(match.slot("place"));
  if (!place || has_literal(match.slot("target"))) return false;
  if (place->value.kind == ElementKind::kTable || place->value.kind == ElementKind::kList) {
    std::erase_if(in.slots, [](const PhraseMatch::Slot& slot) { return slot.name == "target"; });
    in.slots.push_back({"target", match.slot("place")});
  }
  return rows(in, draft);
}

// "the summary shows 'Advanced' for '$12/mo'": the one beside the other.
bool item_with(const PhraseMatch& match, Draft& draft) {
  auto scopes = place_of(match, draft);
  if (!scopes || draft.clause.negations > 0) return false;
  scopes->insert(scopes->begin(), {ElementKind::kAny, match.slot("item")[0].text, true});
  draft.add(text(match.slot("value")[0].text, std::move(*scopes)));
  return true;
}

// "'Assam' costs '€ 5.00'": in its row or card.
bool item_costs(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun"));
  // "the small 'Assam'" tells which of several, and is not dropped.
  const bool is_thing =
      noun.empty() ||
      (noun.size() == 1 &&
       noun[0].is_one_of({"product", "item", "article", "plan", "option", "add-on", "addon", "book",
                          "course", "ticket", "room", "dish", "service", "subscription"}));
  if (draft.clause.negations > 0 || !is_thing) return false;
  draft.add(
      text(match.slot("value")[0].text, {{ElementKind::kItem, match.slot("item")[0].text, true}}));
  return true;
}

// "it costs '€ 5.00'", after one was named.
bool it_costs(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  std::string said = match.slot("value")[0].text;
  if (const Tokens unit = match.slot("unit"); !unit.empty()) {  // "it takes 12 min"
    if (unit.size() != 1 || !unit[0].is_word()) return false;
    said += " " + unit[0].text;
  }
  draft.add(text(std::move(said), {{ElementKind::kAny, "it", false}}));
  return true;
}

namespace {

// What is said of an item by a label: "quantity 3".
Observation of_item(const std::string& label, const std::string& value,
                    const std::vector<Scope>& item) {
  Observation out{.kind = ObserveKind::kContent, .expected = value, .match = Match::kEquals};
  out.target = {.name = label, .scopes = item};
  return out;
}

}  // namespace

// "the cart lists 'Assam' with quantity 3 and a subtotal of '$9'": each is said of that item.
bool item_with_fields(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place")), item = parse_target(match.slot("item"));
  if (!place || !item || draft.clause.negations > 0 || place->value.quoted ||
      item->value.name.empty() || item->value.ordinal || !item->value.scopes.empty())
    return false;
  // "a row with 'A' and 'B'", "the words" are no things that bear a name.
  const bool is_named = item->value.quoted || is_capitalised(strip(match.slot("item"))[0]);
  if (!is_named) return false;
  std::vector<Scope> scopes = {{ElementKind::kAny, item->value.name, item->value.quoted}};
  if (place->value.kind == ElementKind::kSection) {
    const auto section = place_of(match, draft);
    if (!section) return false;
    scopes.insert(scopes.end(), section->begin(), section->end());
  }
  const auto labels = labels_of(match.slot("fields"));
  if (!labels || labels->empty()) return false;
  for (const auto& [label, value] : *labels) draft.add(of_item(label, value, scopes));
  draft.cost += item->cost - 0.3;
  return true;
}

// "the article is shown as 'Draft' with the author 'Ann'".
bool shown_as_with(const PhraseMatch& match, Draft& draft) {
  const Tokens label = strip(match.slot("label"));
  if (draft.clause.negations > 0 || label.empty() || has_literal(label) || has_guard_word(label) ||
      !content_has(match, draft))
    return false;
  draft.add(of_item(join(label), match.slot("other")[0].text, {}));
  return true;
}

// "'Required' is shown for name, email and phone number": by each of them.
bool shown_for_each(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kPlacesMax = 12;
  if (draft.clause.negations > 0) return false;
  const std::vector<Tokens> places = parts_of(match.slot("places"));
  if (places.size() < 2 || places.size() > kPlacesMax) return false;
  for (const Tokens named : places) {
    auto place = parse_target(named);
    if (!place || place->value.ordinal) return false;
    const std::string& name = place->value.name.empty() ? place->value.noun : place->value.name;
    draft.add(text(match.slot("value")[0].text, {{ElementKind::kAny, name, place->value.quoted}}));
    draft.cost += place->cost;
  }
  return true;
}

// "the page title is 'Select a plan'", of a page whose heading says so and not its title.
bool headed(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  const std::string& heading = match.slot("value")[0].text;
  if (!match.slot("place").empty()) {  // "the form is headed 'Edit recipe'"
    const auto scopes = place_of(match, draft);
    return scopes && add_element(ElementKind::kHeading, heading, true, *scopes, draft);
  }
  draft.cost += 1.6;  // the title itself comes first
  return add_element(ElementKind::kHeading, heading, true, {}, draft);
}

// "the dialog title is 'New user'": a heading in it.
bool part_headed(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  for (const Token& token : draft.clause.tokens) {
    const auto noun = token.is_word() ? noun_of(token.low) : std::nullopt;
    if (!noun || noun->kind == ElementKind::kHeading) continue;
    const std::vector<Scope> part = {{noun->kind, "", false}};
    draft.cost -= 0.5;  // rather than the title of the page
    return add_element(ElementKind::kHeading, match.slot("value")[0].text, true, part, draft);
  }
  return false;
}

// "I should see my details:" with a label and its value in each row.
bool labelled_rows(const PhraseMatch& match, Draft& draft) {
  constexpr double kCostOfLabels = 0.5;  // after a table that has these columns
  if (!draft.step.table || draft.clause.negations > 0) return false;
  Target whole;
  if (!take_target(match, draft, whole) || whole.quoted || whole.ordinal) return false;
  for (const std::vector<std::string>& row : *draft.step.table) {
    if (row.size() != 2 || row[0].empty() || row[1].empty()) return false;
    Observation out{.kind = ObserveKind::kContent, .expected = row[1], .match = Match::kEquals};
    out.target = {.noun = row[0], .name = row[0]};
    draft.add(std::move(out));
  }
  draft.cost += kCostOfLabels;
  draft.took_table = true;
  return true;
}

// "the first row shows 'Airi' in the 'Name' column".
bool content_in_column(const PhraseMatch& match, Draft& draft) {
  Target row, column;
  Observation out{.kind = ObserveKind::kContent, .match = Match::kEquals};
  if (!take_target(match, draft, row) || !take_target(match, draft, column, "column") ||
      !take_shown(match, draft, out.expected))
    return false;
  if (column.name.empty() || column.ordinal || !column.scopes.empty()) return false;
  out.target = {.kind = ElementKind::kColumn, .name = column.name, .quoted = column.quoted};
  out.target.scopes.push_back(scope_of(row));
  out.target.scopes.insert(out.target.scopes.end(), row.scopes.begin(), row.scopes.end());
  draft.add(std::move(out));
  return true;
}

// "the first row reads:" with a table of columns over one row of values.
bool row_by_columns(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kColumnsMax = 12;
  Target row;
  if (!draft.step.table || draft.clause.negations > 0 || !take_target(match, draft, row))
    return false;
  const auto& table = *draft.step.table;
  if (table.size() != 2 || table[0].size() < 2 || table[0].size() > kColumnsMax) return false;
  // "the first overdue row": of which rows it is the first, nothing on the page need say.
  if (row.kind != ElementKind::kRow || !row.ordinal || !row.name.empty()) return false;
  for (std::size_t i = 0; i < table[0].size(); ++i) {
    if (table[0][i].empty()) return false;
    Observation out{
        .kind = ObserveKind::kContent, .expected = table[1][i], .match = Match::kEquals};
    out.target = {.kind = ElementKind::kColumn, .name = table[0][i], .quoted = true};
    out.target.scopes.push_back(scope_of(row));
    out.target.scopes.insert(out.target.scopes.end(), row.scopes.begin(), row.scopes.end());
    draft.add(std::move(out));
  }
  draft.took_table = true;
  return true;
}

// "the cart does not contain any 'Sencha'".
bool has_any(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations != 1) return false;
  draft.took_negation = true;
  return has_none(match, draft);
}

// "the cart has no badge".
bool has_none(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place"));
  using enum ElementKind;
  if (!place || is_field(place->value.kind) || place->value.kind == kPage) return false;
  const std::string& name = place->value.name.empty() ? place->value.noun : place->value.name;
  if (name.empty() || !see_none(match, draft)) return false;
  draft.cost += place->cost;
  auto& target = std::get<Observation>(draft.intents.back()).target;
  if (target.kind == kBadge && target.name.empty()) {  // "the cart badge"
    target.name = name;
    return true;
  }
  target.scopes.push_back({place->value.kind, name, place->value.quoted});
  target.scopes.insert(target.scopes.end(), place->value.scopes.begin(), place->value.scopes.end());
  return true;
}

// "a menu with the entry 'Copy' is shown": the entry, in a menu.
bool shown_with(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place"));
  const Tokens what = match.slot("what");
  using enum ElementKind;
  if (!place || place->value.quoted || what.size() > 2) return false;
  const ElementKind kind = place->value.kind;
  if (kind != kMenu && kind != kDialog && kind != kList && kind != kSection && kind != kTable)
    return false;
  std::vector<Token> named(what.begin(), what.end());
  named.push_back(match.slot("value")[0]);
  if (!observe_visible(named, draft)) return false;
  draft.cost += place->cost;
  const std::string& name = place->value.name.empty() ? place->value.noun : place->value.name;
  std::get<Observation>(draft.intents.back()).target.scopes = {{kind, name, false}};
  return true;
}

// "the row of order '1004' shows status 'Paid'".
bool labelled_content(const PhraseMatch& match, Draft& draft) {
  Target owner;
  std::string expected;
  auto label = parse_target(match.slot("label"));
  if (!label || has_literal(match.slot("label")) || !label->value.scopes.empty()) return false;
  ElementKind kind = label->value.kind;
  // "line total" is no line.
  const Tokens said = strip(match.slot("label"));
  if (kind == ElementKind::kRow && said.size() == 2 && !noun_of(said[1].low)) {
    label->value.name = said[0].text + " " + said[1].text;
    kind = ElementKind::kAny;
  }
  const bool badge = kind == ElementKind::kBadge;
  if (kind != ElementKind::kAny && kind != ElementKind::kColumn && !badge) return false;
  if (label->value.name.empty() && !badge) return false;
  static const std::initializer_list<std::string_view> kNotLabels = {
      "value", "text", "title", "options", "option", "words", "message", "word", "label"};
  if (is_one_of(lower(label->value.name), kNotLabels)) return false;
  if (!take_target(match, draft, owner) || !take_shown(match, draft, expected)) return false;
  if (owner.name.empty() && owner.kind == ElementKind::kAny) return false;
  draft.cost += label->cost;
  Observation out{.kind = ObserveKind::kContent, .expected = expected, .match = Match::kEquals};
  if (badge) out.target.kind = kind;
  out.target.name = label->value.name;
  out.target.noun = label->value.noun;
  const std::string owner_name =
      owner.kind == ElementKind::kSection && owner.name.empty() ? owner.noun : owner.name;
  out.target.scopes = {{owner.kind, owner_name, owner.quoted, owner.ordinal}};
  out.target.scopes.insert(out.target.scopes.end(), owner.scopes.begin(), owner.scopes.end());
  draft.add(std::move(out));
  return true;
}

// … where the page shows it without a label: the thing says it.
bool content_as_label(const PhraseMatch& match, Draft& draft) {
  Target owner;
  if (has_literal(match.slot("label")) || !take_target(match, draft, owner) || !owner.quoted)
    return false;
  draft.cost += 0.5;
  draft.add(content(owner, match.slot("value")[0].text, Match::kContains));
  return true;
}

// "the event 'Dentist' starts on 'March 9'": what stands there for it under "Starts".
bool happens_on(const PhraseMatch& match, Draft& draft) {
  static const std::initializer_list<std::string_view> kVerbs = {
      "start", "begin", "end", "finish", "close", "open", "arrive", "depart", "leave"};
  const auto verb = std::ranges::find_if(draft.clause.tokens, [](const Token& token) {
    return token.is_word() && is_one_of(token.lemma, kVerbs);
  });
  Target owner;
  std::string expected;
  if (verb == draft.clause.tokens.end() || !take_target(match, draft, owner) ||
      !take_shown(match, draft, expected) || owner.name.empty())
    return false;
  const Tokens said = strip(match.slot("target"));
  const auto is_other_verb = [](const Token& token) {
    return token.is_word() && is_one_of(token.lemma, kVerbs);
  };
  if (said[0].is_one_of({"all", "every", "each", "both", "other", "next", "any", "some", "no"}) ||
      std::ranges::any_of(said, is_other_verb))
    return false;
  Observation out{.kind = ObserveKind::kContent, .expected = expected, .match = Match::kEquals};
  out.target = {.noun = verb->lemma + "s",
                .name = capitalised(verb->lemma) + "s",
                .alternatives = {capitalised(verb->lemma), capitalised(verb->lemma) + " date",
                                 capitalised(verb->lemma) + " time"}};
  out.target.scopes = {scope_of(owner)};
  out.target.scopes.insert(out.target.scopes.end(), owner.scopes.begin(), owner.scopes.end());
  draft.add(std::move(out));
  return true;
}

// "the order is placed successfully": the page says so, in words of its own.
bool told_of_success(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_outcome() || draft.clause.negations > 0 || has_literal(match.slot("what")) ||
      !lower(draft.step.text).contains("successful"))
    return false;
  Observation out{.kind = ObserveKind::kElement};
  out.target = {.kind = ElementKind::kMessage, .noun = "success message"};
  draft.cost += 1;
  draft.add(std::move(out));
  return true;
}

// "I am still on the booking form": it is to be seen.
bool form_shown(const PhraseMatch& match, Draft& draft) {
  const Tokens what = strip(match.slot("what"));
  if (!draft.is_outcome() || draft.clause.negations > 0 || what.empty() || what.size() > 3 ||
      has_literal(what) || has_guard_word(what))
    return false;
  Observation out{.kind = ObserveKind::kElement};
  out.target = {.kind = ElementKind::kSection, .noun = "form", .name = join(what) + " form"};
  draft.cost += 2;  // after a page that is called so
  draft.add(std::move(out));
  return true;
}

}  // namespace vouch::features::build
