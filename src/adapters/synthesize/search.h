// The search for a mapping: what is looked for (Problem), what was found for one place of the
// output (Candidate, Solution), and the steps of the search, a file each. Structure comes before
// leaves; for a leaf every candidate that fits is kept, cheapest first.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "adapters/deadline.h"
#include "adapters/synthesize/frame.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

struct Target {
  int row = 0;
  const json::value* value = nullptr;  // nullptr: missing
};

// Find an expression that, in each of the rows, gives the target.
struct Problem {
  const Frame* frame = nullptr;
  std::vector<Target> targets;
  std::vector<std::string> names;  // of the members on the way there
  std::string path;                // for people: "items[].price"
  Place place;
};

using Action = Guard::Action;

// One expression that fits. What it does where its subject is missing, null or empty is known only
// for the states that were seen; the rest is filled in by the conventions of the whole mapping.
struct Candidate {
  ExprPtr value;
  ExprPtr subject;  // null: no presence policy
  std::array<std::optional<Action>, kStates> actions{};
  Maybe fallback;
  double cost = 0;
  double similarity = 0;  // of names, where the value comes from one place
  int support = 0;        // rows in which a present value of the subject gave the target
  int fallback_support = 0;
  bool is_constant = false;
  bool is_weak = false;         // rests on too few rows: never enough for a finished mapping
  bool is_told = false;         // beside the first, however little likely it is
  bool null_by_schema = false;  // null is kept since the schema has it, and no sample
  std::vector<int> missed;      // rows (indices into targets) in which it does not hold
  std::vector<int> alone;       // … that alone show a case of a table that is sure otherwise
};

struct Contradiction {
  std::string path;
  int sample = 0;
  json::value value;
  std::string reason;
  bool is_new = false;  // a case that no other row shows
};

struct Solution;

// One way to read the structure of a place.
struct Reading {
  std::string source;             // what differs: "input.shipped", "isTruthy(item.seen)"
  std::set<std::string> members;  // of the input that it looks at, by path
  double cost = 0;
  std::function<void(Solution&)> apply;  // makes it the reading of a solution of this place
};
// A choice about the structure that the outputs alone do not make: what a list is made of, which of
// its items are kept, where an object is there, what tells kinds of record apart.
struct Decision {
  std::string path;               // "items"; "items[]" of which items are kept
  std::vector<Reading> readings;  // the first is taken, then the others, cheapest first
};
// What costs more than this beside another reading is not worth a word.
inline constexpr double kReadingCostMost = 1.6;
inline constexpr std::size_t kConditionsMax = 8;  // that are compared

// What was found for one place of the output. A copy shares its members.
struct Solution {
  enum class Kind : std::uint8_t { kNone, kLeaf, kObject, kList, kEach, kDispatch };
  Kind kind = Kind::kNone;
  Problem problem;
  std::vector<Candidate> candidates;  // of a leaf; the first is taken
  // Of an object or a list; an Each has one; kDispatch: one for each kind of record, null where it
  // is not there.
  std::vector<std::shared_ptr<Solution>> members;
  std::vector<std::string> member_names;  // of an object
  Spread spread;                          // kObject: where its source is set
  Each each;                              // kEach: all but its body
  std::vector<ExprPtr> outer_sources;     // kEach: of the loops around it, outermost first
  bool collapse = false;                  // kEach: one result is not in a list
  ExprPtr name;              // kEach: where it is set, an object is made: names it is of
  ExprPtr kind_of;           // kDispatch: what decides …
  std::vector<Maybe> kinds;  // … by its value; nullopt: missing
  // Of a container that is not always there: what decides that. A candidate without a value (its
  // subject's state does), or a condition.
  std::optional<Candidate> presence;
  ExprPtr condition;
  bool null_without_condition = false;
  std::vector<Decision> decisions;            // of this place alone
  std::vector<Contradiction> contradictions;  // of this place alone
  double cost = 0;
  bool solved = false;  // this and all below it
};

// What a person said is right: of a sample without an output, the value at one place.
struct Pinned {
  std::string path;  // "items[2].price"
  int sample = 0;
  const json::value* value = nullptr;  // nullptr: nothing there
};

// What is deeper in an output is one value: each level costs more than the one above it.
inline constexpr int kNestingMax = 32;

// State that all steps of one search share.
struct Search {
  std::vector<Pinned> pins;
  std::vector<Pinned> kept;  // of expected outputs: right, though they stand alone
  std::vector<Preference> preferences;
  Deadline deadline;
  std::deque<std::unique_ptr<Frame>> frames;
  std::deque<json::value> values;  // made while searching; borrowed by targets
  int depth = 0;                   // of nested attempts
  int nesting = 0;                 // of the objects and lists that are being solved
  // Within one kind of record: the frame that it is told apart in, and its rows there.
  const Frame* kind_frame = nullptr;
  std::vector<int> kind_rows;
  mutable bool is_cut = false;  // something was not looked for, since the time was up

  bool out_of_time() const {
    const bool is_over = deadline.is_over();
    is_cut |= is_over;
    return is_over;
  }
  const Frame& add_frame(const Frame& outer, std::vector<Row> rows);
  const json::value* keep(json::value value) { return &values.emplace_back(std::move(value)); }
  // What the expression gives in a row; it lives as long as the search. nullptr: nothing.
  const json::value* value_in_row(const Frame& frame, const Expr& expr, int row);
};

// ---- Fitting ----

// Collects, target by target, what a candidate gives, and what it must do about absence.
class Fit {
 public:
  // False: it cannot be.
  bool add(const json::value* subject, const json::value* value, const json::value* target);
  int support() const { return support_; }
  // Of what was added; its value and cost are the caller's.
  Candidate candidate() const;
  double policy_cost() const;

 private:
  std::array<std::optional<Action>, kStates> actions_{};
  Maybe fallback_;
  int support_ = 0;
  int fallback_support_ = 0;
};

// The function makes `to` of `from`.
bool gives(const Call& call, const json::value& from, const json::value& to);
// How much it says that a value is equal to this one: 0 for null, false, 0, "" and the like; about
// 1 for a short text; up to 3 for what hardly occurs twice by chance.
double weight_of(const json::value* value);
// Neither missing, null nor empty: there is something to map.
bool says_something(const json::value* value);
// The target that says most; null where none has a value.
const Target* telling_target(const Problem& problem);
// What is wanted, each value once; null where nothing is.
std::vector<const json::value*> different_values(const Problem& problem);
Problem restricted(const Problem& problem, const std::vector<int>& targets);
// `problem`'s frame and those outside it, innermost first.
std::vector<const Frame*> frames_of(const Problem& problem);
// Visits every column in sight, the innermost frame's first, as long as there is time.
template <class Visitor>
void each_column(const Search& search, const Problem& problem, const Visitor& visitor) {
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size() && !search.out_of_time(); ++i)
      visitor(ColumnRef{frame, static_cast<int>(i)});
}
// Columns of numbers other than 0 in a row, `most` at the most, the innermost frame's first.
std::vector<ColumnRef> numbers_in(const Problem& problem, int row, std::size_t most);
double column_cost(const Problem& problem, const ColumnRef& ref, double similarity);
// The candidate that `value` (a function of the one column `ref`, or the column itself where it is
// null) makes, if it fits.
std::optional<Candidate> fit_column(const Problem& problem, const ColumnRef& ref, const Call* call);
// The same for any expression; `subject` may be null.
std::optional<Candidate> fit_expr(const Problem& problem, const ExprPtr& value,
                                  const ExprPtr& subject);
void sort_candidates(std::vector<Candidate>& candidates);
// Which of these sources a person meant for the path; nullopt: nobody said so.
std::optional<std::size_t> meant(const Search& search, const std::string& path,
                                 const std::vector<std::string>& sources);
// A person said where it comes from, and it is none of these.
bool is_meant_otherwise(const Search& search, const Problem& problem,
                        const std::vector<Candidate>& candidates);
// Leaves what a person said alone, where it is among them.
void prefer(const Search& search, const Problem& problem, std::vector<Candidate>& candidates);
// The solution by the reading that is meant or costs least, with what is told of the others.
std::unique_ptr<Solution> decided_by(const Search& search, Decision decision);
// The same of readings; of the others those are left that cost little more than the first.
void prefer(const Search& search, const std::string& path, std::vector<Reading>& readings);
std::set<std::string> members_of(const Expr& expr);
// Of each row in which the target is this value: it stands somewhere in the input, too.
bool stands_in_input(const Problem& problem, const json::value& value);
// Of each row: something telling in the value stands somewhere in the sample's input, or half of
// what is in it does.
bool is_made_of_input(const Problem& problem, const json::value& value);
// A piece of an explanation, of some of the rows: equal to something of another name in so few
// rows, of so little weight, that much is.
bool is_chance(const Problem& part, const Candidate& leaf);
// Something in it is an item of a list, taken by its place.
bool has_place_in_list(const Expr& expr);
// A fallback that was seen once and is no usual default is as likely a wrong sample.
void doubt_fallback(const Problem& problem, Candidate& candidate);

// ---- Leaves: each adds what it finds ----
void find_copies(const Problem& problem, std::vector<Candidate>& found);
void find_constants(const Problem& problem, std::vector<Candidate>& found);
void find_casts(const Problem& problem, std::vector<Candidate>& found);
void find_dates(const Search& search, const Problem& problem, std::vector<Candidate>& found);
// Days that are written in another form.
void find_day_forms(const Search& search, const Problem& problem, std::vector<Candidate>& found);
void find_numbers(const Problem& problem, std::vector<Candidate>& found);
// The time between two dates.
void find_spans(const Problem& problem, std::vector<Candidate>& found);
// So many of a unit are one of another, of time or of data: 60, 1024.
bool is_unit(double number);
// A number, a part or multiple of it, or a product, rounded.
void find_rounded(const Problem& problem, std::vector<Candidate>& found);
// A sum, difference or product, times or by a hundred.
void find_scaled_sums(const Problem& problem, std::vector<Candidate>& found);
void find_pieces(const Search& search, const Problem& problem, std::vector<Candidate>& found);
void find_templates(const Problem& problem, std::vector<Candidate>& found);
void find_list_values(const Search& search, const Problem& problem, std::vector<Candidate>& found);
// Where the first candidate is a number that stands at a certain place of a list: the most and the
// least of the list, if they fit as well.
void find_rivals_of_first(const Problem& problem, std::vector<Candidate>& found);
// Where the first candidate is a constant: what is that in every row, too; a list of so many items;
// something of a like name that is there.
void find_rivals_of_constant(const Search& search, const Problem& problem,
                             std::vector<Candidate>& found);
// Where the first candidate takes an item of a list by its place: the item that an id elsewhere
// names, or that has the most of something, if it is the same in every row.
void find_rivals_of_item(const Search& search, const Problem& problem,
                         std::vector<Candidate>& found);
// Where the first candidate multiplies by a constant: what is just that in every row, or so many
// percent.
void find_rivals_of_factor(const Search& search, const Problem& problem,
                           std::vector<Candidate>& found);
// Lists that are an input's list in another form, or a text's parts.
void find_list_forms(const Search& search, const Problem& problem, std::vector<Candidate>& found);
// Objects with a member for each item of a list, named by one of the item's members.
void find_keyed(Search& search, const Problem& problem, std::vector<Candidate>& found);
void find_booleans(const Search& search, const Problem& problem, std::vector<Candidate>& found);
// By find-steps: the item of a list that has a certain name.
void find_named_items(const Search& search, const Problem& problem, std::vector<Candidate>& found);
// Where the first candidate takes an item of a list by its place, and a member of the item is the
// same text there in all samples: the item that has this text. It comes first where some input has
// that item at another place.
void find_rivals_of_place(const Problem& problem, std::vector<Candidate>& found);
// What stands in the item that comes first where a list is in the order of one of its members.
// `of`: of this list alone, of which an item is taken by its place; to be told of, less is enough.
void find_extremes(const Search& search, const Problem& problem, const Path* of,
                   std::vector<Candidate>& found);
// The first of several sources that is there.
void find_coalesced(Search& search, const Problem& problem, std::vector<Candidate>& found);
// Hashes of what stands in the input.
void find_hashes(Search& search, const Problem& problem, std::vector<Candidate>& found);
// Texts of another column of a lexicon, and amounts in a currency's minor units.
void find_translations(const Problem& problem, std::vector<Candidate>& found);
void find_minor_units(const Problem& problem, std::vector<Candidate>& found);
// A table, or one source for each kind of record.
void find_choices(Search& search, const Problem& problem, std::vector<Candidate>& found);
std::vector<Candidate> find_leaf(Search& search, const Problem& problem);

// A condition that is true in exactly the rows that `wanted` says (by target).
struct Condition {
  ExprPtr expr;
  double cost = 0;
};
std::vector<Condition> find_conditions(const Search& search, const Problem& problem,
                                       const std::vector<bool>& wanted, std::size_t count_max);

// Adds those that a number is more, or less, than another one.
void add_thresholds(const Search& search, const Problem& problem, const std::vector<bool>& wanted,
                    std::vector<Condition>& found);
// Constants that depend on how large a number is.
void find_classes(const Search& search, const Problem& problem, std::vector<Candidate>& found);

// The rows by the value of one column, or by whether it is there.
struct Groups {
  ExprPtr subject;
  std::vector<Maybe> values;  // nullopt: missing
  std::vector<std::vector<int>> targets;
  double cost = 0;
};
// Every column with few values, scalar ones, cheapest first.
std::vector<Groups> find_groups(const Search& search, const Problem& problem);

// ---- Structure ----
// Of an object: what is to be found for the member, in each row with an object.
Problem member_problem(const Problem& object, const std::string& name);
// Several kinds of record: the members that no rule for all of them explains (or only a condition
// of their own) are solved for each kind, told apart by one thing for all these members.
void solve_by_kind(Search& search, Solution& object);
std::unique_ptr<Solution> solve(Search& search, Problem problem);
// The rows of a leaf that its first candidate does not give, in the place of what was noted before.
void note_contradictions(Solution& solution);
// Leaves without a candidate get one that fits all samples but one, where there is such a thing; so
// do those that only a condition or table explains, where a copy of a like name does. What was said
// to be right in such a place is no contradiction where the search explains it.
void take_majorities(Search& search, Solution& solution);
std::unique_ptr<Solution> solve_object(Search& search, const Problem& problem);
std::unique_ptr<Solution> solve_list(Search& search, const Problem& problem);
// The items of `source` by a member of theirs of which there are just as many values as the wanted
// lists (or, of objects, members) are long, and fewer than items somewhere.
std::vector<ExprPtr> find_groupings(Search& search, const Problem& problem, const ExprPtr& source);
// The key of a group is that of its first item, too, and of the others: what is made of the
// source's groups keeps no such candidate.
void drop_items_keys(const ExprPtr& source, Solution& body);
// Objects whose members' names are data: one member for each item of a list, or for each group of
// its items. Null where they are not.
std::unique_ptr<Solution> solve_keyed(Search& search, const Problem& problem);
// The items of `source`, in an order in which the lists that are wanted may be made of them, where
// they are not made of them as they stand; cheapest first.
struct Order {
  ExprPtr source;
  double cost = 0;
};
std::vector<Order> find_orders(Search& search, const Problem& problem, const ExprPtr& source);
// `path` of a problem in one of its rows: "items[].price" → "items[2].price".
std::string path_in_row(const Problem& problem, int row);

// ---- The end ----
// The presence policies that the mapping's fields have where samples show them, by state.
class Conventions {
 public:
  void learn(const Solution& solution);
  // Of a container (an object or list that is built) nothing is kept that is missing or null.
  Action action(const Candidate& candidate, State state, bool is_container = false) const;
  // How sure that is for a state that the candidate's own samples do not show, 0 … 1.
  double certainty(State state) const;

 private:
  Action usual_action(const Candidate& candidate, State state) const;

  std::array<std::array<int, 4>, kStates> votes_{};
};
// What the schema says of null decides where a field's own samples do not, whatever the conventions
// are.
void heed_schema(Solution& solution, const Conventions& conventions,
                 const std::map<std::string, bool>& takes_null);
ExprPtr build(const Candidate& candidate, const Conventions& conventions);
ExprPtr build(const Solution& solution, const Conventions& conventions);

}  // namespace vouch::adapters
