// The nodes that are written, and those that only give a blob another name.
#include "plugins/ncnn/layer_writer.h"

namespace lathe::ncnn {

const std::map<std::string_view, LayerWriter::Handler>& LayerWriter::handlers() {
    static const std::map<std::string_view, Handler> kHandlers = {
        {"Add", &LayerWriter::binary},
        {"AveragePool", &LayerWriter::pool},
        {"BatchNormalization", &LayerWriter::batchNorm},
        {"Clip", &LayerWriter::clip},
        {"Concat", &LayerWriter::concat},
        {"Conv", &LayerWriter::convolution},
        {"Div", &LayerWriter::binary},
        {"Dropout", &LayerWriter::alias},
        {"Flatten", &LayerWriter::flatten},
        {"Gemm", &LayerWriter::gemm},
        {"GlobalAveragePool", &LayerWriter::globalPool},
        {"GlobalMaxPool", &LayerWriter::globalPool},
        {"HardSigmoid", &LayerWriter::simple},
        {"HardSwish", &LayerWriter::simple},
        {"Identity", &LayerWriter::alias},
        {"LRN", &LayerWriter::localNorm},
        {"LeakyRelu", &LayerWriter::leakyRelu},
        {"MatMul", &LayerWriter::gemm},
        {"Max", &LayerWriter::binary},
        {"MaxPool", &LayerWriter::pool},
        {"Min", &LayerWriter::binary},
        {"Mul", &LayerWriter::binary},
        {"Pad", &LayerWriter::padding},
        {"Pow", &LayerWriter::binary},
        {"ReduceMean", &LayerWriter::reduceMean},
        {"Relu", &LayerWriter::simple},
        {"Reshape", &LayerWriter::reshape},
        {"Resize", &LayerWriter::resize},
        {"Sigmoid", &LayerWriter::simple},
        {"Slice", &LayerWriter::slice},
        {"Softmax", &LayerWriter::softmax},
        {"Split", &LayerWriter::split},
        {"Squeeze", &LayerWriter::reshape},
        {"Sub", &LayerWriter::binary},
        {"Sum", &LayerWriter::sum},
        {"Tanh", &LayerWriter::simple},
        {"Transpose", &LayerWriter::transpose},
        {"Unsqueeze", &LayerWriter::reshape},
    };
    return kHandlers;
}

base::Status LayerWriter::alias(const ir::Node& node) {
    if (m_graph.value(node.input(0)).isConstant())
        return nodeError(node, "its input is a constant; optimise first");
    m_blobs[node.output()] = blobOf(node.input(0));
    return {};
}

}  // namespace lathe::ncnn
