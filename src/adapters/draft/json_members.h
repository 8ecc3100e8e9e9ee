// Reading JSON that this module wrote, or that a person did: each member by name and type, with an
// error that says which is wrong.
#pragma once

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "adapters/values.h"
#include "base/result.h"

namespace vouch::adapters::draft {

class Members {
 public:
  // `what` is how messages call the object: "sample 3". kInvalidRequest where it is none.
  static Result<Members> of(const json::value& value, std::string what) {
    if (!value.is_object())
      return fail(ErrorCode::kInvalidRequest, "The " + what + " must be a JSON object.");
    return Members(value.get_object(), std::move(what));
  }

  // "" where it is not there.
  Result<std::string> text(std::string_view name) const {
    const json::value* value = object_->if_contains(name);
    if (!value || value->is_null()) return std::string();
    if (!value->is_string()) return wrong(name, "text");
    return std::string(value->get_string());
  }
  Result<std::string> needed_text(std::string_view name) const {
    VOUCH_TRY(std::string found, text(name));
    if (found.empty()) return wrong(name, "text that is not empty");
    return found;
  }
  // 0 where it is not there.
  Result<double> number(std::string_view name) const {
    const json::value* value = object_->if_contains(name);
    if (!value || value->is_null()) return 0.0;
    if (const auto found = number_of(*value)) return *found;
    return wrong(name, "a number");
  }
  // The `kind`, whose values are called so, in their order.
  template <class Kind, std::size_t kCount>
  Result<Kind> kind(const std::array<std::string_view, kCount>& words) const {
    VOUCH_TRY(const std::string word, needed_text("kind"));
    const auto* found = std::ranges::find(words, word);
    if (found == words.end())
      return fail(ErrorCode::kInvalidRequest, "There is no kind of " + what_ + " `" + word + "`.",
                  {{"member", "kind"}});
    return static_cast<Kind>(found - words.begin());
  }
  // Empty where it is not there.
  Result<json::array> list(std::string_view name) const {
    const json::value* value = object_->if_contains(name);
    if (!value || value->is_null()) return json::array();
    if (!value->is_array()) return wrong(name, "a list");
    return value->get_array();
  }
  Result<json::object> object(std::string_view name) const {
    const json::value* value = object_->if_contains(name);
    if (!value || value->is_null()) return json::object();
    if (!value->is_object()) return wrong(name, "an object");
    return value->get_object();
  }
  // nullopt where it is not there; null is a value.
  Maybe any(std::string_view name) const {
    const json::value* value = object_->if_contains(name);
    return value ? Maybe(*value) : std::nullopt;
  }

 private:
  Members(const json::object& object, std::string what)
      : object_(&object), what_(std::move(what)) {}
  std::unexpected<Error> wrong(std::string_view name, std::string_view wanted) const {
    return fail(
        ErrorCode::kInvalidRequest,
        "`" + std::string(name) + "` of the " + what_ + " must be " + std::string(wanted) + ".",
        {{"member", name}});
  }
  const json::object* object_;
  std::string what_;
};

inline void put(json::object& object, std::string_view name, const Maybe& value) {
  if (value) object[name] = *value;
}

}  // namespace vouch::adapters::draft
