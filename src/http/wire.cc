#include "http/wire.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "base/json.h"

namespace vouch::http {
namespace {

// "Sun, 22 Nov 2026 03:50:23 GMT"
std::string http_date(TimeMs ms) {
  const std::time_t seconds = ms / 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[40];
  std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT", kDays[parts.tm_wday],
                parts.tm_mday, kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour,
                parts.tm_min, parts.tm_sec);
  return text;
}

void add(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (char c : value) head += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
  head += "\r\n";
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

// For Content-Disposition: what every client reads the same way.
std::string plain_name(std::string_view name) {
  std::string text(name.substr(name.rfind('/') + 1));
  for (char& c : text) {
    if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') c = '_';
  }
  return text;
}

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Unknown";
  }
}

std::string response_head(const Response& response, const HeadOptions& options) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " +
                     std::string(reason_phrase(response.status)) + "\r\n";
  add(head, "Date", http_date(options.now_ms));
  for (const auto& [name, value] : response.headers) add(head, name, value);
  add(head, "X-Content-Type-Options", "nosniff");
  if (has_body(response.status)) {
    if (options.length) {
      add(head, "Content-Length", std::to_string(*options.length));
    } else if (!options.http_1_0) {
      add(head, "Transfer-Encoding", "chunked");
    }
  }
  if (!options.keep_alive) add(head, "Connection", "close");
  if (options.keep_alive && options.http_1_0) add(head, "Connection", "keep-alive");
  return head + "\r\n";
}

std::string chunk(std::string_view data) {
  if (data.empty()) return {};
  char size[20];
  auto [end, error] = std::to_chars(size, size + sizeof size, data.size(), 16);
  std::string text(size, end);
  text += "\r\n";
  text += data;
  return text + "\r\n";
}

std::string event_text(const std::vector<ops::StreamEvent>& events) {
  if (events.empty()) return ": keep-alive\n\n";
  std::string text;
  for (const ops::StreamEvent& event : events) {
    text += "id: " + std::to_string(event.id) + "\nevent: " + event.name +
            "\ndata: " + json_text(event.data) + "\n\n";
  }
  return text;
}

void add_stream_headers(Response& response) {
  response.headers.emplace_back("Content-Type", "text/event-stream");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Accel-Buffering", "no");  // for proxies that would collect
}

void add_file_headers(Response& response, const ops::FileAnswer& file) {
  response.headers.emplace_back("Content-Type", file.content_type);
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + plain_name(file.name) + "\"");
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  response.headers.emplace_back("Cache-Control", "private, no-store");
}

OpenFile::OpenFile(const std::filesystem::path& path)
    : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {
  struct stat status{};
  if (fd_ >= 0 && ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::size_t>(status.st_size);
  }
}

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}

std::size_t OpenFile::read(char* data, std::size_t size, std::size_t offset) const {
  const ssize_t got = ::pread(fd_, data, size, static_cast<off_t>(offset));
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

SocketAddress::SocketAddress(const std::filesystem::path& path) : path_(path.string()) {
  if (path_.size() < sizeof(sockaddr_un::sun_path)) return;
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  folder_fd_ = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  path_ = "/proc/self/fd/" + std::to_string(folder_fd_) + "/" + path.filename().string();
}

SocketAddress::~SocketAddress() {
  if (folder_fd_ >= 0) ::close(folder_fd_);
}

}  // namespace vouch::http
