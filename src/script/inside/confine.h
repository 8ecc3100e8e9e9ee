// Takes away from this process, for good, every system call that running a script does not need:
// no file can be opened, no process started, no socket made, no memory made executable.
#pragma once

namespace vouch::script {

// All threads, once the engine is up and before any script is read. Ends the process when the
// kernel cannot.
void confine();

}  // namespace vouch::script
