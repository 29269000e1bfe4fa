// RNN, GRU, LSTM: until operator set 7 an attribute said whether the sequence is an output; now its name
// does.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.dropAttributes({"output_sequence"});
    return {};
}

}  // namespace

Adapter rnnAdapter() { return {.ops = {"GRU", "LSTM", "RNN"}, .newest = 7, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
