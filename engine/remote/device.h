// Where models run: this computer itself, or another one through its agent. Nothing above knows the
// difference.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/profile/machine.h"
#include "engine/profile/measure.h"
#include "engine/profile/search.h"
#include "engine/runtime/session.h"

namespace lathe::remote {

// Threads: any thread may call, side by side. Sessions that were opened keep what they need of the device and
// may outlive it.
class Device {
  public:
    virtual ~Device() = default;
    // How it is called in sentences and tables: "This computer", "phone 4A111FDAQ000D5".
    virtual std::string name() const = 0;
    // Devices of one lane share processors: what is measured on them has to take turns.
    virtual std::string lane() const = 0;
    // runtime::open() there: connects when that has not been done, sends what is missing. `progress` also
    // tells what is being waited for.
    virtual base::Result<std::unique_ptr<runtime::Session>> open(const ir::GraphPtr& graph,
                                                                 const runtime::SessionOptions& options,
                                                                 const base::Progress& progress) = 0;
    // profile::measure() there, in a process of its own. Measurements of one device wait for each other.
    virtual base::Result<profile::Profile> measure(const ir::GraphPtr& graph,
                                                   std::span<const tensor::RuntimeValue> inputs,
                                                   const profile::MeasureOptions& options,
                                                   const base::Progress& progress) = 0;
    // profile::measureMachine() there: the roof that its kernels are held against.
    virtual base::Result<profile::Machine> machine(int threads, const std::vector<int>& cores,
                                                   const base::Progress& progress) = 0;
    // profile::search() there. It takes its turn with the measurements.
    virtual base::Result<profile::SearchResult> search(const ir::GraphPtr& graph,
                                                       std::span<const tensor::RuntimeValue> inputs,
                                                       const profile::SearchOptions& options,
                                                       const base::Progress& progress) = 0;

    // open() as a function, which borrows the device.
    runtime::Opener opener() {
        return [this](const ir::GraphPtr& graph, const runtime::SessionOptions& options,
                      const base::Progress& progress) { return open(graph, options, progress); };
    }
};
using DevicePtr = std::shared_ptr<Device>;

// This computer, in this process.
DevicePtr thisComputer();

}  // namespace lathe::remote
