// From the syntax tree to pickles.
#include <utility>

#include "features/gherkin/gherkin.h"
#include "features/gherkin/text.h"

namespace vouch::features::gherkin {
namespace {

// What a pickle or step costs beside its text, so that a great many empty ones reach the limit too.
constexpr std::size_t kItemBytes = 64;

// The values of one examples row. A scenario that is no outline has none.
struct Row {
  const TableRow* header = nullptr;
  const TableRow* values = nullptr;
};

// What the scenarios of a feature or rule have in common.
struct Surroundings {
  std::vector<const Tag*> tags;
  std::vector<const Step*> background;
  std::string_view rule_name;
};

class Compiler {
 public:
  explicit Compiler(const Document& document) : next_id_(document.next_id) {}

  std::expected<std::vector<Pickle>, ParseError> compile(const Feature& feature) {
    language_ = feature.language;
    const Surroundings outer = extend({}, feature.tags, feature.background);
    compile_all(feature.scenarios, outer);
    for (const Rule& rule : feature.rules) {
      Surroundings inner = extend(outer, rule.tags, rule.background);
      inner.rule_name = rule.name;
      compile_all(rule.scenarios, inner);
    }
    if (error_) return std::unexpected(*std::move(error_));
    return std::move(pickles_);
  }

 private:
  static Surroundings extend(Surroundings outer, const std::vector<Tag>& tags,
                             const std::optional<Background>& background) {
    for (const Tag& tag : tags) outer.tags.push_back(&tag);
    if (background) {
      for (const Step& step : background->steps) outer.background.push_back(&step);
    }
    return outer;
  }

  void compile_all(const std::vector<Scenario>& scenarios, const Surroundings& surroundings) {
    for (const Scenario& scenario : scenarios) {
      if (scenario.examples.empty()) add_pickle(scenario, surroundings, nullptr, {});
      for (const Examples& examples : scenario.examples) {
        if (!examples.header) continue;
        for (const TableRow& values : examples.body) {
          add_pickle(scenario, surroundings, &examples, {&*examples.header, &values});
          if (error_) return;
        }
      }
      if (error_) return;
    }
  }

  void add_pickle(const Scenario& scenario, const Surroundings& surroundings,
                  const Examples* examples, Row row) {
    Pickle pickle{.name = interpolate(scenario.name, row),
                  .scenario_name = scenario.name,
                  .scenario_location = scenario.location,
                  .language = std::string(language_),
                  .rule_name = std::string(surroundings.rule_name),
                  .node_ids = {scenario.id}};
    if (row.values != nullptr) {
      pickle.example_location = row.values->location;
      pickle.node_ids.push_back(row.values->id);
    }
    spend(kItemBytes + scenario.name.size() + surroundings.rule_name.size());
    add_steps(pickle, scenario, surroundings, row);
    pickle.id = take_id();
    for (const Tag* tag : surroundings.tags) add_tag(pickle, *tag);
    for (const Tag& tag : scenario.tags) add_tag(pickle, tag);
    if (examples != nullptr) {
      for (const Tag& tag : examples->tags) add_tag(pickle, tag);
    }
    if (over_budget() || pickles_.size() >= kPicklesMax) return refuse(scenario.location);
    pickles_.push_back(std::move(pickle));
  }

  void add_tag(Pickle& pickle, const Tag& tag) {
    if (!spend(kItemBytes + tag.name.size())) return;
    pickle.tags.push_back(tag.name);
    pickle.tag_node_ids.push_back(tag.id);
  }

  // The background is for steps that need it: a scenario without steps stays empty.
  void add_steps(Pickle& pickle, const Scenario& scenario, const Surroundings& surroundings,
                 Row row) {
    if (scenario.steps.empty()) return;
    StepType type = StepType::kUnknown;
    for (const Step* step : surroundings.background) {
      if (step->keyword_type != StepType::kConjunction) type = step->keyword_type;
      if (!spend(kItemBytes)) return;
      pickle.steps.push_back(make_step(*step, type, {}));
      pickle.steps.back().background = true;
    }
    for (const Step& step : scenario.steps) {
      if (step.keyword_type != StepType::kConjunction) type = step.keyword_type;
      if (!spend(kItemBytes)) return;
      pickle.steps.push_back(make_step(step, type, row));
    }
  }

  PickleStep make_step(const Step& step, StepType type, Row row) {
    PickleStep out{.id = take_id(),
                   .text = interpolate(step.text, row),
                   .type = type,
                   .keyword = std::string(trim(step.keyword)),
                   .location = step.location,
                   .node_ids = {step.id}};
    if (row.values != nullptr) out.node_ids.push_back(row.values->id);
    if (step.data_table) out.table = make_table(*step.data_table, row);
    if (step.doc_string) {
      out.doc_string = step.doc_string;
      out.doc_string->content = interpolate(step.doc_string->content, row);
      if (out.doc_string->media_type) {
        out.doc_string->media_type = interpolate(*step.doc_string->media_type, row);
      }
    }
    out.table_first =
        step.data_table && step.doc_string && step.data_table->location < step.doc_string->location;
    return out;
  }

  std::vector<std::vector<std::string>> make_table(const DataTable& table, Row row) {
    std::vector<std::vector<std::string>> out;
    for (const TableRow& source : table.rows) {
      std::vector<std::string>& cells = out.emplace_back();
      for (const TableCell& cell : source.cells) {
        if (!spend(kItemBytes)) return out;
        cells.push_back(interpolate(cell.value, row));
      }
    }
    return out;
  }

  // Column after column, as the official compiler does: a value that contains <a later column> is
  // replaced again.
  std::string interpolate(const std::string& text, Row row) {
    std::string out = text;
    if (!spend(out.size()) || row.header == nullptr || !out.contains('<')) return out;
    for (std::size_t i = 0; i < row.header->cells.size(); ++i) {
      const std::string placeholder = "<" + row.header->cells[i].value + ">";
      // Looking costs time as writing costs memory: both are paid from the budget.
      if (!spend(out.size())) return {};
      out = replace_all(out, placeholder, row.values->cells[i].value);
    }
    return out;
  }

  std::string replace_all(const std::string& text, std::string_view from, std::string_view to) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t i = text.find(from); i != std::string::npos; i = text.find(from, done)) {
      if (!spend(to.size())) return {};
      out.append(text, done, i - done).append(to);
      done = i + from.size();
    }
    return out.append(text, done);
  }

  std::string take_id() { return std::to_string(next_id_++); }

  // False when the budget is gone: what is being built is then thrown away.
  bool spend(std::size_t bytes) {
    bytes_ += bytes;
    return !over_budget();
  }
  bool over_budget() const { return bytes_ > kPickleBytesMax; }

  void refuse(Location location) {
    error_ =
        ParseError{location, "the feature expands to more than " + std::to_string(kPicklesMax) +
                                 " scenarios or " + std::to_string(kPickleBytesMax >> 20U) +
                                 " MiB: use fewer examples or split it into several files"};
  }

  std::int64_t next_id_;
  std::string_view language_;
  std::size_t bytes_ = 0;
  std::vector<Pickle> pickles_;
  std::optional<ParseError> error_;
};

}  // namespace

std::expected<std::vector<Pickle>, ParseError> compile(const Document& document) {
  if (!document.feature) return std::vector<Pickle>{};
  return Compiler(document).compile(*document.feature);
}

}  // namespace vouch::features::gherkin
