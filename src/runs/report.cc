#include "runs/report.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <tuple>

#include "base/utf8.h"
namespace vouch::runs {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 200;
constexpr std::size_t kStepsMax = 5'000;  // of one test; further ones are left out
constexpr std::size_t kNameBytesMax = 1'000;
constexpr std::size_t kErrorsMax = 20;
constexpr std::size_t kAttachmentsMax = 200;

std::string_view text_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::int64_t number_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (!value || !value->is_number()) return 0;
  if (value->is_int64()) return value->get_int64();
  const double number = value->to_number<double>();
  return number > -9e15 && number < 9e15 ? static_cast<std::int64_t>(number) : 0;
}

int int_of(const json::object& object, std::string_view key) {
  return static_cast<int>(std::clamp<std::int64_t>(number_of(object, key), 0, 1'000'000'000));
}

const json::array& array_of(const json::object& object, std::string_view key) {
  static const json::array kNone;
  const auto* value = object.if_contains(key);
  return value && value->is_array() ? value->get_array() : kNone;
}

const json::object& object_of(const json::value& value) {
  static const json::object kNone;
  return value.is_object() ? value.get_object() : kNone;
}

// Of the sequence that begins with ESC: ESC [ parameters final, or ESC and one character.
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2 || text[1] != '[') return std::min<std::size_t>(2, text.size());
  std::size_t i = 2;
  while (i < text.size() && (text[i] < 0x40 || text[i] > 0x7e)) ++i;
  return std::min(i + 1, text.size());
}

// Of the UTF-8 character that `text` begins with, which is not ASCII; 0 when it is none.
std::size_t character_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = at(0) >= 0xF0 ? 4 : at(0) >= 0xE0 ? 3 : 2;
  if (at(0) < 0xC2 || at(0) > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (at(0) == 0xE0 && at(1) < 0xA0) || (at(0) == 0xF0 && at(1) < 0x90);
  const bool beyond = (at(0) == 0xED && at(1) >= 0xA0) || (at(0) == 0xF4 && at(1) >= 0x90);
  return overlong || beyond ? 0 : length;
}

class Reader {
 public:
  explicit Reader(std::string_view root) : root_(root) {}

  Result<Report> read(const json::object& whole) {
    if (!whole.contains("suites") || !whole.contains("stats")) {
      return fail(ErrorCode::kInvalidRequest, "The report has no suites or no stats.");
    }
    const auto* config = whole.if_contains("config");
    test_dir_ = relative(text_of(config ? object_of(*config) : json::object(), "rootDir"));
    for (const auto& error : array_of(whole, "errors")) {
      if (report_.errors.size() < kErrorsMax) report_.errors.push_back(error_of(object_of(error)));
    }
    report_.duration_ms = number_of(object_of(whole.at("stats")), "duration");
    for (const auto& suite : array_of(whole, "suites")) {
      read_suite(object_of(suite), {}, 0);
      if (too_many_) return fail(ErrorCode::kInvalidRequest, "The report has too many tests.");
    }
    return std::move(report_);
  }

 private:
  std::string relative(std::string_view path) const {
    if (path.starts_with(root_) && path.size() > root_.size() && path[root_.size()] == '/') {
      path.remove_prefix(root_.size() + 1);
    }
    return shortened(path, kNameBytesMax);
  }

  TestError error_of(const json::object& from) const {
    TestError error;
    error.message = shortened(strip_ansi(text_of(from, "message")), kReportTextBytesMax);
    if (error.message.empty()) {
      error.message = shortened(strip_ansi(text_of(from, "value")), kReportTextBytesMax);
    }
    error.stack = shortened(strip_ansi(text_of(from, "stack")), kReportTextBytesMax);
    error.snippet = shortened(strip_ansi(text_of(from, "snippet")), kReportTextBytesMax);
    if (const auto* location = from.if_contains("location")) {
      error.file = relative(text_of(object_of(*location), "file"));
      error.line = int_of(object_of(*location), "line");
    }
    return error;
  }

  std::vector<TestStep> steps_of(const json::array& from, std::size_t& count) const {
    std::vector<TestStep> steps;
    for (const auto& value : from) {
      if (++count > kStepsMax) break;
      const auto& object = object_of(value);
      TestStep step;
      step.title = shortened(strip_ansi(text_of(object, "title")), kNameBytesMax);
      step.duration_ms = number_of(object, "duration");
      if (const auto* error = object.if_contains("error"); error && error->is_object()) {
        step.error = error_of(error->get_object());
      }
      step.steps = steps_of(array_of(object, "steps"), count);
      steps.push_back(std::move(step));
    }
    return steps;
  }

  void read_suite(const json::object& suite, std::vector<std::string> titles, int depth) {
    // The outermost suite is the file; its name is not part of a title.
    if (depth > 0) titles.push_back(shortened(text_of(suite, "title"), kNameBytesMax));
    for (const auto& spec : array_of(suite, "specs")) read_spec(object_of(spec), titles);
    for (const auto& inner : array_of(suite, "suites")) {
      read_suite(object_of(inner), titles, depth + 1);
    }
  }

  void read_spec(const json::object& spec, const std::vector<std::string>& titles) {
    TestResult test;
    test.title = shortened(strip_ansi(text_of(spec, "title")), kNameBytesMax);
    test.title_path = titles;
    test.title_path.push_back(test.title);
    test.file = shortened(text_of(spec, "file"), kNameBytesMax);
    if (!test_dir_.empty()) test.file = test_dir_ + "/" + test.file;
    test.line = int_of(spec, "line");
    for (const auto& value : array_of(spec, "tests")) {
      const auto& entry = object_of(value);
      test.project = shortened(text_of(entry, "projectName"), kNameBytesMax);
      test.repeat_index = repeats_[{test.project, test.file, test.line, test.title_path}]++;
      read_results(entry, test);
    }
  }

  void read_results(const json::object& entry, const TestResult& test) {
    const auto& results = array_of(entry, "results");
    const auto expected = test_status_from(text_of(entry, "expectedStatus"));
    for (std::size_t i = 0; i < results.size(); ++i) {
      const auto& from = object_of(results[i]);
      TestResult result = test;
      result.status = test_status_from(text_of(from, "status"));
      result.ok = result.status == expected || result.status == TestStatus::kSkipped;
      result.retry = int_of(from, "retry");
      result.last_try = i + 1 == results.size();
      result.duration_ms = number_of(from, "duration");
      read_errors(from, result);
      std::size_t step_count = 0;
      result.steps = steps_of(array_of(from, "steps"), step_count);
      for (const auto& value : array_of(from, "attachments")) {
        if (result.attachments.size() == kAttachmentsMax) break;
        const auto& attachment = object_of(value);
        result.attachments.push_back({shortened(text_of(attachment, "name"), kNameBytesMax),
                                      shortened(text_of(attachment, "contentType"), kNameBytesMax),
                                      std::string(text_of(attachment, "path"))});
      }
      add(std::move(result));
    }
    if (!results.empty()) return;
    // Not even begun: the runner stopped before it.
    TestResult result = test;
    result.status =
        expected == TestStatus::kSkipped ? TestStatus::kSkipped : TestStatus::kInterrupted;
    result.ok = result.status == TestStatus::kSkipped;
    add(std::move(result));
  }

  // `error` is the first with its stack and snippet; `errors` are all, printed as for a terminal.
  void read_errors(const json::object& from, TestResult& result) const {
    if (const auto* first = from.if_contains("error"); first && first->is_object()) {
      TestError error = error_of(first->get_object());
      if (const auto* location = from.if_contains("errorLocation")) {
        error.file = relative(text_of(object_of(*location), "file"));
        error.line = int_of(object_of(*location), "line");
      }
      result.errors.push_back(std::move(error));
    }
    bool first = !result.errors.empty();
    for (const auto& error : array_of(from, "errors")) {
      if (!std::exchange(first, false) && result.errors.size() < kErrorsMax) {
        result.errors.push_back(error_of(object_of(error)));
      }
    }
  }

  void add(TestResult result) {
    if (report_.tests.size() >= kReportTestsMax) {
      too_many_ = true;
    } else {
      report_.tests.push_back(std::move(result));
    }
  }

  const std::string_view root_;
  std::string test_dir_;
  // How often a test was met, by what tells it from others.
  std::map<std::tuple<std::string, std::string, int, std::vector<std::string>>, int> repeats_;
  Report report_;
  bool too_many_ = false;
};

}  // namespace

TestStatus test_status_from(std::string_view word) {
  if (word == "passed") return TestStatus::kPassed;
  if (word == "timedOut") return TestStatus::kTimedOut;
  if (word == "skipped") return TestStatus::kSkipped;
  if (word == "interrupted") return TestStatus::kInterrupted;
  return TestStatus::kFailed;
}

std::string_view to_string(TestStatus status) {
  switch (status) {
    case TestStatus::kPassed:
      return "passed";
    case TestStatus::kFailed:
      return "failed";
    case TestStatus::kTimedOut:
      return "timedOut";
    case TestStatus::kSkipped:
      return "skipped";
    case TestStatus::kInterrupted:
      return "interrupted";
  }
  return "failed";
}

Result<Report> parse_report(std::string_view text, std::string_view root) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = kDepthMax;
  const auto whole = json::parse(text, error, {}, options);
  if (error || !whole.is_object()) {
    return fail(ErrorCode::kInvalidRequest, "The report is not whole JSON: " + error.message());
  }
  return Reader(root).read(whole.get_object());
}

std::string strip_ansi(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0x1b) {
      i += escape_length(text.substr(i));
    } else if (byte < 0x80) {
      if (byte >= 0x20 || byte == '\n' || byte == '\t') plain.push_back(text[i]);
      ++i;
    } else if (const std::size_t length = character_length(text.substr(i)); length > 0) {
      plain.append(text.substr(i, length));
      i += length;
    } else {
      plain.append("\xEF\xBF\xBD");
      ++i;
    }
  }
  return plain;
}

}  // namespace vouch::runs
