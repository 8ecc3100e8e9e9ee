// What rows look like on the wire, and the words of the answers that several operations share.
// Pure functions. Members come in the order of the documentation, ours after the documented ones.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "ops/operation.h"
#include "store/rows.h"
#include "store/tx.h"

namespace vouch::ops {

boost::json::value utc_or_null(std::optional<TimeMs> ms);
boost::json::value text_or_null(std::string_view text);  // empty is null

boost::json::object to_json(const store::ProjectRow& project);
// Of a list: without the Gherkin.
boost::json::object to_json(const store::FeatureSummary& feature);
boost::json::object to_json(const store::FeatureRow& feature);

Answer ok_answer();

// {"items":[…],"nextCursor":…}
Answer list_answer(boost::json::array items, const std::optional<std::string>& next_cursor = {});

// Of rows that `to_json` shows.
template <class Row, class ToJson>
Answer list_answer(const store::List<Row>& list, ToJson to_json) {
  boost::json::array items;
  for (const Row& row : list.items) items.push_back(to_json(row));
  return list_answer(std::move(items), list.next_cursor);
}
// Of those that are shown above.
template <class Row>
Answer list_answer(const store::List<Row>& list) {
  return list_answer(list, [](const Row& row) { return to_json(row); });
}

// Which part of a list a call asks for.
store::Page page_of(const Call& call);

// The project or feature of a call. kNotFound also for what belongs to another workspace.
Result<store::ProjectRow> find_project(const store::Tx& tx, const std::string& workspace_id,
                                       const std::string& project);
// `feature` is an id or a name, whatever its case; the id wins. The second is for who has found the
// project already.
Result<store::FeatureRow> find_feature(const store::Tx& tx, const std::string& workspace_id,
                                       const std::string& project, const std::string& feature);
Result<store::FeatureRow> find_feature(const store::Tx& tx, const store::ProjectRow& project,
                                       const std::string& feature);

std::string project_path(const store::ProjectRow& project);
std::string feature_path(const std::string& project_id, std::int64_t feature_id);

// kInvalidRequest unless it is an absolute http or https address without a user in it.
Result<void> check_site_url(std::string_view member, const std::string& url);
// A name for people: trimmed, without control characters, 1 … kNameCharactersMax characters.
Result<std::string> check_name(std::string_view member, std::string_view name);
inline constexpr std::size_t kNameCharactersMax = 200;

}  // namespace vouch::ops
