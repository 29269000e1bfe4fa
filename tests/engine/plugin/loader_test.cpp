#include "engine/plugin/loader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/atomic_file.h"
#include "tests/support/test_paths.h"

namespace lathe::plugin {
namespace {

struct Loader : testing::Test {
    test::TemporaryDir folder;
    std::filesystem::path library = folder.path() / "thing.so";

    void describe(const std::string& json) {
        ASSERT_TRUE(base::writeFile(folder.path() / "thing.json", json));
        ASSERT_TRUE(base::writeFile(library, "not a library"));
    }
    std::string message() {
        const auto info = load(library);
        return info ? "no error" : info.error().message;
    }
};

TEST_F(Loader, SaysWhyAPluginIsLeftOut) {
    EXPECT_NE(message().find("thing.json: cannot open"), std::string::npos);
    describe("{");
    EXPECT_NE(message().find("thing.json: is not the description of a plugin"), std::string::npos);
    for (const int version : {1, 99}) {
        describe(fmt::format(R"({{"name": "thing", "title": "Thing", "version": "1", "interface": {}}})",
                             version));
        EXPECT_NE(message().find(fmt::format("wants plugin interface {}, this program has 2", version)),
                  std::string::npos);
    }
    describe(R"({"name": "thing", "title": "Thing", "version": "1", "interface": 2})");
    EXPECT_NE(message().find("thing.so: the plugin cannot be loaded: "), std::string::npos);
}

TEST_F(Loader, LooksThroughAFolder) {
    EXPECT_TRUE(loadFolder(folder.path() / "missing").errors.empty());
    describe("{}");
    const auto result = loadFolder(folder.path());
    EXPECT_TRUE(result.loaded.empty());
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_NE(result.errors[0].message.find("thing"), std::string::npos);
}

}  // namespace
}  // namespace lathe::plugin
