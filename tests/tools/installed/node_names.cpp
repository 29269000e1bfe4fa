// A format that lists the names of a model's nodes, one a line.
#include <string>

#include "engine/base/atomic_file.h"
#include "engine/plugin/plugin.h"

namespace {

using namespace lathe;

base::Status write(const ir::Graph& graph, const std::filesystem::path& path, const base::Params&,
                   const base::Progress&) {
    std::string text;
    for (uint32_t i = 0; i < graph.nodeLimit(); ++i)
        if (const ir::NodeId id{i}; graph.contains(id)) text += graph.node(id).label() + '\n';
    return base::writeFile(path, text);
}

}  // namespace

LATHE_PLUGIN_EXPORT const char* lathe_plugin_entry(uint32_t, plugin::Registry* registry) {
    registry->addFormat(
        {.name = "node_names", .title = "Names of nodes", .extensions = {".names"}, .write = write});
    return nullptr;
}
