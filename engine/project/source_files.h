// The model files a workspace refers to, each with the files beside it that hold weights.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/project/file_stamp.h"
#include "engine/project/workspace.h"

namespace lathe::project {

struct SourceFile {
    std::string path, relative;  // absolute, and from the folder it is looked for in when it has moved
    int64_t size = 0;
    std::string sha256;
    FileStamp stamp = {};  // when it was described; not stored
};

// A model as its file gives it: what graphs may refer to instead of keeping weights themselves.
// `files` has the model first; `relative` of the others is from the model's folder, or empty outside it.
struct Source {
    std::vector<SourceFile> files;
    struct Place {
        ir::ValueId value;
        size_t size = 0;
        std::weak_ptr<const void> owner;  // tells the bytes from others that lie there later
    };
    std::unordered_map<const std::byte*, Place> values;  // by the address of their bytes

    // The value that holds this tensor's bytes; invalid when none does.
    ir::ValueId find(const tensor::Tensor& tensor) const;

    // Whether the files still are what they were, as far as their stamps tell.
    bool isCurrent() const;
};
using SourcePtr = std::shared_ptr<const Source>;

inline constexpr size_t kInlineBytes = 1024;  // shorter tensors lie in the graph's own bytes

// A file as it is now: absolute path, size, hash and stamp.
base::Result<SourceFile> describeFile(const std::filesystem::path& path, const base::Progress& progress);

// The first variant of the variant's family: the one that was opened from a file. Null when it is gone.
const Variant* rootOf(const Workspace& workspace, const Variant& variant);

// Describes the file that `root` was opened from, as it is now. Reads it again: only values whose bytes the
// file still gives are listed. Null when there is no such file.
base::Result<SourcePtr> describeSource(const ir::GraphPtr& root, const base::Progress& progress);

// Reads the model again. A missing or changed file is an error that says what it was.
base::Result<ir::GraphPtr> reopenSource(std::vector<SourceFile>& files,
                                        const std::filesystem::path& workspace,
                                        const base::Progress& progress);
// The constants of a graph whose files are these.
std::shared_ptr<Source> indexSource(std::vector<SourceFile> files, const ir::Graph& graph);

}  // namespace lathe::project
