// Scan: runs a body once for each step along an axis of the scan inputs. The body takes (state, one step of
// each scan input) and gives (state, one step of each scan output).
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_control.h"

namespace lathe::ops {
namespace {

// How the inputs and outputs of the node divide.
struct Layout {
    size_t states = 0, scans = 0, outputs = 0;
};

base::Result<Layout> layoutOf(const auto& context) {
    const int64_t scans = context.attributes().integer("num_scan_inputs", 0);
    const auto inputs = context.inputCount();
    if (scans < 1 || static_cast<size_t>(scans) > inputs)
        return context.error("num_scan_inputs is {}, the node has {} inputs", scans, inputs);
    const auto states = inputs - static_cast<size_t>(scans);
    if (context.outputCount() < states)
        return context.error("has {} outputs for {} states", context.outputCount(), states);
    return Layout{states, static_cast<size_t>(scans), context.outputCount() - states};
}

// An item of an optional list, 0 where the list is not given.
base::Result<int64_t> itemOf(const auto& context, std::string_view list, size_t i, size_t count) {
    const auto items = context.attributes().integers(list);
    if (items.empty()) return 0;
    if (items.size() != count)
        return context.error("{} has {} items, expected {}", list, items.size(), count);
    return items[i];
}

base::Status infer(InferContext& context) {
    const auto layout = layoutOf(context);
    if (!layout) return layout.error();
    std::vector<ir::ValueType> types;
    for (size_t i = 0; i < layout->states; ++i) types.push_back(context.type(i));
    ir::Dim length = ir::Dim::unknown();
    for (size_t i = 0; i < layout->scans; ++i) {
        auto type = context.type(layout->states + i);
        const auto given = itemOf(context, "scan_input_axes", i, layout->scans);
        if (!given) return given.error();
        if (type.shape) {
            const auto axis = axisOf(context, *given, type.rank());
            if (!axis) return axis.error();
            auto merged = mergeDims(context, length, (*type.shape)[*axis], "scan lengths");
            if (!merged) return merged.error();
            length = std::move(*merged);
            type.shape->erase(type.shape->begin() + static_cast<std::ptrdiff_t>(*axis));
        }
        types.push_back(std::move(type));
    }
    std::vector<ir::ValueType> results;
    for (int round = 0; round < 4; ++round) {
        auto given = context.inferBody("body", types);
        if (!given) return given.error();
        results = std::move(*given);
        if (results.size() < layout->states + layout->outputs)
            return context.error("the body gives {} values, expected {}", results.size(),
                                 layout->states + layout->outputs);
        bool stable = true;
        for (size_t i = 0; i < layout->states; ++i) {
            auto both = joined(types[i], results[i]);
            if (round == 2 && !(both == types[i])) both.shape.reset();
            stable = stable && both == types[i];
            types[i] = std::move(both);
        }
        if (stable) break;
    }
    for (size_t i = 0; i < layout->states; ++i) context.setOutput(i, types[i]);
    for (size_t i = 0; i < layout->outputs; ++i) {
        auto type = results[layout->states + i];
        const auto given = itemOf(context, "scan_output_axes", i, layout->outputs);
        if (!given) return given.error();
        if (type.shape) {
            const auto axis = axisOf(context, *given, type.rank() + 1);
            if (!axis) return axis.error();
            type.shape->insert(type.shape->begin() + static_cast<std::ptrdiff_t>(*axis), length);
        }
        context.setOutput(layout->states + i, std::move(type));
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto layout = layoutOf(context);
    if (!layout) return layout.error();
    for (size_t i = 0; i < context.inputCount(); ++i)
        if (!context.has(i) || (i >= layout->states && !context.value(i).tensor()))
            return context.error("input {} is missing or no tensor", i);
    std::vector<tensor::RuntimeValue> states;
    for (size_t i = 0; i < layout->states; ++i) states.push_back(context.value(i));
    std::vector<size_t> axes;
    std::vector<bool> backwards;
    int64_t length = 0;
    for (size_t i = 0; i < layout->scans; ++i) {
        const auto& input = context.in(layout->states + i);
        const auto given = itemOf(context, "scan_input_axes", i, layout->scans);
        const auto direction = itemOf(context, "scan_input_directions", i, layout->scans);
        if (!given) return given.error();
        if (!direction) return direction.error();
        const auto axis = axisOf(context, *given, input.rank());
        if (!axis) return axis.error();
        if (i > 0 && input.dimension(*axis) != length)
            return context.error("scan lengths {} and {} differ", length, input.dimension(*axis));
        length = input.dimension(*axis);
        axes.push_back(*axis);
        backwards.push_back(*direction != 0);
    }
    std::vector<std::vector<tensor::Tensor>> outputs(layout->outputs);
    for (int64_t step = 0; step < length; ++step) {
        if (auto ok = context.progress().check(); !ok) return ok;
        auto inputs = states;
        for (size_t i = 0; i < layout->scans; ++i) {
            auto item = stepOf(context, context.in(layout->states + i), axes[i],
                               backwards[i] ? length - 1 - step : step);
            if (!item) return item.error();
            inputs.emplace_back(std::move(*item));
        }
        auto results = context.runBody("body", std::move(inputs));
        if (!results) return results.error();
        if (results->size() < layout->states + layout->outputs)
            return context.error("the body gives {} values, expected {}", results->size(),
                                 layout->states + layout->outputs);
        for (size_t i = 0; i < layout->states; ++i) states[i] = std::move((*results)[i]);
        for (size_t i = 0; i < layout->outputs; ++i) {
            const auto* item = (*results)[layout->states + i].tensor();
            if (!item) return context.error("scan output {} is no tensor", i);
            outputs[i].push_back(item->aligned());
        }
    }
    for (size_t i = 0; i < layout->states; ++i) context.set(i, std::move(states[i]));
    for (size_t i = 0; i < layout->outputs; ++i) {
        const auto given = itemOf(context, "scan_output_axes", i, layout->outputs);
        const auto direction = itemOf(context, "scan_output_directions", i, layout->outputs);
        if (!given) return given.error();
        if (!direction) return direction.error();
        const auto rank = outputs[i].empty() ? 1 : outputs[i].front().rank() + 1;
        const auto axis = axisOf(context, *given, rank);
        if (!axis) return axis.error();
        auto whole = stacked(context, outputs[i], tensor::DataType::float32, *axis, *direction != 0);
        if (!whole) return whole.error();
        context.set(layout->states + i, std::move(*whole));
    }
    return {};
}

}  // namespace

Op scanOp() {
    return {
        .name = "Scan",
        .sinceVersion = 25,
        .family = Family::control,
        .summary = "state after the last step, scan outputs stacked",
        .inputs = {{"initial_state_and_scan_inputs", kAnyType, {}, Presence::variadic}},
        .outputs = {{"final_state_and_scan_outputs", kAnyType, {}, Presence::variadic}},
        .attributes = {requiredInteger("num_scan_inputs", "how many of the last inputs are walked along"),
                       integersAttribute("scan_input_axes", "axis of each scan input; absent: 0"),
                       integersAttribute("scan_input_directions", "1: that scan input is walked backwards"),
                       integersAttribute("scan_output_axes", "axis of each scan output; absent: 0"),
                       integersAttribute("scan_output_directions",
                                         "1: that scan output is stacked backwards")},
        .otherAttributes = {"body"},
        .infer = infer,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
