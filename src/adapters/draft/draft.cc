#include "adapters/draft/draft.h"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/draft/answer.h"
#include "adapters/draft/asking.h"
#include "adapters/draft/output_paths.h"
#include "adapters/draft/search.h"
#include "adapters/evaluate.h"
#include "adapters/places.h"
#include "adapters/print.h"
#include "adapters/synthesize/schema_only.h"
#include "base/utf8.h"

namespace vouch::adapters::draft {

namespace {

std::string count_text(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

// "4 samples say otherwise"
std::string say_otherwise(std::size_t count) {
  return count_text(count, "sample") + (count == 1 ? " says otherwise" : " say otherwise");
}

class Writer {
 public:
  explicit Writer(const Material& material)
      : material_(material),
        input_(input_of(material)),
        deadline_(material.settings.budget),
        asking_(input_, synthesis_, deadline_, draft_) {}

  Draft write() {
    draft_.by_schema_alone = known(input_).empty();
    if (input_.samples.empty()) {
      asking_.ask_for_sample("", "There is no sample yet. Give one: the JSON that " + provider() +
                                     " sends, or {\"input\": …, \"expectedOutput\": …}.");
    } else if (draft_.by_schema_alone) {
      by_schema();
    } else {
      by_samples();
      hold_back();
      leave_one_out();
    }
    note_overruled();
    for (const Assumption& assumption : synthesis_.assumptions)
      draft_.assumptions.push_back(assumption);
    note_unheeded();
    note_missing();
    note_inexact();
    asking_.note_passed_over();
    if (synthesis_.mapping) draft_.source = printed(synthesis_);
    asking_.finish();
    return std::move(draft_);
  }

 private:
  std::string provider() const {
    return material_.provider.empty() ? "the provider" : material_.provider;
  }

  // ---- The two ways to a mapping ----

  void by_schema() {
    std::vector<const json::value*> inputs;
    inputs.reserve(input_.samples.size());
    for (const Sample& sample : input_.samples) inputs.push_back(&sample.input);
    synthesis_ = map_by_schema(inputs, material_.topic.schema, input_.decisions);
    make_total(synthesis_, input_.rows);
    if (!synthesis_.mapping) {
      asking_.ask_for_sample(
          input_.samples.front().id,
          "Names alone do not say how " + provider() +
              "'s payloads become this topic. What should the script give for sample " +
              input_.samples.front().id + "? Answer with that JSON.");
      return;
    }
    add_fields();
    asking_.sources(true);
    for (const Unexplained& one : synthesis_.unexplained)
      draft_.assumptions.push_back({one.path, "left out: " + one.reason});
    draft_.is_complete = missing_required().empty();
    add_telling();
  }

  void by_samples() {
    synthesis_ = learn(input_, material_.settings.budget / 2);
    discount_overruled();
    add_fields();
    find_faults();
    draft_.is_complete = synthesis_.is_complete();
    asking_.contradictions();
    asking_.sources(false);
    asking_.twins();
    add_telling();
  }

  // Samples that lack what the topic requires, and others have: wrong before anything that explains
  // it is asked about.
  void find_faults() {
    for (const std::size_t i : known(input_)) {
      for (const std::string& path : lacking(material_.topic.schema, *input_.rows[i].output)) {
        const bool is_shown = std::ranges::any_of(known(input_), [&](std::size_t other) {
          return has_at(*input_.rows[other].output, general_path(path));
        });
        if (!is_shown) continue;
        std::erase_if(synthesis_.unexplained,
                      [&](const Unexplained& one) { return one.sample == i && one.path == path; });
        synthesis_.unexplained.push_back(
            {.path = path, .sample = i, .reason = "the topic requires it", .is_fault = true});
      }
    }
  }

  void add_fields() {
    for (adapters::Field& field : synthesis_.fields)
      draft_.fields.push_back({.path = field.path,
                               .source = field.source,
                               .when = field.when,
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

  const Overruled* overruled_at(const std::string& path) const {
    const auto found = std::ranges::find_if(
        input_.overruled, [&](const Overruled& by) { return general_path(by.pin.path) == path; });
    return found == input_.overruled.end() ? nullptr : &*found;
  }

  // What was answered is in no sample of those that it overruled.
  void discount_overruled() {
    for (adapters::Field& field : synthesis_.fields)
      if (const Overruled* by = overruled_at(field.path))
        field.held = std::max(0, field.held - by->places);
  }

  void note_overruled() {
    for (const Overruled& by : input_.overruled) {
      const auto samples = static_cast<std::size_t>(by.samples);
      std::string told;
      if (by.pin.kind == Pin::Kind::kOmitted)
        told = "left out, as was answered; " + count_text(samples, "sample") +
               (samples == 1 ? " has it" : " have it");
      else
        told = "always " + shown(by.pin.value ? &*by.pin.value : nullptr) + ", as was answered; " +
               say_otherwise(samples);
      draft_.assumptions.push_back({general_path(by.pin.path), std::move(told)});
    }
  }

  // What instructions say and samples do not allow, or of a field that there is not. Sources that
  // do not fit are told by Asking.
  void note_unheeded() {
    constexpr std::size_t kSentencesTold = 5;
    constexpr std::size_t kSentenceBytes = 80;
    std::vector<std::string> others = not_understood_in(material_.instructions);
    for (std::size_t i = 0; i < std::min(others.size(), kSentencesTold); ++i)
      draft_.assumptions.push_back(
          {"", "\"" + shortened(others[i], kSentenceBytes) +
                   "\" of the instructions is not understood, and decides nothing: write price is "
                   "unit_price, currency is always \"EUR\", or leave out tax"});
    if (others.size() > kSentencesTold)
      draft_.assumptions.push_back(
          {"", count_text(others.size() - kSentencesTold, "more sentence") +
                   " of the instructions not understood"});
    const std::set<std::string> paths = output_paths(material_);
    for (const Pin& said : pins_in(material_.instructions)) {
      const std::string name = general_path(said.path);
      bool is_known = paths.empty();
      for (const std::string& path : paths) {
        if (!is_end_of_path(path, name)) continue;
        is_known = true;
        const bool is_answered = std::ranges::any_of(input_.pins, [&](const Pin& pin) {
          return is_end_of_path(path, general_path(pin.path));
        });
        if (!is_answered && !draft_.by_schema_alone) note_unheeded(said, path);
      }
      if (!is_known)
        draft_.assumptions.push_back({name,
                                      "what was said of it decides nothing: the output has "
                                      "no field of this name"});
    }
  }

  void note_unheeded(const Pin& said, const std::string& path) {
    if (said.kind == Pin::Kind::kSource &&
        std::ranges::none_of(draft_.fields,
                             [&](const Field& field) { return is_around(path, field.path); }))
      draft_.assumptions.push_back(
          {path, "not from " + said.source + ", as was said: no expected output has it"});
    if (said.kind != Pin::Kind::kConstant && said.kind != Pin::Kind::kOmitted) return;
    std::size_t others = 0;  // samples that say otherwise
    for (const adapters::Sample& row : input_.rows) {
      Maybe output = row.output;
      if (output) set_at(*output, path, said.value);
      others += same(output, row.output) ? 0 : 1;
    }
    if (others == 0) return;
    const std::string what = said.kind == Pin::Kind::kOmitted
                                 ? "left out"
                                 : "always " + shown(said.value ? &*said.value : nullptr);
    draft_.assumptions.push_back({path, "not " + what + ", as was said; " + say_otherwise(others)});
  }

  void note_missing() {
    if (!synthesis_.mapping) return;
    for (const std::string& name : missing_required())
      if (!std::ranges::count(draft_.assumptions, name, &Assumption::path))
        draft_.assumptions.push_back({name, "required by the topic, and in no expected output"});
  }

  // What the mapping copies and the script cannot: its numbers are JavaScript's.
  void note_inexact() {
    if (!synthesis_.mapping) return;
    std::set<std::string> told;
    for (const adapters::Sample& row : input_.rows) {
      const Maybe given = evaluate(*synthesis_.mapping, row.input);
      if (!given) continue;
      for (const std::string& path : inexact_places(*given)) {
        if (!told.insert(general_path(path)).second) continue;
        draft_.assumptions.push_back(
            {general_path(path), "rounded: " + shown(value_at(*given, path)) +
                                     " has more digits than JavaScript keeps in a number"});
      }
    }
  }

  // ---- Held back, and left out one by one ----

  void hold_back() {
    const std::vector<std::size_t> all = known(input_);
    if (all.size() < kHoldBackLeast) return;
    std::vector<std::size_t> held;
    for (std::size_t i = kHoldBackEach - 1; i < all.size(); i += kHoldBackEach)
      held.push_back(all[i]);
    for (const std::size_t i : held) draft_.held_back.push_back(input_.samples[i].id);
    const Synthesis rest = learn_without(input_, held, deadline_.left() / 2);
    if (!rest.mapping) return;
    draft_.held_back_source = printed(rest);
    tell_not_foretold(*rest.mapping, held);
  }

  // What the mapping that was made without these samples does not give of them.
  void tell_not_foretold(const Expr& mapping, const std::vector<std::size_t>& held) {
    std::map<std::string, std::size_t> wrong;  // in how many of them, by general path
    for (const std::size_t i : held) {
      const Maybe given = evaluate(mapping, input_.rows[i].input);
      std::set<std::string> here;
      for (const Diff& diff : diffs_of(input_.rows[i].output, given))
        here.insert(general_path(diff.path));
      for (const std::string& path : here) ++wrong[path];
    }
    for (const auto& [path, count] : wrong)
      if (is_explained(path) && !overruled_at(path))
        draft_.assumptions.push_back({path, "was not foretold in " + std::to_string(count) +
                                                " of " +
                                                count_text(held.size(), "held-back sample")});
  }

  // By a field of it, around it or in it.
  bool is_explained(const std::string& path) const {
    return std::ranges::any_of(draft_.fields, [&](const Field& field) {
      return is_around(field.path, path) || is_around(path, field.path);
    });
  }

  void leave_one_out() {
    const std::vector<std::size_t> all = known(input_);
    draft_.left_out_of = static_cast<int>(all.size());
    if (all.size() < 2) return;
    for (const std::size_t i : all) {
      if (deadline_.left() <= std::chrono::milliseconds(0)) break;
      const Synthesis rest = learn_without(input_, {i}, deadline_.left());
      const Maybe given =
          rest.mapping ? evaluate(*rest.mapping, input_.rows[i].input) : std::nullopt;
      if (deadline_.left() <= std::chrono::milliseconds(0)) break;  // cut short: it says nothing
      ++draft_.left_out;
      std::set<std::string> wrong;
      for (const Diff& diff : diffs_of(input_.rows[i].output, given))
        wrong.insert(general_path(diff.path));
      for (Field& field : draft_.fields) {
        const bool is_wrong = std::ranges::any_of(
            wrong, [&](const std::string& path) { return is_around(path, field.path); });
        if (!is_wrong && !has_at(*input_.rows[i].output, field.path)) continue;
        if (overruled_at(field.path)) continue;  // an answer foretells nothing
        ++field.tried;
        field.predicted += is_wrong ? 0 : 1;
      }
    }
    for (Field& field : draft_.fields) {
      field.confidence *= (field.predicted + 1.0) / (field.tried + 1.0);
      tell_seldom_foretold(field);
    }
  }

  // The others foretold it in fewer than half of the samples that were left out.
  void tell_seldom_foretold(const Field& field) {
    const auto is_of_it = [&](const Assumption& one) { return one.path == field.path; };
    if (draft_.left_out_of < static_cast<int>(kHoldBackLeast) ||
        2 * field.predicted >= field.tried || std::ranges::any_of(draft_.assumptions, is_of_it) ||
        std::ranges::any_of(synthesis_.assumptions, is_of_it))
      return;
    draft_.assumptions.push_back(
        {field.path, "was foretold in " + std::to_string(field.predicted) + " of " +
                         count_text(static_cast<std::size_t>(field.tried), "sample") +
                         " that were left out one by one"});
  }

  const Material& material_;
  const Input input_;
  const Deadline deadline_;
  Synthesis synthesis_;
  Draft draft_;
  Asking asking_;
};

}  // namespace

Draft write(const Material& material) { return Writer(material).write(); }

std::string Field::evidence() const {
  if (seen == 0) return "by its name";
  std::string text =
      std::to_string(held) + " of " + count_text(static_cast<std::size_t>(seen), "place");
  if (tried > 0)
    text += "; foretold in " + std::to_string(predicted) + " of " + std::to_string(tried);
  return text + (when.empty() ? "" : ", where " + when);
}

}  // namespace vouch::adapters::draft
