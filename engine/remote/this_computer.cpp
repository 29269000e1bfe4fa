// This computer as a device: no agent, no files.
#include "engine/remote/device.h"

namespace lathe::remote {
namespace {

class ThisComputer : public Device {
  public:
    std::string name() const override { return "This computer"; }
    std::string lane() const override { return "local"; }
    base::Result<std::unique_ptr<runtime::Session>> open(const ir::GraphPtr& graph,
                                                         const runtime::SessionOptions& options,
                                                         const base::Progress& progress) override {
        return runtime::open(graph, options, progress);
    }
    base::Result<profile::Profile> measure(const ir::GraphPtr& graph,
                                           std::span<const tensor::RuntimeValue> inputs,
                                           const profile::MeasureOptions& options,
                                           const base::Progress& progress) override {
        return profile::measure(graph, inputs, options, progress);
    }
    base::Result<profile::Machine> machine(int threads, const std::vector<int>& cores,
                                           const base::Progress& progress) override {
        return profile::measureMachine(threads, progress, cores);
    }
    base::Result<profile::SearchResult> search(const ir::GraphPtr& graph,
                                               std::span<const tensor::RuntimeValue> inputs,
                                               const profile::SearchOptions& options,
                                               const base::Progress& progress) override {
        return profile::search(graph, inputs, options, progress);
    }
};

}  // namespace

DevicePtr thisComputer() { return std::make_shared<ThisComputer>(); }

}  // namespace lathe::remote
