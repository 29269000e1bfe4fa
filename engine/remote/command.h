// What is to be run on a device, and the one place that writes it for the device's shell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/process.h"

namespace lathe::remote {

struct Command {
    std::vector<std::string> arguments = {};  // the program first; never read by a shell
    base::Environment environment = {};
    std::string workingFolder = {};  // empty: where the device's shell starts
    // A program of ours: it gets the device's run prefix (an emulator with its options) and environment.
    bool own = false;
};

// A shell script as a command.
inline Command script(std::string text) { return {.arguments = {"sh", "-c", std::move(text)}}; }

// One word for a POSIX shell, whatever is in it.
std::string shellWord(std::string_view text);
// "cd FOLDER && NAME=VALUE exec PROGRAM ARGUMENTS".
std::string shellLine(const Command& command);

// Runs the line and then prints, on standard output, a newline, `mark`, the exit code and a newline: tools
// that carry the line may lose the exit code, and some answer 0 when the link broke. Standard input must stay
// open: at its end the command and what it started is killed, so that a broken link leaves nothing
// running.
std::string markedLine(const std::string& line, const std::string& mark);

// Finds the mark, takes it and what follows off `output`, and returns the exit code.
std::optional<int> takeMark(std::string& output, std::string_view mark);

}  // namespace lathe::remote
