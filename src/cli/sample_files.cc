#include "cli/sample_files.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>

#include "adapters/generate/kept.h"
#include "base/json.h"
#include "cli/invocation.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using adapters::draft::Sample;

std::unexpected<Error> wrong(const std::string& place, const std::string& message) {
  return fail(ErrorCode::kInvalidRequest, place + ": " + message);
}

// `line` is that of the text's start.
Result<json::value> parse_at(std::string_view text, const std::string& file, std::int64_t line) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  auto value = parse_json(text);
  if (value) return value;
  const json::object& at = value.error().details;
  line += at.at("line").as_int64() - 1;
  return wrong(file + ":" + std::to_string(line) + ":" + json::serialize(at.at("character")),
               "This is not valid JSON (" + std::string(at.at("reason").as_string()) + ").");
}

Result<Sample> sample_of(const json::value& value, std::string id, const std::string& place) {
  const json::object* object = value.if_object();
  if (!object || !object->contains("input")) {
    return wrong(place, R"(A sample is {"input": …, "expectedOutput": …}; this has no `input`.)");
  }
  for (const auto& member : *object) {
    if (member.key() == "input" || member.key() == "expectedOutput" || member.key() == "id")
      continue;
    return wrong(place, "A sample has `input`, `expectedOutput` and `id`, and no `" +
                            std::string(member.key()) + "`.");
  }
  if (object->at("input").is_null()) {
    return wrong(place, "`input` " + std::string(adapters::generate::kNullInput));
  }
  Sample sample{.id = std::move(id), .input = object->at("input")};
  if (const json::value* given = object->if_contains("id"); given && given->is_string())
    sample.id = given->get_string();
  if (const json::value* output = object->if_contains("expectedOutput")) sample.output = *output;
  return sample;
}

Result<std::vector<Sample>> read_lines(std::string_view text, const std::string& file) {
  std::vector<Sample> samples;
  std::int64_t line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
    if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    VOUCH_TRY(const json::value value, parse_at(one, file, line));
    VOUCH_TRY(Sample sample,
              sample_of(value, std::to_string(line), file + ":" + std::to_string(line)));
    samples.push_back(std::move(sample));
  }
  return samples;
}

Result<std::vector<Sample>> read_file(const fs::path& path) {
  VOUCH_TRY(const std::string text, read_input(path.string()));
  // One value over several lines, or one a line.
  auto whole = parse_at(text, path.string(), 1);
  const bool is_list = whole && whole->is_array();
  if (!whole && path.extension() != ".json") return read_lines(text, path.string());
  if (!whole) {
    auto lines = read_lines(text, path.string());
    return lines ? std::move(lines) : std::unexpected(whole.error());
  }
  std::vector<Sample> samples;
  if (!is_list) {
    VOUCH_TRY(Sample sample, sample_of(*whole, "1", path.string()));
    samples.push_back(std::move(sample));
    return samples;
  }
  for (const json::value& one : whole->get_array()) {
    const std::string number = std::to_string(samples.size() + 1);
    VOUCH_TRY(Sample sample, sample_of(one, number, path.string() + ", item " + number));
    samples.push_back(std::move(sample));
  }
  return samples;
}

Result<std::vector<Sample>> read_folder(const fs::path& folder) {
  std::map<std::string, Sample> inputs;  // by name
  std::map<std::string, json::value> outputs;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string file = entry.path().filename().string();
    if (!file.ends_with(".json") || !entry.is_regular_file()) continue;
    VOUCH_TRY(json::value value, read_json_file(entry.path()));
    if (file.ends_with(".input.json")) {
      if (value.is_null()) {
        return wrong(entry.path().string(),
                     "The input " + std::string(adapters::generate::kNullInput));
      }
      const std::string name = file.substr(0, file.size() - 11);
      inputs[name] = {.id = name, .input = std::move(value)};
    } else if (file.ends_with(".output.json")) {
      outputs[file.substr(0, file.size() - 12)] = std::move(value);
    } else {
      const std::string name = file.substr(0, file.size() - 5);
      VOUCH_TRY(inputs[name], sample_of(value, name, entry.path().string()));
    }
  }
  if (error) return fail(ErrorCode::kInvalidRequest, folder.string() + " cannot be read.");
  for (auto& [name, output] : outputs) {
    const auto input = inputs.find(name);
    if (input == inputs.end())
      return wrong((folder / (name + ".output.json")).string(),
                   "There is no " + name + ".input.json beside it.");
    input->second.output = std::move(output);
  }
  std::vector<Sample> samples;
  samples.reserve(inputs.size());
  for (auto& [name, sample] : inputs) samples.push_back(std::move(sample));
  return samples;
}

}  // namespace

Result<json::value> read_json_file(const fs::path& path) {
  VOUCH_TRY(const std::string text, read_input(path.string()));
  return parse_at(text, path.string(), 1);
}

Result<std::vector<Sample>> read_samples(const fs::path& path) {
  std::error_code ignored;
  const bool is_folder = fs::is_directory(path, ignored);
  VOUCH_TRY(std::vector<Sample> samples, is_folder ? read_folder(path) : read_file(path));
  if (samples.empty())
    return fail(ErrorCode::kNotFound,
                "There is no sample in " + path.string() +
                    ". A folder holds NAME.input.json and NAME.output.json; a file one {\"input\": "
                    "…, \"expectedOutput\": …} a line.");
  std::vector<std::string> ids;
  ids.reserve(samples.size());
  for (const Sample& sample : samples) ids.push_back(sample.id);
  std::ranges::sort(ids);
  if (const auto twice = std::ranges::adjacent_find(ids); twice != ids.end())
    return wrong(path.string(), "Two samples are called " + *twice +
                                    ". Give each a name (or an `id`) of its own.");
  return samples;
}

}  // namespace vouch::cli
