#include "engine/project/workspace.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "engine/project/database.h"
#include "engine/project/schema.h"
#include "tests/engine/project/workspace_sample.h"

namespace lathe::project {
namespace {

using testing::HasSubstr;

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
    EXPECT_EQ(files, 3u) << "no part file is left";
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
    for (size_t at = 0; at < good.size(); at += 397) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x55);
        ASSERT_TRUE(base::writeFile(path, bad));
        EXPECT_NE(loadMessage(), "") << at;
    }
    std::filesystem::remove(path);
    EXPECT_NE(loadMessage().find("work.lathe-workspace"), std::string::npos);
}

TEST_F(WorkspaceFile, NamesTheVariantAndTheOffsetOfDamage) {
    const auto workspace = sample();
    ASSERT_TRUE(saved(workspace));
    const auto good = *base::readTextFile(path);
    // Only the workspace holds the third variant's weights; only the graphs hold the node's name.
    const auto flip = [&](size_t at) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        EXPECT_TRUE(base::writeFile(path, bad));
        return loadMessage();
    };
    const auto weights = good.find(std::string("\0\0\xc0\x3e\0\0\xc0\x3e", 8));
    ASSERT_NE(weights, std::string::npos);
    const auto message = flip(weights + 100);
    EXPECT_THAT(message,
                HasSubstr("work.lathe-workspace: variant \"scaled \xe4\xb8\xad\": Saved graph, offset"));
    EXPECT_THAT(message, HasSubstr("is damaged at offset 0. The file was damaged on the disk; restore it"));
    const auto name = good.find("renamed_node");
    ASSERT_NE(name, std::string::npos);
    EXPECT_THAT(flip(name), testing::AllOf(HasSubstr("variant \""), HasSubstr("is damaged at offset 0")));
}

TEST_F(WorkspaceFile, SaysWhichFormItHas) {
    ASSERT_TRUE(saved(sample()));
    const auto setVersion = [&](int version) {
        auto database = Database::openForChanging(path, {});
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->execute(fmt::format("PRAGMA user_version={}", version).c_str()));
    };
    setVersion(1);
    EXPECT_THAT(loadMessage(),
                HasSubstr("The workspace has form 1, this program reads form 2. It was saved by "
                          "an earlier Lathe: open its models again and repeat the steps."));
    setVersion(99);
    EXPECT_THAT(loadMessage(), HasSubstr("Use a newer program."));
}

TEST_F(WorkspaceFile, KeepsWeightsOfASourceThatWasReplaced) {
    const auto workspace = sample();
    // Another model under the same name: the mapped one lives on, but its bytes are nowhere else.
    std::filesystem::remove(model);
    ASSERT_TRUE(base::writeFile(model, "no model any more"));
    const auto again = saved(workspace);
    ASSERT_TRUE(again) << again.error().message;
    const auto w = workspace.variants[0]->graph->findValue("w");
    EXPECT_EQ(*(*again)->variants[0]->graph->value(w).constant(),
              *workspace.variants[0]->graph->value(w).constant());
}

}  // namespace
}  // namespace lathe::project
