// Whether something can be written at a place: told before the work whose result goes there.
#pragma once

#include <filesystem>

#include "engine/base/result.h"

namespace lathe::cli {

// The folder around `path` is there and files can be made in it, and `path` itself is no folder. The error is
// a wrong call.
base::Status checkFilePlace(const std::filesystem::path& path);
// The same for a folder that is made anew or replaced.
base::Status checkFolderPlace(const std::filesystem::path& path);
// For files in a folder that is made where it is missing, with those around it.
base::Status checkFilesIn(const std::filesystem::path& folder);

}  // namespace lathe::cli
