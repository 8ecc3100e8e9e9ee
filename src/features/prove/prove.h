// Proof that each Then follows from what it claims to follow from.
//
// The cause of a Then is the unbroken block of When steps before it; where there is none, the
// Givens but for those that only open a page, or look at it; the pages that they begin on are
// opened all the same. The counterfactual does everything before that block, from the same initial
// state, and then this Then: it must fail, in the Then's own assertion, every earlier step passing.
// clang-format off
//   proven        the counterfactual failed there (and the real run passed, which verifying shows);
//                 or the Then held without its whole cause, since one act ends what another began
//                 ("the field is empty" again), and failed when the last act alone was left out;
//                 or its cause only reloads the page, and it failed when that was done, but not
//                 what was done before it;
//                 or, for a claim that may hold before its When by its meaning ("does not see",
//                 "still"), that stands beside one ("But …") whose absence is proven, or that has no
//                 cause but the opened page, the page was made to show the opposite and the
//                 assertion failed
//   vacuous       it held all the same, and so did every other known assertion of the same claim
//   inconclusive  the counterfactual failed elsewhere
//   unprovable    no means can decide, with the reason
// clang-format on
// To a counterfactual several matches are no failure: the claim must fail for each of them.
// Neighbouring Thens have the same cause, which is left out once for all of them that look at the
// same page: a Then that first goes to another one goes there without its cause as well.
// Once network and DOM are quiet a counterfactual waits three times what the assertion took to
// pass, between kPatienceMsMin and kPatienceMsMax, and at least so long that the page has as much
// time as the test gave it, from the cause and from the beginning: what appears by itself meanwhile
// would otherwise count as the cause's effect.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/random.h"
#include "browser/browser.h"
#include "features/chain.h"
#include "features/ground/scenario.h"

namespace vouch::features::prove {

inline constexpr std::int64_t kPatienceMsMin = 500;
inline constexpr std::int64_t kPatienceMsMax = 15000;
inline constexpr int kAtOnce = 4;

enum class Verdict { kProven, kUnprovable, kVacuous, kInconclusive };
std::string_view to_string(Verdict verdict);

struct Proof {
  std::string scenario, step;
  int line = 0;
  Verdict verdict = Verdict::kInconclusive;
  std::string counterfactual;  // what was left out or tampered with, and what then happened
  std::vector<std::string> assumptions;
};
boost::json::object to_json(const Proof& proof);

// A scenario to be proven; the chain is borrowed.
struct Subject {
  Chain* chain = nullptr;
  bool repeatable = true;
  ground::Log log;
};

struct Proofs {
  std::vector<Proof> proofs;
  bool strengthened = false;
};

// Proves every Then of these scenarios, in their order. An assertion that proved vacuous is
// replaced, in its chain, by another of the same claim that did not; `strengthened` then says so,
// and the scenario must be verified again. An Error only where the browser or the site is not
// there.
// Up to kAtOnce counterfactuals are played at once. Where a reset hook says that the site's state
// is shared, only those are whose steps did nothing but read when they were grounded, after one
// reset; the others come one after the other, each after a reset of its own.
boost::asio::awaitable<Result<std::vector<Proofs>>> prove(browser::Host& host,
                                                          const ground::Site& site, Random& random,
                                                          std::vector<Subject> subjects);

// The steps that a Then follows from, as indices into chain.steps. Empty where only
// pages were opened.
struct Cause {
  std::vector<std::size_t> replayed;  // what the counterfactual still does, in order
  std::vector<std::size_t> left_out;
};
Cause cause_of(const Chain& chain, std::size_t then);

}  // namespace vouch::features::prove
