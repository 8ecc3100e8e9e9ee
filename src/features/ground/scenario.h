// Grounding a whole scenario: its steps are read, tried live on the site and watched, and what
// worked becomes its action chain. Candidates are tried best first; when a later step fails, the
// scenario starts again from the site's initial state with the next best choice, within limits.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "browser/browser.h"
#include "features/chain.h"
#include "features/explore/site_map.h"
#include "features/gherkin/gherkin.h"
#include "features/ground/act.h"
#include "features/ground/observe.h"
#include "features/ground/sign_in.h"
#include "features/read/context.h"
#include "features/read/intent.h"

namespace vouch::features::ground {

enum class OnAmbiguity { kFail, kGuess, kAsk };

// How to treat the site.
struct Site {
  std::string url;
  std::optional<browser::HttpCall> reset;  // puts the site back to its initial state
  browser::Variables variables;            // of the project; `unique` is made anew for each try
  SharedSecrets secrets;                   // of the project; filled in on the way to the browser
  Passwords passwords;                     // that the feature's steps tell
  OwnSteps own_steps;                      // of the project
  ProjectContext words;                    // likewise: its pages' names, and aliases
  std::map<std::string, browser::Action::File>
      files;  // that steps may upload, by what they call them
  SiteAccess access;
  bool reads_downloads = false;  // a step says what a downloaded file holds
  bool repeatable = true;        // false: what is done cannot be undone, so nothing is tried twice
  OnAmbiguity on_ambiguity = OnAmbiguity::kFail;
  std::map<std::string, std::string> answers;  // to questions, by id: the `key` of a candidate
  browser::ContextOptions context() const {
    browser::ContextOptions options;
    options.site_url = url;
    options.secrets = secrets;
    options.accept_downloads = reads_downloads;
    options.access = access;
    return options;
  }
};

inline constexpr int kWalksMax = 6;  // tries of one scenario from its beginning
inline constexpr double kAcceptMin =
    0.45;                             // an act's candidate below it is not what the step names
inline constexpr double kSure = 0.8;  // above it there is no waiting for something better to appear
inline constexpr std::int64_t kAppearMsMax =
    1500;  // how long a better candidate may take to appear
inline constexpr std::int64_t kObserveMsMax = 5000;        // Playwright's own default for expect
inline constexpr std::int64_t kObserveBusyMsMax = 15'000;  // where the page says that it loads
inline constexpr std::int64_t kSlowMs = 2500;  // what takes longer to hold is given more time
inline constexpr std::int64_t kObserveAgainMsMax = 1500;  // on another try with other choices
inline constexpr std::int64_t kCheckMs =
    300;  // one candidate assertion of something that stands on the page

using Log = std::function<void(std::string_view)>;

// Whether a step says what a downloaded file holds.
bool says_what_files_hold(const std::vector<gherkin::Pickle>& pickles, const OwnSteps& own);
// Puts the site back, if there is a way, with the variables filled in; kUnavailable with the
// answer's status when the hook fails.
boost::asio::awaitable<Result<void>> reset_site(browser::Session& session, const Site& site);
// A new value for `${unique}`, unlike any before.
std::string make_unique_value(Random& random);
browser::Action substitute(const browser::Action& action, const browser::Variables& variables);
browser::Assertion substitute(const browser::Assertion& assertion,
                              const browser::Variables& variables);

// Grounds one pickle. On failure kInvalidRequest, its message naming the step and its line, details
// {line, step, reason, candidates[]}, and, where a person could tell what is meant and on_ambiguity
// is kAsk, a `question` {id, step, line, question, candidates: [{value, text, key}]}; kUnavailable
// when the site or the browser is not there.
boost::asio::awaitable<Result<Chain>> ground_scenario(browser::Host& host, const Site& site,
                                                      explore::SiteMap& map, Random& random,
                                                      const gherkin::Pickle& pickle, Log log);

// Grounds a pickle anew by the chain that was found for it before (healing, after the site has
// changed): what still does stays as it is; an element that its locator does not name any more is
// found again by what it was like (trace.h), or by the step's words. What is done, and what is
// expected, stay the same: only locators may come out otherwise. On failure as ground_scenario,
// details.healing "removed" (an element that the test uses is gone) or "changed" (the element is
// there, and what is expected of it does not hold).
boost::asio::awaitable<Result<Chain>> heal_scenario(browser::Host& host, const Site& site,
                                                    explore::SiteMap& map, Random& random,
                                                    const gherkin::Pickle& pickle,
                                                    const Chain& known, Log log);

}  // namespace vouch::features::ground
