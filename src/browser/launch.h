// How a browser host is put into its sandbox.
#pragma once

#include "browser/browser.h"
#include "sandbox/sandbox.h"

namespace vouch::browser {

// Node with the host script, Playwright and Chromium, each mounted read-only; the only way out is
// the proxy behind `egress`.
sandbox::Command host_command(const HostOptions& options,
                              std::shared_ptr<sandbox::EgressPolicy> egress);

}  // namespace vouch::browser
