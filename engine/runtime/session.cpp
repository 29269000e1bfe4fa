#include "engine/runtime/session.h"
#include "engine/ir/intact.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "engine/kernels/cpu/instruction_set.h"
#include "engine/ops/value_type.h"
#include "engine/runtime/executor.h"
#include "engine/runtime/plan.h"
#include "engine/runtime/runnable.h"

namespace lathe::runtime {
namespace {

// Plans kept for shapes seen before; each holds packed weights, so not many.
constexpr size_t kPlanLimit = 4;

struct Planned {
    std::vector<GivenInput> key;
    bool fuse = false;
    std::unique_ptr<Plan> plan;
    std::unique_ptr<Executor> executor;
};

class CpuSession final : public Session {
  public:
    CpuSession(ir::GraphPtr graph, SessionOptions options)
        : m_graph(std::move(graph)),
          m_options(std::move(options)),
          m_workers(m_options.threads, m_options.cores),
          m_scratch(std::make_shared<tensor::Tensor>()) {
        const auto names = [&](ir::ValueId id, bool input) {
            const auto value = m_graph->value(id);
            return Port{id, std::string(value.name()), value.type(), input && value.initializer() != nullptr};
        };
        for (const auto id : m_graph->inputs()) m_inputs.push_back(names(id, true));
        for (const auto id : m_graph->outputs()) m_outputs.push_back(names(id, false));
        m_key.resize(m_inputs.size());
    }

    // Plans at once when the input shapes are known, so that the first run is not the slow one.
    base::Status prepare(const base::Progress& progress) {
        for (size_t i = 0; i < m_inputs.size(); ++i) {
            auto& key = m_key[i];
            key = {};
            key.value = m_inputs[i].value;
            if (m_inputs[i].optional) {
                key = defaultInput(i);
                continue;
            }
            const auto& type = m_inputs[i].type;
            if (!type.isTensor() || !type.shape) return {};
            for (const auto& dim : *type.shape) {
                const auto bound = m_options.bindings.find(dim.symbolName());
                const auto size = bound != m_options.bindings.end() ? ir::Dim(bound->second) : dim;
                if (!size.isKnown()) return {};
                key.shape.push_back(*size.constant());
            }
            key.type = type.element;
            key.fixed = type.element != tensor::DataType::string;
        }
        auto planned = find(m_options.fuse, progress);
        return planned ? base::Status() : planned.error();
    }

    const std::vector<Port>& inputs() const override { return m_inputs; }
    const std::vector<Port>& outputs() const override { return m_outputs; }

    base::Result<std::vector<tensor::RuntimeValue>> run(std::span<const tensor::RuntimeValue> inputs,
                                                        const RunOptions& options) override {
        if (auto status = readKey(inputs); !status) return status.error();
        const base::Progress* progress = options.progress;
        auto planned = find(m_options.fuse, progress ? *progress : m_quiet);
        if (!planned) return planned.error();
        // A fused plan does not compute every value; who wants to see such a one gets a plan that does.
        if ((*planned)->plan->fused && !computesAll(*(*planned)->plan, options.capture)) {
            planned = find(false, progress ? *progress : m_quiet);
            if (!planned) return planned.error();
        }
        try {
            auto outputs = (*planned)->executor->run(inputs, options);
            // Only now is it known whether all weights could be read.
            if (auto status = ir::checkIntact(*m_graph); !status) return status.error();
            return outputs;
        } catch (const std::bad_alloc&) {
            return noMemory();
        }
    }

    MemoryUse memory() const override {
        return m_plans.empty() ? MemoryUse{} : m_plans.front()->plan->memory;
    }
    std::string deviceName() const override {
        return fmt::format("CPU, {} thread{}, {}", m_workers.threads(), m_workers.threads() == 1 ? "" : "s",
                           m_options.plainOnly ? "plain" : kernels::instructionSetName());
    }
    const ir::GraphPtr& graph() const override { return m_graph; }
    std::vector<PlanEntry> plan() const override {
        return m_plans.empty() ? std::vector<PlanEntry>{} : entriesOf(*m_plans.front()->plan);
    }
    std::string kernelOf(ir::NodeId node) const override {
        if (m_plans.empty()) return {};
        std::string changed;
        for (const auto& step : m_plans.front()->plan->steps) {
            const auto& members = step.node.members;
            if (std::find(members.begin(), members.end(), node) == members.end()) continue;
            const std::string name(stepName(step));
            // A change of layout or type beside the node is booked on it too, but is not what runs it.
            if (!step.node.changesForm()) return node == step.node.node ? name : name + " (fused)";
            changed = name;
        }
        return changed.empty() ? "folded" : changed;
    }

  private:
    GivenInput defaultInput(size_t i) const {
        const auto* tensor = m_graph->value(m_inputs[i].value).initializer();
        return {m_inputs[i].value, true, tensor->type(), tensor->shape(), tensor};
    }

    // Checks the inputs and writes down their types and shapes.
    base::Status readKey(std::span<const tensor::RuntimeValue> inputs) {
        if (inputs.size() > m_inputs.size())
            return base::Error::badInput(
                fmt::format("{} inputs were given; the model has {}.", inputs.size(), m_inputs.size()));
        for (size_t i = 0; i < m_inputs.size(); ++i)
            if ((i >= inputs.size() || inputs[i].missing()) && !m_inputs[i].optional &&
                m_inputs[i].type.kind != ir::ValueType::Kind::optional)
                return base::Error::badInput(fmt::format("Input \"{}\" is missing: give {}.",
                                                         m_inputs[i].name, ir::toString(m_inputs[i].type)));
        for (size_t i = 0; i < m_inputs.size(); ++i) {
            auto& key = m_key[i];
            if (i >= inputs.size() || inputs[i].missing()) {
                if (m_inputs[i].optional) {
                    key = defaultInput(i);
                } else {
                    // An optional that is not given is an empty one.
                    key = {};
                    key.value = m_inputs[i].value;
                }
                continue;
            }
            key.value = m_inputs[i].value;
            key.constant = nullptr;
            if (auto status = checkInput(i, inputs[i]); !status) return status;
            const auto* tensor = inputs[i].tensor();
            key.fixed = tensor && tensor->type() != tensor::DataType::string;
            key.type = tensor ? tensor->type() : tensor::DataType::undefined;
            if (tensor)
                key.shape = tensor->shape();
            else
                key.shape.clear();
        }
        return checkNames();
    }

    base::Status checkInput(size_t i, const tensor::RuntimeValue& given) const {
        const auto& port = m_inputs[i];
        if (ops::fits(given, port.type)) return {};
        const auto* tensor = given.tensor();
        return base::Error::badInput(fmt::format(
            "Input \"{}\": expected {}, given {}.", port.name, ir::toString(port.type),
            tensor ? tensor::toString(tensor->type(), tensor->shape()) : ir::toString(ops::typeOf(given))));
    }

    // One name, one number: [N, 3] and [N] must agree on N.
    base::Status checkNames() const {
        for (size_t i = 0; i < m_inputs.size(); ++i) {
            for (size_t j = 0; j < i; ++j) {
                const auto &a = m_inputs[i].type.shape, &b = m_inputs[j].type.shape;
                if (!a || !b || !m_key[i].fixed || !m_key[j].fixed) continue;
                for (size_t x = 0; x < a->size(); ++x) {
                    const auto name = (*a)[x].symbolName();
                    for (size_t y = 0; y < b->size() && !name.empty(); ++y)
                        if ((*b)[y].symbolName() == name && m_key[i].shape[x] != m_key[j].shape[y])
                            return base::Error::badInput(fmt::format(
                                "Inputs \"{}\" and \"{}\" disagree about {}: {} and {}.", m_inputs[j].name,
                                m_inputs[i].name, name, m_key[j].shape[y], m_key[i].shape[x]));
                }
            }
        }
        return {};
    }

    static bool computesAll(const Plan& plan, std::span<const ir::ValueId> values) {
        return std::all_of(values.begin(), values.end(), [&](ir::ValueId id) {
            if (id.index >= plan.graph->valueLimit()) return true;
            const auto holder = plan.holderOf(id.index);
            return holder != kNone && plan.values[holder].layout == kernels::Layout::plain;
        });
    }

    // The plan for m_key, made now when these shapes are new; the most recently used is kept in front.
    base::Result<Planned*> find(bool fuse, const base::Progress& progress) {
        const auto fits = [&](const auto& planned) { return planned->fuse == fuse && planned->key == m_key; };
        const auto known = std::find_if(m_plans.begin(), m_plans.end(), fits);
        if (known != m_plans.end()) {
            std::rotate(m_plans.begin(), known, known + 1);
            return m_plans.front().get();
        }
        const base::Workers packers;
        auto planned = std::make_unique<Planned>();
        planned->key = m_key;
        planned->fuse = fuse;
        try {
            auto plan =
                makePlan(m_graph, m_key, m_options.bindings, {fuse, m_options.plainOnly, &packers}, progress);
            if (!plan) return plan.error();
            planned->plan = std::move(*plan);
            planned->executor = std::make_unique<Executor>(*planned->plan, m_workers, m_scratch);
        } catch (const std::bad_alloc&) {
            return noMemory();
        }
        if (m_plans.size() >= kPlanLimit) m_plans.pop_back();
        m_plans.insert(m_plans.begin(), std::move(planned));
        return m_plans.front().get();
    }

    ir::GraphPtr m_graph;
    SessionOptions m_options;
    base::Workers m_workers;
    std::shared_ptr<tensor::Tensor> m_scratch;
    std::vector<Port> m_inputs, m_outputs;
    std::vector<GivenInput> m_key;  // of the current call
    std::vector<std::unique_ptr<Planned>> m_plans;
    base::Progress m_quiet;
};

}  // namespace

base::Result<std::unique_ptr<Session>> open(const ir::GraphPtr& graph, const SessionOptions& options,
                                            const base::Progress& progress) {
    if (auto status = checkRunnable(*graph); !status) return status.error();
    auto session = std::make_unique<CpuSession>(graph, options);
    if (auto status = session->prepare(progress); !status) return status.error();
    return std::unique_ptr<Session>(std::move(session));
}

}  // namespace lathe::runtime
