// The sum of two tensors of codes as dequantize, Add, quantize make it (`lathe` QLinearAdd, with low_code and
// high_code of a fused activation), plain or on blocked channels. Every step is rounded as the three nodes
// do.
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kGrain = 16384;

// a, aScale, aZero, b, bScale, bZero, yScale, yZero
std::optional<ByteAddition> additionOf(const Site& site) {
    const auto aScale = scaleOf(site, 1), bScale = scaleOf(site, 4), yScale = scaleOf(site, 6);
    const auto aZero = zeroOf(site, 2), bZero = zeroOf(site, 5), yZero = zeroOf(site, 7);
    if (!aScale || !bScale || !yScale || !aZero || !bZero || !yZero || !divides(*yScale)) return {};
    const auto flip = [](const Operand& operand) {
        return operand.type == tensor::DataType::int8 ? 0x80 : 0;
    };
    ByteAddition addition;
    addition.flip = flip(site.inputs[0]);
    auto& finish = addition.finish;
    finish.zero = *aZero + addition.flip;
    finish.ownScale = *aScale;
    finish.otherFlip = flip(site.inputs[3]);
    finish.otherZero = *bZero + finish.otherFlip;
    finish.otherScale = *bScale;
    finish.sumScale = *yScale;
    finish.sumZero = *yZero;
    const bool isSigned = flip(site.outputs[0]) != 0;
    finish.sumLow = static_cast<int32_t>(site.attributes->integer("low_code", isSigned ? -128 : 0));
    finish.sumHigh = static_cast<int32_t>(site.attributes->integer("high_code", isSigned ? 127 : 255));
    return addition;
}

class AddInteger final : public Prepared {
  public:
    AddInteger(const ByteAddition& addition, int64_t count) : m_addition(addition), m_count(count) {}

    void run(const RunArguments& arguments) const override {
        arguments.workers->forRange(m_count, kGrain, [&](int64_t begin, int64_t end) {
            ByteAddition part = m_addition;
            part.codes = reinterpret_cast<const uint8_t*>(arguments.inputs[0]) + begin;
            part.finish.residual = reinterpret_cast<const uint8_t*>(arguments.inputs[3]) + begin;
            part.output = reinterpret_cast<uint8_t*>(arguments.outputs[0]) + begin;
            part.count = end - begin;
            micro().addBytes(part);
        });
    }

  private:
    ByteAddition m_addition;
    int64_t m_count;
};

bool accepts(const Site& site) {
    if (!site.has(0) || !site.has(3) || site.outputs.empty()) return false;
    for (const auto* operand : {&site.inputs[0], &site.inputs[3], &site.outputs[0]})
        if (!isByte(operand->type) || !(operand->shape == outputShape(site)) ||
            operand->layout != site.outputs[0].layout)
            return false;
    return additionOf(site).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<AddInteger>(
        *additionOf(site), storedElements(outputShape(site), site.outputs[0].layout)));
}

Kernel kernelOf(bool blocked) {
    return {.name = "add_integer",
            .domain = "lathe",
            .op = "QLinearAdd",
            .summary = "8-bit operands of one shape, parameters known before the run",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = overFirstInput,
            .blocked = blocked};
}

}  // namespace

std::vector<Kernel> addIntegerKernels() { return {kernelOf(false), kernelOf(true)}; }

}  // namespace lathe::kernels
