// The saved whole: variants, recipes, datasets and measurements in one SQLite file that refers to source
// files.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/progress.h"
#include "engine/evaluate/evaluation.h"
#include "engine/ir/change.h"
#include "engine/profile/profile.h"

namespace lathe::project {

using VariantId = int64_t;

// One transformation with its parameters; `kind` says which table the name is in.
struct RecipeStep {
    enum class Kind { open, pass, preset, compress, edit };
    Kind kind = Kind::open;
    std::string name;  // "extended", "quantize_int8"; the file for open
    base::Params options = {};
    std::string dataset = {};  // name of the dataset it used
};
using Recipe = std::vector<RecipeStep>;

struct Variant {
    VariantId id = 0;
    VariantId parent = 0;  // 0: opened from a file
    std::string name;
    RecipeStep step;  // how it came from its parent
    ir::GraphPtr graph;
    ir::Report report = {};
    uint64_t fileBytes = 0;  // of its files (formats::sourceBytes), or what its export as ONNX would have
    std::string notes = {};
};
using VariantPtr = std::shared_ptr<const Variant>;

struct DatasetEntry {
    std::string name;
    std::filesystem::path path;
    std::string sha256 = {};  // of the file when it was saved; empty for folders and very large files
    std::string loader, chain, split;
    base::Params options;
    int64_t first = 0, count = -1;
    int64_t size = -1;  // bytes of the file when it was saved; -1: not known
};

// Immutable value; an edit makes the next one (undo is a pointer swap). Order is the order of making.
struct Workspace {
    std::vector<VariantPtr> variants;
    std::vector<DatasetEntry> datasets;
    std::map<VariantId, std::vector<std::shared_ptr<const profile::Profile>>> profiles;
    std::map<VariantId, std::vector<std::shared_ptr<const evaluate::Evaluation>>> evaluations;
    std::map<std::pair<VariantId, VariantId>, std::shared_ptr<const evaluate::Comparison>> comparisons;
    std::map<std::string, std::string> settings;  // what the window remembers for this workspace
    VariantId nextVariant = 1;

    const Variant* find(VariantId id) const;
};
using WorkspacePtr = std::shared_ptr<const Workspace>;

// Steps from the opened file to the variant.
Recipe recipeOf(const Workspace& workspace, VariantId id);

class SaveMemory;

// At every moment, a kill or a failure included, the file holds all of the old or all of the new. Source
// models are referred to by path and hash, their weights are not copied. With a memory that knows the file,
// only what is new in it is hashed and written.
base::Status save(const Workspace& workspace, const std::filesystem::path& path,
                  const base::Progress& progress, SaveMemory* memory = nullptr);
// Re-opens source files; a changed or missing one is an error that names it and says what it was.
base::Result<WorkspacePtr> load(const std::filesystem::path& path, const base::Progress& progress,
                                SaveMemory* memory = nullptr);

// Recipes as JSON, the same data the command line runs.
std::string toJson(const Recipe& recipe);
base::Result<Recipe> recipeFromJson(std::string_view text);

}  // namespace lathe::project
