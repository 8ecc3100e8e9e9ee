// Forms: filled in from a table, and what is told of a new thing in one sentence.
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

constexpr double kCostOfOpening = 1.5;  // rather than that the page has the field itself

// "the form", "the following details": words that name no particular form.
bool names_any_form(Tokens tokens) {
  return std::ranges::all_of(tokens, [](const Token& token) {
    return token.kind == Token::Kind::kPunctuation ||
           (token.is_word() &&
            (is_determiner(token.low) ||
             token.is_one_of(
                 {"form",        "following", "details",    "data",     "values",  "information",
                  "fields",      "field",     "in",         "with",     "these",   "all",
                  "required",    "as",        "follows",    "valid",    "into",    "input",
                  "inputs",      "below",     "using",      "on",       "page",    "form's",
                  "credentials", "pieces",    "quantities", "amounts",  "numbers", "quantity",
                  "from",        "table",     "out",        "new",      "by",      "of",
                  "and",         "for",       "everything", "personal", "it"})));
  });
}

// The step's table of field and value, or of fields over one row of values, as fills.
bool fill_fields(Draft& draft, const std::vector<Scope>& scopes) {
  if (!draft.step.table || draft.step.table->empty()) return false;
  const auto& table = *draft.step.table;
  const auto fill_one = [&](const std::string& name, const std::string& value) {
    Act act{.kind = ActKind::kFill, .value = value};
    act.target = {.name = name, .quoted = true, .scopes = scopes};
    draft.add(std::move(act));
  };
  const auto is_header = [](const std::vector<std::string>& row) {
    const std::string a = lower(row[0]), b = lower(row[1]);
    const auto in = [](const std::string& word, std::initializer_list<std::string_view> words) {
      return std::ranges::find(words, word) != words.end();
    };
    return in(a, {"field", "fields", "field name", "name", "key", "label", "input", "element"}) &&
           in(b, {"value", "values", "content", "text", "data", "input", "field value"});
  };
  if (table[0].size() == 2) {
    const std::size_t first = is_header(table[0]) ? 1 : 0;
    if (first == table.size()) return false;
    for (std::size_t i = first; i < table.size(); ++i) fill_one(table[i][0], table[i][1]);
  } else if (table.size() == 2) {  // a header of names over one row of values
    for (std::size_t i = 0; i < table[0].size(); ++i) fill_one(table[0][i], table[1][i]);
  } else {
    return false;
  }
  draft.took_table = true;
  return true;
}

// A table of fields over several rows of values: as many times filled in, and sent off.
bool fill_and_send_each(Draft& draft, const std::string& adds, const Act& send) {
  constexpr std::size_t kRowsMax = 10;
  if (!draft.step.table) return false;
  const auto& table = *draft.step.table;
  if (table.size() < 3 || table.size() > kRowsMax + 1 || table[0].size() < 2) return false;
  for (std::size_t row = 1; row < table.size(); ++row) {
    for (std::size_t i = 0; i < table[0].size(); ++i) {
      Act fill{.kind = ActKind::kFill, .value = table[row][i], .adds = adds};
      fill.target = {.name = table[0][i], .quoted = true};
      draft.add(std::move(fill));
    }
    draft.add(send);
  }
  draft.took_table = true;
  return true;
}

}  // namespace

bool is_thing(Tokens noun) {
  return !noun.empty() && noun.size() <= 3 && !has_literal(noun) && !has_guard_word(noun);
}

bool fill_table(const PhraseMatch& match, Draft& draft) {
  if (!draft.step.table) return false;
  std::vector<Scope> scopes;
  const Tokens form = match.slot("form");
  if (!names_any_form(form)) {
    Tokens bare = strip(form);
    while (!bare.empty() && bare.back().is_one_of({"with", "using", "as", "by", "follows"}))
      bare = bare.first(bare.size() - 1);
    if (bare.empty() || has_literal(bare)) return false;
    auto target = parse_target(bare);
    if (!target || !target->value.scopes.empty()) return false;
    using enum ElementKind;
    // "fill in the new customer:" says what it will be, and no part of the page.
    const Tokens noun = bare.front().is("new") ? bare.subspan(1) : bare;
    const bool is_of_thing = target->value.kind == kAny && noun.size() == 1 && is_thing(noun) &&
                             !target->value.ordinal && !is_plural(noun.back().low);
    if (!is_of_thing && target->value.kind != kSection && target->value.kind != kDialog)
      return false;
    if (!is_of_thing) scopes.push_back({target->value.kind, target->value.name, false});
    draft.cost += target->cost;
  }
  return fill_fields(draft, scopes);
}

// "fills in the contact form with name 'Ann' and email 'a@example.com'": its fields.
bool fill_form(const PhraseMatch& match, Draft& draft) {
  const Tokens form = match.slot("form");
  if (draft.is_outcome() || draft.clause.negations > 0 || has_literal(form) || form.size() > 3)
    return false;
  const std::size_t before = draft.intents.size();
  if (!fill_named(match.slot("fields"), "", draft)) return false;
  const auto fills = std::span(draft.intents).subspan(before);
  if (!form.empty())
    for (Intent& fill : fills)
      std::get<Act>(fill).target.scopes.push_back({ElementKind::kSection, join(form), false});
  draft.cost -= 0.3;
  if (draft.clause.tokens[0].is("submit")) {
    Act send{.kind = ActKind::kSubmit};
    if (!command_target("submit", "", {}, draft, send.target)) return false;
    draft.add(std::move(send));
  }
  return true;
}

// "enter the following under 'New device':"
bool fill_table_in(const PhraseMatch& match, Draft& draft) {
  if (!draft.step.table) return false;
  std::vector<Scope> where;
  return take_where(match, draft, where) && fill_fields(draft, where);
}

namespace {

// Verbs that make something new of what was filled in.
bool makes_new(const std::string& verb) {
  static const std::vector<std::string_view> kVerbs = {"add",  "create", "post",    "book",
                                                       "save", "send",   "submit",  "write",
                                                       "open", "place",  "register"};
  return std::ranges::find(kVerbs, verb) != kVerbs.end();
}

// The step's table as fills of what is made, sent off with the verb: "these tasks" have a row each,
// "this review" has a field in each row.
bool fill_and_send_off(const std::string& verb, Tokens noun, Draft& draft) {
  Act send{.kind = ActKind::kSubmit};
  if (!command_target(verb, "", noun, draft, send.target)) return false;
  const std::string adds = singular(noun.back().low);
  if (verb == "add" || verb == "create")
    add_alternative(send.target, capitalised(verb) + " " + adds);
  if (is_plural(noun.back().low) && fill_and_send_each(draft, adds, send)) return true;
  const std::size_t before = draft.intents.size();
  if (!fill_fields(draft, {})) return false;
  for (std::size_t i = before; i < draft.intents.size(); ++i) {
    Act& fill = std::get<Act>(draft.intents[i]);
    fill.adds = adds;
    fill.opener = capitalised(verb) + " " + adds;
  }
  draft.add(std::move(send));
  return true;
}

}  // namespace

// "posts this review:" with a table of its fields: fills them, and sends them off. "… of 'X'": on
// the page that X has for them.
bool fill_and_send(const PhraseMatch& match, Draft& draft) {
  const std::string verb = verb_of(match, draft);
  const Tokens noun = strip(match.slot("noun"));
  if (!makes_new(verb) || !is_thing(noun)) return false;
  if (const Tokens of = match.slot("of"); !of.empty()) {
    auto thing = parse_target(of);
    if (!thing || !thing->value.quoted) return false;
    Act open{.kind = ActKind::kOpen, .ensures_state = true};
    open.target = {.kind = ElementKind::kPage,
                   .name = join(noun) + (is_plural(noun.back().low) ? "" : "s")};
    open.target.scopes.push_back({thing->value.kind, thing->value.name, true});
    draft.add(std::move(open));
  }
  draft.cost += 0.3;
  return fill_and_send_off(verb, noun, draft);
}

// "I have recorded these expenses:", "she has entered the following items:": each of them.
bool enter_each(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun"));
  if (draft.is_outcome() || draft.clause.negations > 0 || !is_thing(noun) ||
      !is_plural(noun.back().low))
    return false;
  draft.cost -= 0.5;  // rather than what is to be seen
  return fill_and_send_off("add", noun, draft);
}

// "apply the coupon code 'X'": type it where the noun says, then the button that has the verb.
bool fill_and_apply(const PhraseMatch& match, Draft& draft) {
  auto noun = parse_target(match.slot("noun"));
  const std::string how = verb_of(match, draft);
  if (how != "apply" && how != "use" && how != "redeem" && how != "try" && how != "guess")
    return false;
  if (!noun || !noun->value.scopes.empty() || noun->value.quoted || is_control(noun->value.kind))
    return false;
  Act fill{.kind = ActKind::kFill, .target = noun->value};
  if (!take_value(match, draft, fill.value)) return false;
  draft.cost += 0.3;
  const std::string words = fill.target.name;
  if (words.empty()) return false;
  add_synonyms(fill.target, words);
  fill.target.kind = ElementKind::kAny;
  Act apply{.kind = ActKind::kSubmit};
  const std::string verb = capitalised(verb_of(match, draft));
  apply.target.name = verb == "Use" || verb == "Enter" ? "Apply" : verb;
  add_alternative(apply.target, apply.target.name + " " + words);
  if (const auto space = words.find(' '); space != std::string::npos)
    add_alternative(apply.target, apply.target.name + " " + words.substr(0, space));
  add_synonyms(apply.target, apply.target.name);
  draft.add(std::move(fill));
  draft.add(std::move(apply));
  return true;
}

// "add the todo 'Buy milk'": typed where new ones are entered, then sent off.
bool add(const PhraseMatch& match, Draft& draft) {
  const std::string how = verb_of(match, draft);
  if (how != "add" && how != "create" && how != "compose" && how != "invite") return false;
  const Tokens object = match.slot("target");
  auto thing = parse_target(object);
  if (!thing || thing->value.name.empty() || is_control(thing->value.kind)) return false;
  if (!has_literal(object) || thing->value.noun.empty()) return false;
  const std::string noun = singular(thing->value.noun);
  const std::string verb = capitalised(verb_of(match, draft));
  draft.cost += thing->cost + 0.4;
  Act fill{.kind = ActKind::kFill, .value = thing->value.name, .adds = noun};
  fill.target = {.noun = noun, .name = noun, .scopes = thing->value.scopes};
  fill.target.alternatives = {
      "New " + noun, verb + " " + noun, verb + " a " + noun, capitalised(noun) + " name", "Name",
      "Title"};
  add_synonyms(fill.target, noun);
  Act send{.kind = ActKind::kSubmit};
  send.target.name = verb;
  send.target.alternatives = {verb + " " + noun, "Save", "Create"};
  std::erase(send.target.alternatives, send.target.name);
  draft.add(std::move(fill));
  draft.add(std::move(send));
  return true;
}

// "adds 'Book'": what it is, is not said.
bool add_named(const PhraseMatch& match, Draft& draft) {
  auto thing = parse_target(match.slot("target"));
  if (verb_of(match, draft) != "add" || !thing || !thing->value.quoted ||
      !thing->value.noun.empty())
    return false;
  Act fill{.kind = ActKind::kFill, .value = thing->value.name};
  fill.target = {.name = "Name", .alternatives = {"Text", "Description", "Title"}};
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = "Add", .alternatives = {"Save", "Create"}};
  draft.cost += 0.6;
  draft.add(std::move(fill));
  draft.add(std::move(send));
  return true;
}

// "adds a transaction 'Salary' of 1500": what it is called, and how much it is.
bool add_of_amount(const PhraseMatch& match, Draft& draft) {
  if (match.slot("amount").back().text.find(':') != std::string::npos) return false;  // a time
  if (!add(match, draft) && !add_named(match, draft)) return false;
  Act amount{.kind = ActKind::kFill, .value = match.slot("amount").back().text};
  amount.target = {.name = "Amount", .alternatives = {"Price", "Cost", "Value", "Sum", "Quantity"}};
  Act& name = std::get<Act>(draft.intents[draft.intents.size() - 2]);
  add_alternative(name.target, "Text");
  add_alternative(name.target, "Description");
  draft.intents.insert(draft.intents.end() - 1, std::move(amount));
  return true;
}

// "adds an expense of 20 for 'Lunch'": how much it is, and what for.
bool add_amount_for(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun"));
  const std::string& said = match.slot("amount")[0].text;
  if (draft.is_outcome() || draft.clause.negations > 0 || !is_thing(noun) || noun.size() > 2 ||
      said.find_first_of("0123456789") == std::string::npos || !makes_new(verb_of(match, draft)))
    return false;
  const std::string thing = singular(noun.back().low);
  Act amount{.kind = ActKind::kFill, .value = said, .adds = thing};
  amount.target = {.name = "Amount",
                   .alternatives = {capitalised(thing), capitalised(thing) + " amount", "Price",
                                    "Cost", "Value", "Sum"}};
  if (const Tokens name = match.slot("name"); !name.empty()) {
    Act what{.kind = ActKind::kFill, .value = name[0].text, .adds = thing};
    what.target = {
        .name = "Description",
        .alternatives = {"Name", "Title", "Text", "What", "Note", capitalised(thing) + " name"}};
    draft.add(std::move(what));
  }
  draft.add(std::move(amount));
  Act send{.kind = ActKind::kSubmit};
  if (!command_target(verb_of(match, draft), "", noun, draft, send.target)) return false;
  draft.add(std::move(send));
  draft.cost -= 0.3;  // rather than what is called so for that amount
  return true;
}

// "withdraws 120": where the page asks how much, after that is opened if need be.
bool move_amount(const PhraseMatch& match, Draft& draft) {
  const Token& amount = match.slot("value")[0];
  if (draft.is_outcome() || draft.clause.negations > 0 || amount.kind != Token::Kind::kNumber)
    return false;
  const std::vector<Token>& said = draft.clause.tokens;
  std::string verb = said.front().lemma;
  if (said.size() > 1 && said[1].is_one_of({"in", "out"})) verb += " " + said[1].low;
  Act fill{.kind = ActKind::kFill, .value = amount.text, .adds = verb};
  fill.target = {.kind = ElementKind::kField,
                 .name = "Amount",
                 .alternatives = {capitalised(verb) + " amount", "Amount to " + verb, "Sum",
                                  "Value", capitalised(verb)}};
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = capitalised(verb), .alternatives = {"Submit", "OK"}};
  draft.cost -= 0.5;  // rather than a button of what bears the number
  draft.add(std::move(fill));
  draft.add(std::move(send));
  return true;
}

bool fill_named(Tokens fields, const std::string& adds, Draft& draft) {
  const auto labels = labels_of(fields);
  if (!labels) return false;
  for (const auto& [name, value] : *labels) {
    Act act{.kind = ActKind::kFill, .value = value, .adds = adds};
    act.target = {.noun = name, .name = name};
    add_synonyms(act.target, name);
    draft.add(std::move(act));
  }
  return true;
}

void fill_name(const std::string& thing, const std::string& name, Draft& draft) {
  const bool titled = std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is_one_of({"titled", "entitled", "title"});
  });
  Act act{.kind = ActKind::kFill, .value = name, .adds = thing};
  act.target = {.name = titled ? "Title" : "Name", .alternatives = {"Full name", "Title", "Name"}};
  if (!thing.empty())
    for (const std::string& other : {capitalised(thing) + " name", capitalised(thing) + " title",
                                     capitalised(thing), "New " + thing})
      add_alternative(act.target, other);
  draft.add(std::move(act));
}

// "changes the copies of 'Emma' to 5", where a form has to be opened for it: filled in there, and
// saved.
bool edit_item(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  auto field = parse_target(match.slot("target"));
  if (!field || field->value.ordinal || !field->value.scopes.empty()) return false;
  Act open{.kind = ActKind::kClick};
  open.target = {.name = "Edit",
                 .scopes = {{ElementKind::kAny, match.slot("item")[0].text, true}},
                 .alternatives = {"Change", "Modify"}};
  for (const std::string& sign : signs_of("pencil")) add_alternative(open.target, sign);
  Act fill{.kind = ActKind::kFill, .target = field->value, .value = match.slot("value")[0].text};
  Act save{.kind = ActKind::kSubmit};
  save.target = {.name = "Save", .alternatives = {"Update", "Save changes", "Submit", "OK"}};
  draft.cost += field->cost + kCostOfOpening;
  draft.add(std::move(open));
  draft.add(std::move(fill));
  draft.add(std::move(save));
  return true;
}

// "creates a note titled 'Shopping' with the text 'Milk' and the colour 'red'", "adds another
// contact 'Ada' with phone '123'", "adds a contact with name 'Ada' and phone '123'": each is filled
// in, and sent off.
bool add_named_with(const PhraseMatch& match, Draft& draft) {
  const std::string verb = verb_of(match, draft);
  const Tokens noun = strip(match.slot("noun"));
  if (draft.is_outcome() || draft.clause.negations > 0 || !makes_new(verb)) return false;
  if (!noun.empty() && !is_thing(noun)) return false;
  const Tokens name = match.slot("name"), fields = match.slot("fields");
  if (noun.empty() && (name.empty() || fields.empty())) return false;
  if (name.empty() && std::ranges::count_if(fields, &Token::is_literal) < 2) return false;
  // What opens the form says what is made, or else what is done: "Register".
  const std::string thing = noun.empty() ? verb : singular(noun.back().low);
  if (!name.empty()) fill_name(thing, name[0].text, draft);
  if (!fill_named(fields, thing, draft)) return false;
  Act send{.kind = ActKind::kSubmit};
  if (!command_target(verb, "", noun, draft, send.target)) return false;
  add_alternative(send.target, "Save");
  draft.cost += 0.3;
  draft.add(std::move(send));
  return true;
}

// "enters a line item 'Tea' with quantity 2 and price 8": each where it belongs, and no more.
bool enter_named_with(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun")), name = match.slot("name");
  const std::string thing = noun.empty() ? "" : singular(noun.back().low);
  // What is a field itself is not what the fields beside it are of.
  static const std::vector<std::string_view> kThings = {
      "item", "product", "expense", "transaction", "task",  "entry", "position",
      "book", "article", "contact", "event",       "order", "row",   "ingredient"};
  if (draft.is_outcome() || draft.clause.negations > 0 || !is_thing(noun) ||
      std::ranges::find(kThings, thing) == kThings.end())
    return false;
  if (!name.empty()) {
    fill_name(thing, name[0].text, draft);
    add_alternative(std::get<Act>(draft.intents.back()).target, "Description");
  }
  if (!fill_named(match.slot("fields"), thing, draft) || draft.intents.size() < 2) return false;
  draft.cost += 0.3;
  return true;
}

// "adds the event 'Leave' from July 3 to July 7", "adds the task 'Milk' on May 3": what it is
// called, and when it is.
bool add_dated(const PhraseMatch& match, Draft& draft) {
  const Tokens from = match.slot("from"), to = match.slot("to");
  // "May 3, 2027", "2027-05-03": neither an amount nor how many.
  const auto is_date = [](Tokens said) {
    const std::string& text = said[0].text;
    const auto parts = std::ranges::count_if(text, [](char c) { return c == '-' || c == '/'; });
    const bool has_digit = text.find_first_of("0123456789") != std::string::npos;
    return has_digit &&
           (parts == 2 || (said[0].kind == Token::Kind::kNumber && text.contains(' ')));
  };
  if (!is_date(from) || (!to.empty() && !is_date(to)) || !add_named_with(match, draft))
    return false;
  Act begin{.kind = ActKind::kFill, .value = from[0].text};
  begin.target = {.name = "Date",
                  .alternatives = {"Starts", "Start date", "Start", "From", "When"}};
  if (to.empty()) {
    draft.intents.insert(draft.intents.end() - 1, std::move(begin));
    return true;
  }
  begin.target = {.name = "From", .alternatives = {"Starts", "Start date", "Start", "Begin"}};
  Act end{.kind = ActKind::kFill, .value = to[0].text};
  end.target = {.name = "To", .alternatives = {"Ends", "End date", "End", "Until"}};
  draft.intents.insert(draft.intents.end() - 1, std::move(begin));
  draft.intents.insert(draft.intents.end() - 1, std::move(end));
  return true;
}

// "confirms it with 'secret'", after a password was entered.
bool repeat_password(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  Act act{.kind = ActKind::kFill, .value = match.slot("value")[0].text};
  act.target = {.kind = ElementKind::kField,
                .name = "Confirm password",
                .alternatives = {"Repeat password", "Password confirmation", "Password (again)",
                                 "Confirmation", "Retype password"}};
  draft.add(std::move(act));
  return true;
}

// "gives it the name 'Plans'".
bool give_it(const PhraseMatch& match, Draft& draft) {
  const Tokens label = strip(match.slot("label"));
  if (draft.is_outcome() || draft.clause.negations > 0 || !is_thing(label)) return false;
  Act act{.kind = ActKind::kFill, .value = match.slot("value")[0].text};
  act.target = {.noun = join(label), .name = join(label)};
  add_synonyms(act.target, act.target.name);
  draft.cost -= 0.3;  // rather than a field that is called "it the name"
  draft.add(std::move(act));
  return true;
}

// "changes the title from 'Ideas' to 'Plans'": what it was is to be overwritten.
bool fill_from(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kFill, .value = match.slot("value")[0].text};
  if (draft.is_outcome() || draft.clause.negations > 0 ||
      !take_act_target(match, draft, act.target) || act.target.kind == ElementKind::kPage)
    return false;
  draft.cost -= 0.3;  // rather than the title of 'Ideas'
  draft.add(std::move(act));
  return true;
}

// "sets the priority to high", of a drop-down most of the time.
bool fill_words(const PhraseMatch& match, Draft& draft) {
  const Tokens said = strip(match.slot("words"));
  Act act{.kind = ActKind::kFill, .value = join(said)};
  if (draft.is_outcome() || draft.clause.negations > 0 || said.empty() || said.size() > 2 ||
      has_literal(said) || has_guard_word(said) || !take_act_target(match, draft, act.target) ||
      act.target.kind == ElementKind::kPage || act.target.name.empty())
    return false;
  draft.cost += 0.2;
  draft.add(std::move(act));
  return true;
}

// "leaves all fields empty": as they are.
bool idle(const PhraseMatch&, Draft& draft) {
  if (!draft.is_act()) return false;
  draft.add(Act{.kind = ActKind::kNothing,
                .value = join(draft.clause.tokens),
                .ensures_state = draft.is_context()});
  draft.cost -= 0.3;  // rather than a control that is called so
  return true;
}

// "I am a registered user": of which the steps that follow make use.
bool is_somebody(const PhraseMatch& match, Draft& draft) {
  return draft.is_context() && idle(match, draft);
}

// "reduces the Smart Watches to 1": how many there are of them.
bool quantity_of(const PhraseMatch& match, Draft& draft) {
  const Tokens said = strip(match.slot("item"));
  const Token& number = match.slot("number")[0];
  auto item = parse_target(said);
  if (draft.is_outcome() || draft.clause.negations > 0 || !item || item->value.ordinal ||
      item->value.kind != ElementKind::kAny || !item->value.scopes.empty() ||
      number.text.find_first_not_of("0123456789") != std::string::npos)
    return false;
  if (!item->value.quoted && !is_capitalised(said[0])) return false;
  Act act{.kind = ActKind::kFill, .value = number.text};
  act.target = {.kind = ElementKind::kField,
                .name = "Quantity",
                .scopes = {{ElementKind::kAny, item->value.name, item->value.quoted}},
                .alternatives = {"Qty", "Amount", "Number", "Count"}};
  draft.cost += item->cost + 1.2;
  draft.add(std::move(act));
  return true;
}

// "the password is changed from 'old-1' to 'new-2' in the settings".
bool change_password(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  if (const Tokens where = match.slot("where"); !where.empty()) {
    auto page = parse_page(where.subspan(1));
    if (!page || has_literal(where)) return false;
    draft.cost += page->cost;
    Act open{.kind = ActKind::kOpen, .target = page->value.target, .ensures_state = true};
    open.target.kind = ElementKind::kPage;
    draft.add(std::move(open));
  }
  Act old{.kind = ActKind::kFill, .value = match.slot("old")[0].text};
  old.target = {.kind = ElementKind::kField,
                .name = "Current password",
                .alternatives = {"Old password", "Existing password", "Present password"}};
  draft.add(std::move(old));
  Act fresh{.kind = ActKind::kFill, .value = match.slot("value")[0].text, .adds = "account"};
  fresh.target = {.kind = ElementKind::kField, .name = "New password"};
  draft.add(std::move(fresh));
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = "Change password",
                 .alternatives = {"Update password", "Save password", "Set password", "Change",
                                  "Update", "Save", "Save changes", "Reset password"}};
  draft.add(std::move(send));
  return true;
}

// "Maria has completed the first step with 'Maria' and 'm@x.com'": its fields in their order, and
// on.
bool complete_with(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kValuesMax = 8;
  if (!draft.is_context() || draft.clause.negations > 0) return false;
  const Tokens what = match.slot("what");
  if (has_literal(what.first(what.size() - 1)) || has_guard_word(what)) return false;
  std::vector<std::string> values = literals_of(match.slot("values"));
  if (values.empty() || values.size() > kValuesMax) return false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Act act{.kind = ActKind::kFill, .value = std::move(values[i])};
    act.target = {.kind = ElementKind::kField, .ordinal = static_cast<int>(i) + 1};
    draft.add(std::move(act));
  }
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = "Next",
                 .alternatives = {"Next step", "Continue", "Proceed", "Submit", "Save"}};
  draft.cost += 0.5;
  draft.add(std::move(send));
  return true;
}

namespace {

// What is written before or after a number: "£100,000", "6%", "20 years".
struct Amount {
  std::string number;  // as a field takes it: "100000"
  std::string unit;    // "£", "%", "years"; "" for none
};

// "1,000,000.50"; not "1.000,50", which is another number elsewhere.
bool groups_thousands(const std::string& number) {
  const std::string whole = number.substr(0, number.find('.'));
  if (number.find(',', whole.size()) != std::string::npos) return false;
  const std::size_t first = whole.find(',');
  if (first == std::string::npos) return true;
  if (first == 0 || first > 3) return false;
  for (std::size_t at = first; at < whole.size(); at += 4) {
    if (whole[at] != ',' || whole.size() - at < 4) return false;
  }
  return true;
}

// How many of the tokens the amount at `at` takes; 0: there is none.
std::size_t amount_at(Tokens tokens, std::size_t at, Amount* out) {
  if (at >= tokens.size() || tokens[at].kind != Token::Kind::kNumber) return 0;
  const std::string& text = tokens[at].text;
  const std::size_t first = text.find_first_of("0123456789");
  const std::size_t last = text.find_last_of("0123456789");
  out->number = text.substr(first, last - first + 1);
  if (!groups_thousands(out->number)) return 0;
  std::erase(out->number, ',');
  if (text.substr(0, first).contains('-')) return 0;  // which a page may write otherwise
  out->unit = text.substr(0, first) + text.substr(last + 1);
  std::erase(out->unit, ' ');
  if (out->number.find_first_not_of("0123456789.") != std::string::npos) return 0;
  if (!out->unit.empty() || at + 1 == tokens.size()) return 1;
  const Token& next = tokens[at + 1];
  if (!next.is_word() || !(is_plural(next.low) || next.is("percent"))) return 1;
  out->unit = next.is("percent") ? "%" : next.low;
  return 2;
}

}  // namespace

// "fills in an amount of 500, a term of 10 years and a rate of 4%": each by what it is called.
bool fill_amounts(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kAmountsMax = 8, kWordsMax = 4;
  if (!draft.is_act()) return false;
  const std::vector<Tokens> parts = parts_of(match.slot("amounts"));
  if (parts.size() < 2 || parts.size() > kAmountsMax) return false;
  for (const Tokens part : parts) {
    const Tokens said = strip(part);
    const auto of = std::ranges::find_if(said, [](const Token& token) { return token.is("of"); });
    const auto words = static_cast<std::size_t>(of - said.begin());
    Amount amount;
    if (of == said.end() || words == 0 || words > kWordsMax || has_guard_word(said) ||
        words + 1 + amount_at(said, words + 1, &amount) != said.size())
      return false;
    Act fill{.kind = ActKind::kFill, .value = amount.number};
    fill.target.name = join(said.first(words));
    fill.target.noun = fill.target.name;
    add_synonyms(fill.target, fill.target.name);
    draft.add(std::move(fill));
  }
  return true;
}

// "calculates the repayments for £100,000 over 20 years at 6%": each where its unit stands, and
// then what the verb says.
bool verb_for_amounts(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome() || draft.clause.negations > 0 || has_literal(match.slot("object")))
    return false;
  const Tokens said = match.slot("amounts");
  std::vector<std::string> units;
  for (std::size_t at = 0; at < said.size();) {
    Amount amount;
    if (const std::size_t length = amount_at(said, at, &amount); length > 0) {
      if (amount.unit.empty() || std::ranges::find(units, amount.unit) != units.end()) return false;
      units.push_back(amount.unit);
      Act fill{.kind = ActKind::kFill, .value = amount.number};
      fill.target = {.kind = ElementKind::kField, .noun = amount.unit, .name = amount.unit};
      draft.add(std::move(fill));
      at += length;
    } else if (said[at].kind == Token::Kind::kPunctuation ||
               said[at].is_one_of({"over", "at", "for", "with", "in", "and", "of", "a", "an"})) {
      ++at;
    } else {
      return false;
    }
  }
  if (units.size() < 2) return false;
  Act send{.kind = ActKind::kSubmit};
  if (!command_target(verb_of(match, draft), "", match.slot("object"), draft, send.target))
    return false;
  draft.add(std::move(send));
  return true;
}

namespace {

// "with 'ada@example.com' and 'secret'": which is which shows by itself.
bool fill_email_and_password(Tokens fields, Draft& draft) {
  std::vector<std::string> values = literals_of(fields);
  if (values.size() != 2) return false;
  if (!values[0].contains('@')) std::swap(values[0], values[1]);
  if (!values[0].contains('@') || values[1].contains('@')) return false;
  for (const bool is_email : {true, false}) {
    Act fill{.kind = ActKind::kFill, .value = values[is_email ? 0 : 1], .adds = "account"};
    fill.target.name = is_email ? "Email" : "Password";
    add_synonyms(fill.target, fill.target.name);
    draft.add(std::move(fill));
  }
  return true;
}

}  // namespace

// "has signed up as 'Ada' with email 'a@b' and password 'x'": on the page for that.
bool sign_up_as(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  Act open{.kind = ActKind::kOpen, .ensures_state = true};
  open.target = {.kind = ElementKind::kPage, .name = "sign up"};
  add_synonyms(open.target, open.target.name);
  draft.add(std::move(open));
  Act name{.kind = ActKind::kFill, .value = match.slot("name")[0].text, .adds = "account"};
  name.target = {.name = "Name", .alternatives = {"Full name", "User name"}};
  draft.add(std::move(name));
  if (!fill_email_and_password(match.slot("fields"), draft) &&
      !fill_named(match.slot("fields"), "account", draft))
    return false;
  Act send{.kind = ActKind::kSubmit};
  send.target.name = "Sign up";
  add_synonyms(send.target, send.target.name);
  draft.add(std::move(send));
  return true;
}

}  // namespace vouch::features::build
