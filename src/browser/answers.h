// What a browser host answers, as values. The host relays what a page says, so nothing about its
// shape is taken for granted: what is missing or of another type is left at its default.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"
#include "browser/browser.h"

namespace vouch::browser {

Result<Snapshot> parse_snapshot(const boost::json::object& answer);
Result<Effect> parse_effect(const boost::json::object& answer);
CheckResult parse_check(const boost::json::object& answer);

}  // namespace vouch::browser
