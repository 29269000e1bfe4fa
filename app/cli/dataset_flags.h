// --data FILE --preprocess CHAIN and their relatives, shared by verbs that need samples.
#pragma once

#include <string>

#include "app/cli/verb.h"
#include "engine/data/dataset.h"

namespace lathe::cli {

struct DatasetFlags {
    std::string path, chain, loader, split;
    std::vector<std::string> options;  // NAME=VALUE of the loader
    int64_t limit = -1;

    // Samples were asked for, from a file or from a loader that makes them up.
    bool given() const;
};

// A wrong call when data is `required` and not given, or when only its relatives are.
void addDatasetFlags(CLI::App& command, DatasetFlags& flags, bool required);
base::Result<data::DatasetPtr> openDataset(const DatasetFlags& flags);

}  // namespace lathe::cli
