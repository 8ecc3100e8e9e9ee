// Opens pages of a site one after the other, for who walks over it. A page that hangs or breaks is
// lost alone: the next one is opened in a session of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "browser/browser.h"

namespace vouch::features::explore {

inline constexpr int kHangingPagesMax = 3;  // of a walk, which ends then: each takes its time

class Visitor {
 public:
  struct Visit {
    browser::Effect effect;
    browser::Snapshot snapshot;
  };

  Visitor(browser::Host& host, browser::ContextOptions options)
      : host_(host), options_(std::move(options)) {}

  boost::asio::awaitable<Result<Visit>> visit(std::string path);
  // So many pages hung that the others are not worth the wait.
  bool has_had_enough() const { return hanging_ >= kHangingPagesMax; }

 private:
  boost::asio::awaitable<Result<Visit>> visit_in_session(std::string path);

  browser::Host& host_;
  const browser::ContextOptions options_;
  std::unique_ptr<browser::Session> session_;
  int hanging_ = 0;
};

}  // namespace vouch::features::explore
