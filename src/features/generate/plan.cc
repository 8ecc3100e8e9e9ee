#include "features/generate/plan.h"

#include <algorithm>
#include <boost/json.hpp>

#include "features/generate/generation.h"
#include "features/ground/made_up_file.h"
#include "runs/egress.h"

namespace vouch::features::generate {

namespace json = boost::json;

namespace {

constexpr std::size_t kValuesBytesMax = 80;  // of an example's values in a title
constexpr std::string_view kOnceTag = "@repeatable:false";

std::string text(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The examples row that the pickle was made with: (column, value).
std::vector<std::pair<std::string, std::string>> example_of(const gherkin::Scenario& scenario,
                                                            const gherkin::Pickle& pickle) {
  std::vector<std::pair<std::string, std::string>> example;
  if (!pickle.example_location) return example;
  for (const gherkin::Examples& examples : scenario.examples) {
    for (const gherkin::TableRow& row : examples.body) {
      if (row.location != *pickle.example_location) continue;
      for (std::size_t i = 0; i < row.cells.size(); ++i)
        example.emplace_back(examples.header->cells[i].value, row.cells[i].value);
    }
  }
  return example;
}

// What tells the test of one examples row from its like.
std::string example_title(const PlannedTest& test) {
  std::string values;
  for (const auto& [column, value] : test.example)
    values += (values.empty() ? "" : ", ") + (value.empty() ? "\"\"" : value);
  if (values.size() > kValuesBytesMax)
    values = "line " + std::to_string(test.pickle.example_location->line);
  return test.pickle.name + " (" + values + ")";
}

std::optional<browser::HttpCall> reset_hook(const json::object& settings) {
  const json::value* reset = settings.if_contains("reset");
  if (!reset || !reset->is_object()) return std::nullopt;
  browser::HttpCall call;
  const json::object& from = reset->get_object();
  if (std::string method = text(from, "method"); !method.empty()) call.method = method;
  call.url = text(from, "url");
  call.body = text(from, "body");
  if (const json::value* headers = from.if_contains("headers"); headers && headers->is_object()) {
    for (const auto& [name, value] : headers->get_object()) {
      if (value.is_string()) call.headers[name] = value.get_string();
    }
  }
  return call;
}

// By what steps call them; made up is only what is in none of them.
std::map<std::string, browser::Action::File> files_of(const json::object& payload) {
  std::map<std::string, browser::Action::File> files;
  const json::value* given = payload.if_contains("files");
  if (given == nullptr || !given->is_object()) return files;
  for (const auto& [name, content] : given->get_object()) {
    if (!content.is_string()) continue;
    browser::Action::File file = ground::made_up_files(name).front();
    file.base64 = content.get_string();
    files.emplace(name, std::move(file));
  }
  return files;
}

}  // namespace

Result<Plan> make_plan(const json::object& payload, bool allow_loopback, bool allow_private) {
  Plan plan;
  plan.site.url = text(payload, "siteUrl");
  const std::string on_ambiguity = text(payload, "onAmbiguity");
  if (on_ambiguity == "guess") plan.site.on_ambiguity = ground::OnAmbiguity::kGuess;
  if (on_ambiguity == "ask") plan.site.on_ambiguity = ground::OnAmbiguity::kAsk;
  if (const json::value* answers = payload.if_contains("answers");
      answers && answers->is_object()) {
    for (const auto& [question, key] : answers->get_object()) {
      if (key.is_string()) plan.site.answers[question] = key.get_string();
    }
  }
  json::object settings;
  if (const json::value* given = payload.if_contains("settings"); given && given->is_object())
    settings = given->get_object();
  plan.site.reset = reset_hook(settings);
  plan.site.access = read_site_access(settings);
  if (const json::value* repeatable = settings.if_contains("repeatable");
      repeatable && repeatable->is_bool()) {
    plan.site.repeatable = repeatable->get_bool();
  }
  if (const json::value* variables = settings.if_contains("variables");
      variables && variables->is_object()) {
    for (const auto& [name, value] : variables->get_object()) {
      if (value.is_string()) plan.site.variables[name] = value.get_string();
    }
  }
  VOUCH_TRY(plan.egress, runs::egress_of(payload, allow_loopback, allow_private));

  auto document = gherkin::parse(text(payload, "gherkin"), {});
  if (!document)
    return fail(ErrorCode::kInvalidRequest, gherkin::to_string(document.error().front()));
  if (!document->feature) return fail(ErrorCode::kInvalidRequest, "The file holds no feature.");
  plan.feature_name =
      document->feature->name.empty() ? text(payload, "featureName") : document->feature->name;
  auto compiled = gherkin::compile(*document);
  if (!compiled) return fail(ErrorCode::kInvalidRequest, gherkin::to_string(compiled.error()));
  const std::vector<gherkin::Pickle>& pickles = *compiled;
  if (pickles.size() > kScenariosMax) {
    return fail(ErrorCode::kInvalidRequest, "The feature has " + std::to_string(pickles.size()) +
                                                " scenarios, examples counted; at most " +
                                                std::to_string(kScenariosMax) +
                                                " are generated at once. Split it.");
  }
  VOUCH_TRY(plan.site.words, ProjectContext::parse(settings));
  VOUCH_TRY(plan.site.own_steps, OwnSteps::parse(text(settings, "steps")));
  plan.site.files = files_of(payload);
  plan.site.passwords = ground::passwords_in(pickles, plan.site.own_steps);
  plan.site.reads_downloads = ground::says_what_files_hold(pickles, plan.site.own_steps);
  // A section for each scenario of the file, also for one that makes no test (no steps, no
  // examples).
  auto add_sections = [&](const std::vector<gherkin::Scenario>& scenarios) {
    for (const gherkin::Scenario& scenario : scenarios) {
      PlannedSection section;
      section.ordinal = static_cast<std::int64_t>(plan.sections.size()) + 1;
      section.title = scenario.name;
      section.repeatable = plan.site.repeatable;
      for (const gherkin::Pickle& pickle : pickles) {
        if (pickle.scenario_location != scenario.location) continue;
        PlannedTest test{pickle.name, pickle.rule_name, pickle, example_of(scenario, pickle)};
        if (pickle.example_location && pickle.name == pickle.scenario_name)
          test.title = example_title(test);
        section.has_then =
            section.has_then ||
            std::any_of(pickle.steps.begin(), pickle.steps.end(), [](const auto& step) {
              return step.type == gherkin::StepType::kOutcome ||
                     step.type == gherkin::StepType::kUnknown;
            });
        if (std::find(pickle.tags.begin(), pickle.tags.end(), kOnceTag) != pickle.tags.end())
          section.repeatable = false;
        section.tests.push_back(std::move(test));
      }
      plan.sections.push_back(std::move(section));
    }
  };
  add_sections(document->feature->scenarios);
  for (const gherkin::Rule& rule : document->feature->rules) add_sections(rule.scenarios);
  return plan;
}

}  // namespace vouch::features::generate
