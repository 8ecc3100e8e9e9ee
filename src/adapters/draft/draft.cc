#include "adapters/draft/draft.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "adapters/draft/answer.h"
#include "adapters/evaluate.h"
#include "adapters/places.h"
#include "adapters/print.h"
#include "adapters/synthesize/schema_only.h"

namespace vouch::adapters::draft {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kContradictionsAsked = 3;  // of one field
const std::string kNoFit = "nothing of that name fits every sample";

std::string letter_of(std::size_t index) { return {static_cast<char>('a' + index)}; }

std::string count_text(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

// Everything a search is given, from samples and answers.
struct Input {
  std::vector<Sample> samples;
  std::vector<adapters::Sample> rows;  // the same, for the search
  SynthesisOptions options;
  std::vector<SchemaDecision> decisions;
};

bool is_given(const std::vector<Sample>& samples) {
  return std::ranges::any_of(samples,
                             [](const Sample& sample) { return sample.output.has_value(); });
}

std::size_t index_of(const std::vector<Sample>& samples, const std::string& id) {
  return static_cast<std::size_t>(std::ranges::find(samples, id, &Sample::id) - samples.begin());
}

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
      break;
    case Pin::Kind::kOmitted:
      input.decisions.push_back({.kind = SchemaDecision::Kind::kOmitted, .path = pin.path});
      break;
    case Pin::Kind::kKept:
    case Pin::Kind::kSample:
      break;
  }
}

Input input_of(const Material& material) {
  Input input;
  input.samples = samples_of(material);
  // Prose comes first, so that answers win over it.
  std::vector<Pin> pins = pins_in(material.instructions);
  for (const Document& document : material.documents)
    for (Pin& pin : pins_in(document.text)) pins.push_back(std::move(pin));
  const std::vector<Pin> answers = standing(material.pins);
  pins.insert(pins.end(), answers.begin(), answers.end());
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

// A list or value that is nothing is an error of the script's: an empty list or object instead.
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

class Writer {
 public:
  explicit Writer(const Material& material)
      : material_(material),
        pins_(standing(material.pins)),
        input_(input_of(material)),
        deadline_(Clock::now() + material.settings.budget) {}

  Draft write() {
    draft_.by_schema_alone = !is_given(input_.samples);
    if (input_.samples.empty()) {
      ask_for_sample("", "There is no sample yet. Give one: the JSON that " + provider() +
                             " sends, or {\"input\": …, \"expectedOutput\": …}.");
    } else if (draft_.by_schema_alone) {
      by_schema();
    } else {
      by_samples();
      hold_back();
      leave_one_out();
    }
    for (const Assumption& assumption : synthesis_.assumptions)
      draft_.assumptions.push_back(assumption);
    note_missing();
    note_passed_over();
    if (synthesis_.mapping) draft_.source = printed(synthesis_);
    finish_questions();
    return std::move(draft_);
  }

 private:
  std::string provider() const {
    return material_.provider.empty() ? "the provider" : material_.provider;
  }
  std::chrono::milliseconds left() const {
    return std::max(
        std::chrono::milliseconds(0),
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()));
  }

  // ---- The two ways to a mapping ----

  void by_schema() {
    std::vector<const json::value*> inputs;
    inputs.reserve(input_.samples.size());
    for (const Sample& sample : input_.samples) inputs.push_back(&sample.input);
    synthesis_ = map_by_schema(inputs, material_.topic.schema, input_.decisions);
    make_total(synthesis_, input_.rows);
    if (!synthesis_.mapping) {
      ask_for_sample(input_.samples.front().id,
                     "Names alone do not say how " + provider() +
                         "'s payloads become this topic. What should the script give for sample " +
                         input_.samples.front().id + "? Answer with that JSON.");
      return;
    }
    add_fields();
    for (const adapters::Question& question : synthesis_.questions) add_question(question, true);
    for (const Unexplained& one : synthesis_.unexplained)
      draft_.assumptions.push_back({one.path, "left out: " + one.reason});
    draft_.is_complete = missing_required().empty();
    add_telling();
  }

  void by_samples() {
    synthesis_ = learn(input_, material_.settings.budget / 2);
    add_fields();
    draft_.is_complete = synthesis_.is_complete();
    contradictions();
    for (const adapters::Question& question : synthesis_.questions) add_question(question, false);
    twins();
    add_telling();
  }

  void add_fields() {
    for (adapters::Field& field : synthesis_.fields)
      draft_.fields.push_back({.path = field.path,
                               .source = field.source,
                               .held = field.held,
                               .seen = field.seen,
                               .confidence = field.confidence,
                               .alternatives = field.alternatives});
  }

  std::string printed(const Synthesis& synthesis) const {
    Synthesis told = synthesis;
    told.assumptions = draft_.assumptions;
    PrintOptions options{.provider = material_.provider,
                         .topic = material_.topic.name,
                         .version = material_.settings.version};
    if (!material_.instructions.empty()) options.notes.push_back(material_.instructions);
    return print(told, options);
  }

  // ---- Questions ----

  // Whether an answer about this place was given, so that it is not asked again.
  bool is_decided(const std::string& path, const std::string& sample) const {
    return std::ranges::any_of(pins_, [&](const Pin& pin) {
      if (pin.kind == Pin::Kind::kKept || pin.kind == Pin::Kind::kValue)
        return pin.path == path && pin.sample == sample;
      if (pin.kind == Pin::Kind::kSample ||
          !is_end_of_path(general_path(path), general_path(pin.path)))
        return false;
      return pin.kind != Pin::Kind::kSource || is_followed(general_path(path), pin.source);
    });
  }

  // Whether the field there comes from what was said.
  bool is_followed(const std::string& path, const std::string& source) const {
    return std::ranges::any_of(draft_.fields, [&](const Field& field) {
      return field.path == path && (field.source == source || names_source(field.source, source));
    });
  }

  // Whether an answer gave a value there, after one that named this source.
  bool is_decided_since(const std::string& path, const std::string& source) const {
    const auto said = std::ranges::find_if(pins_, [&](const Pin& pin) {
      return pin.kind == Pin::Kind::kSource && pin.source == source &&
             is_end_of_path(path, general_path(pin.path));
    });
    return std::any_of(said, pins_.end(), [&](const Pin& pin) {
      return pin.kind == Pin::Kind::kValue && general_path(pin.path) == path;
    });
  }

  // The source that was said last of this place and that does not fit; empty: there is none.
  std::string passed_over(const std::string& path) const {
    for (const Preference& said : input_.options.preferences) {  // the last comes first
      if (!is_end_of_path(path, said.path)) continue;
      const bool is_settled = is_followed(path, said.source) || is_decided_since(path, said.source);
      return is_settled ? "" : said.source;
    }
    return "";
  }

  // Samples win over what is said, which must not be lost without a word.
  void note_passed_over() {
    for (const Field& field : draft_.fields) {
      const std::string said = passed_over(field.path);
      const bool is_asked = asked_.contains(general_path(field.path) + "\n");
      if (!said.empty() && !is_asked)
        draft_.assumptions.push_back({field.path, "not from " + said + ", as was said: " + kNoFit});
    }
  }

  void add(Question question) {
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

  void add_question(const adapters::Question& found, bool by_source) {
    const Sample& sample = input_.samples[found.sample];
    if (is_decided(found.path, sample.id)) return;
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

  void ask_for_sample(std::string sample, std::string text) {
    add({.kind = Question::Kind::kSample,
         .sample = std::move(sample),
         .text = std::move(text),
         .doubt = 1});
  }

  // What no sample explains, or one alone does not.
  void contradictions() {
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
    const auto known = static_cast<std::size_t>(std::ranges::count_if(
        input_.samples, [](const Sample& s) { return s.output.has_value(); }));
    for (const auto& [path, group] : groups) {
      const bool most_agree = group.samples.size() * 2 < known;
      std::size_t asked = 0;
      for (const Unexplained* one : group.all) {
        const Sample& sample = input_.samples[one->sample];
        // An answer stands alone against the samples.
        const bool is_rule = synthesis_.mapping && (most_agree || !sample.output);
        const Maybe others = is_rule ? given_by_others(*one) : std::nullopt;
        if (is_rule)
          draft_.contradictions.push_back(
              {sample.id, one->path, expected_at(*one), others, one->reason});
        if (asked++ < (is_rule ? kContradictionsAsked : 1)) ask_unexplained(*one, is_rule, others);
      }
    }
  }

  // What the search finds without the sample; with it, the mapping may know its exception.
  Maybe given_by_others(const Unexplained& one) {
    const Synthesis rest = learn_without({one.sample}, left() / 4);
    const Maybe given =
        rest.mapping ? evaluate(*rest.mapping, input_.rows[one.sample].input) : std::nullopt;
    const json::value* at = given ? value_at(*given, one.path) : nullptr;
    return at ? Maybe(*at) : std::nullopt;
  }
  Maybe expected_at(const Unexplained& one) const {
    if (!input_.rows[one.sample].output) return one.value;  // what was answered
    const json::value* at = value_at(*input_.rows[one.sample].output, one.path);
    return at ? Maybe(*at) : std::nullopt;
  }

  // Where the whole is not right, the first place that is not.
  void locate(Unexplained& one) const {
    const Maybe given = synthesis_.mapping
                            ? evaluate(*synthesis_.mapping, input_.rows[one.sample].input)
                            : std::nullopt;
    const auto diffs = diffs_of(input_.rows[one.sample].output, given);
    if (!diffs.empty()) one.path = diffs.front().path;
  }

  void ask_unexplained(const Unexplained& one, bool is_rule, const Maybe& others) {
    const Sample& sample = input_.samples[one.sample];
    const Maybe expected = expected_at(one);
    // An answer that gives another value than the others do has to be asked about like a sample.
    const bool is_settled = std::ranges::any_of(pins_, [&](const Pin& pin) {
      if (pin.path != one.path || pin.sample != sample.id) return false;
      return pin.kind == Pin::Kind::kKept ||
             (pin.kind == Pin::Kind::kValue && is_rule && same(pin.value, others));
    });
    if (is_settled) return;
    Question question{.path = one.path, .sample = sample.id, .doubt = 1};
    const auto wrong = [&](std::string source, const Maybe& value) {
      question.choices.push_back({"", value, std::move(source),
                                  Pin{.path = one.path, .sample = sample.id, .value = value}});
    };
    if (is_rule) {
      question.kind = Question::Kind::kContradiction;
      const bool is_answer = !sample.output;
      question.text = (is_answer ? "What was answered disagrees with the samples: "
                                 : "This sample disagrees with the others: ") +
                      one.reason + ".";
      wrong(is_answer ? "as in the samples: the answer is wrong"
                      : "as in the others: the sample is wrong",
            others);
      question.choices.push_back(
          {"", expected,
           is_answer ? "as was answered: it is right" : "as the sample says: it is right",
           Pin{.kind = Pin::Kind::kKept,
               .path = one.path,
               .sample = sample.id,
               .value = expected}});
    } else {
      question.kind = Question::Kind::kUnexplained;
      question.text = "Nothing in the inputs gives this. Where does it come from?";
      const std::string path = general_path(one.path);
      question.choices.push_back(
          {"", std::nullopt, "left out", Pin{.kind = Pin::Kind::kOmitted, .path = path}});
      if (expected && is_scalar(*expected))
        question.choices.push_back(
            {"", expected, "always this",
             Pin{.kind = Pin::Kind::kConstant, .path = path, .value = expected}});
    }
    add(std::move(question));
  }

  // Sources that no input at hand tells apart. Two ways to say the same of the same members are not
  // worth a question.
  void twins() {
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
      const auto [place, sample] = shown_place(field.path);
      if (sample.empty() || is_decided(field.path, "")) continue;
      // What does not hold in every sample is asked about as that.
      const bool is_whole = std::ranges::none_of(synthesis_.unexplained, [&](const auto& one) {
        return general_path(one.path) == field.path;
      });
      if (!is_whole) continue;
      const json::value* value =
          value_at(*input_.samples[index_of(input_.samples, sample)].output, place);
      Question question{.path = place, .sample = sample, .doubt = doubt};
      question.text = "In every sample these give the same.";
      for (const std::string& source : sources)
        question.choices.push_back(
            {"", Maybe(*value), source,
             Pin{.kind = Pin::Kind::kSource, .path = field.path, .source = source}});
      const std::size_t before = draft_.questions.size();
      add(std::move(question));
      if (draft_.questions.size() > before)
        draft_.assumptions.push_back({field.path, twin_text(sources[0], sources[1])});
    }
  }

  // The first place of a general path that an expected output has a value at.
  std::pair<std::string, std::string> shown_place(const std::string& path) const {
    for (const Sample& sample : input_.samples) {
      if (!sample.output) continue;
      std::string place = path;
      for (std::size_t at; (at = place.find("[]")) != std::string::npos;) place.insert(at + 1, "0");
      const json::value* value = value_at(*sample.output, place);
      if (value && !value->is_null()) return {place, sample.id};
    }
    return {};
  }

  void finish_questions() {
    std::ranges::stable_sort(draft_.questions, std::greater<>(), &Question::doubt);
    if (draft_.questions.empty() && !draft_.is_complete) ask_for_more();
    if (draft_.questions.size() > kQuestionsMax) {
      draft_.questions_left = draft_.questions.size() - kQuestionsMax;
      draft_.questions.resize(kQuestionsMax);
    }
    int number = 0;
    for (Question& question : draft_.questions) question.number = ++number;
  }

  // Everything that could be asked was answered, and something is unexplained still.
  void ask_for_more() {
    const std::string path = synthesis_.unexplained.empty() ? "" : synthesis_.unexplained[0].path;
    ask_for_sample(draft_.telling ? draft_.telling->sample : "",
                   "What is known does not explain " + (path.empty() ? "the output" : path) +
                       ". Give one more sample that shows it: {\"input\": …, "
                       "\"expectedOutput\": …}.");
  }

  // ---- What the draft tells beside ----

  void add_telling() {
    std::vector<const json::value*> inputs;
    std::vector<const Sample*> open;
    for (const Sample& sample : input_.samples) {
      if (sample.output) continue;
      inputs.push_back(&sample.input);
      open.push_back(&sample);
    }
    if (open.empty()) return;
    // One that a question is about decides that, too.
    for (const Question& question : draft_.questions)
      if (std::ranges::any_of(open, [&](const Sample* s) { return s->id == question.sample; })) {
        draft_.telling = {question.sample, "it tells sources of " + question.path + " apart"};
        return;
      }
    const auto chosen = choose_samples(inputs, 1);
    if (!chosen.empty())
      draft_.telling = {open[chosen.front()]->id, "it shows most that no expected output shows"};
  }

  // Members that the topic requires, at the top, and that the script does not give.
  std::vector<std::string> missing_required() const {
    std::vector<std::string> missing;
    const json::value* required = material_.topic.schema.if_contains("required");
    if (!required || !required->is_array()) return missing;
    for (const json::value& one : required->get_array()) {
      if (!one.is_string()) continue;
      const std::string name(one.get_string());
      const bool is_given = std::ranges::any_of(
          draft_.fields, [&](const Field& field) { return is_around(name, field.path); });
      if (!is_given) missing.push_back(name);
    }
    return missing;
  }

  void note_missing() {
    if (!synthesis_.mapping) return;
    for (const std::string& name : missing_required())
      if (!std::ranges::count(draft_.assumptions, name, &Assumption::path))
        draft_.assumptions.push_back({name, "required by the topic, and in no expected output"});
  }

  // ---- Held back, and left out one by one ----

  std::vector<std::size_t> known() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < input_.samples.size(); ++i)
      if (input_.samples[i].output) all.push_back(i);
    return all;
  }

  // The search without some samples. They are not shown at all, not even as inputs.
  Synthesis learn_without(const std::vector<std::size_t>& held, std::chrono::milliseconds budget) {
    Input part = input_;
    part.rows.clear();
    std::vector<std::size_t> place(input_.rows.size(), input_.rows.size());
    for (std::size_t i = 0; i < input_.rows.size(); ++i) {
      if (std::ranges::count(held, i) > 0) continue;
      place[i] = part.rows.size();
      part.rows.push_back(input_.rows[i]);
    }
    for (Answer& answer : part.options.answers) answer.sample = place[answer.sample];
    std::erase_if(part.options.answers,
                  [&](const Answer& answer) { return answer.sample == input_.rows.size(); });
    return learn(part, budget);
  }

  void hold_back() {
    const std::vector<std::size_t> all = known();
    if (all.size() < kHoldBackLeast) return;
    std::vector<std::size_t> held;
    for (std::size_t i = kHoldBackEach - 1; i < all.size(); i += kHoldBackEach)
      held.push_back(all[i]);
    for (const std::size_t i : held) draft_.held_back.push_back(input_.samples[i].id);
    const Synthesis rest = learn_without(held, left() / 2);
    if (rest.mapping) draft_.held_back_source = printed(rest);
  }

  void leave_one_out() {
    const std::vector<std::size_t> all = known();
    draft_.left_out_of = static_cast<int>(all.size());
    if (all.size() < 2) return;
    for (const std::size_t i : all) {
      if (left() <= std::chrono::milliseconds(0)) break;
      const Synthesis rest = learn_without({i}, left());
      const Maybe given =
          rest.mapping ? evaluate(*rest.mapping, input_.rows[i].input) : std::nullopt;
      if (left() <= std::chrono::milliseconds(0)) break;  // cut short: it says nothing
      ++draft_.left_out;
      std::set<std::string> wrong;
      for (const Diff& diff : diffs_of(input_.rows[i].output, given))
        wrong.insert(general_path(diff.path));
      for (Field& field : draft_.fields) {
        const bool is_wrong = std::ranges::any_of(
            wrong, [&](const std::string& path) { return is_around(path, field.path); });
        if (!is_wrong && !has_at(*input_.rows[i].output, field.path)) continue;
        ++field.tried;
        field.predicted += is_wrong ? 0 : 1;
      }
    }
    for (Field& field : draft_.fields)
      field.confidence *= (field.predicted + 1.0) / (field.tried + 1.0);
  }

  const Material& material_;
  const std::vector<Pin> pins_;  // those that stand
  Input input_;
  Clock::time_point deadline_;
  Synthesis synthesis_;
  Draft draft_;
  std::set<std::string> asked_;
};

// Of an expected output, what an answer corrected; where it is not known, what the answer says.
void state(const Pin& pin, Sample& sample) {
  const bool is_of_it = pin.sample == sample.id && (pin.kind == Pin::Kind::kValue ||
                                                    (pin.kind == Pin::Kind::kKept && pin.value));
  if (is_of_it && !sample.output) sample.stated.push_back({pin.path, pin.value});
  if (!sample.output) return;
  if (is_of_it || pin.kind == Pin::Kind::kConstant) set_at(*sample.output, pin.path, pin.value);
  if (pin.kind == Pin::Kind::kOmitted) set_at(*sample.output, pin.path, std::nullopt);
}

}  // namespace

std::vector<Sample> samples_of(const Material& material) {
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
  for (const Pin& pin : pins)
    for (Sample& sample : samples) state(pin, sample);
  return samples;
}

Draft write(const Material& material) { return Writer(material).write(); }

std::string Field::evidence() const {
  if (seen == 0) return "by its name";
  std::string text =
      std::to_string(held) + " of " + count_text(static_cast<std::size_t>(seen), "place");
  if (tried > 0)
    text += "; foretold in " + std::to_string(predicted) + " of " + std::to_string(tried);
  return text;
}

}  // namespace vouch::adapters::draft
