// JSON Schema: checks a value and says in plain words what is wanted.
//
//   `limit` must be a whole number from 1 to 200.
//   `settings.reset.url` is missing: it must be text of at least 1 character.
//   `siteURL` is not known here: do you mean `siteUrl`? Known are `name`, `siteUrl`, `settings`.
//
// The names are paths into the value. Immutable after construction; any thread.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vouch::ops {

// kInvalidRequest, with details.member: `path` is a member whose name is none of `known`, of which
// the nearest is named first.
Error unknown_member(std::string_view path, const std::vector<std::string>& known);

class Schema {
 public:
  // A schema that is not one is a bug: the process ends.
  explicit Schema(const boost::json::object& schema);
  ~Schema();
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;

  // kInvalidRequest, with details.member.
  Result<void> check(const boost::json::value& value) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vouch::ops
