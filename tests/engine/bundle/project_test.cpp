// A model as a folder of C++: what is in it, what it replaces, what a cancelled export leaves.
#include "engine/bundle/project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "engine/base/file_map.h"
#include "engine/bundle/build.h"
#include "engine/bundle/write_folder.h"
#include "engine/ir/text.h"
#include "tests/support/test_paths.h"

namespace lathe::bundle {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

ir::GraphPtr small() {
    auto graph = ir::parseText(R"(opset ai.onnx 21
graph main (x: float32[1, 1, 4, 4]) -> (y) {
  a = Relu(x)
  y = Softmax(a)
})");
    EXPECT_TRUE(graph.ok());
    return *graph;
}

std::string contentOf(const fs::path& path) {
    const auto text = base::readTextFile(path);
    EXPECT_TRUE(text.ok()) << (text.ok() ? "" : text.error().message);
    return text ? *text : "";
}

class ProjectTest : public testing::Test {
  protected:
    base::Status write(const base::Params& params = {}, const base::Progress& progress = {}) {
        const auto format = cppProject();
        auto complete = base::complete(format.writeOptions, params);
        return complete ? format.write(*small(), m_path, *complete, progress)
                        : base::Status(complete.error());
    }
    size_t siblings() const {
        return static_cast<size_t>(
            std::distance(fs::directory_iterator(m_folder.path()), fs::directory_iterator()));
    }
    test::TemporaryDir m_folder;
    fs::path m_path = m_folder.path() / "net";
};

TEST_F(ProjectTest, holdsTheModelAndWhatItNeeds) {
    const auto status = write({{"preprocess", std::string("scale(by=0.25)")}});
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_EQ(contentOf(m_path / "engine/ops/ops.inc"), "LATHE_OP(relu)\nLATHE_OP(softmax)\n");
    EXPECT_THAT(contentOf(m_path / "engine/kernels/cpu/kernels.inc"), Not(HasSubstr("conv")));
    EXPECT_THAT(contentOf(m_path / "main.cpp"), HasSubstr("image.scale(0.25);"));
    EXPECT_THAT(contentOf(m_path / "main.cpp"), Not(HasSubstr("@")));
    EXPECT_THAT(contentOf(m_path / "CMakeLists.txt"), HasSubstr("project(net LANGUAGES CXX)"));
    for (const auto* name :
         {"LICENSE", "README.md", "engine/deploy/lathe.h", "engine/ops/relu.cpp", "third_party/fmt/format.h",
          "third_party/stb_image.h", "third_party/lathe_generated.h", "licenses/flatbuffers.txt",
          "cmake/aarch64-linux-gnu.cmake"})
        EXPECT_TRUE(fs::is_regular_file(m_path / name)) << name;
    for (const auto* name :
         {"engine/ops/conv.cpp", "engine/formats/onnx", "engine/base/hash.cpp", "engine/bundle"})
        EXPECT_FALSE(fs::exists(m_path / name)) << name;
    const auto again = cppProject().read(m_path, {}, {});
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ((*again)->nodeCount(), 2u);
}

TEST_F(ProjectTest, leavesAnotherExportToTheSameFolderAlone) {
    const auto other = m_folder.path() / fmt::format(".net.{}.part", ::getpid());
    fs::create_directory(other);
    const auto status = write();
    ASSERT_FALSE(status.ok());
    EXPECT_THAT(status.error().message, HasSubstr("net: is being exported already"));
    EXPECT_TRUE(fs::exists(other));
}

TEST_F(ProjectTest, keepsTheFormerFolderWhenTheNewOneCannotTakeItsPlace) {
    ASSERT_TRUE(write().ok());
    EXPECT_FALSE(replaceFolder(m_folder.path() / "nowhere", m_path).ok());
    EXPECT_TRUE(fs::exists(m_path / "model.lathe"));
    EXPECT_EQ(siblings(), 1u);
}

TEST_F(ProjectTest, replacesOnlyWhatLatheExported) {
    ASSERT_TRUE(write().ok());
    std::ofstream(m_path / "old.txt") << "of the former export";
    ASSERT_TRUE(write().ok());
    EXPECT_FALSE(fs::exists(m_path / "old.txt"));
    EXPECT_EQ(siblings(), 1u);

    fs::remove(m_path / ".lathe-export");
    const auto status = write();
    ASSERT_FALSE(status.ok());
    EXPECT_THAT(status.error().message, HasSubstr("is not a folder that Lathe exported"));
    EXPECT_TRUE(fs::exists(m_path / "main.cpp"));
}

TEST_F(ProjectTest, leavesNothingWhenCancelledOrRefused) {
    base::Progress progress;
    progress.cancel();
    EXPECT_EQ(write({}, progress).error().kind, base::Error::Kind::cancelled);
    EXPECT_FALSE(write({{"preprocess", std::string("blur")}}).ok());
    EXPECT_FALSE(write({{"labels", std::string("/none/labels.txt")}}).ok());
    EXPECT_EQ(siblings(), 0u);
}

TEST(BuildTest, namesTargets) {
    EXPECT_TRUE(targetNamed("").ok());
    EXPECT_EQ(*targetNamed("aarch64"), Target::aarch64);
    EXPECT_EQ(targetNamed("mips").error().message, "There is no target mips. There are: x86_64, aarch64.");
}

}  // namespace
}  // namespace lathe::bundle
