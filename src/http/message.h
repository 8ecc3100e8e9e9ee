// HTTP messages as plain values. Beast stays in server.cc; everything else speaks these.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ops/operation.h"

namespace vouch::http {

using Header = std::pair<std::string, std::string>;

bool equal_ignoring_case(std::string_view a, std::string_view b);  // of ASCII letters

// The first value of a header, whatever the case of its name; empty optional: there is none.
std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                            std::string_view name);

struct Request {
  std::string method;  // "GET"
  std::string target;  // path and query as sent: "/api/v1/ops/projects?limit=2"
  std::vector<Header> headers;
  std::string body;
  bool local_admin = false;  // came over the admin socket
  // Of newline-delimited JSON, instead of `body`: read while it is answered. Valid until then.
  std::shared_ptr<ops::LineSource> lines = {};

  std::optional<std::string_view> header(std::string_view name) const {
    return find_header(headers, name);
  }
};

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  // Instead of `body`: an endless stream of events, lines as they are made, or a file that is read
  // while it is sent.
  std::unique_ptr<ops::EventSource> events;
  std::unique_ptr<ops::LineSource> lines;
  std::optional<ops::FileAnswer> file;

  std::optional<std::string_view> header(std::string_view name) const {
    return find_header(headers, name);
  }
  // Of one with a body: no events, lines or file.
  Response copy() const {
    Response same;
    same.status = status;
    same.headers = headers;
    same.body = body;
    return same;
  }
};

}  // namespace vouch::http
