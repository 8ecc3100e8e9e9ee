#include <array>
#include <charconv>
#include <cmath>

#include "features/read/lexicon.h"
#include "features/read/read.h"
#include "features/read/tokens.h"

namespace vouch::features {
namespace {

std::string quoted(std::string_view text) { return "«" + std::string(text) + "»"; }

std::string say_ordinal(int ordinal) {
  return ordinal == -1 ? "last " : "number " + std::to_string(ordinal) + " of the ";
}

std::string say_scope(const Scope& scope) {
  const std::string kind(name_of(scope.kind));
  if (scope.ordinal)
    return " in " + say_ordinal(*scope.ordinal) + (scope.name.empty() ? kind : quoted(scope.name));
  if (scope.kind == ElementKind::kAny) return " for " + quoted(scope.name);
  if (scope.name.empty()) return " in the " + kind;
  return " in the " + kind + " " + quoted(scope.name);
}

std::string say_target(const Target& target) {
  const std::string kind(name_of(target.kind));
  std::string out = "the ";
  if (target.ordinal) out += say_ordinal(*target.ordinal);
  if (target.name.empty()) {
    out += target.noun.empty() ? (kind.empty() ? "thing" : kind) : target.noun;
  } else if (kind.empty()) {
    out = target.ordinal ? out + quoted(target.name) : quoted(target.name);
  } else {
    out += kind + " " + quoted(target.name);
  }
  for (const Scope& scope : target.scopes) out += say_scope(scope);
  return out;
}

bool is_empty(const Target& target) {
  return target.kind == ElementKind::kAny && target.name.empty() && target.noun.empty() &&
         !target.ordinal;
}

std::string say_scopes(const Target& target) {
  std::string out;
  for (const Scope& scope : target.scopes) out += say_scope(scope);
  return out;
}

std::string say(const Act& act) {
  const std::string target = say_target(act.target);
  const std::string into = is_empty(act.target) ? say_scopes(act.target) : " in " + target;
  switch (act.kind) {
    case ActKind::kOpen:
      if (!act.value.empty()) return "open " + act.value;
      if (act.target.name.empty()) return "open the start page" + say_scopes(act.target);
      return "open " + target;
    case ActKind::kFillAll:
      return std::string("fill in all that is empty") +
             (act.value == kRequired ? " and required" : "") +
             (act.target.name.empty() ? "" : " of " + quoted(act.target.name));
    case ActKind::kClick:
      return "click " + target;
    case ActKind::kDoubleClick:
      return "double click " + target;
    case ActKind::kRightClick:
      return "right click " + target;
    case ActKind::kHover:
      return "hover over " + target;
    case ActKind::kFill:
      return "fill " + target + " with " + quoted(act.value);
    case ActKind::kAppend:
      return "append " + quoted(act.value) + " to " + target;
    case ActKind::kClear:
      return "clear " + target;
    case ActKind::kChoose:
      return "choose " + quoted(act.value) + into;
    case ActKind::kCheck:
      return "check " + target;
    case ActKind::kUncheck:
      return "uncheck " + target;
    case ActKind::kPress:
      return "press " + act.value + into;
    case ActKind::kSignIn:
      return "sign in" + (act.user.empty() ? "" : " as " + quoted(act.user)) +
             (act.value.empty() ? "" : " with password " + quoted(act.value));
    case ActKind::kSignOut:
      return "sign out";
    case ActKind::kSearch:
      return "search for " + quoted(act.value) + into;
    case ActKind::kSubmit:
      return is_empty(act.target) ? "submit the form" : "submit with " + target;
    case ActKind::kGoBack:
      if (!act.value.empty()) return "go back in the " + act.value;
      return "go back";
    case ActKind::kReload:
      return "reload the page";
    case ActKind::kUpload:
      return "upload " + quoted(act.value) + into;
    case ActKind::kDrag:
      return "drag " + target + " onto " + say_target(act.onto);
    case ActKind::kFocus:
      return "focus " + target;
    case ActKind::kScroll:
      return "scroll to " + (act.value.empty() ? target : "the " + act.value + " of the page");
    case ActKind::kShowTab:
      return "go to the " + act.value + " tab";
    case ActKind::kCloseTab:
      return "close the tab";
    case ActKind::kResize:
      return "resize the window to " + act.value;
    case ActKind::kNothing:
      return "nothing to do: " + act.value;
    case ActKind::kAcceptDialog:
      return "accept the dialog" + (act.value.empty() ? "" : " with " + quoted(act.value));
    case ActKind::kDismissDialog:
      return "dismiss the dialog";
    case ActKind::kClickOutside:
      return "click outside of " + (is_empty(act.target) ? "what is open" : target);
    case ActKind::kForget:
      return "forget the " + act.value;
  }
  VOUCH_CHECK(false);
}

std::string_view say(State state) {
  switch (state) {
    case State::kVisible:
      return "visible";
    case State::kEnabled:
      return "enabled";
    case State::kDisabled:
      return "disabled";
    case State::kChecked:
      return "checked";
    case State::kUnchecked:
      return "unchecked";
    case State::kSelected:
      return "selected";
    case State::kFocused:
      return "focused";
    case State::kReadOnly:
      return "read-only";
    case State::kEmpty:
      return "empty";
    case State::kRequired:
      return "required";
    case State::kExpanded:
      return "expanded";
    case State::kPartlyChecked:
      return "partly checked";
    case State::kInvalid:
      return "invalid";
    case State::kCollapsed:
      return "collapsed";
    case State::kInView:
      return "in view";
  }
  VOUCH_CHECK(false);
}

std::string say(const Quantity& quantity) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"", "at least ", "at most ", "more than ", "fewer than "});
  return std::string(kNames[static_cast<std::size_t>(quantity.compare)]) +
         std::to_string(quantity.number);
}

std::string matching(const Observation& observation) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"contains", "is", "starts with", "ends with", "matches"});
  return " " + std::string(kNames[static_cast<std::size_t>(observation.match)]) + " " +
         quoted(observation.expected);
}

std::string was(const Observation& observation) {
  return observation.was.empty() ? "" : ", and was " + quoted(observation.was);
}

std::string say_rows(const Observation& observation) {
  std::string out = observation.exact_rows ? " exactly" : "";
  for (const auto& row : observation.rows) {
    out += " |";
    for (const std::string& cell : row) out += " " + cell + " |";
  }
  if (observation.ordered) out += " in this order";
  return out;
}

std::string say_text(const Observation& observation) {
  const std::string kind(name_of(observation.target.kind));
  const std::string& what =
      observation.target.name.empty() ? observation.target.noun : observation.target.name;
  std::string out = "see ";
  out += kind.empty() ? "" : "the " + kind + " ";
  if (observation.match != Match::kContains)
    out += "that" + matching(observation);
  else
    out += quoted(observation.expected);
  if (!what.empty() && what != kind) out += " (" + what + ")";
  return out + say_scopes(observation.target);
}

std::string say_kept(std::string_view where, const Observation& observation) {
  const std::string name =
      observation.attribute.empty() ? "something" : quoted(observation.attribute);
  if (observation.expected.empty())
    return std::string(where) + (where.ends_with('s') ? " hold " : " holds ") + name;
  return name + " in " + std::string(where) + matching(observation);
}

std::string say_number(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end.ptr};
}

std::string say_range(const Range& range) {
  const std::string least = say_number(range.least), most = say_number(range.most);
  if (std::isinf(range.least)) return (range.open ? " is below " : " is at most ") + most;
  if (std::isinf(range.most)) return (range.open ? " is above " : " is at least ") + least;
  return " is between " + least + " and " + most;
}

std::string say_bare(const Observation& observation) {
  const std::string target = say_target(observation.target);
  switch (observation.kind) {
    case ObserveKind::kText:
      return say_text(observation);
    case ObserveKind::kBefore:
      return quoted(observation.rows[0][0]) + " comes before " + quoted(observation.rows[1][0]);
    case ObserveKind::kSame:
      return (observation.counted ? "the number of " : "") + target + " is as before" +
             (observation.change == 0  ? ""
              : observation.change > 0 ? " and " + std::to_string(observation.change) + " more"
                                       : " less " + std::to_string(-observation.change));
    case ObserveKind::kMeasured:
      return (observation.attribute.empty() ? "" : quoted(observation.attribute) + " of ") +
             target + say_range(observation.range);
    case ObserveKind::kEach:
      return "each of " + target +
             (observation.expected.empty() ? " has " + say_target(observation.part)
                                           : matching(observation)) +
             (observation.part.kind == ElementKind::kColumn ? " in " + say_target(observation.part)
                                                            : "");
    case ObserveKind::kElement:
      return "see " + target;
    case ObserveKind::kContent:
      return target + matching(observation) + was(observation);
    case ObserveKind::kValue:
      return "the value of " + target + matching(observation) + was(observation);
    case ObserveKind::kState:
      return target + " is " + std::string(say(observation.state));
    case ObserveKind::kCount:
      return "there are " + say(observation.quantity) + " of " + target;
    case ObserveKind::kUrl:
      return "the URL" + matching(observation);
    case ObserveKind::kTitle:
      return "the title" + matching(observation);
    case ObserveKind::kPage:
      return observation.target.name.empty() ? "be on the start page" : "be on " + target;
    case ObserveKind::kTable:
      return target + " contains the rows" + say_rows(observation);
    case ObserveKind::kAttribute:
      return "the attribute " + observation.attribute + " of " + target + matching(observation);
    case ObserveKind::kClass:
      return target + " has the class " + quoted(observation.expected);
    case ObserveKind::kStyle:
      return "the style " + observation.attribute + " of " + target + matching(observation);
    case ObserveKind::kDialog:
      return "a dialog of the browser says" +
             (observation.expected.empty() ? " anything" : matching(observation));
    case ObserveKind::kDownload:
      return "a file is downloaded" +
             (observation.expected.empty() ? "" : ", its name" + matching(observation));
    case ObserveKind::kDownloadText:
      if (observation.match == Match::kEquals)
        return "the downloaded file contains the line " + quoted(observation.expected);
      return "the downloaded file contains " + quoted(observation.expected);
    case ObserveKind::kTabs:
      return say(observation.quantity) + " tabs are open";
    case ObserveKind::kLocalStorage:
      return say_kept("the local storage", observation);
    case ObserveKind::kSessionStorage:
      return say_kept("the session storage", observation);
    case ObserveKind::kCookie:
      return say_kept("the cookies", observation);
    case ObserveKind::kConsoleErrors:
      return "the console has an error" +
             (observation.expected.empty() ? "" : " that" + matching(observation));
    case ObserveKind::kSorted:
      return target + " is sorted" +
             (observation.attribute.empty() ? "" : " by " + quoted(observation.attribute)) +
             (observation.descending ? ", descending" : ", ascending");
    case ObserveKind::kList:
      return target + " list" + say_rows(observation);
  }
  VOUCH_CHECK(false);
}

}  // namespace

std::string describe(const Intent& intent) {
  if (const Act* act = std::get_if<Act>(&intent))
    return (act->ensures_state && act->kind != ActKind::kNothing ? "make sure: " : "") + say(*act);
  const Observation& observation = std::get<Observation>(intent);
  std::string out = (observation.negated ? "not: " : "") + say_bare(observation);
  if (observation.within_seconds)
    out += " within " + say_number(*observation.within_seconds) + " s";
  return out;
}

}  // namespace vouch::features
