// What a generation has to do, read off its payload: the site, and the tests that each section
// stands for.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "features/gherkin/gherkin.h"
#include "features/ground/scenario.h"
#include "sandbox/egress.h"

namespace vouch::features::generate {

struct PlannedTest {
  std::string title;  // with the values of its example, where it has one
  std::string rule;
  gherkin::Pickle pickle;
  std::vector<std::pair<std::string, std::string>> example;  // (column, value), in an outline
};

struct PlannedSection {
  std::int64_t ordinal = 0;
  std::string title;
  bool has_then = false;
  bool repeatable = true;
  std::vector<PlannedTest> tests;  // one, or one for each example
};

struct Plan {
  std::string feature_name;  // of the file
  ground::Site site;
  sandbox::EgressOptions egress;
  std::vector<PlannedSection> sections;
};

Result<Plan> make_plan(const boost::json::object& payload, bool allow_loopback, bool allow_private);

}  // namespace vouch::features::generate
