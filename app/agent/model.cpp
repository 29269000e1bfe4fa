#include "app/agent/model.h"

#include "engine/formats/lathe/lathe.h"

namespace lathe::agent {

base::Result<ir::GraphPtr> readModel(const std::string& path, const base::Progress& progress) {
    return formats::flat::readFile(path, {}, progress);
}

}  // namespace lathe::agent
