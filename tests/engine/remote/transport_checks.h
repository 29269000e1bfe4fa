// What every transport must do, whichever way the bytes go.
#pragma once

#include <functional>
#include <memory>

#include "engine/remote/connection.h"

namespace lathe::test {

// Runs commands: codes, both streams, quoting, much output, a deadline, a cancel.
void checkRun(remote::Connection& connection);
// Sends a file once, also over a second connection; executes it.
void checkPush(const remote::DeviceAddress& address, const remote::Tools& tools);
// Ten megabytes there and back while both sides write; the end of the input ends the program.
void checkChannel(remote::Connection& connection);

std::shared_ptr<remote::Connection> connect(const remote::DeviceAddress& address, const remote::Tools& tools);
// The kind of the failure of connecting, and its whole text in the test's output when it is not the expected
// one.
void expectNoConnection(const remote::DeviceAddress& address, const remote::Tools& tools,
                        remote::Failure::Kind kind);
// Does `harm` while a long command runs and expects this failure within five seconds.
void expectBroken(remote::Connection& connection, const std::function<void()>& harm,
                  remote::Failure::Kind kind);

}  // namespace lathe::test
