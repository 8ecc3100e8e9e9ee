#include "features/write/typescript.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <ranges>

#include "base/base64.h"
#include "base/result.h"

namespace vouch::features::write {
namespace {

using browser::Action;
using browser::Assertion;
using browser::LocatorStep;
using By = LocatorStep::By;
using Matcher = Assertion::Matcher;

std::string escape(std::string_view text, char quote) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\0':
        out += "\\0";
        break;
      default:
        if (c == quote) out += '\\';
        if (quote == '`' && text.substr(i, 2) == "${") out += '\\';
        out += c;
    }
  }
  return out;
}

// The name of the placeholder that begins at `at`, if it is one of them.
std::optional<std::string> placeholder_at(std::string_view text, std::size_t at,
                                          const Placeholders& placeholders) {
  if (text.substr(at, 2) != "${") return std::nullopt;
  std::size_t end = text.find('}', at);
  if (end == std::string_view::npos) return std::nullopt;
  std::string name(text.substr(at + 2, end - at - 2));
  if (!placeholders.contains(name)) return std::nullopt;
  return name;
}

std::string options(const std::vector<std::string>& parts) {
  if (parts.empty()) return "";
  std::string out = ", { ";
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i ? ", " : "") + parts[i];
  return out + " }";
}

std::string chain(const std::vector<LocatorStep>& steps, const Placeholders& placeholders,
                  const std::string& page) {
  std::string out = page;
  for (const LocatorStep& step : steps) {
    std::vector<std::string> with;
    if (step.name) with.push_back("name: " + quote(*step.name, placeholders));
    if (step.level) with.push_back("level: " + std::to_string(*step.level));
    if (step.exact) with.push_back("exact: true");
    auto call = [&](std::string_view method) {
      out +=
          "." + std::string(method) + "(" + quote(step.value, placeholders) + options(with) + ")";
    };
    switch (step.by) {
      case By::kRole:
        call("getByRole");
        break;
      case By::kLabel:
        call("getByLabel");
        break;
      case By::kPlaceholder:
        call("getByPlaceholder");
        break;
      case By::kText:
        call("getByText");
        break;
      case By::kAltText:
        call("getByAltText");
        break;
      case By::kTitle:
        call("getByTitle");
        break;
      case By::kTestId:
        call("getByTestId");
        break;
      case By::kCss:
        call("locator");
        break;
      case By::kFrame:
        call("frameLocator");
        break;
      case By::kFilter:
        out += step.has.empty() ? ".filter({ hasText: " + quote(step.value, placeholders) + " })"
                                : ".filter({ has: " + chain(step.has, placeholders, page) + " })";
        break;
      case By::kWithout:
        out += step.has.empty()
                   ? ".filter({ hasNotText: " + quote(step.value, placeholders) + " })"
                   : ".filter({ hasNot: " + chain(step.has, placeholders, page) + " })";
        break;
      case By::kVisible:
        out += ".filter({ visible: true })";
        break;
      case By::kNth:
        out += step.index == 0    ? ".first()"
               : step.index == -1 ? ".last()"
                                  : ".nth(" + std::to_string(step.index) + ")";
        break;
    }
  }
  return out;
}

std::string expectation(const browser::TextExpectation& text, const Placeholders& placeholders) {
  if (const auto* pattern = std::get_if<browser::Pattern>(&text))
    return regex(*pattern, placeholders);
  return quote(std::get<std::string>(text), placeholders);
}

std::string arguments(const Assertion& assertion, const Placeholders& placeholders,
                      std::string_view count) {
  std::string out;
  if (assertion.matcher == Matcher::kToHaveCount)
    return count.empty() ? std::to_string(assertion.count) : std::string(count);
  if (!assertion.attribute.empty()) out = quote(assertion.attribute) + ", ";
  if (assertion.expects_list) {
    out += "[";
    for (std::size_t i = 0; i < assertion.expected.size(); ++i) {
      out += (i ? ", " : "") + expectation(assertion.expected[i], placeholders);
    }
    return out + "]";
  }
  for (const browser::TextExpectation& text : assertion.expected)
    out += expectation(text, placeholders);
  return out;
}

std::string timeout_of(const Assertion& assertion) {
  return "{ timeout: " + std::to_string(assertion.timeout_ms) + " }";
}

std::string_view matcher_name(Matcher matcher) {
  switch (matcher) {
    case Matcher::kToBeVisible:
      return "toBeVisible";
    case Matcher::kToBeHidden:
      return "toBeHidden";
    case Matcher::kToBeInViewport:
      return "toBeInViewport";
    case Matcher::kToHaveText:
      return "toHaveText";
    case Matcher::kToContainText:
      return "toContainText";
    case Matcher::kToHaveValue:
      return "toHaveValue";
    case Matcher::kToHaveCount:
      return "toHaveCount";
    case Matcher::kToBeChecked:
      return "toBeChecked";
    case Matcher::kToBeDisabled:
      return "toBeDisabled";
    case Matcher::kToBeEnabled:
      return "toBeEnabled";
    case Matcher::kToBeEditable:
      return "toBeEditable";
    case Matcher::kToBeFocused:
      return "toBeFocused";
    case Matcher::kToBeEmpty:
      return "toBeEmpty";
    case Matcher::kToHaveAttribute:
      return "toHaveAttribute";
    case Matcher::kToContainClass:
      return "toContainClass";
    case Matcher::kToHaveCSS:
      return "toHaveCSS";
    case Matcher::kToHaveURL:
      return "toHaveURL";
    case Matcher::kToHaveTitle:
      return "toHaveTitle";
    case Matcher::kDialogMessage:
    case Matcher::kDownloadName:
    case Matcher::kDownloadText:
    case Matcher::kPageCount:
    case Matcher::kLocalStorageItem:
    case Matcher::kSessionStorageItem:
    case Matcher::kCookie:
    case Matcher::kConsoleErrors:
      break;  // polled
  }
  return "";
}

// A text as such; all else in base64.
std::string content_of(const Action::File& file) {
  const auto bytes = from_base64(file.base64);
  const bool is_text = bytes && !bytes->empty() && std::ranges::all_of(*bytes, [](unsigned char c) {
                         return c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c < 127);
                       });
  return is_text ? quote(*bytes) : quote(file.base64) + ", 'base64'";
}

std::string files_of(const Action& action) {
  std::string list;
  for (const Action::File& file : action.files) {
    list += (list.empty() ? "{ name: " : ", { name: ") + quote(file.name) +
            ", mimeType: " + quote(file.mime_type) + ", buffer: Buffer.from(" + content_of(file) +
            ") }";
  }
  return action.files.size() == 1 ? list : "[" + list + "]";
}

std::string stored(std::string_view storage, const Assertion& assertion, const std::string& page) {
  const std::string read =
      assertion.attribute.empty() ? ".length" : ".getItem(" + quote(assertion.attribute) + ")";
  return page + ".evaluate(() => " + std::string(storage) + read +
         (assertion.expected.empty() ? ")" : " ?? '')");
}

// What a test reads by itself, again and again; empty for other matchers.
std::string polled(const Assertion& assertion, const std::string& page) {
  switch (assertion.matcher) {
    case Matcher::kDialogMessage:
      return "dialogs.at(-1) ?? ''";
    case Matcher::kDownloadName:
      return "downloads.at(-1) ?? ''";
    case Matcher::kPageCount:
      return page + ".context().pages().length";
    case Matcher::kDownloadText:
      return "textOf(files.at(-1))";
    case Matcher::kLocalStorageItem:
      return stored("localStorage", assertion, page);
    case Matcher::kSessionStorageItem:
      return stored("sessionStorage", assertion, page);
    case Matcher::kCookie: {
      const std::string all = "await " + page + ".context().cookies()";
      if (assertion.attribute.empty()) return "(" + all + ").length";
      return "(" + all + ").find(({ name }) => name === " + quote(assertion.attribute) +
             ")?.value ?? " + (assertion.expected.empty() ? "null" : "''");
    }
    case Matcher::kConsoleErrors:
      return assertion.expected.empty() ? "consoleErrors.length" : "consoleErrors.join('\\n')";
    default:
      return "";
  }
}

}  // namespace

std::string quote(std::string_view text, const Placeholders& placeholders) {
  std::string out;
  bool is_template = false;
  std::size_t plain = 0;
  for (std::size_t at = text.find("${"); at != std::string_view::npos;
       at = text.find("${", at + 1)) {
    std::optional<std::string> name = placeholder_at(text, at, placeholders);
    if (!name) continue;
    const Placeholder& placeholder = placeholders.find(*name)->second;
    if (placeholder.is_text && text.size() == name->size() + 3) return placeholder.expression;
    out += escape(text.substr(plain, at - plain), '`');
    out += "${" + placeholder.expression + "}";
    plain = at + name->size() + 3;
    is_template = true;
  }
  if (is_template) return "`" + out + escape(text.substr(plain), '`') + "`";
  bool apostrophe =
      text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  char mark = apostrophe ? '"' : '\'';
  return mark + escape(text, mark) + mark;
}

bool holds_placeholder(std::string_view text, const Placeholders& placeholders) {
  for (std::size_t at = text.find("${"); at != std::string_view::npos;
       at = text.find("${", at + 1)) {
    if (placeholder_at(text, at, placeholders)) return true;
  }
  return false;
}

std::string regex(const browser::Pattern& pattern, const Placeholders& placeholders) {
  if (!holds_placeholder(pattern.source, placeholders))
    return "/" + (pattern.source.empty() ? "(?:)" : pattern.source) + "/" + pattern.flags;
  Placeholders escaped;
  for (const auto& [name, placeholder] : placeholders) {
    const std::string text =
        placeholder.is_text ? placeholder.expression : "String(" + placeholder.expression + ")";
    escaped[name] = {"escapeRegExp(" + text + ")"};
  }
  const std::string flags = pattern.flags.empty() ? "" : ", " + quote(pattern.flags);
  return "new RegExp(" + quote(pattern.source, escaped) + flags + ")";
}

std::string print(const browser::Locator& locator, const Placeholders& placeholders) {
  return chain(locator.steps, placeholders, "page");
}

std::string page_of(std::string_view visitor) {
  if (visitor.empty()) return "page";
  std::string name;
  bool begins_word = false;
  for (const unsigned char c : visitor) {
    if (std::isalnum(c) == 0 || c > 127) {
      begins_word = !name.empty();
      continue;
    }
    const bool first = name.empty();
    if (first && std::isdigit(c) != 0) name = "visitor";
    name += static_cast<char>(first ? std::tolower(c) : begins_word ? std::toupper(c) : c);
    begins_word = false;
  }
  return name.empty() ? "otherPage" : name + "Page";
}

namespace {

// The labels, a line each: one as it is, several as a list.
std::string options_of(const std::string& lines, const Placeholders& placeholders) {
  if (lines.find('\n') == lines.npos) return quote(lines, placeholders);
  std::string list;
  for (const auto label : std::views::split(lines, '\n')) {
    list +=
        (list.empty() ? "" : ", ") + quote(std::string(label.begin(), label.end()), placeholders);
  }
  return "[" + list + "]";
}

std::string print_action(const Action& action, const Placeholders& placeholders) {
  const std::string page = page_of(action.visitor);
  std::string subject = action.locator ? chain(action.locator->steps, placeholders, page) : page;
  std::string value = quote(action.value, placeholders);
  const std::string until = action.until_idle ? "{ waitUntil: 'networkidle' }" : "";
  switch (action.kind) {
    case Action::Kind::kGoto:
      return "await " + page + ".goto(" + value + (until.empty() ? "" : ", " + until) + ");";
    case Action::Kind::kClick:
      return "await " + subject + ".click();";
    case Action::Kind::kDoubleClick:
      return "await " + subject + ".dblclick();";
    case Action::Kind::kRightClick:
      return "await " + subject + ".click({ button: 'right' });";
    case Action::Kind::kHover:
      return "await " + subject + ".hover();";
    case Action::Kind::kFill:
      return "await " + subject + ".fill(" + value + ");";
    case Action::Kind::kType:
      return "await " + subject + ".pressSequentially(" + value + ");";
    case Action::Kind::kClear:
      return "await " + subject + ".clear();";
    case Action::Kind::kSelectOption:
      return "await " + subject + ".selectOption(" + options_of(action.value, placeholders) + ");";
    case Action::Kind::kCheck:
      return "await " + subject + ".check();";
    case Action::Kind::kUncheck:
      return "await " + subject + ".uncheck();";
    case Action::Kind::kPress:
      return action.locator ? "await " + subject + ".press(" + value + ");"
                            : "await " + page + ".keyboard.press(" + value + ");";
    case Action::Kind::kSetInputFiles:
      return "await " + subject + ".setInputFiles(" + files_of(action) + ");";
    case Action::Kind::kDragTo:
      return "await " + subject + ".dragTo(" + chain(action.to->steps, placeholders, page) + ");";
    case Action::Kind::kFocus:
      return "await " + subject + ".focus();";
    case Action::Kind::kScrollIntoView:
      return "await " + subject + ".scrollIntoViewIfNeeded();";
    case Action::Kind::kScrollTo:
      return action.value == "top" ? "await " + page + ".evaluate(() => window.scrollTo(0, 0));"
                                   : "await " + page +
                                         ".evaluate(() => window.scrollTo(0, "
                                         "document.documentElement.scrollHeight));";
    case Action::Kind::kSetViewportSize: {
      const std::size_t by = action.value.find('x');
      return "await " + page + ".setViewportSize({ width: " + action.value.substr(0, by) +
             ", height: " + action.value.substr(by + 1) + " });";
    }
    case Action::Kind::kShowPage:
      return action.value == "first" ? page + " = " + page + ".context().pages()[0];"
                                     : page + " = " + page + ".context().pages().at(-1)!;";
    case Action::Kind::kClosePage:
      return "await " + page + ".close();\n" + page + " = " + page + ".context().pages().at(-1)!;";
    case Action::Kind::kGoBack:
      return "await " + page + ".goBack(" + until + ");";
    case Action::Kind::kReload:
      return "await " + page + ".reload(" + until + ");";
    case Action::Kind::kSetStorageState:
      return "await " + page + ".context().setStorageState(JSON.parse(" + value + "));";
    case Action::Kind::kClickAt: {
      const std::size_t comma = action.value.find(',');
      return "await " + page + ".mouse.click(" + action.value.substr(0, comma) + ", " +
             action.value.substr(comma + 1) + ");";
    }
    case Action::Kind::kClearCookies:
      return "await " + page + ".context().clearCookies();";
    case Action::Kind::kClearStorage:
      return "await " + page + ".evaluate(() => " + action.value + ".clear());";
    case Action::Kind::kAcceptDialog:
    case Action::Kind::kDismissDialog:
      return page + ".once('dialog', " + print_answer(action, placeholders) + ");";
  }
  VOUCH_CHECK(false);
}

}  // namespace

std::string print_answer(const Action& answer, const Placeholders& placeholders) {
  if (answer.kind == Action::Kind::kDismissDialog) return "(dialog) => dialog.dismiss()";
  const std::string value = answer.value.empty() ? "" : quote(answer.value, placeholders);
  return "(dialog) => dialog.accept(" + value + ")";
}

std::string print(const Action& action, const Placeholders& placeholders) {
  std::string done = print_action(action, placeholders);
  const std::string page = page_of(action.visitor);
  constexpr std::string_view kAwait = "await ";
  const bool is_one_call = done.starts_with(kAwait) && done.find('\n') == done.npos;
  if (!action.awaits.empty() && !action.opens_page && is_one_call) {
    const std::string act = done.substr(kAwait.size(), done.size() - kAwait.size() - 1);
    return "await Promise.all([\n  " + page +
           ".waitForResponse((response) => response.request().method() === '" + action.awaits +
           "'),\n  " + act + ",\n]);";
  }
  if (!action.opens_page) return done;
  return "const opened = " + page + ".waitForEvent('popup');\n" + done + "\n" + page +
         " = await opened;";
}

namespace {

// What is expected of what a test reads by itself: ".not.toBe('')".
std::string polled_expectation(const Assertion& assertion, const Placeholders& placeholders) {
  if (assertion.matcher == Matcher::kPageCount)
    return (assertion.negated ? ".not.toBe(" : ".toBe(") + std::to_string(assertion.count) + ")";
  if (assertion.expected.empty()) {  // anything
    const bool is_named =
        assertion.matcher != Matcher::kConsoleErrors && !assertion.attribute.empty();
    return std::string(assertion.negated ? "" : ".not") + (is_named ? ".toBeNull()" : ".toBe(0)");
  }
  const browser::TextExpectation& expected = assertion.expected.front();
  const bool pattern = std::holds_alternative<browser::Pattern>(expected);
  return std::string(assertion.negated ? ".not" : "") + (pattern ? ".toMatch(" : ".toBe(") +
         expectation(expected, placeholders) + ")";
}

}  // namespace

std::string print(const Assertion& assertion, const Placeholders& placeholders,
                  std::string_view count) {
  const std::string page = page_of(assertion.visitor);
  if (const std::string read = polled(assertion, page); !read.empty()) {
    const std::string waits = read.find("await ") == std::string::npos ? "" : "async ";
    const std::string patience = assertion.timeout_ms == 0 ? "" : ", " + timeout_of(assertion);
    return "await expect.poll(" + waits + "() => " + read + patience + ")" +
           polled_expectation(assertion, placeholders) + ";";
  }
  std::string subject =
      assertion.locator ? chain(assertion.locator->steps, placeholders, page) : page;
  std::string expected = arguments(assertion, placeholders, count);
  if (assertion.timeout_ms != 0) expected += (expected.empty() ? "" : ", ") + timeout_of(assertion);
  return "await expect(" + subject + ")" + (assertion.negated ? ".not" : "") + "." +
         std::string(matcher_name(assertion.matcher)) + "(" + expected + ");";
}

}  // namespace vouch::features::write
