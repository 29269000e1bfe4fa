// A graph as JSON with every id in its place, for workspaces. Tensors are left to the caller, who keeps their
// bytes somewhere and gives back a reference. JSON is read without recursion, so hostile nesting is harmless.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::project {

using StoreTensor = std::function<base::Result<nlohmann::json>(const tensor::Tensor&)>;
using FindTensor = std::function<base::Result<tensor::Tensor>(const nlohmann::json&)>;

base::Result<nlohmann::json> graphToJson(const ir::Graph& graph, const StoreTensor& store);
// The error names the field. Ids are checked before use; the graph may still need ir::verify.
base::Result<ir::GraphPtr> graphFromJson(const nlohmann::json& json, const FindTensor& find);

// --- its parts
nlohmann::json textToJson(std::string_view text);  // bytes that are no UTF-8 as {"hex": ...}
std::string textFromJson(const nlohmann::json& json);
nlohmann::json typeToJson(const ir::ValueType& type);
ir::ValueType typeFromJson(const nlohmann::json& json);
base::Result<nlohmann::json> attributesToJson(const ir::Attributes& attributes, const StoreTensor& store);
base::Result<ir::Attributes> attributesFromJson(const nlohmann::json& json, uint32_t subgraphLimit,
                                                const FindTensor& find);

}  // namespace lathe::project
