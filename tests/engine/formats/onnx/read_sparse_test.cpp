// Sparse tensors of a file: where their values lie, and what the standard does not allow.
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <fstream>

#include "engine/formats/format.h"
#include "engine/formats/onnx/read_tensor.h"
#include "engine/ops/interpreter.h"
#include "tests/support/test_paths.h"

namespace lathe::formats::onnx {
namespace {

namespace pb = ::onnx;
using tensor::Tensor;

// Values 1, 2, ... at the given indices: one a value, or one row a value when there is more than one axis in
// `rows`.
pb::SparseTensorProto sparse(std::vector<int64_t> dims, std::vector<int64_t> indices, bool rows) {
    pb::SparseTensorProto proto;
    for (const auto d : dims) proto.add_dims(d);
    const auto count = indices.size() / (rows ? dims.size() : 1);
    auto& values = *proto.mutable_values();
    values.set_name("w");
    values.set_data_type(pb::TensorProto::FLOAT);
    values.add_dims(static_cast<int64_t>(count));
    for (size_t i = 0; i < count; ++i) values.add_float_data(static_cast<float>(i + 1));
    auto& places = *proto.mutable_indices();
    places.set_data_type(pb::TensorProto::INT64);
    places.add_dims(static_cast<int64_t>(count));
    if (rows) places.add_dims(static_cast<int64_t>(dims.size()));
    for (const auto index : indices) places.add_int64_data(index);
    return proto;
}

base::Result<Tensor> readDense(const pb::SparseTensorProto& proto) {
    const auto text = std::make_shared<const std::string>(proto.SerializeAsString());
    Source source;
    source.label = "model";
    source.bytes = std::as_bytes(std::span(*text));
    source.owner = text;
    auto read = readSparseTensor(source, source.bytes);
    if (!read) return read.error();
    return dense(source, read->tensor, source.bytes.data());
}

void expectRefused(const pb::SparseTensorProto& proto, std::string_view message) {
    const auto read = readDense(proto);
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().message.find(message), std::string::npos) << read.error().message;
}

TEST(ReadSparse, PutsValuesAtLinearPlaces) {
    const auto read = readDense(sparse({2, 3}, {1, 3, 5}, false));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, Tensor::of<float>({2, 3}, {0, 1, 0, 2, 0, 3}));
}

TEST(ReadSparse, PutsValuesAtRowsOfAxes) {
    const auto read = readDense(sparse({2, 3}, {0, 2, 1, 0, 1, 1}, true));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, Tensor::of<float>({2, 3}, {0, 0, 1, 2, 3, 0}));
}

TEST(ReadSparse, TakesATensorWithoutValues) {
    const auto read = readDense(sparse({2}, {}, false));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, Tensor::of<float>({2}, {0, 0}));
}

TEST(ReadSparse, TakesTexts) {
    auto proto = sparse({3}, {2}, false);
    auto& values = *proto.mutable_values();
    values.clear_float_data();
    values.set_data_type(pb::TensorProto::STRING);
    values.add_string_data("last");
    const auto read = readDense(proto);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, Tensor::of<std::string>({3}, {"", "", "last"}));
}

TEST(ReadSparse, RefusesPlacesOutside) {
    for (const auto& proto :
         {sparse({2, 3}, {1, 6}, false), sparse({2, 3}, {-1, 2}, false), sparse({2, 3}, {0, 3}, true),
          sparse({2, 3}, {-1, 0}, true), sparse({2, 3}, {2, 0}, true), sparse({0}, {0}, false)})
        expectRefused(proto, "sparse tensor \"w\" has a place outside its shape");
}

TEST(ReadSparse, RefusesPlacesOutOfOrder) {
    for (const auto& proto : {sparse({2, 3}, {3, 1}, false), sparse({2, 3}, {3, 3}, false),
                              sparse({2, 3}, {1, 0, 0, 2}, true), sparse({2, 3}, {1, 1, 1, 1}, true)})
        expectRefused(proto,
                      "sparse tensor \"w\" has places that are not in ascending order, or one place twice");
}

TEST(ReadSparse, RefusesIndicesThatDoNotFit) {
    auto many = sparse({4}, {0, 1}, false);
    many.mutable_indices()->add_int64_data(2);
    many.mutable_indices()->set_dims(0, 3);
    expectRefused(many, "has not one place a value");
    auto wide = sparse({2, 3}, {0, 1, 1, 1}, true);
    wide.add_dims(2);
    expectRefused(wide, "has not one place a value");
    auto floats = sparse({4}, {0}, false);
    floats.mutable_indices()->set_data_type(pb::TensorProto::INT32);
    floats.mutable_indices()->clear_int64_data();
    floats.mutable_indices()->add_int32_data(0);
    expectRefused(floats, "has places that are not int64");
}

TEST(ReadSparse, RefusesMoreThanMemory) {
    expectRefused(sparse({int64_t{1} << 40}, {0}, false), "takes too much memory");
    expectRefused(sparse({int64_t{1} << 40, int64_t{1} << 40}, {0}, false), "has an impossible shape");
}

// y = w + c, w a sparse initializer, c a Constant with sparse_value.
TEST(ReadSparse, StandsInAModel) {
    pb::ModelProto model;
    model.set_ir_version(8);
    model.add_opset_import()->set_version(17);
    auto& graph = *model.mutable_graph();
    graph.set_name("g");
    *graph.add_sparse_initializer() = sparse({2, 2}, {0, 3}, false);
    auto& constant = *graph.add_node();
    constant.set_op_type("Constant");
    constant.add_output("c");
    auto& value = *constant.add_attribute();
    value.set_name("sparse_value");
    value.set_type(pb::AttributeProto::SPARSE_TENSOR);
    *value.mutable_sparse_tensor() = sparse({2, 2}, {0, 1, 1, 1}, true);
    auto& add = *graph.add_node();
    add.set_op_type("Add");
    add.add_input("w");
    add.add_input("c");
    add.add_output("y");
    graph.add_output()->set_name("y");
    test::TemporaryDir folder;
    const auto path = folder.path() / "sparse.onnx";
    std::ofstream(path, std::ios::binary) << model.SerializeAsString();
    const auto read = formats::read(path, {});
    ASSERT_TRUE(read) << read.error().message;
    const auto results = ops::interpret(**read, {});
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_EQ(*results->at(0).tensor(), Tensor::of<float>({2, 2}, {1, 1, 0, 4}));
}

}  // namespace
}  // namespace lathe::formats::onnx
