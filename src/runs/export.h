// A project as a plain Playwright project: a zip that runs with `npm install && npx playwright
// test`, without Vouch.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vouch::runs {

// What a plain project has beside its configurations, features and specs: package.json with the
// version of Playwright that the tests were proven with, playwright.config.js, which runs them all
// with the default configuration, and a README that says how.
std::map<std::string, std::string> plain_project_files(std::string_view project_name,
                                                       std::string_view site_url);

// The bytes of a zip with these files, path → content: the same ones for the same files. Throws
// nothing; kInternal where the archive cannot be made.
Result<std::string> make_zip(const std::map<std::string, std::string>& files);

}  // namespace vouch::runs
