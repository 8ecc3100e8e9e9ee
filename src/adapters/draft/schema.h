// Whether a value is what a topic's JSON Schema says.
//
// Checked are types, enum, const, properties, required, additionalProperties, propertyNames,
// dependencies (dependentRequired, dependentSchemas), items (a list of them as of draft 7, or
// prefixItems), contains, bounds, lengths, multipleOf, uniqueItems, format (date, date-time, uri;
// no others), allOf, anyOf, oneOf, not, if/then/else, and $ref within the schema. Not checked are
// pattern and patternProperties (a stranger's regular expression can run without end),
// unevaluated… and $dynamicRef. Nothing is ever fetched.
//
// Both the schema and the value are strangers': a check takes so many steps and no more, whatever
// they say of each other.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/values.h"
#include "base/result.h"

namespace vouch::adapters::draft {

// Of one check: a schema for a value, a value compared with another, 64 bytes of a text. A million
// take a tenth of a second or two.
inline constexpr std::size_t kSchemaStepsMax = 1'000'000;
inline constexpr int kSchemaDepthMax = 2000;  // schemas that are looked at in each other

// Immutable; any thread.
class Schema {
 public:
  // kInvalidRequest: it is no JSON Schema, or one that refers to another document.
  static Result<Schema> read(const json::object& schema);
  ~Schema();
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;

  // What does not fit, a sentence each with the place, what stands deepest first; empty: it fits.
  // Where it could not be checked to its end the last one says so.
  std::vector<std::string> problems(const json::value& value) const;

 private:
  struct Impl;
  explicit Schema(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vouch::adapters::draft
