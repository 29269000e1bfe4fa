// This computer as a device: no agent, no files. One measurement at a time, however many ask: two would take
// each other's cores, and what is measured would be half of the truth.
#include "engine/remote/device.h"
#include "engine/remote/turn.h"

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
        const auto turn = take(progress);
        if (!turn) return base::Error::cancelled();
        return profile::measure(graph, inputs, options, progress);
    }
    base::Result<profile::Machine> machine(int threads, const std::vector<int>& cores,
                                           const base::Progress& progress) override {
        const auto turn = take(progress);
        if (!turn) return base::Error::cancelled();
        return profile::measureMachine(threads, progress, cores);
    }
    base::Result<profile::SearchResult> search(const ir::GraphPtr& graph,
                                               std::span<const tensor::RuntimeValue> inputs,
                                               const profile::SearchOptions& options,
                                               const base::Progress& progress) override {
        const auto turn = take(progress);
        if (!turn) return base::Error::cancelled();
        return profile::search(graph, inputs, options, progress);
    }

  private:
    Turns::Turn take(const base::Progress& progress) {
        return m_measuring.take(progress, "Waiting for another measurement on this computer");
    }

    Turns m_measuring;
};

}  // namespace

DevicePtr thisComputer() {
    static const auto one = std::make_shared<ThisComputer>();  // its turns are those of the whole process
    return one;
}

}  // namespace lathe::remote
