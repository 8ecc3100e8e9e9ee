#include "features/prove/prove.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <ranges>
#include <set>

namespace vouch::features::prove {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::int64_t kReplayCheckMs =
    5000;                         // an assertion of a step that is replayed: as in the real run
constexpr int kChecksAtOnce = 8;  // of one page
constexpr std::int64_t kQuietMs = 100, kQuietMsMax = 2000;

std::int64_t elapsed_ms(const Chain& chain, std::size_t first, std::size_t last) {
  std::int64_t sum = 0;
  for (std::size_t i = first; i <= last; ++i) sum += chain.steps[i].elapsed_ms;
  return sum;
}

// Thrice what the claim took to hold; and as long as the page had had for it, since the cause began
// and since the scenario began: what appears by itself meanwhile does not follow from the cause.
std::int64_t patience_ms(const Chain& chain, const Cause& cause, std::size_t then,
                         const ChainItem& item, std::int64_t replay_ms) {
  return std::max({std::clamp(3 * item.pass_ms, kPatienceMsMin, kPatienceMsMax),
                   elapsed_ms(chain, cause.left_out.front(), then),
                   elapsed_ms(chain, 0, then) - replay_ms});
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n')).substr(0, 300);
}

std::string quoted(const Chain& chain, const std::vector<std::size_t>& steps) {
  std::string text;
  for (std::size_t i : steps)
    text += (text.empty() ? "" : ", ") +
            ("«" + chain.steps[i].keyword + " " + chain.steps[i].text + "»");
  return text;
}

// Does `one` for each number below `count`, `at_once` at a time. After a failure nothing further is
// begun.
asio::awaitable<Result<void>> for_each(
    std::size_t count, int at_once,
    const std::function<asio::awaitable<Result<void>>(std::size_t)>& one) {
  std::size_t next = 0;
  Result<void> outcome;
  auto work = [&]() -> asio::awaitable<void> {
    while (next < count && outcome) {
      Result<void> done = co_await one(next++);
      if (!done) outcome = std::move(done);
    }
  };
  auto executor = co_await asio::this_coro::executor;
  using Op = decltype(asio::co_spawn(executor, work(), asio::deferred));
  std::vector<Op> workers;
  for (int i = 0; i < at_once && i < static_cast<int>(count); ++i)
    workers.push_back(asio::co_spawn(executor, work(), asio::deferred));
  if (workers.empty()) co_return outcome;
  auto [order, errors] = co_await asio::experimental::make_parallel_group(std::move(workers))
                             .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  co_return outcome;
}

bool acts(const ChainStep& step) {
  return std::ranges::any_of(step.items,
                             [](const ChainItem& item) { return item.action() != nullptr; });
}

// The items of a Then that claim something.
std::vector<std::size_t> claims_of(const ChainStep& then) {
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < then.items.size(); ++i)
    if (then.items[i].assertion() != nullptr) items.push_back(i);
  return items;
}

// What became of one Then; the chain itself is changed only after all are done.
struct Outcome {
  Proof proof;
  std::vector<std::pair<std::size_t, browser::Assertion>>
      stronger;  // item of the step → its replacement
};

// Neighbouring Thens of one scenario that look at one page, and their cause, which is left out once
// for all of them: what they look at stays as it is.
struct Group {
  std::size_t subject = 0;
  std::vector<std::size_t> thens;
  Cause cause;
  // Thens whose actions lead to that page, this group's first the last.
  std::vector<std::size_t> way;
  std::vector<Outcome> outcomes;                   // of each Then
  std::vector<std::vector<std::size_t>> survived;  // of each Then: items that held all the same

  bool has_survivors() const {
    return std::ranges::any_of(survived, [](const auto& items) { return !items.empty(); });
  }
};

// A page that hangs or breaks leaves the Thens of its group undecided, and those of no other.
Result<void> confined(Group& group, Result<void> done) {
  if (done || !browser::is_of_page(done.error())) return done;
  for (std::size_t i = 0; i < group.thens.size(); ++i) {
    if (std::exchange(group.survived[i], {}).empty()) continue;
    Proof& proof = group.outcomes[i].proof;
    proof.verdict = Verdict::kInconclusive;
    proof.counterfactual = "When it was tried: " + done.error().message;
  }
  return {};
}

class Prover {
 public:
  Prover(browser::Host& host, const ground::Site& site, Random& random, const Subject& subject)
      : host_(host),
        site_(site),
        random_(random),
        chain_(*subject.chain),
        repeatable_(subject.repeatable) {}

  std::vector<Group> groups(std::size_t subject) const {
    std::vector<Group> groups;
    for (std::size_t i = 0; i < chain_.steps.size(); ++i) {
      if (chain_.steps[i].phase != Phase::kThen) continue;
      const bool goes_on = !groups.empty() && groups.back().thens.back() + 1 == i;
      const bool leads = acts(chain_.steps[i]);
      if (!goes_on || leads) {
        Group group{.subject = subject, .cause = cause_of(chain_, i)};
        group.way = way_to(i, group.cause);
        groups.push_back(std::move(group));
      }
      Group& group = groups.back();
      group.thens.push_back(i);
      describe(i, &group.outcomes.emplace_back());
      group.survived.push_back(repeatable_ ? claims_of(chain_.steps[i])
                                           : std::vector<std::size_t>{});
    }
    return groups;
  }

  // The Thens with actions after what the counterfactual does and leaves out.
  std::vector<std::size_t> way_to(std::size_t then, const Cause& cause) const {
    std::size_t from = 0;
    for (std::size_t step : cause.replayed) from = std::max(from, step + 1);
    for (std::size_t step : cause.left_out) from = std::max(from, step + 1);
    std::vector<std::size_t> way;
    for (std::size_t i = from; i <= then; ++i)
      if (chain_.steps[i].phase == Phase::kThen && acts(chain_.steps[i])) way.push_back(i);
    return way;
  }

  // Whether leaving the group's cause out leaves the site as it was.
  bool only_reads(const Group& group) const {
    const auto reads = [&](std::size_t i) { return chain_.steps[i].only_reads; };
    return std::ranges::all_of(group.cause.replayed, reads) &&
           std::ranges::all_of(group.way, reads);
  }

  // `session`: fresh, on the site's initial state.
  asio::awaitable<Result<void>> leave_out(Group& group, std::unique_ptr<browser::Session> session) {
    VOUCH_CO_TRY(Stage stage, co_await replay(std::move(session), group.cause.replayed));
    if (!stage.failed) VOUCH_CO_TRY_VOID(co_await open_where_left_out(group.cause, stage));
    VOUCH_CO_TRY_VOID(co_await go_to_page_of(group, stage));
    auto one = [&](std::size_t i) -> asio::awaitable<Result<void>> {
      VOUCH_CO_TRY(group.survived[i],
                   co_await hold(stage, group.thens[i], group.cause, &group.outcomes[i]));
      co_return Result<void>{};
    };
    co_return co_await for_each(group.thens.size(), kChecksAtOnce, one);
  }

  asio::awaitable<Result<void>> judge_survivors(Group& group) {
    VOUCH_CO_TRY_VOID(co_await leave_out_last_act(group));
    VOUCH_CO_TRY_VOID(co_await leave_out_before_reload(group));
    for (std::size_t i = 0; i < group.thens.size(); ++i) {
      if (group.survived[i].empty()) continue;
      const bool beside_what_is_gone = is_contrasted(group, i);
      VOUCH_CO_TRY_VOID(co_await judge_survivors(group.thens[i], group.cause, group.survived[i],
                                                 beside_what_is_gone, &group.outcomes[i]));
    }
    co_return Result<void>{};
  }

 private:
  struct Stage {
    std::unique_ptr<browser::Session> session;
    browser::Variables variables;
    std::optional<std::string> failed;  // a step that did not pass, and why
    std::int64_t replay_ms = 0;
  };

  // Where an act stands: the step, and the item in it.
  struct Place {
    std::size_t step = 0, item = 0;
    bool operator==(const Place&) const = default;
  };

  // The last act of the cause; empty where it has but one.
  std::optional<Place> last_act(const Cause& cause) const {
    std::vector<Place> acts;
    for (std::size_t step : cause.left_out) {
      for (std::size_t item = 0; item < chain_.steps[step].items.size(); ++item) {
        if (chain_.steps[step].items[item].action() != nullptr) acts.push_back({step, item});
      }
    }
    if (acts.size() < 2) return std::nullopt;
    return acts.back();
  }

  // A Given that is left out is so on the page that it begins on: that nothing is to be seen of it
  // before the site was opened says nothing.
  asio::awaitable<Result<void>> open_where_left_out(const Cause& cause, Stage& stage) {
    bool opened = false;
    for (std::size_t i : cause.left_out) {
      if (chain_.steps[i].phase != Phase::kGiven) continue;
      for (const ChainItem& item : chain_.steps[i].items) {
        const browser::Action* action = item.action();
        if (action == nullptr || action->kind != browser::Action::Kind::kGoto) break;
        const auto effect =
            co_await stage.session->perform(ground::substitute(*action, stage.variables));
        if (!effect && effect.error().code != ErrorCode::kInvalidRequest)
          co_return std::unexpected(effect.error());
        opened = true;
      }
    }
    if (opened) VOUCH_CO_TRY_VOID(co_await stage.session->settle(kQuietMs, kQuietMsMax));
    co_return Result<void>{};
  }

  // Where the group's Thens look, from where the steps before them lead.
  asio::awaitable<Result<void>> go_to_page_of(const Group& group, Stage& stage) {
    for (std::size_t i : group.way) {
      for (std::size_t k = 0; !stage.failed && k < chain_.steps[i].items.size(); ++k) {
        if (chain_.steps[i].items[k].action() == nullptr) continue;
        VOUCH_CO_TRY_VOID(co_await redo(stage, i, k));
      }
    }
    if (!stage.failed && !group.way.empty())
      VOUCH_CO_TRY_VOID(co_await stage.session->settle(kQuietMs, kQuietMsMax));
    co_return Result<void>{};
  }

  bool holds_by_meaning(std::size_t then, const Cause& cause,
                        const std::vector<std::size_t>& survived) const {
    return cause.left_out.empty() || std::ranges::all_of(survived, [&](std::size_t i) {
             return chain_.steps[then].items[i].may_hold_before;
           });
  }

  // What held before the cause may still follow from it, where one act ends what another began: a
  // field that was filled in is empty again. Then it fails when the last act alone is left out.
  asio::awaitable<Result<void>> leave_out_last_act(Group& group) {
    const std::optional<Place> last = last_act(group.cause);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; last && i < group.thens.size(); ++i) {
      if (group.survived[i].empty()) continue;
      if (!holds_by_meaning(group.thens[i], group.cause, group.survived[i])) open.push_back(i);
    }
    if (open.empty()) co_return Result<void>{};
    std::vector<std::size_t> steps = group.cause.replayed;
    steps.insert(steps.end(), group.cause.left_out.begin(), group.cause.left_out.end());
    const Cause last_alone{{}, {last->step}};
    const std::vector<std::size_t> its_step{last->step};
    const std::string what = "Left out only the last act, of " + quoted(chain_, its_step);
    co_return co_await fail_without(group, open, std::move(steps), last, last_alone, what);
  }

  // "When I reload the page, then it is there": what lasts follows from what was done before it.
  asio::awaitable<Result<void>> leave_out_before_reload(Group& group) {
    bool reloads = !group.cause.left_out.empty();
    for (std::size_t step : group.cause.left_out) {
      for (const ChainItem& item : chain_.steps[step].items) {
        const browser::Action* action = item.action();
        if (action != nullptr && action->kind != browser::Action::Kind::kReload) reloads = false;
      }
    }
    if (!reloads) co_return Result<void>{};
    const Cause before = cause_of(chain_, group.cause.left_out.front());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < group.thens.size(); ++i) {
      if (!group.survived[i].empty()) open.push_back(i);
    }
    if (open.empty() || before.left_out.empty()) co_return Result<void>{};
    // A Then that looked elsewhere in between: what is reloaded is that page.
    if (!way_to(group.cause.left_out.front() - 1, before).empty()) co_return Result<void>{};
    std::vector<std::size_t> steps = before.replayed;
    steps.insert(steps.end(), group.cause.left_out.begin(), group.cause.left_out.end());
    const std::string what =
        "Left out what was done before the reload, " + quoted(chain_, before.left_out);
    const std::optional<Place> nothing;
    co_return co_await fail_without(group, open, std::move(steps), nothing, before, what);
  }

  // Does these steps, in their order, but for one act. Of the Thens of the group that are `open`,
  // those are proven that fail then.
  asio::awaitable<Result<void>> fail_without(Group& group, const std::vector<std::size_t>& open,
                                             std::vector<std::size_t> steps,
                                             std::optional<Place> but, const Cause& left_out,
                                             const std::string& what) {
    VOUCH_CO_TRY(auto session, co_await host_.open(site_.context()));
    VOUCH_CO_TRY_VOID(co_await ground::reset_site(*session, site_));
    std::ranges::sort(steps);
    VOUCH_CO_TRY(Stage stage, co_await replay(std::move(session), std::move(steps), but));
    VOUCH_CO_TRY_VOID(co_await go_to_page_of(group, stage));
    if (stage.failed) co_return Result<void>{};
    for (std::size_t i : open) {
      const ChainStep& then = chain_.steps[group.thens[i]];
      std::set<int> failed;
      std::string how;
      for (std::size_t item : group.survived[i]) {
        if (failed.contains(then.items[item].claim)) continue;
        const std::int64_t patience =
            patience_ms(chain_, left_out, group.thens[i], then.items[item], stage.replay_ms);
        VOUCH_CO_TRY(bool held,
                     co_await holds(stage, *then.items[item].assertion(), patience, &how));
        if (!held) failed.insert(then.items[item].claim);
      }
      std::erase_if(group.survived[i],
                    [&](std::size_t item) { return failed.contains(then.items[item].claim); });
      if (!group.survived[i].empty()) continue;
      Proof& proof = group.outcomes[i].proof;
      proof.verdict = Verdict::kProven;
      proof.counterfactual = what;
      proof.counterfactual += ": it failed, " + how;
    }
    co_return Result<void>{};
  }

  // "Then 'A' is shown, But 'B' is not": A stays by its meaning, where that B goes is proven.
  bool is_contrasted(const Group& group, std::size_t i) const {
    const auto is_gone = [&](std::size_t other) {
      const ChainStep& step = chain_.steps[group.thens[other]];
      return group.survived[other].empty() &&
             group.outcomes[other].proof.verdict == Verdict::kProven && !step.items.empty() &&
             std::ranges::all_of(step.items, [](const ChainItem& item) {
               return item.assertion() != nullptr && item.assertion()->negated;
             });
    };
    const auto says_but = [&](std::size_t at) {
      return chain_.steps[group.thens[at]].keyword == "But";
    };
    return (i > 0 && says_but(i) && is_gone(i - 1)) ||
           (i + 1 < group.thens.size() && says_but(i + 1) && is_gone(i + 1));
  }

  void describe(std::size_t then, Outcome* outcome) const {
    const ChainStep& step = chain_.steps[then];
    outcome->proof.scenario = chain_.title;
    outcome->proof.step = step.keyword + " " + step.text;
    outcome->proof.line = step.line;
    if (repeatable_) return;
    outcome->proof.verdict = Verdict::kUnprovable;
    outcome->proof.counterfactual =
        "What this scenario does cannot be undone (repeatable: false), so nothing was left out "
        "and tried again.";
  }

  // Decides about the items of a Then that held although their cause was left out.
  asio::awaitable<Result<void>> judge_survivors(std::size_t then, const Cause& cause,
                                                const std::vector<std::size_t>& survived,
                                                bool contrasted, Outcome* outcome) {
    if (contrasted || holds_by_meaning(then, cause, survived)) {
      co_return co_await tamper(then, survived, outcome);
    }
    outcome->proof.verdict = Verdict::kVacuous;
    outcome->proof.counterfactual =
        "Left out " + quoted(chain_, cause.left_out) + ": this Then held all the same.";
    co_return Result<void>{};
  }

  // A session on the site's initial state, with these steps done, but for one act.
  asio::awaitable<Result<Stage>> replay(std::unique_ptr<browser::Session> session,
                                        std::vector<std::size_t> steps,
                                        std::optional<Place> but = std::nullopt) {
    Stage stage;
    stage.session = std::move(session);
    const auto begin = std::chrono::steady_clock::now();
    stage.variables = site_.variables;
    stage.variables["unique"] = ground::make_unique_value(random_);
    for (std::size_t i : steps) {
      const ChainStep& step = chain_.steps[i];
      for (std::size_t k = 0; k < step.items.size(); ++k) {
        if (but == Place{i, k}) continue;
        VOUCH_CO_TRY_VOID(co_await redo(stage, i, k));
        if (stage.failed) co_return stage;
      }
    }
    VOUCH_CO_TRY_VOID(co_await stage.session->settle(kQuietMs, kQuietMsMax));
    stage.replay_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::steady_clock::now() - begin)
                          .count();
    co_return stage;
  }

  // One action or assertion of a step again; stage.failed where it does not pass.
  asio::awaitable<Result<void>> redo(Stage& stage, std::size_t at, std::size_t number) {
    const ChainStep& step = chain_.steps[at];
    const ChainItem& item = step.items[number];
    std::optional<std::string> problem;
    if (const browser::Action* action = item.action()) {
      auto effect = co_await stage.session->perform(ground::substitute(*action, stage.variables));
      if (!effect && effect.error().code != ErrorCode::kInvalidRequest)
        co_return std::unexpected(effect.error());
      if (!effect) problem = effect.error().message;
    } else {
      VOUCH_CO_TRY(auto result,
                   co_await stage.session->check(
                       ground::substitute(*item.assertion(), stage.variables), kReplayCheckMs));
      if (!result.passed) problem = result.message;
    }
    if (problem) stage.failed = "«" + step.keyword + " " + step.text + "»: " + first_line(*problem);
    co_return Result<void>{};
  }

  // The items whose claim held although the cause was left out; empty when the outcome is decided.
  // `stage` is where the steps before the cause were done.
  asio::awaitable<Result<std::vector<std::size_t>>> hold(Stage& stage, std::size_t then,
                                                         const Cause& cause, Outcome* outcome) {
    const ChainStep& step = chain_.steps[then];
    std::vector<std::size_t> survived;
    std::string left_out = "Left out " + quoted(chain_, cause.left_out) + ": ";
    if (stage.failed) {
      outcome->proof.verdict = Verdict::kInconclusive;
      outcome->proof.counterfactual = left_out + "an earlier step failed, " + *stage.failed;
      co_return survived;
    }
    std::set<int> failed_claims;
    std::string how;
    const std::vector<std::size_t> claims = claims_of(step);
    for (std::size_t i : claims) {
      const ChainItem& item = step.items[i];
      if (failed_claims.contains(item.claim)) continue;
      VOUCH_CO_TRY(bool held,
                   co_await holds(stage, *item.assertion(),
                                  patience_ms(chain_, cause, then, item, stage.replay_ms), &how));
      if (!held) failed_claims.insert(item.claim);
    }
    for (std::size_t i : claims) {
      const ChainItem& item = step.items[i];
      if (failed_claims.contains(item.claim)) continue;
      for (const browser::Assertion& other : item.alternatives) {
        VOUCH_CO_TRY(bool held,
                     co_await holds(stage, other,
                                    patience_ms(chain_, cause, then, item, stage.replay_ms), &how));
        if (held) continue;
        outcome->stronger.emplace_back(i, other);
        failed_claims.insert(item.claim);
        break;
      }
    }
    for (std::size_t i : claims) {
      if (!failed_claims.contains(step.items[i].claim)) survived.push_back(i);
    }
    if (survived.empty()) {
      outcome->proof.verdict = Verdict::kProven;
      outcome->proof.counterfactual = left_out + "it failed, " + how;
    }
    co_return survived;
  }

  asio::awaitable<Result<bool>> holds(Stage& stage, const browser::Assertion& assertion,
                                      std::int64_t timeout_ms, std::string* how) {
    VOUCH_CO_TRY(auto result,
                 co_await stage.session->check(ground::substitute(assertion, stage.variables),
                                               timeout_ms, browser::Several::kAnyMayHold));
    if (!result.passed && how->empty()) *how = first_line(result.message);
    co_return result.passed;
  }

  // Does everything up to and with this Then, then makes the page show the opposite: the claims
  // must fail.
  asio::awaitable<Result<void>> tamper(std::size_t then, const std::vector<std::size_t>& survived,
                                       Outcome* outcome) {
    const ChainStep& step = chain_.steps[then];
    std::vector<std::size_t> all(then + 1);
    for (std::size_t i = 0; i <= then; ++i) all[i] = i;
    std::set<int> proven;
    std::string how, why_not;
    for (std::size_t i : survived) {
      const ChainItem& item = step.items[i];
      if (proven.contains(item.claim)) continue;
      VOUCH_CO_TRY(auto session, co_await host_.open(site_.context()));
      VOUCH_CO_TRY_VOID(co_await ground::reset_site(*session, site_));
      VOUCH_CO_TRY(Stage stage, co_await replay(std::move(session), all));
      if (stage.failed) {
        outcome->proof.verdict = Verdict::kInconclusive;
        outcome->proof.counterfactual = "Repeated to tamper with the page: " + *stage.failed;
        co_return Result<void>{};
      }
      browser::Assertion assertion = ground::substitute(*item.assertion(), stage.variables);
      Result<void> tampered = co_await stage.session->tamper(assertion);
      if (!tampered) {
        if (tampered.error().code != ErrorCode::kInvalidRequest) co_return tampered;
        why_not = tampered.error().message;
        continue;
      }
      VOUCH_CO_TRY(bool held, co_await holds(stage, assertion, kPatienceMsMin, &how));
      if (!held) proven.insert(item.claim);
    }
    bool all_proven = std::all_of(survived.begin(), survived.end(), [&](std::size_t i) {
      return proven.contains(step.items[i].claim);
    });
    outcome->proof.verdict = all_proven        ? Verdict::kProven
                             : why_not.empty() ? Verdict::kVacuous
                                               : Verdict::kUnprovable;
    outcome->proof.counterfactual =
        all_proven        ? "The page was made to show the opposite: it failed, " + how
        : why_not.empty() ? "The page was made to show the opposite: this Then held all the same."
                          : "The page cannot be made to show the opposite: " + why_not;
    co_return Result<void>{};
  }

  browser::Host& host_;
  const ground::Site& site_;
  Random& random_;
  const Chain& chain_;
  const bool repeatable_;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kProven:
      return "proven";
    case Verdict::kUnprovable:
      return "unprovable";
    case Verdict::kVacuous:
      return "vacuous";
    case Verdict::kInconclusive:
      return "inconclusive";
  }
  return "inconclusive";
}

json::object to_json(const Proof& proof) {
  return {{"scenario", proof.scenario},
          {"step", proof.step},
          {"line", proof.line},
          {"verdict", to_string(proof.verdict)},
          {"counterfactual", proof.counterfactual},
          {"assumptions", json::array(proof.assumptions.begin(), proof.assumptions.end())}};
}

// More than opening a page, and looking at it.
static bool changes_page(const ChainStep& step) {
  return std::ranges::any_of(step.items, [](const ChainItem& item) {
    return item.action() != nullptr && item.action()->kind != browser::Action::Kind::kGoto;
  });
}

Cause cause_of(const Chain& chain, std::size_t then) {
  Cause cause;
  std::size_t begin = then, end = then;
  bool is_idle = true;
  while (is_idle) {  // "I wait 10 seconds" is no cause: what was done before it is
    end = begin;
    while (end > 0 && chain.steps[end - 1].phase == Phase::kThen) --end;
    begin = end;
    bool does_something = false;
    while (begin > 0 && chain.steps[begin - 1].phase == Phase::kWhen)
      does_something |= !chain.steps[--begin].items.empty();
    is_idle = begin < end && !does_something;
  }
  if (begin < end) {
    for (std::size_t i = 0; i < begin; ++i) cause.replayed.push_back(i);
    for (std::size_t i = begin; i < end; ++i) cause.left_out.push_back(i);
    return cause;
  }
  for (std::size_t i = 0; i < end; ++i) {
    const bool given = chain.steps[i].phase == Phase::kGiven && changes_page(chain.steps[i]);
    (given ? cause.left_out : cause.replayed).push_back(i);
  }
  return cause;
}

asio::awaitable<Result<std::vector<Proofs>>> prove(browser::Host& host, const ground::Site& site,
                                                   Random& random, std::vector<Subject> subjects) {
  std::vector<Prover> provers;
  std::vector<Group> groups;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    provers.emplace_back(host, site, random, subjects[i]);
    for (Group& group : provers.back().groups(i)) groups.push_back(std::move(group));
  }
  std::vector<Group*> together, in_turn;
  for (Group& group : groups) {
    if (group.cause.left_out.empty() || !group.has_survivors()) continue;
    const bool shares = !site.reset || provers[group.subject].only_reads(group);
    (shares ? together : in_turn).push_back(&group);
  }
  std::unique_ptr<browser::Session> first;  // in which the site was put back
  if (!together.empty()) {
    VOUCH_CO_TRY(first, co_await host.open(site.context()));
    VOUCH_CO_TRY_VOID(co_await ground::reset_site(*first, site));
  }
  auto leave_out = [&](std::size_t i) -> asio::awaitable<Result<void>> {
    std::unique_ptr<browser::Session> session = std::move(first);
    if (!session) {
      VOUCH_CO_TRY(session, co_await host.open(site.context()));
    }
    Result<void> done =
        co_await provers[together[i]->subject].leave_out(*together[i], std::move(session));
    co_return confined(*together[i], std::move(done));
  };
  VOUCH_CO_TRY_VOID(co_await for_each(together.size(), kAtOnce, leave_out));
  for (Group* group : in_turn) {
    VOUCH_CO_TRY(auto session, co_await host.open(site.context()));
    VOUCH_CO_TRY_VOID(co_await ground::reset_site(*session, site));
    Result<void> done = co_await provers[group->subject].leave_out(*group, std::move(session));
    VOUCH_CO_TRY_VOID(confined(*group, std::move(done)));
  }
  auto judge = [&](std::size_t i) -> asio::awaitable<Result<void>> {
    Result<void> done = co_await provers[groups[i].subject].judge_survivors(groups[i]);
    co_return confined(groups[i], std::move(done));
  };
  VOUCH_CO_TRY_VOID(co_await for_each(groups.size(), site.reset ? 1 : kAtOnce, judge));

  std::vector<Proofs> done(subjects.size());
  for (Group& group : groups) {
    const Subject& subject = subjects[group.subject];
    Proofs& proofs = done[group.subject];
    for (std::size_t i = 0; i < group.thens.size(); ++i) {
      Outcome& outcome = group.outcomes[i];
      for (auto& [item, assertion] : outcome.stronger) {
        subject.chain->steps[group.thens[i]].items[item].what = assertion;
        proofs.strengthened = true;
      }
      outcome.proof.assumptions = subject.chain->assumptions;
      subject.log(std::string(to_string(outcome.proof.verdict)) + ": " + outcome.proof.step + ". " +
                  outcome.proof.counterfactual);
      proofs.proofs.push_back(std::move(outcome.proof));
    }
  }
  co_return done;
}

}  // namespace vouch::features::prove
