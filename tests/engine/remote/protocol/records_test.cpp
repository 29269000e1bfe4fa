#include "engine/remote/protocol/records.h"

#include <gtest/gtest.h>

namespace lathe::remote {
namespace {

TEST(Records, SessionOptionsComeBack) {
    const runtime::SessionOptions options{
        .threads = 3, .bindings = {{"N", 2}}, .fuse = false, .cores = {4, 5, 6}};
    const auto json = toJson(options);
    const auto read = sessionOptionsFromJson(json);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(toJson(*read), json);
    EXPECT_EQ(read->cores, (std::vector<int>{4, 5, 6}));
    // Hosts that ask for no cores need not say so.
    auto without = json;
    without.erase("cores");
    EXPECT_TRUE(sessionOptionsFromJson(without)->cores.empty());
    without.erase("threads");
    EXPECT_FALSE(sessionOptionsFromJson(without));
}

}  // namespace
}  // namespace lathe::remote
