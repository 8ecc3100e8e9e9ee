// The keywords of each language, from gherkin-languages.json, which is compiled into the program.
// That file is part of Gherkin, Copyright (c) Cucumber Ltd, Gaspar Nagy, Björn Rasmusson, Peter
// Sergeant, under the MIT license, whose text stands in tests/gherkin/LICENSE.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/gherkin/gherkin.h"

namespace vouch::features::gherkin {

struct StepKeyword {
  std::string text;                    // "Given ", with the space where the language writes one
  StepType type = StepType::kUnknown;  // kUnknown where the word stands for several types, as "* "
};

struct Language {
  std::string code;
  std::vector<std::string> feature, rule, background, scenario, examples;  // without ":"
  std::vector<StepKeyword> steps;  // longest first, so that the first match is the right one
};

// nullptr for an unknown code. The table is read at the first call and lives as long as the
// program; any thread.
const Language* find_language(std::string_view code);

}  // namespace vouch::features::gherkin
