// Ctrl-C. The first one is remembered, so that what was begun can be cancelled; the second ends the
// process at once with 130.
#pragma once

namespace vouch::cli {

// From now on in this process.
void watch_for_interrupts();
bool interrupted();
// A readable descriptor once there was an interrupt; -1 before watch_for_interrupts().
int interrupt_descriptor();
// Written to the terminal by the second Ctrl-C, e.g. to show the cursor again. A literal.
void restore_terminal_on_interrupt(const char* sequence);

}  // namespace vouch::cli
