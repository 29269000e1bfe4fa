// Any bytes as an ONNX model: a graph or a message, within the memory and time that libFuzzer is given.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "engine/base/log.h"
#include "engine/formats/onnx/onnx.h"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    lathe::base::setLogReceiver({});
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    // An exact copy that tensors keep, so that a read beyond the end is seen.
    auto copy = std::make_shared<const std::vector<std::byte>>(bytes, bytes + size);
    const auto graph = lathe::formats::onnx::readBytes(*copy, copy, "input", {});
    if (!graph) {
        if (graph.error().message.empty()) std::abort();
        return 0;
    }
    // What was read must be sane: every constant has the bytes its shape wants.
    for (uint32_t v = 0; v < (*graph)->valueLimit(); ++v) {
        const auto* tensor =
            (*graph)->contains(lathe::ir::ValueId{v}) ? (*graph)->value({v}).constant() : nullptr;
        if (tensor && tensor->type() != lathe::tensor::DataType::string &&
            lathe::tensor::checkedByteSize(tensor->type(), tensor->shape()) != tensor->bytes().size())
            std::abort();
    }
    return 0;
}
