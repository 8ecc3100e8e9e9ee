// What is typed and sent off in one sentence: comments, messages, invitations, ratings.
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

std::string of_words(std::string verb, const std::string& noun) {
  return std::move(verb.append(" ").append(noun));
}

// Where the texts of `noun` are typed.
Target field_for(const std::string& noun) {
  Target field{.kind = ElementKind::kField, .noun = noun, .name = noun};
  for (const std::string_view before : {"Your ", "New ", "Add a ", "Write a ", "Add ", "Leave a "})
    field.alternatives.push_back(std::string(before).append(noun));
  for (const char* any : {"Your text", "Text", "Write something"}) add_alternative(field, any);
  add_synonyms(field, noun);
  return field;
}

Act send_off(const std::string& verb, const std::string& noun) {
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = verb, .alternatives = {of_words(verb, noun), of_words("Add", noun)}};
  for (const char* name : {"Send", "Post", "Submit", "Add", "Save"})
    add_alternative(send.target, name);
  return send;
}

}  // namespace

// "asks 'X' in the chat": types it there and sends it.
bool say_in(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place"));
  if (!place || place->value.quoted) return false;
  using enum ElementKind;
  const ElementKind kind = place->value.kind;
  if (kind == kField || kind == kDropdown || kind == kButton || kind == kLink || kind == kPage)
    return false;
  const std::string verb = verb_of(match, draft);
  if (kind == kAny && verb != "ask" && verb != "say") return false;
  const std::string name = place->value.name.empty() ? place->value.noun : place->value.name;
  if (name.empty()) return false;
  Act fill{.kind = ActKind::kFill, .value = match.slot("value")[0].text};
  fill.target = {.kind = kField,
                 .name = "message",
                 .scopes = {{kind == kAny ? kSection : kind, name, false}},
                 .alternatives = {"Your message", "Your question", "question", "text", name}};
  Act send{.kind = ActKind::kSubmit};
  send.target.name = verb == "ask" ? "Ask" : "Send";
  send.target.alternatives = {verb == "ask" ? "Send" : "Post", "Submit"};
  draft.cost += place->cost + 0.3;
  draft.add(std::move(fill));
  draft.add(std::move(send));
  return true;
}

// "posts the comment 'Nice'", "replies 'Thanks' to the first comment", "sends the message 'Hi'".
bool post_text(const PhraseMatch& match, Draft& draft) {
  const Token& text = match.slot("value")[0];
  if (!draft.is_act() || text.kind != Token::Kind::kQuoted) return false;
  const std::string verb = draft.clause.tokens[0].lemma;
  const auto is_noun = [](const Token& token) {
    return token.is_one_of({"comment", "reply", "message", "answer", "note", "tweet"});
  };
  const Tokens words = Tokens(draft.clause.tokens).subspan(1);
  const auto noun_said = std::ranges::find_if(words, is_noun);
  const bool names_itself = verb == "comment" || verb == "reply" || verb == "tweet";
  const std::string noun = noun_said != words.end() ? noun_said->low
                           : names_itself           ? verb
                           : verb == "post"         ? "post"
                                                    : "message";
  Act fill{.kind = ActKind::kFill, .target = field_for(noun), .value = text.text, .adds = noun};
  fill.opener = "Add " + noun;
  draft.cost -= 0.2;  // rather than "Post" beside what says so
  draft.add(std::move(fill));
  draft.add(send_off(
      verb == "write" || verb == "leave" || verb == "add" ? "Post" : capitalised(verb), noun));
  return true;
}

// "invites 'kate@example.com' to the team".
bool invite(const PhraseMatch& match, Draft& draft) {
  const std::string& value = match.slot("value")[0].text;
  if (!draft.is_act() || !value.contains('@')) return false;
  Act fill{.kind = ActKind::kFill, .value = value, .opener = "Invite", .adds = "member"};
  fill.target = {.kind = ElementKind::kField, .name = "Email"};
  add_synonyms(fill.target, fill.target.name);
  draft.add(std::move(fill));
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = "Invite",
                 .alternatives = {"Send invitation", "Send invite", "Add", "Add member", "Send"}};
  draft.cost -= 0.3;
  draft.add(std::move(send));
  return true;
}

// "subscribes to the newsletter with 'a@b.c'".
bool subscribe(const PhraseMatch& match, Draft& draft) {
  const std::string& value = match.slot("value")[0].text;
  if (!draft.is_act() || !value.contains('@')) return false;
  Act fill{.kind = ActKind::kFill, .value = value};
  fill.target = {.kind = ElementKind::kField, .name = "Email"};
  add_synonyms(fill.target, fill.target.name);
  draft.add(std::move(fill));
  Act send{.kind = ActKind::kSubmit};
  send.target = {.name = "Subscribe", .alternatives = {"Sign up", "Join", "Submit", "Send"}};
  draft.add(std::move(send));
  return true;
}

// "renames 'A' to 'B'", "renames the file to 'B'": by what renames or edits it, where it is named.
bool rename(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  auto thing = parse_target(match.slot("target"));
  if (!thing || thing->value.ordinal) return false;
  const std::string noun = thing->value.noun;
  Act open{.kind = ActKind::kClick};
  open.target = {.name = "Rename", .alternatives = {"Edit", "Edit name", "Change name"}};
  if (!noun.empty()) add_alternative(open.target, "Rename " + noun);
  for (const std::string& sign : signs_of("pencil")) add_alternative(open.target, sign);
  if (thing->value.quoted)
    open.target.scopes.push_back({thing->value.kind, thing->value.name, true});
  Act fill{.kind = ActKind::kFill, .value = match.slot("value")[0].text};
  fill.target = {.name = "Name", .alternatives = {"New name", "Title", "its text"}};
  if (!noun.empty()) add_alternative(fill.target, capitalised(noun) + " name");
  Act save{.kind = ActKind::kSubmit};
  save.target = {.name = "Rename", .alternatives = {"Save", "Update", "OK", "Save changes"}};
  draft.cost += thing->cost;
  draft.add(std::move(open));
  draft.add(std::move(fill));
  draft.add(std::move(save));
  return true;
}

// "assigns the ticket 'A' to 'Sarah'": chosen, or typed, where it says for whom.
bool assign(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  auto thing = parse_target(match.slot("target"));
  if (!thing || thing->value.ordinal) return false;
  Act act{.kind = ActKind::kFill, .value = match.slot("value")[0].text};
  act.target = {.name = "Assignee",
                .alternatives = {"Assigned to", "Assign to", "Assign", "Responsible", "Owner"}};
  if (thing->value.quoted)
    act.target.scopes.push_back({thing->value.kind, thing->value.name, true});
  draft.cost += thing->cost;
  draft.add(std::move(act));
  return true;
}

}  // namespace vouch::features::build
