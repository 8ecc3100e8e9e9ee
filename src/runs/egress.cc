#include "runs/egress.h"

#include <boost/json/array.hpp>

namespace vouch::runs {
namespace {

namespace json = boost::json;

const json::array* allowed_hosts(const json::object& payload) {
  const json::value* settings = payload.if_contains("settings");
  if (settings == nullptr || !settings->is_object()) return nullptr;
  const json::value* hosts = settings->get_object().if_contains("allowedHosts");
  return hosts == nullptr ? nullptr : hosts->if_array();
}

}  // namespace

Result<sandbox::EgressOptions> egress_of(const json::object& payload, bool allow_loopback,
                                         bool allow_private) {
  sandbox::EgressOptions egress;
  egress.allow_loopback = allow_loopback;
  egress.allow_private = allow_private;
  const json::value* site_url = payload.if_contains("siteUrl");
  if (site_url == nullptr || !site_url->is_string()) {
    return fail(ErrorCode::kInvalidRequest, "The job names no site.");
  }
  VOUCH_TRY(auto site, sandbox::Origin::parse(site_url->get_string()));
  egress.origins.push_back(std::move(site));
  const json::array* hosts = allowed_hosts(payload);
  if (hosts == nullptr) return egress;
  for (const json::value& host : *hosts) {
    if (!host.is_string()) continue;
    const std::string name(host.get_string());
    for (const std::string scheme : {"https://", "http://"}) {
      VOUCH_TRY(auto further, sandbox::Origin::parse(name.contains("://") ? name : scheme + name));
      egress.origins.push_back(std::move(further));
    }
  }
  return egress;
}

std::string browser_key(const store::JobRow& job, const sandbox::EgressOptions& egress) {
  std::string key = job.workspace_id + "/" + job.project_id;
  for (const sandbox::Origin& origin : egress.origins) key += " " + origin.to_string();
  return key;
}

}  // namespace vouch::runs
