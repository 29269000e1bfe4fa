#include "engine/deploy/predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "engine/deploy/cores.h"
#include "engine/formats/lathe/lathe.h"
#include "engine/runtime/session.h"

namespace lathe {
namespace {

Failure failure(const base::Error& error) {
    const bool wrong = error.kind == base::Error::Kind::usage,
               bad = error.kind == base::Error::Kind::badInput;
    return {error.message, wrong ? Failure::Kind::wrongCall
                           : bad ? Failure::Kind::badInput
                                 : Failure::Kind::failed};
}
Failure wrongCall(std::string message) { return {std::move(message), Failure::Kind::wrongCall}; }
Failure badInput(std::string message) { return {std::move(message), Failure::Kind::badInput}; }

const char* nameOf(ElementType type) {
    return type == ElementType::none ? "no tensor" : tensor::name(static_cast<tensor::DataType>(type)).data();
}

// What the interface says of an input or an output.
struct Port {
    std::string name;
    ElementType type = ElementType::none;
    std::vector<int64_t> shape;
    bool ranked = false;
};

Port portOf(const runtime::Port& port) {
    Port result;
    result.name = port.name;
    if (!port.type.isTensor()) return result;
    result.type = static_cast<ElementType>(port.type.element);
    if (!port.type.shape) return result;
    result.ranked = true;
    for (const auto& dimension : *port.type.shape) result.shape.push_back(dimension.constantOr(-1));
    return result;
}

std::vector<Port> portsOf(const std::vector<runtime::Port>& ports) {
    std::vector<Port> result;
    for (const auto& port : ports) result.push_back(portOf(port));
    return result;
}

// The bytes of a model, moved where the reader can use them; what owns the copy, if there is one.
std::pair<std::span<const std::byte>, std::shared_ptr<const void>> placed(std::span<const std::byte> bytes) {
    if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint64_t) == 0) return {bytes, nullptr};
    const int64_t size[] = {static_cast<int64_t>(bytes.size())};
    auto copy = std::make_shared<tensor::Tensor>(tensor::Tensor::zeros(tensor::DataType::uint8, size));
    std::memcpy(copy->mutableBytes().data(), bytes.data(), bytes.size());
    return {copy->bytes(), copy};
}

base::Result<ir::GraphPtr> read(const Config& config) {
    if (config.modelPath.empty() == config.modelBytes.empty())
        return base::Error{"Give the path of a model or its bytes, one of the two.",
                           base::Error::Kind::usage};
    if (!config.modelPath.empty()) return formats::flat::readFile(config.modelPath, {}, {});
    auto [bytes, owner] = placed(config.modelBytes);
    return formats::flat::readBytes(bytes, std::move(owner), "model", {});
}

const Port kNoPort;

}  // namespace

struct PredictorState {
    std::vector<int> cores;
    std::unique_ptr<runtime::Session> session;
    std::vector<Port> inputs, outputs;
    std::vector<tensor::RuntimeValue> given, results;
    std::vector<Port> computed;  // types and shapes of `results`

    const Port& input(size_t index) const { return index < inputs.size() ? inputs[index] : kNoPort; }
    const Port& output(size_t index) const {
        const auto& list = computed.empty() ? outputs : computed;
        return index < list.size() ? list[index] : kNoPort;
    }
};

namespace {

// The shape of so many elements: the model's own, with its one open dimension filled in.
Result<std::vector<int64_t>> ownShape(const Port& port, int64_t count) {
    auto shape = port.shape;
    int64_t known = 1, open = 0;
    for (const auto dimension : shape) {
        if (dimension < 0)
            ++open;
        else if (__builtin_mul_overflow(known, dimension, &known))
            known = -1;
    }
    if (!port.ranked || open > 1)
        return badInput(fmt::format("Input \"{}\": the model leaves its shape open; give one.", port.name));
    if (open == 1 && known > 0 && count % known == 0)
        for (auto& dimension : shape)
            if (dimension < 0) dimension = count / known;
    return shape;
}

Failure noPort(std::string_view what, size_t index, size_t count) {
    return wrongCall(fmt::format("There is no {} {}: the model has {}.", what, index, count));
}

std::optional<size_t> indexOf(const std::vector<Port>& ports, std::string_view name) {
    for (size_t i = 0; i < ports.size(); ++i)
        if (ports[i].name == name) return i;
    return {};
}

Failure unknownName(std::string_view what, std::string_view name, const std::vector<Port>& ports) {
    std::string known;
    for (const auto& port : ports) known += (known.empty() ? "" : ", ") + port.name;
    return wrongCall(fmt::format("The model has no {} \"{}\". There are: {}.", what, name, known));
}

}  // namespace

const std::string& Input::name() const { return m_state->input(m_index).name; }
ElementType Input::type() const { return m_state->input(m_index).type; }
const std::vector<int64_t>& Input::shape() const { return m_state->input(m_index).shape; }

Status Input::setBytes(ElementType type, std::span<const std::byte> bytes,
                       const std::span<const int64_t>* shape) {
    if (m_index >= m_state->inputs.size()) return noPort("input", m_index, m_state->inputs.size());
    const auto& port = m_state->inputs[m_index];
    const auto dataType = static_cast<tensor::DataType>(type);
    const int bits = type <= ElementType::bfloat16 ? tensor::bitWidth(dataType) : 0;
    if (type != port.type || bits == 0)
        return badInput(fmt::format("Input \"{}\": expected {}, given {}.{}", port.name, nameOf(port.type),
                                    type <= ElementType::bfloat16 ? nameOf(type) : "an unknown type",
                                    type == port.type ? " Only tensors of numbers can be given here." : ""));
    const auto count = static_cast<int64_t>(bytes.size() / static_cast<size_t>(bits / 8));
    std::vector<int64_t> dimensions;
    if (shape) {
        dimensions.assign(shape->begin(), shape->end());
    } else {
        auto own = ownShape(port, count);
        if (!own) return own.failure();
        dimensions = std::move(*own);
    }
    bool fits = !port.ranked || dimensions.size() == port.shape.size();
    for (size_t i = 0; i < dimensions.size() && fits; ++i)
        fits = !port.ranked || port.shape[i] < 0 || port.shape[i] == dimensions[i];
    if (!fits)
        return badInput(fmt::format("Input \"{}\": expected the shape {}, given {}.", port.name,
                                    tensor::toString(port.shape), tensor::toString(dimensions)));
    const bool negative = std::any_of(dimensions.begin(), dimensions.end(), [](int64_t d) { return d < 0; });
    const auto size = negative ? std::nullopt : tensor::checkedByteSize(dataType, dimensions);
    if (!size || *size != bytes.size())
        return badInput(fmt::format("Input \"{}\": {} bytes were given; {} {} does not have as many.",
                                    port.name, bytes.size(), nameOf(type), tensor::toString(dimensions)));
    try {
        auto tensor = tensor::Tensor::zeros(dataType, dimensions);
        if (!bytes.empty()) std::memcpy(tensor.mutableBytes().data(), bytes.data(), bytes.size());
        m_state->given[m_index] = std::move(tensor);
    } catch (const std::bad_alloc&) {
        return Failure{fmt::format("Input \"{}\": there is not enough free memory for it.", port.name)};
    }
    return {};
}

const std::string& Output::name() const { return m_state->output(m_index).name; }
ElementType Output::type() const { return m_state->output(m_index).type; }
const std::vector<int64_t>& Output::shape() const { return m_state->output(m_index).shape; }

Result<std::span<const std::byte>> Output::bytesOf(ElementType type) const {
    if (m_index >= m_state->outputs.size()) return noPort("output", m_index, m_state->outputs.size());
    const auto& port = m_state->output(m_index);
    if (m_state->results.empty())
        return wrongCall(
            fmt::format("Output \"{}\": nothing was run yet, or the last run failed.", port.name));
    const auto* tensor = m_state->results[m_index].tensor();
    if (!tensor || tensor->type() == tensor::DataType::string)
        return badInput(
            fmt::format("Output \"{}\" is no tensor of numbers and cannot be taken here.", port.name));
    if (port.type != type)
        return badInput(fmt::format("Output \"{}\" is {}; {} was asked for.", port.name, nameOf(port.type),
                                    nameOf(type)));
    return tensor->bytes();
}

Result<Predictor> Predictor::load(const Config& config) {
    if (config.threads < 0) return wrongCall(fmt::format("{} threads: give 0 or more.", config.threads));
    try {
        const auto cores = deploy::OnCores::begin(config.cores);
        if (!cores) return failure(cores.error());
        const auto graph = read(config);
        if (!graph) return failure(graph.error());
        runtime::SessionOptions options;
        options.threads = config.threads > 0 ? config.threads : static_cast<int>(config.cores.size());
        auto session = runtime::open(*graph, options);
        const auto label = config.modelPath.empty() ? std::string("model") : config.modelPath;
        if (!session) return failure(session.error().inside(label));
        auto state = std::make_unique<PredictorState>();
        state->cores = config.cores;
        state->inputs = portsOf((*session)->inputs());
        state->outputs = portsOf((*session)->outputs());
        state->given.resize(state->inputs.size());
        state->session = std::move(*session);
        return Predictor(std::move(state));
    } catch (const std::bad_alloc&) {
        return Failure{"There is not enough free memory to load the model."};
    }
}

Predictor::Predictor(std::unique_ptr<PredictorState> state) : m_state(std::move(state)) {}
Predictor::~Predictor() = default;
Predictor::Predictor(Predictor&&) noexcept = default;
Predictor& Predictor::operator=(Predictor&&) noexcept = default;

size_t Predictor::inputCount() const { return m_state->inputs.size(); }
size_t Predictor::outputCount() const { return m_state->outputs.size(); }
Input Predictor::input(size_t index) { return {m_state.get(), index}; }
Output Predictor::output(size_t index) const { return {m_state.get(), index}; }

Result<Input> Predictor::input(std::string_view name) {
    if (const auto index = indexOf(m_state->inputs, name)) return input(*index);
    return unknownName("input", name, m_state->inputs);
}

Result<Output> Predictor::output(std::string_view name) const {
    if (const auto index = indexOf(m_state->outputs, name)) return output(*index);
    return unknownName("output", name, m_state->outputs);
}

Status Predictor::run() {
    auto& state = *m_state;
    state.results.clear();
    state.computed.clear();
    try {
        const auto cores = deploy::OnCores::begin(state.cores);
        if (!cores) return failure(cores.error());
        auto results = state.session->run(state.given);
        if (!results) return failure(results.error());
        std::vector<Port> computed = state.outputs;
        for (size_t i = 0; i < results->size(); ++i) {
            auto& value = (*results)[i];
            const auto* tensor = value.tensor();
            if (!tensor) continue;
            computed[i].type = static_cast<ElementType>(tensor->type());
            computed[i].shape.assign(tensor->shape().begin(), tensor->shape().end());
            if (tensor->type() != tensor::DataType::string) value = tensor->aligned();
        }
        state.results = std::move(*results);
        state.computed = std::move(computed);
    } catch (const std::bad_alloc&) {
        return Failure{"There is not enough free memory to run the model."};
    }
    return {};
}

std::string Predictor::deviceName() const { return m_state->session->deviceName(); }

}  // namespace lathe
