// What a generation asks while it waits, answered by the command's flags or by the person at the
// terminal.
#pragma once

#include <map>
#include <string>

#include "cli/client.h"
#include "cli/generation_target.h"
#include "cli/invocation.h"

namespace vouch::cli {

using Answers = std::map<std::string, std::string>;  // by question id: the value of a candidate

// Empty: all was answered, and the generation goes on. Else what is asked was told, and somebody
// must answer with these options: "--answer line-12=N".
Result<std::string> clarify(const Invocation& invocation, Client& client,
                            const GenerationTarget& target, const Answers& answers);

}  // namespace vouch::cli
