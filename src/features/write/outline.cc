#include "features/write/outline.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "features/ground/observe.h"

namespace vouch::features::write {

namespace json = boost::json;

namespace {

constexpr std::size_t kMergeStepsMax = 20'000;  // of one text's search for its template

// "user name" -> "userName"; empty where no identifier can be made of it.
std::string identifier(std::string_view column) {
  constexpr std::array<std::string_view, 52> kReserved = {
      "arguments", "await",    "break",      "case",   "catch",     "class",  "const",
      "continue",  "debugger", "default",    "delete", "do",        "else",   "enum",
      "eval",      "export",   "extends",    "false",  "finally",   "for",    "function",
      "if",        "import",   "implements", "in",     "interface", "let",    "new",
      "null",      "package",  "private",    "public", "protected", "return", "static",
      "super",     "switch",   "this",       "throw",  "true",      "try",    "typeof",
      "undefined", "var",      "void",       "while",  "with",      "yield",  "test",
      "expect",    "page",     "request"};
  std::string name;
  bool upper = false;
  for (unsigned char c : column) {
    if (!std::isalnum(c)) {
      upper = !name.empty();
      continue;
    }
    name += static_cast<char>(upper ? std::toupper(c) : c);
    upper = false;
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front()))) return "";
  name.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) name += "Value";
  return name;
}

std::optional<int> number(const std::string& text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || std::to_string(value) != text)
    return std::nullopt;
  return value;
}

// Finds one template for texts that differ by the examples' values.
class Merger {
 public:
  explicit Merger(const std::vector<LoopVariable>& variables) : variables_(variables) {
    for (const LoopVariable& variable : variables_) {
      std::vector<std::string> escaped;
      escaped.reserve(variable.values.size());
      for (const std::string& value : variable.values)
        escaped.push_back(ground::contains_pattern(value).source);
      escaped_.push_back(std::move(escaped));
    }
  }

  // One text for each example.
  std::optional<std::string> text(const std::vector<std::string>& texts, bool in_pattern = false) {
    for (const std::string& each :
         texts) {  // what looks like a placeholder cannot be told from one
      for (const LoopVariable& variable : variables_) {
        if (each.find("${" + variable.name + "}") != std::string::npos) return std::nullopt;
      }
    }
    steps_ = 0;
    std::string made;
    std::vector<std::size_t> at(texts.size(), 0);
    if (!match(texts, at, in_pattern, -1, &made)) return std::nullopt;
    return made;
  }

  // The same JSON with templates for its texts; nullopt where something else differs.
  std::optional<json::value> merge(const std::vector<const json::value*>& values,
                                   bool in_pattern = false) {
    const json::value& first = *values.front();
    auto all = [&](auto holds) {
      return std::all_of(values.begin(), values.end(),
                         [&](const json::value* v) { return holds(*v); });
    };
    if (first.is_string()) {
      if (!all([](const json::value& v) { return v.is_string(); })) return std::nullopt;
      std::vector<std::string> texts;
      texts.reserve(values.size());
      for (const json::value* value : values) texts.emplace_back(value->get_string());
      std::optional<std::string> made = text(texts, in_pattern);
      return made ? std::optional<json::value>(*made) : std::nullopt;
    }
    if (first.is_array()) {
      const std::size_t size = first.get_array().size();
      if (!all([&](const json::value& v) { return v.is_array() && v.get_array().size() == size; }))
        return std::nullopt;
      json::array made;
      for (std::size_t i = 0; i < size; ++i) {
        std::vector<const json::value*> inner;
        inner.reserve(values.size());
        for (const json::value* value : values) inner.push_back(&value->get_array()[i]);
        auto one = merge(inner);
        if (!one) return std::nullopt;
        made.push_back(*std::move(one));
      }
      return made;
    }
    if (first.is_object()) {
      // An empty text is left out.
      static const json::value kEmpty("");
      json::object keys;
      if (!all([](const json::value& v) { return v.is_object(); })) return std::nullopt;
      for (const json::value* value : values) {
        for (const auto& entry : value->get_object()) keys[entry.key()] = nullptr;
      }
      json::object made;
      for (const auto& entry : keys) {
        std::vector<const json::value*> inner;
        for (const json::value* value : values) {
          const json::value* found = value->get_object().if_contains(entry.key());
          inner.push_back(found ? found : &kEmpty);
        }
        auto one = merge(inner, entry.key() == "source");
        if (!one) return std::nullopt;
        made[entry.key()] = *std::move(one);
      }
      return made;
    }
    if (!all([&](const json::value& v) { return v == first; })) return std::nullopt;
    return first;
  }

 private:
  // From `at` in each text to its end. Values before letters, so that a template says what varies;
  // no value twice at one place (`last`), since an empty one would fit for ever.
  bool match(const std::vector<std::string>& texts, std::vector<std::size_t> at, bool in_pattern,
             int last, std::string* made) {
    if (++steps_ > kMergeStepsMax) return false;
    bool ended = true;
    for (std::size_t i = 0; i < texts.size(); ++i) ended = ended && at[i] == texts[i].size();
    if (ended) return true;
    const std::size_t length = made->size();
    for (std::size_t v = 0; v < variables_.size(); ++v) {
      if (static_cast<int>(v) == last) continue;
      const std::vector<std::string>& values = in_pattern ? escaped_[v] : variables_[v].values;
      bool fits = true, moves = false;
      std::vector<std::size_t> next = at;
      for (std::size_t i = 0; i < texts.size() && fits; ++i) {
        fits = texts[i].compare(at[i], values[i].size(), values[i]) == 0;
        next[i] += values[i].size();
        moves = moves || !values[i].empty();
      }
      if (!fits || !moves) continue;
      *made += "${" + variables_[v].name + "}";
      if (match(texts, std::move(next), in_pattern, static_cast<int>(v), made)) return true;
      made->resize(length);
    }
    if (at.front() >= texts.front().size()) return false;
    const char c = texts.front()[at.front()];
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (at[i] >= texts[i].size() || texts[i][at[i]] != c) return false;
      ++at[i];
    }
    *made += c;
    if (match(texts, std::move(at), in_pattern, -1, made)) return true;
    made->resize(length);
    return false;
  }

  const std::vector<LoopVariable>& variables_;
  std::vector<std::vector<std::string>> escaped_;
  std::size_t steps_ = 0;
};

// The columns that differ between the examples; what is the same in all of them is a constant.
std::optional<std::vector<LoopVariable>> variables_of(const std::vector<const SpecTest*>& tests,
                                                      const std::vector<std::string>& taken) {
  std::vector<LoopVariable> variables;
  const auto& columns = tests.front()->example;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    LoopVariable variable;
    variable.name = identifier(columns[column].first);
    auto same = [&](const LoopVariable& other) { return other.name == variable.name; };
    if (variable.name.empty() || std::any_of(variables.begin(), variables.end(), same) ||
        std::find(taken.begin(), taken.end(), variable.name) != taken.end())
      return std::nullopt;
    for (const SpecTest* test : tests) {
      if (test->example.size() != columns.size() ||
          test->example[column].first != columns[column].first)
        return std::nullopt;
      variable.values.push_back(test->example[column].second);
    }
    const std::string& first = variable.values.front();
    if (std::all_of(variable.values.begin(), variable.values.end(),
                    [&](const std::string& value) { return value == first; }))
      continue;
    variables.push_back(std::move(variable));
  }
  return variables;
}

// The variable that gives the count in each example.
std::optional<std::string> count_variable(std::vector<LoopVariable>& variables,
                                          const std::vector<int>& counts) {
  for (LoopVariable& variable : variables) {
    bool fits = true;
    for (std::size_t i = 0; i < counts.size(); ++i)
      fits = fits && number(variable.values[i]) == counts[i];
    if (!fits) continue;
    variable.is_number = true;
    return variable.name;
  }
  return std::nullopt;
}

std::optional<ChainStep> merge_step(const std::vector<const ChainStep*>& steps, Merger& merger,
                                    std::vector<LoopVariable>& variables, std::size_t index,
                                    Loop* loop) {
  ChainStep made = *steps.front();
  std::vector<std::string> texts;
  for (const ChainStep* step : steps) {
    if (step->keyword != made.keyword || step->items.size() != made.items.size())
      return std::nullopt;
    texts.push_back(step->text);
  }
  std::optional<std::string> text = merger.text(texts);
  if (!text) return std::nullopt;
  made.text = *text;
  for (std::size_t i = 0; i < made.items.size(); ++i) {
    std::vector<json::value> values;
    std::vector<int> counts;
    for (const ChainStep* step : steps) {
      const ChainItem& item = step->items[i];
      if (!item.action() != !made.items[i].action()) return std::nullopt;
      if (item.action()) {
        values.push_back(browser::to_json(*item.action()));
        continue;
      }
      browser::Assertion assertion = *item.assertion();
      counts.push_back(std::exchange(assertion.count, 0));
      values.push_back(browser::to_json(assertion));
    }
    std::vector<const json::value*> pointers;
    pointers.reserve(values.size());
    for (const json::value& value : values) pointers.push_back(&value);
    std::optional<json::value> merged = merger.merge(pointers);
    if (!merged) return std::nullopt;
    if (made.items[i].action()) {
      auto action = browser::parse_action(*merged);
      if (!action) return std::nullopt;
      made.items[i].what = *action;
      continue;
    }
    auto assertion = browser::parse_assertion(*merged);
    if (!assertion) return std::nullopt;
    assertion->count = counts.front();
    if (std::any_of(counts.begin(), counts.end(), [&](int c) { return c != counts.front(); })) {
      std::optional<std::string> name = count_variable(variables, counts);
      if (!name) return std::nullopt;
      loop->counts[{index, i}] = *name;
    }
    made.items[i].what = *assertion;
  }
  return made;
}

bool uses(const Loop& loop, const std::string& name) {
  const std::string placeholder = "${" + name + "}";
  if (loop.title.find(placeholder) != std::string::npos) return true;
  if (json::serialize(to_json(loop.chain)).find(placeholder) != std::string::npos) return true;
  return std::any_of(loop.counts.begin(), loop.counts.end(),
                     [&](const auto& entry) { return entry.second == name; });
}

}  // namespace

std::optional<Loop> fold(const std::vector<const SpecTest*>& tests,
                         const std::vector<std::string>& taken) {
  if (tests.size() < 2) return std::nullopt;
  const Chain& first = tests.front()->chain;
  std::vector<std::string> titles;
  bool accepts_dialogs = false;
  for (const SpecTest* test : tests) {
    if (test->chain.tags != first.tags || test->chain.steps.size() != first.steps.size())
      return std::nullopt;
    titles.push_back(test->title);
    accepts_dialogs = accepts_dialogs || test->chain.accepts_dialogs;
  }
  auto variables = variables_of(tests, taken);
  if (!variables) return std::nullopt;
  Loop loop;
  loop.chain = first;
  loop.chain.accepts_dialogs = accepts_dialogs;
  Merger merger(*variables);
  for (std::size_t i = 0; i < first.steps.size(); ++i) {
    std::vector<const ChainStep*> steps;
    steps.reserve(tests.size());
    for (const SpecTest* test : tests) steps.push_back(&test->chain.steps[i]);
    std::optional<ChainStep> step = merge_step(steps, merger, *variables, i, &loop);
    if (!step) return std::nullopt;
    loop.chain.steps[i] = *std::move(step);
  }
  std::optional<std::string> title = merger.text(titles);
  if (!title) return std::nullopt;
  loop.title = *title;
  for (const LoopVariable& variable : *variables) {
    if (uses(loop, variable.name)) loop.variables.push_back(variable);
  }
  return loop;
}

}  // namespace vouch::features::write
