#include "engine/runtime/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <new>

#include "engine/base/denormals.h"
#include "engine/kernels/cpu/support_half.h"
#include "engine/ops/interpreter.h"

namespace lathe::runtime {
namespace {

int64_t nanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// Kernels write through pointers that the plan made for reading as well; constants are never written.
std::byte* writable(const std::byte* bytes) { return const_cast<std::byte*>(bytes); }

}  // namespace

Executor::Executor(const Plan& plan, const base::Workers& workers, std::shared_ptr<tensor::Tensor> scratch)
    : m_plan(plan),
      m_workers(workers),
      m_scratch(std::move(scratch)),
      m_pointers(plan.buffers.size(), nullptr),
      m_held(plan.buffers.size()),
      m_branches(plan.steps.size()) {
    for (const auto& buffer : plan.buffers)
        if (buffer.kind == Buffer::Kind::arena)
            m_arenaBytes = std::max(m_arenaBytes, buffer.offset + buffer.bytes);
    if (m_arenaBytes) {
        // Whole cache lines behind the end, so that vector code may read past the last value.
        m_memory = base::MemoryBlock(m_arenaBytes + 128);
        m_arena = m_memory.data();
    }
    if (static_cast<size_t>(m_scratch->bytes().size()) < plan.scratchBytes) {
        const auto size = static_cast<int64_t>(plan.scratchBytes);
        *m_scratch = tensor::Tensor::zeros(tensor::DataType::uint8, tensor::Dimensions(&size, 1));
    }
    for (size_t i = 0; i < plan.buffers.size(); ++i) {
        if (plan.buffers[i].kind == Buffer::Kind::arena) m_pointers[i] = m_arena + plan.buffers[i].offset;
        if (plan.buffers[i].kind == Buffer::Kind::output) m_outputBuffers.push_back(static_cast<uint32_t>(i));
    }
    for (const auto& value : plan.values)
        if (value.constant && value.buffer != kNone)
            m_pointers[value.buffer] = writable(value.constant->bytes().data());
    size_t inputs = 0, outputs = 0;
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        inputs = std::max(inputs, plan.steps[i].node.inputs.size());
        outputs = std::max(outputs, plan.steps[i].node.outputs.size());
        for (const auto& branch : plan.steps[i].branches)
            m_branches[i].push_back(std::make_unique<Executor>(*branch, workers, m_scratch));
    }
    m_kernelInputs.resize(inputs);
    m_kernelOutputs.resize(outputs);
}

base::Result<std::vector<tensor::RuntimeValue>> Executor::run(std::span<const tensor::RuntimeValue> inputs,
                                                              const RunOptions& options) {
    for (size_t i = 0; i < m_plan.buffers.size(); ++i) {
        const auto& buffer = m_plan.buffers[i];
        if (buffer.kind == Buffer::Kind::input) {
            m_held[i] = buffer.port < inputs.size() ? inputs[buffer.port] : tensor::RuntimeValue();
            // An optional that is not given is an empty one; the session lets nothing else be missing.
            if (m_held[i].missing()) m_held[i] = tensor::Optional{};
            if (const auto* tensor = m_held[i].tensor()) {
                m_held[i] = tensor->aligned();
                m_pointers[i] = writable(m_held[i].tensor()->bytes().data());
            }
        } else if (buffer.kind == Buffer::Kind::output) {
            auto tensor = tensor::Tensor::zeros(buffer.type, buffer.shape);
            m_pointers[i] = tensor.mutableBytes().data();
            m_held[i] = std::move(tensor);
        }
    }
    auto status = [&] {
        const base::FlushDenormals mode;
        return runSteps(options);
    }();
    std::vector<tensor::RuntimeValue> outputs;
    if (status) {
        outputs.reserve(m_plan.outputs.size());
        for (const auto value : m_plan.outputs) outputs.push_back(valueOf(value));
    }
    release();
    if (!status) return status.error();
    return outputs;
}

base::Status Executor::runSteps(const RunOptions& options) {
    if (!options.capture.empty()) {
        for (const auto value : m_plan.inputs) capture(value, options);
        for (const auto value : options.capture) captureConstant(value, options);
    }
    const int64_t start = options.nodeTimes ? nanoseconds() : 0;
    int64_t before = 0;
    for (size_t i = 0; i < m_plan.steps.size(); ++i) {
        if (options.progress && options.progress->cancelled()) return base::Error::cancelled();
        const auto& step = m_plan.steps[i];
        if (step.kind == Step::Kind::kernel) {
            if (auto status = runKernel(step); !status) return status;
        } else if (step.kind == Step::Kind::plain) {
            if (auto status = runPlain(step, options); !status) return status;
        } else if (step.kind == Step::Kind::branch) {
            if (auto status = runBranch(i, options); !status) return status;
        }
        if (options.nodeTimes) {
            const int64_t now = nanoseconds() - start;
            options.nodeTimes->push_back({step.node.node, before, now});
            for (const auto member : step.node.members)
                if (member != step.node.node) options.nodeTimes->push_back({member, now, now});
            before = now;
        }
        if (!options.capture.empty()) {
            for (const auto value : step.node.outputs)
                if (value != kNone) capture(value, options);
            if (options.nodeTimes) before = nanoseconds() - start;
        }
        for (const auto buffer : step.releases) m_held[buffer] = {};
    }
    return {};
}

base::Status Executor::runKernel(const Step& step) {
    const auto& node = step.node;
    for (size_t i = 0; i < node.inputs.size(); ++i) m_kernelInputs[i] = pointerOf(node.inputs[i]);
    for (size_t i = 0; i < node.outputs.size(); ++i) m_kernelOutputs[i] = pointerOf(node.outputs[i]);
    kernels::RunArguments arguments;
    arguments.inputs = {m_kernelInputs.data(), node.inputs.size()};
    arguments.outputs = {m_kernelOutputs.data(), node.outputs.size()};
    arguments.scratch = writable(m_scratch->bytes().data());
    arguments.workers = &m_workers;
    if (auto status = step.prepared->check(arguments); !status) return status;
    step.prepared->run(arguments);
    return {};
}

base::Status Executor::runPlain(const Step& step, const RunOptions& options) {
    const base::FlushDenormals mode(false);  // the standard's arithmetic to the last bit
    std::vector<tensor::RuntimeValue> inputs;
    inputs.reserve(step.node.inputs.size());
    std::vector<const tensor::RuntimeValue*> pointers;
    for (const auto value : step.node.inputs) {
        inputs.push_back(value == kNone ? tensor::RuntimeValue() : valueOf(value));
        pointers.push_back(value == kNone ? nullptr : &inputs.back());
    }
    // What is left of an If whose branch was put in its place: the node in the graph is still the If.
    if (step.node.op == "Identity" && inputs.size() == 1) return keep(step, std::move(inputs));
    std::vector<std::pair<uint32_t, tensor::RuntimeValue>> captured;
    captured.reserve(step.node.captures.size());
    for (const auto value : step.node.captures) captured.emplace_back(value, valueOf(value));
    const ops::Lookup lookup = [&](ir::ValueId id) -> const tensor::RuntimeValue* {
        for (const auto& [value, content] : captured)
            if (value == id.index) return &content;
        return nullptr;
    };
    ops::InterpretOptions interpret;
    if (options.progress) interpret.progress = *options.progress;
    auto results = ops::evaluateNode(*m_plan.graph, step.node.source, pointers, lookup, interpret);
    if (!results) return results.error();
    return keep(step, std::move(*results));
}

base::Status Executor::runBranch(size_t index, const RunOptions& options) {
    const auto& step = m_plan.steps[index];
    const auto condition = valueOf(step.node.inputs[0]);
    if (!condition.tensor() || condition.tensor()->elementCount() != 1)
        return base::Error::badInput(
            fmt::format("{}: the condition must be one bool", m_plan.graph->node(step.node.node).label()));
    const size_t taken = condition.tensor()->integerAt(0) ? 0 : 1;
    std::vector<tensor::RuntimeValue> inputs;
    inputs.reserve(step.node.captures.size());
    for (const auto value : step.node.captures) inputs.push_back(valueOf(value));
    RunOptions inner;
    inner.progress = options.progress;
    auto results = m_branches[index][taken]->run(inputs, inner);
    if (!results) return results.error();
    return keep(step, std::move(*results));
}

base::Status Executor::keep(const Step& step, std::vector<tensor::RuntimeValue> results) {
    for (size_t i = 0; i < step.node.outputs.size(); ++i) {
        const auto value = step.node.outputs[i];
        if (value == kNone || m_plan.values[value].buffer == kNone) continue;
        const auto& planned = m_plan.values[value];
        if (planned.constant) continue;
        auto& held = m_held[planned.buffer];
        held = i < results.size() ? detached(std::move(results[i])) : tensor::RuntimeValue();
        const auto* tensor = held.tensor();
        if (!planned.fixed) {
            m_pointers[planned.buffer] = nullptr;
            continue;
        }
        if (!tensor || tensor->type() != planned.type || !(tensor->shape() == planned.shape))
            return base::Error{fmt::format(
                "{}: output {} is {}, but its shape rule said {}. This is a mistake in the rule or the "
                "evaluation "
                "of {}.",
                m_plan.graph->node(step.node.node).label(), i,
                tensor ? tensor::toString(tensor->type(), tensor->shape()) : std::string("missing"),
                tensor::toString(planned.type, planned.shape), step.node.op)};
        m_pointers[planned.buffer] = writable(tensor->bytes().data());
    }
    return {};
}

// Null for what is omitted or holds nothing.
std::byte* Executor::pointerOf(uint32_t value) const {
    if (value == kNone) return nullptr;
    const auto& planned = m_plan.values[value];
    auto* start = m_pointers[planned.buffer];
    return start ? start + planned.offset : nullptr;
}

tensor::RuntimeValue Executor::valueOf(uint32_t value) const {
    const auto& planned = m_plan.values[value];
    if (planned.constant) return *planned.constant;
    if (planned.buffer == kNone) return {};
    const auto borrowed = [&](const std::byte* data, std::shared_ptr<const void> owner) {
        const auto size = tensor::checkedByteSize(planned.type, planned.shape).value_or(0);
        return tensor::Tensor::borrowed(planned.type, planned.shape, {data, static_cast<size_t>(size)},
                                        std::move(owner));
    };
    if (m_plan.buffers[planned.buffer].kind == Buffer::Kind::arena)
        return borrowed(pointerOf(value), nullptr);
    const auto& held = m_held[planned.buffer];
    const auto* tensor = held.tensor();
    if (!tensor || !planned.fixed || tensor->shape() == planned.shape) return held;
    if (tensor->elementCount() == tensor::elementCount(planned.shape)) return tensor->reshaped(planned.shape);
    return borrowed(tensor->bytes().data() + planned.offset, tensor->owner());
}

bool Executor::isWritable(const tensor::Tensor& tensor) const {
    const auto* data = tensor.bytes().data();
    const auto within = [&](const std::byte* begin, uint64_t bytes) {
        return std::less_equal<>()(begin, data) && std::less<>()(data, begin + bytes);
    };
    if (within(m_arena, m_arenaBytes)) return true;
    // A kernel may yet overwrite in place what a result lies in.
    return std::any_of(m_outputBuffers.begin(), m_outputBuffers.end(), [&](uint32_t buffer) {
        return m_pointers[buffer] && within(m_pointers[buffer], m_plan.buffers[buffer].bytes);
    });
}

tensor::RuntimeValue Executor::detached(tensor::RuntimeValue value) const {
    if (const auto* tensor = value.tensor()) {
        if (tensor->type() == tensor::DataType::string || tensor->empty()) return value;
        if (!isWritable(*tensor)) return tensor->aligned();
        auto copy = tensor::Tensor::zeros(tensor->type(), tensor->shape());
        std::memcpy(copy.mutableBytes().data(), tensor->bytes().data(), tensor->bytes().size());
        return copy;
    }
    if (const auto* sequence = value.sequence()) {
        tensor::Sequence copy = *sequence;
        for (auto& item : copy.items) item = detached(std::move(item));
        return copy;
    }
    if (const auto* optional = value.optional(); optional && optional->value)
        return tensor::Optional{std::make_shared<tensor::RuntimeValue>(detached(*optional->value))};
    if (const auto* map = value.map()) {
        tensor::Map copy = *map;
        for (auto& item : copy.values) item = detached(std::move(item));
        copy.keys = *detached(copy.keys).tensor();
        return copy;
    }
    return value;
}

void Executor::capture(uint32_t value, const RunOptions& options) const {
    for (const auto wanted : options.capture)
        if (wanted.index < m_plan.values.size() && m_plan.holderOf(wanted.index) == value)
            handOut(wanted, value, options);
}

void Executor::handOut(ir::ValueId wanted, uint32_t holder, const RunOptions& options) const {
    const auto content = valueOf(holder);
    const auto* tensor = content.tensor();
    if (!tensor || !options.onCapture) return;
    // Halves that are computed as float32 are rounded for those who ask for them.
    const auto type = m_plan.values[wanted.index].type;
    const bool rounds = tensor->type() == tensor::DataType::float32 && kernels::halfType(type);
    options.onCapture(wanted, rounds ? kernels::narrowed(*tensor, type) : *tensor);
}

void Executor::captureConstant(ir::ValueId value, const RunOptions& options) const {
    // A weight that kernels packed is held by the graph alone.
    const bool known = value.index < m_plan.graph->valueLimit() && m_plan.graph->contains(value);
    const auto* constant = known ? m_plan.graph->value(value).constant() : nullptr;
    if (constant && options.onCapture) {
        options.onCapture(value, constant->aligned());
        return;
    }
    if (value.index >= m_plan.values.size()) return;
    const auto holder = m_plan.holderOf(value.index);
    if (holder != kNone && m_plan.values[holder].constant) handOut(value, holder, options);
}

void Executor::release() {
    for (size_t i = 0; i < m_held.size(); ++i) {
        m_held[i] = {};
        const auto kind = m_plan.buffers[i].kind;
        if (kind != Buffer::Kind::arena && kind != Buffer::Kind::constant) m_pointers[i] = nullptr;
    }
}

}  // namespace lathe::runtime
