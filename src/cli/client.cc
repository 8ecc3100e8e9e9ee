#include "cli/client.h"

#include <curl/curl.h>
#include <poll.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <charconv>
#include <list>
#include <utility>

#include "base/json.h"
#include "cli/interrupt.h"
#include "ops/call_names.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

struct FreeEasy {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;
using Headers = std::unique_ptr<curl_slist, FreeHeaders>;

void init_curl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  VOUCH_CHECK(code == CURLE_OK);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  return out;
}

std::string plain_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::string place_of(const ops::Operation& operation, std::string_view name) {
  const json::object& properties = operation.parameters.at("properties").as_object();
  const json::value* schema = properties.if_contains(name);
  VOUCH_CHECK(schema != nullptr);
  return std::string(schema->as_object().at("in").as_string());
}

std::size_t append_to_string(char* data, std::size_t size, std::size_t count, void* target) {
  static_cast<std::string*>(target)->append(data, size * count);
  return size * count;
}

int stop_when_asked(void* given, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto* options = static_cast<const CallOptions*>(given);
  const bool stopped = options->stop.stop_requested();
  return stopped || (options->interruptible && interrupted()) ? 1 : 0;
}

// Everything that calls and streams have in common.
Headers set_up(CURL* curl, const Server& server, const std::string& url,
               const std::vector<std::string>& headers) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "vouch");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(kConnectTimeout.count()));
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  if (!server.unix_socket.empty()) {
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, server.unix_socket.c_str());
  }
  curl_slist* list = nullptr;
  if (!server.api_key.empty()) {
    list = curl_slist_append(list, ("Authorization: Bearer " + server.api_key).c_str());
  }
  for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  return Headers(list);
}

// The first code for which `is_meant`.
std::optional<ErrorCode> find_code(const std::function<bool(ErrorCode)>& is_meant) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::kTimeout); ++code) {
    if (is_meant(static_cast<ErrorCode>(code))) return static_cast<ErrorCode>(code);
  }
  return std::nullopt;
}

// By its word, else, where an answer has none, by its status.
ErrorCode error_code_from(std::string_view word, long status) {
  if (auto named = find_code([&](ErrorCode code) { return to_string(code) == word; }))
    return *named;
  if (auto meant = find_code([&](ErrorCode code) { return http_status(code) == status; }))
    return *meant;
  return status >= 500 ? ErrorCode::kUnavailable : ErrorCode::kInvalidRequest;
}

// {code, message, details, field}: of the adapter-scripts API.
Error flat_error(const json::object& told, long status) {
  Error error;
  error.code = error_code_from("", status);
  error.message = plain_text(told.at("message"));
  const auto text = [&](const char* name) {
    const json::value* value = told.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  auto details = parse_json(text("details"), kKeptDepthMax);
  if (details && details->is_object()) error.details = std::move(details->get_object());
  if (const std::string field = text("field"); !field.empty()) error.details["member"] = field;
  return error;
}

Error error_of_answer(const Server& server, long status, const std::string& body) {
  const auto answer = parse_json(body, kKeptDepthMax);
  if (answer && answer->is_object()) {
    const json::value* told = answer->get_object().if_contains("error");
    if (told != nullptr && told->is_object() && told->get_object().contains("message")) {
      return flat_error(told->get_object(), status);
    }
  }
  if (!answer || !answer->is_object() || !answer->get_object().contains("message")) {
    return {ErrorCode::kUnavailable, server.url + " answered " + std::to_string(status) +
                                         ", but not as a Vouch server does. Is the address right?"};
  }
  const json::object& object = answer->get_object();
  Error error;
  const json::value* word = object.if_contains("error");
  error.code = error_code_from(word && word->is_string() ? word->get_string() : "", status);
  error.message = plain_text(object.at("message"));
  if (const json::value* details = object.if_contains("details"); details && details->is_object()) {
    error.details = details->get_object();
  }
  return error;
}

Error transport_error(const Server& server, CURLcode code, const char* text) {
  if (code == CURLE_ABORTED_BY_CALLBACK) return {ErrorCode::kCancelled, "Interrupted."};
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return {ErrorCode::kUnavailable, "The server at " + server.url + " does not answer in time."};
  }
  std::string why = text[0] != '\0' ? text : curl_easy_strerror(code);
  const bool is_cut = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
                      code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE;
  if (is_cut) {
    return {ErrorCode::kUnavailable,
            "The server at " + server.url + " ended the connection (" + why +
                "): it was stopped, or sent more than it takes, which is 1 MB for a call and for "
                "each line of a stream. What it had been sent until then, it may have done."};
  }
  return {ErrorCode::kUnavailable,
          "No server answers at " + server.url + " (" + why +
              "). Start one with `vouch serve`, or name another with --server."};
}

}  // namespace

std::string with_commands(std::string_view message) {
  static const std::vector<ops::CallName> kNames = [] {
    std::vector<ops::CallName> names;
    for (const ops::Operation& row : operation_table()) {
      if (!row.command.empty()) names.push_back({&row, "`vouch " + row.command + "`"});
    }
    return names;
  }();
  return ops::with_names(message, kNames);
}

const std::vector<ops::Operation>& operation_table() {
  static const std::vector<ops::Operation> table = ops::operations();
  return table;
}

const ops::Operation& operation(std::string_view name) {
  for (const ops::Operation& row : operation_table()) {
    if (row.name == name) return row;
  }
  VOUCH_CHECK(!"an operation of this name");
  std::abort();
}

PreparedCall prepare_call(const ops::Operation& operation, const json::object& params) {
  PreparedCall call{std::string(ops::to_string(operation.method)), operation.route, ""};
  json::object body;
  bool has_body = operation.method != ops::Method::kGet && operation.method != ops::Method::kDelete;
  char separator = '?';
  std::string query;
  for (const auto& [name, value] : params) {
    const std::string place = place_of(operation, name);
    if (value.is_null() && place != "body") continue;
    if (place == "path") {
      const std::string braces = "{" + std::string(name) + "}";
      std::size_t at = call.target.find(braces);
      VOUCH_CHECK(at != call.target.npos);
      call.target.replace(at, braces.size(), percent_encode(plain_text(value)));
    } else if (place == "query") {
      query += separator + percent_encode(name) + "=" + percent_encode(plain_text(value));
      separator = '&';
    } else {
      body[name] = value;
    }
  }
  VOUCH_CHECK(call.target.find('{') == call.target.npos);
  call.target += query;
  if (has_body) call.body = json::serialize(body);
  return call;
}

void EventParser::feed(std::string_view bytes) {
  rest_.append(bytes);
  std::size_t begin = 0;
  for (std::size_t end; (end = rest_.find('\n', begin)) != rest_.npos; begin = end + 1) {
    std::string_view line = std::string_view(rest_).substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take_line(line);
  }
  rest_.erase(0, begin);
}

void EventParser::take_line(std::string_view line) {
  if (line.empty()) {
    if (!data_.empty()) {
      ServerEvent event;
      std::from_chars(id_.data(), id_.data() + id_.size(), event.id);
      event.name = name_;
      auto data = parse_json(data_, kKeptDepthMax);
      if (data && data->is_object()) event.data = std::move(data->get_object());
      on_event_(std::move(event));
    }
    name_.clear();
    data_.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  const std::string_view field = line.substr(0, colon);
  std::string_view value = colon == line.npos ? "" : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "id") id_ = value;
  if (field == "event") name_ = value;
  if (field == "data") data_ += (data_.empty() ? "" : "\n") + std::string(value);
}

Client::Client(Server server) : server_(std::move(server)) { init_curl_once(); }
Client::~Client() = default;

Result<std::string> Client::send(const PreparedCall& call, const CallOptions& options) {
  Easy curl(curl_easy_init());
  VOUCH_CHECK(curl);
  const std::string url = server_.url + call.target;
  const bool has_body = !call.body.empty();
  std::vector<std::string> wanted{"Accept: application/json"};
  if (has_body) wanted.push_back("Content-Type: application/json");
  if (options.wait) wanted.push_back("Prefer: wait=" + std::to_string(options.wait->count()));
  const std::chrono::seconds patience =
      kCallTimeout + options.wait.value_or(std::chrono::seconds(0));
  Headers headers = set_up(curl.get(), server_, url, wanted);
  std::string body;
  char problem[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, call.method.c_str());
  if (has_body) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, call.body.data());
  }
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(patience.count()));
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, problem);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append_to_string);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, stop_when_asked);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &options);
  if (CURLcode code = curl_easy_perform(curl.get()); code != CURLE_OK) {
    return std::unexpected(transport_error(server_, code, problem));
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  // A 503 of /ready, and of nothing else, has a body that is no error.
  if (status >= 400) return std::unexpected(error_of_answer(server_, status, body));
  return body;
}

namespace {

Result<json::value> parse_answer(const Server& server, Result<std::string> body) {
  if (!body) return std::unexpected(std::move(body).error());
  auto answer = parse_json(*body, kKeptDepthMax);
  if (!answer) {
    return fail(ErrorCode::kUnavailable, server.url +
                                             " did not answer with JSON. Is it a Vouch server? "
                                             "Name another with --server.");
  }
  return answer;
}

}  // namespace

Result<json::value> Client::call(std::string_view name, const json::object& params,
                                 const CallOptions& options) {
  return parse_answer(server_, send(prepare_call(operation(name), params), options));
}

Result<json::value> Client::call_regardless(std::string_view name, const json::object& params) {
  return parse_answer(server_,
                      send(prepare_call(operation(name), params), {.interruptible = false}));
}

Result<std::string> Client::fetch(std::string_view name, const json::object& params) {
  return send(prepare_call(operation(name), params), {});
}

namespace {

// A stream of lines on its way to a server and back.
struct LineStream {
  CURL* curl;
  int input;
  std::function<void(std::string_view)> on_bytes;
  bool is_paused = false;  // nothing can be read at the moment
  std::string refusal;     // the body of an answer that is an error

  bool is_readable() const {
    pollfd ready{input, POLLIN, 0};
    return ::poll(&ready, 1, 0) != 0;
  }

  static std::size_t on_send(char* data, std::size_t size, std::size_t count, void* target) {
    auto* self = static_cast<LineStream*>(target);
    self->is_paused = !self->is_readable();
    if (self->is_paused) return CURL_READFUNC_PAUSE;
    const ssize_t length = ::read(self->input, data, size * count);
    return length < 0 ? CURL_READFUNC_ABORT : static_cast<std::size_t>(length);
  }

  static std::size_t on_answer(char* data, std::size_t size, std::size_t count, void* target) {
    auto* self = static_cast<LineStream*>(target);
    long status = 0;
    curl_easy_getinfo(self->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) {
      self->on_bytes({data, size * count});
    } else {
      self->refusal.append(data, size * count);
    }
    return size * count;
  }

  // Until it has ended; kCancelled: a person has had enough.
  Result<CURLcode> run(CURLM* multi) {
    int running = 0;
    while (true) {
      curl_multi_perform(multi, &running);
      if (running == 0) break;
      curl_waitfd wake[] = {{interrupt_descriptor(), CURL_WAIT_POLLIN, 0},
                            {input, CURL_WAIT_POLLIN, 0}};
      const bool watches = wake[0].fd >= 0;
      if (!watches) wake[0] = wake[1];
      const unsigned count = (watches ? 1U : 0U) + (is_paused ? 1U : 0U);
      curl_multi_poll(multi, wake, count, kTickMs, nullptr);
      if (interrupted()) return fail(ErrorCode::kCancelled, "Interrupted.");
      if (is_paused && is_readable()) curl_easy_pause(curl, CURLPAUSE_CONT);
    }
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi, &left);
    return message != nullptr ? message->data.result : CURLE_OK;
  }
};

}  // namespace

Result<void> Client::stream(std::string_view name, const json::object& params, int input,
                            std::function<void(std::string_view)> on_bytes) {
  Easy curl(curl_easy_init());
  VOUCH_CHECK(curl);
  const std::string url = server_.url + prepare_call(operation(name), params).target;
  Headers headers = set_up(curl.get(), server_, url,
                           {"Accept: application/x-ndjson", "Content-Type: application/x-ndjson",
                            "Transfer-Encoding: chunked", "Expect:"});
  char problem[CURL_ERROR_SIZE] = "";
  LineStream lines{.curl = curl.get(), .input = input, .on_bytes = std::move(on_bytes)};
  curl_easy_setopt(curl.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, LineStream::on_send);
  curl_easy_setopt(curl.get(), CURLOPT_READDATA, &lines);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, LineStream::on_answer);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &lines);
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, problem);
  CURLM* multi = curl_multi_init();
  VOUCH_CHECK(multi != nullptr);
  curl_multi_add_handle(multi, curl.get());
  const auto ended = lines.run(multi);
  curl_multi_remove_handle(multi, curl.get());
  curl_multi_cleanup(multi);
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (!ended) return std::unexpected(ended.error());
  if (status >= 400) return std::unexpected(error_of_answer(server_, status, lines.refusal));
  if (*ended != CURLE_OK) return std::unexpected(transport_error(server_, *ended, problem));
  return {};
}

Result<std::string> Client::download(const std::string& url) {
  std::string target = url.starts_with(server_.url) ? url.substr(server_.url.size()) : url;
  if (!target.starts_with('/')) {
    return fail(ErrorCode::kInvalidRequest, "The link " + url + " is not one of " + server_.url);
  }
  return send({"GET", std::move(target), ""}, {});
}

Result<void> probe_site(const std::string& url) {
  init_curl_once();
  Easy curl(curl_easy_init());
  VOUCH_CHECK(curl);
  char problem[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_NOBODY, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(kConnectTimeout.count()));
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, problem);
  const CURLcode code = curl_easy_perform(curl.get());
  // A site that is slow, or whose certificate only this check doubts, is there.
  const bool absent = code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST;
  if (!absent) return {};
  return fail(ErrorCode::kUnavailable,
              "No site answers at " + url + " (" +
                  (problem[0] != '\0' ? problem : curl_easy_strerror(code)) +
                  "). Start it, or give its address with --site.");
}

struct EventStreams::Impl {
  struct Stream {
    Easy curl;
    Headers headers;
    EventParser parser;
    std::function<void(std::string)> on_end;
    char problem[CURL_ERROR_SIZE] = "";
  };
  Server server;
  CURLM* multi = nullptr;
  std::list<Stream> streams;

  static std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* target) {
    auto* stream = static_cast<Stream*>(target);
    long status = 0;
    curl_easy_getinfo(stream->curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) stream->parser.feed({data, size * count});
    return size * count;
  }

  void finish(CURL* curl, CURLcode code) {
    auto stream = std::find_if(streams.begin(), streams.end(),
                               [&](const Stream& s) { return s.curl.get() == curl; });
    VOUCH_CHECK(stream != streams.end());
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    std::string error;
    if (code != CURLE_OK) error = transport_error(server, code, stream->problem).message;
    if (error.empty() && status >= 400) error = "The server answered " + std::to_string(status);
    curl_multi_remove_handle(multi, curl);
    auto on_end = std::move(stream->on_end);
    streams.erase(stream);
    on_end(std::move(error));
  }
};

EventStreams::EventStreams(const Server& server) : impl_(std::make_unique<Impl>()) {
  init_curl_once();
  impl_->server = server;
  impl_->multi = curl_multi_init();
  VOUCH_CHECK(impl_->multi != nullptr);
}

EventStreams::~EventStreams() {
  for (auto& stream : impl_->streams) curl_multi_remove_handle(impl_->multi, stream.curl.get());
  impl_->streams.clear();
  curl_multi_cleanup(impl_->multi);
}

void EventStreams::open(std::string_view name, const json::object& params,
                        std::int64_t after_event_id, std::function<void(ServerEvent)> on_event,
                        std::function<void(std::string)> on_end) {
  Impl::Stream& stream = impl_->streams.emplace_back(Impl::Stream{
      Easy(curl_easy_init()), nullptr, EventParser(std::move(on_event)), std::move(on_end)});
  CURL* curl = stream.curl.get();
  const std::string url = impl_->server.url + prepare_call(operation(name), params).target;
  std::vector<std::string> headers{"Accept: text/event-stream"};
  if (after_event_id > 0) headers.push_back("Last-Event-ID: " + std::to_string(after_event_id));
  stream.headers = set_up(curl, impl_->server, url, headers);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, stream.problem);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Impl::on_bytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &stream);
  curl_multi_add_handle(impl_->multi, curl);
}

bool EventStreams::empty() const { return impl_->streams.empty(); }

void EventStreams::poll() {
  int running = 0;
  curl_multi_perform(impl_->multi, &running);
  curl_waitfd wake{interrupt_descriptor(), CURL_WAIT_POLLIN, 0};
  const bool watches = wake.fd >= 0 && !interrupted();
  curl_multi_poll(impl_->multi, watches ? &wake : nullptr, watches ? 1 : 0, kTickMs, nullptr);
  curl_multi_perform(impl_->multi, &running);
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(impl_->multi, &left)) {
    if (message->msg == CURLMSG_DONE) impl_->finish(message->easy_handle, message->data.result);
  }
}

}  // namespace vouch::cli
