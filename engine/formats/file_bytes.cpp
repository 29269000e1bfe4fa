#include "engine/formats/file_bytes.h"

#include <vector>

namespace lathe::formats {

namespace fs = std::filesystem;

uint64_t fileBytes(std::span<const fs::path> paths) {
    uint64_t bytes = 0;
    const auto add = [&](const fs::path& path) {
        std::error_code missing;
        if (!fs::is_regular_file(path, missing)) return;
        if (const auto size = fs::file_size(path, missing); !missing) bytes += size;
    };
    for (const auto& path : paths) {
        add(path);
        std::error_code noFolder;
        for (fs::recursive_directory_iterator at(path, noFolder), end; !noFolder && at != end;
             at.increment(noFolder))
            add(at->path());
    }
    return bytes;
}

uint64_t sourceBytes(const ir::Graph& graph) {
    const auto& info = graph.info();
    std::vector<fs::path> paths = {info.sourcePath};
    paths.insert(paths.end(), info.dataPaths.begin(), info.dataPaths.end());
    return fileBytes(paths);
}

}  // namespace lathe::formats
