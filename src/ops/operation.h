// The operation table: everything that can be asked of Vouch, once. REST, and later MCP, the
// command line and OpenAPI, are read off these rows, so a new operation is one row and its handler:
//
//   add a row in the `*_operations()` of the file it belongs to (projects.cc, features.cc …), with
//   its JSON Schemas, and write the handler beside it. Nothing else has to know of it.
//
// The table is plain data and needs no server: `operations()` may be called anywhere. Handlers run
// on the server's one io_context thread, get a Call whose principal was authenticated, whose scope
// was checked and whose parameters were validated, and answer with a Result; Error codes become
// statuses.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vouch::ops {

struct Services;

// Whose conventions a row follows: key header, envelope, codes, rule for null. kOps: the bare
// result, 201 and 202 where something was made or begun, errors as {error,message,details}.
// kAdapters (adapters/wire.h): results in an envelope, 200 whenever it went well, nothing null,
// errors as {error:{code,message,details,field}}, and the key in X-Api-Key as well.
enum class Dialect { kOps, kAdapters };
inline constexpr std::string_view kAdapterScripts = "/api/v1/adapter-scripts";  // its routes …
inline constexpr std::string_view kAuth = "/api/v1/auth";                       // … and these

enum class Method { kGet, kPost, kPut, kPatch, kDelete };
std::string_view to_string(Method method);

// What a key must be allowed to do. kNone: no key is needed (health, signed links).
enum class Scope { kNone, kRead, kWrite, kGenerate, kAdmin };
std::string_view to_string(Scope scope);
std::optional<Scope> scope_from(std::string_view word);

// kCreate makes something: 201 and where it is. kDispatch starts a job: 202 and the id to poll.
// Only kRead is given up when its caller goes away.
enum class Effect { kRead, kWrite, kCreate, kDispatch };

// Where an operation is offered; a set of bits.
using Surfaces = unsigned;
inline constexpr Surfaces kRest = 1, kMcp = 2, kCli = 4;
// The socket in the data folder, whose users are the machine's own: no key, the rights of an admin.
inline constexpr Surfaces kAdminSocket = 8;

// Who calls: a key, which belongs to one workspace and sees nothing outside it.
struct Principal {
  std::string workspace_id;  // empty for the admin socket and for callers without a key
  std::string key_id;
  std::vector<Scope> scopes;

  bool may(Scope scope) const;  // kAdmin may everything
};

// A body that is read line by line while it is answered: newline-delimited JSON.
class LineSource {
 public:
  virtual ~LineSource() = default;
  // The next lines as they have come, without their line ends; empty optional: there are no more.
  // An Error breaks the request off: it is malformed, or a line is too long.
  virtual boost::asio::awaitable<Result<std::optional<std::vector<std::string>>>> next() = 0;
};

// A request's Idempotency-Key, with what it was sent with.
struct Idempotency {
  std::string key;
  std::string body_hash;  // of method, path and body
};

struct Call {
  Principal principal;
  std::string operation;  // its name
  // Path, query and body in one object, as the row's schema declares: query values have their type,
  // and members that the schema does not know are gone.
  boost::json::object params;
  std::optional<std::chrono::seconds> wait;   // Prefer: wait, at most kWaitMax
  std::optional<std::int64_t> last_event_id;  // of an event stream that is resumed
  std::optional<Idempotency> idempotency;     // on POSTs
  std::string base_url;                       // "http://127.0.0.1:8080", as the caller reached us
  // Of an operation that takes lines, where the caller sent them: then no body is in `params`.
  std::shared_ptr<LineSource> lines;

  // The text of a parameter; empty where it is absent. Its presence is the schema's matter.
  std::string text(std::string_view name) const;
  std::optional<std::string> optional_text(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  bool has(std::string_view name) const;  // present and not null
};

inline constexpr std::chrono::seconds kWaitMax{170};

// One message of an event stream.
struct StreamEvent {
  std::int64_t id = 0;  // grows; resumes the stream as Last-Event-ID
  std::string name;
  boost::json::object data;
};

// Events as they come. The reader's pace is the source's: nothing is buffered for a slow one.
class EventSource {
 public:
  virtual ~EventSource() = default;
  // The next events; none when `patience` passed without one; empty optional: the stream has ended.
  virtual boost::asio::awaitable<std::optional<std::vector<StreamEvent>>> next(
      std::chrono::milliseconds patience) = 0;
};

// A file answered instead of a body. It may be a stranger's HTML: it is sent so that no browser
// runs it with our rights.
struct FileAnswer {
  std::filesystem::path path;
  std::string name;  // for Content-Disposition
  std::string content_type;
  std::optional<std::string> content = {};  // then there is no file at `path`
};

struct Answer {
  int status = 200;
  boost::json::value body;
  std::string location = {};  // path of what was made or dispatched
  std::optional<std::chrono::seconds> retry_after = {};
  std::unique_ptr<EventSource> events = {};  // then, or with a file, `body` is not sent
  std::optional<FileAnswer> file = {};
  std::unique_ptr<LineSource> lines = {};  // then they are sent, as newline-delimited JSON
};

using Handler = std::function<boost::asio::awaitable<Result<Answer>>(Services&, const Call&)>;

struct Operation {
  std::string name;  // "generate_feature": the MCP tool, the OpenAPI operationId
  Dialect dialect = Dialect::kOps;
  // Of the public documentation: unknown body members are ignored. On ours they are refused.
  bool documented = false;
  Method method = Method::kGet;
  std::string route;  // "/api/v1/ops/projects/{project}/features/{feature}"
  // JSON Schema of an object with every parameter; each property says where it stands with
  // "in": "path", "query" or "body".
  boost::json::object parameters;
  boost::json::object result;  // JSON Schema of the answer's body
  Scope scope = Scope::kRead;
  Effect effect = Effect::kRead;
  bool streaming = false;    // answers with events
  bool waits = false;        // takes Prefer: wait
  bool takes_lines = false;  // … or, instead of a JSON body, lines of JSON: answers with lines
  bool destructive = false;  // cannot be taken back
  Surfaces surfaces = kRest;
  std::string command;      // "features show <feature>"; empty: none
  std::string description;  // a sentence or two for people and agents
  Handler handler;
};

// Every operation, in the order of the documentation.
std::vector<Operation> operations();

}  // namespace vouch::ops
