// Speed and, with a dataset, accuracy of several variants on one device: what Measure all does.
#pragma once

#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/devices/device_list.h"
#include "app/pages/free_dimensions.h"
#include "engine/profile/measure.h"
#include "engine/project/workspace.h"

namespace lathe::app {

// What it brings back for a variant.
struct Measured {
    project::VariantId id = 0;
    std::shared_ptr<const profile::Profile> profile;
    std::shared_ptr<const evaluate::Evaluation> evaluation;
};

struct VariantsToMeasure {
    std::vector<project::VariantPtr> variants;
    std::vector<FreeDimensions> dimensions;  // one a variant
    std::optional<project::DatasetEntry> dataset;
    profile::MeasureOptions options;
};

// Hands over each variant as soon as it is done, on the calling thread, so that a device that is lost costs
// only the rest.
base::Status measureVariants(const VariantsToMeasure& work, const RunDevice& run,
                             const std::function<void(Measured)>& done, const base::Progress& progress);

// In which conditions profiles of one picture differ from the first of them: "Threads: 2 and 4; Mode: burst
// and sustained". Empty when all were measured alike. Inputs count among variants of one model only.
QString unlikeConditions(const std::vector<std::shared_ptr<const profile::Profile>>& profiles);

// The datasets of evaluations of one table, where not all are of the same samples preprocessed alike:
// "digits.npz (360), val.npz (500)"; else empty.
QString unlikeData(const std::vector<std::shared_ptr<const evaluate::Evaluation>>& evaluations);

}  // namespace lathe::app
