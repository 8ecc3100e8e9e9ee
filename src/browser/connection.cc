#include "browser/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <utility>

namespace vouch::browser {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

// What a person is shown of a host's last words.
constexpr std::size_t kLastWordsMax = 600;

ErrorCode code_of(std::string_view name) {
  for (const ErrorCode code :
       {ErrorCode::kInvalidRequest, ErrorCode::kNotFound, ErrorCode::kConflict,
        ErrorCode::kUnavailable, ErrorCode::kTimeout}) {
    if (to_string(code) == name) return code;
  }
  return ErrorCode::kInternal;
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

Result<json::object> result_of(json::object answer) {
  const json::value* error = answer.if_contains("error");
  if (!error) return answer;
  if (!error->is_object()) return fail(ErrorCode::kInternal, "The browser host answered wrongly.");
  const json::object& told = error->get_object();
  return fail(code_of(text_of(told, "code")), text_of(told, "message"));
}

std::string last_words(const std::string& stderr_tail) {
  const std::size_t end = stderr_tail.find_last_not_of("\n ");
  if (end == std::string::npos) return {};
  const std::size_t begin = end + 1 > kLastWordsMax ? end + 1 - kLastWordsMax : 0;
  return " It said: " + stderr_tail.substr(begin, end + 1 - begin);
}

std::string sentence_of(const sandbox::Exit& exit) {
  switch (exit.reason) {
    case sandbox::EndReason::kMemory:
      return "The browser was ended: it reached its memory limit (" +
             std::to_string(exit.memory_bytes_peak >> 20) + " MiB in use).";
    case sandbox::EndReason::kDeadline:
      return "The browser was ended: it reached its time limit.";
    case sandbox::EndReason::kProcesses:
      return "The browser was ended: it started too many processes.";
    case sandbox::EndReason::kOutput:
      return "The browser was ended: it wrote too much.";
    case sandbox::EndReason::kKilled:
      return "The browser was killed.";
    case sandbox::EndReason::kSignalled:
      return "The browser host crashed (signal " + std::to_string(exit.status) + ")." +
             last_words(exit.stderr_tail);
    case sandbox::EndReason::kExited:
      return "The browser host ended (status " + std::to_string(exit.status) + ")." +
             last_words(exit.stderr_tail);
  }
  return "The browser host ended.";
}

}  // namespace

Connection::Connection(asio::any_io_executor executor, std::unique_ptr<sandbox::Process> process)
    : executor_(std::move(executor)), process_(std::move(process)) {}

void Connection::run(std::function<void()> on_end) {
  on_end_ = std::move(on_end);
  asio::co_spawn(
      executor_, [self = shared_from_this()] { return self->read_answers(); }, asio::detached);
}

std::uint64_t Connection::enqueue(json::object request) {
  const std::uint64_t id = next_id_++;
  request["id"] = id;
  queue_.push_back(json::serialize(request) + "\n");
  if (!writing_) {
    writing_ = true;
    asio::co_spawn(
        executor_, [self = shared_from_this()] { return self->write_queued(); }, asio::detached);
  }
  return id;
}

asio::awaitable<void> Connection::write_queued() {
  const auto self = shared_from_this();
  while (!queue_.empty()) {
    const std::string line = std::move(queue_.front());
    queue_.pop_front();
    const Result<void> written = co_await process_->write(line);
    if (!written) queue_.clear();  // the reader learns of the end and tells it
  }
  writing_ = false;
}

asio::awaitable<void> Connection::read_answers() {
  const auto self = shared_from_this();
  while (true) {
    const Result<std::optional<std::string>> line = co_await process_->read_line();
    if (!line || !*line || !take(**line)) break;
  }
  // Nothing more can be said to a host that closed its end: what is left of it must go.
  process_->kill();
  finish(co_await process_->wait());
}

bool Connection::take(const std::string& line) {
  boost::system::error_code error;
  json::value answer = json::parse(line, error);
  json::object* object = answer.if_object();
  const json::value* id = error || !object ? nullptr : object->if_contains("id");
  if (!id || !id->is_int64()) {
    end("The browser host answered what is not an answer.");
    return false;
  }
  const auto found = pending_.find(static_cast<std::uint64_t>(id->get_int64()));
  if (found == pending_.end()) return true;
  const std::shared_ptr<Call> call = found->second;
  pending_.erase(found);
  call->answer = result_of(std::move(*object));
  call->signal.cancel();
  return true;
}

void Connection::finish(const sandbox::Exit& exit) {
  if (end_reason_.empty()) end_reason_ = sentence_of(exit);
  for (auto& [id, call] : std::exchange(pending_, {})) {
    call->answer = fail(ErrorCode::kUnavailable, end_reason_);
    call->signal.cancel();
  }
  if (const auto on_end = std::exchange(on_end_, nullptr)) on_end();
}

asio::awaitable<Result<json::object>> Connection::call(json::object request,
                                                       std::chrono::milliseconds limit) {
  if (!alive()) co_return fail(ErrorCode::kUnavailable, end_reason_);
  const auto call = std::make_shared<Call>(executor_);
  call->signal.expires_after(limit);
  const std::uint64_t id = next_id_;
  pending_[id] = call;
  // The coroutine may be destroyed while it waits: then nobody wants the answer.
  struct Forget {
    std::shared_ptr<Connection> connection;
    std::uint64_t id;
    ~Forget() { connection->pending_.erase(id); }
  } forget{shared_from_this(), id};
  enqueue(std::move(request));
  boost::system::error_code error;
  if (!call->answer) {
    std::tie(error) = co_await call->signal.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  if (call->answer) co_return std::move(*call->answer);
  if (error) co_return fail(ErrorCode::kCancelled, "The call to the browser was cancelled.");
  end("The browser did not answer in time.");
  co_return fail(ErrorCode::kTimeout, "The browser did not answer in time.");
}

void Connection::post(json::object request) {
  if (alive()) enqueue(std::move(request));
}

void Connection::end(std::string reason) {
  if (!alive()) return;
  end_reason_ = std::move(reason);
  process_->kill();
}

}  // namespace vouch::browser
