#include "engine/base/file_map.h"
#include "engine/base/hash.h"
#include "engine/profile/conditions.h"

namespace lathe::profile {
namespace {

// Larger model files are not read to the end for a hash: it would take longer than the measurement.
constexpr size_t kLargestHashed = size_t{256} << 20;

}  // namespace

std::string modelHash(const ir::Graph& graph) {
    const auto& path = graph.info().sourcePath;
    if (path.empty()) return {};
    const auto file = base::FileMap::open(path);
    if (!file || (*file)->bytes().size() > kLargestHashed) return {};
    return base::sha256((*file)->bytes());
}

}  // namespace lathe::profile
