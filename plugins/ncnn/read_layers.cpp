// The layers that are read, and those that only name a blob;
// keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include "plugins/ncnn/layer_reader.h"

namespace lathe::ncnn {

const std::map<std::string_view, LayerReader::Handler>& LayerReader::handlers() {
    static const std::map<std::string_view, Handler> kHandlers = {
        {"BatchNorm", &LayerReader::batchNorm},
        {"BinaryOp", &LayerReader::binary},
        {"Clip", &LayerReader::clip},
        {"Concat", &LayerReader::concat},
        {"Convolution", &LayerReader::convolution},
        {"ConvolutionDepthWise", &LayerReader::convolution},
        {"Crop", &LayerReader::crop},
        {"Dropout", &LayerReader::copy},
        {"Eltwise", &LayerReader::eltwise},
        {"Flatten", &LayerReader::flatten},
        {"HardSigmoid", &LayerReader::activation},
        {"HardSwish", &LayerReader::activation},
        {"InnerProduct", &LayerReader::innerProduct},
        {"Input", &LayerReader::input},
        {"Interp", &LayerReader::interp},
        {"LRN", &LayerReader::localNorm},
        {"MemoryData", &LayerReader::memoryData},
        {"Noop", &LayerReader::copy},
        {"PReLU", &LayerReader::prelu},
        {"Padding", &LayerReader::padding},
        {"Permute", &LayerReader::permute},
        {"Pooling", &LayerReader::pool},
        {"ReLU", &LayerReader::activation},
        {"Reshape", &LayerReader::reshape},
        {"Scale", &LayerReader::scale},
        {"Sigmoid", &LayerReader::activation},
        {"Slice", &LayerReader::slice},
        {"Softmax", &LayerReader::softmax},
        {"Split", &LayerReader::copy},
        {"TanH", &LayerReader::activation},
    };
    return kHandlers;
}

base::Status LayerReader::input(const Layer& layer) {
    const int64_t w = layer.integer(0, 0), h = layer.integer(1, 0), c = layer.integer(2, 0);
    ir::SymbolicShape shape = {1};
    // Without sizes it is a picture of any size, as converters write it.
    const bool any = w == 0 && h == 0 && c == 0;
    const int dims = any || c != 0 ? 3 : h != 0 ? 2 : 1;
    const std::array<int64_t, 3> sizes = {w, h, c};
    for (int i = dims - 1; i >= 0; --i) {
        const auto size = sizes[static_cast<size_t>(i)];
        if (size != 0 && !isSize(size)) return error(layer, fmt::format("a size of {}", size));
        shape.push_back(size != 0 ? ir::Dim(size)
                                  : ir::Dim::symbol(fmt::format("{}_{}", layer.outputs[0], "whc"[i])));
    }
    const auto type = ir::ValueType::tensorOf(tensor::DataType::float32, std::move(shape));
    return setBlob(layer, 0, {m_editor.addInput(layer.outputs[0], type), dims});
}

base::Status LayerReader::memoryData(const Layer& layer) {
    const int64_t w = layer.integer(0, 0), h = layer.integer(1, 0), c = layer.integer(2, 0);
    tensor::Shape shape{1};
    if (c != 0) shape.push_back(c);
    if (h != 0) shape.push_back(h);
    shape.push_back(w);
    if (!isSize(w) || (h != 0 && !isSize(h)) || (c != 0 && !isSize(c)) || (c != 0 && h == 0))
        return error(layer, fmt::format("the sizes {}, {}, {} are not sound", w, h, c));
    const auto values = layer.integer(21, 1) == 0 ? m_bin.tagged(shape) : m_bin.plain(shape);
    if (!values) return values.error();
    return setBlob(layer, 0, {constant(layer, "data", *values), static_cast<int>(shape.size()) - 1});
}

base::Status LayerReader::copy(const Layer& layer) {
    const auto blob = in(layer, 0);
    if (!blob) return blob.error();
    for (size_t i = 0; i < layer.outputs.size(); ++i)
        if (auto s = setBlob(layer, i, *blob); !s) return s;
    return {};
}

}  // namespace lathe::ncnn
