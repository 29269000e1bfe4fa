#include "tests/support/kernel_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <random>

#include "engine/kernels/kernel.h"
#include "tests/support/compare.h"
#include "tests/support/kernel_expectation.h"

namespace lathe::test {
namespace {

using kernels::Layout;
using tensor::Tensor;

// What nobody may read: finite, and large enough to be seen in any sum.
constexpr float kGarbage = 7.25f;
constexpr auto kGarbageCode = std::byte{0x5b};

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

// Calls `place(index in blocked memory, index in plain memory or -1)` for every element in blocked memory.
template <typename Place>
void forEachBlocked(const tensor::Shape& shape, Place place) {
    const int64_t block = kernels::channelBlock(), plane = shape[2] * shape[3];
    const int64_t blocks = (shape[1] + block - 1) / block;
    for (int64_t i = 0; i < shape[0] * blocks * plane * block; ++i) {
        const int64_t channel = i / (plane * block) % blocks * block + i % block;
        const int64_t image = i / (plane * block * blocks), at = i / block % plane;
        place(i, channel < shape[1] ? (image * shape[1] + channel) * plane + at : -1);
    }
}

// Floats or bytes.
Tensor toBlocked(const Tensor& plain) {
    const int64_t count = kernels::storedElements(plain.shape(), Layout::blocked);
    const auto size = tensor::bitWidth(plain.type()) / 8;
    auto blocked = Tensor::zeros(plain.type(), tensor::Dimensions(&count, 1));
    std::byte* to = blocked.mutableBytes().data();
    const std::byte* from = plain.bytes().data();
    forEachBlocked(plain.shape(), [&](int64_t at, int64_t source) {
        if (source >= 0)
            std::memcpy(to + at * size, from + source * size, static_cast<size_t>(size));
        else if (plain.type() == tensor::DataType::float32)
            std::memcpy(to + at * size, &kGarbage, sizeof(kGarbage));
        else
            to[at] = kGarbageCode;
    });
    return blocked;
}

Tensor toPlain(const Tensor& blocked, const tensor::Shape& shape) {
    const auto size = tensor::bitWidth(blocked.type()) / 8;
    auto plain = Tensor::zeros(blocked.type(), shape);
    std::byte* to = plain.mutableBytes().data();
    const std::byte* from = blocked.bytes().data();
    forEachBlocked(shape, [&](int64_t at, int64_t target) {
        if (target >= 0) {
            std::memcpy(to + target * size, from + at * size, static_cast<size_t>(size));
        } else if (blocked.type() == tensor::DataType::float32) {
            EXPECT_TRUE(std::isfinite(blocked.values<float>()[static_cast<size_t>(at)]))
                << "a fill-up channel";
        }
    });
    return plain;
}

bool contains(const std::vector<size_t>& list, size_t item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

Tensor filled(tensor::DataType type, tensor::Dimensions shape) {
    auto tensor = Tensor::zeros(type, shape);
    std::memset(tensor.mutableBytes().data(), 0x5a, tensor.bytes().size());
    return tensor;
}

class Check {
  public:
    Check(const KernelCase& kernelCase, const std::vector<tensor::RuntimeValue>& expected)
        : m_case(kernelCase), m_expected(expected) {
        for (size_t i = 0; i < m_case.inputs.size(); ++i) {
            const auto& input = m_case.inputs[i];
            const bool isBlocked = contains(m_case.blocked, i);
            m_inputs.push_back(isBlocked ? toBlocked(input) : input);
            m_site.inputs.push_back({input.type(), input.shape(),
                                     contains(m_case.constants, i) ? &m_case.inputs[i] : nullptr,
                                     isBlocked ? Layout::blocked : Layout::plain});
        }
        m_site.domain = m_case.domain;
        m_site.op = m_case.op;
        m_site.attributes = &m_case.attributes;
        m_site.label = m_case.op;
        for (const auto& value : m_expected)
            m_site.outputs.push_back({value.tensor()->type(), value.tensor()->shape(), nullptr,
                                      m_case.blockedOutputs ? Layout::blocked : Layout::plain});
    }

    void run() {
        const auto what = describe(m_case);
        m_kernel = kernels::chooseCpuKernel(m_site);
        ASSERT_NE(m_kernel, nullptr) << what << ": no kernel takes it";
        EXPECT_EQ(m_kernel->name, m_case.kernel) << what;
        const auto one = outputsWith(1, false), two = outputsWith(2, false);
        ASSERT_EQ(one.size(), m_expected.size());
        for (size_t i = 0; i < one.size(); ++i) {
            EXPECT_LE(relativeError(one[i], *m_expected[i].tensor()), m_case.tolerance)
                << what << ", output " << i;
            EXPECT_TRUE(one[i] == two[i]) << what << ", output " << i << " depends on the number of threads";
        }
        if (const auto source = inPlaceSource()) {
            EXPECT_TRUE(outputsWith(2, true)[0] == one[0]) << what << ", in place of input " << *source;
        }
    }

  private:
    std::optional<size_t> inPlaceSource() const {
        const int source = m_kernel->inPlace ? m_kernel->inPlace(m_site, 0) : -1;
        if (source < 0) return {};
        const auto at = static_cast<size_t>(source);
        const bool same = m_site.inputs[at].shape == m_site.outputs[0].shape &&
                          m_site.inputs[at].type == m_site.outputs[0].type;
        return same && !m_site.inputs[at].constant ? std::optional(at) : std::nullopt;
    }

    // Plain, whatever the kernel made.
    std::vector<Tensor> outputsWith(int threads, bool inPlace) const {
        auto prepared = m_kernel->prepare(m_site);
        EXPECT_TRUE(prepared) << describe(m_case);
        if (!prepared) return {};
        auto inputs = m_inputs;
        std::vector<const std::byte*> inputPointers;
        for (size_t i = 0; i < inputs.size(); ++i)
            inputPointers.push_back(inputs[i].defined() && !(*prepared)->packs(i) ? inputs[i].bytes().data()
                                                                                  : nullptr);
        std::vector<Tensor> outputs;
        for (const auto& output : m_site.outputs) {
            const int64_t count = kernels::storedElements(output.shape, output.layout);
            outputs.push_back(output.layout == Layout::plain
                                  ? filled(output.type, output.shape)
                                  : filled(output.type, tensor::Dimensions(&count, 1)));
        }
        if (inPlace) {
            const auto source = *inPlaceSource();
            std::memcpy(outputs[0].mutableBytes().data(), inputs[source].bytes().data(),
                        outputs[0].bytes().size());
            inputPointers[source] = outputs[0].bytes().data();
        }
        std::vector<std::byte*> outputPointers;
        for (auto& output : outputs) outputPointers.push_back(output.mutableBytes().data());
        const auto size = static_cast<int64_t>((*prepared)->scratchBytes()) + 64;
        auto scratch = filled(tensor::DataType::uint8, tensor::Dimensions(&size, 1));
        const base::Workers workers(threads);
        (*prepared)->run({inputPointers, outputPointers, scratch.mutableBytes().data(), &workers});
        for (size_t i = 0; i < outputs.size(); ++i)
            if (m_site.outputs[i].layout == Layout::blocked)
                outputs[i] = toPlain(outputs[i], m_site.outputs[i].shape);
        return outputs;
    }

    const KernelCase& m_case;
    const std::vector<tensor::RuntimeValue>& m_expected;
    std::vector<Tensor> m_inputs;  // as the kernel gets them
    kernels::Site m_site;
    const kernels::Kernel* m_kernel = nullptr;
};

}  // namespace

void checkKernel(const KernelCase& kernelCase) {
    const auto expected = expectationOf(kernelCase);
    ASSERT_TRUE(expected) << describe(kernelCase) << ": " << expected.error().message;
    Check(kernelCase, *expected).run();
}

Tensor randomFloats(tensor::Dimensions shape, unsigned seed) {
    auto tensor = Tensor::zeros(tensor::DataType::float32, shape);
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    for (auto& value : tensor.mutableValues<float>()) value = normal(random);
    return tensor;
}

Tensor randomFloats(std::initializer_list<int64_t> shape, unsigned seed) {
    return randomFloats(tensor::Dimensions(shape.begin(), shape.size()), seed);
}

}  // namespace lathe::test
