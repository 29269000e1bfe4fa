// Test cases in the layout of the ONNX backend tests: model.onnx and test_data_set_N/{input,output}_K.pb.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::test {

// The folders with a model.onnx beneath a folder, sorted.
std::vector<std::filesystem::path> caseFolders(const std::filesystem::path& folder);

// Empty when the values agree: integers and texts exactly, other numbers to 1e-3 relative plus 1e-7 absolute,
// which is what the ONNX backend tests allow.
std::string difference(const tensor::RuntimeValue& got, const tensor::RuntimeValue& wanted);

// The op of the first node that nothing can run; empty when all can.
std::string missingOp(const ir::Graph& graph);

struct CaseResult {
    enum class Kind { passed, failed, missingOp };
    Kind kind = Kind::passed;
    std::string text;  // what went wrong, or the op that is missing
};
CaseResult runCase(const std::filesystem::path& folder);

}  // namespace lathe::test
