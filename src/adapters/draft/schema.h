// Whether a value is what a topic's JSON Schema says.
//
// Checked are the keywords of draft 7, which valijson knows: types, enum, const, properties,
// required, additionalProperties, items, contains, bounds, lengths, multipleOf, uniqueItems, format
// (date, date-time, uri; no others), allOf, anyOf, oneOf, not, if/then/else, and $ref within the
// schema. Of 2020-12
// `$defs` is reached by $ref. Not checked are pattern and patternProperties (a stranger's regular
// expression can run without end), prefixItems, dependentSchemas, dependentRequired, unevaluated…
// and $dynamicRef. Nothing is ever fetched.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/values.h"
#include "base/result.h"

namespace vouch::adapters::draft {

class Schema {
 public:
  // kInvalidRequest: it is no JSON Schema, or one that refers to another document.
  static Result<Schema> read(const json::object& schema);
  ~Schema();
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;

  // What does not fit, a sentence each with the place, the most particular first; empty: it fits.
  std::vector<std::string> problems(const json::value& value) const;

 private:
  struct Impl;
  explicit Schema(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vouch::adapters::draft
