// Drafts and questions as JSON.
#include <array>

#include "adapters/draft/draft.h"
#include "adapters/draft/json_members.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::array<std::string_view, 4> kQuestionKinds{"source", "contradiction", "unexplained",
                                                         "sample"};

template <class Items, class Make>
json::array array_of(const Items& items, const Make& make) {
  json::array array;
  for (const auto& item : items) array.push_back(make(item));
  return array;
}

Result<Choice> read_choice(const json::value& value) {
  VOUCH_TRY(const Members members, Members::of(value, "choice"));
  Choice choice;
  VOUCH_TRY(choice.letter, members.needed_text("letter"));
  VOUCH_TRY(choice.source, members.text("source"));
  choice.value = members.any("value");
  VOUCH_TRY(const json::object pin, members.object("pin"));
  VOUCH_TRY(choice.pin, read_pin(pin));
  return choice;
}

Result<Question> read_question(const json::value& value) {
  VOUCH_TRY(const Members members, Members::of(value, "question"));
  Question question;
  VOUCH_TRY(const double number, members.number("number"));
  question.number = static_cast<int>(number);
  VOUCH_TRY(question.kind, members.kind<Question::Kind>(kQuestionKinds));
  VOUCH_TRY(question.path, members.text("path"));
  VOUCH_TRY(question.sample, members.text("sample"));
  VOUCH_TRY(question.text, members.text("text"));
  VOUCH_TRY(question.doubt, members.number("doubt"));
  VOUCH_TRY(const json::array choices, members.list("choices"));
  for (const json::value& one : choices) {
    VOUCH_TRY(Choice choice, read_choice(one));
    question.choices.push_back(std::move(choice));
  }
  return question;
}

}  // namespace

json::object to_json(const Question& question) {
  json::object object{{"number", question.number},
                      {"kind", kQuestionKinds[static_cast<std::size_t>(question.kind)]},
                      {"path", question.path},
                      {"sample", question.sample},
                      {"text", question.text},
                      {"doubt", question.doubt},
                      {"choices", array_of(question.choices, [](const Choice& choice) {
                         json::object one{{"letter", choice.letter},
                                          {"source", choice.source},
                                          {"pin", to_json(choice.pin)}};
                         put(one, "value", choice.value);
                         return one;
                       })}};
  return object;
}

json::object to_json(const Field& field) {
  return {{"path", field.path},
          {"source", field.source},
          {"evidence", field.evidence()},
          {"confidence", field.confidence},
          {"alternatives", array_of(field.alternatives, [](const Alternative& other) {
             return json::object{{"source", other.source}, {"confidence", other.confidence}};
           })}};
}

json::object to_json(const Draft& draft) {
  json::object object{
      {"source", draft.source},
      {"isComplete", draft.is_complete},
      {"bySchemaAlone", draft.by_schema_alone},
      {"questions", array_of(draft.questions, [](const Question& one) { return to_json(one); })},
      {"questionsLeft", draft.questions_left},
      {"assumptions", array_of(draft.assumptions,
                               [](const Assumption& one) {
                                 return json::object{{"path", one.path}, {"reason", one.reason}};
                               })},
      {"fields", array_of(draft.fields, [](const Field& one) { return to_json(one); })},
      {"contradictions", array_of(draft.contradictions,
                                  [](const Contradiction& one) {
                                    json::object made{{"sample", one.sample},
                                                      {"path", one.path},
                                                      {"reason", one.reason}};
                                    put(made, "expected", one.expected);
                                    put(made, "others", one.others);
                                    return made;
                                  })},
      {"heldBack", json::array(draft.held_back.begin(), draft.held_back.end())},
      {"leftOut", draft.left_out},
      {"leftOutOf", draft.left_out_of}};
  if (draft.telling)
    object["telling"] = {{"sample", draft.telling->sample}, {"reason", draft.telling->reason}};
  return object;
}

Result<std::vector<Question>> read_questions(const json::value& value) {
  if (!value.is_array()) return fail(ErrorCode::kInvalidRequest, "The questions must be a list.");
  std::vector<Question> questions;
  for (const json::value& one : value.get_array()) {
    VOUCH_TRY(Question question, read_question(one));
    questions.push_back(std::move(question));
  }
  return questions;
}

}  // namespace vouch::adapters::draft
