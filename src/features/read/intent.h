// What a step means, before any page was seen: intents with slots. `read_step` (read.h) produces
// them from a step's words; features/ground finds what they stand for on the real page. Adding a
// phrase touches only features/read; adding an intent touches this file, its reading, and one
// function in features/ground.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vouch::features {

// The kind of thing a step's noun names. It guides ranking; kAny where the step names no kind.
enum class ElementKind {
  kAny,
  kButton,
  kLink,
  kField,
  kCheckbox,
  kRadio,
  kDropdown,
  kOption,
  kHeading,
  kText,
  kImage,
  kIcon,
  kTable,
  kRow,
  kColumn,
  kCell,
  kList,
  kItem,
  kDialog,
  kMessage /* alert, error, notice, toast, status */,
  kSection /* cart, sidebar,
header, form, card, region */
  ,
  kMenu,
  kTab,
  kBadge,
  kPage,
  kFrame,
};

// Where a target is to be looked for: "for X", "of the product X", "in the row of Y", "in the
// cart", "under 'You may also like'". Innermost first when there are several.
struct Scope {
  ElementKind kind = ElementKind::kAny;  // "row", "cart" (kSection), "table" …; kAny for "for X"
  std::string name;                      // "Green Tea", "cart", "You may also like"
  bool quoted = false;              // the name stood in quotes: the page shows these very words
  std::optional<int> ordinal = {};  // "in the first row", "of the second product"; -1 last
  bool operator==(const Scope&) const = default;
};

struct Target {
  ElementKind kind = ElementKind::kAny;
  std::string noun;  // the noun as written when it says more than `kind`: "products", "cart badge",
                     // "order number"
  std::string name;  // the words that name it; "" where only the kind or the noun does
  bool quoted = false;
  std::optional<int> ordinal;  // 1 first, 2 second …; -1 last
  std::vector<Scope> scopes;
  // Other words the same thing may carry on a page, from the reader's small lexicon of interface
  // words, best first: for "add … to the cart": {"Add to cart", "Add to basket", "Add"}; for
  // "proceed to the checkout": {"Checkout", …}.
  std::vector<std::string> alternatives;
  bool operator==(const Target&) const = default;
};

enum class ActKind {
  kOpen,  // go to a page: value is a URL or path, or target.name a page's name ("the sign-in page";
          // "" is the start page)
  kClick,
  kDoubleClick,
  kRightClick,
  kHover,
  kFill,     // give `target` the value, however its kind takes it (type, choose, tick)
  kFillAll,  // every field that is empty, of the form that target.name names: with made-up values;
             // `value`: kRequired where only what has to be filled in is
  kAppend,   // `value` to what `target` holds, by keys; target "it": what is being edited
  kClear,
  kChoose,  // choose option `value` in `target` ("" when the step does not name the control: a
            // radio, option, tab, menu item)
  kCheck,
  kUncheck,
  kPress,    // key `value` ("Enter"), in `target` if named
  kSignIn,   // `user`, `value` is the password; either may be empty, see password_is_known
  kSignOut,  // `target`: what sites call the way out
  kSearch,   // for `value`
  kSubmit,   // the form at hand: "submits", "saves", "places the order" with target words where
             // given
  kGoBack,   // `value`: kOfBrowser where the step says so; else by the page's own button, if it has
             // one
  kReload,
  kUpload,   // the files named `value`, a line each, in `target` where the step names it
  kDrag,     // `target` onto `onto`
  kFocus,    // the keyboard's, without a click
  kScroll,   // `target` into view; without one to the `value`, "top" or "bottom", of the page
  kShowTab,  // `value`: "first" or "last"
  kCloseTab,
  kResize,         // the window, to `value`: "375x812"
  kNothing,        // what a step says and every action and assertion does anyway, as waiting; with
                   // ensures_state, what is taken as said ("the sample orders exist")
  kAcceptDialog,   // a native dialog that the act before opened; `value`: the answer to a prompt
  kDismissDialog,  // the same
  kClickOutside,   // anywhere but on `target`
  kForget,         // what the browser keeps for the site: `value` is one of the following
};

inline constexpr std::string_view kRequired = "required";
inline constexpr std::string_view kOfBrowser = "browser";
inline constexpr std::string_view kCookies = "cookies", kLocal = "localStorage",
                                  kSession = "sessionStorage";

struct Act {
  ActKind kind = ActKind::kClick;
  Target target;
  std::string value;
  std::string user;
  bool password_is_known = false;  // kSignIn: the step does not say it; `value` is empty
  Target onto;                     // kDrag
  // The step states something that must hold afterwards rather than an action ("I am on …", "I am
  // signed in", "there is a 'Green Tea' in my cart"): nothing is to be done where it already holds.
  bool ensures_state = false;
  std::string opener;  // kFill with `adds`: what a control that shows the form may be called first
  std::string adds;    // kFill: of what it is made a new one by this step ("task"), whose form may
                     // have to be opened first; "" for none. kSignIn: "account", with the one that
                     // was made, or signed in with, before
  bool filters = false;  // kFill: by what is listed
  bool made_up = false;  // kFill, kSignIn: the step says only of what kind the value is
  bool operator==(const Act&) const = default;
};

enum class ObserveKind {
  kText,  // `expected` is visible (in target's scopes; target.kind kMessage: as an alert, notice …)
  kElement,  // the element named by target is visible ("the heading 'Products'", "a 'Sign in'
             // button")
  kContent,  // the thing named by target shows `expected`: label-value pairs, badges, totals, rows,
             // columns ("the cart badge shows 1", "the total in the cart is '€ 12.50'", "the row of
             // order '1001' shows status 'Paid'": target kRow scope, name "status")
  kValue,    // the field named by target has the value `expected`
  kState,    // target is in `state`
  kCount,    // there are `quantity` of target.noun/kind
  kUrl,
  kTitle,
  kPage,   // "I am taken to the checkout page": the page named target.name is shown (its URL, title
           // or heading says so)
  kTable,  // the table named by target contains `rows`
  kAttribute,     // the element named by target has the `attribute` `expected`
  kClass,         // … the CSS class `expected`
  kStyle,         // … the CSS property `attribute` at `expected`
  kDialog,        // a native dialog said `expected` (anything when empty)
  kDownload,      // a file called `expected` was offered for download
  kDownloadText,  // the file holds `expected`; kEquals: as one of its lines
  kTabs,          // `quantity` tabs are open
  // The browser keeps `expected` (anything where it is empty) for the site under the name
  // `attribute` (any name where that is empty).
  kLocalStorage,
  kSessionStorage,
  kCookie,
  kConsoleErrors,  // the page had errors, or one that says `expected`
  kSorted,         // the things named by target are in order of their `attribute`, see `descending`
  kList,      // the things named by target.noun are `rows` (one cell each), in order when `ordered`
  kBefore,    // `rows`[0] comes before `rows`[1] among things that are alike (one cell each)
  kEach,      // each of the things named by target shows `expected`, or has the `part`
  kSame,      // what target shows, or the number of them where `counted`, is as before the When, or
              // `change` more; negated: it is not
  kMeasured,  // the number that target shows is in `range`; of several things, that of each
};

enum class State {
  kVisible,
  kEnabled,
  kDisabled,
  kChecked,
  kUnchecked,
  kSelected,
  kFocused,
  kReadOnly,
  kEmpty,
  kRequired,
  kExpanded,
  kPartlyChecked,  // neither checked nor unchecked
  kInvalid,
  kCollapsed,
  kInView,  // the window shows it, without scrolling
};
enum class Match { kContains, kEquals, kStartsWith, kEndsWith, kPattern };
enum class Compare { kEqual, kAtLeast, kAtMost, kMoreThan, kLessThan };

struct Quantity {
  Compare compare = Compare::kEqual;
  int number = 0;
  bool operator==(const Quantity&) const = default;
};

// Of numbers; without its ends where `open`.
struct Range {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool open = false;
  bool operator==(const Range&) const = default;
};

struct Observation {
  ObserveKind kind = ObserveKind::kText;
  Target target;
  std::string expected;
  Target part;      // kEach
  std::string was;  // kContent: what it showed before the act, where the step says so
  Match match = Match::kContains;
  State state = State::kVisible;
  Quantity quantity;
  bool counted = false;  // kSame
  int change = 0;        // kSame: by how much it grew; less than 0: shrank
  Range range;           // kMeasured
  bool negated = false;
  // It may hold before its When by its meaning: negations, "still", "remains", "no longer". Proven
  // by tampering.
  bool may_hold_before = false;
  // What is said once of several ("A, B and C are checked") is one claim: this one goes with the
  // one before it in the reading, and the claim fails where either does.
  bool with_previous = false;
  bool may_be_folded = false;  // kElement: it may stand in a menu that is closed
  // kAttribute, kStyle; kSorted, kMeasured ("price"; "" for what they say themselves)
  std::string attribute;
  bool descending = false;                   // kSorted
  bool ordered = false, exact_rows = false;  // kList, kTable: "only", "exactly", "in this order"
  bool header = false;                       // kTable: rows[0] names the columns
  std::vector<std::vector<std::string>> rows;
  std::optional<double> within_seconds;  // "within 5 seconds"
  bool operator==(const Observation&) const = default;
};

using Intent = std::variant<Act, Observation>;

// One way to understand a step: its intents in order (a table of fields gives several acts).
// `because` is a short phrase for the log: "fill «User name» with «anna»".
struct Reading {
  std::vector<Intent> intents;
  double weight = 1.0;  // plausibility among the readings of one step; the best has 1
  std::string because;
};

}  // namespace vouch::features
