// The models of the shared folder, with shapes for those that leave them free.
#pragma once

#include <cctype>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "engine/tensor/shape.h"

namespace lathe::test {

struct SharedModel {
    std::string file;  // below the shared folder
    std::map<std::string, tensor::Shape> shapes = {};
};

inline std::ostream& operator<<(std::ostream& out, const SharedModel& model) { return out << model.file; }

inline const std::vector<SharedModel>& sharedModels() {
    static const std::vector<SharedModel> models = {
        {"models/mnist_cntk_opset8.onnx"},
        {"models/cifar10_resnet20.onnx"},
        {"models/cifar10_resnet56.onnx"},
        {"models/squeezenet_v1.1.onnx"},
        {"models/mobilenet_v2_0.35_128.onnx"},
        {"models/ultraface_rfb_320.onnx"},
        {"models/blazeface_front_128.onnx"},
        {"models/ppocrv4_det.onnx", {{"x", {1, 3, 64, 96}}}},
        {"models/silero_vad_16k_op15.onnx", {{"input", {1, 576}}, {"state", {2, 1, 128}}}},
        {"models/dtln_1.onnx"},
        {"models/magika_v3_3.onnx"},
    };
    return models;
}

// As a name of a test.
inline std::string testName(const SharedModel& model) {
    std::string name = std::filesystem::path(model.file).stem().string();
    for (auto& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
}

}  // namespace lathe::test
