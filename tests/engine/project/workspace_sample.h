// A workspace with a model file, a variant that shares its weight and one with a weight of its own.
#pragma once

#include <gtest/gtest.h>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "engine/project/save_memory.h"
#include "engine/project/workspace.h"
#include "tests/support/test_paths.h"

namespace lathe::project {

// y = relu(x + w) with a weight of 1,000 numbers.
inline ir::GraphPtr smallModel() {
    ir::Editor editor;
    const auto x = editor.addInput("x", *ir::parseType("float32[N, 1000]"));
    std::vector<float> numbers(1000);
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i);
    const auto w = editor.addConstant(tensor::Tensor::vector<float>(numbers), "w");
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
        renamed.setName((*graph)->order()[0], "renamed_node");
        add(1, "renamed", {RecipeStep::Kind::edit, "rename", {{"deep", true}}, {}}, renamed.finish());
        ir::Editor scaled(*graph);
        const auto w = (*graph)->findValue("w");
        scaled.setConstant(w, tensor::Tensor::vector<float>(std::vector<float>(1000, 0.375f)));
        add(2, "scaled \xe4\xb8\xad", {RecipeStep::Kind::compress, "quantize", {}, "digits"},
            scaled.finish());
        DatasetEntry dataset;
        dataset.name = "digits";
        dataset.path = folder.path() / "digits.npz";
        EXPECT_TRUE(base::writeFile(dataset.path, "ten digits"));
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

}  // namespace lathe::project
