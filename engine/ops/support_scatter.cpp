#include "engine/ops/support_scatter.h"

#include "engine/ops/support_move.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {

base::ParamSpec scatterReduction() {
    return choiceAttribute("reduction", {"none", "add", "mul", "max", "min"}, "none",
                           "how an update meets what is there: replaces it or combines with it");
}

base::Result<Scatter> Scatter::start(EvalContext& context, const tensor::Tensor& data,
                                     const tensor::Tensor& updates) {
    if (updates.type() != data.type())
        return context.error("updates have type {}, the data {}", name(updates.type()), name(data.type()));
    Scatter scatter;
    scatter.m_data = &data;
    scatter.m_updates = &updates;
    const auto text = context.attributes().text("reduction", "none");
    scatter.m_mode = text == "add"   ? Mode::add
                     : text == "mul" ? Mode::mul
                     : text == "max" ? Mode::max
                     : text == "min" ? Mode::min
                                     : Mode::none;
    const bool number = tensor::visitNumbers(
                            data.type(), [](auto) { return true; }, false) ||
                        data.type() == tensor::DataType::boolean;
    if (scatter.m_mode != Mode::none && !number)
        return context.error("type {} has no reduction {}", name(data.type()), text);
    return scatter;
}

base::Status Scatter::finish(EvalContext& context) {
    auto y = context.allocate(m_data->type(), m_data->shape());
    if (!y) return y.error();
    if (m_mode == Mode::none) {
        if (!m_data->empty()) Mover(*m_data, *y).copy(0, 0, m_data->elementCount());
        Mover mover(*m_updates, *y);
        for (const auto& [to, from] : m_pairs) mover.copy(to, from);
    } else {
        visitWide(m_data->type(), [&](auto tag) {
            using W = typename decltype(tag)::type;
            auto values = widened<W>(*m_data);
            const auto updates = widened<W>(*m_updates);
            for (const auto& [to, from] : m_pairs) {
                auto& value = values[static_cast<size_t>(to)];
                const W update = updates[static_cast<size_t>(from)];
                value = m_mode == Mode::add   ? wrappingAdd(value, update)
                        : m_mode == Mode::mul ? wrappingMultiply(value, update)
                        : m_mode == Mode::max ? greater(value, update)
                                              : smaller(value, update);
            }
            narrow<W>(values, *y);
        });
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace lathe::ops
