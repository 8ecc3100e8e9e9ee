#include "features/read/visitors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "features/read/clause.h"
#include "features/read/ellipsis.h"
#include "features/read/lexicon.h"

namespace vouch::features {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kOther{"another"sv, "a second"sv, "a different"sv, "the other"sv,
                            "the second"sv};
constexpr std::array kPeople{"visitor"sv, "user"sv,   "customer"sv, "guest"sv, "person"sv,
                             "shopper"sv, "member"sv, "buyer"sv,    "player"sv};
constexpr std::array kOwn{"another"sv,      "a second"sv,  "a different"sv, "a separate"sv,
                          "an incognito"sv, "a private"sv, "his own"sv,     "her own"sv,
                          "their own"sv,    "my own"sv};
constexpr std::array kBrowser{"browser session"sv, "browser"sv, "incognito window"sv,
                              "private window"sv};
constexpr std::array kOfOwn{"a browser of their own"sv, "a browser of his own"sv,
                            "a browser of her own"sv};

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_word_end(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == ' ' || text[at] == ',' || text[at] == '.';
}

// Where `phrase` stands in `text` as words of its own, outside quotes.
std::optional<std::size_t> find_phrase(std::string_view text, std::string_view phrase) {
  const std::string low = lower(text);
  for (std::size_t at = low.find(phrase); at != std::string::npos; at = low.find(phrase, at + 1)) {
    const bool begins = at == 0 || low[at - 1] == ' ';
    const bool quoted = std::ranges::count(text.substr(0, at), '"') % 2 == 1;
    if (begins && !quoted && is_word_end(low, at + phrase.size())) return at;
  }
  return std::nullopt;
}

// Takes "in another browser", "each in a browser of their own" out of the text.
bool take_browser(std::string* text) {
  const auto take = [&](const std::string& phrase) {
    const auto at = find_phrase(*text, phrase);
    if (!at) return false;
    text->erase(*at, phrase.size());
    const std::size_t end = text->find_last_not_of(" ,", *at == 0 ? 0 : *at - 1);
    text->erase(end + 1, std::max(*at, end + 1) - end - 1);
    return true;
  };
  for (const std::string_view each : {"each in "sv, "in "sv}) {
    for (const std::string_view own : kOfOwn) {
      if (take(std::string(each) + std::string(own))) return true;
    }
    for (const std::string_view own : kOwn) {
      for (const std::string_view browser : kBrowser) {
        if (take(std::string(each) + std::string(own) + " " + std::string(browser))) return true;
      }
    }
  }
  return take("in an incognito window") || take("in a private window");
}

// "another visitor opens …": who, and the text with "she" in their place.
std::optional<std::string> take_other_person(std::string* text) {
  const std::string low = lower(*text);
  for (const std::string_view other : kOther) {
    for (const std::string_view person : kPeople) {
      const std::string subject = std::string(other) + " " + std::string(person);
      if (!low.starts_with(subject + " ")) continue;
      *text = "she" + text->substr(subject.size());
      return "other " + std::string(person);
    }
  }
  return std::nullopt;
}

// The verb of several people in the form of one: "are" → "is".
std::string of_one(std::string_view predicate) {
  for (const auto& [many, one] : {std::pair{"are "sv, "is "sv}, std::pair{"have "sv, "has "sv},
                                  std::pair{"were "sv, "was "sv}}) {
    if (predicate.starts_with(many))
      return std::string(one) + std::string(predicate.substr(many.size()));
  }
  return std::string(predicate);
}

std::optional<std::string> take_both(const std::string& text) {
  for (const std::string_view both :
       {"both of them "sv, "both users "sv, "both visitors "sv, "both customers "sv,
        "both guests "sv, "they both "sv, "both "sv}) {
    if (lower(text).starts_with(both)) return "she " + of_one(text.substr(both.size()));
  }
  return std::nullopt;
}

std::string actor_of(const std::string& text) {
  const auto tokens = tokenize(text);
  if (!tokens) return "";
  for (const Clause& clause : clauses_of(*tokens)) {
    if (clause.has_actor) return clause.actor;
  }
  return "";
}

bool says_i(const std::string& text) {
  const std::string low = lower(text);
  return low.starts_with("i ") || low.starts_with("we ");
}

// "sam and mia are …"
struct Couple {
  std::string first, second, predicate;
};

std::optional<Couple> couple_of(const std::string& text) {
  const auto first = text.find(' ');
  if (first == std::string::npos || !text.substr(first).starts_with(" and ")) return std::nullopt;
  const auto second = text.find(' ', first + 5);
  if (second == std::string::npos) return std::nullopt;
  Couple couple{text.substr(0, first), text.substr(first + 5, second - first - 5),
                of_one(text.substr(second + 1))};
  // A person's name is no word that begins a clause of its own: "I see and click …".
  for (const std::string& name : {couple.first, couple.second}) {
    const auto token = tokenize(name);
    if (!token || token->size() != 1 || is_any_verb(token->front().lemma)) return std::nullopt;
  }
  return couple;
}

class Scenario {
 public:
  Scenario(const gherkin::Pickle& pickle, const OwnSteps& own) {
    std::string before;
    std::vector<std::string> thens;  // of the block at hand
    bool says_more = false;          // … one of them beside its words
    for (const gherkin::PickleStep& step : pickle.steps) {
      std::vector<gherkin::PickleStep>& meaning = steps_.emplace_back();
      for (gherkin::PickleStep& part : own.meaning_of(step)) {
        const bool is_then = part.type == gherkin::StepType::kOutcome;
        if (!is_then) {
          thens.clear();
          says_more = false;
        }
        std::vector<std::string> texts;
        if (is_then && !says_more) texts = said_again(part.text, thens);
        if (texts.empty()) texts = {is_then ? completed(part.text, before) : part.text};
        for (std::string& text : texts) {
          meaning.push_back(part);
          meaning.back().text = before = std::move(text);
          introduce(before);
          if (is_then) thens.push_back(before);
          says_more = says_more || part.table || part.doc_string;
        }
      }
    }
  }

  std::vector<std::vector<Part>> parts() {
    std::vector<std::vector<Part>> parts;
    for (const std::vector<gherkin::PickleStep>& meaning : steps_) {
      parts.emplace_back();
      for (const gherkin::PickleStep& step : meaning) add_parts(step, &parts.back());
    }
    return parts;
  }

 private:
  using Said = std::vector<std::pair<std::string, std::string>>;  // visitor and text

  void add_parts(const gherkin::PickleStep& step, std::vector<Part>* parts) {
    if (others_.empty()) {
      parts->push_back({"", step});
      return;
    }
    for (auto& [visitor, text] : said_by(step.text)) {
      parts->push_back({visitor, step});
      parts->back().step.text = std::move(text);
      current_ = std::move(visitor);
    }
  }

  void add(const std::string& visitor) {
    if (!visitor.empty() && visitor != first_ && !holds(others_, visitor))
      others_.push_back(visitor);
  }

  // Learns who is there from a step, in their order.
  void introduce(std::string text) {
    const bool own = take_browser(&text);
    if (const auto other = take_other_person(&text)) return add(*other);
    if (const auto couple = own ? couple_of(text) : std::nullopt) {
      if (first_.empty()) first_ = couple->first;
      add(couple->first);
      return add(couple->second);
    }
    const std::string actor = says_i(text) ? "I" : actor_of(text);
    if (own && actor == "I") follows_i_ = true;
    if (own) return add(actor.empty() || actor == "I" ? "other browser" : actor);
    if (first_.empty()) first_ = actor;
  }

  std::string visitor_of(const std::string& name) const { return holds(others_, name) ? name : ""; }

  Said said_by(std::string text) {
    const bool own = take_browser(&text);
    if (const auto other = take_other_person(&text)) return {{*other, text}};
    if (const auto predicate = take_both(text)) {
      Said said{{"", *predicate}};
      for (const std::string& other : others_) said.emplace_back(other, *predicate);
      return said;
    }
    const auto couple = couple_of(text);
    if (couple && (own || (is_known(couple->first) && is_known(couple->second)))) {
      return {{visitor_of(couple->first), couple->first + " " + couple->predicate},
              {visitor_of(couple->second), couple->second + " " + couple->predicate}};
    }
    for (const std::string& name : others_) {
      if (take_relative(name, &text)) return {{name, text}};
    }
    if (says_i(text)) return {{own ? "other browser" : follows_i_ ? current_ : "", text}};
    const std::string actor = actor_of(text);
    return {{actor.empty() ? current_ : visitor_of(actor), text}};
  }

  // "the first review that mia sees is …"
  static bool take_relative(const std::string& name, std::string* text) {
    for (const std::string_view verb : {"sees"sv, "has"sv, "gets"sv}) {
      const std::string phrase = "that " + lower(name) + " " + std::string(verb);
      const auto at = find_phrase(*text, phrase);
      if (!at || *at == 0) continue;
      text->erase(*at - 1, phrase.size() + 1);
      return true;
    }
    return false;
  }

  bool is_known(const std::string& name) const { return name == first_ || holds(others_, name); }

  std::vector<std::vector<gherkin::PickleStep>> steps_;  // what each step of the scenario means
  std::string first_;                // who is named first: theirs is the test's own browser
  std::vector<std::string> others_;  // who has another, in their order
  std::string current_;
  bool follows_i_ = false;  // "I" go on in another browser
};

}  // namespace

std::vector<std::vector<Part>> parts_of(const gherkin::Pickle& pickle, const OwnSteps& own) {
  return Scenario(pickle, own).parts();
}

}  // namespace vouch::features
