// What the operations answer: the JSON Schema of each body, closed, so that a member that is not
// documented here is a fault which every test of the server notices.
#pragma once

#include <boost/json/object.hpp>

namespace vouch::ops::results {

boost::json::object ok();                            // {"ok":true}
boost::json::object list(boost::json::object item);  // {"items":[…],"nextCursor":…}

boost::json::object project();
boost::json::object feature();
boost::json::object feature_summary();
boost::json::object generation_dispatched();
boost::json::object generation_status();
boost::json::object generation_log();
boost::json::object proof();  // one Then's
boost::json::object run_dispatched();
boost::json::object run_summary();
boost::json::object run_digest();
boost::json::object artifacts();  // a bare array
boost::json::object diagnosis();
boost::json::object config();
boost::json::object file_summary();
boost::json::object file();
boost::json::object key();
boost::json::object created_key();
boost::json::object whoami();
boost::json::object secret();
boost::json::object credits();
boost::json::object workspace();
boost::json::object ledger_line();
boost::json::object project_credits();
boost::json::object schedule();
boost::json::object exploration_dispatched();
boost::json::object exploration();
boost::json::object healing();
boost::json::object proving();
boost::json::object clarification();
boost::json::object audit_line();
boost::json::object health();
boost::json::object ready();

}  // namespace vouch::ops::results
