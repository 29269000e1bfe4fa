// What happens to a phone and a board in use, and what must be left of it: nothing.
#pragma once

#include <vector>

#include "tests/engine/remote/fault_table.h"
#include "tests/support/devices/rigs.h"

namespace lathe::test {

// Waits until adb sees the phone again.
void connectAgain(AdbServer& server, SimulatedPhone& phone);
std::vector<Fault> phoneFaults(AdbServer& server, SimulatedPhone& phone);
std::vector<Fault> boardFaults(Board& board);

// No process and no folder of a session.
void expectNothingLeft(SimulatedPhone& phone);
void expectNothingLeft(Board& board);

}  // namespace lathe::test
