#include "browser/session.h"

#include <boost/json.hpp>
#include <utility>

#include "base/base64.h"
#include "base/day.h"
#include "base/totp.h"
#include "browser/answers.h"

namespace vouch::browser {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using std::chrono::milliseconds;

// The host bounds each operation itself (10 s for reading a page, the session's time-outs for
// actions); a host that is later than that by this much hangs.
constexpr milliseconds kGrace{30'000};

class RemoteSession final : public Session {
 public:
  RemoteSession(std::shared_ptr<Connection> connection, std::shared_ptr<Host> keeper,
                std::string id, ContextOptions options)
      : connection_(std::move(connection)),
        keeper_(std::move(keeper)),
        id_(std::move(id)),
        options_(std::move(options)) {}

  ~RemoteSession() override { connection_->post(request("close")); }

  // `like`: whose cookies and storage it begins with.
  asio::awaitable<Result<void>> open(const RemoteSession* like = nullptr) {
    json::object open = request("open");
    if (like != nullptr) {
      open["like"] = like->id_;
      open["visitor"] = like->visitor_;
    }
    json::value credentials;
    if (const auto& given = options_.access.http_credentials) {
      const auto name = secret_named_by(given->password);
      if (!name || !options_.secrets || !options_.secrets->values().contains(*name)) {
        co_return fail(ErrorCode::kUnavailable,
                       "The site's password is the secret " + given->password +
                           " (httpCredentials), and there is no secret of that name.");
      }
      credentials = {{"username", given->username}, {"password", given->password}};
    }
    open["options"] = json::object{
        {"site_url", options_.site_url},
        {"action_timeout_ms", options_.action_timeout_ms},
        {"navigation_timeout_ms", options_.navigation_timeout_ms},
        {"viewport_width", options_.viewport_width},
        {"viewport_height", options_.viewport_height},
        {"locale", options_.locale},
        {"timezone", options_.timezone},
        {"accept_downloads", options_.accept_downloads},
        {"ignore_https_errors", options_.access.ignore_https_errors},
        {"http_credentials", std::move(credentials)},
    };
    VOUCH_CO_TRY_VOID(co_await ask(std::move(open), kGrace));
    co_return Result<void>();
  }

  asio::awaitable<Result<std::unique_ptr<Session>>> fork() override {
    auto forked = std::make_unique<RemoteSession>(connection_, keeper_,
                                                  id_ + "." + std::to_string(++forks_), options_);
    forked->typed_codes_ = typed_codes_;
    VOUCH_CO_TRY_VOID(co_await forked->open(this));
    co_return std::unique_ptr<Session>(std::move(forked));
  }

  void go_on_as(std::string visitor) override { visitor_ = std::move(visitor); }

  asio::awaitable<Result<Snapshot>> snapshot() override {
    VOUCH_CO_TRY(const json::object answer, co_await ask(request("snapshot"), kGrace));
    co_return parse_snapshot(answer);
  }

  asio::awaitable<Result<Effect>> perform(const Action& action) override {
    json::object call = request("perform", action.visitor);
    call["action"] = to_json(action);
    const milliseconds limit(std::max(options_.action_timeout_ms, options_.navigation_timeout_ms));
    VOUCH_CO_TRY(const json::object answer, co_await ask(std::move(call), limit + kGrace));
    co_return parse_effect(answer);
  }

  asio::awaitable<Result<CheckResult>> check(const Assertion& assertion, std::int64_t timeout_ms,
                                             Several several) override {
    json::object call = request("check", assertion.visitor);
    call["assertion"] = to_json(assertion);
    call["timeout_ms"] = timeout_ms;
    call["any"] = several == Several::kAnyMayHold;
    VOUCH_CO_TRY(const json::object answer,
                 co_await ask(std::move(call), milliseconds(timeout_ms) + kGrace));
    co_return parse_check(answer);
  }

  asio::awaitable<Result<std::optional<std::size_t>>> resolve(
      int element_id, const std::vector<Locator>& locators) override {
    json::object call = request("resolve");
    call["element"] = element_id;
    json::array& candidates = call["locators"].emplace_array();
    for (const Locator& locator : locators) candidates.push_back(to_json(locator));
    VOUCH_CO_TRY(const json::object answer, co_await ask(std::move(call), kGrace));
    const json::value* index = answer.if_contains("index");
    if (!index || !index->is_int64()) co_return std::optional<std::size_t>();
    co_return std::optional<std::size_t>(static_cast<std::size_t>(index->get_int64()));
  }

  asio::awaitable<Result<std::vector<int>>> matches(const Locator& locator) override {
    json::object call = request("matches");
    call["locator"] = to_json(locator);
    VOUCH_CO_TRY(const json::object answer, co_await ask(std::move(call), kGrace));
    std::vector<int> ids;
    const json::value* told = answer.if_contains("ids");
    if (!told || !told->is_array()) co_return ids;
    for (const json::value& id : told->get_array()) {
      ids.push_back(id.is_int64() ? static_cast<int>(id.get_int64()) : -1);
    }
    co_return ids;
  }

  asio::awaitable<Result<bool>> settle(std::int64_t quiet_ms, std::int64_t limit_ms) override {
    json::object call = request("settle");
    call["quiet_ms"] = quiet_ms;
    call["limit_ms"] = limit_ms;
    VOUCH_CO_TRY(const json::object answer,
                 co_await ask(std::move(call), milliseconds(limit_ms) + kGrace));
    const json::value* quiet = answer.if_contains("quiet");
    co_return quiet && quiet->is_bool() && quiet->get_bool();
  }

  asio::awaitable<Result<bool>> at_rest(std::int64_t still_ms, std::int64_t within_ms) override {
    json::object call = request("at_rest");
    call["still_ms"] = still_ms;
    call["within_ms"] = within_ms;
    VOUCH_CO_TRY(const json::object answer, co_await ask(std::move(call), kGrace));
    const json::value* rests = answer.if_contains("rests");
    co_return rests && rests->is_bool() && rests->get_bool();
  }

  asio::awaitable<Result<void>> tamper(const Assertion& assertion) override {
    json::object call = request("tamper", assertion.visitor);
    call["assertion"] = to_json(assertion);
    VOUCH_CO_TRY_VOID(co_await ask(std::move(call), kGrace));
    co_return Result<void>();
  }

  asio::awaitable<Result<bool>> depends_on(const std::vector<Assertion>& assertions,
                                           const std::vector<std::string>& words) override {
    json::object call = request("depends");
    json::array& all = call["assertions"].emplace_array();
    for (const Assertion& assertion : assertions) all.push_back(to_json(assertion));
    call["words"] = json::array(words.begin(), words.end());
    VOUCH_CO_TRY(const json::object answer, co_await ask(std::move(call), kGrace));
    const json::value* depends = answer.if_contains("depends");
    co_return !depends || !depends->is_bool() || depends->get_bool();
  }

  asio::awaitable<Result<std::string>> screenshot() override;

  asio::awaitable<Result<int>> send(const HttpCall& http) override {
    json::object headers;
    for (const auto& [name, value] : http.headers) headers[name] = value;
    json::object call = request("send");
    call["site_url"] = options_.site_url;
    call["call"] = json::object{{"method", http.method},
                                {"url", http.url},
                                {"headers", std::move(headers)},
                                {"body", http.body}};
    VOUCH_CO_TRY(const json::object answer, co_await ask(std::move(call), kGrace));
    const json::value* status = answer.if_contains("status");
    co_return status && status->is_int64() ? static_cast<int>(status->get_int64()) : 0;
  }

 private:
  json::object request(std::string_view operation) const { return request(operation, visitor_); }

  json::object request(std::string_view operation, const std::string& visitor) const {
    return {{"op", operation}, {"session", id_}, {"visitor", visitor.empty() ? visitor_ : visitor}};
  }

  // Asks the host; the values of secrets, and the codes that they make, go in here, and do not come
  // out.
  asio::awaitable<Result<json::object>> ask(json::object call, milliseconds limit) {
    if (const Variables days = days_for(call); !days.empty())
      call = substitute(json::value(call), days).as_object();
    VOUCH_CO_TRY(const Variables codes, codes_for(call));
    if (!options_.secrets) co_return co_await connection_->call(std::move(call), limit);
    json::value filled = substitute(json::value(call), options_.secrets->values());
    if (!codes.empty()) {
      filled = substitute(filled, codes);
      if (typed_codes_.empty() || typed_codes_.back()->values() != codes)
        typed_codes_.push_back(std::make_shared<const Secrets>(codes));
    }
    if (filled.as_object() != call) filled.as_object()["secret"] = true;
    auto answer = co_await connection_->call(std::move(filled.as_object()), limit);
    if (answer) co_return without_secrets(json::value(std::move(*answer))).as_object();
    Error error = std::move(answer).error();
    error.message = without_secrets(json::value(error.message)).as_string();
    error.details = without_secrets(json::value(error.details)).as_object();
    co_return std::unexpected(std::move(error));
  }

  // The dates of today that a call asks for.
  static Variables days_for(const json::object& call) {
    Variables dates;
    for (const int day : days_in(json::serialize(call)))
      dates[day_name(day)] = date_of_day(day, SystemClock().now_ms());
    return dates;
  }

  // The codes of this moment that a call asks for.
  Result<Variables> codes_for(const json::object& call) const {
    Variables codes;
    for (const std::string& name : totp_secrets_in(json::serialize(call))) {
      const bool known = options_.secrets && options_.secrets->values().contains(name);
      if (!known) {
        return fail(ErrorCode::kInvalidRequest,
                    "it needs a code of the secret «" + name + "», and there is no such secret.");
      }
      const auto code = totp_code(options_.secrets->values().at(name), SystemClock().now_ms());
      if (!code) {
        return fail(
            ErrorCode::kInvalidRequest,
            "it needs a code of the secret «" + name +
                "», which is no key of an authenticator: that is base32, 16 or more of the letters "
                "A to Z and the digits 2 to 7.");
      }
      codes[totp_name(name)] = *code;
    }
    return codes;
  }

  json::value without_secrets(const json::value& told) const {
    json::value clean = options_.secrets->redact_json(told);
    for (const SharedSecrets& codes : typed_codes_) clean = codes->redact_json(clean);
    return clean;
  }

  const std::shared_ptr<Connection> connection_;
  const std::shared_ptr<Host> keeper_;
  const std::string id_;
  const ContextOptions options_;
  std::string visitor_;
  int forks_ = 0;
  std::vector<SharedSecrets> typed_codes_;  // a page may go on showing them
};

asio::awaitable<Result<std::string>> RemoteSession::screenshot() {
  VOUCH_CO_TRY(const json::object answer, co_await ask(request("screenshot"), kGrace));
  const json::value* png = answer.if_contains("png");
  if (!png || !png->is_string()) {
    co_return fail(ErrorCode::kInternal, "The browser host sent no picture.");
  }
  auto bytes = from_base64(png->get_string());
  if (!bytes) co_return fail(ErrorCode::kInternal, "The browser host sent no picture.");
  co_return std::move(*bytes);
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<Session>>> open_session(
    std::shared_ptr<Connection> connection, std::shared_ptr<Host> keeper, std::string id,
    ContextOptions options) {
  auto session = std::make_unique<RemoteSession>(std::move(connection), std::move(keeper),
                                                 std::move(id), std::move(options));
  VOUCH_CO_TRY_VOID(co_await session->open());
  co_return std::unique_ptr<Session>(std::move(session));
}

}  // namespace vouch::browser
