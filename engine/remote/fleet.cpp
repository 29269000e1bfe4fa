#include "engine/remote/fleet.h"

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <thread>

#include "engine/base/guarded.h"

namespace lathe::remote {

base::Status measureFleet(std::span<const FleetModel> models, std::span<const FleetDevice> devices,
                          std::span<const FleetCell> cells, const FleetEvents& events,
                          const base::Progress& progress) {
    std::map<std::string, std::vector<FleetCell>> lanes;
    for (const auto& cell : cells) lanes[devices[cell.device].device->lane()].push_back(cell);
    std::mutex mutex;
    size_t done = 0;
    const auto measureLane = [&](const std::vector<FleetCell>& lane) {
        for (const auto& cell : lane) {
            if (progress.cancelled()) return;
            const auto& model = models[cell.model];
            const auto& device = devices[cell.device].device;
            const auto& options = devices[cell.device].options;
            {
                const std::lock_guard lock(mutex);
                progress.report(static_cast<double>(done) / static_cast<double>(cells.size()),
                                fmt::format("{} on {}", model.name, device->name()));
                events.begun(cell);
            }
            // The whole shows cells done; a cell's own share would jump between the devices.
            auto profile = base::guarded(model.name + " on " + device->name(), [&] {
                return device->measure(model.graph, model.inputs, options, progress.silent());
            });
            const std::lock_guard lock(mutex);
            if (progress.cancelled() && !profile) return;
            ++done;
            events.ended(cell, std::move(profile));
        }
    };
    std::vector<std::thread> threads;
    for (const auto& entry : lanes) threads.emplace_back([&, lane = &entry.second] { measureLane(*lane); });
    for (auto& thread : threads) thread.join();
    if (auto status = progress.check(); !status) return status.error();
    progress.report(1, fmt::format("{} measured", cells.size()));
    return {};
}

}  // namespace lathe::remote
