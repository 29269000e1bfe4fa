#include <fmt/format.h>

#include <random>

#include "engine/runtime/session.h"
#include "engine/tensor/visit_type.h"

namespace lathe::runtime {
namespace {

// The normal distribution of the standard library differs between libraries; this one does not
// (Irwin-Hall: the sum of twelve uniform numbers, variance 1).
double nearlyNormal(std::mt19937_64& random) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(random() >> 11) * 0x1p-53;
    return sum;
}

void fill(tensor::Tensor& tensor, std::mt19937_64& random) {
    const auto fillAs = [&](auto tag) {
        using T = typename decltype(tag)::type;
        for (auto& value : tensor.mutableValues<T>()) {
            if constexpr (std::is_same_v<T, bool>)
                value = random() & 1;
            else if constexpr (std::is_same_v<T, std::string>)
                value = std::string(1, static_cast<char>('a' + random() % 26));
            else if constexpr (std::is_integral_v<T>)
                value = static_cast<T>(random() % 10);
            else
                value = T(static_cast<float>(nearlyNormal(random)));
        }
        return true;
    };
    if (!tensor::visitAll(tensor.type(), fillAs, false)) {
        // Narrow and complex types: zero bits are zero in all of them, small codes are small values.
        if (tensor::bitWidth(tensor.type()) == 8)
            for (auto& byte : tensor.mutableBytes()) byte = static_cast<std::byte>(random() % 0x40);
    }
}

}  // namespace

base::Result<std::vector<tensor::RuntimeValue>> randomInputs(
    const ir::Graph& graph, uint64_t seed, const std::map<std::string, int64_t, std::less<>>& bindings,
    const std::map<std::string, tensor::Shape>& shapes) {
    std::map<std::string, ir::Dim, std::less<>> names;
    for (const auto& [name, value] : bindings) names.emplace(name, ir::Dim(value));
    // A shape the caller gave for one input also says what its named dimensions are.
    for (const auto id : graph.inputs()) {
        const auto value = graph.value(id);
        const auto given = shapes.find(std::string(value.name()));
        const auto& declared = value.type().shape;
        if (given == shapes.end() || !declared || declared->size() != given->second.size()) continue;
        for (size_t i = 0; i < declared->size(); ++i)
            if (const auto name = (*declared)[i].symbolName(); !name.empty())
                names.try_emplace(std::string(name), ir::Dim(given->second[i]));
    }

    std::mt19937_64 random(seed);
    std::vector<tensor::RuntimeValue> inputs;
    for (const auto id : graph.inputs()) {
        const auto value = graph.value(id);
        if (value.initializer()) {
            inputs.emplace_back();
            continue;
        }
        const auto& type = value.type();
        if (!type.isTensor())
            return base::Error::badInput(
                fmt::format("Input \"{}\" is {}: random values are made for tensors only.", value.name(),
                            ir::toString(type)));
        tensor::Shape shape;
        if (const auto given = shapes.find(std::string(value.name())); given != shapes.end()) {
            shape = given->second;
        } else if (!type.shape) {
            return base::Error::badInput(
                fmt::format("Input \"{}\" has no known rank: give its shape.", value.name()));
        } else {
            for (const auto& dim : *type.shape) shape.push_back(dim.bound(names).constantOr(1));
        }
        const auto element =
            type.element == tensor::DataType::undefined ? tensor::DataType::float32 : type.element;
        const auto bytes = tensor::checkedByteSize(element, shape);
        if (element != tensor::DataType::string && (!bytes || *bytes > uint64_t{1} << 34))
            return base::Error::badInput(fmt::format("Input \"{}\": the shape {} is too large.", value.name(),
                                                     tensor::toString(shape)));
        auto tensor = tensor::Tensor::zeros(element, shape);
        fill(tensor, random);
        inputs.emplace_back(std::move(tensor));
    }
    return inputs;
}

}  // namespace lathe::runtime
