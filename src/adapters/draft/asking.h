// What a draft asks, and the choices with what each decides.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "adapters/deadline.h"
#include "adapters/draft/draft.h"
#include "adapters/draft/search.h"

namespace vouch::adapters::draft {

// Writes questions, contradictions and assumptions into a draft whose fields are known. What was
// answered is not asked again, and nothing twice. All that it is given outlives it.
class Asking {
 public:
  Asking(const Input& input, const Synthesis& synthesis, const Deadline& deadline, Draft& draft)
      : input_(input), synthesis_(synthesis), deadline_(deadline), draft_(draft) {}

  // What the search could not decide; `by_source`: from names alone.
  void sources(bool by_source);
  // What no sample explains, or one alone does not.
  void contradictions();
  // Sources that no input at hand tells apart. Two ways to say the same of the same members are not
  // worth a question.
  void twins();
  // `sample`: the one whose output is wanted, or "".
  void ask_for_sample(std::string sample, std::string text);
  // Samples win over what is said, which must not be lost without a word.
  void note_passed_over();
  // The last call: orders and numbers the questions, at most kQuestionsMax.
  void finish();

 private:
  void add_question(const adapters::Question& found, bool by_source);
  // Whether an answer about this place was given, so that it is not asked again; with a source: one
  // that named just that.
  bool is_decided(const std::string& path, const std::string& sample,
                  const std::string& source = "") const;
  // Whether a question with an input in which they differ has both.
  bool tells_apart(const std::string& source, const std::string& other) const;
  // Whether the field there comes from what was said.
  bool is_followed(const std::string& path, const std::string& source) const;
  // Whether an answer gave a value there, after one that named this source.
  bool is_decided_since(const std::string& path, const std::string& source) const;
  // The source that was said last of this place and that does not fit; empty: there is none.
  std::string passed_over(const std::string& path) const;
  void add(Question question);
  // What the search finds without the sample; with it, the mapping may know its exception.
  Maybe given_by_others(const Unexplained& one);
  Maybe expected_at(const Unexplained& one) const;
  // Where the whole is not right, the first place that is not.
  void locate(Unexplained& one) const;
  void ask_unexplained(const Unexplained& one, bool is_rule, const Maybe& others);
  // Whether an expected output has another value at this general path.
  bool is_contradicted(const std::string& path, const json::value& value) const;
  // The first place of a general path that an expected output has a value at.
  std::pair<std::string, std::string> shown_place(const std::string& path) const;
  // Everything that could be asked was answered, and something is unexplained still.
  void ask_for_more();

  const Input& input_;
  const Synthesis& synthesis_;
  const Deadline& deadline_;
  Draft& draft_;
  std::set<std::string> asked_;
};

}  // namespace vouch::adapters::draft
