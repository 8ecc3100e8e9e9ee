// Reading a server's answers without trusting their form.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vouch::cli {

// Empty where the member is absent or no text.
std::string text_of(const boost::json::object& object, std::string_view member);
std::optional<std::int64_t> integer_of(const boost::json::object& object, std::string_view member);
bool flag_of(const boost::json::object& object, std::string_view member);
// Empty where there is none; the reference lives as long as `object`.
const boost::json::array& array_of(const boost::json::object& object, std::string_view member);
const boost::json::object& object_of(const boost::json::object& object, std::string_view member);
const boost::json::object& as_object(const boost::json::value& value);

// For machines: two spaces of indentation, members in their order.
std::string pretty(const boost::json::value& value);

}  // namespace vouch::cli
