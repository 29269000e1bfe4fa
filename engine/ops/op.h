// What an operator is: schema, symbolic shape rule, cost, plain evaluation and derivative, written down in
// one file an op.
//
// An op file exports one factory, `Op reluOp()`, listed in ops.inc. The plain evaluation is the loop a reader
// can check by hand: no SIMD, no threads. It is the oracle for every fast kernel and the evaluator of
// constant folding.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/ops/cost_context.h"
#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"

namespace lathe::ops {

class GradientContext;

// The eight groups a person tells apart in the window.
enum class Family : uint8_t {
    convolution,  // convolution and matrix product
    normalization,
    activation,
    pooling,  // pooling and reduction
    shape,    // shape and layout
    elementwise,
    quantization,
    control,  // control flow and everything else
};
std::string_view name(Family family);

// A set of element types, one bit each.
using TypeSet = uint32_t;
constexpr TypeSet typeBit(tensor::DataType type) { return TypeSet{1} << static_cast<unsigned>(type); }
template <typename... Types>
constexpr TypeSet typeSet(Types... types) {
    return (typeBit(types) | ...);
}
inline constexpr TypeSet kFloats = typeSet(tensor::DataType::float32, tensor::DataType::float64,
                                           tensor::DataType::float16, tensor::DataType::bfloat16);
inline constexpr TypeSet kSignedIntegers = typeSet(tensor::DataType::int8, tensor::DataType::int16,
                                                   tensor::DataType::int32, tensor::DataType::int64);
inline constexpr TypeSet kUnsignedIntegers = typeSet(tensor::DataType::uint8, tensor::DataType::uint16,
                                                     tensor::DataType::uint32, tensor::DataType::uint64);
inline constexpr TypeSet kIntegers = kSignedIntegers | kUnsignedIntegers;
inline constexpr TypeSet kNumbers = kFloats | kIntegers;
inline constexpr TypeSet kIndices = typeSet(tensor::DataType::int32, tensor::DataType::int64);
inline constexpr TypeSet kBool = typeBit(tensor::DataType::boolean);
inline constexpr TypeSet kInt64 = typeBit(tensor::DataType::int64);
inline constexpr TypeSet kAnyType = ~TypeSet{1};

enum class Presence : uint8_t {
    required,
    optional,
    variadic
};  // variadic only last: zero or more unless minInputs says

// One formal input or output. Those with the same non-empty `variable` must have one element type.
struct Formal {
    std::string_view name;
    TypeSet types = kAnyType;
    std::string_view variable = {};
    Presence presence = Presence::required;
};

struct Op {
    std::string_view name;
    std::string_view domain = {};  // "" is ai.onnx
    int sinceVersion = 1;          // opset of the newest form, which is the one described here
    Family family = Family::control;
    std::string_view summary;  // one sentence and the equation in plain text
    std::vector<Formal> inputs;
    std::vector<Formal> outputs;
    std::vector<base::ParamSpec> attributes;             // numbers, texts and lists
    std::vector<std::string_view> otherAttributes = {};  // tensors, graphs, types: names only
    // Sets the type of every output from the inputs'. Called with inputs whose presence and types were
    // checked.
    base::Status (*infer)(InferContext&) = nullptr;
    // Work and traffic for concrete shapes. Null: no arithmetic, every input read and output written once.
    Cost (*cost)(const CostContext&) = nullptr;
    // Sets every wanted output. Null only for ops that exist to be shown, not run.
    base::Status (*evaluate)(EvalContext&) = nullptr;
    // Builds the nodes of the derivative: from the gradients of the outputs those of the inputs. Null: no
    // derivative is known.
    base::Status (*gradient)(GradientContext&) = nullptr;
    bool deterministic = true;  // false: random numbers; never folded
};

// The table: const, sorted by nothing in particular. Null when unknown.
const Op* find(std::string_view domain, std::string_view name);
std::span<const Op> all();

}  // namespace lathe::ops
