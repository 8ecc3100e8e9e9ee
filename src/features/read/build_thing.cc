// One new thing with all that a sentence says of it: "adds a high priority task 'Rent' due on 1 May
// 2031, tagged 'Home'", "an expense of 10 for 'Cinema' under 'Other'".
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

constexpr std::size_t kFieldsMax = 8;
constexpr std::size_t kLabelWordsMax = 3;

struct Thing {
  std::string noun;  // "task"
  std::string name;  // "" where it has none
  std::vector<std::pair<std::string, std::string>> fields;
};

bool is_spaces(Tokens tokens) {
  return !tokens.empty() && tokens.back().is_one_of({"spaces", "blanks", "whitespace"}) &&
         (tokens.size() == 1 || tokens[0].is_one_of({"nothing", "only", "just"}));
}

// Reads what is said of a thing from left to right.
class Reader {
 public:
  explicit Reader(Tokens tokens) : rest_(tokens) {}

  bool read(Thing* out) {
    thing_ = out;
    if (!read_noun()) return false;
    while (!rest_.empty()) {
      if (rest_[0].kind == Token::Kind::kPunctuation || rest_[0].is("and") ||
          rest_[0].is_one_of({"which", "that"})) {
        skip(1);
      } else if (!read_part() || thing_->fields.size() > kFieldsMax) {
        return false;
      }
    }
    return !thing_->fields.empty();
  }

 private:
  void skip(std::size_t count) { rest_ = rest_.subspan(std::min(count, rest_.size())); }
  bool take(std::initializer_list<std::string_view> words) {
    const bool is_there = !rest_.empty() && rest_[0].is_one_of(words);
    if (is_there) skip(1);
    return is_there;
  }
  void skip_article() {
    if (!rest_.empty() && rest_[0].is_word() && is_determiner(rest_[0].low)) skip(1);
  }
  void field(std::string name, std::string value) {
    thing_->fields.emplace_back(std::move(name), std::move(value));
  }

  // "a new high priority task 'Rent'".
  bool read_noun() {
    skip_article();
    take({"new", "another"});
    std::size_t words = 0;
    while (words < rest_.size() && rest_[words].is_word() && !is_preposition_like(rest_[words]) &&
           !rest_[words].is_one_of(
               {"called", "named", "titled", "entitled", "due", "tagged", "dated", "and"}))
      ++words;
    const Tokens said = rest_.first(words);
    if (said.size() == 3 && is_scale(said[1])) {
      field(said[1].low, said[0].text);
    } else if (said.size() != 1) {
      return false;
    }
    if (has_guard_word(said) || is_any_verb(said.back().low)) return false;
    thing_->noun = singular(said.back().low);
    skip(words);
    take({"called", "named", "titled", "entitled"});
    if (!rest_.empty() && rest_[0].kind == Token::Kind::kQuoted) {
      thing_->name = rest_[0].text;
      skip(1);
    }
    return true;
  }

  static bool is_preposition_like(const Token& token) {
    return token.is_one_of({"in", "on", "at", "under", "for", "of", "with", "as", "worth", "by",
                            "costing", "to", "from"});
  }
  static bool is_scale(const Token& token) {
    return token.is_one_of({"priority", "severity", "importance", "status", "urgency"});
  }

  bool read_part() {
    if (take({"due"})) {
      take({"on", "by"});
      return read_date("due date");
    }
    if (take({"dated"})) return read_date("date");
    if (take({"tagged", "labelled", "labeled"})) {
      take({"as", "with"});
      return read_value("tags");
    }
    if (take({"costing", "worth", "at", "of"})) {
      if (rest_.empty() || rest_[0].kind != Token::Kind::kNumber) return false;
      field("amount", rest_[0].text);
      skip(1);
      return true;
    }
    if (take({"for", "on"})) {
      if (rest_.empty()) return false;
      if (is_day(rest_[0]) || rest_[0].kind == Token::Kind::kNumber) return read_date("date");
      if (rest_[0].kind != Token::Kind::kQuoted || !thing_->name.empty()) return false;
      thing_->name = rest_[0].text;
      skip(1);
      return true;
    }
    if (take({"in", "under"})) {
      skip_article();
      std::string label = "category";
      if (rest_.size() > 1 && rest_[0].is_word()) {
        label = rest_[0].low;
        skip(1);
      }
      return read_value(label);
    }
    if (take({"with", "having"})) return read_with();
    return false;
  }

  static bool is_day(const Token& token) {
    return token.is_one_of({"today", "tomorrow", "yesterday"});
  }

  bool read_date(const std::string& label) {
    if (rest_.empty() || !(rest_[0].is_literal() || is_day(rest_[0]))) return false;
    field(label, rest_[0].text);
    skip(1);
    return true;
  }

  bool read_value(const std::string& label) {
    if (rest_.empty() || !rest_[0].is_literal()) return false;
    field(label, rest_[0].text);
    skip(1);
    return true;
  }

  // "with priority 'High'", "with a budget of 100", "with high priority", "with nothing but spaces
  // as its title".
  bool read_with() {
    for (std::size_t end = 1; end <= std::min<std::size_t>(3, rest_.size()); ++end) {
      if (!is_spaces(rest_.first(end))) continue;
      skip(end);
      if (!take({"as", "for", "in"})) return false;
      skip_article();
      const std::string label = read_words();
      if (label.empty()) return false;
      field(label, "   ");
      return true;
    }
    skip_article();
    if (rest_.size() > 1 && rest_[0].is_word() && is_scale(rest_[1])) {
      field(rest_[1].low, rest_[0].text);
      skip(2);
      return true;
    }
    const std::string label = read_words();
    take({"of", "as"});
    return !label.empty() && read_value(label);
  }

  std::string read_words() {
    std::size_t words = 0;
    while (words < rest_.size() && words < kLabelWordsMax && rest_[words].is_word() &&
           !rest_[words].is_one_of({"of", "as", "and"}))
      ++words;
    std::string label = join(rest_.first(words));
    skip(words);
    return label;
  }

  Tokens rest_;
  Thing* thing_ = nullptr;
};

}  // namespace

bool add_thing(const PhraseMatch& match, Draft& draft) {
  constexpr double kCost = 1.2;  // after what says the same more plainly
  static const std::vector<std::string_view> kMakes = {
      "add",  "create", "record", "register", "enter", "log", "make",
      "have", "submit", "post",   "plan",     "open",  "fill"};
  std::string verb = verb_of(match, draft);
  if (draft.is_outcome() || draft.clause.negations > 0 || draft.step.table ||
      std::ranges::find(kMakes, verb) == kMakes.end() || (verb == "have" && !draft.is_context()))
    return false;
  Thing thing;
  if (!Reader(match.slot("thing")).read(&thing)) return false;
  const bool is_kept = verb == "have" || verb == "make" || verb == "log" || verb == "enter";
  if (is_kept) verb = "add";
  if (!thing.name.empty()) {
    fill_name(thing.noun, thing.name, draft);
    Target& name = std::get<Act>(draft.intents.back()).target;
    for (const char* other : {"Description", "Text", "Subject"}) add_alternative(name, other);
  }
  for (const auto& [name, value] : thing.fields) {
    Act fill{.kind = ActKind::kFill, .value = value, .adds = thing.noun};
    fill.target = {.noun = name, .name = name};
    add_synonyms(fill.target, name);
    draft.add(std::move(fill));
  }
  draft.cost += kCost;
  if (verb == "fill") return true;  // and nothing is sent off
  Act send{.kind = ActKind::kSubmit};
  const std::string head = capitalised(verb);
  send.target = {.name = head + " " + thing.noun,
                 .alternatives = {head, "Add " + thing.noun, "Save", "Create", "Submit"}};
  std::erase(send.target.alternatives, send.target.name);
  draft.add(std::move(send));
  return true;
}

}  // namespace vouch::features::build
