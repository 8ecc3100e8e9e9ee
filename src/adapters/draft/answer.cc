#include "adapters/draft/answer.h"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "adapters/places.h"
#include "base/json.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::size_t kValueShownBytes = 60;

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string value_text(const Maybe& value) {
  return value ? shown(&*value, kValueShownBytes) : "(nothing)";
}

// What the field there is called.
std::string name_at(const std::string& path) {
  return path.empty() ? "the field" : path.substr(path.rfind('.') + 1);
}

std::string how_to(const std::vector<Question>& questions) {
  const auto first = std::ranges::find_if(questions, [](const Question& question) {
    return question.kind == Question::Kind::kSample || !question.choices.empty();
  });
  if (first == questions.end()) return "";
  if (first->kind == Question::Kind::kSample) return "Answer with JSON.";
  const std::string number = std::to_string(first->number);
  const std::string other = first->kind == Question::Kind::kUnexplained
                                ? name_at(first->path) + " is a_member"
                                : number + "=\"a value\"";
  return "Answer like this: " + number + "a, or " + other + ".";
}

// ---- Answers ----

std::unexpected<Error> refuse(std::string message) {
  return fail(ErrorCode::kInvalidRequest, std::move(message), {{"member", "response"}});
}

const Question* find_question(const std::vector<Question>& questions, int number) {
  const auto found = std::ranges::find(questions, number, &Question::number);
  return found == questions.end() ? nullptr : &*found;
}

Result<const Question*> numbered(const std::vector<Question>& questions, int number) {
  if (const Question* found = find_question(questions, number)) return found;
  return refuse("There is no question " + std::to_string(number) + ": " +
                (questions.size() == 1
                     ? "the only one is 1."
                     : "they are 1 to " + std::to_string(questions.size()) + "."));
}

Result<Pin> chosen(const Question& question, std::string_view letter) {
  for (const Choice& choice : question.choices)
    if (boost::iequals(choice.letter, letter)) return choice.pin;
  const std::string number = std::to_string(question.number);
  if (question.choices.empty())
    return refuse("Question " + number + " has no choices. " + how_to({question}));
  return refuse("Question " + number + " has no choice " + std::string(letter) + ": choose a to " +
                question.choices.back().letter + ", or write the value: " + number +
                "=\"a value\".");
}

Pin sample_pin(const Question& question, const json::value& given) {
  Pin pin{.kind = Pin::Kind::kSample, .sample = question.sample};
  const json::object* object = given.if_object();
  const bool is_pair =
      object && object->contains("input") && std::ranges::all_of(*object, [](const auto& member) {
        return member.key() == "input" || member.key() == "expectedOutput" || member.key() == "id";
      });
  if (is_pair) {
    pin.sample.clear();
    pin.input = object->at("input");
    if (const json::value* output = object->if_contains("expectedOutput")) pin.value = *output;
  } else if (question.sample.empty()) {
    pin.input = given;
  } else {
    pin.value = given;  // the expected output of a sample that is there already
  }
  return pin;
}

// A value, where the question does not offer what is meant. What nothing explains is not explained
// by its value.
Result<Pin> valued(const Question& question, json::value value) {
  if (question.kind == Question::Kind::kSample) return sample_pin(question, value);
  if (question.kind == Question::Kind::kUnexplained) {
    for (const Choice& choice : question.choices)
      if (choice.value && same(choice.value, value)) return choice.pin;
    return refuse("Question " + std::to_string(question.number) +
                  " asks where the value comes from, which the value itself does not say. " +
                  how_to({question}) +
                  " A sample that shows it may be given, too: {\"input\": …, " +
                  "\"expectedOutput\": …}.");
  }
  return Pin{.path = question.path, .sample = question.sample, .value = std::move(value)};
}

// The choice that has this source, or a member of this name in it, or else this value.
const Choice* named(const Question& question, std::string_view word) {
  const auto find = [&](const auto& is_meant) {
    const auto found = std::ranges::find_if(question.choices, is_meant);
    return found == question.choices.end() ? nullptr : &*found;
  };
  if (const Choice* choice = find([&](const Choice& one) { return one.source == word; }))
    return choice;
  if (const Choice* choice =
          find([&](const Choice& one) { return names_source(one.pin.source, word); }))
    return choice;
  return find([&](const Choice& one) {
    return one.value && one.value->is_string() && std::string_view(one.value->get_string()) == word;
  });
}

// A field's or member's name, perhaps with a path.
bool is_name(std::string_view word) {
  return !word.empty() && (is_letter(word[0]) || word[0] == '_') &&
         std::ranges::all_of(word, [](char c) {
           return is_letter(c) || is_digit(c) || std::string_view("_.$-[]").contains(c);
         });
}

// "a" is a choice; "\"a\"" is the text. `is_quoted`: it was in quotes already, as JSON has texts.
Result<Pin> answered(const Question& question, std::string_view text, bool is_quoted = false) {
  const std::string_view word = trimmed(text);
  const std::string number = std::to_string(question.number);
  if (word.empty()) return refuse("Question " + number + " has no answer. " + how_to({question}));
  if (word.size() == 1 && is_letter(word[0]) && !question.choices.empty())
    return chosen(question, word);
  if (word.size() >= 2 && word.front() == '\'' && word.back() == '\'')
    return valued(question, json::value(word.substr(1, word.size() - 2)));
  if (auto value = parse_json(word)) return valued(question, std::move(*value));
  if (const Choice* choice = named(question, word)) return choice->pin;
  if (is_quoted && !is_name(word)) return valued(question, json::value(word));
  const std::string field = name_at(question.path);
  return refuse("\"" + std::string(word) + "\" is no choice of question " + number +
                ". Where it is a text, write " + number + "=" +
                json::serialize(json::string(word)) + "; where a member, write " + field + " is " +
                std::string(word) + ".");
}

Result<Pin> answered(const Question& question, const json::value& answer) {
  if (answer.is_string()) return answered(question, std::string_view(answer.get_string()), true);
  return valued(question, answer);
}

// ---- Forms ----

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? std::optional(number)
                                                                       : std::nullopt;
}

Result<std::vector<Pin>> read_numbered_object(const json::object& object,
                                              const std::vector<Question>& questions) {
  std::vector<Pin> pins;
  for (const auto& member : object) {
    VOUCH_TRY(const Question* question, numbered(questions, *number_in(member.key())));
    VOUCH_TRY(Pin pin, answered(*question, member.value()));
    pins.push_back(std::move(pin));
  }
  return pins;
}

Result<std::vector<Pin>> read_list(const json::array& list,
                                   const std::vector<Question>& questions) {
  std::vector<Pin> pins;
  for (const json::value& one : list) {
    const json::object& object = one.as_object();
    VOUCH_TRY(const Question* question,
              numbered(questions, static_cast<int>(*number_of(object.at("number")))));
    VOUCH_TRY(Pin pin, answered(*question, object.at("answer")));
    pins.push_back(std::move(pin));
  }
  return pins;
}

Result<std::vector<Pin>> read_json(const json::value& value,
                                   const std::vector<Question>& questions) {
  const json::object* object = value.if_object();
  if (object && !object->empty() && std::ranges::all_of(*object, [](const auto& member) {
        return number_in(member.key()).has_value();
      }))
    return read_numbered_object(*object, questions);
  const json::array* list = value.if_array();
  if (list && !list->empty() && std::ranges::all_of(*list, [](const json::value& one) {
        const json::object* each = one.if_object();
        return each && each->contains("number") && each->contains("answer") &&
               is_number(each->at("number"));
      }))
    return read_list(*list, questions);
  for (const Question& question : questions)
    if (question.kind == Question::Kind::kSample) return std::vector{sample_pin(question, value)};
  // A sample more is always welcome.
  if (object && object->contains("input")) return std::vector{sample_pin({}, value)};
  return refuse(
      "This JSON answers none of the questions. Write {\"1\": \"a\"}, or "
      "[{\"number\": 1, \"answer\": \"a\"}].");
}

// The end of a value that begins at `from`: a text in quotes, JSON in brackets, or a word.
std::size_t value_end(std::string_view text, std::size_t from) {
  if (from >= text.size()) return from;
  const char first = text[from];
  if (first == '"' || first == '\'') {
    for (std::size_t i = from + 1; i < text.size(); ++i) {
      if (text[i] == '\\')
        ++i;
      else if (text[i] == first)
        return i + 1;
    }
    return text.size();
  }
  if (first == '{' || first == '[') {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = from; i < text.size(); ++i) {
      if (quoted && text[i] == '\\')
        ++i;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '{' || text[i] == '['))
        ++depth;
      else if (!quoted && (text[i] == '}' || text[i] == ']') && --depth == 0)
        return i + 1;
    }
    return text.size();
  }
  return std::min(text.find_first_of(" ,;\n\t", from), text.size());
}

// "1a 2c 3="x"". nullopt: it is not of this form.
std::optional<Result<std::vector<Pin>>> read_tokens(std::string_view text,
                                                    const std::vector<Question>& questions) {
  std::vector<Pin> pins;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" ,;\n\t", at)) != std::string_view::npos) {
    std::size_t digits = at;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == at || digits == text.size()) return std::nullopt;
    const int number = number_in(text.substr(at, digits - at)).value_or(-1);
    if (text[digits] == '.' || text[digits] == ')') ++digits;
    while (digits < text.size() && text[digits] == ' ') ++digits;
    if (digits == text.size()) return std::nullopt;
    const bool has_value = text[digits] == '=' || text[digits] == ':';
    if (!has_value && !is_letter(text[digits])) return std::nullopt;
    std::size_t from = digits + (has_value ? 1 : 0);
    while (has_value && from < text.size() && text[from] == ' ') ++from;
    const std::size_t end = value_end(text, from);
    const std::string_view answer = text.substr(from, end - from);
    if (!has_value && answer.size() != 1) return std::nullopt;  // "2 items" is a sentence
    auto question = numbered(questions, number);
    if (!question) return std::unexpected(question.error());
    auto pin = answered(**question, answer);
    if (!pin) return std::unexpected(pin.error());
    pins.push_back(std::move(*pin));
    at = end;
  }
  if (pins.empty()) return std::nullopt;
  return pins;
}

// ---- Sentences ----

std::vector<std::string_view> words_in(std::string_view sentence) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0;
       (at = sentence.find_first_not_of(" \t`", at)) != std::string_view::npos;) {
    std::size_t end = at;
    if (sentence[at] == '"' || sentence[at] == '\'')
      end = value_end(sentence, at);
    else
      end = std::min(sentence.find_first_of(" \t`", at), sentence.size());
    words.push_back(sentence.substr(at, end - at));
    at = end;
  }
  return words;
}

// What a field is said to come from.
std::optional<Pin> said(std::string_view path, std::string_view source, bool always) {
  if (!is_name(path)) return std::nullopt;
  Pin pin{.kind = Pin::Kind::kSource, .path = std::string(path)};
  const bool is_quoted = source.size() >= 2 && (source[0] == '"' || source[0] == '\'');
  const bool is_value = is_quoted || always || (!source.empty() && !is_name(source));
  if (!is_value) {
    if (!is_name(source)) return std::nullopt;
    pin.source = source;
    return pin;
  }
  pin.kind = Pin::Kind::kConstant;
  if (source.empty()) return std::nullopt;
  if (source[0] == '\'' && is_quoted) {
    pin.value = json::value(source.substr(1, source.size() - 2));
  } else if (auto value = parse_json(source)) {
    pin.value = std::move(*value);
  } else if (always && is_name(source)) {
    pin.value = json::value(source);
  } else {
    return std::nullopt;
  }
  return pin;
}

std::optional<Pin> read_sentence(std::string_view sentence) {
  std::vector<std::string_view> words = words_in(trimmed(sentence));
  const auto is = [&](std::size_t i, std::string_view word) {
    return i < words.size() && boost::iequals(words[i], word);
  };
  if (!words.empty() && (is(0, "the") || is(0, "please"))) words.erase(words.begin());
  const std::size_t n = words.size();
  if (n == 3 && is(0, "leave") && is(1, "out") && is_name(words[2]))
    return Pin{.kind = Pin::Kind::kOmitted, .path = std::string(words[2])};
  if (n == 2 && (is(0, "omit") || is(0, "drop")) && is_name(words[1]))
    return Pin{.kind = Pin::Kind::kOmitted, .path = std::string(words[1])};
  if (n == 4 && is(0, "use") && (is(2, "for") || is(2, "as")))
    return said(words[3], words[1], false);
  if (n == 4 && is(0, "take") && is(2, "from")) return said(words[1], words[3], false);
  if (n == 4 && is(1, "is") && is(2, "always")) return said(words[0], words[3], true);
  if (n == 4 && is(1, "is") && is(2, "from")) return said(words[0], words[3], false);
  if (n == 4 && is(1, "comes") && is(2, "from")) return said(words[0], words[3], false);
  if (n == 4 && is(1, "should") && is(2, "be")) return said(words[0], words[3], false);
  if (n == 3 && (is(1, "is") || is(1, "from") || is(1, "=")))
    return said(words[0], words[2], false);
  return std::nullopt;
}

// Sentences end at ; or a line's end, or at a full stop or comma before a space.
std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool ends = i == text.size() || text[i] == ';' || text[i] == '\n' ||
                      ((text[i] == '.' || text[i] == ',') &&
                       (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
    if (!ends) continue;
    if (!trimmed(text.substr(from, i - from)).empty())
      sentences.push_back(trimmed(text.substr(from, i - from)));
    from = i + 1;
  }
  return sentences;
}

std::string listed(const std::set<std::string>& names) {
  constexpr std::size_t kNamesTold = 8;
  std::string text;
  std::size_t told = 0;
  for (const std::string& name : names)
    if (told++ < kNamesTold) text += (text.empty() ? "" : ", ") + name;
  return told > kNamesTold ? text + ", …" : text;
}

// The field that a sentence means by its path or the end of it: rather one that is asked about.
Result<std::string> field_of(std::string_view given, const std::vector<Question>& questions,
                             const std::set<std::string>& paths) {
  std::string path = general_path(given);
  std::set<std::string> asked, known;
  for (const Question& question : questions)
    if (const std::string of = general_path(question.path); is_end_of_path(of, path))
      asked.insert(of);
  for (const std::string& one : paths)
    if (is_end_of_path(one, path)) known.insert(one);
  if (asked.contains(path) || known.contains(path)) return path;
  const std::set<std::string>& meant = asked.empty() ? known : asked;
  if (meant.size() == 1) return *meant.begin();
  if (meant.size() > 1)
    return refuse("\"" + std::string(given) + "\" can be several: " + listed(meant) +
                  ". Write the whole path.");
  if (paths.empty()) return path;
  return refuse("The output has no field \"" + std::string(given) + "\". It has " + listed(paths) +
                ".");
}

// A sentence about a field that is asked about decides that question.
Result<Pin> settled(Pin pin, const std::vector<Question>& questions,
                    const std::set<std::string>& paths) {
  VOUCH_TRY(pin.path, field_of(pin.path, questions, paths));
  if (pin.kind == Pin::Kind::kSource)
    for (const Question& question : questions)
      if (general_path(question.path) == pin.path)
        for (const Choice& choice : question.choices)
          if (names_source(choice.pin.source, pin.source)) return choice.pin;
  return pin;
}

Result<std::vector<Pin>> read_sentences(std::string_view text,
                                        const std::vector<Question>& questions,
                                        const std::set<std::string>& paths) {
  std::vector<Pin> pins;
  for (const std::string_view sentence : sentences_of(text)) {
    auto pin = read_sentence(sentence);
    if (!pin) {
      std::string message = "\"" + std::string(sentence) + "\" is not understood. ";
      const std::string how = how_to(questions);
      message += how.empty() ? "" : how + " ";
      return refuse(message + "Or say it in words: price is unit_price.");
    }
    VOUCH_TRY(Pin meant, settled(std::move(*pin), questions, paths));
    pins.push_back(std::move(meant));
  }
  if (pins.empty()) return refuse("The answer says nothing. " + how_to(questions));
  return pins;
}

}  // namespace

std::string clarification(const std::vector<Question>& questions) {
  if (questions.empty()) return "";
  std::string text;
  for (const Question& question : questions) {
    text += std::to_string(question.number) + ". ";
    if (!question.path.empty())
      text += question.path;
    else if (question.kind != Question::Kind::kSample)
      text += "the output";
    if (question.kind != Question::Kind::kSample && !question.sample.empty())
      text += " (sample " + question.sample + ")";
    text += (question.kind == Question::Kind::kSample ? "" : ": ") + question.text + "\n";
    for (const Choice& choice : question.choices)
      text += "   " + choice.letter + ") " + value_text(choice.value) + "  " + choice.source + "\n";
    text += "\n";
  }
  return text + how_to(questions);
}

json::array clarification_fields(const std::vector<Question>& questions) {
  json::array fields;
  for (const Question& question : questions) {
    json::array choices;
    for (const Choice& choice : question.choices)
      choices.push_back(
          {{"letter", choice.letter},
           {"value", choice.value && !choice.value->is_null() ? *choice.value : json::value("")},
           {"source", choice.source}});
    fields.push_back(
        {{"number", question.number}, {"path", question.path}, {"choices", std::move(choices)}});
  }
  return fields;
}

Result<std::vector<Pin>> read_answer(std::string_view text, const std::vector<Question>& questions,
                                     const std::set<std::string>& paths) {
  text = trimmed(text);
  if (text.empty()) return refuse("The answer is empty. " + how_to(questions));
  if (text.front() == '{' || text.front() == '[') {
    const auto value = parse_json(text);
    if (!value) return refuse("The answer looks like JSON, and is not valid. " + how_to(questions));
    return read_json(*value, questions);
  }
  if (auto pins = read_tokens(text, questions)) return *std::move(pins);
  if (questions.size() == 1) {
    const bool is_bare_letter = text.size() == 1 && is_letter(text[0]);
    const bool is_bare_value = value_end(text, 0) == text.size() && !is_name(text);
    if (is_bare_letter || is_bare_value || named(questions.front(), text)) {
      VOUCH_TRY(Pin pin, answered(questions.front(), text));
      return std::vector{std::move(pin)};
    }
  } else if (text.size() == 1 && is_letter(text[0]) && !questions.empty()) {
    return refuse("There are " + std::to_string(questions.size()) +
                  " questions: say which you mean, such as 1" + std::string(text) + ".");
  }
  return read_sentences(text, questions, paths);
}

std::vector<Pin> pins_in(std::string_view text) {
  std::vector<Pin> pins;
  for (const std::string_view sentence : sentences_of(text))
    if (auto pin = read_sentence(sentence)) pins.push_back(std::move(*pin));
  return pins;
}

std::vector<std::string> not_understood_in(std::string_view text) {
  std::vector<std::string> others;
  for (const std::string_view sentence : sentences_of(text))
    if (!read_sentence(sentence)) others.emplace_back(sentence);
  return others;
}

}  // namespace vouch::adapters::draft
