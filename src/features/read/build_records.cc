// What a Given says that the site holds already: made in the way that the site has for it.
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

constexpr double kCostOfMaking = 1.6;  // rather than that it is there
constexpr std::size_t kRecordsMax = 10;

Act send_off(const std::string& thing) {
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = "Add",
                 .alternatives = {"Add " + thing, "Save", "Create", "Create " + thing, "Register"}};
  return send;
}

// "book", "new books", "library members", by its singular; "" for what says more than what kind of
// thing it is ("completed task", "user of Ann"), and for parts of a page ("link").
std::string record_of(Tokens noun) {
  while (noun.size() > 1 && noun.front().is_one_of({"new", "library", "registered", "existing"}))
    noun = noun.subspan(1);
  if (noun.size() != 1 || !is_thing(noun)) return "";
  const auto thing = parse_target(noun);
  return thing && thing->value.kind == ElementKind::kAny ? singular(noun.back().low) : "";
}

// "the library", "the shop": the site itself; what is in a part of it, or somebody's, is not made
// so.
bool is_site(Tokens holder) {
  holder = strip(holder);
  return holder.empty() ||
         (holder.size() == 1 &&
          holder[0].is_one_of({"library", "shop", "store", "system", "app", "application", "site",
                               "catalogue", "catalog", "database", "inventory", "i", "we"}));
}

// A column of names, with its head or without. Empty where it may be of something else.
std::vector<std::string> names_in_table(const std::vector<std::vector<std::string>>& table,
                                        const std::string& thing) {
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const auto& row : table) names.push_back(row.front());
  const std::string head = lower(names.front());
  if (names.size() > 1 && (is_one_of(head, {"name", "title"}) || singular(head) == thing))
    names.erase(names.begin());
  const auto is_of_other = [](const std::string& name) {
    return name.empty() || is_one_of(lower(name), {"email", "e-mail", "description", "category",
                                                   "price", "type", "id", "date", "status"});
  };
  return std::ranges::any_of(names, is_of_other) ? std::vector<std::string>{} : names;
}

// What was made so is to be seen afterwards: a form may have refused it.
void must_be_there(const std::string& name, Draft& draft) {
  Observation seen{.kind = ObserveKind::kText, .expected = name};
  draft.add(std::move(seen));
}

// What is filled in is so afterwards, as a Given says.
void state(Draft& draft) {
  for (Intent& intent : draft.intents)
    if (Act* act = std::get_if<Act>(&intent)) act->ensures_state = act->kind == ActKind::kFill;
}

// A column that says which of them are done, and not what is filled in.
bool says_done(const std::string& head) {
  return is_one_of(lower(head), {"done", "completed", "complete", "finished", "done?"});
}
bool is_yes(const std::string& cell) {
  return is_one_of(lower(cell), {"yes", "true", "x", "done", "completed", "\u2713", "\u2714"});
}

// Each row by its columns' names. A cell that is empty leaves its field as it is, where no row
// before it has filled that.
bool fill_rows(const std::vector<std::vector<std::string>>& table, const std::string& thing,
               Draft& draft) {
  if (table.size() < 2 || table.size() > kRecordsMax + 1) return false;
  std::vector<bool> is_filled(table[0].size(), false);
  for (std::size_t row = 1; row < table.size(); ++row) {
    if (table[row].front().empty()) return false;
    for (std::size_t i = 0; i < table[row].size(); ++i) {
      if (i > 0 && says_done(table[0][i])) continue;
      if (table[row][i].empty() && !is_filled[i]) continue;
      is_filled[i] = true;
      Act fill{.kind = ActKind::kFill, .value = table[row][i], .adds = thing};
      fill.target = {.name = table[0][i], .quoted = true};
      draft.add(std::move(fill));
    }
    draft.add(send_off(thing));
    must_be_there(table[row].front(), draft);
    for (std::size_t i = 1; i < table[row].size(); ++i) {
      if (!says_done(table[0][i]) || !is_yes(table[row][i])) continue;
      Act tick{.kind = ActKind::kCheck, .ensures_state = true};
      tick.target = {.name = table[row].front(), .quoted = true};
      draft.add(std::move(tick));
    }
  }
  return true;
}

// Those names, with the same fields.
bool make_each(const std::string& thing, const std::vector<std::string>& names, Tokens fields,
               Draft& draft) {
  for (const std::string& name : names) {
    fill_name(thing, name, draft);
    if (!fill_named(fields, thing, draft)) return false;
    draft.add(send_off(thing));
    must_be_there(name, draft);
  }
  state(draft);
  draft.cost += kCostOfMaking;
  return true;
}

// The step's table: a column of names, or a row each.
bool make_rows(const std::string& thing, Draft& draft) {
  const auto& table = *draft.step.table;
  draft.took_table = true;
  if (table[0].size() == 1) {
    const std::vector<std::string> names = names_in_table(table, thing);
    return !names.empty() && names.size() <= kRecordsMax && make_each(thing, names, {}, draft);
  }
  if (!fill_rows(table, thing, draft)) return false;
  state(draft);
  draft.cost += kCostOfMaking;
  return true;
}

}  // namespace

// "the following books exist:", "the library holds these books:".
bool records_exist(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0 || !draft.step.table) return false;
  const Tokens noun = strip(match.slot("noun"));
  const std::string thing = record_of(noun);
  if (thing.empty() || !is_plural(noun.back().low) || !is_site(match.slot("holder"))) return false;
  return make_rows(thing, draft);
}

// "my task list contains:", with a table of them.
bool list_holds(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0 || !draft.step.table) return false;
  const std::string thing = record_of(strip(match.slot("noun")));
  if (thing.empty() || has_literal(match.slot("what"))) return false;
  return make_rows(thing, draft);
}

// "the eight sample orders exist": what the site begins with.
bool begins_with(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun"));
  if (!draft.is_context() || draft.clause.negations > 0 || draft.step.table ||
      record_of(noun).empty())
    return false;
  draft.add(
      Act{.kind = ActKind::kNothing, .value = join(draft.clause.tokens), .ensures_state = true});
  return true;
}

// "a member 'Ann' exists", "'Ann' is a registered member with the phone number '555'", "there are
// two tasks, 'Tea' and 'Milk'".
bool record_exists(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0) return false;
  const std::string thing = record_of(strip(match.slot("noun")));
  const Tokens fields = match.slot("fields"), said = match.slot("quantity");
  const std::vector<std::string> names = literals_of(match.slot("name"));
  if (thing.empty() || names.empty() || names.size() > kRecordsMax ||
      (names.size() > 1 && !fields.empty()))
    return false;
  if (!said.empty()) {
    const auto quantity = parse_quantity(said);
    if (!quantity || quantity->compare != Compare::kEqual ||
        quantity->number != static_cast<int>(names.size()))
      return false;
  }
  return make_each(thing, names, fields, draft);
}

// "I have the tasks 'Tea' and 'Milk'".
bool records_named(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun"));
  return !noun.empty() && is_plural(noun.back().low) && record_exists(match, draft);
}

// "I have a todo list with the items 'Tea' and 'Milk'".
bool list_of(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0) return false;
  const Tokens what = strip(match.slot("what")), noun = strip(match.slot("noun"));
  const std::vector<std::string> names = literals_of(match.slot("name"));
  if (names.empty() || names.size() > kRecordsMax || noun.size() != 1 || what.empty()) return false;
  const bool is_any = noun[0].is_one_of({"item", "items", "entry", "entries"});
  const std::string thing = record_of(is_any ? what.first(1) : noun);
  return !thing.empty() && make_each(thing, names, {}, draft);
}

namespace {

// Each of the table's things is added to the place, by its name, or as often as the table says.
bool add_to_place(Tokens said, const std::string& thing, Draft& draft) {
  constexpr int kTimesMax = 5;
  const auto place = parse_target(said);
  if (thing.empty() || !place || place->value.kind != ElementKind::kSection ||
      place->value.quoted || has_literal(said))
    return false;
  const auto& table = *draft.step.table;
  const std::string head = lower(table[0][0]);
  const bool has_head =
      table.size() > 1 &&
      (is_one_of(head, {"name", "title", "product", "item"}) || singular(head) == thing);
  const bool is_counted =
      has_head && table[0].size() == 2 &&
      is_one_of(lower(table[0][1]), {"quantity", "qty", "count", "amount", "number", "pieces"});
  const std::string& where = place->value.noun.empty() ? place->value.name : place->value.noun;
  if (where.empty() || table.size() > kRecordsMax || (table[0].size() > 1 && !is_counted))
    return false;
  for (std::size_t i = has_head ? 1 : 0; i < table.size(); ++i) {
    const std::string& times = is_counted ? table[i][1] : "1";
    if (times.size() != 1 || times[0] < '1' || times[0] > '0' + kTimesMax) return false;
    Act act{.kind = ActKind::kClick};
    act.target = {.name = "Add to " + where, .scopes = {{ElementKind::kAny, table[i][0], true}}};
    add_synonyms(act.target, act.target.name);
    for (char time = '0'; time < times[0]; ++time) draft.add(act);
  }
  draft.took_table = true;
  return true;
}

}  // namespace

// "I put these products into the cart:".
bool add_each_to(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome() || draft.clause.negations > 0 || !draft.step.table) return false;
  return add_to_place(match.slot("place"), record_of(strip(match.slot("noun"))), draft);
}

// "my cart contains:", as a Given says.
bool holds_each(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0 || !draft.step.table) return false;
  const Tokens noun = strip(match.slot("noun"));
  if (!noun.empty() && record_of(noun).empty()) return false;
  // "the cart of the customer": whose it is.
  Tokens place = match.slot("place");
  const auto of = std::ranges::find_if(place, [](const Token& token) { return token.is("of"); });
  if (of != place.end() && is_person(place.back().low))
    place = place.first(static_cast<std::size_t>(of - place.begin()));
  draft.cost += kCostOfMaking;
  return add_to_place(place, noun.empty() ? "product" : record_of(noun), draft);
}

}  // namespace vouch::features::build
