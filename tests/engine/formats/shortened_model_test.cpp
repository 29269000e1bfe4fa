// A model file that another program rewrites while it is open.
#include <gmock/gmock.h>

#include "engine/base/shortened_files.h"
#include "engine/formats/format.h"
#include "engine/runtime/session.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

TEST(ShortenedModel, IsNeitherRunNorWritten) {
    base::guardShortenedFiles();
    const test::TemporaryDir folder;
    const auto path = folder.path() / "model.onnx", copy = folder.path() / "copy.onnx";
    fs::copy_file(test::sourceDir() / "resources/samples/digits.onnx", path);
    const auto graph = read(path, {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    fs::resize_file(path, 4096);
    const auto isTold = testing::HasSubstr(path.string() + ": another program shortened this file");
    const auto inputs = runtime::randomInputs(**graph, 1);
    auto session = runtime::open(*graph);
    ASSERT_TRUE(session.ok() && inputs.ok());
    EXPECT_THAT((*session)->run(*inputs).error().message, isTold);
    EXPECT_THAT(write(**graph, copy, "onnx", {}, {}).error().message, isTold);
    EXPECT_FALSE(fs::exists(copy));
}

}  // namespace
}  // namespace lathe::formats
