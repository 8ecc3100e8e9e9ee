// A Session whose page lives in a browser host.
#pragma once

#include <memory>
#include <string>

#include "browser/browser.h"
#include "browser/connection.h"

namespace vouch::browser {

// `keeper` keeps the host in use for as long as the session exists.
boost::asio::awaitable<Result<std::unique_ptr<Session>>> open_session(
    std::shared_ptr<Connection> connection, std::shared_ptr<Host> keeper, std::string id,
    ContextOptions options);

}  // namespace vouch::browser
