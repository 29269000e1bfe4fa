#include "engine/project/journal.h"

#include <gtest/gtest.h>

#include "engine/base/file_map.h"
#include "tests/support/test_paths.h"

namespace lathe::project {
namespace {

TEST(Journal, GivesBackWhatWasAppended) {
    test::TemporaryDir folder;
    const auto path = Journal::pathFor(folder.path() / "work.lathe-workspace");
    EXPECT_EQ(path.filename(), "work.lathe.journal");
    EXPECT_TRUE(Journal::recover(path)->records.empty());
    {
        const auto journal = Journal::start(path);
        ASSERT_TRUE(journal) << journal.error().message;
        ASSERT_TRUE((*journal)->append("one"));
        ASSERT_TRUE((*journal)->append(""));
        ASSERT_TRUE((*journal)->append(std::string(1000, 'x')));
    }
    const auto recovered = Journal::recover(path);
    ASSERT_TRUE(recovered);
    EXPECT_TRUE(recovered->complete);
    EXPECT_EQ(recovered->records, (std::vector<std::string>{"one", "", std::string(1000, 'x')}));
}

TEST(Journal, LeavesACutRecordAway) {
    test::TemporaryDir folder;
    const auto path = folder.path() / "work.lathe.journal";
    {
        const auto journal = Journal::start(path);
        ASSERT_TRUE((*journal)->append("first"));
        ASSERT_TRUE((*journal)->append("second"));
    }
    const auto whole = *base::readTextFile(path);
    for (size_t size = 13; size < whole.size(); ++size) {
        ASSERT_TRUE(base::writeFile(path, whole.substr(0, size)));
        const auto recovered = *Journal::recover(path);
        EXPECT_EQ(recovered.records, std::vector<std::string>{"first"}) << size;
        EXPECT_EQ(recovered.complete, size == 13) << size;
    }
    auto flipped = whole;
    flipped.back() ^= 1;
    ASSERT_TRUE(base::writeFile(path, flipped));
    EXPECT_FALSE(Journal::recover(path)->complete);
}

TEST(Journal, StartsAgainAfterASave) {
    test::TemporaryDir folder;
    const auto path = folder.path() / "work.lathe.journal";
    const auto journal = Journal::start(path);
    ASSERT_TRUE((*journal)->append("old"));
    ASSERT_TRUE((*journal)->clear());
    ASSERT_TRUE((*journal)->append("new"));
    EXPECT_EQ(Journal::recover(path)->records, std::vector<std::string>{"new"});
    EXPECT_FALSE(Journal::start(folder.path() / "missing" / "a.journal"));
}

}  // namespace
}  // namespace lathe::project
