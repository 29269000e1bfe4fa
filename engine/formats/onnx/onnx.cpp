#include "engine/formats/onnx/onnx.h"

namespace lathe::formats::onnx {

Format onnxFormat() {
    using base::ParamType;
    Format format;
    format.name = "onnx";
    format.title = "ONNX";
    format.extensions = {".onnx"};
    format.probe = probe;
    format.read = readFile;
    format.write = writeFile;
    format.companions = dataFiles;
    format.writeOptions = {
        {.name = "opset",
         .type = ParamType::integer,
         .defaultValue = int64_t{0},
         .label = "Operator set",
         .help = "13 or newer; 0 takes the model's own, or the lowest that can express it.",
         .minimum = 0,
         .maximum = static_cast<double>(kNewestOpset)},
        {.name = "external_data",
         .type = ParamType::choice,
         .defaultValue = std::string("auto"),
         .label = "Data file",
         .help = "Weights in NAME.onnx.data beside the model; auto does so above 2 GB.",
         .choices = {"auto", "on", "off"}},
    };
    return format;
}

}  // namespace lathe::formats::onnx
