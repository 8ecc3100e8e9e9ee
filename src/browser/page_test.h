// Tests that look at a page of testdata/pages in a real browser.
#pragma once

#include "browser/test_support.h"

namespace vouch::browser {

class PageTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<World>(); }
  static void TearDownTestSuite() { world_.reset(); }

  std::unique_ptr<Session> open(const std::string& base) { return world_->open(base); }
  std::unique_ptr<Session> open_page(const std::string& page) {
    auto session = open(world_->fixtures());
    visit(*session, "/" + page);
    return session;
  }

  template <class T>
  T run(asio::awaitable<T> work) {
    return world_->run(std::move(work));
  }
  template <class T>
  T ok(asio::awaitable<Result<T>> work) {
    Result<T> result = run(std::move(work));
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
  }

  Effect visit(Session& session, const std::string& url) {
    return ok(session.perform({Action::Kind::kGoto, std::nullopt, url}));
  }
  Effect click(Session& session, Locator locator) {
    return ok(session.perform({Action::Kind::kClick, std::move(locator), ""}));
  }

  static inline std::unique_ptr<World> world_;
};

inline Locator role(std::string role, std::string name) {
  return {{{.by = LocatorStep::By::kRole,
            .value = std::move(role),
            .name = std::move(name),
            .exact = true}}};
}
inline Locator text(std::string value) {
  return {{{.by = LocatorStep::By::kText, .value = std::move(value), .exact = true}}};
}
inline Locator css(std::string value) {
  return {{{.by = LocatorStep::By::kCss, .value = std::move(value)}}};
}

}  // namespace vouch::browser
