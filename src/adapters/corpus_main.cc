// vouch-corpus: how well adapters are learned from samples, by corpus.
//   vouch-corpus --corpus DIR [--only NAME] [--k N] [--pick first|chosen] [--questions N] [--blind]
//                [--half 0|1] [--failures] [--task ID] [--show] [--print] [--classes]
//                [--corrupt] [--schema-only] [--check-printed NODE]
// DIR holds NAME.jsonl.gz, a task a line: {id, corpus, group, records: [{in, out}], notes}. Of each
// task with more than K records, K are learned from, all others are predicted from their `in`;
// solved is a task whose every other record is predicted exactly; silent one that is wrong in a
// leaf whose own path is not among the assumptions; untold one where nothing around or inside that
// leaf is assumed or unexplained either. `notes` are not shown to the learner. `--blind` hides the
// other records' inputs, too. `--corrupt` puts a fresh value into one copied field of one of four
// records, and counts the tasks that are completed all the same; then so with each field that is
// made of a source otherwise (scaled, re-cased, dated, looked up …).
// `--classes` counts the assumptions by their reason: where the place is wrong in some record (the
// assumption was worth telling), and where it is right, in tasks that are solved and in others.
// `--schema-only` maps by the names and types of a schema made from the outputs, which are not
// shown.
// `--check-printed` runs each task's printed script with that Node on all inputs, and counts where
// it does not give what the mapping gives.
#include <zlib.h>

#include <boost/json.hpp>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "adapters/evaluate.h"
#include "adapters/places.h"
#include "adapters/print.h"
#include "adapters/synthesize/schema_only.h"
#include "adapters/synthesize/synthesize.h"

namespace {

namespace json = boost::json;
namespace va = vouch::adapters;

struct Task {
  std::string id;
  std::string group;
  std::vector<json::value> inputs;
  std::vector<json::value> outputs;
  json::object notes;
};

struct Settings {
  std::string folder;
  std::string only;
  std::string task;
  int k = 0;  // 0: the corpus's own
  int questions = 0;
  int half = -1;
  bool chosen = true;
  bool blind = false;
  bool failures = false;
  bool show = false;
  bool print = false;
  bool classes = false;
  bool corrupt = false;
  bool schema_only = false;
  std::string node;
};

struct Score {
  std::size_t tasks = 0;
  std::size_t solved = 0;
  std::size_t silent = 0;  // wrong in a leaf whose own path is not in `assumptions`
  std::size_t untold = 0;  // … and that nothing around or inside it is told of either
  std::size_t leaves = 0;
  std::size_t leaves_right = 0;
  std::size_t asked = 0;
  std::size_t assumptions_of_solved = 0;
  std::vector<double> millis;
};

std::vector<const json::value*> pointers_to(const std::vector<json::value>& values) {
  std::vector<const json::value*> pointers;
  pointers.reserve(values.size());
  for (const json::value& value : values) pointers.push_back(&value);
  return pointers;
}

// Which half a group is in, so that what is built looking at one can be judged by the other.
int half_of(const std::string& group) {
  std::uint32_t hash = 2166136261U;
  for (const char c : group) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return static_cast<int>(hash & 1U);
}

std::string read_gzip(const std::string& name) {
  std::string text;
  gzFile file = gzopen(name.c_str(), "rb");
  if (!file) return text;
  char buffer[1 << 16];
  for (int count; (count = gzread(file, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(count));
  gzclose(file);
  return text;
}

std::vector<Task> read_tasks(const Settings& settings, const std::string& corpus) {
  std::vector<Task> tasks;
  const std::string text = read_gzip(settings.folder + "/" + corpus + ".jsonl.gz");
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (end > from) {
      const json::value line = json::parse(std::string_view(text).substr(from, end - from));
      Task task;
      task.id = line.at("id").as_string();
      task.group = line.at("group").as_string();
      task.notes = line.at("notes").as_object();
      for (const json::value& record : line.at("records").as_array()) {
        task.inputs.push_back(record.at("in"));
        task.outputs.push_back(record.at("out"));
      }
      tasks.push_back(std::move(task));
    }
    from = end + 1;
  }
  return tasks;
}

std::size_t k_of(const Settings& settings, const std::string& corpus, const Task& task) {
  if (settings.k > 0) return static_cast<std::size_t>(settings.k);
  if (corpus == "rudder")
    return std::max<std::size_t>(
        3, static_cast<std::size_t>(std::ceil(0.6 * static_cast<double>(task.inputs.size()))));
  if (corpus == "jsonata") return 6;
  return corpus == "nango" ? 3 : 1;
}

// Every place where two values differ, and how many leaves the expected one has.
void compare(const json::value* expected, const json::value* got, const std::string& path,
             std::vector<std::string>& wrong, std::size_t& leaves) {
  if (expected && expected->is_object() && !expected->get_object().empty()) {
    const json::object* other = got && got->is_object() ? &got->get_object() : nullptr;
    for (const auto& member : expected->get_object())
      compare(&member.value(), other ? other->if_contains(member.key()) : nullptr,
              path.empty() ? std::string(member.key()) : path + "." + std::string(member.key()),
              wrong, leaves);
    if (other) {
      for (const auto& member : *other)
        if (!expected->get_object().if_contains(member.key()))
          wrong.push_back(path.empty() ? std::string(member.key())
                                       : path + "." + std::string(member.key()));
    }
    return;
  }
  if (expected && expected->is_array() && !expected->get_array().empty() && got &&
      got->is_array() && got->get_array().size() == expected->get_array().size()) {
    for (std::size_t i = 0; i < expected->get_array().size(); ++i)
      compare(&expected->get_array()[i], &got->get_array()[i], path + "[" + std::to_string(i) + "]",
              wrong, leaves);
    return;
  }
  ++leaves;
  if (!va::same(expected, got)) wrong.push_back(path);
}

bool is_assumed(const va::Synthesis& synthesis, const std::string& wrong) {
  return std::ranges::any_of(synthesis.assumptions, [&](const auto& assumption) {
    return va::general_path(assumption.path) == va::general_path(wrong);
  });
}

// A wrong place is told of if it, or what it is in or what is in it, is in question.
bool is_told(const va::Synthesis& synthesis, const std::string& wrong) {
  const std::string path = va::general_path(wrong);
  const auto covers = [&](const std::string& told) {
    const std::string other = va::general_path(told);
    return other.empty() || path == other || path.starts_with(other + ".") ||
           path.starts_with(other + "[") || path.empty() || other.starts_with(path + ".") ||
           other.starts_with(path + "[");
  };
  return std::ranges::any_of(synthesis.assumptions,
                             [&](const auto& a) { return covers(a.path); }) ||
         std::ranges::any_of(synthesis.unexplained, [&](const auto& a) { return covers(a.path); });
}

struct Outcome {
  va::Synthesis synthesis;
  std::vector<std::string> wrong;     // places, of all records predicted
  std::vector<std::size_t> wrong_in;  // records
  std::size_t leaves = 0;
  std::size_t asked = 0;
  double millis = 0;
};

va::Synthesis learn(const std::vector<va::Sample>& samples, const va::SynthesisOptions& options,
                    double& millis) {
  const auto start = std::chrono::steady_clock::now();
  va::Synthesis synthesis = va::synthesize(samples, options);
  millis =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return synthesis;
}

Outcome attempt(const Task& task, const std::vector<std::size_t>& learned,
                const Settings& settings) {
  std::vector<va::Sample> samples;
  std::vector<std::size_t> record_of;
  for (std::size_t i = 0; i < task.inputs.size(); ++i) {
    const bool is_known = std::ranges::count(learned, i) > 0;
    if (!is_known && settings.blind) continue;
    samples.push_back({task.inputs[i], is_known ? va::Maybe(task.outputs[i]) : std::nullopt});
    record_of.push_back(i);
  }
  Outcome outcome;
  va::SynthesisOptions options;
  outcome.synthesis = learn(samples, options, outcome.millis);
  std::set<std::string> asked;
  for (int round = 0; round < settings.questions; ++round) {
    const va::Question* question = nullptr;
    for (const va::Question& one : outcome.synthesis.questions)
      if (!question && asked.insert(va::general_path(one.path)).second) question = &one;
    if (!question) break;
    ++outcome.asked;
    const json::value* truth =
        va::value_at(task.outputs[record_of[question->sample]], question->path);
    options.answers.push_back(
        {question->path, question->sample, truth ? va::Maybe(*truth) : std::nullopt});
    double more = 0;
    outcome.synthesis = learn(samples, options, more);
  }
  for (std::size_t i = 0; i < task.inputs.size(); ++i) {
    if (std::ranges::count(learned, i) > 0) continue;
    const va::Maybe got = outcome.synthesis.mapping
                              ? va::evaluate(*outcome.synthesis.mapping, task.inputs[i])
                              : std::nullopt;
    const std::size_t before = outcome.wrong.size();
    compare(&task.outputs[i], got ? &*got : nullptr, "", outcome.wrong, outcome.leaves);
    for (std::size_t w = before; w < outcome.wrong.size(); ++w) outcome.wrong_in.push_back(i);
  }
  return outcome;
}

// Every place that is wrong, once for all its rows.
void show_failure(const Task& task, const Outcome& outcome) {
  std::set<std::string> places;
  for (std::size_t i = 0; i < outcome.wrong.size(); ++i) {
    const std::string& path = outcome.wrong[i];
    const std::string place = va::general_path(path);
    if (places.size() >= 12 || !places.insert(place).second) continue;
    const std::size_t record = outcome.wrong_in[i];
    const va::Maybe got = outcome.synthesis.mapping
                              ? va::evaluate(*outcome.synthesis.mapping, task.inputs[record])
                              : std::nullopt;
    std::printf("  %s %s record %zu at %s: expected %s, got %s (%zu wrong)\n",
                is_assumed(outcome.synthesis, path) ? "told  " : "SILENT", task.id.c_str(), record,
                path.c_str(), va::shown(va::value_at(task.outputs[record], path), 100).c_str(),
                va::shown(got ? va::value_at(*got, path) : nullptr, 100).c_str(),
                outcome.wrong.size());
    for (const va::Field& field : outcome.synthesis.fields)
      if (va::general_path(field.path) == place)
        std::printf("         from %s (%d of %d)\n", field.source.c_str(), field.held, field.seen);
  }
}

void show(const va::Synthesis& synthesis) {
  for (const va::Field& field : synthesis.fields) {
    std::printf("    %-40s %s  %d/%d %.2f\n", field.path.c_str(), field.source.c_str(), field.held,
                field.seen, field.confidence);
    for (const va::Alternative& other : field.alternatives)
      std::printf("    %-40s   or %s %.2f\n", "", other.source.c_str(), other.confidence);
  }
  for (const auto& one : synthesis.assumptions)
    std::printf("    assumed %s: %s\n", one.path.c_str(), one.reason.c_str());
  for (const auto& one : synthesis.questions) {
    std::printf("    ask %s of %zu (%.2f):", one.path.c_str(), one.sample, one.doubt);
    for (const auto& choice : one.choices)
      std::printf(" [%s = %s]", choice.source.c_str(),
                  va::shown(choice.value ? &*choice.value : nullptr, 40).c_str());
    std::printf("\n");
  }
  for (const auto& one : synthesis.unexplained)
    std::printf("    unexplained %s of %zu: %s, %s\n", one.path.c_str(), one.sample,
                va::shown(&one.value, 60).c_str(), one.reason.c_str());
}

// ---- The printed script ----

// Equal but for integers that JavaScript cannot hold.
bool same_in_javascript(const json::value& a, const json::value& b) {
  if (va::is_number(a) && va::is_number(b))
    return va::same(json::value(*va::number_of(a)), json::value(*va::number_of(b)));
  if (a.is_array() && b.is_array())
    return std::ranges::equal(a.get_array(), b.get_array(), same_in_javascript);
  if (!a.is_object() || !b.is_object()) return va::same(a, b);
  return a.get_object().size() == b.get_object().size() &&
         std::ranges::all_of(a.get_object(), [&](const auto& member) {
           const json::value* other = b.get_object().if_contains(member.key());
           return other && same_in_javascript(member.value(), *other);
         });
}

struct Printed {
  std::string id;
  std::string script;
  std::vector<json::value> inputs;
  std::vector<va::Maybe> expected;
};

// Runs all scripts in one Node; a line for each input comes back, "" for undefined.
std::size_t disagreements(const std::vector<Printed>& all, const std::string& node) {
  std::string base = std::filesystem::temp_directory_path() / "vouch-corpus-XXXXXX";
  if (!mkdtemp(base.data())) return 1;
  json::array tasks;
  for (const Printed& one : all)
    tasks.push_back(
        {{"script", one.script}, {"inputs", json::array(one.inputs.begin(), one.inputs.end())}});
  std::ofstream(base + "/tasks.json") << json::serialize(tasks);
  std::ofstream(base + "/run.js") << R"(
    var out = [];
    JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8')).forEach(function (task) {
      var transform;
      try { transform = new Function('"use strict";' + task.script + '; return transform;')(); }
      catch (error) { transform = function () { throw error; }; }
      task.inputs.forEach(function (input) {
        try { var made = transform(input, {}); out.push(made === undefined ? '' : JSON.stringify(made)); }
        catch (error) { out.push(JSON.stringify('thrown: ' + error.message)); }
      });
    });
    console.log(out.join(String.fromCharCode(10)));
  )";
  const std::string command =
      node + " " + base + "/run.js " + base + "/tasks.json > " + base + "/out";
  if (std::system(command.c_str()) != 0) return 1;
  std::ifstream lines(base + "/out");
  std::size_t wrong = 0;
  for (const Printed& one : all) {
    for (std::size_t i = 0; i < one.inputs.size(); ++i) {
      std::string line;
      std::getline(lines, line);
      const va::Maybe got = line.empty() ? std::nullopt : va::Maybe(json::parse(line));
      const bool is_same = got && one.expected[i] ? same_in_javascript(*got, *one.expected[i])
                                                  : !got && !one.expected[i];
      if (is_same) continue;
      ++wrong;
      std::printf("  printed differs: %s record %zu: %s, mapping %s\n", one.id.c_str(), i,
                  line.substr(0, 300).c_str(),
                  va::shown(one.expected[i] ? &*one.expected[i] : nullptr, 300).c_str());
    }
  }
  std::filesystem::remove_all(base);
  return wrong;
}

Printed printed(const Task& task, const va::Synthesis& synthesis) {
  Printed one{.id = task.id, .inputs = task.inputs};
  one.script = va::print(synthesis, {.provider = task.group, .topic = task.id, .payload = "input"});
  for (const json::value& input : task.inputs)
    one.expected.push_back(synthesis.mapping ? va::evaluate(*synthesis.mapping, input)
                                             : std::nullopt);
  return one;
}

// ---- Wrong samples ----

// Puts a fresh value where the output's member is one of the input's; the name of the member.
std::string corrupt(const json::value& input, json::value& output) {
  if (!input.is_object() || !output.is_object()) return {};
  for (auto& member : output.get_object()) {
    const json::value* source = input.get_object().if_contains(member.key());
    if (!source || !va::same(*source, member.value())) continue;
    if (member.value().is_string() && member.value().get_string().size() > 2) {
      member.value() = "Qzx" + std::string(member.value().get_string()).substr(2) + "w7";
      return std::string(member.key());
    }
  }
  return {};
}

// ---- A schema and no outputs ----

void add_types(const std::vector<const json::value*>& values, json::object& schema) {
  std::set<std::string> types;
  std::vector<const json::value*> objects;
  std::vector<const json::value*> items;
  for (const json::value* value : values) {
    if (value->is_object()) objects.push_back(value);
    if (value->is_array())
      for (const json::value& item : value->get_array()) items.push_back(&item);
    types.insert(value->is_null()     ? "null"
                 : value->is_bool()   ? "boolean"
                 : value->is_string() ? "string"
                 : value->is_array()  ? "array"
                 : value->is_object() ? "object"
                                      : "number");
  }
  schema["type"] = json::array(types.begin(), types.end());
  if (!items.empty()) add_types(items, schema["items"].emplace_object());
  if (objects.empty()) return;
  std::map<std::string, std::vector<const json::value*>> members;
  for (const json::value* object : objects)
    for (const auto& member : object->get_object())
      members[member.key()].push_back(&member.value());
  json::array required;
  json::object properties;
  for (const auto& [name, inside] : members) {
    if (inside.size() == objects.size()) required.emplace_back(name);
    add_types(inside, properties[name].emplace_object());
  }
  schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
}

struct SchemaScore {
  std::size_t fields = 0;
  std::size_t mapped = 0;
  std::size_t right = 0;
  std::size_t alike = 0;  // whose value stands under the same name, in any case, in every record
  std::size_t alike_right = 0;
  std::size_t other_right = 0;
};

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c))) plain += static_cast<char>(std::tolower(c));
  return plain;
}

// Whether a member of that name, at any depth but in no list, has that value.
bool stands_in(const json::value& input, const std::string& name, const json::value& value) {
  if (!input.is_object()) return false;
  return std::ranges::any_of(input.get_object(), [&](const auto& member) {
    return (plain_name(member.key()) == name && va::same(member.value(), value)) ||
           stands_in(member.value(), name, value);
  });
}

// Every place of the outputs outside lists: right, where all records that have it are.
void score_schema(const Task& task, SchemaScore& score, bool tell) {
  const std::vector<const json::value*> inputs = pointers_to(task.inputs);
  json::object schema;
  add_types(pointers_to(task.outputs), schema);
  const va::Synthesis synthesis = va::map_by_schema(inputs, schema);
  std::set<std::string> mapped;
  for (const va::Field& field : synthesis.fields) mapped.insert(va::general_path(field.path));
  std::set<std::string> places;
  std::set<std::string> wrong_places;
  std::set<std::string> unlike;
  for (std::size_t i = 0; i < task.inputs.size(); ++i) {
    const va::Maybe got =
        synthesis.mapping ? va::evaluate(*synthesis.mapping, task.inputs[i]) : std::nullopt;
    std::vector<std::string> wrong;
    std::size_t leaves = 0;
    compare(&task.outputs[i], got ? &*got : nullptr, "", wrong, leaves);
    for (const std::string& path : wrong) wrong_places.insert(va::general_path(path));
    std::vector<std::string> all;
    compare(&task.outputs[i], nullptr, "", all, leaves);
    for (const std::string& path : all) {
      places.insert(va::general_path(path));
      const json::value* value = va::value_at(task.outputs[i], path);
      const std::string name = plain_name(path.substr(path.rfind('.') + 1));
      if (!value || !stands_in(task.inputs[i], name, *value)) unlike.insert(va::general_path(path));
    }
  }
  for (const std::string& place : places) {
    ++score.fields;
    const bool is_alike = !unlike.contains(place);
    score.alike += is_alike ? 1 : 0;
    const bool is_mapped = mapped.contains(place);
    const bool is_right = is_mapped && !wrong_places.contains(place);
    score.mapped += is_mapped ? 1 : 0;
    score.right += is_right ? 1 : 0;
    (is_alike ? score.alike_right : score.other_right) += is_right ? 1 : 0;
    if (tell && (is_mapped || is_alike) && !is_right)
      std::printf("  %s %s %s\n", is_mapped ? "wrong" : "left out", task.id.c_str(), place.c_str());
  }
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void print(const std::string& name, const SchemaScore& score) {
  std::printf(
      "%-24s schema only: %zu fields, %zu mapped, right %.1f %%; copied or re-cased %zu, "
      "mapped right %.1f %%; others %zu, mapped right %.1f %%\n",
      name.c_str(), score.fields, score.mapped, percent(score.right, score.mapped), score.alike,
      percent(score.alike_right, score.alike), score.fields - score.alike,
      percent(score.other_right, score.fields - score.alike));
}

struct CorruptScore {
  std::size_t tried = 0;
  std::size_t completed = 0;
  std::size_t named = 0;
};

// A fresh value of the same kind; nullopt: of a kind that has none.
va::Maybe spoiled(const json::value& value) {
  if (va::is_number(value))
    return json::value(std::round(*va::number_of(value) * 137 + 1100) / 100);
  if (!value.is_string() || value.get_string().size() < 3) return std::nullopt;
  return json::value("Qzx" + std::string(value.get_string()).substr(2) + "w7");
}

void learn_spoiled(const Task& task, const std::vector<va::Sample>& samples,
                   const std::string& path, CorruptScore& score, bool tell) {
  ++score.tried;
  const va::Synthesis synthesis = va::synthesize(samples);
  const bool is_named = std::ranges::any_of(synthesis.unexplained, [&](const va::Unexplained& one) {
    return one.path == path && one.sample == 2;
  });
  const bool others_are = std::ranges::any_of(
      synthesis.unexplained, [&](const va::Unexplained& one) { return one.sample != 2; });
  if (synthesis.is_complete()) ++score.completed;
  if (is_named && !others_are) ++score.named;
  if (tell && (synthesis.is_complete() || !is_named || others_are))
    std::printf("  %s %s at %s\n", synthesis.is_complete() ? "completed" : "not named",
                task.id.c_str(), path.c_str());
}

// Whether a field's source is more than one place: "scale(input.cents)", not "input.cents".
bool is_derived(const va::Field& field) {
  return field.source != "constant" && !field.path.contains('[') && field.source.contains('(');
}

void try_corrupted(const Task& task, CorruptScore& copied, CorruptScore& derived, bool tell) {
  if (task.inputs.size() < 4) return;
  std::vector<va::Sample> samples;
  samples.reserve(4);
  for (std::size_t i = 0; i < 4; ++i) samples.push_back({task.inputs[i], task.outputs[i]});
  const va::Synthesis whole = va::synthesize(samples);
  if (!whole.is_complete()) return;
  for (const va::Field& field : whole.fields) {
    const json::value* value = va::value_at(*samples[2].output, field.path);
    const va::Maybe wrong = value && is_derived(field) ? spoiled(*value) : std::nullopt;
    if (!wrong) continue;
    std::vector<va::Sample> changed = samples;
    va::set_at(*changed[2].output, field.path, wrong);
    learn_spoiled(task, changed, field.path, derived, tell);
  }
  if (const std::string path = corrupt(samples[2].input, *samples[2].output); !path.empty())
    learn_spoiled(task, samples, path, copied, tell);
}

void print(const std::string& name, const CorruptScore& score) {
  std::printf("%-24s %zu with a wrong value: %zu completed, %zu named record and path alone\n",
              name.c_str(), score.tried, score.completed, score.named);
}

std::vector<std::size_t> pick(const Task& task, std::size_t k, bool chosen) {
  if (chosen) return va::choose_samples(pointers_to(task.inputs), k);
  std::vector<std::size_t> learned(k);
  std::iota(learned.begin(), learned.end(), std::size_t{0});
  return learned;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print(const std::string& name, const Score& score) {
  std::printf(
      "%-24s solved %3zu / %3zu = %5.1f %%  leaves %5.1f %%  silent %4.1f %%  untold %4.1f %%  "
      "assumptions %.2f  asked %.2f  p50 %.1f ms  p95 %.1f ms\n",
      name.c_str(), score.solved, score.tasks, percent(score.solved, score.tasks),
      percent(score.leaves_right, score.leaves), percent(score.silent, score.tasks),
      percent(score.untold, score.tasks),
      score.solved == 0
          ? 0.0
          : static_cast<double>(score.assumptions_of_solved) / static_cast<double>(score.solved),
      score.tasks == 0 ? 0.0 : static_cast<double>(score.asked) / static_cast<double>(score.tasks),
      percentile(score.millis, 0.5), percentile(score.millis, 0.95));
}

void add(Score& score, const Outcome& outcome) {
  ++score.tasks;
  score.leaves += outcome.leaves;
  score.leaves_right += outcome.leaves - std::min(outcome.leaves, outcome.wrong.size());
  score.asked += outcome.asked;
  score.millis.push_back(outcome.millis);
  if (outcome.wrong.empty()) {
    ++score.solved;
    score.assumptions_of_solved += outcome.synthesis.assumptions.size();
    return;
  }
  const auto any = [&](auto is_covered) {
    return std::ranges::any_of(outcome.wrong, [&](const std::string& path) {
      return !is_covered(outcome.synthesis, path);
    });
  };
  score.silent += any(is_assumed) ? 1 : 0;
  score.untold += any(is_told) ? 1 : 0;
}

// How assumptions of one reason did.
struct ClassScore {
  std::size_t wrong = 0;
  std::size_t right_in_solved = 0;
  std::size_t right_in_others = 0;
};
using Classes = std::map<std::string, ClassScore>;

// A reason without the source that it names.
std::string class_of(const std::string& reason) {
  if (reason.contains("any other value "))
    return (reason.starts_with("chosen by") ? "" : "condition: ") + std::string("any other value");
  for (const std::string_view known :
       {"too few samples show more", "no sample with an output has it", "is of another type there",
        "has more items there", "is of another form there"}) {
    if (!reason.ends_with(known)) continue;
    return std::string(known) + (reason.contains(" is there, and ") ? ", of a source" : "");
  }
  return reason.starts_with("the text has ") ? "the text has a member in it" : reason;
}

void add(Classes& classes, const Outcome& outcome) {
  for (const va::Assumption& assumption : outcome.synthesis.assumptions) {
    const std::string place = va::general_path(assumption.path);
    const bool is_wrong = std::ranges::any_of(outcome.wrong, [&](const std::string& wrong) {
      const std::string path = va::general_path(wrong);
      return path == place ||
             (path.starts_with(place) && (path[place.size()] == '.' || path[place.size()] == '['));
    });
    ClassScore& score = classes[class_of(assumption.reason)];
    if (is_wrong)
      ++score.wrong;
    else if (outcome.wrong.empty())
      ++score.right_in_solved;
    else
      ++score.right_in_others;
  }
}

void print(const std::string& name, const Classes& classes) {
  for (const auto& [reason, score] : classes)
    std::printf("%-24s %4zu wrong  %4zu right in solved tasks  %4zu in others  %s\n", name.c_str(),
                score.wrong, score.right_in_solved, score.right_in_others, reason.c_str());
}

bool is_object_shaped(const Task& task) {
  const json::value* mark = task.notes.if_contains("object_shaped");
  return mark && mark->is_bool() && mark->get_bool();
}

void run(const Settings& settings, const std::string& corpus) {
  Score all;
  Score halves[2];
  Score object_shaped;
  CorruptScore copied;
  CorruptScore derived;
  SchemaScore by_schema[2];
  Classes classes;
  std::vector<Printed> scripts;
  for (const Task& task : read_tasks(settings, corpus)) {
    if (!settings.task.empty() && task.id != settings.task) continue;
    const int half = half_of(task.group);
    const std::size_t k = k_of(settings, corpus, task);
    if (task.inputs.size() < k + 1) continue;
    const Outcome outcome = attempt(task, pick(task, k, settings.chosen), settings);
    add(all, outcome);
    if (settings.classes) add(classes, outcome);
    add(halves[half], outcome);
    if (is_object_shaped(task)) add(object_shaped, outcome);
    const bool is_shown = settings.half < 0 || settings.half == half;
    if (settings.failures && is_shown && !outcome.wrong.empty()) show_failure(task, outcome);
    if (settings.show && is_shown) show(outcome.synthesis);
    if (settings.print && is_shown)
      std::printf("%s\n",
                  va::print(outcome.synthesis, {.provider = task.group, .topic = "topic"}).c_str());
    if (!settings.node.empty()) scripts.push_back(printed(task, outcome.synthesis));
    if (settings.schema_only) score_schema(task, by_schema[half], settings.failures && is_shown);
    if (settings.corrupt) try_corrupted(task, copied, derived, settings.failures);
  }
  print(corpus, all);
  print(corpus + " half 0", halves[0]);
  print(corpus + " half 1", halves[1]);
  if (object_shaped.tasks > 0) print(corpus + " object_shaped", object_shaped);
  print(corpus, classes);
  if (!settings.node.empty())
    std::printf("%-24s %zu scripts, %zu outputs differ from the mapping's\n", corpus.c_str(),
                scripts.size(), disagreements(scripts, settings.node));
  if (settings.schema_only) {
    print(corpus + " half 0", by_schema[0]);
    print(corpus + " half 1", by_schema[1]);
  }
  if (settings.corrupt) {
    print(corpus + " copied", copied);
    print(corpus + " derived", derived);
  }
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  Settings settings;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const auto next = [&] { return std::string(i + 1 < count ? arguments[++i] : ""); };
    if (name == "--corpus") settings.folder = next();
    if (name == "--only") settings.only = next();
    if (name == "--task") settings.task = next();
    if (name == "--k") settings.k = std::atoi(next().c_str());
    if (name == "--questions") settings.questions = std::atoi(next().c_str());
    if (name == "--half") settings.half = std::atoi(next().c_str());
    if (name == "--pick") settings.chosen = next() != "first";
    if (name == "--blind") settings.blind = true;
    if (name == "--failures") settings.failures = true;
    if (name == "--show") settings.show = true;
    if (name == "--print") settings.print = true;
    if (name == "--schema-only") settings.schema_only = true;
    if (name == "--classes") settings.classes = true;
    if (name == "--corrupt") settings.corrupt = true;
    if (name == "--check-printed") settings.node = next();
  }
  for (const char* corpus : {"nango", "rudder", "jolt", "jsonata", "foofah"})
    if (settings.only.empty() || settings.only == corpus) run(settings, corpus);
  return 0;
}
