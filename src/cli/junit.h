// JUnit XML, as CI systems read it: a testsuite for each feature, a testcase for each scenario.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace vouch::cli {

struct JunitSuite {
  std::string name;  // of the feature
  std::string file;  // may be empty
  boost::json::object status;
  boost::json::array proof;
  std::int64_t duration_ms = 0;
  std::map<std::string, std::int64_t> section_ms;  // by the section's slug
  std::string error;  // why there is no status at all; empty where there is one
};

std::string junit_xml(const std::vector<JunitSuite>& suites);

}  // namespace vouch::cli
