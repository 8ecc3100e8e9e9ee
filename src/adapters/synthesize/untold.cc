#include "adapters/synthesize/untold.h"

#include <algorithm>
#include <cmath>

#include "adapters/lexicon/lexicons.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kDigitsKept = 15;  // of any integer, in a number of JavaScript's

// A value that is compared with some: "active" of equals(input.state, "active").
struct Comparison {
  const Expr* subject = nullptr;
  std::vector<const json::value*> named;
};

std::optional<Comparison> comparison_in(const Expr& condition) {
  const auto* made = std::get_if<Call>(&condition.node);
  if (made && made->fn == Fn::kNot) return comparison_in(*made->args.front());
  if (!made || (made->fn != Fn::kEquals && made->fn != Fn::kIsOneOf)) return std::nullopt;
  Comparison comparison{.subject = made->args.front().get()};
  for (std::size_t i = 1; i < made->args.size(); ++i) {
    const auto* named = std::get_if<Constant>(&made->args[i]->node);
    if (!named) return std::nullopt;
    comparison.named.push_back(&named->value);
  }
  return comparison;
}

// What becomes of a value that no sample has, where samples show but few, such as "true where
// input.state is "active"; any other value gives false, as "inactive" does". "" where nothing is
// compared, and of true and false.
std::string told_of_comparison(const Problem& problem, const Expr& taken) {
  const auto* when = std::get_if<When>(&taken.node);
  const Expr& condition = when ? *when->condition : taken;
  const auto comparison = comparison_in(condition);
  if (!comparison || comparison->named.front()->is_bool()) return "";
  std::string beside;  // a value that samples have and the condition does not name
  for (const Target& target : problem.targets) {
    Scopes scopes = problem.frame->scopes(target.row);
    const Found found = evaluate(*comparison->subject, scopes);
    if (!found.get() || found.get()->is_null()) continue;
    if (std::ranges::none_of(comparison->named,
                             [&](const auto* named) { return same(*named, *found.get()); }))
      beside = shown(found.get());
  }
  const bool is_negated = std::get<Call>(condition.node).fn == Fn::kNot;
  std::string text = when ? "decided by whether " : is_negated ? "false where " : "true where ";
  text += describe(*comparison->subject) + " is ";
  for (const json::value* named : comparison->named)
    text += (named == comparison->named.front() ? "" : " or ") + shown(named);
  if (when) return text + "; any other value counts as " + (beside.empty() ? "none" : beside);
  text += is_negated ? "; any other value gives true" : "; any other value gives false";
  return beside.empty() ? text : text + ", as " + beside + " does";
}

// The name of a secret, "${apiKey}", in the text; empty: there is none.
std::string placeholder_in(std::string_view text) {
  const std::size_t from = text.find("${");
  const std::size_t to = from == std::string_view::npos ? from : text.find('}', from);
  return to == std::string_view::npos ? "" : std::string(text.substr(from, to + 1 - from));
}

// The same in the texts that the expression writes itself.
std::string placeholder_in(const Expr& expr) {
  const auto first_of = [](const auto& parts, const auto& part_of) {
    std::string found;
    for (const auto& part : parts)
      if (const ExprPtr& one = part_of(part); one && found.empty()) found = placeholder_in(*one);
    return found;
  };
  const auto self = [](const ExprPtr& one) { return one; };
  if (const auto* fixed = std::get_if<Constant>(&expr.node))
    return fixed->value.is_string() ? placeholder_in(std::string_view(fixed->value.get_string()))
                                    : "";
  if (const auto* made = std::get_if<Call>(&expr.node)) {
    for (const std::string& text : made->texts)
      if (std::string found = placeholder_in(text); !found.empty()) return found;
    return first_of(made->args, self);
  }
  if (const auto* when = std::get_if<When>(&expr.node))
    return first_of(std::initializer_list<ExprPtr>{when->then, when->otherwise}, self);
  if (const auto* first = std::get_if<Coalesce>(&expr.node)) return first_of(first->options, self);
  if (const auto* table = std::get_if<Choose>(&expr.node))
    return first_of(table->cases, [](const auto& one) -> const ExprPtr& { return one.second; });
  return "";
}

// Where a sample's output has a secret, its name is kept, and no script has more.
std::string told_of_placeholder(const Problem& /*problem*/, const Expr& taken) {
  const std::string name = placeholder_in(taken);
  return name.empty()
             ? ""
             : "holds the name of a secret, " + name + ": the provider would get it as it is";
}

// Somewhere in it a number is made a hundred times more or less.
bool scales_by_hundred(const Expr& expr) {
  const auto* made = std::get_if<Call>(&expr.node);
  if (!made) return false;
  if (made->fn == Fn::kScale && std::abs(made->numbers.front()) == 2) return true;
  return std::ranges::any_of(made->args,
                             [](const ExprPtr& argument) { return scales_by_hundred(*argument); });
}

// In every row that has it, the code of a currency with a hundred minor units.
bool is_of_hundredths(const Problem& problem, const ColumnRef& ref) {
  static const Lexicon& currencies = lexicon("currency");
  bool any = false;
  for (const Target& target : problem.targets) {
    const json::value* value = ref.at(*problem.frame, target.row);
    if (!value || value->is_null()) continue;
    if (!value->is_string()) return false;
    const std::string* unit = translated(currencies, column_of(currencies, "code"),
                                         column_of(currencies, "unit"), value->get_string());
    if (!unit || *unit != "100") return false;
    any = true;
  }
  return any;
}

// Of an amount beside a currency that has been one with cents in every sample; else "".
std::string told_of_currency(const Problem& problem, const Expr& taken) {
  if (!scales_by_hundred(taken)) return "";
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size(); ++i)
      if (const ColumnRef ref{frame, static_cast<int>(i)}; is_of_hundredths(problem, ref))
        return "amounts are in hundredths whatever " + describe(*ref.expr()) +
               " is: no sample has a currency without cents (JPY), or with more decimals (KWD)";
  return "";
}

// The path of a number that is made a fixed number of times more or less; null where there is none.
const Path* scaled_in(const Expr& expr) {
  const auto* made = std::get_if<Call>(&expr.node);
  if (!made) return nullptr;
  if (made->fn == Fn::kScale || made->fn == Fn::kTimes)
    return std::get_if<Path>(&made->args.front()->node);
  for (const ExprPtr& argument : made->args)
    if (const Path* inner = scaled_in(*argument)) return inner;
  return nullptr;
}

// Called the unit of what the other is: "unit", "weight_unit" of "weight", in the same object.
bool is_unit_of(const Path& unit, const Path& measured) {
  static const std::uint64_t word = words_of_name("unit").front();
  const auto is_named = [](const Path& path) {
    return !path.steps.empty() && path.steps.back().kind == Step::Kind::kMember;
  };
  if (!is_named(unit) || !is_named(measured) || unit.scope != measured.scope ||
      !std::equal(unit.steps.begin(), unit.steps.end() - 1, measured.steps.begin(),
                  measured.steps.end() - 1))
    return false;
  Words rest = words_of_name(unit.steps.back().name);
  if (std::erase(rest, word) == 0) return false;
  const Words own = words_of_name(measured.steps.back().name);
  return std::ranges::all_of(
      rest, [&](std::uint64_t one) { return std::ranges::find(own, one) != own.end(); });
}

// Of a measure whose unit has been the same in every sample; else "".
std::string told_of_unit(const Problem& problem, const Expr& taken) {
  const Path* measured = scaled_in(taken);
  if (!measured) return "";
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size(); ++i) {
      const ColumnRef ref{frame, static_cast<int>(i)};
      if (!is_unit_of(ref.column().path, *measured)) continue;
      const json::value* first = nullptr;
      const bool is_same = std::ranges::all_of(problem.targets, [&](const Target& target) {
        const json::value* value = ref.at(*problem.frame, target.row);
        if (!value || !value->is_string() || (first && *value != *first)) return false;
        first = value;
        return true;
      });
      if (is_same && first)
        return "calculated so whatever " + describe(*ref.expr()) + " is: every sample has " +
               shown(first);
    }
  return "";
}

// Of two-digit numbers that are written one after the other ("17:30"), and never had one digit
// alone; else "".
std::string told_of_width(const Problem& problem, const Expr& taken) {
  const auto* made = std::get_if<Call>(&taken.node);
  if (!made || made->fn != Fn::kConcat || made->args.size() < 2) return "";
  const auto is_between = [](const std::string& text) {
    return text.size() == 1 && std::string_view(":-/.").contains(text.front());
  };
  if (!std::all_of(made->texts.begin() + 1, made->texts.end() - 1, is_between)) return "";
  const auto is_of_two_digits = [&](const ExprPtr& part) {
    return std::ranges::all_of(problem.targets, [&](const Target& target) {
      Scopes scopes = problem.frame->scopes(target.row);
      const Found found = evaluate(*part, scopes);
      return found.get() && is_number(*found.get()) && text_of(*found.get()).size() == 2;
    });
  };
  const auto part = std::ranges::find_if(made->args, is_of_two_digits);
  return part == made->args.end()
             ? ""
             : describe(**part) + " is written as it is: in no sample has it one digit alone, " +
                   "where a zero before it may be wanted";
}

// The comparison with a number in it; null where there is none.
const Call* threshold_in(const Expr& expr) {
  if (const auto* when = std::get_if<When>(&expr.node)) {
    if (const Call* found = threshold_in(*when->condition)) return found;
    for (const ExprPtr& part : {when->then, when->otherwise})
      if (const Call* found = part ? threshold_in(*part) : nullptr) return found;
  }
  const auto* made = std::get_if<Call>(&expr.node);
  if (!made) return nullptr;
  if (made->fn >= Fn::kIsLess && made->fn <= Fn::kIsAtLeast) return made;
  for (const ExprPtr& argument : made->args)
    if (const Call* found = threshold_in(*argument)) return found;
  return nullptr;
}

// Of a number that is multiplied, or divided, by a constant and then rounded: other constants that
// fit as well; "" where these are so near that they hardly make a difference.
std::string told_of_factor(const Problem& problem, const Expr& taken) {
  constexpr double kNear = 0.002;
  const auto* rounded = std::get_if<Call>(&taken.node);
  if (!rounded || (rounded->fn != Fn::kRound && rounded->fn != Fn::kFloor)) return "";
  const auto* made = std::get_if<Call>(&rounded->args.front()->node);
  const auto* parts =
      made && made->fn == Fn::kDivide ? std::get_if<Constant>(&made->args.back()->node) : nullptr;
  if (!made || (made->fn != Fn::kTimes && !parts)) return "";
  const double factor = parts ? 1 / *number_of(parts->value) : made->numbers.front();
  double nearest = 1;  // how far another factor is, that gives another number somewhere
  for (const Target& target : problem.targets) {
    Scopes scopes = problem.frame->scopes(target.row);
    const Found exact = evaluate(*rounded->args.front(), scopes);
    if (!exact.get() || !is_number(*exact.get())) continue;
    const double size = std::abs(*number_of(*exact.get()));
    const double unit = rounded->numbers.empty() ? 1 : std::pow(10, -rounded->numbers.front());
    if (size > 0) nearest = std::min(nearest, unit / size);
  }
  const double log = std::abs(std::log10(factor));
  const bool is_plain = std::abs(log - std::round(log)) < 1e-9;
  return nearest < kNear || is_plain || (parts && is_unit(*number_of(parts->value)))
             ? ""
             : describe(taken) +
                   ": of the constants that fit the samples this one has the fewest "
                   "digits";
}

std::string told_of_line(const Problem& /*problem*/, const Expr& taken) {
  return told_of_threshold(taken);
}

// The argument of a number() in it; null where there is none.
const Expr* made_number_in(const Expr& expr) {
  const auto* made = std::get_if<Call>(&expr.node);
  if (!made) return nullptr;
  if (made->fn == Fn::kNumber) return made->args.front().get();
  for (const ExprPtr& argument : made->args)
    if (const Expr* inner = made_number_in(*argument)) return inner;
  return nullptr;
}

// Of a text that is made a number, and that has more digits in some input than each number keeps;
// else "".
std::string told_of_digits(const Problem& problem, const Expr& taken) {
  const Expr* subject = made_number_in(taken);
  if (!subject) return "";
  std::string longest;
  for (std::size_t row = 0; row < problem.frame->rows().size(); ++row) {
    Scopes scopes = problem.frame->scopes(static_cast<int>(row));
    const Found found = evaluate(*subject, scopes);
    if (!found.get() || !found.get()->is_string()) continue;
    const std::string_view text(found.get()->get_string());
    if (text.find_first_not_of("-0123456789") == std::string_view::npos &&
        text.size() > longest.size())
      longest = text;
  }
  if (longest.size() <= kDigitsKept) return "";
  return describe(*subject) +
         " is made a number: one beyond 9007199254740991 comes out rounded, and one of " +
         std::to_string(longest.size()) + " characters is among the inputs";
}

}  // namespace

std::string told_of_threshold(const Expr& condition) {
  const Call* found = threshold_in(condition);
  return found ? "by whether " + describe(*make(*found)) +
                     ": of the numbers that fit the samples this one has the fewest digits"
               : "";
}

std::vector<std::string> untold_by_samples(const Problem& problem, const Expr& taken) {
  std::vector<std::string> all;
  for (const auto told : {told_of_comparison, told_of_currency, told_of_unit, told_of_digits,
                          told_of_width, told_of_line, told_of_factor, told_of_placeholder})
    if (std::string text = told(problem, taken); !text.empty()) all.push_back(std::move(text));
  return all;
}

}  // namespace vouch::adapters
