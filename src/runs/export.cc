#include "runs/export.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "runs/zip_handles.h"

namespace vouch::embedded {
std::string_view runs_package_json();
}

namespace vouch::runs {
namespace {

namespace json = boost::json;

constexpr std::string_view kPlaywright = "@playwright/test";

constexpr std::string_view kConfig = R"('use strict';

// Every test, with the default configuration. Another one: npx playwright test -c Configurations/Mobile.config.js
const base = require('./Configurations/Default.config.js');

module.exports = { ...base, testDir: './Features', outputDir: './test-results' };
)";

std::string package_json() {
  const json::value ours = json::parse(embedded::runs_package_json());
  const json::string& version = ours.at("dependencies").at(kPlaywright).as_string();
  return "{\n  \"private\": true,\n  \"scripts\": { \"test\": \"playwright test\" },\n"
         "  \"devDependencies\": { \"@playwright/test\": \"" +
         std::string(version) + "\" }\n}\n";
}

std::string readme(std::string_view project_name, std::string_view site_url) {
  std::string text = "# ";
  for (const char c : project_name) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  text +=
      "\n\nTests of " + std::string(site_url) +
      ". They need Node and Playwright, and nothing else:\n\n"
      "```sh\nnpm install\nnpx playwright install chromium\nnpx playwright test\n```\n\n"
      "`SITE_URL` in the environment names another site, and so do the variables that the steps "
      "refer to. The features stand beside their tests in `Features/`.\n";
  return text;
}

std::unexpected<Error> cannot(std::string_view why) {
  return fail(ErrorCode::kInternal, "The archive cannot be made: " + std::string(why) + ".");
}

// 1980, where a zip's time begins: an archive depends on its files alone.
constexpr zip_uint16_t kDosTime = 0, kDosDate = (1 << 5) | 1;

Result<void> add(zip_t* archive, const std::string& path, const std::string& content) {
  // Borrowed: `content` outlives the archive.
  zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  if (source == nullptr) return cannot(zip_strerror(archive));
  const zip_int64_t index =
      zip_file_add(archive, path.c_str(), source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
  if (index < 0) {
    zip_source_free(source);
    return cannot(zip_strerror(archive));
  }
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_file_set_dostime(archive, at, kDosTime, kDosDate, 0) != 0)
    return cannot(zip_strerror(archive));
  return {};
}

}  // namespace

std::map<std::string, std::string> plain_project_files(std::string_view project_name,
                                                       std::string_view site_url) {
  return {{"package.json", package_json()},
          {"playwright.config.js", std::string(kConfig)},
          {"README.md", readme(project_name, site_url)}};
}

Result<std::string> make_zip(const std::map<std::string, std::string>& files) {
  zip_error_t error;
  zip_error_init(&error);
  Source source(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!source) return cannot(zip_error_strerror(&error));
  zip_source_keep(source.get());  // the archive takes one reference, this one reads it afterwards
  Archive archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(source.get());
    return cannot(zip_error_strerror(&error));
  }
  for (const auto& [path, content] : files) VOUCH_TRY_VOID(add(archive.get(), path, content));
  if (zip_close(archive.get()) != 0) return cannot(zip_strerror(archive.get()));
  static_cast<void>(archive.release());  // closed
  return bytes_of(source.get());
}

}  // namespace vouch::runs
