#include "engine/project/graph_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/ir/binary.h"

namespace lathe::project {
namespace {

constexpr std::string_view kInSource = "source ";

void use(const StoredGraph& stored, ContentStore& contents) {
    contents.use(stored.sha256);
    for (const auto& weight : stored.weights) contents.use(weight);
}

base::Result<tensor::Tensor> fromSource(std::string_view key, const ir::GraphPtr& source,
                                        tensor::DataType type, tensor::Dimensions shape) {
    const auto number = base::parseInteger(key.substr(kInSource.size()));
    const auto size = tensor::checkedByteSize(type, shape);
    const tensor::Tensor* held = nullptr;
    if (source && number && *number >= 0 && *number < int64_t{source->valueLimit()})
        held = source->valueData({static_cast<uint32_t>(*number)}).constant.get();
    if (!held || !size || held->type() == tensor::DataType::string || held->bytes().size() != *size)
        return base::Error::badInput(
            fmt::format("The model file does not hold the weights {}", tensor::toString(type, shape)));
    return tensor::Tensor::borrowed(type, shape, held->bytes(), held->owner());
}

}  // namespace

base::Result<StoredGraph> storeGraph(const ir::GraphPtr& graph, const SourcePtr& source,
                                     ContentStore& contents, SaveMemory& memory) {
    if (const auto known = memory.find(graph, source)) {
        const bool all = std::all_of(known->weights.begin(), known->weights.end(),
                                     [&](const auto& w) { return contents.has(w); });
        if (all && contents.has(known->sha256)) {
            use(*known, contents);
            return *known;
        }
    }
    StoredGraph stored;
    base::Status status;
    ir::BinaryOptions options;
    options.largestInline = kInlineBytes;
    options.keep = [&](const tensor::Tensor& tensor) {
        if (const auto value = source ? source->find(tensor) : ir::ValueId{})
            return fmt::format("{}{}", kInSource, value.index);
        auto sha256 = memory.hashOf(tensor);
        if (status) status = contents.put(sha256, tensor.bytes());
        stored.weights.push_back(sha256);
        return sha256;
    };
    const auto text = ir::writeBinary(*graph, options);
    if (!status) return status.error();
    const auto bytes = std::as_bytes(std::span(text));
    stored.sha256 = base::sha256(bytes);
    if (auto s = contents.put(stored.sha256, bytes); !s) return s.error();
    memory.remember(graph, source, stored);
    return stored;
}

base::Result<ir::GraphPtr> loadGraph(const std::string& sha256, const ir::GraphPtr& source,
                                     const SourcePtr& known, ContentStore& contents, SaveMemory& memory) {
    const auto bytes = contents.get(sha256);
    if (!bytes) return bytes.error();
    StoredGraph stored{sha256, {}};
    const auto find = [&](std::string_view key, tensor::DataType type,
                          tensor::Dimensions shape) -> base::Result<tensor::Tensor> {
        if (key.starts_with(kInSource)) return fromSource(key, source, type, shape);
        const auto content = contents.get(std::string(key));
        if (!content) return content.error();
        if (tensor::checkedByteSize(type, shape) != (*content)->size())
            return base::Error::badInput(fmt::format("The content {} has {} bytes and cannot be {}", key,
                                                     (*content)->size(), tensor::toString(type, shape)));
        auto tensor = tensor::Tensor::borrowed(type, shape, **content, *content).aligned();
        memory.rememberHash(tensor, std::string(key));
        stored.weights.emplace_back(key);
        return tensor;
    };
    auto graph = ir::readBinary(**bytes, find);
    if (graph) memory.remember(*graph, known, std::move(stored));
    return graph;
}

}  // namespace lathe::project
