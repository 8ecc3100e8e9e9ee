#include "ops/wire.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

namespace vouch::ops {
namespace json = boost::json;
namespace {

std::optional<std::int64_t> as_id(std::string_view text) {
  std::int64_t id = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end != text.data() + text.size() || id < 1) return std::nullopt;
  return id;
}

Error no_project() { return {ErrorCode::kNotFound, "No such project in this workspace."}; }

}  // namespace

json::value utc_or_null(std::optional<TimeMs> ms) {
  return ms ? json::value(to_utc(*ms)) : json::value(nullptr);
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object to_json(const store::ProjectRow& project) {
  json::object body;
  body["id"] = project.id;
  body["name"] = project.name;
  body["siteUrl"] = project.site_url;
  body["settings"] = project.settings;
  body["createdUtc"] = to_utc(project.created_ms);
  body["updatedUtc"] = to_utc(project.updated_ms);
  return body;
}

json::object to_json(const store::FeatureSummary& feature) {
  json::object body;
  body["id"] = feature.id;
  body["name"] = feature.name;
  body["kind"] = to_string(feature.kind);
  body["status"] = to_string(feature.status);
  body["updatedUtc"] = to_utc(feature.updated_ms);
  body["stale"] = feature.stale();
  return body;
}

json::object to_json(const store::FeatureRow& feature) {
  json::object body;
  body["id"] = feature.id;
  body["name"] = feature.name;
  body["kind"] = to_string(feature.kind);
  body["status"] = to_string(feature.status);
  body["gherkin"] = feature.gherkin;
  body["rationale"] = text_or_null(feature.rationale.value_or(""));
  body["updatedUtc"] = to_utc(feature.updated_ms);
  body["stale"] = feature.stale();
  body["createdUtc"] = to_utc(feature.created_ms);
  return body;
}

Answer list_answer(json::array items, const std::optional<std::string>& next_cursor) {
  Answer answer;
  answer.body = json::object{{"items", std::move(items)},
                             {"nextCursor", next_cursor ? json::value(*next_cursor) : nullptr}};
  return answer;
}

Answer ok_answer() {
  Answer answer;
  answer.body = json::object{{"ok", true}};
  return answer;
}

store::Page page_of(const Call& call) {
  store::Page page;
  page.limit = static_cast<int>(call.integer("limit").value_or(store::kPageLimitDefault));
  page.cursor = call.text("cursor");
  return page;
}

Result<store::ProjectRow> find_project(const store::Tx& tx, const std::string& workspace_id,
                                       const std::string& project) {
  auto row = tx.find_project(workspace_id, project);
  if (!row) return std::unexpected(no_project());
  return std::move(*row);
}

Result<store::FeatureRow> find_feature(const store::Tx& tx, const std::string& workspace_id,
                                       const std::string& project, const std::string& feature) {
  VOUCH_TRY(store::ProjectRow found, find_project(tx, workspace_id, project));
  return find_feature(tx, found, feature);
}

Result<store::FeatureRow> find_feature(const store::Tx& tx, const store::ProjectRow& project,
                                       const std::string& feature) {
  std::optional<store::FeatureRow> row;
  if (auto id = as_id(feature)) row = tx.find_feature(project.id, *id);
  if (!row) row = tx.find_feature_named(project.id, feature);
  if (!row) return fail(ErrorCode::kNotFound, "No such feature in this project.");
  return std::move(*row);
}

std::string project_path(const store::ProjectRow& project) {
  return "/api/v1/ops/projects/" + project.id;
}

std::string feature_path(const std::string& project_id, std::int64_t feature_id) {
  return "/api/v1/ops/projects/" + project_id + "/features/" + std::to_string(feature_id);
}

Result<void> check_site_url(std::string_view member, const std::string& url) {
  auto wrong = [&](std::string_view why) {
    return fail(
        ErrorCode::kInvalidRequest,
        "`" + std::string(member) + "` " + std::string(why) + ", like \"http://localhost:3000\".",
        {{"member", member}});
  };
  auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return wrong("must be a whole web address");
  if (parsed->scheme_id() != boost::urls::scheme::http &&
      parsed->scheme_id() != boost::urls::scheme::https) {
    return wrong("must begin with http:// or https://");
  }
  if (parsed->encoded_host().empty()) return wrong("must name a host");
  if (parsed->has_userinfo()) return wrong("must not hold a user name or password");
  return {};
}

Result<std::string> check_name(std::string_view member, std::string_view name) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = name.find_first_not_of(kBlank);
  name = first == name.npos ? std::string_view() : name.substr(first);
  name = name.substr(0, name.find_last_not_of(kBlank) + 1);
  std::size_t characters = 0;
  bool control = false;
  for (unsigned char byte : name) {
    characters += (byte & 0xC0) != 0x80;
    control |= byte < 0x20 || byte == 0x7F;
  }
  if (characters >= 1 && characters <= kNameCharactersMax && !control) return std::string(name);
  return fail(ErrorCode::kInvalidRequest,
              "`" + std::string(member) + "` must be one line of 1 to " +
                  std::to_string(kNameCharactersMax) + " characters.",
              {{"member", member}});
}

}  // namespace vouch::ops
