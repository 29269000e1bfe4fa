// Cast between float32 and 16-bit floats, rounded to the nearest, even when two are as near. A `lathe` Cast
// stands where a plan runs nodes on float32 beside others on halves.
#include "engine/kernels/cpu/support_half.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kGrain = 16384;

class CastHalf final : public Prepared {
  public:
    CastHalf(HalfType type, bool toHalf, int64_t count) : m_type(type), m_toHalf(toHalf), m_count(count) {}

    void run(const RunArguments& arguments) const override {
        const auto* in = arguments.inputs[0];
        auto* out = arguments.outputs[0];
        arguments.workers->forRange(m_count, kGrain, [&](int64_t begin, int64_t end) {
            if (m_toHalf)
                micro().narrowFloats(m_type, floats(in) + begin, halves(out) + begin, end - begin);
            else
                micro().widenHalves(m_type, halves(in) + begin, floats(out) + begin, end - begin);
        });
    }

  private:
    HalfType m_type;
    bool m_toHalf;
    int64_t m_count;
};

bool accepts(const Site& site) {
    if (!site.has(0) || site.outputs.empty()) return false;
    return (isFloat(site, 0) && halfType(site.outputs[0].type)) ||
           (halfType(site.inputs[0].type) && makesFloat(site));
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const bool toHalf = isFloat(site, 0);
    const auto type = halfType(toHalf ? site.outputs[0].type : site.inputs[0].type);
    return std::unique_ptr<Prepared>(
        std::make_unique<CastHalf>(*type, toHalf, tensor::elementCount(shapeOf(site, 0))));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "cast_half",
            .domain = domain,
            .op = "Cast",
            .summary = "float32 and 16-bit floats",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr,
            .unalignedConstant = 0};
}

}  // namespace

std::vector<Kernel> castHalfKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
