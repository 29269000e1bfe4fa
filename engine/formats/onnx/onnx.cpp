#include "engine/formats/onnx/onnx.h"

namespace lathe::formats::onnx {

Format onnxFormat() {
    Format format;
    format.name = "onnx";
    format.title = "ONNX";
    format.extensions = {".onnx"};
    format.probe = probe;
    format.read = readFile;
    return format;
}

}  // namespace lathe::formats::onnx
