// A model as a folder of C++ that builds: the model, the sources that run it, CMakeLists.txt, a program,
// README.
//
// This folder is one of the engine and not of runtime, as it copies sources and needs nothing of them but
// their lists.
#pragma once

#include <filesystem>

#include "engine/bundle/sources.h"
#include "engine/formats/format.h"

namespace lathe::bundle {

// What is exported: "cpp", a folder. Reads back the model of such a folder.
formats::Format cppProject();

// The device agent for this model alone, as such a folder; its program is called lathe-agent.
base::Result<Files> agentFiles(const ir::GraphPtr& graph, const std::string& label,
                               const base::Progress& progress);

}  // namespace lathe::bundle
