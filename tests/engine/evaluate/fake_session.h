// A session whose answers a test writes down.
#pragma once

#include <functional>

#include "engine/runtime/session.h"

namespace lathe::test {

class FakeSession final : public runtime::Session {
  public:
    using Run = std::function<base::Result<std::vector<tensor::RuntimeValue>>(
        std::span<const tensor::RuntimeValue>, const runtime::RunOptions&)>;

    FakeSession(ir::GraphPtr graph, Run run) : m_graph(std::move(graph)), m_run(std::move(run)) {
        for (const auto id : m_graph->inputs()) m_inputs.push_back(port(id));
        for (const auto id : m_graph->outputs()) m_outputs.push_back(port(id));
    }

    const std::vector<runtime::Port>& inputs() const override { return m_inputs; }
    const std::vector<runtime::Port>& outputs() const override { return m_outputs; }
    base::Result<std::vector<tensor::RuntimeValue>> run(std::span<const tensor::RuntimeValue> inputs,
                                                        const runtime::RunOptions& options) override {
        return m_run(inputs, options);
    }
    runtime::MemoryUse memory() const override { return {}; }
    std::string deviceName() const override { return "test"; }
    const ir::GraphPtr& graph() const override { return m_graph; }
    std::vector<runtime::PlanEntry> plan() const override { return {}; }
    std::string kernelOf(ir::NodeId) const override { return {}; }

  private:
    runtime::Port port(ir::ValueId id) const {
        return {id, std::string(m_graph->value(id).name()), m_graph->value(id).type()};
    }
    ir::GraphPtr m_graph;
    Run m_run;
    std::vector<runtime::Port> m_inputs, m_outputs;
};

}  // namespace lathe::test
