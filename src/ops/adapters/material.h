// What adapters are made from: samples, documents and notes of a provider and topic.
#pragma once

#include <boost/json/value.hpp>

#include "base/secrets.h"
#include "ops/operation.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr std::size_t kSampleBytesMax =
    std::size_t{512} * 1024;  // input and expected output together
inline constexpr std::size_t kDocumentBytesMax = std::size_t{256} * 1024;
inline constexpr std::size_t kDocumentsMax = 50;  // of a provider and topic

// {input, expectedOutput?, name?} as a row. kInvalidRequest names `member`.
Result<store::SampleRow> read_sample(const store::AdapterOf& of, const boost::json::value& value,
                                     std::string_view member, TimeMs now);
// The row with the provider's secrets as ${name}: they are not kept, and no script has them.
store::SampleRow without_secrets(store::SampleRow row, const SharedSecrets& secrets);
// kInvalidRequest: it is too large. kConflict: there are too many.
Result<store::DocumentRow> keep_document(store::Tx& tx, const store::DocumentRow& row);

inline constexpr std::string_view kSampleSchema = R"({"type": "object", "required": ["input"],
  "additionalProperties": false, "properties": {
    "input": {"description": "A payload as the provider sends or takes it."},
    "expectedOutput": {"description": "What it should become."},
    "name": {"type": "string", "maxLength": 200}}})";

}  // namespace vouch::ops
