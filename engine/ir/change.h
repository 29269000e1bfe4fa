// What a transformation made: the new graph and an account of what was done.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::ir {

// One line of the account: a pass, a compressor, a check.
struct ReportLine {
    std::string name;   // "fold_batch_norm"
    std::string title;  // "Fold batch normalization"
    int64_t count = 0;  // places changed
    double seconds = 0;
    std::string note = {};  // for a person: what was skipped and why
    bool warning = false;
};

struct Report {
    std::vector<ReportLine> lines;
    int64_t nodesBefore = 0;
    int64_t nodesAfter = 0;
};

struct Change {
    GraphPtr graph;
    Report report;
};

}  // namespace lathe::ir
