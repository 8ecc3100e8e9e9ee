// The mapping from an input to an output: an immutable expression tree. It is what synthesis finds,
// what `evaluate.h` applies, and what `print.h` writes as JavaScript; the three agree.
//
// Scopes. Scope 0 is the input; each loop (Each, Keyed) opens the next one, in which the item and
// its key (the index in an array, the name in an object) can be named. An expression may look into
// every scope around it. A value may be missing, which is not null: a missing member is left out.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/values.h"

namespace vouch::adapters {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

// One step of a path. Each is missing where what it steps into has no such thing.
struct Step {
  enum class Kind : std::uint8_t {
    kMember,  // .name
    kIndex,   // [index]; negative: from the end
    kFind,    // the first element (of an array, or of an object's values) whose .name is `equals`
    kOnly,    // the first member of an object whose names are data, whatever it is called
  };
  Kind kind = Kind::kMember;
  std::string name;
  int index = 0;
  json::value equals;

  bool operator==(const Step& other) const;
};
Step member_step(std::string_view name);
Step index_step(int index);

// What a function of one or more arguments does. Unless it says otherwise, a missing argument gives
// missing and null gives null; an argument of a type it is not made for gives missing.
enum class Fn : std::uint8_t {
  // text
  kText,     // String(x) of a scalar
  kNumber,   // Number(x) of a decimal text, 1 and 0 of true and false
  kBoolean,  // true of true, 1, "true", "1", "yes"; false of their opposites
  kLower,    // kLower … kWordsTitle: of a text
  kUpper,
  kTrim,
  kCapitalized,  // the first letter upper, the rest as it is
  kSnake,        // words joined by _, lower case; words end at what is no letter or digit, and
  kKebab,        // where a small letter meets a capital one
  kConstantCase,
  kCamel,
  kPascal,
  kWordsLower,     // "incident triggered"
  kWordsSentence,  // "Incident triggered"
  kWordsTitle,     // "Incident Triggered"
  kDigits,         // its digits alone
  kPadded,         // of a text or number: zeros before it until it has numbers[0] characters
  kSha256,         // of its UTF-8, in hexadecimal digits
  kTranslated,     // by the lexicon texts[0] (lexicon/lexicons.h), from its column texts[1] to
                   // texts[2]
  kSplitAt,        // texts[0]: separator, numbers[0]: which part, negative from the end
  kUntil,          // before the first texts[0]; all where it is not found
  kAfter,          // after the first texts[0]; all where it is not found
  kBetween,        // after the first texts[0] until the next texts[1] (or the end)
  kSlice,          // from numbers[0] to numbers[1]; negative: from the end; nan: the end
  kWithoutPrefix,  // texts[0]
  kWithoutSuffix,
  kReplaced,  // every texts[0] by texts[1]
  kConcat,    // template: texts[i] before args[i], texts.back() at the end; missing if one arg is
  kConcatTotal,  // the same, where missing and null count as ""
  // numbers
  kScale,  // times 10^numbers[0]
  kTimes,  // times numbers[0]
  kRound,  // to numbers[0] decimals, to none where it is not given
  kFloor,
  kNegate,
  kAdd,  // kAdd … kDivide: of two numbers
  kSubtract,
  kMultiply,
  kDivide,
  kFixed,  // the text of a number with numbers[0] decimals
  // predicates: total, true or false
  kIsPresent,  // neither missing nor null
  kIsMissing,  // its opposite
  kIsTruthy,   // as `if (x)` takes it
  kIsFalsy,
  kIsFilled,  // truthy, and no empty array or object
  kEquals,    // args[0] is args[1]
  kIsOneOf,   // args[0] is one of the rest
  kIsLess,    // kIsLess … kIsAtLeast: args[0] than args[1], both numbers
  kIsAtMost,
  kIsMore,
  kIsAtLeast,
  kNot,       // of a boolean
  kContains,  // array args[0] holds args[1], or text args[0] contains text args[1]
  // lists
  kCount,  // of an array's items, an object's members
  kSum,    // kSum … kAverage: of an array of numbers
  kMin,
  kMax,
  kAverage,
  kJoin,      // of scalars, texts[0] between
  kSplit,     // into an array, texts[0] between, parts trimmed where numbers[0] is 1
  kKeys,      // an object's names
  kValues,    // an object's values
  kFirst,     // an array's first item; of anything else itself
  kWrap,      // [x]; an array stays; [] of missing and null
  kFlatten,   // one level
  kDistinct,  // the first of equal items
  kCompact,   // without null
  kReverse,
  kSorted,  // in order: numbers by size, then texts by their UTF-16 units, then all else as it was
  kCollapse,  // missing of [], the item of an array of one
  // dates; numbers are epochs in UTC
  kIsoOfSeconds,  // 1970-01-01T00:00:00.000Z
  kIsoOfMillis,
  kIsoOfText,        // any text form of a date that parse_date reads
  kSecondIsoOfText,  // …:00.000Z: whole seconds
  kSecondsOfText,
  kMillisOfText,
  kShortIsoOfSeconds,  // 1970-01-01T00:00:00Z
  kShortIsoOfText,
  kDateOfText,  // its first ten characters, where they are a date: 1970-01-01
  kDateOfSeconds,
  kDateOfMillis,
  kDayForm,  // a day written in the form texts[0] in texts[1] (dates.h)
};

struct Constant {
  json::value value;
};
struct Path {
  int scope = 0;
  std::vector<Step> steps;
};
// What `rest` leads to in the first item of the list (or object) at `list` whose `.name` is `key`;
// where `name` is empty, in the object's member that is called so. Missing where the key is missing
// or null.
struct Lookup {
  Path list;
  std::string name;
  ExprPtr key;
  std::vector<Step> rest;
};
struct Key {  // of the item that scope's loop is at
  int scope = 1;
};
struct Call {
  Fn fn = Fn::kText;
  std::vector<ExprPtr> args;
  std::vector<std::string> texts;
  std::vector<double> numbers;
};
struct Member {
  std::string name;
  ExprPtr value;
};
struct Object {
  std::vector<Member> members;  // a missing value leaves its member out
};
// The members of the object `source` but for `without`, then `members`, which win.
struct Spread {
  ExprPtr source;
  std::vector<std::string> without;
  std::vector<Member> members;
};
struct List {
  std::vector<ExprPtr> items;  // a missing one is null
};
// A list made of the items of `source` (an array, or an object's values; of anything else none).
// Items whose `keep` is not true are left out, as are missing results. A source that is missing or
// null gives just that.
struct Each {
  int scope = 1;  // that of the item
  ExprPtr source;
  ExprPtr keep;  // may be null: all
  ExprPtr body;
  bool flatten = false;  // results that are arrays are put in one after the other, null is not
};
// The items of `source` (as of Each) in the order of their keys (kSorted's), the last first where
// it is descending; those whose key is neither number nor text come last all the same. Items of
// equal keys keep their order.
struct Sorted {
  int scope = 1;
  ExprPtr source;
  ExprPtr key;
  bool descending = false;
};
// The items of `source` (as of Each) by what is equal of each: objects of the key, by this name,
// and the `items`, in the order of the groups' first items. Items without a key that is a scalar
// are left out.
struct Grouped {
  int scope = 1;
  ExprPtr source;
  std::string name;  // not "items"
  ExprPtr key;
};
// An object with a member for each item of `source`; of equal names the last wins.
struct Keyed {
  int scope = 1;
  ExprPtr source;
  ExprPtr keep;  // may be null
  ExprPtr name;
  ExprPtr value;
};
struct When {
  ExprPtr condition;
  ExprPtr then;       // null: missing
  ExprPtr otherwise;  // null: missing
};
// A table: the first case whose constant is the subject; of any other subject missing.
struct Choose {
  ExprPtr subject;
  // nullopt: the subject is missing; null: so is the result.
  std::vector<std::pair<Maybe, ExprPtr>> cases;
};
// The first that is in none of the states `skip` (missing, and null unless said otherwise).
struct Coalesce {
  std::vector<ExprPtr> options;
  bool truthy = false;  // skip also "", false and 0
};
// `value`, but for what the state of `subject` decides: the presence policy of a field.
struct Guard {
  enum class Action : std::uint8_t { kKeep, kOmit, kNull, kDefault };
  ExprPtr subject;
  ExprPtr value;
  std::array<Action, kStates> actions{};
  json::value fallback;  // of kDefault
};

struct Expr {
  std::variant<Constant, Path, Lookup, Key, Call, Object, Spread, List, Each, Sorted, Grouped,
               Keyed, When, Choose, Coalesce, Guard>
      node;
};

template <class Node>
ExprPtr make(Node node) {
  return std::make_shared<const Expr>(Expr{std::move(node)});
}
ExprPtr constant(json::value value);
ExprPtr path(int scope, std::vector<Step> steps);
ExprPtr call(Fn fn, std::vector<ExprPtr> args, std::vector<std::string> texts = {},
             std::vector<double> numbers = {});

// Where a value comes from, in words of the script: "input.user.name", "item.id", "constant".
std::string describe(const Expr& expr);
std::string describe(const Path& path);
// What becomes of a subject that is none of the cases. "" where there is no other: of a predicate.
std::string told_of_others(const Choose& table);
// Calls `visitor` with every path that the expression looks at.
void visit_paths(const Expr& expr, const std::function<void(const Path&)>& visitor);
// Whether JavaScript takes it for a name as it stands, `$id2`, and for a part of one. ASCII only.
bool is_identifier(std::string_view name);
bool is_of_identifier(char c);
// The name of a scope in printed scripts and descriptions: input, item, item2 …
std::string scope_name(int scope);

}  // namespace vouch::adapters
