// What was read, written and read again is the same graph, and the ONNX library accepts the written file.
#include <gtest/gtest.h>
#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/formats/file_bytes.h"
#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "tests/engine/formats/graph_text.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

std::vector<std::filesystem::path> sharedModels() {
    std::vector<std::filesystem::path> result;
    const auto shared = test::sharedDir();
    if (!shared) return result;
    for (const auto* folder : {"models", "conformance/light"})
        for (const auto& entry : std::filesystem::directory_iterator(*shared / folder))
            if (entry.path().extension() == ".onnx") result.push_back(entry.path());
    std::sort(result.begin(), result.end());
    return result;
}

ir::GraphPtr mustRead(const std::filesystem::path& path) {
    auto graph = read(path, {});
    EXPECT_TRUE(graph.ok()) << path << ": " << graph.error().message;
    return graph ? *graph : nullptr;
}

// The library's own judgement of a written file.
void expectValid(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    onnx::ModelProto model;
    ASSERT_TRUE(model.ParseFromIstream(&stream)) << path;
    try {
        onnx::checker::check_model(model);
        onnx::shape_inference::InferShapes(model, onnx::OpSchemaRegistry::Instance(),
                                           onnx::ShapeInferenceOptions(true, 1));
    } catch (const std::exception& problem) {
        ADD_FAILURE() << path << ": " << problem.what();
    }
}

class WriteOnnx : public testing::Test {
  protected:
    void roundTrip(const std::filesystem::path& from, const base::Params& params, bool check) {
        const auto first = mustRead(from);
        ASSERT_TRUE(first);
        const auto path = m_folder.path() / "written.onnx";
        const auto status = write(*first, path, "onnx", params, {});
        ASSERT_TRUE(status.ok()) << from << ": " << status.error().message;
        const auto second = mustRead(path);
        ASSERT_TRUE(second);
        EXPECT_EQ(test::describe(*first), test::describe(*second)) << from;
        if (check) expectValid(path);
    }

    test::TemporaryDir m_folder;
};

TEST_F(WriteOnnx, sharedModelsComeBackTheSame) {
    if (sharedModels().empty()) GTEST_SKIP() << test::kNoShared;
    for (const auto& path : sharedModels()) roundTrip(path, {}, true);
}

TEST_F(WriteOnnx, sharedModelsComeBackInEveryOperatorSet) {
    if (sharedModels().empty()) GTEST_SKIP() << test::kNoShared;
    for (const int64_t opset : {17, 18, 21, 27})
        for (const auto& path : sharedModels()) roundTrip(path, {{"opset", opset}}, opset <= 17);
}

TEST_F(WriteOnnx, weightsInADataFileComeBack) {
    if (sharedModels().empty()) GTEST_SKIP() << test::kNoShared;
    const auto shared = *test::sharedDir() / "models/cifar10_resnet20.onnx";
    roundTrip(shared, {{"external_data", std::string("on")}}, false);
    EXPECT_TRUE(std::filesystem::exists(m_folder.path() / "written.onnx.data"));
    EXPECT_LT(std::filesystem::file_size(m_folder.path() / "written.onnx"), 100'000u);
    // Over itself, while the data is mapped.
    const auto graph = mustRead(m_folder.path() / "written.onnx");
    const auto before = test::describe(*graph);
    const auto status =
        write(*graph, m_folder.path() / "written.onnx", "onnx", {{"external_data", std::string("on")}}, {});
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_EQ(before, test::describe(*graph));
    EXPECT_EQ(before, test::describe(*mustRead(m_folder.path() / "written.onnx")));
}

TEST_F(WriteOnnx, aLinkStaysOneAndEitherNameFindsTheData) {
    ir::Editor editor;
    const std::vector<float> weights(1000, 1.5f);
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1000}));
    const auto w = editor.addConstant(tensor::Tensor::vector<float>(weights), "w");
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Add", .inputs = {x, w}})});
    std::filesystem::create_directory(m_folder.path() / "all");
    const auto link = m_folder.path() / "latest.onnx", real = m_folder.path() / "all/v3.onnx";
    std::filesystem::create_symlink("all/v3.onnx", link);
    const auto status = write(*editor.finish(), link, "onnx", {{"external_data", std::string("on")}}, {});
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_TRUE(std::filesystem::exists(m_folder.path() / "all/v3.onnx.data"));
    EXPECT_EQ(test::describe(*mustRead(link)), test::describe(*mustRead(real)));
    // Its size is that of both files.
    EXPECT_EQ(sourceBytes(*mustRead(link)),
              std::filesystem::file_size(real) + std::filesystem::file_size(real.string() + ".data"));
}

TEST_F(WriteOnnx, tooOldAnOperatorSetNamesTheNode) {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{4}));
    const auto y = editor.add({.op = "Gelu", .inputs = {x}, .name = "bend"});
    editor.setGraphOutputs(ir::kMain, {y});
    const auto graph = editor.finish();
    const auto path = m_folder.path() / "gelu.onnx";
    const auto status = write(*graph, path, "onnx", {{"opset", int64_t{17}}}, {});
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("bend"), std::string::npos) << status.error().message;
    EXPECT_NE(status.error().message.find("20"), std::string::npos) << status.error().message;
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE(write(*graph, path, "onnx", {}, {}).ok());
    EXPECT_EQ(mustRead(path)->info().fileOpsets.at(""), 20);
}

TEST_F(WriteOnnx, axesBecomeAnAttributeInOldOperatorSets) {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{4, 5}));
    const auto axes = editor.addConstant(tensor::Tensor::of<int64_t>({1}, {1}), "axes");
    const auto y = editor.add({.op = "ReduceMean", .inputs = {x, axes}});
    editor.setGraphOutputs(ir::kMain, {y});
    const auto path = m_folder.path() / "reduce.onnx";
    ASSERT_TRUE(write(*editor.finish(), path, "onnx", {{"opset", int64_t{13}}}, {}).ok());
    std::ifstream stream(path, std::ios::binary);
    onnx::ModelProto model;
    ASSERT_TRUE(model.ParseFromIstream(&stream));
    EXPECT_EQ(model.graph().node(0).input_size(), 1);
    EXPECT_EQ(model.graph().initializer_size(), 0);
    ASSERT_EQ(model.graph().node(0).attribute_size(), 1);
    EXPECT_EQ(model.graph().node(0).attribute(0).ints(0), 1);
}

TEST_F(WriteOnnx, aFolderThatIsNotThereIsNamed) {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{4}));
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Relu", .inputs = {x}})});
    const auto status = write(*editor.finish(), m_folder.path() / "nowhere/x.onnx", "onnx", {}, {});
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("nowhere"), std::string::npos) << status.error().message;
}

}  // namespace
}  // namespace lathe::formats
