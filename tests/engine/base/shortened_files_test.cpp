#include "engine/base/shortened_files.h"

#include <gmock/gmock.h>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "tests/support/test_paths.h"

namespace lathe::base {
namespace {

namespace fs = std::filesystem;

TEST(ShortenedFiles, ReadAsZerosWhereTheyAreGone) {
    guardShortenedFiles();
    const test::TemporaryDir folder;
    const auto path = folder.path() / "data", target = folder.path() / "copy";
    ASSERT_TRUE(writeFile(path, std::string(3 * 65536, 'x')));
    ASSERT_TRUE(writeFile(target, "former"));
    const auto map = FileMap::open(path), other = FileMap::open(target);
    ASSERT_TRUE(map.ok() && other.ok());
    auto copy = AtomicFile::create(target);
    ASSERT_TRUE(copy.ok());
    fs::resize_file(path, 65536);
    EXPECT_FALSE((*map)->shortened());
    EXPECT_EQ((*map)->bytes()[65535], std::byte{'x'});
    EXPECT_EQ((*map)->bytes()[2 * 65536], std::byte{0});
    EXPECT_TRUE((*map)->shortened());
    EXPECT_FALSE((*other)->shortened());
    // What was written may come from there.
    ASSERT_TRUE((*copy)->write((*map)->bytes().first(100)));
    EXPECT_THAT((*copy)->commit().error().message, testing::HasSubstr("shortened"));
    EXPECT_EQ(*readTextFile(target), "former");
    EXPECT_TRUE(writeFile(target, "what comes later"));
}

}  // namespace
}  // namespace lathe::base
