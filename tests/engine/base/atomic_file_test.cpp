// Files that change as a whole or not at all.
#include "engine/base/atomic_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "engine/base/file_map.h"
#include "tests/support/test_paths.h"

namespace lathe::base {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

struct AtomicFiles : testing::Test {
    test::TemporaryDir folder;
    fs::path first = folder.path() / "first", second = folder.path() / "second";

    std::vector<std::string> names() const {
        std::vector<std::string> result;
        for (const auto& entry : fs::directory_iterator(folder.path()))
            result.push_back(entry.path().filename());
        return result;
    }
    static std::unique_ptr<AtomicFile> written(const fs::path& path, std::string_view text) {
        auto file = AtomicFile::create(path);
        EXPECT_TRUE(file) << file.error().message;
        EXPECT_TRUE((*file)->write(text));
        return std::move(*file);
    }
};

TEST_F(AtomicFiles, FollowALinkAlsoOneToNothing) {
    const auto link = folder.path() / "link";
    fs::create_symlink("first", link);
    for (const auto* text : {"old", "new"}) {
        ASSERT_TRUE(writeFile(link, text));
        EXPECT_TRUE(fs::is_symlink(link));
        EXPECT_EQ(*readTextFile(first), text);
    }
}

TEST_F(AtomicFiles, KeepThePermissionsElseWhatTheMaskLeaves) {
    const auto permissions = [&] { return static_cast<unsigned>(fs::status(first).permissions()); };
    const mode_t before = ::umask(027);
    ASSERT_TRUE(writeFile(first, "new"));
    ::umask(before);
    EXPECT_EQ(permissions(), 0640u);
    fs::permissions(first, fs::perms(0606));
    ASSERT_TRUE(writeFile(first, "newer"));
    EXPECT_EQ(permissions(), 0606u);
}

TEST_F(AtomicFiles, RemoveWhatKilledProgramsLeftAndNothingElse) {
    for (const auto* name : {".first.abc123.part", ".first.abc1234.part", ".second.abc123.part"})
        std::ofstream(folder.path() / name) << "left";
    const auto other = written(first, "another writer is not done");
    ASSERT_TRUE(writeFile(first, "new"));
    EXPECT_THAT(names(), UnorderedElementsAre("first", ".first.abc1234.part", ".second.abc123.part",
                                              other->part().filename()));
    ASSERT_TRUE(other->commit());
    EXPECT_EQ(*readTextFile(first), "another writer is not done");
}

TEST_F(AtomicFiles, ThatBelongTogetherChangeTogether) {
    ASSERT_TRUE(writeFile(first, "old"));
    auto a = written(first, "new"), b = written(second, "new");
    AtomicFile* pair[] = {a.get(), b.get()};
    ASSERT_TRUE(AtomicFile::commitAll(pair));
    EXPECT_EQ(*readTextFile(first) + *readTextFile(second), "newnew");
    EXPECT_THAT(names(), UnorderedElementsAre("first", "second"));
}

TEST_F(AtomicFiles, ThatBelongTogetherStayWhenOneCannotBeRenamed) {
    for (const bool replaces : {false, true}) {
        if (replaces) {
            ASSERT_TRUE(writeFile(first, "old"));
        }
        {
            auto a = written(first, "new"), b = written(second, "new");
            fs::create_directory(second);
            AtomicFile* pair[] = {a.get(), b.get()};
            const auto status = AtomicFile::commitAll(pair);
            ASSERT_FALSE(status);
            EXPECT_THAT(status.error().message, HasSubstr(second.string() + ": cannot write: "));
            fs::remove(second);
        }
        if (replaces) {
            EXPECT_EQ(*readTextFile(first), "old");
            EXPECT_THAT(names(), UnorderedElementsAre("first"));
        } else {
            EXPECT_THAT(names(), UnorderedElementsAre());
        }
    }
}

TEST_F(AtomicFiles, AreNoFoldersOrDevices) {
    EXPECT_EQ(writeFile(folder.path(), "").error().message,
              folder.path().string() + ": is a folder. Give a file name.");
    EXPECT_EQ(writeFile("/dev/null", "").error().message,
              "/dev/null: is a device or pipe, not a file. Give a file name.");
}

}  // namespace
}  // namespace lathe::base
