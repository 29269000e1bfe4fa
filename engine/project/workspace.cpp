#include "engine/project/workspace.h"

#include <algorithm>

namespace lathe::project {

const Variant* Workspace::find(VariantId id) const {
    const auto it =
        std::find_if(variants.begin(), variants.end(), [&](const auto& v) { return v->id == id; });
    return it == variants.end() ? nullptr : it->get();
}

Recipe recipeOf(const Workspace& workspace, VariantId id) {
    Recipe recipe;
    // No path is longer than the list of variants, so a cycle in a damaged file ends too.
    for (const auto* variant = workspace.find(id); variant && recipe.size() <= workspace.variants.size();
         variant = workspace.find(variant->parent))
        recipe.push_back(variant->step);
    std::reverse(recipe.begin(), recipe.end());
    return recipe;
}

}  // namespace lathe::project
