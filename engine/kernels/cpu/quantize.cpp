// QuantizeLinear and DequantizeLinear between float32 and 8-bit integers (and int32 to float32 for biases),
// with one scale or one an index of an axis; on blocked channels with one scale.
//
//   q = saturate(round_to_even(x / scale) + zero)        x = (q - zero) * scale
#include <limits>
#include <optional>

#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kGrain = 16384;

using tensor::DataType;

struct Parameters {
    float scale = 1;
    int32_t zero = 0;
};

template <typename Code>
void quantizeRow(const std::byte* in, std::byte* out, int64_t count, Parameters p) {
    Quantize q;
    q.input = floats(in);
    q.output = reinterpret_cast<uint8_t*>(out);
    q.count = count;
    q.scale = p.scale;
    q.zero = p.zero;
    q.low = std::numeric_limits<Code>::min();
    q.high = std::numeric_limits<Code>::max();
    micro().quantize(q);
}

template <typename Code>
void dequantizeRow(const std::byte* in, std::byte* out, int64_t count, Parameters p) {
    const auto* x = reinterpret_cast<const Code*>(in);
    auto* y = reinterpret_cast<float*>(out);
    for (int64_t i = 0; i < count; ++i)
        y[i] = static_cast<float>(static_cast<int32_t>(x[i]) - p.zero) * p.scale;
}

using Row = void (*)(const std::byte*, std::byte*, int64_t, Parameters);

class Scaled final : public Prepared {
  public:
    Scaled(Row row, std::vector<Parameters> parameters, int64_t outer, int64_t inner, int64_t inSize,
           int64_t outSize)
        : m_row(row),
          m_parameters(std::move(parameters)),
          m_outer(outer),
          m_inner(inner),
          m_inSize(inSize),
          m_outSize(outSize) {}

    void run(const RunArguments& arguments) const override {
        const auto channels = static_cast<int64_t>(m_parameters.size());
        const int64_t rows = m_outer * channels;
        const auto piece = [&](int64_t row, int64_t begin, int64_t end) {
            const int64_t at = row * m_inner + begin;
            m_row(arguments.inputs[0] + at * m_inSize, arguments.outputs[0] + at * m_outSize, end - begin,
                  m_parameters[static_cast<size_t>(row % channels)]);
        };
        if (rows == 1)
            arguments.workers->forRange(m_inner, kGrain,
                                        [&](int64_t begin, int64_t end) { piece(0, begin, end); });
        else
            arguments.workers->forRange(rows, std::max<int64_t>(1, kGrain / m_inner),
                                        [&](int64_t begin, int64_t end) {
                                            for (int64_t row = begin; row < end; ++row)
                                                piece(row, 0, m_inner);
                                        });
    }

  private:
    Row m_row;
    std::vector<Parameters> m_parameters;
    int64_t m_outer, m_inner, m_inSize, m_outSize;
};

Row rowFor(const Site& site) {
    const auto in = site.inputs[0].type, out = site.outputs[0].type;
    if (site.op == "QuantizeLinear" && in == DataType::float32) {
        if (out == DataType::int8) return quantizeRow<int8_t>;
        if (out == DataType::uint8) return quantizeRow<uint8_t>;
    }
    if (site.op == "DequantizeLinear" && out == DataType::float32) {
        if (in == DataType::int8) return dequantizeRow<int8_t>;
        if (in == DataType::uint8) return dequantizeRow<uint8_t>;
        if (in == DataType::int32) return dequantizeRow<int32_t>;
    }
    return nullptr;
}

std::vector<Parameters> parametersOf(const Site& site) {
    const auto scales = constantOf(site, 1)->values<float>();
    std::vector<Parameters> parameters;
    for (size_t i = 0; i < scales.size(); ++i) {
        const auto* zeros = constantOf(site, 2);
        const int64_t zero =
            zeros ? zeros->integerAt(zeros->elementCount() == 1 ? 0 : static_cast<int64_t>(i)) : 0;
        parameters.push_back({scales[i], static_cast<int32_t>(zero)});
    }
    return parameters;
}

std::optional<size_t> axisOf(const Site& site) {
    const auto rank = static_cast<int64_t>(shapeOf(site, 0).size());
    const auto axis = tensor::normalizedAxis(site.attributes->integer("axis", 1), rank);
    return axis ? std::optional<size_t>(static_cast<size_t>(*axis)) : std::nullopt;
}

bool accepts(const Site& site) {
    if (!site.has(0) || site.outputs.empty() || !rowFor(site)) return false;
    const auto* scale = constantOf(site, 1);
    if (!scale || scale->type() != DataType::float32 || (site.has(2) && !constantOf(site, 2))) return false;
    if (site.op == "QuantizeLinear")
        for (const float s : scale->values<float>())
            if (!divides(s)) return false;
    if (site.attributes->integer("block_size", 0) != 0 || site.attributes->integer("precision", 0) > 1)
        return false;
    if (scale->elementCount() == 1) return site.inputs[0].layout == site.outputs[0].layout;
    if (site.blocked()) return false;
    const auto axis = axisOf(site);
    return axis && scale->rank() == 1 && scale->elementCount() == shapeOf(site, 0)[*axis];
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    auto parameters = parametersOf(site);
    int64_t outer = 1, inner = storedElements(shape, site.inputs[0].layout);
    if (parameters.size() > 1) {
        const auto axis = *axisOf(site);
        outer = countOf(shape, 0, axis);
        inner = countOf(shape, axis + 1, shape.size());
    }
    return std::unique_ptr<Prepared>(std::make_unique<Scaled>(
        rowFor(site), std::move(parameters), outer, inner, tensor::bitWidth(site.inputs[0].type) / 8,
        tensor::bitWidth(site.outputs[0].type) / 8));
}

Kernel kernelOf(std::string_view op, std::string_view name, bool blocked) {
    return {.name = name,
            .domain = {},
            .op = op,
            .summary = "float32 and 8-bit integers, scales known before the run",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr,
            .blocked = blocked};
}

}  // namespace

std::vector<Kernel> quantizeKernels() {
    std::vector<Kernel> kernels;
    for (const bool blocked : {false, true}) {
        kernels.push_back(kernelOf("DequantizeLinear", "dequantize_rows", blocked));
        kernels.push_back(kernelOf("QuantizeLinear", "quantize_rows", blocked));
    }
    return kernels;
}

}  // namespace lathe::kernels
