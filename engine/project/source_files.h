// The model files a workspace refers to.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/project/workspace.h"

namespace lathe::project {

struct SourceFile {
    std::string path, relative;  // absolute, and from the workspace's folder
    int64_t size = 0;
    std::string sha256;
};

// The first variant of the variant's family: the one that was opened from a file. Null when it is gone.
const Variant* rootOf(const Workspace& workspace, const Variant& variant);

// Describes a file as it is now.
base::Result<SourceFile> describeSource(const std::filesystem::path& path,
                                        const std::filesystem::path& workspace,
                                        const base::Progress& progress);
// Reads the model again. A missing or changed file is an error that says what it was.
base::Result<ir::GraphPtr> reopenSource(const SourceFile& source, const std::filesystem::path& workspace,
                                        const base::Progress& progress);

}  // namespace lathe::project
