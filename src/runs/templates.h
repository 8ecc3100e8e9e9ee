// Our own files that go into a run's folder.
#pragma once

#include <string_view>

namespace vouch::runs {

std::string_view wrapper_config();  // inside/playwright.config.js

}  // namespace vouch::runs
