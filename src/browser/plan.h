// What a browser is told to do and to check, as plain data: locators, actions and assertions in
// Playwright's own terms. The same value is executed by the browser host while a test is being
// found (browser.h), kept as the action chain of a scenario, and printed as TypeScript by
// features/write. So what worked while exploring is what the test does.
//
// Strings may hold `${name}` placeholders of variables (`${unique}` …). They stay in what is kept
// and printed; `substitute` puts the values in before a plan goes to the browser.
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace vouch::browser {

// One link of a chained locator: page.getByRole('row', …).filter({ hasText: …
// }).getByRole('button', …).
struct LocatorStep {
  enum class By {
    kRole,         // getByRole(value, { name, exact, level? })
    kLabel,        // getByLabel(value, { exact })
    kPlaceholder,  // getByPlaceholder(value, { exact })
    kText,         // getByText(value, { exact })
    kAltText,      // getByAltText(value, { exact })
    kTitle,        // getByTitle(value, { exact })
    kTestId,       // getByTestId(value)
    kCss,          // locator(value): the last resort
    kFrame,        // frameLocator(value): what follows stands in the frame that the selector names
    kFilter,       // filter({ hasText: value }) or, with `has`, filter({ has: … })
    kWithout,      // filter({ hasNotText: value }) or, with `has`, filter({ hasNot: … })
    kVisible,      // filter({ visible: true })
    kNth,          // nth(index); -1 is last(), printed as such; 0 is first()
  };
  By by = By::kCss;
  std::string value;
  std::optional<std::string> name;  // kRole: the accessible name
  bool exact = false;
  std::optional<int> level;      // kRole heading
  std::vector<LocatorStep> has;  // kFilter, kWithout: the inner locator, from the page
  int index = 0;                 // kNth

  bool operator==(const LocatorStep&) const = default;
};

struct Locator {
  std::vector<LocatorStep> steps;
  bool operator==(const Locator&) const = default;
};

struct Action {
  enum class Kind {
    kGoto,  // value: a URL, absolute or relative to the site
    kClick,
    kDoubleClick,
    kRightClick,
    kHover,
    kFill,  // value
    kType,  // value, key by key, after what stands there (pressSequentially)
    kClear,
    kSelectOption,  // value: the option's label; of several a line each
    kCheck,
    kUncheck,
    kPress,          // value: a key in Playwright's names; without a locator, page.keyboard.press
    kSetInputFiles,  // files; value: their names
    kDragTo,         // onto `to`
    kFocus,
    kScrollIntoView,
    kScrollTo,         // value: "top" or "bottom" of the page
    kSetViewportSize,  // value: "375x812", CSS pixels
    kShowPage,   // value: "first" or "last", of the tabs that are open: the test goes on there
    kClosePage,  // the tab; the test goes on in the last one that is open
    kGoBack,
    kReload,
    kSetStorageState,  // value: the text of a saved sign-in (base/storage_state.h)
    kClickAt,          // value: "1,1", CSS pixels from the top left of what is shown
    kClearCookies,
    kClearStorage,  // value: "localStorage" or "sessionStorage", of the page's origin
    // Beforehand, for the next native dialog; without one of these it is accepted.
    kAcceptDialog,  // value: what is typed into a prompt
    kDismissDialog,
  };
  // A file that a test makes up.
  struct File {
    std::string name, mime_type;
    std::string base64;  // what is in it
    bool operator==(const File&) const = default;
  };
  Kind kind = Kind::kClick;
  std::optional<Locator> locator;
  std::string value;
  std::optional<Locator> to;  // kDragTo
  std::vector<File> files;    // kSetInputFiles
  // It is set up for the dialog of the browser that an act after it opens.
  bool answers_dialog() const {
    return kind == Kind::kAcceptDialog || kind == Kind::kDismissDialog;
  }
  bool opens_page = false;  // it opens a tab, and the test goes on there
  // kGoto, kReload, kGoBack: it ends when the network has been idle (waitUntil: 'networkidle'), for
  // a page that goes on loading its scripts after `load` and listens to nobody before.
  bool until_idle = false;
  // The method of a request that it sends, which has to be answered before the test goes on, since
  // what comes next leaves the page and would cut it off: "POST", "PUT", "PATCH", "DELETE"; "":
  // none. It is known by its method alone: its address may hold what differs from run to run.
  std::string awaits;
  // Who does it, where several visit the site, each in a browser context of their own: "mia"; ""
  // is the one who began.
  std::string visitor;
  bool operator==(const Action&) const = default;
};

struct Pattern {  // a regular expression literal
  std::string source;
  std::string flags;
  bool operator==(const Pattern&) const = default;
};
using TextExpectation = std::variant<std::string, Pattern>;

struct Assertion {
  enum class Matcher {
    kToBeVisible,
    kToBeHidden,
    kToBeInViewport,  // where what is folded away counts as visible
    kToHaveText,  // whole text, white space folded; a list asserts one text for each element, in
                  // order
    kToContainText,
    kToHaveValue,
    kToHaveCount,  // count
    kToBeChecked,
    kToBeDisabled,
    kToBeEnabled,
    kToBeEditable,
    kToBeFocused,
    kToBeEmpty,
    kToHaveAttribute,  // attribute, expected
    kToContainClass,
    kToHaveCSS,  // attribute: the property's name; expected
    // Of the page: no locator.
    kToHaveURL,
    kToHaveTitle,
    kDialogMessage,  // the latest native dialog said so
    kDownloadName,   // the latest file was offered under this name
    kDownloadText,   // the latest file holds it: a pattern
    kPageCount,      // count: of the tabs that are open
    // What the browser keeps for the page's origin under the name `attribute`: `expected`, or
    // anything where that is empty. Without a name: anything at all.
    kLocalStorageItem,
    kSessionStorageItem,
    kCookie,
    // Errors of the page's scripts, and what it told the console as an error, since the test began:
    // one that `expected`, a pattern, fits, or any where that is empty.
    kConsoleErrors,
  };
  Matcher matcher = Matcher::kToBeVisible;
  bool negated = false;
  std::optional<Locator> locator;         // none: the page
  std::vector<TextExpectation> expected;  // one, or for lists one each
  bool expects_list = false;              // the expectation is printed and checked as an array
  std::string attribute;
  int count = 0;
  int timeout_ms = 0;   // where it takes its time to hold; 0: Playwright's default
  std::string visitor;  // who sees it, as of an Action
  bool operator==(const Assertion&) const = default;
};

bool may_be_awaited(std::string_view method);  // Action::awaits

// JSON as spoken with the browser host and kept in the store. parse_* refuse what they do not know
// with kInvalidRequest.
boost::json::value to_json(const Locator& locator);
boost::json::value to_json(const Action& action);
boost::json::value to_json(const Assertion& assertion);
Result<Locator> parse_locator(const boost::json::value& value);
Result<Action> parse_action(const boost::json::value& value);
Result<Assertion> parse_assertion(const boost::json::value& value);

using Variables = std::map<std::string, std::string, std::less<>>;
// Replaces `${name}` in every string of `value` for the names in `variables`; other text is left
// alone.
boost::json::value substitute(const boost::json::value& value, const Variables& variables);
std::string substitute(std::string_view text, const Variables& variables);
// A text is not to be taken for the JSON value that it converts to.
inline std::string substitute(const std::string& text, const Variables& variables) {
  return substitute(std::string_view(text), variables);
}
inline std::string substitute(const char* text, const Variables& variables) {
  return substitute(std::string_view(text), variables);
}

}  // namespace vouch::browser
