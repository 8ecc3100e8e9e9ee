// The files that go into a run's folder: a project's, and our own.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/site_access.h"
#include "store/tx.h"

namespace vouch::runs {

// The files that a project has before anybody writes one: path → content.
// ("Configurations/Default.config.js": CommonJS, takes its base URL from SITE_URL with `site_url`
// as the default, and runs with `npx playwright test -c` without Vouch. What `access` says stands
// in it too, the password as the environment variable that the tests have it from.)
std::map<std::string, std::string> template_files(std::string_view site_url,
                                                  const SiteAccess& access = {});

// Features/helper.test.ts, Features/sub/x.spec.mjs: what Playwright takes for tests.
bool is_test_file(std::string_view path);

// What the next run of the project uses beside its specs: what was stored, over the template.
// Tests that somebody wrote and stored are not among them: they are not the tests of a feature.
std::map<std::string, std::string> project_files(const store::Tx& tx, std::string_view project_id,
                                                 std::string_view site_url);

std::string_view wrapper_config();  // inside/playwright.config.js

}  // namespace vouch::runs
