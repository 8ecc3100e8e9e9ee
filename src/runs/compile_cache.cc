#include "runs/compile_cache.h"

#include "runs/execution.h"
#include "runs/slot.h"
#include "runs/templates.h"

namespace vouch::embedded {
std::string_view runs_warm_up_spec_ts();
}  // namespace vouch::embedded

namespace vouch::runs {
namespace {

constexpr std::int64_t kWarmUpMsMax = 120'000;
constexpr const char* kNowhere = "http://localhost";  // the pages are made by the test itself

}  // namespace

boost::asio::awaitable<Result<void>> make_compile_cache(sandbox::Sandbox& sandbox,
                                                        const Installation& installation,
                                                        const Runner::Options& options) {
  VOUCH_CO_TRY_VOID(installation.make_new_cache_dir());
  VOUCH_CO_TRY(const auto slot,
               co_await Slot::start(sandbox, installation, Installation::Purpose::kMakeCache));
  RunRequest request;
  request.files = template_files(kNowhere);
  request.files["Features/WarmUp.spec.ts"] = std::string(embedded::runs_warm_up_spec_ts());
  request.site_url = kNowhere;
  request.recording = Recording::kAll;
  request.wall_ms_max = kWarmUpMsMax;
  VOUCH_CO_TRY(const auto outcome,
               co_await execute(slot, request, options, std::chrono::steady_clock::now()));
  if (!outcome.passed) {
    co_return fail(ErrorCode::kUnavailable,
                   "A first test of our own did not run: " + outcome.problem + "\n" + outcome.log);
  }
  installation.adopt_new_cache();
  co_return Result<void>();
}

}  // namespace vouch::runs
