#include <gtest/gtest.h>

#include "engine/project/workspace.h"

namespace lathe::project {
namespace {

TEST(RecipeJson, SurvivesARoundTrip) {
    const Recipe recipe = {{RecipeStep::Kind::open, "model.onnx", {}, {}},
                           {RecipeStep::Kind::preset, "extended", {}, {}},
                           {RecipeStep::Kind::compress,
                            "quantize_int8",
                            {{"calibration", std::string("kl")},
                             {"samples", int64_t{512}},
                             {"percentile", 99.0},
                             {"bias", true},
                             {"exclude", std::vector<std::string>{"head/*"}},
                             {"axes", std::vector<int64_t>{0, 1}},
                             {"ratios", std::vector<double>{1.0, 0.5}}},
                            "digits"}};
    const auto again = recipeFromJson(toJson(recipe));
    ASSERT_TRUE(again) << again.error().message;
    ASSERT_EQ(again->size(), 3u);
    EXPECT_EQ((*again)[0].kind, RecipeStep::Kind::open);
    EXPECT_EQ((*again)[2].options, recipe[2].options);
    EXPECT_EQ((*again)[2].dataset, "digits");
    EXPECT_EQ(toJson(*again), toJson(recipe));
}

TEST(RecipeJson, SaysWhatIsWrong) {
    const auto message = [](std::string_view text) {
        const auto recipe = recipeFromJson(text);
        return recipe ? "no error" : recipe.error().message;
    };
    EXPECT_NE(message("{").find("not sound JSON"), std::string::npos);
    EXPECT_NE(message("[]").find("not a recipe"), std::string::npos);
    EXPECT_NE(message(R"({"lathe_recipe": 2, "steps": []})").find("Use a newer program"), std::string::npos);
    EXPECT_NE(message(R"({"lathe_recipe": 1})").find("steps"), std::string::npos);
    EXPECT_NE(
        message(R"({"lathe_recipe": 1, "steps": [{"kind": "magic", "name": "x"}]})").find("step 1: The kind"),
        std::string::npos);
    EXPECT_NE(
        message(R"({"lathe_recipe": 1, "steps": [{"kind": "pass", "name": "x", "options": {"a": {}}}]})")
            .find("Option a"),
        std::string::npos);
    EXPECT_EQ(message(R"({"lathe_recipe": 1, "steps": []})"), "no error");
}

TEST(RecipeOf, FollowsTheParents) {
    Workspace workspace;
    const auto add = [&](VariantId id, VariantId parent, std::string name) {
        Variant variant;
        variant.id = id;
        variant.parent = parent;
        variant.step.name = std::move(name);
        workspace.variants.push_back(std::make_shared<Variant>(variant));
    };
    add(1, 0, "open");
    add(2, 1, "fold");
    add(3, 1, "other");
    add(4, 2, "quantize");
    add(5, 5, "loop");
    const auto recipe = recipeOf(workspace, 4);
    ASSERT_EQ(recipe.size(), 3u);
    EXPECT_EQ(recipe[0].name, "open");
    EXPECT_EQ(recipe[2].name, "quantize");
    EXPECT_LE(recipeOf(workspace, 5).size(), 6u);
    EXPECT_EQ(workspace.find(9), nullptr);
}

}  // namespace
}  // namespace lathe::project
