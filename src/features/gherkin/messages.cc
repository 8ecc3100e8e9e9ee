// The official messages, as boost::json.
#include <boost/json.hpp>

#include "features/gherkin/gherkin.h"

namespace vouch::features::gherkin {
namespace {

namespace json = boost::json;

json::object to_json(const Tag& tag);
json::object to_json(const TableCell& cell);
json::object to_json(const TableRow& row);
json::object to_json(const Step& step);
json::object to_json(const Examples& examples);
json::object to_json(const Comment& comment);
json::object to_json(const PickleStep& step);

template <class Nodes>
json::array all_to_json(const Nodes& nodes) {
  json::array out;
  for (const auto& node : nodes) out.push_back(to_json(node));
  return out;
}

json::object to_json(Location location) {
  json::object out{{"line", location.line}};
  if (location.column > 0) out["column"] = location.column;
  return out;
}

json::object to_json(const Comment& comment) {
  return {{"location", to_json(comment.location)}, {"text", comment.text}};
}

json::object to_json(const Tag& tag) {
  return {{"location", to_json(tag.location)}, {"name", tag.name}, {"id", tag.id}};
}

json::object to_json(const TableCell& cell) {
  return {{"location", to_json(cell.location)}, {"value", cell.value}};
}

json::object to_json(const TableRow& row) {
  return {{"location", to_json(row.location)}, {"cells", all_to_json(row.cells)}, {"id", row.id}};
}

json::object to_json(const DataTable& table) {
  return {{"location", to_json(table.location)}, {"rows", all_to_json(table.rows)}};
}

json::object to_json(const DocString& doc_string) {
  json::object out{{"location", to_json(doc_string.location)},
                   {"content", doc_string.content},
                   {"delimiter", doc_string.delimiter}};
  if (doc_string.media_type) out["mediaType"] = *doc_string.media_type;
  return out;
}

json::object to_json(const Step& step) {
  json::object out{{"location", to_json(step.location)},
                   {"keyword", step.keyword},
                   {"keywordType", to_string(step.keyword_type)},
                   {"text", step.text},
                   {"id", step.id}};
  if (step.data_table) out["dataTable"] = to_json(*step.data_table);
  if (step.doc_string) out["docString"] = to_json(*step.doc_string);
  return out;
}

// What everything with a title line has.
template <class Section>
json::object section_to_json(const Section& section) {
  json::object out{{"location", to_json(section.location)},
                   {"name", section.name},
                   {"description", section.description}};
  // In Markdown a feature needs no keyword.
  if (!section.keyword.empty()) out["keyword"] = section.keyword;
  if constexpr (requires { section.tags; }) out["tags"] = all_to_json(section.tags);
  if constexpr (requires { section.id; }) out["id"] = section.id;
  return out;
}

json::object to_json(const Background& background) {
  json::object out = section_to_json(background);
  out["steps"] = all_to_json(background.steps);
  return out;
}

json::object to_json(const Examples& examples) {
  json::object out = section_to_json(examples);
  if (examples.header) out["tableHeader"] = to_json(*examples.header);
  out["tableBody"] = all_to_json(examples.body);
  return out;
}

json::object to_json(const Scenario& scenario) {
  json::object out = section_to_json(scenario);
  out["steps"] = all_to_json(scenario.steps);
  out["examples"] = all_to_json(scenario.examples);
  return out;
}

template <class Parent>
json::array children_to_json(const Parent& parent) {
  json::array out;
  if (parent.background) out.push_back(json::object{{"background", to_json(*parent.background)}});
  for (const Scenario& scenario : parent.scenarios) {
    out.push_back(json::object{{"scenario", to_json(scenario)}});
  }
  return out;
}

json::object to_json(const Rule& rule) {
  json::object out = section_to_json(rule);
  out["children"] = children_to_json(rule);
  return out;
}

json::object to_json(const Feature& feature) {
  json::object out = section_to_json(feature);
  out["language"] = feature.language;
  json::array children = children_to_json(feature);
  for (const Rule& rule : feature.rules) children.push_back(json::object{{"rule", to_json(rule)}});
  out["children"] = std::move(children);
  return out;
}

json::object doc_string_argument(const PickleStep& step) {
  json::object out{{"content", step.doc_string->content}};
  if (step.doc_string->media_type) out["mediaType"] = *step.doc_string->media_type;
  if (step.table) out["argumentIndex"] = step.table_first ? 2 : 1;
  return out;
}

json::object table_argument(const PickleStep& step) {
  json::array rows;
  for (const auto& row : *step.table) {
    json::array cells;
    for (const std::string& cell : row) cells.push_back(json::object{{"value", cell}});
    rows.push_back(json::object{{"cells", std::move(cells)}});
  }
  json::object out{{"rows", std::move(rows)}};
  if (step.doc_string) out["argumentIndex"] = step.table_first ? 1 : 2;
  return out;
}

json::object to_json(const PickleStep& step) {
  json::object out{{"id", step.id},
                   {"text", step.text},
                   {"type", to_string(step.type)},
                   {"astNodeIds", json::value_from(step.node_ids)}};
  json::object argument;
  if (step.doc_string) argument["docString"] = doc_string_argument(step);
  if (step.table) argument["dataTable"] = table_argument(step);
  if (!argument.empty()) out["argument"] = std::move(argument);
  return out;
}

}  // namespace

std::string_view to_string(StepType type) {
  switch (type) {
    case StepType::kUnknown:
      return "Unknown";
    case StepType::kContext:
      return "Context";
    case StepType::kAction:
      return "Action";
    case StepType::kOutcome:
      return "Outcome";
    case StepType::kConjunction:
      return "Conjunction";
  }
  return "Unknown";
}

json::object to_json(const Document& document, std::string_view uri) {
  json::object out{{"uri", uri}, {"comments", all_to_json(document.comments)}};
  if (document.feature) out["feature"] = to_json(*document.feature);
  return out;
}

json::object to_json(const Pickle& pickle, std::string_view uri) {
  json::array tags;
  for (std::size_t i = 0; i < pickle.tags.size(); ++i) {
    tags.push_back(json::object{{"name", pickle.tags[i]}, {"astNodeId", pickle.tag_node_ids[i]}});
  }
  return {{"id", pickle.id},
          {"uri", uri},
          {"location", to_json(pickle.location())},
          {"name", pickle.name},
          {"language", pickle.language},
          {"steps", all_to_json(pickle.steps)},
          {"tags", std::move(tags)},
          {"astNodeIds", json::value_from(pickle.node_ids)}};
}

}  // namespace vouch::features::gherkin
