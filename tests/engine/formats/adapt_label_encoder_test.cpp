// LabelEncoder of operator set 1 of ai.onnx.ml, read from a file.
#include <gmock/gmock.h>
#include <onnx/onnx_pb.h>

#include "engine/base/atomic_file.h"
#include "engine/formats/format.h"
#include "engine/ops/interpreter.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

using tensor::Tensor;

// y = LabelEncoder(x) with the classes "a" and "b".
std::string model(int inputType, const std::string& otherwise, const std::string& text) {
    onnx::ModelProto model;
    model.set_ir_version(6);
    auto* opset = model.add_opset_import();
    opset->set_domain("ai.onnx.ml");
    opset->set_version(1);
    auto& graph = *model.mutable_graph();
    graph.set_name("g");
    auto* x = graph.add_input();
    x->set_name("x");
    x->mutable_type()->mutable_tensor_type()->set_elem_type(inputType);
    x->mutable_type()->mutable_tensor_type()->mutable_shape()->add_dim()->set_dim_value(3);
    graph.add_output()->set_name("y");
    auto& node = *graph.add_node();
    node.set_op_type("LabelEncoder");
    node.set_domain("ai.onnx.ml");
    node.add_input("x");
    node.add_output("y");
    auto* classes = node.add_attribute();
    classes->set_name("classes_strings");
    classes->set_type(onnx::AttributeProto::STRINGS);
    classes->add_strings("a");
    classes->add_strings("b");
    auto* unknown = node.add_attribute();
    unknown->set_name(otherwise);
    unknown->set_type(text.empty() ? onnx::AttributeProto::INT : onnx::AttributeProto::STRING);
    if (text.empty())
        unknown->set_i(7);
    else
        unknown->set_s(text);
    return model.SerializeAsString();
}

Tensor run(const std::string& bytes, Tensor x) {
    test::TemporaryDir folder;
    const auto first = folder.path() / "first.onnx", second = folder.path() / "second.onnx";
    EXPECT_TRUE(base::writeFile(first, bytes));
    auto graph = read(first, {});
    EXPECT_TRUE(graph) << graph.error().message;
    // The new form is written for an operator set that has it.
    const auto written = write(**graph, second, "onnx", {}, {});
    EXPECT_TRUE(written) << written.error().message;
    graph = read(second, {});
    EXPECT_TRUE(graph) << graph.error().message;
    EXPECT_EQ((*graph)->info().opsets.at("ai.onnx.ml"), 2);
    const std::vector<tensor::RuntimeValue> inputs = {std::move(x)};
    const auto outputs = ops::interpret(**graph, inputs);
    EXPECT_TRUE(outputs) << outputs.error().message;
    return *outputs->front().tensor();
}

TEST(AdaptLabelEncoder, TextsToPlaces) {
    const auto y = run(model(onnx::TensorProto::STRING, "default_int64", ""),
                       Tensor::of<std::string>({3}, {"b", "c", "a"}));
    EXPECT_EQ(y, Tensor::of<int64_t>({3}, {1, 7, 0}));
}

TEST(AdaptLabelEncoder, PlacesToTexts) {
    const auto y =
        run(model(onnx::TensorProto::INT64, "default_string", "none"), Tensor::of<int64_t>({3}, {1, 2, 0}));
    EXPECT_EQ(y, Tensor::of<std::string>({3}, {"b", "none", "a"}));
}

}  // namespace
}  // namespace lathe::formats
