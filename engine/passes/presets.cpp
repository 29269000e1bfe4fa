// The named lists of passes that people start from.
#include <vector>

#include "engine/passes/pass.h"

namespace lathe::passes {

namespace {

// Order within a round: shapes become constants first, then structure, then weights; the sweep is last.
std::vector<Step> basicSteps() {
    return {{.name = "remove_identities"}, {.name = "simplify_shapes"},       {.name = "fold_constants"},
            {.name = "inline_branches"},   {.name = "common_subexpressions"}, {.name = "inverse_pairs"},
            {.name = "remove_unused"}};
}

std::vector<Step> extendedSteps() {
    auto steps = basicSteps();
    steps.pop_back();
    for (const auto* name :
         {"merge_reshapes", "reduce_to_global_pool", "sink_transposes", "shortcut_concats", "merge_scales",
          "slices_to_split", "pad_into_conv", "fold_batch_norm", "fold_affine", "matmul_add_to_gemm",
          "add_to_bias", "merge_clips", "merge_separable_heads", "merge_heads", "sink_splits",
          "interleave_heads", "remove_unused"})
        steps.push_back({.name = name});
    return steps;
}

std::vector<Step> allSteps() {
    auto steps = extendedSteps();
    steps.pop_back();
    for (const auto* name :
         {"fuse_layer_norm", "fuse_gelu", "fuse_softmax", "fuse_hard_swish", "remove_unused"})
        steps.push_back({.name = name});
    return steps;
}

}  // namespace

std::span<const Preset> presets() {
    static const std::vector<Preset> kPresets = {
        {.name = "basic",
         .title = "Basic clean-up",
         .summary =
             "Removes what computes nothing: identities, constants, duplicates, unused nodes. Outputs stay "
             "bit-exact.",
         .steps = basicSteps()},
        {.name = "extended",
         .title = "Extended",
         .summary =
             "Basic, plus rewrites that merge arithmetic into weights and remove layout changes. Uses only "
             "operators the model's opset knows.",
         .steps = extendedSteps()},
        {.name = "all",
         .title = "Everything",
         .summary =
             "Extended, plus fusions into newer operators (LayerNormalization, Gelu, HardSwish). Needs opset "
             "20 where a Gelu is made.",
         .steps = allSteps()},
    };
    return kPresets;
}

const Preset* findPreset(std::string_view name) {
    for (const auto& preset : presets())
        if (preset.name == name) return &preset;
    return nullptr;
}

}  // namespace lathe::passes
