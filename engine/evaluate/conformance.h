// Cases in the layout of the ONNX backend tests: a folder test_* with model.onnx and
// test_data_set_N/{input,output}_K.pb.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::evaluate {

struct ConformanceCase {
    enum class Result { passed, failed, skipped };
    std::string name;  // the folder's
    Result result = Result::skipped;
    std::string reason;  // of a failure or a skip
    double seconds = 0;  // to read, plan and run it
};

struct ConformanceOptions {
    int jobs = 0;            // cases at once; 0: one per core
    bool plainOnly = false;  // only the plain evaluation of each op, not the kernels
};

// Folders named test_* at most four levels beneath `folder`, or it itself, whose name fits `pattern` ("*" and
// "?"; empty: all), sorted. An error when there are none.
base::Result<std::vector<std::filesystem::path>> findCases(const std::filesystem::path& folder,
                                                           const std::string& pattern = {});

// Reads, plans and runs the model on this computer's CPU for each data set and compares the outputs (see
// value_difference.h). Outputs of ops that draw random numbers are compared by type and shape. A case is
// skipped only when its folder holds no model or no data.
ConformanceCase runCase(const std::filesystem::path& folder, const ConformanceOptions& options = {},
                        const base::Progress& progress = {});
// All of them, in the order given, several at once.
base::Result<std::vector<ConformanceCase>> runCases(const std::vector<std::filesystem::path>& folders,
                                                    const ConformanceOptions& options,
                                                    const base::Progress& progress);

}  // namespace lathe::evaluate
