// What the active script exchanged with its provider, kept with the payload until a shadow has run
// on it: the shadow is answered from that alone, so it causes no traffic and no effect.
//
// A request is the same where its function and arguments are. What reads (get, getAll, getBatch) is
// answered as often as it is asked for; the n-th post, put or delete by the n-th that was made,
// since one more would be one more effect.
#pragma once

#include <boost/json/array.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "script/script.h"

namespace vouch::ops {

// Of all payloads of one run, in bytes of requests and answers. What exceeds it is not kept.
inline constexpr std::size_t kExchangesBytesMax = std::size_t{16} << 20;

// What context.http was called with. kInvalidRequest where that is no JSON: a script may cut a
// character of two places in two.
Result<boost::json::array> arguments_of(const script::HttpCall& call);

struct Exchange {
  script::HttpCall call;
  Result<std::string> answer;
};

// Of one payload, in their order.
struct Exchanges {
  std::vector<Exchange> list;
  std::size_t bytes = 0;
  bool is_cut = false;  // there were more than could be kept
};

// Of the payloads of one run of the active script.
class ExchangeLog {
 public:
  // `marker`: as of script::RunOptions. Nothing of it is kept.
  explicit ExchangeLog(std::string marker) : marker_(std::move(marker)) {}
  // Answers as `http` does (null stays null), and keeps it in `log`.
  static script::HttpHandler keeping(script::HttpHandler http, std::shared_ptr<ExchangeLog> log);
  // Of one of the run's inputs; nothing is kept of it any more.
  Exchanges take(std::size_t input);

 private:
  void add(Exchange exchange);

  const std::string marker_;
  std::vector<Exchanges> of_input_;
  std::size_t bytes_ = 0;
};

// Answers a run of a shadow, whose inputs are those of `exchanges`.
class Replay {
 public:
  explicit Replay(std::vector<Exchanges> exchanges);
  static script::HttpHandler handler(std::shared_ptr<Replay> replay);
  // The first request of an input that there was no answer to; null: there was none.
  const script::HttpCall* unanswered(std::size_t input) const;

 private:
  Result<std::string> answer(const script::HttpCall& call);

  struct Input {
    Exchanges exchanges;
    std::vector<bool> used;
    std::vector<script::HttpCall> unanswered;
  };
  std::vector<Input> inputs_;
};

// "GET /orders/…": the method, and of the address the parts that stand in a script's own text;
// what else is in it may be a payload's, and is not told.
std::string request_form(const script::HttpCall& call,
                         const std::vector<std::string_view>& sources);

}  // namespace vouch::ops
