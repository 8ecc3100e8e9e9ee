#include "ops/adapters/exchanges.h"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/erase.hpp>
#include <boost/json/array.hpp>

#include "base/json.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using script::HttpCall;
using script::HttpHandler;

constexpr std::size_t kAddressesTold = 3;  // of a getBatch

std::size_t size_of(const Exchange& exchange) {
  return exchange.call.arguments.size() + (exchange.answer ? exchange.answer->size() : 0);
}

bool is_read(const HttpCall& call) { return call.function.starts_with("get"); }

bool is_same(const HttpCall& a, const HttpCall& b) {
  if (a.function != b.function) return false;
  if (a.arguments == b.arguments) return true;
  const auto of_a = arguments_of(a), of_b = arguments_of(b);
  return of_a && of_b && *of_a == *of_b;
}

// As a part of an address in one of the texts, whole.
bool is_literal(std::string_view part, const std::vector<std::string_view>& sources) {
  constexpr std::string_view kAround = "'\"`/?&=";
  for (const std::string_view source : sources) {
    for (std::size_t at = source.find(part); at != source.npos; at = source.find(part, at + 1)) {
      const std::size_t end = at + part.size();
      if (at > 0 && end < source.size() && kAround.contains(source[at - 1]) &&
          kAround.contains(source[end])) {
        return true;
      }
    }
  }
  return false;
}

std::string address_form(std::string_view url, const std::vector<std::string_view>& sources) {
  if (const std::size_t scheme = url.find("://"); scheme != url.npos) {
    const std::size_t path = url.find('/', scheme + 3);
    url = path == url.npos ? "/" : url.substr(path);
  }
  std::string form;
  while (!url.empty()) {
    const std::size_t end = std::min(url.find_first_of("/?&="), url.size());
    const std::string_view part = url.substr(0, end);
    if (!part.empty()) form += is_literal(part, sources) ? part : "…";
    if (end < url.size()) form += url[end];
    url.remove_prefix(std::min(end + 1, url.size()));
  }
  return form;
}

const json::value* address_in(const json::value& named) {
  return named.is_object() ? named.get_object().if_contains("url") : &named;
}

}  // namespace

Result<json::array> arguments_of(const HttpCall& call) {
  auto read = parse_json(call.arguments, kKeptDepthMax);
  if (read && read->is_array()) return std::move(read->get_array());
  return fail(ErrorCode::kInvalidRequest, "What context.http is to send is no JSON" +
                                              (read ? "." : " (" + read.error().message + ")."));
}

HttpHandler ExchangeLog::keeping(HttpHandler http, std::shared_ptr<ExchangeLog> log) {
  if (!http) return http;
  return [http = std::move(http),
          log = std::move(log)](HttpCall call) -> awaitable<Result<std::string>> {
    auto answer = co_await http(call);
    log->add({std::move(call), answer});
    co_return answer;
  };
}

void ExchangeLog::add(Exchange exchange) {
  const std::size_t input = exchange.call.input, bytes = size_of(exchange);
  if (of_input_.size() <= input) of_input_.resize(input + 1);
  Exchanges& of = of_input_[input];
  of.is_cut |= bytes_ + bytes > kExchangesBytesMax;
  if (of.is_cut) return;
  bytes_ += bytes;
  of.bytes += bytes;
  if (!marker_.empty()) {
    boost::algorithm::erase_all(exchange.call.arguments, marker_);
    boost::algorithm::erase_all(
        exchange.answer ? *exchange.answer : exchange.answer.error().message, marker_);
  }
  of.list.push_back(std::move(exchange));
}

Exchanges ExchangeLog::take(std::size_t input) {
  return input < of_input_.size() ? std::move(of_input_[input]) : Exchanges();
}

Replay::Replay(std::vector<Exchanges> exchanges) {
  for (Exchanges& of : exchanges) {
    std::vector<bool> used(of.list.size());
    inputs_.push_back({std::move(of), std::move(used), {}});
  }
}

HttpHandler Replay::handler(std::shared_ptr<Replay> replay) {
  return [replay = std::move(replay)](HttpCall call) -> awaitable<Result<std::string>> {
    co_return replay->answer(call);
  };
}

Result<std::string> Replay::answer(const HttpCall& call) {
  Input& input = inputs_.at(call.input);
  const std::vector<Exchange>& list = input.exchanges.list;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if ((input.used[i] && !is_read(call)) || !is_same(list[i].call, call)) continue;
    // What is read again after it has changed is told as it was then, while there is more of it.
    const bool is_more = input.used[i] && std::any_of(list.begin() + static_cast<long>(i) + 1,
                                                      list.end(), [&](const Exchange& later) {
                                                        return is_same(later.call, call);
                                                      });
    if (is_more) continue;
    input.used[i] = true;
    return list[i].answer;
  }
  if (input.unanswered.empty()) input.unanswered.push_back(call);
  return fail(ErrorCode::kNotFound,
              "The active script did not ask for this: a shadow asks nothing "
              "of the provider.");
}

const HttpCall* Replay::unanswered(std::size_t input) const {
  const std::vector<HttpCall>& calls = inputs_.at(input).unanswered;
  return calls.empty() ? nullptr : &calls.front();
}

std::string request_form(const HttpCall& call, const std::vector<std::string_view>& sources) {
  const std::string method = is_read(call) ? "GET" : boost::algorithm::to_upper_copy(call.function);
  const auto arguments = arguments_of(call);
  json::array named;
  if (arguments && !arguments->empty()) {
    const json::value& first = arguments->front();
    named = first.is_array() ? first.get_array() : json::array{first};
  }
  std::string form;
  for (std::size_t i = 0; i < std::min(named.size(), kAddressesTold); ++i) {
    const json::value* url = address_in(named[i]);
    form += form.empty() ? " " : ", ";
    form += url != nullptr && url->is_string() ? address_form(url->get_string(), sources) : "…";
  }
  if (named.size() > kAddressesTold) form += ", …";
  return method + form + (call.function == "getAll" ? " (all pages)" : "");
}

}  // namespace vouch::ops
