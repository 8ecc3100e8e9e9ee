#include "features/ground/scenario.h"

#include <algorithm>
#include <queue>
#include <ranges>

#include "features/ground/walk.h"
#include "features/read/read.h"
#include "features/read/visitors.h"

namespace vouch::features::ground {
namespace {

// A way to begin again: the choices to make, and how much worse they look than the best ones.
struct Node {
  std::vector<std::string> forced;
  double penalty = 0;
  bool operator<(const Node& other) const { return penalty > other.penalty; }
};

bool says_what_file_holds(const gherkin::PickleStep& step) {
  const auto readings = read_step(step);
  return readings && std::ranges::any_of(readings->front().intents, [](const Intent& intent) {
           const auto* seen = std::get_if<Observation>(&intent);
           return seen != nullptr && seen->kind == ObserveKind::kDownloadText;
         });
}

}  // namespace

bool says_what_files_hold(const std::vector<gherkin::Pickle>& pickles, const OwnSteps& own) {
  for (const gherkin::Pickle& pickle : pickles) {
    const auto steps = parts_of(pickle, own);
    if (std::ranges::any_of(steps | std::views::join, says_what_file_holds, &Part::step))
      return true;
  }
  return false;
}

boost::asio::awaitable<Result<void>> reset_site(browser::Session& session, const Site& site) {
  if (!site.reset) co_return Result<void>{};
  browser::HttpCall call = *site.reset;
  call.url = browser::substitute(call.url, site.variables);
  call.body = browser::substitute(call.body, site.variables);
  for (auto& [name, value] : call.headers) value = browser::substitute(value, site.variables);
  VOUCH_CO_TRY(int status, co_await session.send(call));
  if (status >= 400) {
    co_return fail(ErrorCode::kUnavailable,
                   "The reset hook " + site.reset->method + " " + site.reset->url + " answered " +
                       std::to_string(status) + "; the site could not be put back.");
  }
  co_return Result<void>{};
}

std::string make_unique_value(Random& random) {
  std::string value = make_base62(random, 8);
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return "u" + value;
}

browser::Action substitute(const browser::Action& action, const browser::Variables& variables) {
  auto made = browser::parse_action(browser::substitute(browser::to_json(action), variables));
  VOUCH_CHECK(made.has_value());
  return *std::move(made);
}

browser::Assertion substitute(const browser::Assertion& assertion,
                              const browser::Variables& variables) {
  auto made = browser::parse_assertion(browser::substitute(browser::to_json(assertion), variables));
  VOUCH_CHECK(made.has_value());
  return *std::move(made);
}

boost::asio::awaitable<Result<Chain>> ground_scenario(browser::Host& host, const Site& site,
                                                      explore::SiteMap& map, Random& random,
                                                      const gherkin::Pickle& pickle, Log log) {
  std::priority_queue<Node> open;
  open.push({});
  std::optional<Error> first_error;
  int walks_max = site.repeatable ? kWalksMax : 1;
  for (int walks = 0; walks < walks_max && !open.empty(); ++walks) {
    Node node = open.top();
    open.pop();
    if (walks > 0) log("Trying again with the next best choice: " + node.forced.back());
    Walk walk(host, site, map, random, pickle, log, node.forced);
    Result<Chain> chain = co_await walk.run();
    if (chain) co_return chain;
    // Where a page hangs or breaks, each other choice would take as long.
    if (browser::is_of_page(chain.error()))
      co_return not_grounded(pickle.steps[walk.failed_step()], chain.error().message);
    if (chain.error().code != ErrorCode::kInvalidRequest) co_return chain;
    log(chain.error().message);
    if (!first_error) first_error = chain.error();
    if (walk.hopeless()) break;
    std::vector<std::string> path;
    for (std::size_t i = 0; i < walk.decisions().size(); ++i) {
      const Decision& decision = walk.decisions()[i];
      if (i >= node.forced.size()) {
        double best = decision.options.front().second;
        for (std::size_t other = 0; other < decision.options.size(); ++other) {
          const auto& [key, score] = decision.options[other];
          if (other <= decision.chosen || score < kWorthTrying * best) continue;
          Node next{path, node.penalty + (best - score) + 0.01};
          next.forced.push_back(key);
          open.push(std::move(next));
        }
      }
      path.push_back(decision.options[decision.chosen].first);
    }
  }
  co_return std::unexpected(*std::move(first_error));
}

boost::asio::awaitable<Result<Chain>> heal_scenario(browser::Host& host, const Site& site,
                                                    explore::SiteMap& map, Random& random,
                                                    const gherkin::Pickle& pickle,
                                                    const Chain& known, Log log) {
  const auto says_same = [](const ChainStep& step, const gherkin::PickleStep& now) {
    return step.text == now.text && step.keyword == now.keyword;
  };
  if (!std::ranges::equal(known.steps, pickle.steps, says_same)) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "Its steps have changed since it was generated: generate it again.");
  }
  Known found{known, {}};
  std::map<std::size_t, Error> first_errors;  // by step
  const int walks_max = site.repeatable ? kWalksMax : 1;
  for (int walks = 1;; ++walks) {
    Walk walk(host, site, map, random, pickle, log, {}, &found);
    Result<Chain> chain = co_await walk.run();
    if (chain) {
      chain->accepts_dialogs = known.accepts_dialogs;
      chain->assumptions = known.assumptions;
      co_return chain;
    }
    const std::size_t step = walk.failed_step();
    if (browser::is_of_page(chain.error()))
      co_return not_grounded(pickle.steps[step], chain.error().message);
    // A step that was gone about half is begun again with its words.
    const bool is_new = chain.error().code == ErrorCode::kInvalidRequest &&
                        known.steps[step].phase != Phase::kThen &&
                        found.by_words.insert(step).second;
    if (is_new) first_errors.emplace(step, chain.error());
    if (auto first = first_errors.find(step); !is_new && first != first_errors.end())
      co_return std::unexpected(first->second);
    if (!is_new || walks == walks_max) co_return chain;
    log(chain.error().message);
    log("Looking for it by the step's words.");
  }
}

}  // namespace vouch::features::ground
