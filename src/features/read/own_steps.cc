#include "features/read/own_steps.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "features/read/tokens.h"

namespace vouch::features {
namespace {

using Values = std::map<std::string, std::string>;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// What stands for a parameter, without the quotes around it; nullopt where quotes are cut apart.
std::optional<std::string> value_of(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || std::ranges::count(text, '"') % 2 == 1) return std::nullopt;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
      text.find('"', 1) == text.size() - 1)
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

// Finds what stands for the {parameters} of `words` in `text`, each as short as can be. What does
// not fit from two places on is tried once only, so the time is bounded by their product.
class Matcher {
 public:
  Matcher(std::string_view words, std::string_view text) : words_(words), text_(text) {}

  std::optional<Values> match() {
    if (!fits(0, 0)) return std::nullopt;
    return std::move(values_);
  }

 private:
  bool fits(std::size_t at, std::size_t in_text) {
    if (failed_.contains({at, in_text})) return false;
    const bool found = tries(at, in_text);
    if (!found) failed_.insert({at, in_text});
    return found;
  }

  bool tries(std::size_t at, std::size_t in_text) {
    const std::string_view words = words_.substr(at), text = text_.substr(in_text);
    const std::size_t open = words.find('{');
    const std::size_t close = open == words.npos ? words.npos : words.find('}', open);
    if (close == words.npos) return lower(words) == lower(text);
    if (text.size() < open || lower(words.substr(0, open)) != lower(text.substr(0, open)))
      return false;
    for (std::size_t length = 1; open + length <= text.size(); ++length) {
      auto value = value_of(text.substr(open, length));
      if (!value || !fits(at + close + 1, in_text + open + length)) continue;
      values_[std::string(words.substr(open + 1, close - open - 1))] = *std::move(value);
      return true;
    }
    return false;
  }

  const std::string_view words_, text_;
  Values values_;
  std::set<std::pair<std::size_t, std::size_t>> failed_;
};

void put_in(const Values& values, std::string* text) {
  for (std::size_t open = text->find('{'); open != std::string::npos;
       open = text->find('{', open + 1)) {
    const std::size_t close = text->find('}', open);
    if (close == std::string::npos) return;
    const auto value = values.find(text->substr(open + 1, close - open - 1));
    const bool is_variable = open > 0 && (*text)[open - 1] == '$';
    if (value == values.end() || is_variable) continue;
    text->replace(open, close - open + 1, value->second);
    open += value->second.size() - 1;
  }
}

}  // namespace

Result<OwnSteps> OwnSteps::parse(std::string_view gherkin) {
  if (gherkin.size() > kOwnStepsBytesMax) {
    return fail(ErrorCode::kInvalidRequest, "The project's own steps are more than " +
                                                std::to_string(kOwnStepsBytesMax) + " bytes.");
  }
  auto document = gherkin::parse(gherkin);
  if (!document) {
    return fail(ErrorCode::kInvalidRequest,
                "The project's own steps: " + gherkin::to_string(document.error().front()));
  }
  auto pickles = gherkin::compile(*document);
  if (!pickles) return fail(ErrorCode::kInvalidRequest, gherkin::to_string(pickles.error()));
  OwnSteps own;
  for (gherkin::Pickle& pickle : *pickles) {
    if (pickle.name.empty() || pickle.steps.empty()) {
      return fail(ErrorCode::kInvalidRequest,
                  "The project's own steps: the scenario at line " +
                      std::to_string(pickle.location().line) +
                      " needs a name, the words of the step, and steps that say what it means.");
    }
    own.meanings_.push_back(std::move(pickle));
  }
  return own;
}

void OwnSteps::add_meaning(const gherkin::PickleStep& step, int depth,
                           std::vector<gherkin::PickleStep>* all) const {
  for (const gherkin::Pickle& meaning : meanings_) {
    const std::optional<Values> values = Matcher(meaning.name, step.text).match();
    if (depth >= kOwnStepsDepthMax || !values) continue;
    for (gherkin::PickleStep part : meaning.steps) {
      if (all->size() > kOwnStepsMeanMax) return;
      put_in(*values, &part.text);
      if (part.doc_string) put_in(*values, &part.doc_string->content);
      if (part.table) {
        for (auto& row : *part.table) {
          for (std::string& cell : row) put_in(*values, &cell);
        }
      }
      part.location = step.location;
      part.background = step.background;
      add_meaning(part, depth + 1, all);
    }
    return;
  }
  all->push_back(step);
}

std::vector<gherkin::PickleStep> OwnSteps::meaning_of(const gherkin::PickleStep& step) const {
  std::vector<gherkin::PickleStep> all;
  add_meaning(step, 0, &all);
  // A part of what is meant would not be what is meant.
  if (all.size() > kOwnStepsMeanMax) return {step};
  return all;
}

}  // namespace vouch::features
