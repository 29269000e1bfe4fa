// The shell script that holds a session folder on a device: it sweeps, makes the folder, says where, waits
// for the end of its input, ends what still runs of the session, and removes the folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lathe::remote {

// `folder` is a word for the shell, `session` and `mark` plain words. Removed are session folders whose
// keeper does not run any more, or, where that cannot be told, older than a day; and sent files not used for
// thirty days.
std::string keeperLine(const std::string& folder, const std::string& session, const std::string& mark);

struct KeeperAnswer {
    bool failed = false;  // the reason is on standard error
    std::string folder;   // Lathe's folder on the device
};
// Nothing while the answer is not complete; whatever a login shell printed before is skipped.
std::optional<KeeperAnswer> keeperAnswer(std::string_view output, std::string_view mark);

// True once the keeper has said that nothing of the session is left.
bool keeperRemoved(std::string_view output, std::string_view mark);

// A line that the keeper can end if its program does not end by itself. `folder` is the answer's.
std::string startLine(const std::string& line, const std::string& folder, const std::string& session,
                      int number);

}  // namespace lathe::remote
