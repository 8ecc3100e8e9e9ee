#include "adapters/evaluate.h"

#include <unordered_map>

#include "adapters/functions.h"

namespace vouch::adapters {

namespace {

bool is_true(const Found& found) {
  const json::value* value = found.get();
  return value && value->is_bool() && value->get_bool();
}

const json::value* find_item(const json::value* from, std::string_view member_name,
                             const json::value& equals) {
  const auto is_it = [&](const json::value& item) {
    if (!item.is_object()) return false;
    const json::value* member = item.get_object().if_contains(member_name);
    return member && same(*member, equals);
  };
  if (from->is_array()) {
    for (const json::value& item : from->get_array())
      if (is_it(item)) return &item;
  } else if (from->is_object()) {
    for (const std::string_view name : names_of(from->get_object()))
      if (const json::value* item = from->get_object().if_contains(name); is_it(*item)) return item;
  }
  return nullptr;
}

// One visitor for each expression; a scope is pushed for a loop's item and popped after it.
struct Evaluator {
  Scopes& scopes;

  Found run(const ExprPtr& expr) const { return expr ? std::visit(*this, expr->node) : Found(); }

  Found operator()(const Constant& node) const { return Found(&node.value); }

  Found operator()(const Path& node) const {
    if (static_cast<std::size_t>(node.scope) >= scopes.size()) return {};
    return Found(follow(scopes[static_cast<std::size_t>(node.scope)].item, node.steps));
  }

  Found operator()(const Lookup& node) const {
    const Found list = (*this)(node.list);
    const Found key = run(node.key);
    if (!list.get() || !key.get() || key.get()->is_null()) return {};
    const json::value* value = nullptr;
    if (!node.name.empty())
      value = find_item(list.borrowed(), node.name, *key.get());
    else if (list.get()->is_object() && is_scalar(*key.get()))
      value = list.borrowed()->get_object().if_contains(text_of(*key.get()));
    return Found(follow(value, node.rest));
  }

  Found operator()(const Key& node) const {
    if (static_cast<std::size_t>(node.scope) >= scopes.size()) return {};
    return Found(Maybe(scopes[static_cast<std::size_t>(node.scope)].key));
  }

  Found operator()(const Call& node) const {
    std::vector<Found> found;
    found.reserve(node.args.size());
    std::vector<const json::value*> arguments;
    arguments.reserve(node.args.size());
    for (const ExprPtr& arg : node.args) arguments.push_back(found.emplace_back(run(arg)).get());
    return Found(perform(node, arguments));
  }

  void add_members(json::object& object, const std::vector<Member>& members) const {
    for (const Member& member : members) {
      Maybe value = run(member.value).take();
      if (!value) continue;
      object[member.name] = std::move(*value);
    }
  }

  Found operator()(const Object& node) const {
    json::object object;
    object.reserve(node.members.size());
    add_members(object, node.members);
    return Found(Maybe(std::move(object)));
  }

  Found operator()(const Spread& node) const {
    json::object object;
    const Found source = run(node.source);
    if (source.get() && source.get()->is_object()) {
      for (const auto& member : source.get()->get_object()) {
        if (std::ranges::count(node.without, std::string_view(member.key())) > 0) continue;
        object[member.key()] = member.value();
      }
    }
    add_members(object, node.members);
    return Found(Maybe(std::move(object)));
  }

  Found operator()(const List& node) const {
    json::array items;
    for (const ExprPtr& item : node.items) {
      Maybe value = run(item).take();
      items.push_back(value ? std::move(*value) : json::value(nullptr));
    }
    return Found(Maybe(std::move(items)));
  }

  Found operator()(const Each& node) const {
    Found source = run(node.source);
    if (!source.get() || source.get()->is_null()) return source;
    json::array items;
    for (Bound& bound : items_of(source.get())) {
      scopes.push_back(std::move(bound));
      if (!node.keep || is_true(run(node.keep))) {
        Maybe value = run(node.body).take();
        if (value && node.flatten && value->is_array()) {
          for (json::value& inner : value->get_array()) items.push_back(std::move(inner));
        } else if (value && !(node.flatten && value->is_null())) {
          items.push_back(std::move(*value));
        }
      }
      scopes.pop_back();
    }
    return Found(Maybe(std::move(items)));
  }

  Found operator()(const Sorted& node) const {
    Found source = run(node.source);
    if (!source.get() || source.get()->is_null()) return source;
    struct Item {
      const json::value* value;
      Maybe key;
    };
    std::vector<Item> items;
    for (Bound& bound : items_of(source.get())) {
      const json::value* value = bound.item;
      scopes.push_back(std::move(bound));
      items.push_back({value, run(node.key).take()});
      scopes.pop_back();
    }
    const auto has_order = [](const Item& item) {
      return item.key && (is_number(*item.key) || item.key->is_string());
    };
    const auto others = std::ranges::stable_partition(items, has_order);
    std::ranges::stable_sort(items.begin(), others.begin(), [&](const Item& a, const Item& b) {
      // Descending turns numbers and texts round, each among themselves.
      const bool is_same_kind = is_number(*a.key) == is_number(*b.key);
      return node.descending && is_same_kind ? is_before(*b.key, *a.key)
                                             : is_before(*a.key, *b.key);
    });
    json::array sorted;
    for (const Item& item : items) sorted.push_back(*item.value);
    return Found(Maybe(std::move(sorted)));
  }

  Found operator()(const Grouped& node) const {
    Found source = run(node.source);
    if (!source.get() || source.get()->is_null()) return source;
    json::array groups;
    std::unordered_map<std::string, std::size_t> known;  // places in `groups`, by kind and text
    for (Bound& bound : items_of(source.get())) {
      const json::value* item = bound.item;
      scopes.push_back(std::move(bound));
      Maybe key = run(node.key).take();
      scopes.pop_back();
      if (!key || !is_scalar(*key)) continue;
      const char kind = key->is_string() ? 's' : key->is_bool() ? 'b' : key->is_null() ? 'n' : 'd';
      const auto [group, is_new] = known.emplace(kind + text_of(*key), groups.size());
      if (is_new)
        groups.push_back(json::object{{"items", json::array{}}, {node.name, *std::move(key)}});
      groups[group->second].as_object().at("items").as_array().push_back(*item);
    }
    return Found(Maybe(std::move(groups)));
  }

  Found operator()(const Keyed& node) const {
    Found source = run(node.source);
    if (!source.get() || source.get()->is_null()) return source;
    json::object object;
    for (Bound& bound : items_of(source.get())) {
      scopes.push_back(std::move(bound));
      if (!node.keep || is_true(run(node.keep))) {
        const Found name = run(node.name);
        Maybe value = run(node.value).take();
        if (value && name.get() && is_scalar(*name.get()))
          object[text_of(*name.get())] = std::move(*value);
      }
      scopes.pop_back();
    }
    return Found(Maybe(std::move(object)));
  }

  Found operator()(const When& node) const {
    return run(is_true(run(node.condition)) ? node.then : node.otherwise);
  }

  Found operator()(const Choose& node) const {
    const Found subject = run(node.subject);
    for (const auto& [value, result] : node.cases)
      if (value ? subject.get() && same(*subject.get(), *value) : !subject.get())
        return run(result);
    return {};
  }

  Found operator()(const Coalesce& node) const {
    Found last;
    for (const ExprPtr& option : node.options) {
      last = run(option);
      const State state = state_of(last.get());
      if (node.truthy ? is_truthy(state) : state != State::kMissing && state != State::kNull)
        return last;
    }
    return last;
  }

  Found operator()(const Guard& node) const {
    Found subject = run(node.subject);
    const State state = state_of(subject.get());
    switch (node.actions[static_cast<std::size_t>(state)]) {
      case Guard::Action::kOmit:
        return {};
      case Guard::Action::kNull:
        return Found(Maybe(json::value(nullptr)));
      case Guard::Action::kDefault:
        return Found(&node.fallback);
      case Guard::Action::kKeep:
        break;
    }
    return node.value == node.subject ? std::move(subject) : run(node.value);
  }
};

}  // namespace

const json::value* follow(const json::value* from, const Step& step) {
  switch (step.kind) {
    case Step::Kind::kMember:
      return from->is_object() ? from->get_object().if_contains(step.name) : nullptr;
    case Step::Kind::kFind:
      return find_item(from, step.name, step.equals);
    case Step::Kind::kOnly:
      if (!from->is_object() || from->get_object().empty()) return nullptr;
      return from->get_object().if_contains(names_of(from->get_object()).front());
    case Step::Kind::kIndex:
      break;
  }
  if (!from->is_array()) return nullptr;
  const json::array& items = from->get_array();
  const std::int64_t at =
      step.index < 0 ? static_cast<std::int64_t>(items.size()) + step.index : step.index;
  if (at < 0 || at >= static_cast<std::int64_t>(items.size())) return nullptr;
  return &items[static_cast<std::size_t>(at)];
}

const json::value* follow(const json::value* from, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (!from) break;
    from = follow(from, step);
  }
  return from;
}

std::vector<Bound> items_of(const json::value* source) {
  std::vector<Bound> items;
  if (!source || source->is_null()) return items;
  if (source->is_array()) {
    std::int64_t index = 0;
    for (const json::value& item : source->get_array())
      items.push_back({.item = &item, .key = index++});
  } else if (source->is_object()) {
    for (const std::string_view name : names_of(source->get_object()))
      items.push_back({.item = source->get_object().if_contains(name), .key = json::value(name)});
  }
  return items;
}

Found evaluate(const Expr& expr, Scopes& scopes) {
  return std::visit(Evaluator{scopes}, expr.node);
}

Maybe evaluate(const Expr& expr, const json::value& input) {
  Scopes scopes{{.item = &input}};
  return evaluate(expr, scopes).take();
}

}  // namespace vouch::adapters
