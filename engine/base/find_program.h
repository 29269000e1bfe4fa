// Where a program of the user lies.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace lathe::base {

// The path chosen in the settings when there is one, else the first executable file of that name in PATH,
// else in the other folders. A chosen path that is no executable file gives nothing: another program would
// surprise.
std::optional<std::filesystem::path> findProgram(std::string_view name,
                                                 const std::filesystem::path& chosen = {},
                                                 const std::vector<std::filesystem::path>& otherFolders = {});

}  // namespace lathe::base
