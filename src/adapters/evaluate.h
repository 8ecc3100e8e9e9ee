// Applies a mapping to an input.
#pragma once

#include <vector>

#include "adapters/mapping.h"

namespace vouch::adapters {

// The item a scope is at. Values are borrowed.
struct Bound {
  const json::value* item = nullptr;
  json::value key;  // index or name; null in scope 0
};

// The scopes an expression can look into, outermost first.
using Scopes = std::vector<Bound>;

// What a value is while it is looked at: borrowed from the input, or owned. Missing: get() is
// nullptr.
class Found {
 public:
  Found() = default;
  explicit Found(const json::value* borrowed) : borrowed_(borrowed) {}
  explicit Found(Maybe owned) : owned_(std::move(owned)) {}
  const json::value* get() const { return borrowed_ ? borrowed_ : owned_ ? &*owned_ : nullptr; }
  const json::value* borrowed() const { return borrowed_; }  // nullptr: missing or owned
  Maybe take() && { return borrowed_ ? Maybe(*borrowed_) : std::move(owned_); }

 private:
  const json::value* borrowed_ = nullptr;
  Maybe owned_;
};

// Never fails: what does not apply is missing.
Found evaluate(const Expr& expr, Scopes& scopes);
Maybe evaluate(const Expr& expr, const json::value& input);
const json::value* follow(const json::value* from, const Step& step);
// The same step by step; nullptr: there is no such thing, or nothing to begin with.
const json::value* follow(const json::value* from, const std::vector<Step>& steps);
// The items a loop visits: an array's, or an object's values with their names as keys, in the order
// of names_of.
std::vector<Bound> items_of(const json::value* source);

}  // namespace vouch::adapters
