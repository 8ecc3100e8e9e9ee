#include "cli/clarification.h"

#include <unistd.h>

#include <boost/json/array.hpp>
#include <iostream>

#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

std::string question_text(const Invocation& invocation, const json::object& question) {
  std::string text = "\n" +
                     paint(invocation.err, Tone::kStrong,
                           "Line " + std::to_string(integer_of(question, "line").value_or(0)) +
                               ", «" + printable(text_of(question, "step")) + "»") +
                     "\n" + printable(text_of(question, "question")) + "\n";
  for (const json::value& candidate : array_of(question, "candidates")) {
    const json::object& one = as_object(candidate);
    text += "  " + printable(text_of(one, "value")) + ") " + printable(text_of(one, "text")) + "\n";
  }
  return text;
}

bool is_candidate(const json::object& question, std::string_view value) {
  for (const json::value& candidate : array_of(question, "candidates")) {
    if (text_of(as_object(candidate), "value") == value) return true;
  }
  return false;
}

// Empty: the person gave none.
std::string ask_person(const Invocation& invocation, const json::object& question) {
  while (true) {
    invocation.note("Answer: ");
    std::string line;
    if (!std::getline(std::cin, line) || line.empty()) return "";
    if (is_candidate(question, line)) return line;
    invocation.note("It is none of them. Type the number of one.\n");
  }
}

}  // namespace

Result<std::string> clarify(const Invocation& invocation, Client& client,
                            const GenerationTarget& target, const Answers& answers) {
  VOUCH_TRY(json::value status, client.call("get_generation_status", target.params()));
  const json::object& clarification = object_of(as_object(status), "clarification");
  const bool person = invocation.err.is_terminal && isatty(STDIN_FILENO) != 0;
  json::object response;
  std::string unanswered;
  for (const json::value& value : array_of(clarification, "questions")) {
    const json::object& question = as_object(value);
    const std::string id = text_of(question, "id");
    std::string answer;
    if (auto given = answers.find(id); given != answers.end()) {
      answer = given->second;
    } else {
      invocation.note(question_text(invocation, question));
      if (person) answer = ask_person(invocation, question);
    }
    if (answer.empty()) unanswered += (unanswered.empty() ? "" : " ") + ("--answer " + id + "=N");
    response[id] = answer;
  }
  if (!unanswered.empty()) return unanswered;
  if (response.empty()) return "";  // somebody else has answered
  json::object params = target.params();
  params["response"] = std::move(response);
  VOUCH_TRY_VOID(client.call("respond_to_generation", params));
  return "";
}

}  // namespace vouch::cli
