// Bytes of responses: heads, chunks, event streams, files. Without Beast.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "http/message.h"

namespace vouch::http {

struct HeadOptions {
  std::optional<std::size_t> length;  // empty: chunked (or until the end, in HTTP/1.0)
  bool keep_alive = true;
  bool http_1_0 = false;
  TimeMs now_ms = 0;
};

// The status line and all headers, with the empty line that ends them.
std::string response_head(const Response& response, const HeadOptions& options);
std::string_view reason_phrase(int status);

std::string chunk(std::string_view data);  // empty data: an empty string, never the last chunk
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

// The messages as text/event-stream; a comment, which keeps the connection alive, where there is
// none.
std::string event_text(const std::vector<ops::StreamEvent>& events);
void add_stream_headers(Response& response);

// A stranger's file: kept, not shown; no script of it runs with our rights.
void add_file_headers(Response& response, const ops::FileAnswer& file);

inline constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 3\r\n"
    "Connection: close\r\nContent-Length: 69\r\n\r\n"
    R"({"error":"unavailable","message":"Too many connections. Try again."})"
    "\n";

// A regular file, open for reading; links are not followed.
class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::optional<std::size_t> size() const { return size_; }  // empty: there is no such file
  std::size_t read(char* data, std::size_t size, std::size_t offset) const;  // 0: at the end

 private:
  int fd_ = -1;
  std::optional<std::size_t> size_;
};

// A path for a Unix socket: where the real one is longer than an address can be, one through
// /proc/self/fd, valid for as long as this lives.
class SocketAddress {
 public:
  explicit SocketAddress(const std::filesystem::path& path);
  ~SocketAddress();
  SocketAddress(const SocketAddress&) = delete;
  SocketAddress& operator=(const SocketAddress&) = delete;
  const std::string& path() const { return path_; }

 private:
  int folder_fd_ = -1;
  std::string path_;
};

}  // namespace vouch::http
