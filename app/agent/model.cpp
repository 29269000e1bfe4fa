#include "app/agent/model.h"

#include "engine/base/file_map.h"
#include "engine/ir/binary.h"

namespace lathe::agent {

base::Result<ir::GraphPtr> readModel(const std::string& path, const base::Progress&) {
    const auto file = base::FileMap::open(path);
    if (!file) return file.error();
    return ir::readBinary((*file)->bytes());
}

}  // namespace lathe::agent
