// Elementwise functions of one float32 tensor. Those with exp, tanh or erf in them use the vector polynomials
// of the micro-kernels (a few units in the last place); the rest are plain loops that the compiler
// vectorises.
#include <cmath>
#include <limits>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

// Below this many elements a piece is not worth a thread.
constexpr int64_t kGrain = 16384;

struct Constants {
    float a = 0, b = 0;  // alpha and beta, or low and high
};

using Loop = void (*)(const float* in, float* out, int64_t count, Constants constants);

template <typename Function>
void each(const float* in, float* out, int64_t count, Function function) {
    for (int64_t i = 0; i < count; ++i) out[i] = function(in[i]);
}

void clipLoop(const float* in, float* out, int64_t count, Constants c) {
    each(in, out, count, [c](float x) {
        const float raised = x < c.a ? c.a : x;
        return raised > c.b ? c.b : raised;
    });
}
void reluLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return x < 0 ? 0.0f : x; });
}
void leakyLoop(const float* in, float* out, int64_t count, Constants c) {
    each(in, out, count, [c](float x) { return x < 0 ? c.a * x : x; });
}
void hardSigmoidLoop(const float* in, float* out, int64_t count, Constants c) {
    each(in, out, count, [c](float x) {
        const float y = c.a * x + c.b;
        const float raised = y < 0 ? 0.0f : y;
        return raised > 1 ? 1.0f : raised;
    });
}
void hardSwishLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) {
        const float y = x * (1.0f / 6) + 0.5f;
        const float raised = y < 0 ? 0.0f : y;
        return x * (raised > 1 ? 1.0f : raised);
    });
}
void sqrtLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return std::sqrt(x); });
}
void reciprocalLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return 1.0f / x; });
}
void negativeLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return -x; });
}
void absoluteLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return std::fabs(x); });
}
void floorLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return std::floor(x); });
}
void ceilLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return std::ceil(x); });
}
void logLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return std::log(x); });
}
void eluLoop(const float* in, float* out, int64_t count, Constants c) {
    each(in, out, count, [c](float x) { return x < 0 ? c.a * std::expm1(x) : x; });
}
void softplusLoop(const float* in, float* out, int64_t count, Constants) {
    each(in, out, count, [](float x) { return x > 20 ? x : std::log1p(std::exp(x)); });
}
template <MicroFunction Function>
void microLoop(const float* in, float* out, int64_t count, Constants) {
    micro().apply(Function, in, out, count);
}

struct Entry {
    std::string_view op;
    std::string_view kernel;
    Loop loop;
    // On blocked channels too: the channels that fill up a block are computed as well, and stay finite.
    bool blocked = false;
};

constexpr Entry kEntries[] = {
    {"Abs", "unary_abs", absoluteLoop, true},
    {"Ceil", "unary_ceil", ceilLoop},
    {"Clip", "unary_clip", clipLoop, true},
    {"Elu", "unary_elu", eluLoop, true},
    {"Erf", "unary_erf", microLoop<MicroFunction::erf>},
    {"Exp", "unary_exp", microLoop<MicroFunction::exponential>},
    {"Floor", "unary_floor", floorLoop},
    {"Gelu", "unary_gelu", microLoop<MicroFunction::gelu>, true},
    {"HardSigmoid", "unary_hard_sigmoid", hardSigmoidLoop, true},
    {"HardSwish", "unary_hard_swish", hardSwishLoop, true},
    {"LeakyRelu", "unary_leaky_relu", leakyLoop, true},
    {"Log", "unary_log", logLoop},
    {"Neg", "unary_neg", negativeLoop, true},
    {"Reciprocal", "unary_reciprocal", reciprocalLoop},
    {"Relu", "unary_relu", reluLoop, true},
    {"Sigmoid", "unary_sigmoid", microLoop<MicroFunction::sigmoid>, true},
    {"Softplus", "unary_softplus", softplusLoop, true},
    {"Sqrt", "unary_sqrt", sqrtLoop},
    {"Tanh", "unary_tanh", microLoop<MicroFunction::tanh>, true},
};

class Unary final : public Prepared {
  public:
    Unary(Loop loop, Constants constants, int64_t count)
        : m_loop(loop), m_constants(constants), m_count(count) {}
    void run(const RunArguments& arguments) const override {
        const float* in = floats(arguments.inputs[0]);
        float* out = floats(arguments.outputs[0]);
        arguments.workers->forRange(m_count, kGrain, [&](int64_t begin, int64_t end) {
            m_loop(in + begin, out + begin, end - begin, m_constants);
        });
    }

  private:
    Loop m_loop;
    Constants m_constants;
    int64_t m_count;
};

bool accepts(const Site& site) {
    if (!isFloat(site, 0) || !makesFloat(site)) return false;
    if (site.inputs[0].layout != site.outputs[0].layout) return false;
    if (site.op != "Clip") return true;
    const auto known = [&](size_t i) { return !site.has(i) || constantOf(site, i); };
    return known(1) && known(2);
}

Constants constantsOf(const Site& site) {
    const auto& attributes = *site.attributes;
    constexpr float kLargest = std::numeric_limits<float>::infinity();
    if (site.op == "Clip") return {scalarOr(site, 1, -kLargest), scalarOr(site, 2, kLargest)};
    if (site.op == "LeakyRelu") return {attributes.real("alpha", 0.01f)};
    if (site.op == "Elu") return {attributes.real("alpha", 1.0f)};
    if (site.op == "HardSigmoid") return {attributes.real("alpha", 0.2f), attributes.real("beta", 0.5f)};
    return {};
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    Loop loop = nullptr;
    for (const auto& entry : kEntries)
        if (entry.op == site.op) loop = entry.loop;
    if (site.op == "Gelu" && site.attributes->text("approximate", "none") == "tanh")
        loop = microLoop<MicroFunction::geluTanh>;
    return std::unique_ptr<Prepared>(std::make_unique<Unary>(
        loop, constantsOf(site), storedElements(outputShape(site), site.outputs[0].layout)));
}

}  // namespace

std::vector<Kernel> unaryKernels() {
    std::vector<Kernel> kernels;
    for (const auto& entry : kEntries)
        for (const bool blocked : {false, true})
            if (!blocked || entry.blocked)
                kernels.push_back({.name = entry.kernel,
                                   .domain = {},
                                   .op = entry.op,
                                   .summary = "float32, any shape",
                                   .accepts = accepts,
                                   .prepare = prepare,
                                   .inPlace = overFirstInput,
                                   .blocked = blocked});
    return kernels;
}

}  // namespace lathe::kernels
