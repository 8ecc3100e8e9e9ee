#include "features/gherkin/numbering.h"

#include <string>

namespace vouch::features::gherkin {
namespace {

class Numbering {
 public:
  void number(Feature& feature) {
    if (feature.background) number(*feature.background);
    number_all(feature.scenarios);
    number_all(feature.rules);
    number_all(feature.tags);
  }
  std::int64_t next() const { return next_; }

 private:
  template <class Nodes>
  void number_all(Nodes& nodes) {
    for (auto& node : nodes) number(node);
  }
  template <class Node>
  void give_id(Node& node) {
    node.id = std::to_string(next_++);
  }

  void number(Tag& tag) { give_id(tag); }
  void number(TableRow& row) { give_id(row); }
  void number(Step& step) {
    if (step.data_table) number_all(step.data_table->rows);
    give_id(step);
  }
  void number(Background& background) {
    number_all(background.steps);
    give_id(background);
  }
  void number(Examples& examples) {
    if (examples.header) number(*examples.header);
    number_all(examples.body);
    number_all(examples.tags);
    give_id(examples);
  }
  void number(Scenario& scenario) {
    number_all(scenario.steps);
    number_all(scenario.examples);
    number_all(scenario.tags);
    give_id(scenario);
  }
  void number(Rule& rule) {
    if (rule.background) number(*rule.background);
    number_all(rule.scenarios);
    number_all(rule.tags);
    give_id(rule);
  }

  std::int64_t next_ = 0;
};

}  // namespace

void assign_ids(Document& document) {
  Numbering numbering;
  if (document.feature) numbering.number(*document.feature);
  document.next_id = numbering.next();
}

}  // namespace vouch::features::gherkin
