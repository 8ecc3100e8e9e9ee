#include "sandbox/egress.h"

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <cstring>
#include <optional>
#include <span>

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
using asio::ip::address;
using asio::ip::address_v4;
using asio::ip::address_v6;

std::string normal_host(std::string_view host) {
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (host.size() > 1 && host.back() == '.') host.remove_suffix(1);
  std::string lower(host);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return 'A' <= c && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  boost::system::error_code error;
  auto literal = asio::ip::make_address(lower, error);
  return error ? lower : literal.to_string();
}

std::uint16_t default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

std::string to_authority(std::string_view host, std::uint16_t port) {
  std::string text = host.contains(':') ? "[" + std::string(host) + "]" : std::string(host);
  return text + ":" + std::to_string(port);
}

bool is_localhost(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost");
}

bool matches(const Origin& pattern, std::string_view scheme, std::string_view host,
             std::uint16_t port) {
  if (!scheme.empty() && scheme != pattern.scheme) return false;
  if (pattern.port != 0 && port != pattern.port) return false;
  if (pattern.host == "*" || pattern.host == host) return true;
  return pattern.host.starts_with("*.") && host.size() > pattern.host.size() - 1 &&
         host.ends_with(std::string_view(pattern.host).substr(1));
}

struct Range4 {
  std::array<unsigned char, 4> base;
  int bits;
  AddressKind kind;
};

// IANA's special-purpose registry, and the metadata services that live in ordinary ranges. The
// first match counts.
constexpr Range4 kRanges4[] = {
    {{0, 0, 0, 0}, 8, AddressKind::kNever},
    {{169, 254, 0, 0}, 16, AddressKind::kNever},      // link-local, most clouds' metadata
    {{100, 100, 100, 200}, 32, AddressKind::kNever},  // Alibaba's metadata
    {{168, 63, 129, 16}, 32, AddressKind::kNever},    // Azure's
    {{192, 0, 0, 192}, 32, AddressKind::kNever},      // Oracle's
    {{224, 0, 0, 0}, 3, AddressKind::kNever},         // multicast, reserved, broadcast
    {{127, 0, 0, 0}, 8, AddressKind::kLoopback},
    {{10, 0, 0, 0}, 8, AddressKind::kPrivate},
    {{172, 16, 0, 0}, 12, AddressKind::kPrivate},
    {{192, 168, 0, 0}, 16, AddressKind::kPrivate},
    {{100, 64, 0, 0}, 10, AddressKind::kPrivate},  // carrier-grade NAT
    {{192, 0, 0, 0}, 24, AddressKind::kPrivate},
    {{192, 0, 2, 0}, 24, AddressKind::kPrivate},  // documentation, as are the next two
    {{198, 51, 100, 0}, 24, AddressKind::kPrivate},
    {{203, 0, 113, 0}, 24, AddressKind::kPrivate},
    {{198, 18, 0, 0}, 15, AddressKind::kPrivate},  // benchmarking
};

bool in_prefix(std::span<const unsigned char> bytes, std::span<const unsigned char> base,
               int bits) {
  const int whole = bits / 8;
  if (!std::equal(base.begin(), base.begin() + whole, bytes.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || ((bytes[whole] ^ base[whole]) >> (8 - rest)) == 0;
}

AddressKind kind_of_v4(const address_v4& v4) {
  const auto bytes = v4.to_bytes();
  for (const Range4& range : kRanges4) {
    if (in_prefix(bytes, range.base, range.bits)) return range.kind;
  }
  return AddressKind::kPublic;
}

address_v4 v4_at(const address_v6::bytes_type& bytes, std::size_t at) {
  return address_v4({bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
}

AddressKind kind_of_v6(const address_v6& v6) {
  const auto bytes = v6.to_bytes();
  const auto within = [&](std::string_view base, int bits) {
    return in_prefix(bytes, asio::ip::make_address_v6(base).to_bytes(), bits);
  };
  if (v6.is_loopback()) return AddressKind::kLoopback;
  if (within("::ffff:0:0", 96)) return kind_of_v4(v4_at(bytes, 12));  // mapped
  if (within("::", 96)) return AddressKind::kNever;                   // ::, v4-compatible
  if (within("64:ff9b::", 96)) return kind_of_v4(v4_at(bytes, 12));   // NAT64
  if (within("64:ff9b:1::", 48)) return AddressKind::kPrivate;
  if (within("2002::", 16)) return kind_of_v4(v4_at(bytes, 2));  // 6to4
  if (within("2001::", 32)) return AddressKind::kNever;          // Teredo
  if (within("fd00:ec2::254", 128)) return AddressKind::kNever;  // Amazon's metadata
  if (within("fd20:ce::254", 128)) return AddressKind::kNever;   // Google's
  if (within("fc00::", 7)) return AddressKind::kPrivate;
  if (within("fec0::", 10)) return AddressKind::kPrivate;
  if (within("2001:db8::", 32)) return AddressKind::kPrivate;
  return within("2000::", 3) ? AddressKind::kPublic : AddressKind::kNever;
}

}  // namespace

Result<Origin> Origin::parse(std::string_view url) {
  const auto invalid = [&](std::string_view why) {
    return fail(ErrorCode::kInvalidRequest,
                "'" + std::string(url.substr(0, 200)) + "' is not the address of a site: " +
                    std::string(why) + ". Write it like http://localhost:3000.");
  };
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return invalid("it has no scheme");
  Origin origin;
  origin.scheme = normal_host(url.substr(0, scheme_end));
  if (origin.scheme == "ws") origin.scheme = "http";
  if (origin.scheme == "wss") origin.scheme = "https";
  if (origin.scheme != "http" && origin.scheme != "https") {
    return invalid("its scheme is neither http nor https");
  }
  std::string_view authority = url.substr(scheme_end + 3);
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (authority.contains('@')) return invalid("it holds a user name");
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  std::string_view host = authority;
  origin.port = default_port(origin.scheme);
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    host = authority.substr(0, colon);
    const std::string_view port = authority.substr(colon + 1);
    if (port == "*") {
      origin.port = 0;
    } else if (!port.empty()) {
      const auto [end, error] =
          std::from_chars(port.data(), port.data() + port.size(), origin.port);
      if (error != std::errc() || end != port.data() + port.size() || origin.port == 0) {
        return invalid("its port is not a number from 1 to 65535");
      }
    }
  }
  origin.host = normal_host(host);
  if (origin.host.empty()) return invalid("it has no host");
  const bool bracketed = host.front() == '[';
  if (bracketed != origin.host.contains(':')) return invalid("its host is malformed");
  for (char c : origin.host) {
    const bool good = c == '-' || c == '.' || c == '_' || c == ':' || c == '*' || c == '%' ||
                      std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80);
    if (!good) return invalid("its host is malformed");
  }
  return origin;
}

std::string Origin::to_string() const {
  std::string text = scheme + "://" + (host.contains(':') ? "[" + host + "]" : host);
  if (port == 0) return text + ":*";
  return port == default_port(scheme) ? text : text + ":" + std::to_string(port);
}

AddressKind kind_of(const address& address) {
  return address.is_v4() ? kind_of_v4(address.to_v4()) : kind_of_v6(address.to_v6());
}

asio::awaitable<Result<std::vector<address>>> SystemResolver::resolve(std::string host) {
  asio::ip::tcp::resolver resolver(co_await asio::this_coro::executor);
  boost::system::error_code error;
  auto found =
      co_await resolver.async_resolve(host, "", asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    co_return fail(ErrorCode::kUnavailable,
                   "The name " + host + " cannot be resolved: " + error.message() + ".");
  }
  std::vector<address> addresses;
  for (const auto& entry : found) {
    if (std::ranges::find(addresses, entry.endpoint().address()) == addresses.end()) {
      addresses.push_back(entry.endpoint().address());
    }
  }
  co_return addresses;
}

EgressPolicy::EgressPolicy(EgressOptions options) : made_with_(std::move(options)) {}

void EgressPolicy::decide(EgressOptions options) {
  VOUCH_CHECK(options_.load() == &made_with_ && made_with_.origins.empty());
  decided_ = std::move(options);
  options_.store(&decided_);
}

Result<void> EgressPolicy::check_origin(std::string_view scheme, std::string_view host,
                                        std::uint16_t port) {
  const std::string normal = normal_host(host);
  for (const Origin& pattern : options().origins) {
    if (matches(pattern, scheme, normal, port)) return {};
  }
  return refuse(normal, port,
                to_authority(normal, port) +
                    " is not one of the addresses this project may reach; add it to the allowed "
                    "origins if it belongs to the site.");
}

Result<void> EgressPolicy::check_address(const address& address, std::string_view host,
                                         std::uint16_t port) {
  const auto refuse_as = [&](std::string_view what) {
    return refuse(
        host, port,
        to_authority(host, port) + " leads to " + address.to_string() + ", " + std::string(what));
  };
  switch (kind_of(address)) {
    case AddressKind::kPublic:
      return {};
    case AddressKind::kLoopback:
      if (options().allow_loopback) return {};
      return refuse_as("an address of this machine itself, which the operator does not allow.");
    case AddressKind::kPrivate:
      if (options().allow_private) return {};
      return refuse_as("a private network, which the operator does not allow.");
    case AddressKind::kNever:
      break;
  }
  return refuse_as("a link-local, metadata or reserved address, which is never allowed.");
}

asio::awaitable<Result<std::vector<asio::ip::tcp::endpoint>>> EgressPolicy::endpoints(
    Resolver& resolver, std::string scheme, std::string host, std::uint16_t port) {
  host = normal_host(host);
  VOUCH_CO_TRY_VOID(check_origin(scheme, host, port));
  std::vector<address> addresses;
  boost::system::error_code not_literal;
  const auto literal = asio::ip::make_address(host, not_literal);
  if (!not_literal) {
    addresses = {literal};
  } else if (is_localhost(host)) {
    addresses = {address(address_v4::loopback()), address(address_v6::loopback())};
  } else {
    auto found = co_await resolver.resolve(host);
    if (!found) co_return std::unexpected(std::move(found).error());
    addresses = *std::move(found);
  }
  std::vector<asio::ip::tcp::endpoint> allowed;
  std::optional<Error> refusal;
  for (const auto& candidate : addresses) {
    if (auto checked = check_address(candidate, host, port); checked) {
      allowed.emplace_back(candidate, port);
    } else if (!refusal) {
      refusal = std::move(checked).error();
    }
  }
  if (!allowed.empty()) co_return allowed;
  if (refusal) co_return std::unexpected(*std::move(refusal));
  co_return fail(ErrorCode::kUnavailable, "The name " + host + " has no address.");
}

std::vector<Refusal> EgressPolicy::refused() const {
  std::lock_guard lock(mutex_);
  return refused_;
}

std::unexpected<Error> EgressPolicy::refuse(std::string_view host, std::uint16_t port,
                                            std::string reason) {
  std::lock_guard lock(mutex_);
  auto known = std::ranges::find_if(
      refused_, [&](const Refusal& r) { return r.host == host && r.port == port; });
  if (known != refused_.end()) {
    ++known->count;
  } else if (refused_.size() < kRefusedMax) {
    refused_.push_back({std::string(host), port, reason, 1});
  }
  return fail(ErrorCode::kForbidden, std::move(reason));
}

}  // namespace vouch::sandbox
