// The sources that a model needs, taken from the runtime folder: what a program starts from, all that it
// includes, and the .cpp files that belong to it.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "engine/base/result.h"
#include "engine/bundle/needs.h"

namespace lathe::bundle {

// Files of a project by their path in it.
using Files = std::map<std::string, std::string, std::less<>>;

// ../share/lathe/runtime beside the folder of this program. The error names the folder and says what to do.
base::Result<std::filesystem::path> runtimeFolder();

// `root` is a folder under the runtime folder, every .cpp file of which is taken: "engine/deploy",
// "app/agent". `label` is the model's name, for messages of the program.
base::Result<Files> sourcesFor(const Needs& needs, const std::filesystem::path& runtime,
                               const std::string& root, const std::string& label);

// Leaves out "micro_avx512" with its table "microAvx512": a processor that has it uses the one below.
void dropInstructionSet(Files& files, std::string_view unit, std::string_view table);

}  // namespace lathe::bundle
