// From inputs and a target schema alone, where no expected output is known: members are mapped by
// their names and types. What is not sure is left out, reported and asked, never guessed.
#pragma once

#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

// What a person decided, by the schema's paths: "items[].price", or the end of one.
struct SchemaDecision {
  enum class Kind : std::uint8_t {
    kSource,  // the field comes from the source of that description or name, whatever its own name
    kConstant,  // … is `value`
    kOmitted,   // … is left out, and not asked about
    kShown,     // … is `value` in input `input`, at the place `path`: "items[2].price"
  };
  Kind kind = Kind::kSource;
  std::string path;
  std::string source;
  json::value value;
  std::size_t input = 0;
};

// `schema` is a JSON Schema (2020-12) of the output. Read are `type` (one or several),
// `properties`, `required`, `items`, `enum`, `format` (date, date-time) and `$ref` within the
// schema. A member is mapped to the member of the inputs that has the same words in its name (in
// any case: createdAt, created_at) in like surroundings, holds values of its type in every input,
// and is alone in that.
//
// A value is made of another type only where all values of the source are of that form: a text of a
// number, a number or a boolean of a text, an ISO date of an epoch or of another date. A number
// whose name says cents gives a hundredth of it, unless the target's name says cents, too; where a
// price has no decimals in any input, that is asked. What is neither a plain copy nor a text is in
// `assumptions`. A source with a value outside an `enum` does not fit.
//
// What is not sure is in `unexplained` with the nearest candidate in its reason, and where there
// are candidates, or the member is required, in `questions`: the first choice is then "left out".
Synthesis map_by_schema(const std::vector<const json::value*>& inputs, const json::value& schema,
                        const std::vector<SchemaDecision>& decisions = {});

// What the schema's `$ref` refers to, where that is in `root`; else the schema itself.
const json::object& resolved(const json::object& schema, const json::object& root);

}  // namespace vouch::adapters
