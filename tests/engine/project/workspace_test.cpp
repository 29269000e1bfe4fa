#include "engine/project/workspace.h"

#include <gtest/gtest.h>

#include "engine/base/file_map.h"
#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "tests/support/test_paths.h"

namespace lathe::project {
namespace {

using tensor::Tensor;

// y = relu(x + w) with a weight of 1,000 numbers.
ir::GraphPtr smallModel() {
    ir::Editor editor;
    const auto x = editor.addInput("x", *ir::parseType("float32[N, 1000]"));
    std::vector<float> numbers(1000);
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i);
    const auto w = editor.addConstant(Tensor::vector<float>(numbers), "w");
    const auto sum = editor.add({.op = "Add", .inputs = {x, w}, .name = "sum"});
    const auto y = editor.add({.op = "Relu", .inputs = {sum}, .name = "relu"});
    editor.setGraphOutputs(ir::kMain, {y});
    editor.info().opsets = {{"", 22}};
    return editor.finish();
}

struct WorkspaceFile : testing::Test {
    test::TemporaryDir folder;
    std::filesystem::path model = folder.path() / "model.onnx";
    std::filesystem::path path = folder.path() / "work.lathe-workspace";

    // A model file, a variant of it that shares the weight, and one with a weight of its own.
    Workspace sample() {
        EXPECT_TRUE(formats::write(*smallModel(), model, "onnx", {}, {}));
        Workspace workspace;
        const auto add = [&](VariantId parent, std::string name, RecipeStep step, ir::GraphPtr graph) {
            Variant variant;
            variant.id = workspace.nextVariant++;
            variant.parent = parent;
            variant.name = std::move(name);
            variant.step = std::move(step);
            variant.graph = std::move(graph);
            variant.fileBytes = 123;
            workspace.variants.push_back(std::make_shared<const Variant>(std::move(variant)));
        };
        const auto graph = formats::read(model, {});
        EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
        add(0, "model.onnx", {RecipeStep::Kind::open, model.string(), {}, {}}, *graph);
        ir::Editor renamed(*graph);
        renamed.setName((*graph)->order()[0], "other");
        add(1, "renamed", {RecipeStep::Kind::edit, "rename", {{"deep", true}}, {}}, renamed.finish());
        ir::Editor scaled(*graph);
        const auto w = (*graph)->findValue("w");
        scaled.setConstant(w, Tensor::zeros(tensor::DataType::float32, std::vector<int64_t>{1000}));
        add(2, "scaled \xe4\xb8\xad", {RecipeStep::Kind::compress, "quantize", {}, "digits"},
            scaled.finish());
        DatasetEntry dataset;
        dataset.name = "digits";
        dataset.path = folder.path() / "digits.npz";
        dataset.chain = "scale";
        dataset.options = {{"inputs", std::string("x")}};
        workspace.datasets.push_back(dataset);
        auto evaluation = std::make_shared<evaluate::Evaluation>();
        evaluation->dataset = "digits";
        evaluation->metrics = {{"top1", "Top-1", 0.9, 0.01, "%"}};
        workspace.evaluations[3].push_back(evaluation);
        workspace.comparisons[{1, 3}] = std::make_shared<evaluate::Comparison>();
        workspace.settings["page"] = "graph";
        return workspace;
    }
    base::Result<WorkspacePtr> saved(const Workspace& workspace) {
        const auto status = save(workspace, path, {});
        EXPECT_TRUE(status) << (status ? "" : status.error().message);
        return load(path, {});
    }
    std::string loadMessage() {
        const auto result = load(path, {});
        return result ? "no error" : result.error().message;
    }
};

TEST_F(WorkspaceFile, HoldsEverything) {
    const auto workspace = sample();
    const auto again = saved(workspace);
    ASSERT_TRUE(again) << again.error().message;
    const auto& w = **again;
    ASSERT_EQ(w.variants.size(), 3u);
    EXPECT_EQ(w.nextVariant, 4);
    EXPECT_EQ(w.variants[2]->name, "scaled \xe4\xb8\xad");
    EXPECT_EQ(w.variants[2]->parent, 2);
    EXPECT_EQ(w.variants[1]->step.options, (base::Params{{"deep", true}}));
    EXPECT_EQ(w.variants[1]->fileBytes, 123u);
    EXPECT_EQ(recipeOf(w, 3).size(), 3u);
    for (size_t i = 0; i < 3; ++i) {
        const auto &before = *workspace.variants[i]->graph, &after = *w.variants[i]->graph;
        EXPECT_EQ(after.nodeCount(), before.nodeCount());
        const auto value = before.findValue("w");
        ASSERT_EQ(after.findValue("w"), value);
        EXPECT_EQ(*after.value(value).constant(), *before.value(value).constant()) << i;
    }
    EXPECT_EQ(w.datasets.at(0).options, workspace.datasets[0].options);
    EXPECT_EQ(w.evaluations.at(3).at(0)->metrics.at(0).value, 0.9);
    EXPECT_EQ(w.comparisons.count({1, 3}), 1u);
    EXPECT_EQ(w.settings.at("page"), "graph");
    // Saving what was loaded gives the same again.
    const auto third = saved(w);
    ASSERT_TRUE(third) << third.error().message;
    EXPECT_EQ((*third)->variants[2]->graph->nodeCount(), w.variants[2]->graph->nodeCount());
}

TEST_F(WorkspaceFile, DoesNotCopyWeightsOfTheSource) {
    const auto workspace = sample();
    ASSERT_TRUE(saved(workspace));
    const auto bytes = *base::readTextFile(path);
    const auto weight =
        workspace.variants[0]->graph->value(workspace.variants[0]->graph->findValue("w")).constant();
    const std::string content(reinterpret_cast<const char*>(weight->bytes().data()) + 400, 400);
    EXPECT_EQ(bytes.find(content), std::string::npos);
}

TEST_F(WorkspaceFile, SaysWhenTheSourceIsNotWhatItWas) {
    const auto workspace = sample();
    ASSERT_TRUE(saved(workspace));
    const auto content = *base::readTextFile(model);
    ASSERT_TRUE(base::writeFile(model, content + "x"));
    EXPECT_NE(loadMessage().find("model.onnx: has changed since the workspace was saved"), std::string::npos);
    std::filesystem::remove(model);
    EXPECT_NE(loadMessage().find("model.onnx: is missing"), std::string::npos);
}

TEST_F(WorkspaceFile, MovesTogetherWithItsModel) {
    ASSERT_TRUE(saved(sample()));
    const auto moved = folder.path() / "moved";
    std::filesystem::create_directory(moved);
    std::filesystem::rename(model, moved / "model.onnx");
    std::filesystem::rename(path, moved / "work.lathe-workspace");
    const auto again = load(moved / "work.lathe-workspace", {});
    EXPECT_TRUE(again) << again.error().message;
}

TEST_F(WorkspaceFile, StaysAsItWasWhenASaveFails) {
    const auto workspace = sample();
    ASSERT_TRUE(saved(workspace));
    const auto before = *base::readTextFile(path);
    base::Progress progress;
    progress.cancel();
    const auto status = save(workspace, path, progress);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, base::Error::Kind::cancelled);
    EXPECT_EQ(*base::readTextFile(path), before);
    size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        files += entry.exists() ? 1 : 0;
    EXPECT_EQ(files, 2u) << "no part file is left";
    EXPECT_FALSE(save(workspace, folder.path() / "missing" / "a.lathe-workspace", {}));
    EXPECT_NE(save(workspace, folder.path(), {}).error().message.find("is a folder"), std::string::npos);
}

TEST_F(WorkspaceFile, SurvivesDamage) {
    ASSERT_TRUE(saved(sample()));
    const auto good = *base::readTextFile(path);
    ASSERT_TRUE(base::writeFile(path, "not a database at all, whatever it may be called"));
    EXPECT_NE(loadMessage().find("is no workspace"), std::string::npos);
    ASSERT_TRUE(base::writeFile(path, ""));
    EXPECT_NE(loadMessage().find("not a Lathe workspace"), std::string::npos);
    for (size_t size = 0; size < good.size(); size += 997) {
        ASSERT_TRUE(base::writeFile(path, good.substr(0, size)));
        EXPECT_NE(loadMessage(), "no error") << size;
    }
    for (size_t at = 0; at < good.size(); at += 61) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x55);
        ASSERT_TRUE(base::writeFile(path, bad));
        EXPECT_NE(loadMessage(), "") << at;
    }
    std::filesystem::remove(path);
    EXPECT_NE(loadMessage().find("work.lathe-workspace"), std::string::npos);
}

}  // namespace
}  // namespace lathe::project
