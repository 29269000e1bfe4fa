#include "tests/support/kernel_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "engine/ir/editor.h"
#include "engine/kernels/kernel.h"
#include "engine/ops/interpreter.h"
#include "tests/support/compare.h"

namespace lathe::test {
namespace {

std::string describe(const KernelCase& c) {
    std::string text = c.op;
    for (const auto& input : c.inputs) text += " " + tensor::toString(input.type(), input.shape());
    for (const auto& [name, value] : c.attributes)
        if (const auto* items = std::get_if<std::vector<int64_t>>(&value)) {
            text += " " + name + "=";
            for (const auto item : *items) text += std::to_string(item) + ",";
        }
    return text;
}

// The bytes of a rank 4 tensor in blocked channels.
std::vector<std::byte> toBlocked(const tensor::Tensor& tensor) {
    const auto& shape = tensor.shape();
    const int64_t block = kernels::channelBlock(), plane = shape[2] * shape[3];
    const int64_t blocks = (shape[1] + block - 1) / block;
    const auto size = static_cast<size_t>(tensor::bitWidth(tensor.type()) / 8);
    const auto stored = static_cast<size_t>(kernels::storedElements(shape, kernels::Layout::blocked));
    std::vector<std::byte> result(stored * size, std::byte{0x3e});
    for (int64_t i = 0; i < tensor.elementCount(); ++i) {
        const int64_t p = i % plane, c = i / plane % shape[1], n = i / plane / shape[1];
        const int64_t at = ((n * blocks + c / block) * plane + p) * block + c % block;
        std::memcpy(result.data() + static_cast<size_t>(at) * size,
                    tensor.bytes().data() + static_cast<size_t>(i) * size, size);
    }
    return result;
}

void fromBlocked(const std::vector<std::byte>& bytes, tensor::Tensor& tensor) {
    const auto& shape = tensor.shape();
    const int64_t block = kernels::channelBlock(), plane = shape[2] * shape[3];
    const int64_t blocks = (shape[1] + block - 1) / block;
    const auto size = static_cast<size_t>(tensor::bitWidth(tensor.type()) / 8);
    for (int64_t i = 0; i < tensor.elementCount(); ++i) {
        const int64_t p = i % plane, c = i / plane % shape[1], n = i / plane / shape[1];
        const int64_t at = ((n * blocks + c / block) * plane + p) * block + c % block;
        std::memcpy(tensor.mutableBytes().data() + static_cast<size_t>(i) * size,
                    bytes.data() + static_cast<size_t>(at) * size, size);
    }
}

std::vector<tensor::Tensor> runKernel(const kernels::Kernel& kernel, const kernels::Site& site,
                                      const KernelCase& c, const std::vector<tensor::RuntimeValue>& expected,
                                      int threads) {
    auto prepared = kernel.prepare(site);
    EXPECT_TRUE(prepared) << describe(c);
    if (!prepared) return {};
    std::vector<const std::byte*> inputs;
    std::vector<std::vector<std::byte>> turned;
    turned.reserve(c.inputs.size());
    for (size_t i = 0; i < c.inputs.size(); ++i) {
        inputs.push_back(c.inputs[i].defined() && !(*prepared)->packs(i) ? c.inputs[i].bytes().data()
                                                                         : nullptr);
        if (!inputs.back() || site.inputs[i].layout == kernels::Layout::plain) continue;
        turned.push_back(toBlocked(c.inputs[i]));
        inputs.back() = turned.back().data();
    }
    std::vector<tensor::Tensor> outputs;
    std::vector<std::byte*> pointers;
    for (const auto& value : expected) {
        outputs.push_back(tensor::Tensor::zeros(value.tensor()->type(), value.tensor()->shape()));
        std::memset(outputs.back().mutableBytes().data(), 0x5a, outputs.back().bytes().size());
    }
    std::vector<std::vector<std::byte>> storedOutputs;
    storedOutputs.reserve(outputs.size());
    for (size_t i = 0; i < outputs.size(); ++i) {
        pointers.push_back(outputs[i].mutableBytes().data());
        if (site.outputs[i].layout == kernels::Layout::plain) continue;
        storedOutputs.push_back(toBlocked(outputs[i]));
        pointers.back() = storedOutputs.back().data();
    }
    const auto size = static_cast<int64_t>((*prepared)->scratchBytes()) + 64;
    auto scratch = tensor::Tensor::zeros(tensor::DataType::uint8, tensor::Dimensions(&size, 1));
    const base::Workers workers(threads);
    (*prepared)->run({inputs, pointers, scratch.mutableBytes().data(), &workers});
    for (size_t i = 0, turnedBack = 0; i < outputs.size(); ++i)
        if (site.outputs[i].layout == kernels::Layout::blocked)
            fromBlocked(storedOutputs[turnedBack++], outputs[i]);
    return outputs;
}

}  // namespace

void checkKernel(const KernelCase& c) {
    ir::Editor editor;
    std::vector<ir::ValueId> values;
    std::vector<tensor::RuntimeValue> given;
    for (size_t i = 0; i < c.inputs.size(); ++i) {
        if (!c.inputs[i].defined()) {
            values.push_back({});
            continue;
        }
        given.emplace_back(c.inputs[i]);
        values.push_back(editor.addInput(
            "x" + std::to_string(i),
            ir::ValueType::tensorOf(c.inputs[i].type(), ir::symbolicShape(c.inputs[i].shape()))));
    }
    const auto node =
        editor.addNode({.op = c.op, .inputs = values, .attributes = c.attributes, .outputCount = c.outputs});
    const auto outputIds = editor.graph().node(node).outputs();
    editor.setGraphOutputs(ir::kMain, {outputIds.begin(), outputIds.end()});
    const auto graph = editor.finish();
    const auto expected = ops::interpret(*graph, given);
    ASSERT_TRUE(expected) << describe(c) << ": " << expected.error().message;

    kernels::Site site;
    site.op = c.op;
    site.attributes = &c.attributes;
    site.label = c.op;
    for (size_t i = 0; i < c.inputs.size(); ++i) {
        const bool constant = std::find(c.constants.begin(), c.constants.end(), i) != c.constants.end();
        site.inputs.push_back({c.inputs[i].type(), c.inputs[i].shape(), constant ? &c.inputs[i] : nullptr});
    }
    for (const auto& value : *expected)
        site.outputs.push_back({value.tensor()->type(), value.tensor()->shape(), nullptr,
                                c.blockedOutputs ? kernels::Layout::blocked : kernels::Layout::plain});
    for (const auto input : c.blocked) site.inputs[input].layout = kernels::Layout::blocked;

    const auto* chosen = kernels::chooseCpuKernel(site);
    ASSERT_NE(chosen, nullptr) << describe(c) << ": no kernel takes it";
    EXPECT_EQ(chosen->name, c.kernel) << describe(c);

    const auto one = runKernel(*chosen, site, c, *expected, 1);
    const auto two = runKernel(*chosen, site, c, *expected, 2);
    ASSERT_EQ(one.size(), expected->size());
    for (size_t i = 0; i < one.size(); ++i) {
        EXPECT_LE(relativeError(one[i], *(*expected)[i].tensor()), c.tolerance)
            << describe(c) << ", output " << i;
        EXPECT_TRUE(one[i] == two[i])
            << describe(c) << ", output " << i << " depends on the number of threads";
    }
}

tensor::Tensor randomFloats(tensor::Dimensions shape, unsigned seed) {
    auto tensor = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    for (auto& value : tensor.mutableValues<float>()) value = normal(random);
    return tensor;
}

tensor::Tensor randomFloats(std::initializer_list<int64_t> shape, unsigned seed) {
    return randomFloats(tensor::Dimensions(shape.begin(), shape.size()), seed);
}

}  // namespace lathe::test
