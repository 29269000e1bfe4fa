// One compressor from a file to a file, for the verbs that are one and the verb that runs any.
#pragma once

#include <string>
#include <vector>

#include "app/cli/dataset_flags.h"
#include "app/cli/device_flags.h"
#include "engine/compress/compressor.h"

namespace lathe::cli {

struct CompressorFlags {
    std::string in, out;
    DatasetFlags data;
    DeviceFlags device;
    std::vector<std::string> options;  // NAME=VALUE
    bool force = false;
};

// IN, OUT, --data and its relatives, --device, --option, --force.
void addCompressorFlags(CLI::App& command, CompressorFlags& flags, bool needsData);

// Reads, runs, writes and tells. `params` holds the options that have flags of their own; naming one of them
// by --option too is a wrong call.
int runCompressor(const compress::Compressor& compressor, const CompressorFlags& flags, base::Params params,
                  Output& output);

}  // namespace lathe::cli
