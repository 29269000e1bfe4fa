// DictVectorizer: the values of a map in the order of the vocabulary, 0 or an empty text for words the map
// lacks; one row a map, where a sequence of maps comes in. Keys that are no words are left out.
#include <unordered_map>

#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

using Kind = ir::ValueType::Kind;

base::Status infer(InferContext& context) {
    const auto words = readLabels(context.attributes(), "int64_vocabulary", "string_vocabulary");
    if (!words) return context.error("{}", words.error().message);
    const auto width = static_cast<int64_t>(words->size());
    const auto& type = context.type(0);
    const bool many = type.kind == Kind::sequence;
    const auto* map = many ? type.inner.get() : &type;
    if (!map || map->kind == Kind::unknown) {
        context.setOutput(0, tensor::DataType::undefined, ir::SymbolicShape{ir::Dim::unknown(), width});
        return {};
    }
    if (map->kind != Kind::map) return context.error("X is {}, expected a map", ir::toString(type));
    if (map->element != tensor::DataType::undefined && map->element != words->type())
        return context.error("the keys of X are {}, the vocabulary holds {}", name(map->element),
                             name(words->type()));
    context.setOutput(0, map->inner ? map->inner->element : tensor::DataType::undefined,
                      ir::SymbolicShape{many ? context.freshDim("rows") : ir::Dim(1), width});
    return {};
}

template <typename T>
std::unordered_map<T, int64_t> indexOf(const std::vector<T>& words) {
    std::unordered_map<T, int64_t> index;
    for (size_t i = 0; i < words.size(); ++i) index.emplace(words[i], static_cast<int64_t>(i));
    return index;
}

template <typename T>
base::Status fillRows(const EvalContext& context, const std::vector<const tensor::Map*>& maps,
                      const std::vector<T>& words, tensor::Tensor& y) {
    const auto index = indexOf(words);
    const auto width = static_cast<int64_t>(words.size());
    for (size_t row = 0; row < maps.size(); ++row) {
        const auto keys = maps[row]->keys.aligned();
        for (size_t i = 0; i < maps[row]->values.size(); ++i) {
            const auto* value = maps[row]->values[i].tensor();
            if (!value || value->type() != y.type() || value->elementCount() != 1)
                return context.error("the values of a map are not all one {}", name(y.type()));
            const auto found = index.find(keys.template values<T>()[i]);
            if (found == index.end()) continue;
            const auto own = value->aligned();
            Mover(own, y).copy(static_cast<int64_t>(row) * width + found->second, 0);
        }
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto words = readLabels(context.attributes(), "int64_vocabulary", "string_vocabulary");
    if (!words) return context.error("{}", words.error().message);
    std::vector<const tensor::Map*> maps;
    if (const auto* sequence = context.value(0).sequence())
        for (const auto& item : sequence->items) maps.push_back(item.map());
    else
        maps.push_back(context.value(0).map());
    // Without a value its type is not known either.
    auto type = tensor::DataType::float32;
    bool typed = false;
    for (const auto* map : maps) {
        if (!map || map->keys.elementCount() != static_cast<int64_t>(map->values.size()) ||
            (!map->values.empty() && map->keys.type() != words->type()))
            return context.error("X holds something else than maps from {}", name(words->type()));
        if (typed || map->values.empty()) continue;
        const auto* first = map->values.front().tensor();
        if (!first) return context.error("a map holds something else than numbers or texts");
        type = first->type();
        typed = true;
    }
    auto y = context.allocate(
        type, tensor::Shape{static_cast<int64_t>(maps.size()), static_cast<int64_t>(words->size())});
    if (!y) return y.error();
    auto filled = words->texts.empty() ? fillRows(context, maps, words->integers, *y)
                                       : fillRows(context, maps, words->texts, *y);
    if (!filled) return filled;
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlDictVectorizerOp() {
    constexpr TypeSet kTypes = typeSet(tensor::DataType::int64, tensor::DataType::float32,
                                       tensor::DataType::float64, tensor::DataType::string);
    return {.name = "DictVectorizer",
            .domain = "ai.onnx.ml",
            .family = Family::shape,
            .summary = "The values of a map in the order of a vocabulary",
            .inputs = {{"X", kAnyValue}},
            .outputs = {{"Y", kTypes}},
            .attributes = {integersAttribute("int64_vocabulary", "keys that are integers"),
                           textsAttribute("string_vocabulary", "keys that are texts")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
