#include <algorithm>
#include <map>

#include "engine/ops/op.h"

namespace lathe::ops {

#define LATHE_OP(op) Op op##Op();
#include "engine/ops/ops.inc"
#undef LATHE_OP

std::span<const Op> all() {
    static const std::vector<Op> kTable = {
#define LATHE_OP(op) op##Op(),
#include "engine/ops/ops.inc"
#undef LATHE_OP
    };
    return kTable;
}

const Op* find(std::string_view domain, std::string_view name) {
    using Key = std::pair<std::string_view, std::string_view>;
    static const std::map<Key, const Op*> kIndex = [] {
        std::map<Key, const Op*> index;
        for (const auto& op : all()) index.emplace(Key{op.domain, op.name}, &op);
        return index;
    }();
    const auto it = kIndex.find({domain == "ai.onnx" ? std::string_view() : domain, name});
    return it == kIndex.end() ? nullptr : it->second;
}

std::string_view name(Family family) {
    constexpr std::array<std::string_view, 8> kNames = {"convolution",  "normalization", "activation",
                                                        "pooling",      "shape",         "elementwise",
                                                        "quantization", "control"};
    return kNames[static_cast<size_t>(family)];
}

}  // namespace lathe::ops
