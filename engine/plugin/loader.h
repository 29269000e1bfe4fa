// Finds plugins and lets them add to the program's tables. Call at start-up, before other threads read the
// tables.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lathe::plugin {

struct PluginInfo {
    std::string name, title, version;
    std::filesystem::path library;
    std::vector<std::string> formats;  // names of those it added
};

// Loads one library; nothing is added when it fails. The error names the file.
base::Result<PluginInfo> load(const std::filesystem::path& library);

struct FolderResult {
    std::vector<PluginInfo> loaded;
    std::vector<base::Error> errors;
};
// Every NAME.so with a NAME.json in the folder, in order of name. A folder that does not exist holds none.
FolderResult loadFolder(const std::filesystem::path& folder);

// Where plugins are looked for: LATHE_PLUGIN_DIR when it is set, else `plugins` beside the program and
// `../lib/lathe/plugins` from it.
std::vector<std::filesystem::path> pluginFolders();

// All plugins of those folders; what fails is logged.
std::vector<PluginInfo> loadInstalled();

}  // namespace lathe::plugin
