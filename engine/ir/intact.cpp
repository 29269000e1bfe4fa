#include "engine/ir/intact.h"

#include <fmt/format.h>

#include "engine/base/file_map.h"
#include "engine/base/shortened_files.h"

namespace lathe::ir {

base::Status checkIntact(const Graph& graph) {
    if (base::shortenedMappings() == 0) return {};
    for (uint32_t i = 0; i < graph.valueLimit(); ++i) {
        const auto* constant = graph.contains(ValueId{i}) ? graph.valueData({i}).constant.get() : nullptr;
        const auto* map = constant ? base::FileMap::of(constant->owner()) : nullptr;
        if (map && map->shortened())
            return base::Error::badInput(fmt::format(
                "{}: another program shortened this file while it was open, and weights in it are "
                "lost. Open it again.",
                map->path().string()));
    }
    return {};
}

}  // namespace lathe::ir
