#include "ops/feature_text.h"

#include <boost/json/array.hpp>
#include <map>

#include "features/gherkin/gherkin.h"

namespace vouch::ops {
namespace {

namespace gherkin = features::gherkin;
namespace json = boost::json;

// U+00C0 … U+017F without their marks; '-' is no letter.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

Error not_gherkin(const std::vector<gherkin::ParseError>& errors) {
  json::array lines;
  for (const gherkin::ParseError& error : errors) {
    json::object entry;
    entry["line"] = error.location.line;
    entry["column"] = error.location.column;
    entry["message"] = error.message;
    lines.push_back(std::move(entry));
  }
  Error error{ErrorCode::kInvalidRequest,
              "The Gherkin has an error " + gherkin::to_string(errors.front())};
  error.details["member"] = "gherkin";
  error.details["errors"] = std::move(lines);
  return error;
}

struct Titled {
  std::string title;
  int line = 0;
};

std::vector<Titled> scenarios_of(const gherkin::Feature& feature) {
  std::vector<Titled> all;
  auto add = [&](const std::vector<gherkin::Scenario>& scenarios) {
    for (const auto& scenario : scenarios) all.push_back({scenario.name, scenario.location.line});
  };
  add(feature.scenarios);
  for (const gherkin::Rule& rule : feature.rules) add(rule.scenarios);
  return all;
}

}  // namespace

std::string slug(std::string_view title, int line) {
  std::string text;
  bool letter = false;
  auto put = [&](char c) {
    if (c != '-') text += c;
    if (c == '-' && !text.empty() && text.back() != '-') text += '-';
    letter |= c >= 'a' && c <= 'z';
  };
  for (std::size_t at = 0; at < title.size(); ++at) {
    const unsigned char byte = title[at];
    if (byte >= 'A' && byte <= 'Z') {
      put(static_cast<char>(byte - 'A' + 'a'));
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      put(static_cast<char>(byte));
    } else if (byte >= 0xC3 && byte <= 0xC5 && at + 1 < title.size()) {
      const unsigned code = (byte & 0x1Fu) << 6 | (static_cast<unsigned char>(title[++at]) & 0x3Fu);
      put(kLatin[code - 0xC0]);
    } else if (byte != '\'') {
      put('-');
    }
  }
  while (!text.empty() && text.back() == '-') text.pop_back();
  return letter ? text : "line-" + std::to_string(line);
}

Result<FeatureText> read_feature_text(std::string_view text) {
  auto document = gherkin::parse(text);
  if (!document) return std::unexpected(not_gherkin(document.error()));
  FeatureText read;
  if (!document->feature) return read;
  const gherkin::Feature& feature = *document->feature;
  read.name = feature.name;
  const std::string first = slug(feature.name, feature.location.line);
  read.sections.push_back({first, feature.name});
  std::vector<Titled> scenarios = scenarios_of(feature);
  std::map<std::string, int> times;
  for (const Titled& scenario : scenarios) ++times[slug(scenario.title, scenario.line)];
  for (const Titled& scenario : scenarios) {
    std::string own = slug(scenario.title, scenario.line);
    if (times[own] > 1) own += "-" + std::to_string(scenario.line);
    std::string section = first;
    section.append("/").append(own);
    read.sections.push_back({std::move(section), scenario.title});
  }
  read.scenarios = static_cast<int>(scenarios.size());
  return read;
}

}  // namespace vouch::ops
