#include "runs/flaky.h"

#include <boost/json/array.hpp>
#include <ranges>

#include "runs/diagnosis.h"

namespace vouch::runs {

namespace json = boost::json;

namespace {

std::string text_in(const json::value& entry, std::string_view name) {
  const json::object* object = entry.if_object();
  const json::value* value = object == nullptr ? nullptr : object->if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

const json::array& array_in(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

bool decides(TestStatus status) {
  return status != TestStatus::kSkipped && status != TestStatus::kInterrupted;
}

bool site_was_away(const json::object& digest, std::string_view test) {
  return std::ranges::any_of(array_in(digest, "failures"), [&](const json::value& failure) {
    return text_in(failure, "name") == test &&
           text_in(failure, "cause") == to_string(Cause::kSiteUnreachable);
  });
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// What became of a test in an earlier run that executed the same; nothing where it did not.
std::optional<Try> try_in(const store::RunRow& run, std::string_view name, std::string_view hash) {
  for (const json::value& test : array_in(run.digest, "tests")) {
    if (text_in(test, "name") != name || text_in(test, "textHash") != hash) continue;
    const TestStatus status = test_status_from(text_in(test, "status"));
    const bool passed = status == TestStatus::kPassed;
    if (!decides(status) || (!passed && site_was_away(run.digest, name))) return std::nullopt;
    return Try{run.id, run.finished_ms.value_or(run.created_ms), passed,
               first_line(text_in(test, "error"))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Flip> flip_of(const std::vector<Try>& tries) {
  int changes = 0;
  bool in_one_run = false;
  const Try* last = nullptr;
  Flip flip;
  for (const Try& one : tries) {
    if (last != nullptr && last->passed != one.passed) {
      ++changes;
      in_one_run = in_one_run || last->run == one.run;
    }
    if (one.passed) {
      flip.passed_ms = one.at_ms;
    } else {
      flip.failed_ms = one.at_ms;
      flip.error = one.error;
    }
    last = &one;
  }
  if (!in_one_run && changes < 2) return std::nullopt;
  return flip;
}

json::object to_json(const Flip& flip) {
  return {{"passedUtc", to_utc(flip.passed_ms)},
          {"failedUtc", to_utc(flip.failed_ms)},
          {"error", flip.error}};
}

void note_flips(json::object& digest, const Report& report, const EndedRun& run,
                const std::vector<store::RunRow>& before) {
  // The tests of a digest are those of the report, each with its last try.
  std::vector<const TestResult*> last_tries;
  for (const TestResult& result : report.tests) {
    if (result.last_try) last_tries.push_back(&result);
  }
  json::array& tests = digest.at("tests").as_array();
  for (std::size_t i = 0; i < tests.size() && i < last_tries.size(); ++i) {
    const TestResult& last = *last_tries[i];
    const auto hash = run.hashes.find(last.file);
    if (hash == run.hashes.end()) continue;
    std::vector<Try> tries;
    for (const store::RunRow& earlier : before | std::views::reverse) {
      if (auto one = try_in(earlier, last.title, hash->second)) tries.push_back(*std::move(one));
    }
    const bool away = site_was_away(digest, last.title);
    for (const TestResult& result : report.tests) {
      const bool is_same = result.title == last.title && result.file == last.file &&
                           result.title_path == last.title_path && result.project == last.project;
      const bool passed = result.status == TestStatus::kPassed && result.ok;
      if (!is_same || !decides(result.status) || (!passed && away)) continue;
      const std::string error = result.errors.empty() ? "" : result.errors.front().message;
      tries.push_back({run.id, run.at_ms, passed, passed ? "" : first_line(error)});
    }
    json::object& test = tests[i].as_object();
    test["textHash"] = hash->second;
    test["flaky"] = nullptr;
    if (const auto flip = flip_of(tries)) test["flaky"] = to_json(*flip);
  }
}

}  // namespace vouch::runs
