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

// Sequences and maps get this many elements, those inside of others one.
constexpr size_t kItems = 3;

using Names = std::map<std::string, ir::Dim, std::less<>>;

base::Result<tensor::RuntimeValue> randomTensor(const ir::ValueType& type, const Names& names,
                                                std::string_view input, std::mt19937_64& random) {
    if (!type.shape)
        return base::Error::badInput(fmt::format("Input \"{}\" has no known rank: give its shape.", input));
    tensor::Shape shape;
    for (const auto& dim : *type.shape) shape.push_back(dim.bound(names).constantOr(1));
    const auto element =
        type.element == tensor::DataType::undefined ? tensor::DataType::float32 : type.element;
    const auto bytes = tensor::checkedByteSize(element, shape);
    if (element != tensor::DataType::string && (!bytes || *bytes > uint64_t{1} << 34))
        return base::Error::badInput(
            fmt::format("Input \"{}\": the shape {} is too large.", input, tensor::toString(shape)));
    auto tensor = tensor::Tensor::zeros(element, shape);
    fill(tensor, random);
    return tensor::RuntimeValue(std::move(tensor));
}

base::Result<tensor::RuntimeValue> randomValue(const ir::ValueType& type, const Names& names,
                                               std::string_view input, std::mt19937_64& random,
                                               int depth = 0) {
    using Kind = ir::ValueType::Kind;
    if (type.isTensor()) return randomTensor(type, names, input, random);
    const bool known = type.inner && type.inner->kind != Kind::unknown;
    if (!known || type.kind == Kind::sparseTensor)
        return base::Error::badInput(
            fmt::format("Input \"{}\" is {}: no random values are made for it.", input, ir::toString(type)));
    std::vector<tensor::RuntimeValue> items;
    const size_t count = type.kind == Kind::optional || depth > 1 ? 1 : kItems;
    for (size_t i = 0; i < count; ++i) {
        auto item = randomValue(*type.inner, names, input, random, depth + 1);
        if (!item) return item;
        items.push_back(std::move(*item));
    }
    if (type.kind == Kind::optional)
        return tensor::RuntimeValue(
            tensor::Optional{std::make_shared<const tensor::RuntimeValue>(std::move(items.front()))});
    if (type.kind == Kind::sequence)
        return tensor::RuntimeValue(tensor::Sequence{
            type.inner->isTensor() ? type.inner->element : tensor::DataType::undefined, std::move(items)});
    tensor::Map map;
    map.values = std::move(items);
    std::vector<std::string> texts;
    std::vector<int64_t> numbers;
    for (size_t i = 0; i < count; ++i) {
        texts.emplace_back(1, static_cast<char>('a' + i));
        numbers.push_back(static_cast<int64_t>(i));
    }
    map.keys = type.element == tensor::DataType::string ? tensor::Tensor::vector<std::string>(texts)
                                                        : tensor::Tensor::vector<int64_t>(numbers);
    return tensor::RuntimeValue(std::move(map));
}

}  // namespace

base::Result<std::vector<tensor::RuntimeValue>> randomInputs(
    const ir::Graph& graph, uint64_t seed, const std::map<std::string, int64_t, std::less<>>& bindings,
    const std::map<std::string, tensor::Shape>& shapes) {
    Names names;
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
        auto type = value.type();
        if (const auto given = shapes.find(std::string(value.name()));
            given != shapes.end() && type.isTensor())
            type.shape = ir::symbolicShape(given->second);
        auto made = randomValue(type, names, value.name(), random);
        if (!made) return made.error();
        inputs.push_back(std::move(*made));
    }
    return inputs;
}

}  // namespace lathe::runtime
