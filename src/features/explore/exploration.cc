#include "features/explore/exploration.h"

#include <algorithm>
#include <boost/json.hpp>
#include <deque>
#include <set>

#include "features/explore/proposals.h"
#include "features/explore/site_map.h"
#include "features/explore/visitor.h"
#include "runs/egress.h"
#include "runs/secrets.h"

namespace vouch::features::explore {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::awaitable;

std::vector<VisitedPage::Link> links_of(const ground::Page& page, const SiteMap& map) {
  std::vector<VisitedPage::Link> links;
  for (const browser::Element& e : page.elements()) {
    if (e.role != "link" || e.href.empty() || e.name.empty() || !e.visible) continue;
    if (sounds_destructive(e.name, e.href)) continue;
    std::optional<std::string> path = map.path_of(e.href);
    if (path) links.push_back({e.name, std::move(*path)});
  }
  return links;
}

// The page's document was answered with an error.
bool failed(const browser::Effect& effect) {
  const auto document = std::ranges::find(effect.requests.rbegin(), effect.requests.rend(),
                                          "document", &browser::SiteRequest::resource_type);
  return document != effect.requests.rend() && document->status >= 400;
}

class Exploration {
 public:
  Exploration(engine::JobContext& context, Visitor visitor, const SiteMap& map)
      : context_(context), visitor_(std::move(visitor)), map_(map) {}

  awaitable<Result<std::vector<VisitedPage>>> walk() {
    open_.push_back({map_.start(), 0});
    known_.insert(map_.start());
    while (!open_.empty() && visited_.size() < static_cast<std::size_t>(kPagesMax) &&
           !visitor_.has_had_enough()) {
      const Stop stop = open_.front();
      open_.pop_front();
      VOUCH_CO_TRY_VOID(co_await visit(stop));
    }
    co_return std::move(visited_);
  }

 private:
  struct Stop {
    std::string path;
    int depth;
  };

  awaitable<Result<void>> visit(Stop stop) {
    context_.stage("visiting " + stop.path);
    Result<Visitor::Visit> visit = co_await visitor_.visit(stop.path);
    if (!visit) {
      const ErrorCode code = visit.error().code;
      const bool of_page = browser::is_of_page(visit.error()) || code == ErrorCode::kInvalidRequest;
      if (!of_page || visited_.empty()) co_return std::unexpected(visit.error());
      co_return Result<void>{};  // it does not open: left out
    }
    if (failed(visit->effect)) co_return Result<void>{};
    browser::Snapshot& snapshot = visit->snapshot;
    // A redirect may have led to a page that is known, or off the site.
    const std::optional<std::string> arrived = map_.path_of(snapshot.url);
    const bool again = arrived != stop.path && (!arrived || !known_.insert(*arrived).second);
    if (again) co_return Result<void>{};
    const ground::Page page(std::move(snapshot));
    const std::vector<VisitedPage::Link> links = links_of(page, map_);
    visited_.push_back(visited_page(page, stop.path, links));
    if (stop.depth == kDepthMax) co_return Result<void>{};
    for (const VisitedPage::Link& link : links) {
      if (known_.insert(link.path).second) open_.push_back({link.path, stop.depth + 1});
    }
    co_return Result<void>{};
  }

  engine::JobContext& context_;
  Visitor visitor_;
  const SiteMap& map_;
  std::deque<Stop> open_;
  std::set<std::string> known_;
  std::vector<VisitedPage> visited_;
};

// The feature as it is kept; empty where one of that name is no suggestion of ours to replace.
Result<std::optional<store::FeatureRow>> keep(store::Tx& tx, const std::string& project,
                                              const Proposal& proposal, TimeMs now) {
  auto found = tx.find_feature_named(project, proposal.name);
  const bool replaceable = found && found->kind == store::FeatureKind::kSuggestion &&
                           found->status == store::FeatureStatus::kDraft;
  if (found && !replaceable) return std::optional<store::FeatureRow>();
  store::FeatureRow row = found.value_or(store::FeatureRow{});
  row.project_id = project;
  row.name = proposal.name;
  row.kind = store::FeatureKind::kSuggestion;
  row.gherkin = proposal.gherkin;
  row.rationale = proposal.rationale;
  row.updated_ms = now;
  if (!found) row.created_ms = now;
  VOUCH_TRY(row, found ? tx.update_feature(row) : tx.insert_feature(row));
  return std::optional(std::move(row));
}

awaitable<Result<json::object>> explore(engine::JobContext& context, store::Store& store,
                                        browser::HostPool& hosts, runs::SiteTurns& turns,
                                        const Vault& vault, const Clock& clock,
                                        const ExplorationOptions& options) {
  const json::object& payload = context.job().payload;
  const std::string project = context.job().project_id;
  const std::string site(payload.at("siteUrl").as_string());
  auto read_them = [&vault, project](const store::Tx& tx) {
    return runs::read_secrets(tx, vault, project);
  };
  browser::ContextOptions browsing;
  browsing.site_url = site;
  VOUCH_CO_TRY(browsing.secrets, co_await store.read(std::move(read_them)));
  if (const json::value* settings = payload.if_contains("settings");
      settings && settings->is_object())
    browsing.access = read_site_access(settings->get_object());
  VOUCH_CO_TRY(sandbox::EgressOptions egress,
               runs::egress_of(payload, options.allow_loopback, options.allow_private));
  // What generations change, and put back, is not to be looked at meanwhile.
  const runs::SiteTurns::Turn turn = co_await turns.take(site);
  const auto counted = context.browser_time();
  auto policy = std::make_shared<sandbox::EgressPolicy>(egress);
  VOUCH_CO_TRY(std::shared_ptr<browser::Host> host,
               co_await hosts.acquire(runs::browser_key(context.job(), egress), policy));
  const SiteMap map(site);
  Exploration exploration(context, Visitor(*host, browsing), map);
  VOUCH_CO_TRY(std::vector<VisitedPage> pages, co_await exploration.walk());
  context.stage("proposing");
  const std::vector<Proposal> proposals = propose(pages);
  auto suggestions = std::make_shared<json::array>();
  engine::JobContext::Extra keep_them = [proposals, suggestions, project,
                                         now = clock.now_ms()](store::Tx& tx) -> Result<void> {
    suggestions->clear();  // it may run more than once
    for (const Proposal& proposal : proposals) {
      VOUCH_TRY(std::optional<store::FeatureRow> row, keep(tx, project, proposal, now));
      if (row) suggestions->push_back(json::object{{"featureId", row->id}, {"name", row->name}});
    }
    return {};
  };
  VOUCH_CO_TRY_VOID(co_await context.write(std::move(keep_them)));
  co_return json::object{{"pages", pages.size()}, {"suggestions", *suggestions}};
}

}  // namespace

engine::JobKind make_exploration_kind(store::Store& store, browser::HostPool& hosts,
                                      runs::SiteTurns& turns, const Vault& vault,
                                      const Clock& clock, ExplorationOptions options) {
  engine::JobKind kind;
  kind.name = kExplorationKind;
  kind.concurrency = options.concurrency;
  kind.time_limit_ms = options.time_limit_ms;
  kind.handler = [&store, &hosts, &turns, &vault, &clock, options](engine::JobContext& context) {
    return explore(context, store, hosts, turns, vault, clock, options);
  };
  return kind;
}

}  // namespace vouch::features::explore
