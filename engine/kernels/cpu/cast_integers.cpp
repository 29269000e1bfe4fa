// Cast from integers and bool to float32, wider and narrower integers (which keep the low bits), and bool.
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

using tensor::DataType;

constexpr int64_t kGrain = 16384;

using Loop = void (*)(const std::byte* in, std::byte* out, int64_t begin, int64_t end);

template <typename In, typename Out>
void convert(const std::byte* in, std::byte* out, int64_t begin, int64_t end) {
    const auto* from = reinterpret_cast<const In*>(in);
    auto* to = reinterpret_cast<Out*>(out);
    // An int8 is a number, not a character. NOLINTNEXTLINE(bugprone-signed-char-misuse)
    for (int64_t i = begin; i < end; ++i) to[i] = static_cast<Out>(from[i]);
}

template <typename In>
Loop loopTo(DataType type) {
    switch (type) {
        case DataType::float32:
            return convert<In, float>;
        case DataType::int32:
            return convert<In, int32_t>;
        case DataType::int64:
            return convert<In, int64_t>;
        case DataType::boolean:
            return convert<In, bool>;
        default:
            return nullptr;
    }
}

Loop loopFor(DataType from, DataType to) {
    switch (from) {
        case DataType::boolean:
        case DataType::uint8:
            return loopTo<uint8_t>(to);
        case DataType::int8:
            return loopTo<int8_t>(to);
        case DataType::int32:
            return loopTo<int32_t>(to);
        case DataType::int64:
            return loopTo<int64_t>(to);
        default:
            return nullptr;
    }
}

class CastIntegers final : public Prepared {
  public:
    CastIntegers(Loop loop, int64_t count) : m_loop(loop), m_count(count) {}
    void run(const RunArguments& arguments) const override {
        arguments.workers->forRange(m_count, kGrain, [&](int64_t begin, int64_t end) {
            m_loop(arguments.inputs[0], arguments.outputs[0], begin, end);
        });
    }

  private:
    Loop m_loop;
    int64_t m_count;
};

bool accepts(const Site& site) {
    return site.has(0) && !site.outputs.empty() && loopFor(site.inputs[0].type, site.outputs[0].type);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<CastIntegers>(
        loopFor(site.inputs[0].type, site.outputs[0].type), tensor::elementCount(outputShape(site))));
}

}  // namespace

std::vector<Kernel> castIntegersKernels() {
    return {{.name = "cast_integers",
             .domain = {},
             .op = "Cast",
             .summary = "integers and bool to float32, int32, int64, bool",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr}};
}

}  // namespace lathe::kernels
