// Measures models on devices: a matrix of cells, devices side by side, one cell at a time on each.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/remote/device.h"

namespace lathe::remote {

struct FleetModel {
    std::string name;
    ir::GraphPtr graph;
    std::vector<tensor::RuntimeValue> inputs;
};

// The options are one's own for each: what the settings say of this computer does not hold for a phone.
struct FleetDevice {
    DevicePtr device;
    profile::MeasureOptions options;
};

struct FleetCell {
    size_t model = 0, device = 0;  // places in the lists
    bool operator==(const FleetCell&) const = default;
};

struct FleetEvents {
    std::function<void(const FleetCell&)> begun = [](const FleetCell&) {};
    std::function<void(const FleetCell&, base::Result<profile::Profile>)> ended;
};

// Measures the cells in their order on each device; devices that share processors take turns. A cell that
// fails costs that cell only: the next one of its device connects again. After a cancel the cells that were
// measured stay, the others get no event. Events come from several threads, one at a time. Returns an error
// only for a cancel.
base::Status measureFleet(std::span<const FleetModel> models, std::span<const FleetDevice> devices,
                          std::span<const FleetCell> cells, const FleetEvents& events,
                          const base::Progress& progress);

}  // namespace lathe::remote
