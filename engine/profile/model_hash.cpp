#include "engine/base/file_map.h"
#include "engine/base/hash.h"
#include "engine/profile/conditions.h"

namespace lathe::profile {
namespace {

// Larger models are not read to the end for a hash: it would take longer than the measurement.
constexpr size_t kLargestHashed = size_t{256} << 20;

}  // namespace

std::string modelHash(const ir::Graph& graph) {
    const auto& info = graph.info();
    if (info.sourcePath.empty()) return {};
    std::vector<std::string> paths = {info.sourcePath};
    paths.insert(paths.end(), info.dataPaths.begin(), info.dataPaths.end());
    base::Sha256 hash;
    size_t total = 0;
    for (const auto& path : paths) {
        const auto file = base::FileMap::open(path);
        if (!file) return {};
        total += (*file)->bytes().size();
        if (total > kLargestHashed) return {};
        hash.add((*file)->bytes());
    }
    return hash.finish();
}

}  // namespace lathe::profile
