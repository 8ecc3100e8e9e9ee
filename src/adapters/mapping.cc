#include "adapters/mapping.h"

#include "adapters/functions.h"

namespace vouch::adapters {

namespace {

std::string quoted(std::string_view text) { return json::serialize(json::value(text)); }

std::string described_steps(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) {
    switch (step.kind) {
      case Step::Kind::kIndex:
        text += "[" + std::to_string(step.index) + "]";
        break;
      case Step::Kind::kOnly:
        text += "[*]";
        break;
      case Step::Kind::kFind:
        text += "[" + step.name + "=" + json::serialize(step.equals) + "]";
        break;
      case Step::Kind::kMember:
        text += is_identifier(step.name) ? "." + step.name : "[" + quoted(step.name) + "]";
        break;
    }
  }
  return text;
}

// In the order of the text that comes of it: concat(input.first, " ", input.last).
std::string describe_template(const Call& call) {
  std::string parts;
  const auto add = [&](const std::string& part) { parts += (parts.empty() ? "" : ", ") + part; };
  for (std::size_t i = 0; i < call.texts.size(); ++i) {
    if (!call.texts[i].empty()) add(quoted(call.texts[i]));
    if (i < call.args.size()) add(describe(*call.args[i]));
  }
  return std::string(function_name(call.fn)) + "(" + parts + ")";
}

std::string describe_call(const Call& call) {
  if (call.fn == Fn::kConcat || call.fn == Fn::kConcatTotal) return describe_template(call);
  std::string text(function_name(call.fn));
  text += "(";
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    if (i > 0) text += ", ";
    text += describe(*call.args[i]);
  }
  for (const std::string& parameter : call.texts)
    if (!parameter.empty()) text += ", " + quoted(parameter);
  for (const double number : call.numbers) text += ", " + number_text(number);
  return text + ")";
}

struct Describer {
  std::string operator()(const Constant& node) const {
    return "constant " + shown(&node.value, 40);
  }
  std::string operator()(const Path& node) const { return describe(node); }
  std::string operator()(const Lookup& node) const {
    return describe(node.list) + "[" + node.name + (node.name.empty() ? "" : "=") +
           describe(*node.key) + "]" + described_steps(node.rest);
  }
  std::string operator()(const Key& node) const { return "key of " + scope_name(node.scope); }
  std::string operator()(const Call& node) const { return describe_call(node); }
  std::string operator()(const Object&) const { return "object"; }
  std::string operator()(const Spread& node) const {
    return "members of " + describe(*node.source);
  }
  std::string operator()(const List&) const { return "list"; }
  std::string operator()(const Each& node) const {
    const auto* member = std::get_if<Path>(&node.body->node);
    std::string text = describe(*node.source) + "[]";
    if (member && member->scope == node.scope)
      text += described_steps(member->steps);
    else
      text += (node.flatten ? ", then " : " as ") + describe(*node.body);
    return text + (node.keep ? " where " + describe(*node.keep) : "");
  }
  std::string operator()(const Sorted& node) const {
    return describe(*node.source) + " by " + describe(*node.key) +
           (node.descending ? ", descending" : "");
  }
  std::string operator()(const Grouped& node) const {
    return describe(*node.source) + " grouped by " + describe(*node.key);
  }
  std::string operator()(const Keyed& node) const { return "keyed " + describe(*node.source); }
  std::string operator()(const When& node) const {
    return (node.then ? describe(*node.then) : "nothing") + " when " + describe(*node.condition) +
           (node.otherwise ? ", else " + describe(*node.otherwise) : "");
  }
  std::string operator()(const Choose& node) const {
    return "chosen by " + describe(*node.subject);
  }
  std::string operator()(const Coalesce& node) const {
    std::string text;
    for (const ExprPtr& option : node.options)
      text += (text.empty() ? "" : " or ") + describe(*option);
    return text;
  }
  std::string operator()(const Guard& node) const { return describe(*node.value); }
};

}  // namespace

bool Step::operator==(const Step& other) const {
  return kind == other.kind && name == other.name && index == other.index &&
         same(equals, other.equals);
}

Step member_step(std::string_view name) {
  return {.kind = Step::Kind::kMember, .name = std::string(name)};
}

Step index_step(int index) { return {.kind = Step::Kind::kIndex, .index = index}; }

ExprPtr constant(json::value value) { return make(Constant{std::move(value)}); }

ExprPtr path(int scope, std::vector<Step> steps) { return make(Path{scope, std::move(steps)}); }

ExprPtr call(Fn fn, std::vector<ExprPtr> args, std::vector<std::string> texts,
             std::vector<double> numbers) {
  return make(Call{fn, std::move(args), std::move(texts), std::move(numbers)});
}

std::string scope_name(int scope) {
  if (scope == 0) return "input";
  return scope == 1 ? "item" : "item" + std::to_string(scope);
}

std::string told_of_others(const Choose& table) {
  const auto* decides = std::get_if<Call>(&table.subject->node);
  if (decides && is_predicate(decides->fn)) return "";
  return "any other value leaves it out";
}

std::string describe(const Path& path) {
  return scope_name(path.scope) + described_steps(path.steps);
}

namespace {

struct PathVisitor {
  const std::function<void(const Path&)>& visitor;

  void at(const ExprPtr& expr) const {
    if (expr) std::visit(*this, expr->node);
  }
  void at(const std::vector<Member>& members) const {
    for (const Member& member : members) at(member.value);
  }
  void operator()(const Constant&) const {}
  void operator()(const Key&) const {}
  void operator()(const Path& path) const { visitor(path); }
  // The item is named by what its key is called: no path of the input alone leads there.
  void operator()(const Lookup& lookup) const {
    Path item = lookup.list;
    item.steps.push_back({.kind = Step::Kind::kFind,
                          .name = lookup.name,
                          .equals = json::value(describe(*lookup.key))});
    item.steps.insert(item.steps.end(), lookup.rest.begin(), lookup.rest.end());
    visitor(item);
    at(lookup.key);
  }
  void operator()(const Call& call) const {
    for (const ExprPtr& argument : call.args) at(argument);
  }
  void operator()(const Object& object) const { at(object.members); }
  void operator()(const Spread& spread) const {
    at(spread.source);
    at(spread.members);
  }
  void operator()(const List& list) const {
    for (const ExprPtr& item : list.items) at(item);
  }
  void operator()(const Each& each) const {
    at(each.source);
    at(each.keep);
    at(each.body);
  }
  void operator()(const Sorted& sorted) const {
    at(sorted.source);
    at(sorted.key);
  }
  void operator()(const Grouped& grouped) const {
    at(grouped.source);
    at(grouped.key);
  }
  void operator()(const Keyed& keyed) const {
    at(keyed.source);
    at(keyed.keep);
    at(keyed.name);
    at(keyed.value);
  }
  void operator()(const When& when) const {
    at(when.condition);
    at(when.then);
    at(when.otherwise);
  }
  void operator()(const Choose& choose) const {
    at(choose.subject);
    for (const auto& [when, value] : choose.cases) at(value);
  }
  void operator()(const Coalesce& coalesce) const {
    for (const ExprPtr& option : coalesce.options) at(option);
  }
  void operator()(const Guard& guard) const {
    at(guard.subject);
    at(guard.value);
  }
};

}  // namespace

void visit_paths(const Expr& expr, const std::function<void(const Path&)>& visitor) {
  std::visit(PathVisitor{visitor}, expr.node);
}

bool is_identifier(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  return std::ranges::all_of(name, is_of_identifier);
}

bool is_of_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$';
}

std::string describe(const Expr& expr) { return std::visit(Describer{}, expr.node); }

}  // namespace vouch::adapters
