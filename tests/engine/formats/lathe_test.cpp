// What was written and read again is the same graph: bytes, ids, tensors, answers. Weights stay in the file.
#include "engine/formats/lathe/lathe.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "engine/ir/binary.h"
#include "engine/ir/diff.h"
#include "engine/runtime/session.h"
#include "tests/engine/formats/lathe/sample.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

ir::GraphPtr mustRead(const std::filesystem::path& path) {
    auto graph = read(path, {});
    EXPECT_TRUE(graph.ok()) << graph.error().message;
    return graph ? *graph : nullptr;
}

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// All of a graph but where it came from.
std::string everything(const ir::GraphPtr& graph) {
    ir::Editor editor(graph);
    editor.info().sourcePath.clear();
    editor.info().dataPaths.clear();
    return ir::writeBinary(*editor.finish());
}

void expectSame(const ir::GraphPtr& before, const ir::GraphPtr& after) {
    EXPECT_TRUE(everything(before) == everything(after));
    EXPECT_EQ(ir::printDiff(*before, *after, ir::diff(*before, *after)), "");
}

using Shapes = std::map<std::string, tensor::Shape>;

// Of inputs whose named dimensions cannot all be 1.
Shapes shapesFor(const std::string& model) {
    if (model == "silero_vad_16k_op15") return {{"input", {1, 576}}, {"state", {2, 1, 128}}};
    if (model == "ppocrv4_det") return {{"x", {1, 3, 64, 96}}};
    return {};
}

// Outputs for the same inputs agree in every bit.
void expectSameAnswers(const ir::GraphPtr& before, const ir::GraphPtr& after, const Shapes& shapes) {
    const auto inputs = runtime::randomInputs(*before, 1, {}, shapes);
    ASSERT_TRUE(inputs) << inputs.error().message;
    std::vector<std::vector<tensor::RuntimeValue>> answers;
    for (const auto& graph : {before, after}) {
        const auto session = runtime::open(graph);
        ASSERT_TRUE(session) << session.error().message;
        auto outputs = (*session)->run(*inputs);
        ASSERT_TRUE(outputs) << outputs.error().message;
        answers.push_back(std::move(*outputs));
    }
    ASSERT_EQ(answers[0].size(), answers[1].size());
    for (size_t i = 0; i < answers[0].size(); ++i) {
        const auto *a = answers[0][i].tensor(), *b = answers[1][i].tensor();
        ASSERT_TRUE(a && b);
        EXPECT_TRUE(*a == *b) << "output " << i;
    }
}

TEST(Flat, sampleComesBackWithEverything) {
    const auto before = test::flatSample();
    const auto bytes = test::flatFile(*before);
    const auto after = test::FlatBytes(bytes).read();
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(ir::printText(**after), ir::printText(*before));
    expectSame(before, *after);
    EXPECT_TRUE(test::flatFile(**after) == bytes);
}

// Written by the first version of the format, and to be read for ever.
TEST(Flat, readsFilesOfVersionOne) {
    const auto graph = read(test::sourceDir() / "tests/data/lathe/version_1.lathe", {});
    ASSERT_TRUE(graph) << graph.error().message;
    expectSame(test::flatSample(), *graph);
}

TEST(Flat, keepsTheIdsOfNodesAndValues) {
    const auto before = test::flatSample();
    const auto after = test::FlatBytes(test::flatFile(*before)).read();
    ASSERT_TRUE(after) << after.error().message;
    const auto& graph = **after;
    EXPECT_EQ(graph.nodeLimit(), before->nodeLimit());
    EXPECT_EQ(graph.valueLimit(), before->valueLimit());
    EXPECT_EQ(graph.findNode("node name"), before->findNode("node name"));
    const ir::NodeId removed{graph.nodeLimit() - 1};
    EXPECT_FALSE(graph.contains(removed));
    EXPECT_EQ(graph.node(removed).op(), "If");
}

TEST(Flat, isTheSameFileWhereverTheModelWas) {
    const auto graph = test::flatSample();
    ir::Editor editor(graph);
    editor.info().sourcePath = "/home/somebody/secret.onnx";
    editor.info().dataPaths = {"/home/somebody/secret.onnx.data"};
    EXPECT_TRUE(test::flatFile(*editor.finish()) == test::flatFile(*graph));
}

TEST(Flat, isKnownByItsContent) {
    const test::TemporaryDir folder;
    const auto path = folder.path() / "no extension";
    ASSERT_TRUE(write(*test::flatSample(), path, "lathe", {}, {}));
    ASSERT_TRUE(forPath(path));
    EXPECT_EQ(forPath(path)->name, "lathe");
    EXPECT_EQ(mustRead(path)->info().sourcePath, path.string());
}

TEST(Flat, errorsNameTheFile) {
    const test::TemporaryDir folder;
    const auto path = folder.path() / "cut.lathe";
    ASSERT_TRUE(base::writeFile(path, "LATHE"));
    EXPECT_EQ(read(path, {}).error().message,
              path.string() + ": header, offset 5: the file ends in the header. Get the file again.");
}

TEST(Flat, leavesNothingWhenCancelled) {
    const test::TemporaryDir folder;
    const base::Progress progress;
    progress.cancel();
    const auto status = write(*test::flatSample(), folder.path() / "a.lathe", "lathe", {}, progress);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, base::Error::Kind::cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Flat, sharedModelsComeBackTheSame) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const test::TemporaryDir folder;
    const auto first = folder.path() / "first.lathe", second = folder.path() / "second.lathe";
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "models")) {
        if (entry.path().extension() != ".onnx") continue;
        SCOPED_TRACE(entry.path().filename().string());
        const auto before = mustRead(entry.path());
        ASSERT_TRUE(write(*before, first, "lathe", {}, {}));
        const auto after = mustRead(first);
        ASSERT_TRUE(after);
        expectSame(before, after);
        ASSERT_TRUE(write(*after, second, "lathe", {}, {}));
        EXPECT_TRUE(contentOf(first) == contentOf(second));
        expectSameAnswers(before, after, shapesFor(entry.path().stem().string()));
    }
}

TEST(Flat, weightsAreTheBytesOfTheMappedFile) {
    const test::TemporaryDir folder;
    const auto path = folder.path() / "sample.lathe";
    ASSERT_TRUE(write(*test::flatSample(), path, "lathe", {}, {}));
    const auto graph = mustRead(path);
    ASSERT_TRUE(graph);
    size_t seen = 0;
    std::shared_ptr<const void> owner;
    for (uint32_t v = 0; v < graph->valueLimit(); ++v) {
        const auto* constant = graph->value({v}).initializer();
        if (!constant || constant->type() == tensor::DataType::string || constant->empty()) continue;
        ++seen;
        if (!owner) owner = constant->owner();
        EXPECT_EQ(constant->owner(), owner);
        const auto file = std::static_pointer_cast<const base::FileMap>(constant->owner())->bytes();
        const auto offset = constant->bytes().data() - file.data();
        EXPECT_GT(offset, 0);
        EXPECT_LE(static_cast<size_t>(offset) + constant->bytes().size(), file.size());
        EXPECT_EQ(reinterpret_cast<uintptr_t>(constant->bytes().data()) % 64, 0u);
    }
    EXPECT_EQ(seen, 4u);  // w, i4, the default of k, and the body's w
    EXPECT_EQ(std::static_pointer_cast<const base::FileMap>(owner)->path(), path);
}

}  // namespace
}  // namespace lathe::formats
