// Notices that a dataset's file is not what it was when its measurements were made.
#pragma once

#include <optional>
#include <string>

#include "engine/project/save_memory.h"

namespace lathe::project {

// The entry with size and hash of its file as it is now, unless an earlier save recorded them. A file that
// cannot be read is left as it is: that is told when it is used.
base::Result<DatasetEntry> describeDataset(DatasetEntry entry, SaveMemory& memory,
                                           const base::Progress& progress);
// What is wrong with the file and what to do; nothing when it is as recorded.
base::Result<std::optional<std::string>> checkDataset(const DatasetEntry& entry, SaveMemory& memory,
                                                      const base::Progress& progress);

}  // namespace lathe::project
