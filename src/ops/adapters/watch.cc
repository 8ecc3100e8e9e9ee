#include "ops/adapters/watch.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cctype>
#include <exception>
#include <utility>

#include "adapters/places.h"
#include "base/json.h"
#include "base/utf8.h"
#include "store/tx.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using store::FindingAbout;
using store::FindingRow;

// Payloads of a shadow that run together: few, so that a slow one holds a process no longer than
// this from callers who wait in line for it.
constexpr std::size_t kAtOnce = 8;
constexpr std::size_t kDiffsOfOneMax = 20;        // paths of one payload
constexpr std::size_t kFindingsAtOnceMax = 1000;  // between two writes
constexpr std::string_view kSeparator = "\x1f";

std::string key_of(const store::AdapterOf& of, std::int64_t script_id, std::int64_t active_id) {
  std::string key = of.workspace_id;
  key.append(kSeparator).append(of.provider).append(kSeparator).append(of.topic);
  key.append(kSeparator).append(std::to_string(script_id));
  return key.append(kSeparator).append(std::to_string(active_id));
}

bool is_still_compared(const store::Tx& tx, const store::AdapterOf& of, std::int64_t shadow_id,
                       std::int64_t active_id) {
  const auto shadow = tx.find_shadow(of);
  return shadow && shadow->script_id == shadow_id && tx.active_script_id(of) == active_id;
}

Result<json::value> read_output(const Result<std::string>& output) {
  if (!output) return std::unexpected(output.error());
  return script::parse_output(*output);
}

FindingRow finding_of(const store::AdapterOf& of, std::int64_t script_id, FindingAbout about,
                      std::string_view kind, std::string path, json::object example, TimeMs now) {
  return {.of = of,
          .script_id = script_id,
          .about = about,
          .kind = std::string(kind),
          .path = std::move(path),
          .count = 1,
          .example = std::move(example),
          .first_ms = now,
          .last_ms = now};
}

// What waits for a shadow.
std::size_t size_of(const Seen& seen) {
  return seen.input.size() + (seen.output ? seen.output->size() : 0) + seen.exchanges.bytes;
}

std::vector<std::string_view> sources_of(const Shadow& shadow) {
  return {shadow.script->source(), shadow.active->source()};
}

// Why a script failed, without the message, which may hold what it was given.
std::string failure_of(const Error& error) {
  const auto* reason = error.details.if_contains("reason");
  const auto* line = error.details.if_contains("line");
  std::string text = "fails";
  if (reason != nullptr && reason->is_string()) text += ": " + std::string(reason->get_string());
  if (line != nullptr && line->is_number()) {
    text += ", line " + std::to_string(line->to_number<std::int64_t>());
  }
  return text;
}

std::string number_form(const json::value& number) {
  const std::string text = adapters::text_of(number);
  const auto point = text.find('.');
  const auto digits = [](std::string_view part) {
    return std::ranges::count_if(part, [](unsigned char c) { return std::isdigit(c) != 0; });
  };
  std::string form = text.starts_with('-') ? "negative number of " : "number of ";
  form += std::to_string(digits(text.substr(0, point))) + " digits";
  if (point == text.npos) return form;
  return form + " and " + std::to_string(digits(text.substr(point))) + " after the point";
}

// Without names that may be somebody's: those of a script's own text, and words.
std::string path_form(std::string_view path, const std::vector<std::string_view>& sources) {
  std::string form;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    const std::string_view name = path.substr(0, end);
    const bool is_told =
        adapters::looks_like_word(name) ||
        std::ranges::any_of(sources, [&](std::string_view each) { return each.contains(name); });
    form += is_told ? name : "*";
    const std::size_t next = std::min(path.find_first_not_of(".[]", end), path.size());
    form += path.substr(end, next - end);
    path.remove_prefix(next);
  }
  return shortened(form, adapters::Profile::kPathBytesMax);
}

}  // namespace

std::shared_ptr<AdapterWatch> make_adapter_watch() { return std::make_shared<AdapterWatch>(); }

std::string told(const adapters::Maybe& value, const std::vector<std::string_view>& sources) {
  if (!value) return "nothing";
  if (value->is_null() || value->is_bool()) return json_text(*value);
  if (value->is_array()) return "list of " + std::to_string(value->get_array().size());
  if (value->is_object()) {
    return "object of " + std::to_string(value->get_object().size()) + " members";
  }
  if (!value->is_string()) return number_form(*value);
  const std::string text(value->get_string());
  const bool is_literal = std::ranges::any_of(sources, [&](std::string_view source) {
    return source.contains("'" + text + "'") || source.contains("\"" + text + "\"");
  });
  if (is_literal) return adapters::shown(&*value);
  return "text of " + std::to_string(text.size()) + " characters";
}

void AdapterWatch::take(Services& services, const boost::asio::any_io_executor& executor,
                        Seen seen) {
  const TimeMs now = services.clock.now_ms();
  for (const adapters::Surprise& surprise : seen.surprises) {
    note(finding_of(seen.of, seen.script_id, FindingAbout::kDrift, to_string(surprise.kind),
                    surprise.path, {{"value", surprise.value}, {"sentence", sentence_of(surprise)}},
                    now),
         seen.script_id);
  }
  if (seen.shadow) {
    const std::size_t bytes = size_of(seen);
    if (waiting_.size() >= kShadowsWaitingMax || waiting_bytes_ + bytes > kShadowBytesWaitingMax ||
        seen.exchanges.is_cut) {
      ++counts_of(seen).skipped;
    } else {
      waiting_bytes_ += bytes;
      waiting_.push_back(std::move(seen));
    }
  }
  if (is_draining_ || (waiting_.empty() && findings_.empty() && counts_.empty())) return;
  is_draining_ = true;
  boost::asio::co_spawn(executor, drain(services), boost::asio::detached);
}

awaitable<void> AdapterWatch::drain(Services& services) {
  const auto self = shared_from_this();
  while (!waiting_.empty() || !findings_.empty() || !counts_.empty()) {
    // Whatever goes wrong with some, what comes after them is looked at.
    try {
      if (!waiting_.empty()) co_await run_shadows(services);
      co_await write(services);
    } catch (const std::exception& error) {
      spdlog::error("what payloads of adapters show is lost: {}", error.what());
    }
  }
  is_draining_ = false;
}

awaitable<void> AdapterWatch::run_shadows(Services& services) {
  std::vector<Seen> batch;
  std::vector<std::string> inputs;
  std::vector<Exchanges> exchanges;
  const auto shadow = waiting_.front().shadow;
  const store::AdapterOf of = waiting_.front().of;
  while (!waiting_.empty() && batch.size() < kAtOnce && waiting_.front().of == of &&
         waiting_.front().shadow->script_id == shadow->script_id) {
    Seen seen = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= size_of(seen);
    inputs.push_back(std::move(seen.input));
    exchanges.push_back(std::move(seen.exchanges));
    batch.push_back(std::move(seen));
  }
  script::RunOptions run;
  run.owner = of.workspace_id;
  run.now_ms = services.clock.now_ms();
  const auto replay = std::make_shared<Replay>(std::move(exchanges));
  run.http = Replay::handler(replay);
  const auto outcomes =
      co_await services.scripts.pool.run_all(shadow->script, std::move(inputs), run);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    try {
      compare_as_far(batch[i], replay->unanswered(i), outcomes[i].output, run.now_ms);
    } catch (const std::exception& error) {
      spdlog::error("a payload of a shadow is skipped: {}", error.what());
      ++counts_of(batch[i]).skipped;
    }
  }
}

// What cannot be judged is counted by itself.
void AdapterWatch::compare_as_far(const Seen& seen, const script::HttpCall* unanswered,
                                  const Result<std::string>& got, TimeMs now) {
  store::ShadowCounts& counts = counts_of(seen);
  if (!got && got.error().code == ErrorCode::kUnavailable) {
    ++counts.skipped;
  } else if (unanswered != nullptr) {
    ++counts.not_compared;
    note(finding_of(seen.of, seen.shadow->script_id, FindingAbout::kShadow, kAsks,
                    request_form(*unanswered, sources_of(*seen.shadow)), {}, now),
         seen.script_id);
  } else {
    compare(seen, got, now);
    ++counts.compared;
  }
}

void AdapterWatch::compare(const Seen& seen, const Result<std::string>& got, TimeMs now) {
  store::ShadowCounts& counts = counts_of(seen);
  const auto before = read_output(seen.output), after = read_output(got);
  if (!after && !before) return;  // both fail
  const auto finding = [&](std::string_view kind, std::string path, std::string active,
                           std::string candidate) {
    note(finding_of(seen.of, seen.shadow->script_id, FindingAbout::kShadow, kind, std::move(path),
                    {{"active", std::move(active)}, {"candidate", std::move(candidate)}}, now),
         seen.script_id);
  };
  if (!after || !before) {
    ++counts.different;
    return finding(after ? "answers" : "fails", "", before ? "answers" : failure_of(before.error()),
                   after ? "answers" : failure_of(after.error()));
  }
  auto diffs = adapters::diffs_of(*before, *after);
  counts.different += diffs.empty() ? 0 : 1;
  if (diffs.size() > kDiffsOfOneMax) diffs.resize(kDiffsOfOneMax);
  const std::vector<std::string_view> sources = sources_of(*seen.shadow);
  for (const adapters::Diff& diff : diffs) {
    finding("differs", path_form(adapters::general_path(diff.path), sources),
            told(diff.expected, sources), told(diff.got, sources));
  }
}

void AdapterWatch::note(FindingRow finding, std::int64_t active_id) {
  std::string key = key_of(finding.of, finding.script_id, active_id);
  key.append(kSeparator).append(store::to_string(finding.about));
  key.append(kSeparator).append(finding.kind).append(kSeparator).append(finding.path);
  const auto found = findings_.find(key);
  if (found != findings_.end()) {
    found->second.row.count += finding.count;
    found->second.row.last_ms = finding.last_ms;
  } else if (findings_.size() < kFindingsAtOnceMax) {
    findings_.emplace(std::move(key), Noted{std::move(finding), active_id});
  }
}

store::ShadowCounts& AdapterWatch::counts_of(const Seen& seen) {
  Counts& counts = counts_[key_of(seen.of, seen.shadow->script_id, seen.script_id)];
  counts.of = seen.of;
  counts.script_id = seen.shadow->script_id;
  counts.active_id = seen.script_id;
  return counts.more;
}

awaitable<void> AdapterWatch::write(Services& services) {
  auto keep = [findings = std::exchange(findings_, {}),
               counts = std::exchange(counts_, {})](store::Tx& tx) -> Result<void> {
    for (const auto& [key, count] : counts) {
      if (is_still_compared(tx, count.of, count.script_id, count.active_id)) {
        tx.count_shadow(count.of, count.script_id, count.more);
      }
    }
    for (const auto& [key, noted] : findings) {
      const FindingRow& row = noted.row;
      if (row.about == FindingAbout::kShadow &&
          !is_still_compared(tx, row.of, row.script_id, noted.active_id)) {
        continue;
      }
      tx.add_finding(row, kFindingsMax);
    }
    return {};
  };
  // Where the store is not to be had, the counts of these are lost; what is seen again is told.
  static_cast<void>(co_await services.store.write(std::move(keep)));
}

}  // namespace vouch::ops
