#include "browser/plan.h"

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace vouch::browser {
namespace {

namespace json = boost::json;

// How deep `has` filters may be nested in each other.
constexpr int kHasDepthMax = 8;
// Steps of one locator, texts of one expectation.
constexpr std::size_t kItemsMax = 256;

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

using By = LocatorStep::By;
constexpr Names<By, 13> kByNames{{
    {By::kRole, "role"},
    {By::kLabel, "label"},
    {By::kPlaceholder, "placeholder"},
    {By::kText, "text"},
    {By::kAltText, "altText"},
    {By::kTitle, "title"},
    {By::kTestId, "testId"},
    {By::kCss, "css"},
    {By::kFrame, "frame"},
    {By::kFilter, "filter"},
    {By::kWithout, "without"},
    {By::kVisible, "visible"},
    {By::kNth, "nth"},
}};

constexpr Names<Action::Kind, 28> kActionNames{{
    {Action::Kind::kGoto, "goto"},
    {Action::Kind::kClick, "click"},
    {Action::Kind::kDoubleClick, "dblclick"},
    {Action::Kind::kRightClick, "rightclick"},
    {Action::Kind::kHover, "hover"},
    {Action::Kind::kFill, "fill"},
    {Action::Kind::kType, "pressSequentially"},
    {Action::Kind::kClear, "clear"},
    {Action::Kind::kSelectOption, "selectOption"},
    {Action::Kind::kCheck, "check"},
    {Action::Kind::kUncheck, "uncheck"},
    {Action::Kind::kPress, "press"},
    {Action::Kind::kSetInputFiles, "setInputFiles"},
    {Action::Kind::kDragTo, "dragTo"},
    {Action::Kind::kFocus, "focus"},
    {Action::Kind::kScrollIntoView, "scrollIntoView"},
    {Action::Kind::kScrollTo, "scrollTo"},
    {Action::Kind::kSetViewportSize, "setViewportSize"},
    {Action::Kind::kShowPage, "showPage"},
    {Action::Kind::kClosePage, "closePage"},
    {Action::Kind::kGoBack, "goBack"},
    {Action::Kind::kReload, "reload"},
    {Action::Kind::kSetStorageState, "setStorageState"},
    {Action::Kind::kClickAt, "clickAt"},
    {Action::Kind::kClearCookies, "clearCookies"},
    {Action::Kind::kClearStorage, "clearStorage"},
    {Action::Kind::kAcceptDialog, "acceptDialog"},
    {Action::Kind::kDismissDialog, "dismissDialog"},
}};

using Matcher = Assertion::Matcher;
constexpr Names<Matcher, 26> kMatcherNames{{
    {Matcher::kToBeVisible, "toBeVisible"},
    {Matcher::kToBeHidden, "toBeHidden"},
    {Matcher::kToBeInViewport, "toBeInViewport"},
    {Matcher::kToHaveText, "toHaveText"},
    {Matcher::kToContainText, "toContainText"},
    {Matcher::kToHaveValue, "toHaveValue"},
    {Matcher::kToHaveCount, "toHaveCount"},
    {Matcher::kToBeChecked, "toBeChecked"},
    {Matcher::kToBeDisabled, "toBeDisabled"},
    {Matcher::kToBeEnabled, "toBeEnabled"},
    {Matcher::kToBeEditable, "toBeEditable"},
    {Matcher::kToBeFocused, "toBeFocused"},
    {Matcher::kToBeEmpty, "toBeEmpty"},
    {Matcher::kToHaveAttribute, "toHaveAttribute"},
    {Matcher::kToContainClass, "toContainClass"},
    {Matcher::kToHaveCSS, "toHaveCSS"},
    {Matcher::kToHaveURL, "toHaveURL"},
    {Matcher::kToHaveTitle, "toHaveTitle"},
    {Matcher::kDialogMessage, "dialogMessage"},
    {Matcher::kDownloadName, "downloadName"},
    {Matcher::kDownloadText, "downloadText"},
    {Matcher::kPageCount, "pageCount"},
    {Matcher::kLocalStorageItem, "localStorageItem"},
    {Matcher::kSessionStorageItem, "sessionStorageItem"},
    {Matcher::kCookie, "cookie"},
    {Matcher::kConsoleErrors, "consoleErrors"},
}};

template <class Enum, std::size_t N>
std::string_view name_of(const Names<Enum, N>& names, Enum value) {
  for (const auto& [each, name] : names) {
    if (each == value) return name;
  }
  check_failed("a value of the enumeration", __FILE__, __LINE__);
}

// Reads the members of one object and remembers the first thing that is wrong with it; finish()
// refuses what was not asked for.
class Reader {
 public:
  Reader(const json::value& value, std::string what) : what_(std::move(what)) {
    object_ = value.if_object();
    if (!object_) problem(what_ + " must be an object");
  }

  const json::value* find(std::string_view key) {
    if (!object_) return nullptr;
    const json::value* found = object_->if_contains(key);
    if (found) ++seen_;
    return found;
  }

  std::string text(std::string_view key) {
    const json::value* found = find(key);
    if (!found) return {};
    if (const json::string* string = found->if_string()) return std::string(*string);
    problem(member(key) + " must be a string");
    return {};
  }

  bool flag(std::string_view key) {
    const json::value* found = find(key);
    if (!found) return false;
    if (const bool* value = found->if_bool()) return *value;
    problem(member(key) + " must be true or false");
    return false;
  }

  int integer(std::string_view key) {
    const json::value* found = find(key);
    if (!found) return 0;
    boost::system::error_code error;
    const int value = found->to_number<int>(error);
    if (error) problem(member(key) + " must be an integer");
    return value;
  }

  template <class Enum, std::size_t N>
  Enum one_of(std::string_view key, const Names<Enum, N>& names) {
    const std::string text = this->text(key);
    for (const auto& [value, name] : names) {
      if (name == text) return value;
    }
    problem(member(key) + " \"" + text + "\" is not known");
    return names.front().first;
  }

  const json::array* list(std::string_view key) {
    const json::value* found = find(key);
    if (!found) return nullptr;
    const json::array* array = found->if_array();
    if (!array) {
      problem(member(key) + " must be a list");
    } else if (array->size() > kItemsMax) {
      problem(member(key) + " has more than " + std::to_string(kItemsMax) + " items");
      return nullptr;
    }
    return array;
  }

  void problem(std::string sentence) {
    if (problem_.empty()) problem_ = std::move(sentence);
  }

  Result<void> finish() {
    if (problem_.empty() && seen_ != object_->size()) problem_ = unknown_member();
    if (problem_.empty()) return {};
    return fail(ErrorCode::kInvalidRequest, problem_ + ".");
  }

  void allow(std::initializer_list<std::string_view> keys) { allowed_ = keys; }

 private:
  std::string member(std::string_view key) const {
    return "\"" + std::string(key) + "\" of " + what_;
  }

  std::string unknown_member() const {
    for (const auto& [key, value] : *object_) {
      if (std::ranges::find(allowed_, std::string_view(key)) == allowed_.end()) {
        return what_ + " has no \"" + std::string(key) + "\"";
      }
    }
    return what_ + " names something twice";
  }

  std::string what_;
  const json::object* object_ = nullptr;
  std::size_t seen_ = 0;
  std::vector<std::string_view> allowed_;
  std::string problem_;
};

json::array steps_to_json(const std::vector<LocatorStep>& steps) {
  json::array array;
  for (const LocatorStep& step : steps) {
    json::object object{{"by", name_of(kByNames, step.by)}};
    if (step.by == By::kNth) {
      object["index"] = step.index;
    } else if (!step.value.empty() || step.has.empty()) {
      object["value"] = step.value;
    }
    if (step.name) object["name"] = *step.name;
    if (step.exact) object["exact"] = true;
    if (step.level) object["level"] = *step.level;
    if (!step.has.empty()) object["has"] = steps_to_json(step.has);
    array.push_back(std::move(object));
  }
  return array;
}

Result<std::vector<LocatorStep>> parse_steps(const json::value& value, int depth);

Result<LocatorStep> parse_step(const json::value& value, int depth) {
  Reader reader(value, "a locator step");
  reader.allow({"by", "value", "name", "exact", "level", "has", "index"});
  LocatorStep step;
  step.by = reader.one_of("by", kByNames);
  step.value = reader.text("value");
  if (const json::value* name = reader.find("name")) {
    if (name->is_string()) {
      step.name = std::string(name->get_string());
    } else {
      reader.problem("\"name\" of a locator step must be a string");
    }
  }
  step.exact = reader.flag("exact");
  if (value.is_object() && value.get_object().contains("level")) {
    step.level = reader.integer("level");
  }
  step.index = reader.integer("index");
  if (const json::value* has = reader.find("has")) {
    VOUCH_TRY(step.has, parse_steps(*has, depth + 1));
  }
  VOUCH_TRY_VOID(reader.finish());
  return step;
}

Result<std::vector<LocatorStep>> parse_steps(const json::value& value, int depth) {
  const json::array* array = value.if_array();
  if (!array || array->empty() || array->size() > kItemsMax) {
    return fail(ErrorCode::kInvalidRequest,
                "A locator must be a list of 1 to " + std::to_string(kItemsMax) + " steps.");
  }
  if (depth > kHasDepthMax) {
    return fail(ErrorCode::kInvalidRequest, "The \"has\" of a locator is nested too deeply.");
  }
  std::vector<LocatorStep> steps;
  for (const json::value& each : *array) {
    VOUCH_TRY(LocatorStep step, parse_step(each, depth));
    steps.push_back(std::move(step));
  }
  return steps;
}

json::value expectation_to_json(const TextExpectation& expectation) {
  if (const auto* text = std::get_if<std::string>(&expectation)) return json::string(*text);
  const auto& pattern = std::get<Pattern>(expectation);
  return json::object{{"source", pattern.source}, {"flags", pattern.flags}};
}

Result<TextExpectation> parse_expectation(const json::value& value) {
  if (const json::string* text = value.if_string()) return TextExpectation(std::string(*text));
  Reader reader(value, "an expected text");
  reader.allow({"source", "flags"});
  Pattern pattern{reader.text("source"), reader.text("flags")};
  VOUCH_TRY_VOID(reader.finish());
  return TextExpectation(std::move(pattern));
}

Result<std::optional<Locator>> parse_locator_member(Reader& reader, std::string_view key) {
  const json::value* found = reader.find(key);
  if (!found) return std::optional<Locator>();
  VOUCH_TRY(Locator locator, parse_locator(*found));
  return std::optional<Locator>(std::move(locator));
}

}  // namespace

json::value to_json(const Locator& locator) { return steps_to_json(locator.steps); }

bool may_be_awaited(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH" || method == "DELETE";
}

json::value to_json(const Action& action) {
  json::object object{{"kind", name_of(kActionNames, action.kind)}};
  if (action.locator) object["locator"] = to_json(*action.locator);
  if (!action.value.empty()) object["value"] = action.value;
  if (action.to) object["to"] = to_json(*action.to);
  for (const Action::File& file : action.files) {
    if (!object.contains("files")) object["files"].emplace_array();
    object["files"].as_array().push_back(
        json::object{{"name", file.name}, {"mime_type", file.mime_type}, {"base64", file.base64}});
  }
  if (action.opens_page) object["opens_page"] = true;
  if (action.until_idle) object["until_idle"] = true;
  if (!action.awaits.empty()) object["awaits"] = action.awaits;
  if (!action.visitor.empty()) object["visitor"] = action.visitor;
  return object;
}

json::value to_json(const Assertion& assertion) {
  json::object object{{"matcher", name_of(kMatcherNames, assertion.matcher)}};
  if (assertion.negated) object["negated"] = true;
  if (assertion.locator) object["locator"] = to_json(*assertion.locator);
  if (!assertion.expected.empty()) {
    json::array expected;
    for (const TextExpectation& each : assertion.expected) {
      expected.push_back(expectation_to_json(each));
    }
    object["expected"] = std::move(expected);
  }
  if (assertion.expects_list) object["expects_list"] = true;
  if (!assertion.attribute.empty()) object["attribute"] = assertion.attribute;
  if (assertion.count != 0) object["count"] = assertion.count;
  if (assertion.timeout_ms != 0) object["timeout_ms"] = assertion.timeout_ms;
  if (!assertion.visitor.empty()) object["visitor"] = assertion.visitor;
  return object;
}

Result<Locator> parse_locator(const json::value& value) {
  VOUCH_TRY(auto steps, parse_steps(value, 0));
  return Locator{std::move(steps)};
}

Result<Action> parse_action(const json::value& value) {
  Reader reader(value, "an action");
  reader.allow(
      {"kind", "locator", "value", "to", "files", "opens_page", "until_idle", "awaits", "visitor"});
  Action action;
  action.kind = reader.one_of("kind", kActionNames);
  VOUCH_TRY(action.locator, parse_locator_member(reader, "locator"));
  action.value = reader.text("value");
  VOUCH_TRY(action.to, parse_locator_member(reader, "to"));
  if (const json::array* files = reader.list("files")) {
    for (const json::value& each : *files) {
      Reader file(each, "a file");
      file.allow({"name", "mime_type", "base64"});
      action.files.push_back({file.text("name"), file.text("mime_type"), file.text("base64")});
      VOUCH_TRY_VOID(file.finish());
    }
  }
  action.opens_page = reader.flag("opens_page");
  action.until_idle = reader.flag("until_idle");
  action.awaits = reader.text("awaits");
  if (!action.awaits.empty() && !may_be_awaited(action.awaits))
    reader.problem("\"awaits\" is POST, PUT, PATCH or DELETE");
  action.visitor = reader.text("visitor");
  if (action.kind == Action::Kind::kDragTo && !action.to) reader.problem("A drag needs a \"to\"");
  VOUCH_TRY_VOID(reader.finish());
  return action;
}

Result<Assertion> parse_assertion(const json::value& value) {
  Reader reader(value, "an assertion");
  reader.allow({"matcher", "negated", "locator", "expected", "expects_list", "attribute", "count",
                "timeout_ms", "visitor"});
  Assertion assertion;
  assertion.matcher = reader.one_of("matcher", kMatcherNames);
  assertion.negated = reader.flag("negated");
  VOUCH_TRY(assertion.locator, parse_locator_member(reader, "locator"));
  if (const json::array* expected = reader.list("expected")) {
    for (const json::value& each : *expected) {
      VOUCH_TRY(TextExpectation expectation, parse_expectation(each));
      assertion.expected.push_back(std::move(expectation));
    }
  }
  assertion.expects_list = reader.flag("expects_list");
  assertion.attribute = reader.text("attribute");
  assertion.count = reader.integer("count");
  assertion.timeout_ms = reader.integer("timeout_ms");
  assertion.visitor = reader.text("visitor");
  VOUCH_TRY_VOID(reader.finish());
  return assertion;
}

std::string substitute(std::string_view text, const Variables& variables) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t open = text.find("${", at);
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) return out.append(text.substr(at));
    const auto found = variables.find(text.substr(open + 2, close - open - 2));
    if (found == variables.end()) {
      out.append(text.substr(at, open + 2 - at));
      at = open + 2;
    } else {
      out.append(text.substr(at, open - at)).append(found->second);
      at = close + 1;
    }
  }
}

json::value substitute(const json::value& value, const Variables& variables) {
  if (const json::string* text = value.if_string()) {
    return json::string(substitute(std::string_view(*text), variables));
  }
  if (const json::array* array = value.if_array()) {
    json::array out;
    for (const json::value& each : *array) out.push_back(substitute(each, variables));
    return out;
  }
  if (const json::object* object = value.if_object()) {
    json::object out;
    for (const auto& [key, each] : *object) out[key] = substitute(each, variables);
    return out;
  }
  return value;
}

}  // namespace vouch::browser
