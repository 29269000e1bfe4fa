#include "engine/runtime/json.h"

#include <nlohmann/json.hpp>

namespace lathe::runtime {

using Json = nlohmann::json;

Json toJson(const PlanEntry& entry) {
    auto outputs = Json::array(), nodes = Json::array();
    for (const auto& output : entry.outputs)
        outputs.push_back({{"type", tensor::name(output.type)},
                           {"shape", std::vector<int64_t>(output.shape.begin(), output.shape.end())},
                           {"layout", output.layout},
                           {"memory", output.memory},
                           {"offset", output.offset},
                           {"bytes", output.bytes}});
    for (const auto node : entry.nodes) nodes.push_back(node.index);
    return {{"kernel", entry.kernel},
            {"reason", entry.reason},
            {"op", entry.op},
            {"nodes", std::move(nodes)},
            {"outputs", std::move(outputs)},
            {"inPlace", entry.inPlace},
            {"depth", entry.depth},
            {"packedBytes", entry.packedBytes},
            {"scratchBytes", entry.scratchBytes}};
}

}  // namespace lathe::runtime
