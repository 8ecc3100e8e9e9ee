#include "cli/table_commands.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <map>

#include "base/json.h"
#include "cli/adapter_report.h"
#include "cli/json_read.h"
#include "cli/report.h"
#include "cli/sample_files.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

// What the groups of commands are for; the words of each command come from the table.
std::string group_description(std::string_view word) {
  if (word == "projects") return "The web sites whose features are kept";
  if (word == "features") return "The features of a project";
  if (word == "generation") return "The latest generation of a feature";
  if (word == "runs") return "The runs of generated tests";
  if (word == "secrets") return "Values that steps use and nobody sees";
  if (word == "keys") return "API keys";
  if (word == "credits") return "What browsers may cost";
  if (word == "explorations") return "Walks through a site that propose features";
  if (word == "healings") return "Repaired tests that are offered after the site has changed";
  if (word == "provings") return "Proofs that were made again, on the site as it was then";
  if (word == "schedules") return "Runs that begin by themselves";
  if (word == "audit") return "What was changed, and with which key";
  if (word == "providers") return "The external systems whose payloads adapter scripts turn";
  if (word == "topics") return "What is exchanged with providers";
  if (word == "samples") return "Payloads that adapter scripts are made and tested with";
  if (word == "documents") return "What is said in prose about a provider and topic";
  if (word == "adapters") return "Adapter scripts: from samples to a script in use";
  if (word == "configs") return "The configurations that tests run with";
  if (word == "files") return "The files of a project, generated tests among them";
  return "";
}

struct CommandForm {
  std::string words;                     // "features show"
  std::vector<std::string> positionals;  // "feature"
};

CommandForm parse_command(std::string_view text) {
  CommandForm form;
  bool in_words = true;
  bool after_option = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.starts_with("<") && !after_option) {
      form.positionals.emplace_back(word.substr(1, word.find('>') - 1));
    }
    if (word.starts_with("<") || word.starts_with("[") || word.starts_with("-")) in_words = false;
    if (in_words) form.words += (form.words.empty() ? "" : " ") + std::string(word);
    after_option = word.find("--") != word.npos;
  }
  return form;
}

// "json" where the schema takes anything.
std::string type_of(const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type == nullptr && schema.contains("enum")) return "string";
  if (type == nullptr) return "json";
  if (type->is_string()) return std::string(type->get_string());
  for (const json::value& one : type->is_array() ? type->get_array() : json::array()) {
    if (one.is_string() && one.get_string() != "null") return std::string(one.get_string());
  }
  return "string";
}

bool is_required(const ops::Operation& row, std::string_view name) {
  for (const json::value& one : array_of(row.parameters, "required")) {
    if (one.is_string() && one.get_string() == name) return true;
  }
  return false;
}

// Words that are given one by one; other lists are given as JSON.
bool is_word_list(const json::object& schema) {
  return type_of(schema) == "array" && type_of(object_of(schema, "items")) == "string" &&
         object_of(schema, "items").contains("type") &&
         object_of(schema, "items").at("type").is_string();
}

// A file's text is not typed in a shell: `--file` takes where it stands.
bool is_file_text(std::string_view name) {
  return name == "gherkin" || name == "content" || name == "source";
}

Result<json::value> read_value(const std::string& name, const json::object& schema,
                               const std::vector<std::string>& given) {
  const std::string& text = given.front();
  if (is_file_text(name)) {
    VOUCH_TRY(std::string content, read_input(text));
    return json::value(content);
  }
  const std::string type = type_of(schema);
  const json::value* types = schema.if_contains("type");
  const bool takes_object =
      types != nullptr && types->is_array() &&
      std::ranges::find(types->get_array(), json::value("object")) != types->get_array().end();
  if (type == "string" && !(takes_object && text.starts_with("{"))) return json::value(text);
  if (is_word_list(schema)) return json::value(json::array(given.begin(), given.end()));
  if (type == "boolean") return json::value(true);
  if (type == "integer") {
    std::int64_t number = 0;
    auto [end, broken] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (broken == std::errc() && end == text.data() + text.size()) return json::value(number);
    return fail(ErrorCode::kInvalidRequest,
                "\"" + text + "\" is no number for `" + kebab_case(name) + "`.");
  }
  if (text.starts_with("@")) return read_json_file(text.substr(1));
  auto value = parse_json(text);
  if (value) return value;
  return fail(ErrorCode::kInvalidRequest,
              "`--" + kebab_case(name) +
                  "` takes JSON, or @FILE with JSON in it: " + value.error().message + ".");
}

// The parameter that a word in angle brackets stands for: "<run>" is runId.
std::string parameter_named(const ops::Operation& row, const std::string& word) {
  const json::object& properties = object_of(row.parameters, "properties");
  if (properties.contains(word)) return word;
  for (const auto& property : properties) {
    if (property.key().starts_with(word)) return std::string(property.key());
  }
  VOUCH_CHECK(!"a command names its parameters");
  return "";
}

struct GivenParameters {
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, bool> flags;
  std::string lines;  // of an operation that takes them: a file, or "-"
};

Result<json::object> read_parameters(const ops::Operation& row, const GivenParameters& given) {
  const json::object& properties = object_of(row.parameters, "properties");
  json::object params;
  for (const auto& [name, values] : given.values) {
    if (values.empty()) continue;
    VOUCH_TRY(params[name], read_value(name, object_of(properties, name), values));
  }
  for (const auto& [name, set] : given.flags) {
    if (set) params[name] = true;
  }
  return params;
}

// What is told beside an output, which alone is on stdout.
void note_doubts(const Invocation& invocation, const json::object& answer) {
  for (const char* list : {"problems", "drift"}) {
    for (const json::value& sentence : array_of(answer, list))
      invocation.note(cell_text(sentence) + "\n");
  }
}

// The lines of an answer, counted while they are printed as they come.
class PrintedLines {
 public:
  explicit PrintedLines(const Invocation& invocation) : invocation_(invocation) {}

  void take(std::string_view bytes) {
    rest_.append(bytes);
    std::size_t begin = 0;
    for (std::size_t end; (end = rest_.find('\n', begin)) != rest_.npos; begin = end + 1)
      count(std::string_view(rest_).substr(begin, end - begin));
    invocation_.print(std::string_view(rest_).substr(0, begin));
    rest_.erase(0, begin);
  }

  ExitCode end() const {
    if (failed_ == 0) return ExitCode::kDone;
    invocation_.note(std::to_string(failed_) + " of " + std::to_string(all_) +
                     " lines failed: each has an \"error\" and the number of its \"line\".\n");
    return ExitCode::kJobFailed;
  }

 private:
  void count(std::string_view line) {
    ++all_;
    if (!line.starts_with("{\"error\":")) return;
    const auto value = parse_json(line);
    const json::object& told = value ? as_object(*value) : json::object();
    if (told.size() == 2 && told.contains("line")) ++failed_;
  }

  const Invocation& invocation_;
  std::string rest_;
  std::size_t all_ = 0;
  std::size_t failed_ = 0;
};

ExitCode stream_lines(const Invocation& invocation, Client& client, const ops::Operation& row,
                      const json::object& params, const std::string& path) {
  int input = STDIN_FILENO;
  if (path != "-") input = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (input < 0) {
    return invocation.fail_with(
        {ErrorCode::kNotFound, "There is no file " + path + " that can be read."});
  }
  PrintedLines printed(invocation);
  const auto sent =
      client.stream(row.name, params, input, [&](std::string_view bytes) { printed.take(bytes); });
  if (path != "-") ::close(input);
  const ExitCode end = printed.end();
  return sent ? end : invocation.fail_with(sent.error());
}

// A call replaces a provider as a whole; a person who names one thing means that alone.
Result<void> keep_unnamed(Client& client, json::object& params) {
  const auto answer = client.call("get_provider", {{"provider", params.at("provider")}});
  if (!answer && answer.error().code == ErrorCode::kNotFound) return {};  // it is made
  if (!answer) return std::unexpected(answer.error());
  const json::object& provider = object_of(as_object(*answer), "provider");
  for (const char* name : {"displayName", "baseUrl", "authKind", "config"}) {
    const json::value* kept = provider.if_contains(name);
    if (kept != nullptr && !params.contains(name)) params[name] = *kept;
  }
  return {};
}

ExitCode run_operation(const Invocation& invocation, const ops::Operation& row,
                       const GivenParameters& given) {
  if (row.takes_lines && given.lines.empty() == given.values.at("payload").empty()) {
    return invocation.usage(
        "Give one payload (--payload JSON, or --payload @FILE), or many: "
        "--lines FILE, with one a line.");
  }
  auto client = invocation.client();
  if (!client) return invocation.fail_with(client.error());
  auto params = read_parameters(row, given);
  if (!params) return invocation.fail_with(params.error());
  if (!given.lines.empty()) return stream_lines(invocation, **client, row, *params, given.lines);
  if (object_of(row.parameters, "properties").contains("project")) {
    const json::value* named = params->if_contains("project");
    Result<std::string> project =
        named ? project_id(**client, text_of(*params, "project")) : invocation.project(**client);
    if (!project) return invocation.fail_with(project.error());
    (*params)["project"] = *project;
  }
  if (row.name == "put_provider") {
    if (auto kept = keep_unnamed(**client, *params); !kept) {
      return invocation.fail_with(kept.error());
    }
  }
  auto answer = (*client)->call(row.name, *params);
  if (!answer) return invocation.fail_with(answer.error());
  invocation.print(invocation.json ? pretty(*answer) + "\n"
                                   : answer_report(invocation.out, row, *answer));
  if (row.name == "transform" && !invocation.json) note_doubts(invocation, as_object(*answer));
  if (row.name == "get_adapter_job" && !invocation.json)
    invocation.print(assumed_of_job(**client, object_of(as_object(*answer), "job")));
  return ExitCode::kDone;
}

void add_parameter(CLI::App& command, const ops::Operation& row, const std::string& name,
                   const json::object& schema, GivenParameters& given) {
  const std::string description = text_of(schema, "description");
  if (is_file_text(name)) {
    auto* option = command.add_option("--file", given.values[name],
                                      "The file with the text; - is standard input");
    if (is_required(row, name)) option->required();
    return;
  }
  const std::string flag = "--" + kebab_case(name);
  if (type_of(schema) == "boolean") {
    command.add_flag(flag, given.flags[name], description);
    return;
  }
  auto* option = command.add_option(flag, given.values[name], description);
  const std::string type = type_of(schema);
  option->type_name(type == "integer"                          ? "N"
                    : type == "string" || is_word_list(schema) ? "TEXT"
                                                               : "JSON");
  // One value, whatever it begins with: "[1, 2]" is JSON.
  if (!is_word_list(schema)) option->expected(1)->allow_extra_args(false);
  if (is_required(row, name) && !row.takes_lines) option->required();
}

void add_command(CLI::App& app, Invocation& invocation, Action& chosen, const ops::Operation& row) {
  const CommandForm form = parse_command(row.command);
  CLI::App* command = subcommand_at(app, form.words);
  command->description(row.description);
  auto given = std::make_shared<GivenParameters>();
  std::vector<std::string> done;
  for (const std::string& word : form.positionals) {
    const std::string name = parameter_named(row, word);
    auto* option = command->add_option(
        word, given->values[name],
        text_of(object_of(object_of(row.parameters, "properties"), name), "description"));
    option->expected(1)->allow_extra_args(false)->type_name("");
    if (name != "project") option->required();
    done.push_back(name);
  }
  for (const auto& [name, schema] : object_of(row.parameters, "properties")) {
    const std::string key(name);
    const json::object& property = as_object(schema);
    const bool is_done = std::find(done.begin(), done.end(), key) != done.end();
    if (!is_done && text_of(property, "in") != "path") {
      add_parameter(*command, row, key, property, *given);
    }
  }
  if (row.takes_lines) {
    command
        ->add_option("--lines", given->lines,
                     "A file with many payloads, one a line (NDJSON); - is standard input. It is "
                     "sent as it is read, and each answer is printed as it comes")
        ->type_name("FILE");
  }
  command->callback([&invocation, &chosen, &row, given] {
    chosen = [&invocation, &row, given] { return run_operation(invocation, row, *given); };
  });
}

std::vector<Column> columns_of(const std::string& operation, const json::array& items) {
  if (operation == "list_projects") {
    return {{"id", "id"}, {"name", "name"}, {"site", "siteUrl"}};
  }
  if (operation == "list_features") {
    return {{"id", "id", true}, {"name", "name"}, {"status", "status"}, {"updated", "updatedUtc"}};
  }
  if (operation == "list_runs") {
    return {{"run", "runId", true},
            {"status", "status"},
            {"feature", "featureName"},
            {"config", "config"},
            {"created", "createdUtc"}};
  }
  if (operation == "list_scripts") {
    return {{"script", "id", true},       {"provider", "provider"}, {"topic", "topic"},
            {"version", "version", true}, {"status", "status"},     {"created", "createdAt"}};
  }
  if (operation == "list_topics") {
    return {{"name", "name"}, {"direction", "direction"}, {"description", "description"}};
  }
  if (operation == "list_pins") {
    return {{"place", "place"}, {"decided", "sentence"}, {"created", "createdAt"}};
  }
  if (operation == "list_providers") {
    return {{"slug", "slug"}, {"name", "displayName"}, {"base URL", "baseUrl"}};
  }
  if (operation == "list_samples") {
    return {{"id", "id", true},
            {"name", "name"},
            {"origin", "origin"},
            {"expected", "hasExpectedOutput"},
            {"created", "createdAt"}};
  }
  if (operation == "list_audit") {
    return {{"at", "atUtc"},
            {"key", "keyId"},
            {"operation", "operation"},
            {"status", "status", true},
            {"target", "target"}};
  }
  std::vector<Column> columns;
  if (items.empty()) return columns;
  for (const auto& [name, value] : as_object(items.front())) {
    if (!value.is_structured() || value.is_array()) {
      columns.push_back({std::string(name), std::string(name), value.is_number()});
    }
  }
  return columns;
}

std::string list_report(const Terminal& terminal, const ops::Operation& row,
                        const json::object& answer) {
  const json::array& items = array_of(answer, "items");
  if (items.empty()) return "None yet.\n";
  std::string out = table(terminal, items, columns_of(row.name, items));
  if (const std::string next = text_of(answer, "nextCursor"); !next.empty()) {
    out += paint(terminal, Tone::kFaint, "There are more: --cursor " + printable(next)) + "\n";
  }
  return out;
}

// An answer of the adapter-scripts API: a list as a table, one thing by its members, else the
// message.
std::string flat_report(const Terminal& terminal, const ops::Operation& row,
                        const json::object& answer) {
  if (row.name == "get_adapter_job") return adapter_job_report(terminal, object_of(answer, "job"));
  if (row.name == "get_script") return script_report(terminal, object_of(answer, "script"));
  if (row.name == "transform") return pretty(answer.at("output")) + "\n";
  for (const auto& [name, value] : answer) {
    if (const json::array* items = value.if_array(); items && answer.contains("nextCursor")) {
      json::object list;
      list["items"] = *items;
      list["nextCursor"] = answer.at("nextCursor");
      return list_report(terminal, row, list);
    }
  }
  const bool tells = row.effect == ops::Effect::kRead && row.name != "test_script";
  for (const auto& [name, value] : answer) {
    if (tells && value.is_object()) return members_report(terminal, value.get_object());
  }
  if (row.name == "get_drift") {
    std::string out;
    for (const json::value& one : array_of(answer, "drift"))
      out += printable(text_of(as_object(one), "sentence")) + "\n";
    return out + text_of(answer, "message") + "\n";
  }
  if (row.name == "test_script") {
    return table(terminal, array_of(answer, "results"),
                 {{"sample", "sample"}, {"passed", "passed"}, {"error", "error"}}) +
           text_of(answer, "message") + "\n";
  }
  return text_of(answer, "message") + "\n";
}

// What was made: its id, to go on with, and its name.
std::string made_report(const Terminal& terminal, const json::object& made) {
  return cell_text(made.at("id")) + "  " +
         paint(terminal, Tone::kStrong, printable(text_of(made, "name"))) + "\n";
}

}  // namespace

std::string kebab_case(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out += '-';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

CLI::App* subcommand_at(CLI::App& app, std::string_view words) {
  CLI::App* at = &app;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string word(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
    auto all = at->get_subcommands([&](CLI::App* sub) { return sub->get_name() == word; });
    CLI::App* next = all.empty() ? nullptr : all.front();
    if (next == nullptr) {
      next = at->add_subcommand(word, words.empty() ? "" : group_description(word));
      next->fallthrough();
      if (!words.empty()) next->require_subcommand(1);
    }
    at = next;
  }
  return at;
}

std::string assumed_of_job(Client& client, const json::object& job) {
  const std::int64_t script = integer_of(job, "resultScriptId").value_or(0);
  if (script == 0) return "";
  const auto made = client.call_regardless("get_script", {{"scriptId", std::to_string(script)}});
  return made ? assumed_report(object_of(as_object(*made), "script")) : "";
}

std::string answer_report(const Terminal& terminal, const ops::Operation& row,
                          const json::value& answer) {
  if (answer.is_array()) return artifacts_report(terminal, answer.get_array());
  const json::object& object = as_object(answer);
  if (row.dialect == ops::Dialect::kAdapters && object.contains("isSuccess")) {
    return flat_report(terminal, row, object);
  }
  if (row.name == "get_generation_status") return status_report(terminal, object);
  if (row.name == "get_generation_log") return log_report(terminal, object);
  if (row.name == "get_proof") return proof_report(terminal, array_of(object, "items"));
  if (row.name == "get_run") return run_report(terminal, object);
  if (row.name == "diagnose_run") return diagnosis_report(terminal, object);
  if (object.contains("items")) return list_report(terminal, row, object);
  if (flag_of(object, "ok")) return "Done.\n";
  if (row.name == "read_file") return text_of(object, "content");
  const bool makes = row.effect == ops::Effect::kCreate || row.effect == ops::Effect::kWrite;
  if (makes && object.contains("id")) {
    return made_report(terminal, object);
  }
  return members_report(terminal, object);
}

void add_table_commands(CLI::App& app, Invocation& invocation, Action& chosen,
                        const std::vector<std::string_view>& taken) {
  for (const ops::Operation& row : operation_table()) {
    const bool offered = (row.surfaces & ops::kCli) != 0 && !row.command.empty();
    const bool is_taken = std::find(taken.begin(), taken.end(), row.name) != taken.end();
    if (offered && !is_taken) add_command(app, invocation, chosen, row);
  }
}

}  // namespace vouch::cli
