// Texts for people about adapter scripts and their generations. Pure; whole lines.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/terminal.h"

namespace vouch::cli {

// How far a generation is, what its tests said, what it asks.
std::string adapter_job_report(const Terminal& terminal, const boost::json::object& job);
// What a script assumes since no sample decides it, a line each.
std::string assumed_report(const boost::json::object& script);
// Where each field comes from, what is assumed, what answers decided, how it differs from the
// active one, and the source.
std::string script_report(const Terminal& terminal, const boost::json::object& script);

}  // namespace vouch::cli
