// What a transformation did, as a table and as JSON.
#pragma once

#include "app/cli/output.h"
#include "engine/ir/change.h"

namespace lathe::cli {

void showReport(const ir::Report& report, const Output& output);
// "Wrote small.onnx (54.8 kB)".
std::string wroteLine(const std::string& path);
nlohmann::json toJson(const ir::Report& report);

}  // namespace lathe::cli
