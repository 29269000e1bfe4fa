// SequenceMap: runs a body once for each element of the first sequence; element i of every other sequence and
// every tensor whole go with it. Output k is the sequence of the body's output k.
#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (context.inputCount() == 0) return context.error("has no inputs");
    std::vector<ir::ValueType> types;
    for (size_t i = 0; i < context.inputCount(); ++i) {
        if (i > 0 && context.type(i).kind != ir::ValueType::Kind::sequence) {
            types.push_back(context.type(i));
            continue;
        }
        auto element = elementOfSequence(context, i);
        if (!element) return element.error();
        types.push_back(std::move(*element));
    }
    auto results = context.inferBody("body", types);
    if (!results) return results.error();
    if (results->size() != context.outputCount())
        return context.error("the body gives {} values, the node has {} outputs", results->size(),
                             context.outputCount());
    for (size_t i = 0; i < results->size(); ++i)
        context.setOutput(i, ir::ValueType::sequenceOf(std::move((*results)[i])));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto first = sequenceOf(context, 0);
    if (!first) return first.error();
    const auto count = (*first)->items.size();
    for (size_t i = 1; i < context.inputCount(); ++i) {
        if (!context.has(i)) return context.error("input {} is missing", i);
        const auto* other = context.value(i).sequence();
        if (other && other->items.size() != count)
            return context.error("sequences of {} and {} elements do not go together", count,
                                 other->items.size());
    }
    std::vector<tensor::Sequence> outputs(context.outputCount());
    for (size_t n = 0; n < count; ++n) {
        if (auto ok = context.progress().check(); !ok) return ok;
        std::vector<tensor::RuntimeValue> inputs;
        for (size_t i = 0; i < context.inputCount(); ++i) {
            const auto* sequence = context.value(i).sequence();
            inputs.push_back(sequence ? sequence->items[n] : context.value(i));
        }
        auto results = context.runBody("body", std::move(inputs));
        if (!results) return results.error();
        if (results->size() != outputs.size())
            return context.error("the body gives {} values, the node has {} outputs", results->size(),
                                 outputs.size());
        for (size_t k = 0; k < outputs.size(); ++k)
            if (auto s = append(context, outputs[k], std::move((*results)[k])); !s) return s;
    }
    for (size_t k = 0; k < outputs.size(); ++k) context.set(k, std::move(outputs[k]));
    return {};
}

}  // namespace

Op sequenceMapOp() {
    return {
        .name = "SequenceMap",
        .sinceVersion = 17,
        .family = Family::control,
        .summary = "sequences of what a body gives for each element",
        .inputs = {{"input_sequence", kAnyValue}, {"additional_inputs", kAnyValue, {}, Presence::variadic}},
        .outputs = {{"out_sequence", kAnyType, {}, Presence::variadic}},
        .attributes = {},
        .otherAttributes = {"body"},
        .infer = infer,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
