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
                 .alternatives = {"Add " + thing, "Save", "Create", "Create " + thing, "Register",
                                  "Submit", "OK"}};
  return send;
}

// "name", "book", "books": what a column of names is called.
bool names_column(const std::string& cell, const std::string& thing) {
  const std::string said = lower(cell);
  return said == "name" || said == "title" || said == "names" || singular(said) == thing ||
         said == "item" || said == "product" || said == "description";
}

// "books", "library members"; not "document with slug".
bool is_record(Tokens noun) {
  return is_thing(noun) && std::ranges::none_of(noun, [](const Token& token) {
           return token.is_one_of({"with", "of", "for", "in", "on", "by", "to", "and", "or"});
         });
}

// A column of names, with its head or without.
std::vector<std::string> names_in_table(const std::vector<std::vector<std::string>>& table,
                                        const std::string& thing) {
  std::vector<std::string> names;
  for (const auto& row : table) names.push_back(row.front());
  if (names.size() > 1 && names_column(names.front(), thing)) names.erase(names.begin());
  return names;
}

}  // namespace

// "the following books exist:", "the library holds these books:".
bool records_exist(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0 || !draft.step.table) return false;
  const Tokens noun = strip(match.slot("noun"));
  if (!is_record(noun) || !is_plural(noun.back().low) || has_literal(match.slot("holder")))
    return false;
  const auto& table = *draft.step.table;
  const std::string thing = singular(noun.back().low);
  draft.cost += kCostOfMaking;
  if (table[0].size() > 1) return fill_and_send_each(draft, thing, send_off(thing));
  const std::vector<std::string> names = names_in_table(table, thing);
  if (names.size() > kRecordsMax) return false;
  for (const std::string& name : names) {
    fill_name(thing, name, draft);
    draft.add(send_off(thing));
  }
  draft.took_table = true;
  return true;
}

// "a member 'Ann' exists", "'Ann' is a registered member with the phone number '555'", "there are
// two tasks, 'Tea' and 'Milk'".
bool record_exists(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0) return false;
  const Tokens noun = strip(match.slot("noun")), fields = match.slot("fields");
  if (!is_record(noun) || has_literal(match.slot("holder"))) return false;
  const auto thing = parse_target(noun);  // "link", "message": parts of a page, and nothing to make
  if (!thing || thing->value.kind != ElementKind::kAny) return false;
  const std::vector<std::string> names = literals_of(match.slot("name"));
  if (names.empty() || names.size() > kRecordsMax || (names.size() > 1 && !fields.empty()))
    return false;
  const std::string one = singular(noun.back().low);
  draft.cost += kCostOfMaking;
  for (const std::string& name : names) {
    fill_name(one, name, draft);
    if (!fill_named(fields, one, draft)) return false;
    draft.add(send_off(one));
  }
  return true;
}

// "I put these products into the cart:", each by its name, or as often as the table says.
bool add_each_to(const PhraseMatch& match, Draft& draft) {
  constexpr int kTimesMax = 5;
  if (draft.is_outcome() || draft.clause.negations > 0 || !draft.step.table) return false;
  const Tokens noun = strip(match.slot("noun"));
  const auto place = parse_target(match.slot("place"));
  if (!is_thing(noun) || !place || place->value.quoted || has_literal(match.slot("place")))
    return false;
  const auto& table = *draft.step.table;
  const std::string thing = singular(noun.back().low);
  const bool has_head = table.size() > 1 && names_column(table[0][0], thing);
  if (table.size() > kRecordsMax || table[0].size() > 2 || (table[0].size() == 2 && !has_head))
    return false;
  const std::string where = place->value.noun.empty() ? place->value.name : place->value.noun;
  for (std::size_t i = has_head ? 1 : 0; i < table.size(); ++i) {
    int times = 1;
    if (table[i].size() == 2) {
      if (table[i][1].size() != 1 || table[i][1] < "1" || table[i][1] > std::to_string(kTimesMax))
        return false;
      times = table[i][1][0] - '0';
    }
    Act act{.kind = ActKind::kClick};
    act.target = {.name = "Add to " + where,
                  .scopes = {{ElementKind::kAny, table[i][0], true}},
                  .alternatives = {"Add"}};
    add_synonyms(act.target, act.target.name);
    for (; times > 0; --times) draft.add(act);
  }
  draft.took_table = true;
  return true;
}

}  // namespace vouch::features::build
