#include "app/pages/export_chain.h"

#include <vector>

#include "engine/bundle/preprocess.h"

namespace lathe::app {

std::string exportChain(const Document& document, const project::Variant& variant) {
    const auto& workspace = *document.workspace();
    const auto chainOf = [&](const std::string& name) {
        for (const auto& dataset : workspace.datasets)
            if (dataset.name == name || dataset.path.filename() == name) return dataset.chain;
        return std::string();
    };
    std::vector<std::string> chains;
    const auto recipe = project::recipeOf(workspace, variant.id);
    for (auto step = recipe.rbegin(); step != recipe.rend(); ++step)
        if (!step->dataset.empty()) chains.push_back(chainOf(step->dataset));
    if (const auto evaluation = document.lastEvaluation(variant.id))
        chains.push_back(chainOf(evaluation->dataset));
    if (workspace.datasets.size() == 1) chains.push_back(workspace.datasets.front().chain);
    for (const auto& chain : chains)
        if (!chain.empty() && bundle::preprocessLines(chain)) return chain;
    return {};
}

}  // namespace lathe::app
