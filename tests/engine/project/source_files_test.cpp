// Files a workspace refers to: noticed when they changed, found again when they moved with it.
#include <gmock/gmock.h>

#include "engine/base/log.h"
#include "tests/engine/project/workspace_sample.h"

namespace lathe::project {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct SourceFiles : WorkspaceFile {
    std::filesystem::path data = folder.path() / "model.onnx.data";
    std::vector<std::string> warnings;
    base::LogReceiver before =
        base::setLogReceiver([this](std::string_view text) { warnings.emplace_back(text); });

    ~SourceFiles() override { base::setLogReceiver(before); }
    // The sample, its weights in a file of their own.
    Workspace external() {
        auto workspace = sample();
        const auto status =
            formats::write(*smallModel(), model, "onnx", {{"external_data", std::string("on")}}, {});
        EXPECT_TRUE(status) << (status ? "" : status.error().message);
        auto variant = *workspace.variants[0];
        variant.graph = *formats::read(model, {});
        workspace.variants = {std::make_shared<const Variant>(std::move(variant))};
        return workspace;
    }
};

TEST_F(SourceFiles, RefersToDataFilesAndNoticesTheirChange) {
    const auto workspace = external();
    ASSERT_EQ(workspace.variants[0]->graph->info().dataPaths.size(), 1u);
    const auto again = saved(workspace);
    ASSERT_TRUE(again) << again.error().message;
    const auto w = workspace.variants[0]->graph->findValue("w");
    EXPECT_EQ(*(*again)->variants[0]->graph->value(w).constant(),
              *workspace.variants[0]->graph->value(w).constant());
    const auto content = *base::readTextFile(data);
    EXPECT_EQ(base::readTextFile(path)->find(content.substr(400, 800)), std::string::npos)
        << "the weights are not copied";
    auto changed = content;
    changed[1000] ^= 1;
    ASSERT_TRUE(base::writeFile(data, changed));
    EXPECT_THAT(loadMessage(),
                AllOf(HasSubstr("model.onnx.data: has changed since the workspace was saved: it had"),
                      HasSubstr("Put the earlier file back")));
    std::filesystem::remove(data);
    EXPECT_THAT(loadMessage(),
                AllOf(HasSubstr("model.onnx.data: is missing"), HasSubstr("Put it back in its place")));
}

TEST_F(SourceFiles, MoveTogetherWithTheWorkspace) {
    ASSERT_TRUE(saved(external()));
    const auto moved = folder.path() / "moved";
    std::filesystem::create_directory(moved);
    for (const auto& file : {model, data, path}) std::filesystem::rename(file, moved / file.filename());
    SaveMemory memory;
    const auto again = load(moved / path.filename(), {}, &memory);
    ASSERT_TRUE(again) << again.error().message;
    // What is found in its new place is referred to there.
    ASSERT_TRUE(save(**again, moved / path.filename(), {}, &memory));
    const auto third = load(moved / path.filename(), {});
    ASSERT_TRUE(third) << third.error().message;
}

// The model beside the copy counts as a whole: its own file is the same in both places.
TEST_F(SourceFiles, AreTakenFromACopyWhenTheOriginalHasChanged) {
    ASSERT_TRUE(saved(external()));
    const auto copy = folder.path() / "copy";
    std::filesystem::create_directory(copy);
    for (const auto& file : {model, data, path}) std::filesystem::copy_file(file, copy / file.filename());
    const auto content = *base::readTextFile(data);
    ASSERT_TRUE(base::writeFile(data, std::string(content.size(), 'x')));
    const auto again = load(copy / path.filename(), {});
    ASSERT_TRUE(again) << again.error().message;
    const auto& graph = *(*again)->variants[0]->graph;
    EXPECT_EQ(*graph.value(graph.findValue("w")).constant(),
              *smallModel()->value(smallModel()->findValue("w")).constant());
    EXPECT_THAT(loadMessage(), HasSubstr("model.onnx.data: has changed since the workspace was saved"));
}

TEST_F(SourceFiles, WarnAboutAChangedDataset) {
    auto workspace = sample();
    const auto digits = workspace.datasets[0].path;
    const auto again = saved(workspace);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->datasets[0].size, 10);
    EXPECT_THAT(warnings, testing::IsEmpty());
    ASSERT_TRUE(base::writeFile(digits, "TEN digits"));
    ASSERT_TRUE(load(path, {}));
    ASSERT_THAT(warnings, testing::SizeIs(1));
    EXPECT_THAT(warnings[0],
                AllOf(HasSubstr("Dataset digits"), HasSubstr("has changed since the workspace was"),
                      HasSubstr("remove the dataset and add it again")));
    std::filesystem::remove(digits);
    ASSERT_TRUE(load(path, {}));
    ASSERT_THAT(warnings, testing::SizeIs(2));
    EXPECT_THAT(warnings[1], HasSubstr("is missing. Put it back"));
}

}  // namespace
}  // namespace lathe::project
