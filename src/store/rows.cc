#include "store/rows.h"

#include <wctype.h>

#include <array>
#include <clocale>

#include "base/result.h"
#include "base/utf8.h"

namespace vouch::store {
namespace {

// The words of each enum, in its order.
constexpr std::array<std::string_view, 2> kFeatureKinds = {"feature", "suggestion"};
constexpr std::array<std::string_view, 5> kFeatureStatuses = {"draft", "generating", "generated",
                                                              "failed", "cancelled"};
constexpr std::array<std::string_view, 6> kJobStates = {"queued",    "running", "waiting",
                                                        "succeeded", "failed",  "cancelled"};
constexpr std::array<std::string_view, 3> kSectionStatuses = {"queued", "in_progress", "completed"};
constexpr std::array<std::string_view, 4> kConclusions = {"success", "failure", "cancelled",
                                                          "skipped"};
constexpr std::array<std::string_view, 4> kRunStatuses = {"running", "passed", "failed",
                                                          "cancelled"};

constexpr std::array<std::string_view, 2> kFindingAbouts = {"drift", "shadow"};
constexpr std::array<std::string_view, 4> kScriptStatuses = {"candidate", "active", "deprecated",
                                                             "archived"};

template <class Enum, std::size_t N>
std::optional<Enum> from_word(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <class Enum, std::size_t N>
std::string_view word_of(const std::array<std::string_view, N>& words, Enum value) {
  auto index = static_cast<std::size_t>(value);
  VOUCH_CHECK(index < N);
  return words[index];
}

}  // namespace

std::string_view to_string(FeatureKind kind) { return word_of(kFeatureKinds, kind); }
std::string_view to_string(FeatureStatus status) { return word_of(kFeatureStatuses, status); }
std::string_view to_string(JobState state) { return word_of(kJobStates, state); }
std::string_view to_string(SectionStatus status) { return word_of(kSectionStatuses, status); }
std::string_view to_string(Conclusion conclusion) { return word_of(kConclusions, conclusion); }
std::string_view to_string(RunStatus status) { return word_of(kRunStatuses, status); }
std::string_view to_string(FindingAbout about) { return word_of(kFindingAbouts, about); }
std::string_view to_string(ScriptStatus status) { return word_of(kScriptStatuses, status); }

std::optional<FeatureStatus> feature_status_from(std::string_view word) {
  return from_word<FeatureStatus>(kFeatureStatuses, word);
}
std::optional<FeatureKind> feature_kind_from(std::string_view word) {
  return from_word<FeatureKind>(kFeatureKinds, word);
}
std::optional<JobState> job_state_from(std::string_view word) {
  return from_word<JobState>(kJobStates, word);
}
std::optional<SectionStatus> section_status_from(std::string_view word) {
  return from_word<SectionStatus>(kSectionStatuses, word);
}
std::optional<Conclusion> conclusion_from(std::string_view word) {
  return from_word<Conclusion>(kConclusions, word);
}
std::optional<RunStatus> run_status_from(std::string_view word) {
  return from_word<RunStatus>(kRunStatuses, word);
}
std::optional<ScriptStatus> script_status_from(std::string_view word) {
  return from_word<ScriptStatus>(kScriptStatuses, word);
}

std::string fold_case(std::string_view text) {
  // The C library's table for all of Unicode, whatever the process's own locale is.
  static const locale_t kUnicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  VOUCH_CHECK(kUnicode != nullptr);
  std::string folded;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (point.length == 0) {
      folded += text.front();
      text.remove_prefix(1);
      continue;
    }
    append_utf8(folded,
                static_cast<char32_t>(towlower_l(static_cast<wint_t>(point.value), kUnicode)));
    text.remove_prefix(point.length);
  }
  return folded;
}

}  // namespace vouch::store
