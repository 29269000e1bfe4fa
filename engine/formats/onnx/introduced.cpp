#include "engine/formats/onnx/introduced.h"

#include <utility>

#include "engine/formats/onnx/onnx.h"

namespace lathe::formats::onnx {
namespace {

// onnx/docs/Operators.md: operators that came after operator set 13.
constexpr std::pair<std::string_view, int64_t> kOperators[] = {
    {"AffineGrid", 20},
    {"Attention", 23},
    {"BitCast", 26},
    {"BitwiseAnd", 18},
    {"BitwiseNot", 18},
    {"BitwiseOr", 18},
    {"BitwiseXor", 18},
    {"BlackmanWindow", 17},
    {"CastLike", 15},
    {"CenterCropPad", 18},
    {"Col2Im", 18},
    {"CumProd", 26},
    {"DFT", 17},
    {"DeformConv", 19},
    {"Gelu", 20},
    {"GridSample", 16},
    {"GroupNormalization", 18},
    {"HammingWindow", 17},
    {"HannWindow", 17},
    {"HardSwish", 14},
    {"ImageDecoder", 20},
    {"LayerNormalization", 17},
    {"MelWeightMatrix", 17},
    {"Mish", 18},
    {"Optional", 15},
    {"OptionalGetElement", 15},
    {"OptionalHasElement", 15},
    {"RMSNormalization", 23},
    {"RegexFullMatch", 20},
    {"RotaryEmbedding", 23},
    {"STFT", 17},
    {"SequenceMap", 17},
    {"StringConcat", 20},
    {"StringNormalizer", 13},
    {"StringSplit", 20},
    {"Swish", 24},
    {"TensorScatter", 24},
    {"Trilu", 14},
    {"BatchNormalization", 13},
    {"Bernoulli", 15},
    {"CausalConvWithState", 27},
    {"LinearAttention", 27},
};

}  // namespace

int64_t introduced(std::string_view op) {
    for (const auto& [name, opset] : kOperators)
        if (name == op) return opset;
    return kOldestWrittenOpset;
}

int64_t introduced(tensor::DataType type) {
    using tensor::DataType;
    switch (type) {
        case DataType::float8e4m3fn:
        case DataType::float8e4m3fnuz:
        case DataType::float8e5m2:
        case DataType::float8e5m2fnuz:
            return 19;
        case DataType::uint4:
        case DataType::int4:
            return 21;
        case DataType::float4e2m1:
            return 23;
        case DataType::float8e8m0:
            return 24;
        case DataType::uint2:
        case DataType::int2:
            return 25;
        default:
            return kOldestWrittenOpset;
    }
}

int64_t irVersionFor(int64_t opset) {
    if (opset >= 25) return 13;
    if (opset >= 24) return 12;
    if (opset >= 23) return 11;
    if (opset >= 21) return 10;
    if (opset >= 19) return 9;
    return opset >= 15 ? 8 : 7;
}

}  // namespace lathe::formats::onnx
