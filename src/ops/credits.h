// Credits: what browsers may cost. One credit is one second of a browser's time
// (JobRow::browser_ms), a begun one counts whole.
//
// A workspace is not limited until an admin sets its balance, a project not until its setting
// `creditsPerMonth` says so (a month of the calendar, UTC). Where one of them is, a dispatch puts
// kReservation credits aside, or what is left, and is refused where nothing is; the heartbeats of
// the job put more aside as it goes, and end it where nothing is left; its end charges what was
// used and frees the rest. A balance never falls below 0. What a waiting job had put aside is free
// while it waits. A cancelled job is charged what it used.
//
// Everything happens in the transaction of the job's own step, so that nothing is charged twice or
// lost by a crash.
#pragma once

#include "engine/engine.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr std::int64_t kReservation = 60;
inline constexpr std::int64_t kCreditsMax = 1'000'000'000;

// Whole credits, rounded up.
std::int64_t credits_of(std::int64_t browser_ms);

// "2026-11": the month of a budget.
std::string month_of(TimeMs ms);

// In the transaction of a dispatch. kConflict with details.reason `insufficient_credits`.
Result<void> reserve_credits(store::Tx& tx, const store::ProjectRow& project,
                             const std::string& job_id, TimeMs now);

// The same kind, its jobs charged.
engine::JobKind with_credits(engine::JobKind kind);

}  // namespace vouch::ops
