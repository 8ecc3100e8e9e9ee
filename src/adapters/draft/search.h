// The search of a draft: samples and answers as it takes them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "adapters/draft/material.h"
#include "adapters/synthesize/schema_only.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters::draft {

// An answer about every output (kConstant, kOmitted) that expected outputs say otherwise of.
struct Overruled {
  Pin pin;
  int samples = 0;
  int places = 0;  // in them: several where it is about items
};

// Everything that a search is given.
struct Input {
  std::vector<Sample> samples;         // with what pins say of them
  std::vector<Overruled> overruled;    // … and of these what they do not say themselves
  std::vector<Pin> pins;               // those that stand
  std::vector<adapters::Sample> rows;  // the samples, for the search
  SynthesisOptions options;
  std::vector<SchemaDecision> decisions;  // for names and types alone
};
Input input_of(const Material& material);

// Numbers of the samples whose output is known.
std::vector<std::size_t> known(const Input& input);
// Where the sample of this id stands; the number of samples where there is none.
std::size_t index_of(const std::vector<Sample>& samples, const std::string& id);

Synthesis learn(const Input& input, std::chrono::milliseconds budget);
// Without some samples, by number: they are not shown at all, not even as inputs.
Synthesis learn_without(const Input& input, const std::vector<std::size_t>& held,
                        std::chrono::milliseconds budget);
// A list or value that is nothing is an error of the script's: an empty list or null instead.
void make_total(Synthesis& synthesis, const std::vector<adapters::Sample>& rows);

}  // namespace vouch::adapters::draft
