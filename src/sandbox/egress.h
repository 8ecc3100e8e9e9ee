// Where a program may talk to. One EgressPolicy answers for every connection that leaves Vouch for
// a person's sake: the pages a sandboxed browser opens (through Proxy), and later webhooks,
// providers and model calls.
//
// A connection is allowed when both hold:
//   1. its origin (scheme, host, port) is on the allow-list, and
//   2. the ADDRESS that is then connected to is of an allowed kind. The check is made after name
//      resolution, on the very endpoint that is dialled, so a name that changes its mind between
//      two look-ups (DNS rebinding) gains nothing.
// Never reachable, whatever the list says: link-local (169.254.0.0/16, fe80::/10), the metadata
// services of clouds (100.100.100.200, 168.63.129.16, fd00:ec2::254 …), multicast, 0.0.0.0/8, ::
// and reserved ranges. Loopback and private ranges need the operator's flag. An IPv4 address
// wrapped in IPv6 (mapped, NAT64, 6to4) counts as the IPv4 address.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vouch::sandbox {

// scheme is "http" or "https" (ws and wss are parsed to these); host is lower case, an IPv6 host
// without brackets. A host pattern "*.example.org" stands for every name below example.org, "*" for
// every host; port 0 in a pattern stands for every port.
struct Origin {
  std::string scheme;
  std::string host;
  std::uint16_t port = 0;

  // "http://localhost:3000/any/path" -> {http, localhost, 3000}. The path is ignored. For a
  // pattern "https://*.example.org" the port is the scheme's; "http://*:*" stands for every port.
  static Result<Origin> parse(std::string_view url);
  std::string to_string() const;  // "http://localhost:3000", "https://[::1]:8443"
  bool operator==(const Origin&) const = default;
};

// The kinds of address the checks distinguish.
enum class AddressKind { kPublic, kLoopback, kPrivate, kNever };
AddressKind kind_of(const boost::asio::ip::address& address);

// Names to addresses. Injected, so that tests can rebind.
class Resolver {
 public:
  virtual ~Resolver() = default;
  // Every address of `host`, in the order to try them; an error when there is none.
  virtual boost::asio::awaitable<Result<std::vector<boost::asio::ip::address>>> resolve(
      std::string host) = 0;
};

// getaddrinfo on Asio's own resolver thread.
class SystemResolver final : public Resolver {
 public:
  boost::asio::awaitable<Result<std::vector<boost::asio::ip::address>>> resolve(
      std::string host) override;
};

struct EgressOptions {
  std::vector<Origin> origins;
  bool allow_loopback = false;  // 127.0.0.0/8, ::1: for the embedded default, people test localhost
  bool allow_private = false;   // 10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7 …
};

// A host that was asked for and not allowed, so that the person can be told.
struct Refusal {
  std::string host;
  std::uint16_t port = 0;
  std::string reason;  // one sentence
  std::uint64_t count = 0;
};

// Any thread. Shared by the proxies of every process that has the same rights.
class EgressPolicy {
 public:
  static constexpr std::size_t kRefusedMax = 256;  // distinct host:port kept; further ones are not

  explicit EgressPolicy(EgressOptions options);

  // Says what a policy that was made without origins allows from now on: for a program that is
  // started before it is known what it will be for. At most once.
  void decide(EgressOptions options);

  // Rule 1. `scheme` empty: any scheme (a CONNECT tunnel does not tell). kForbidden otherwise, with
  // a sentence that names the host; the refusal is recorded.
  Result<void> check_origin(std::string_view scheme, std::string_view host, std::uint16_t port);
  // Rule 2, for the address that is about to be dialled on behalf of host:port.
  Result<void> check_address(const boost::asio::ip::address& address, std::string_view host,
                             std::uint16_t port);

  // Both rules around one resolution: the endpoints that may be dialled, best first; never empty.
  // "localhost" and names below it are 127.0.0.1 and ::1 without asking `resolver`. kForbidden when
  // not allowed, kUnavailable when the name does not resolve.
  boost::asio::awaitable<Result<std::vector<boost::asio::ip::tcp::endpoint>>> endpoints(
      Resolver& resolver, std::string scheme, std::string host, std::uint16_t port);

  std::vector<Refusal> refused() const;
  const EgressOptions& options() const { return *options_.load(); }

 private:
  std::unexpected<Error> refuse(std::string_view host, std::uint16_t port, std::string reason);

  const EgressOptions made_with_;
  EgressOptions decided_;
  std::atomic<const EgressOptions*> options_{&made_with_};  // one of the two above
  mutable std::mutex mutex_;
  std::vector<Refusal> refused_;
};

}  // namespace vouch::sandbox
