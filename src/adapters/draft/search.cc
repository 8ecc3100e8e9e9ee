#include "adapters/draft/search.h"

#include <algorithm>

#include "adapters/draft/answer.h"
#include "adapters/draft/output_paths.h"
#include "adapters/evaluate.h"
#include "adapters/places.h"

namespace vouch::adapters::draft {

namespace {

// What a pin says about an input whose output is not known, or about every output.
void apply(const Pin& pin, Input& input) {
  const std::size_t at = index_of(input.samples, pin.sample);
  switch (pin.kind) {
    case Pin::Kind::kValue:
      if (at == input.samples.size()) break;
      if (pin.value)
        input.decisions.push_back({.kind = SchemaDecision::Kind::kShown,
                                   .path = pin.path,
                                   .value = *pin.value,
                                   .input = at});
      else
        input.decisions.push_back({.kind = SchemaDecision::Kind::kOmitted, .path = pin.path});
      break;
    case Pin::Kind::kSource:
      input.options.preferences.push_back({general_path(pin.path), pin.source});
      input.decisions.push_back({.path = pin.path, .source = pin.source});
      break;
    case Pin::Kind::kConstant:
      input.decisions.push_back({.kind = SchemaDecision::Kind::kConstant,
                                 .path = pin.path,
                                 .value = pin.value.value_or(nullptr)});
      input.options.preferences.push_back(
          {.path = general_path(pin.path),
           .source = describe(*constant(pin.value.value_or(nullptr))),
           .is_constant = true});
      break;
    case Pin::Kind::kOmitted:
      input.decisions.push_back({.kind = SchemaDecision::Kind::kOmitted, .path = pin.path});
      break;
    case Pin::Kind::kKept:
      if (at < input.samples.size() && input.samples[at].output)
        input.options.kept.push_back({pin.path, at, pin.value});
      break;
    case Pin::Kind::kSample:
      break;
  }
}

// Of an expected output, what an answer corrected; where it is not known, what the answer says.
void state(const Pin& pin, Sample& sample) {
  const bool is_of_it = pin.sample == sample.id && (pin.kind == Pin::Kind::kValue ||
                                                    (pin.kind == Pin::Kind::kKept && pin.value));
  if (is_of_it && !sample.output) sample.stated.push_back({pin.path, pin.value});
  if (is_of_it && sample.output) set_at(*sample.output, pin.path, pin.value);
}

bool is_of_every_output(const Pin& pin) {
  return pin.kind == Pin::Kind::kConstant || pin.kind == Pin::Kind::kOmitted;
}

// The same of an answer about every output, which may overrule what was expected.
void state_everywhere(Overruled& by, Sample& sample) {
  if (!sample.output) return;
  const Maybe before = sample.output;
  set_at(*sample.output, by.pin.path, by.pin.value);
  const std::vector<Diff> diffs = diffs_of(before, sample.output);
  by.samples += diffs.empty() ? 0 : 1;
  by.places += static_cast<int>(diffs.size());
}

// `overruled` is given the answers that expected outputs say otherwise of.
std::vector<Sample> corrected(const Material& material, std::vector<Overruled>& overruled) {
  std::vector<Sample> samples = material.samples;
  const std::vector<Pin> pins = standing(material.pins);
  int added = 0;
  for (const Pin& pin : pins) {
    if (pin.kind != Pin::Kind::kSample) continue;
    const std::size_t at = index_of(samples, pin.sample);
    if (at < samples.size() && !pin.input) {
      samples[at].output = pin.value;
    } else if (pin.input) {
      samples.push_back({"answer-" + std::to_string(++added), *pin.input, pin.value});
    }
  }
  for (const Pin& pin : pins) {
    Overruled by{pin};
    for (Sample& sample : samples) {
      if (is_of_every_output(pin))
        state_everywhere(by, sample);
      else
        state(pin, sample);
    }
    if (by.samples > 0) overruled.push_back(std::move(by));
  }
  return samples;
}

}  // namespace

std::vector<Sample> samples_of(const Material& material) {
  std::vector<Overruled> overruled;
  return corrected(material, overruled);
}

std::size_t index_of(const std::vector<Sample>& samples, const std::string& id) {
  return static_cast<std::size_t>(std::ranges::find(samples, id, &Sample::id) - samples.begin());
}

Input input_of(const Material& material) {
  Input input;
  input.samples = corrected(material, input.overruled);
  // Prose comes first, so that answers win over it.
  std::vector<Pin> pins = pins_in(material.instructions);
  for (const Document& document : material.documents)
    for (Pin& pin : pins_in(document.text)) pins.push_back(std::move(pin));
  input.options.takes_null = takes_null(material.topic.schema);
  input.pins = standing(material.pins);
  pins.insert(pins.end(), input.pins.begin(), input.pins.end());
  for (const Pin& pin : pins) apply(pin, input);
  for (const Sample& sample : input.samples) {
    for (const Stated& stated : sample.stated)
      input.options.answers.push_back({stated.path, input.rows.size(), stated.value});
    input.rows.push_back({sample.input, sample.output});
  }
  // The last answer wins.
  std::ranges::reverse(input.options.preferences);
  return input;
}

std::vector<std::size_t> known(const Input& input) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < input.samples.size(); ++i)
    if (input.samples[i].output) all.push_back(i);
  return all;
}

void make_total(Synthesis& synthesis, const std::vector<adapters::Sample>& rows) {
  if (!synthesis.mapping || std::holds_alternative<Object>(synthesis.mapping->node) ||
      std::holds_alternative<Constant>(synthesis.mapping->node))
    return;
  const bool gives_list = std::holds_alternative<Each>(synthesis.mapping->node) ||
                          std::ranges::any_of(rows, [](const auto& row) {
                            return row.output && row.output->is_array();
                          });
  const ExprPtr nothing = constant(gives_list ? json::value(json::array{}) : json::value(nullptr));
  const ExprPtr total = make(Coalesce{.options = {synthesis.mapping, nothing}});
  const bool is_same = std::ranges::all_of(rows, [&](const adapters::Sample& row) {
    const Maybe before = evaluate(*synthesis.mapping, row.input);
    return !before || same(before, evaluate(*total, row.input));
  });
  if (is_same) synthesis.mapping = total;
}

Synthesis learn(const Input& input, std::chrono::milliseconds budget) {
  SynthesisOptions options = input.options;
  options.budget = budget;
  Synthesis synthesis = synthesize(input.rows, options);
  make_total(synthesis, input.rows);
  return synthesis;
}

Synthesis learn_without(const Input& input, const std::vector<std::size_t>& held,
                        std::chrono::milliseconds budget) {
  Input part = input;
  part.rows.clear();
  std::vector<std::size_t> place(input.rows.size(), input.rows.size());
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    if (std::ranges::count(held, i) > 0) continue;
    place[i] = part.rows.size();
    part.rows.push_back(input.rows[i]);
  }
  for (std::vector<Answer>* answers : {&part.options.answers, &part.options.kept}) {
    for (Answer& answer : *answers) answer.sample = place[answer.sample];
    std::erase_if(*answers,
                  [&](const Answer& answer) { return answer.sample == input.rows.size(); });
  }
  return learn(part, budget);
}

}  // namespace vouch::adapters::draft
