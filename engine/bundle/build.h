// Building an exported folder with the CMake and the compiler of this computer.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::bundle {

enum class Target { x86_64, aarch64 };

// The target of that name, or for an empty one this computer's.
base::Result<Target> targetNamed(std::string_view name);

// CMake and the compiler for the target are there; the error names what is missing and the package that has
// it.
base::Status canBuild(Target target);

// Builds `program` of the project in `folder`, in a folder of its own that is removed again when the build
// fails or is cancelled. Gives the path of the program. The error ends with the last lines that the compiler
// said. No shell.
base::Result<std::filesystem::path> build(const std::filesystem::path& folder, const std::string& program,
                                          Target target, const base::Progress& progress);

}  // namespace lathe::bundle
