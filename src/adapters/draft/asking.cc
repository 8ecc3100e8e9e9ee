#include "adapters/draft/asking.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>

#include "adapters/draft/answer.h"
#include "adapters/evaluate.h"
#include "adapters/places.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::size_t kContradictionsAsked = 3;  // of one field
const std::string kNoFit = "nothing of that name fits every sample";

std::string letter_of(std::size_t index) { return {static_cast<char>('a' + index)}; }

}  // namespace

void Asking::sources(bool by_source) {
  for (const adapters::Question& question : synthesis_.questions) add_question(question, by_source);
}

bool Asking::is_decided(const std::string& path, const std::string& sample,
                        const std::string& source) const {
  return std::ranges::any_of(input_.pins, [&](const Pin& pin) {
    if (pin.kind == Pin::Kind::kKept || pin.kind == Pin::Kind::kValue)
      return pin.path == path && pin.sample == sample;
    if (pin.kind == Pin::Kind::kSample ||
        !is_end_of_path(general_path(path), general_path(pin.path)))
      return false;
    if (pin.kind != Pin::Kind::kSource) return true;
    return source.empty() ? is_followed(general_path(path), pin.source)
                          : names_source(source, pin.source);
  });
}

bool Asking::is_followed(const std::string& path, const std::string& source) const {
  return std::ranges::any_of(draft_.fields, [&](const Field& field) {
    return field.path == path && (field.source == source || names_source(field.source, source));
  });
}

bool Asking::is_decided_since(const std::string& path, const std::string& source) const {
  const auto said = std::ranges::find_if(input_.pins, [&](const Pin& pin) {
    return pin.kind == Pin::Kind::kSource && pin.source == source &&
           is_end_of_path(path, general_path(pin.path));
  });
  return std::any_of(said, input_.pins.end(), [&](const Pin& pin) {
    return pin.kind == Pin::Kind::kValue && general_path(pin.path) == path;
  });
}

std::string Asking::passed_over(const std::string& path) const {
  for (const Preference& said : input_.options.preferences) {  // the last comes first
    if (!is_end_of_path(path, said.path)) continue;
    // Of a constant it is told how many samples say otherwise.
    const bool is_settled =
        said.is_constant || is_followed(path, said.source) || is_decided_since(path, said.source);
    return is_settled ? "" : said.source;
  }
  return "";
}

void Asking::note_passed_over() {
  for (const Field& field : draft_.fields) {
    const std::string said = passed_over(field.path);
    if (said.empty()) continue;
    std::string reason = "not from " + said;
    reason.append(", as was said: ").append(kNoFit);
    draft_.assumptions.push_back({field.path, std::move(reason)});
  }
}

void Asking::add(Question question) {
  if (!asked_
           .insert(general_path(question.path) + "\n" +
                   (question.kind == Question::Kind::kContradiction ? question.sample : ""))
           .second)
    return;
  if (const std::string said = passed_over(general_path(question.path)); !said.empty())
    question.text = "Not from " + said + ", as was said: " + kNoFit + ". " + question.text;
  for (std::size_t i = 0; i < question.choices.size(); ++i)
    question.choices[i].letter = letter_of(i);
  draft_.questions.push_back(std::move(question));
}

void Asking::add_question(const adapters::Question& found, bool by_source) {
  const Sample& sample = input_.samples[found.sample];
  // Of the structure of a list several things may be asked at one place.
  const std::string taken = found.choices.empty() ? "" : found.choices.front().source;
  const bool is_source = !by_source && taken != "left out" && taken != "null";
  if (is_decided(found.path, sample.id, is_source ? taken : "")) return;
  Question question{.path = found.path, .sample = sample.id, .doubt = found.doubt};
  for (const adapters::Choice& choice : found.choices) {
    if (question.choices.size() == kChoicesMax) break;
    Pin pin{
        .path = found.path, .sample = sample.id, .value = choice.value, .source = choice.source};
    if (by_source) {
      pin = {.kind = choice.source == "left out" ? Pin::Kind::kOmitted : Pin::Kind::kSource,
             .path = general_path(found.path),
             .source = choice.source};
    }
    question.choices.push_back({"", choice.value, choice.source, std::move(pin)});
  }
  question.text = by_source && question.choices.size() < 2
                      ? "No member of the input is called like it. Where does it come from?"
                  : by_source ? "Its name alone does not say where it comes from."
                              : "The expected outputs fit each of these; here they differ.";
  add(std::move(question));
}

void Asking::ask_for_sample(std::string sample, std::string text) {
  add({.kind = Question::Kind::kSample,
       .sample = std::move(sample),
       .text = std::move(text),
       .doubt = 1});
}

void Asking::contradictions() {
  struct Group {
    std::vector<const Unexplained*> all;
    std::set<std::size_t> samples;
  };
  std::map<std::string, Group> groups;
  std::deque<Unexplained> located;
  for (const Unexplained& one : synthesis_.unexplained) {
    located.push_back(one);
    if (one.path.empty()) locate(located.back());
    Group& group = groups[general_path(located.back().path)];
    group.all.push_back(&located.back());
    group.samples.insert(one.sample);
  }
  const std::size_t count = known(input_).size();
  for (const auto& [path, group] : groups) {
    const bool most_agree = group.samples.size() * 2 < count;
    std::size_t asked = 0;
    for (const Unexplained* one : group.all) {
      const Sample& sample = input_.samples[one->sample];
      // An answer stands alone against the samples.
      const bool is_rule = synthesis_.mapping && (most_agree || !sample.output || one->is_fault);
      const Maybe others = is_rule ? given_by_others(*one) : std::nullopt;
      if (is_rule && !one->is_new)
        draft_.contradictions.push_back(
            {sample.id, one->path, expected_at(*one), others, one->reason});
      if (asked++ < (is_rule ? kContradictionsAsked : 1)) ask_unexplained(*one, is_rule, others);
    }
  }
}

Maybe Asking::given_by_others(const Unexplained& one) {
  const Synthesis rest = learn_without(input_, {one.sample}, deadline_.left() / 4);
  const Maybe given =
      rest.mapping ? evaluate(*rest.mapping, input_.rows[one.sample].input) : std::nullopt;
  const json::value* at = given ? value_at(*given, one.path) : nullptr;
  return at ? Maybe(*at) : std::nullopt;
}

Maybe Asking::expected_at(const Unexplained& one) const {
  if (!input_.rows[one.sample].output) return one.value;  // what was answered
  const json::value* at = value_at(*input_.rows[one.sample].output, one.path);
  return at ? Maybe(*at) : std::nullopt;
}

void Asking::locate(Unexplained& one) const {
  const Maybe given = synthesis_.mapping
                          ? evaluate(*synthesis_.mapping, input_.rows[one.sample].input)
                          : std::nullopt;
  const auto diffs = diffs_of(input_.rows[one.sample].output, given);
  if (!diffs.empty()) one.path = diffs.front().path;
}

void Asking::ask_unexplained(const Unexplained& one, bool is_rule, const Maybe& others) {
  const Sample& sample = input_.samples[one.sample];
  const Maybe expected = expected_at(one);
  // An answer that gives another value than the others do has to be asked about like a sample.
  const bool is_settled = std::ranges::any_of(input_.pins, [&](const Pin& pin) {
    if (pin.path != one.path || pin.sample != sample.id) return false;
    return pin.kind == Pin::Kind::kKept ||
           (pin.kind == Pin::Kind::kValue && is_rule && same(pin.value, others));
  });
  if (is_settled) return;
  Question question{.path = one.path, .sample = sample.id, .doubt = 1};
  const auto wrong = [&](std::string source, const Maybe& value) {
    question.choices.push_back(
        {"", value, std::move(source), Pin{.path = one.path, .sample = sample.id, .value = value}});
  };
  if (one.is_fault) {
    question.kind = Question::Kind::kContradiction;
    question.text = "This sample is wrong: " + one.reason + ", and it is not there.";
    if (others) wrong("as in the others", others);
  } else if (is_rule) {
    question.kind = Question::Kind::kContradiction;
    const bool is_answer = !sample.output;
    question.text = (is_answer    ? "What was answered disagrees with the samples: "
                     : one.is_new ? "This sample alone shows it: "
                                  : "This sample disagrees with the others: ") +
                    one.reason + ".";
    wrong(is_answer ? "as in the samples: the answer is wrong"
                    : "as in the others: the sample is wrong",
          others);
    question.choices.push_back(
        {"", expected,
         is_answer ? "as was answered: it is right" : "as the sample says: it is right",
         Pin{.kind = Pin::Kind::kKept, .path = one.path, .sample = sample.id, .value = expected}});
    if (one.is_new) std::swap(question.choices[0], question.choices[1]);
  } else {
    question.kind = Question::Kind::kUnexplained;
    question.text = "Nothing in the inputs gives this. Where does it come from?";
    const std::string path = general_path(one.path);
    question.choices.push_back(
        {"", std::nullopt, "left out", Pin{.kind = Pin::Kind::kOmitted, .path = path}});
    if (expected && is_scalar(*expected) && !is_contradicted(path, *expected))
      question.choices.push_back(
          {"", expected, "always this",
           Pin{.kind = Pin::Kind::kConstant, .path = path, .value = expected}});
  }
  add(std::move(question));
}

bool Asking::is_contradicted(const std::string& path, const json::value& value) const {
  return std::ranges::any_of(input_.rows, [&](const adapters::Sample& row) {
    Maybe output = row.output;
    if (output) set_at(*output, path, value);
    return std::ranges::any_of(diffs_of(row.output, output),
                               [](const Diff& diff) { return diff.expected.has_value(); });
  });
}

bool Asking::tells_apart(const std::string& source, const std::string& other) const {
  return std::ranges::any_of(synthesis_.questions, [&](const adapters::Question& question) {
    return !question.choices.empty() && question.choices.front().source == source &&
           std::ranges::count(question.choices, other, &adapters::Choice::source) > 0;
  });
}

void Asking::twins() {
  for (const adapters::Field& field : synthesis_.fields) {
    std::vector<std::string> sources{field.source};
    std::set<std::set<std::string>> members{field.members};
    double doubt = 0;
    for (const Alternative& other : field.alternatives) {
      if (!members.insert(other.members).second) continue;
      if (other.confidence < kTwinLeast || sources.size() == kChoicesMax) continue;
      sources.push_back(other.source);
      doubt += other.confidence;
    }
    if (sources.size() < 2) continue;
    if (is_decided(field.path, "", field.source) || tells_apart(sources[0], sources[1])) continue;
    // What does not hold in every sample is asked about as that.
    const bool is_whole = std::ranges::none_of(synthesis_.unexplained, [&](const auto& one) {
      return general_path(one.path) == field.path;
    });
    if (!is_whole) continue;
    if (std::ranges::count(synthesis_.assumptions, field.path, &Assumption::path) == 0)
      draft_.assumptions.push_back({field.path, twin_text(sources[0], sources[1])});
    const auto [place, sample] = shown_place(field.path);
    if (sample.empty()) continue;
    const json::value* value =
        value_at(*input_.samples[index_of(input_.samples, sample)].output, place);
    Question question{.path = place, .sample = sample, .doubt = doubt};
    question.text = "In every sample these give the same.";
    for (const std::string& source : sources)
      question.choices.push_back(
          {"", Maybe(*value), source,
           Pin{.kind = Pin::Kind::kSource, .path = field.path, .source = source}});
    add(std::move(question));
  }
}

std::pair<std::string, std::string> Asking::shown_place(const std::string& path) const {
  for (const Sample& sample : input_.samples) {
    if (!sample.output) continue;
    std::string place = path;
    for (std::size_t at; (at = place.find("[]")) != std::string::npos;) place.insert(at + 1, "0");
    const json::value* value = value_at(*sample.output, place);
    if (value && !value->is_null()) return {place, sample.id};
  }
  return {};
}

void Asking::finish() {
  std::ranges::stable_sort(draft_.questions, std::greater<>(), &Question::doubt);
  if (draft_.questions.empty() && !draft_.is_complete) ask_for_more();
  if (draft_.questions.size() > kQuestionsMax) {
    draft_.questions_left = draft_.questions.size() - kQuestionsMax;
    draft_.questions.resize(kQuestionsMax);
  }
  int number = 0;
  for (Question& question : draft_.questions) question.number = ++number;
}

void Asking::ask_for_more() {
  const std::string path = synthesis_.unexplained.empty() ? "" : synthesis_.unexplained[0].path;
  ask_for_sample(draft_.telling ? draft_.telling->sample : "",
                 "What is known does not explain " + (path.empty() ? "the output" : path) +
                     ". Give one more sample that shows it: {\"input\": …, "
                     "\"expectedOutput\": …}.");
}

}  // namespace vouch::adapters::draft
