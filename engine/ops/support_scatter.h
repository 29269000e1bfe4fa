// What ScatterElements and ScatterND do with an element that meets another.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {

// Puts elements of `updates` at places of a copy of the data: instead of what is there, or combined with it.
class Scatter {
  public:
    static base::Result<Scatter> start(EvalContext& context, const tensor::Tensor& data,
                                       const tensor::Tensor& updates);
    void put(int64_t to, int64_t from) { m_pairs.emplace_back(to, from); }
    // Applies all pairs in order and sets output 0.
    base::Status finish(EvalContext& context);

  private:
    enum class Mode { none, add, mul, max, min };
    const tensor::Tensor* m_data = nullptr;
    const tensor::Tensor* m_updates = nullptr;
    Mode m_mode = Mode::none;
    std::vector<std::pair<int64_t, int64_t>> m_pairs;
};

base::ParamSpec scatterReduction();

}  // namespace lathe::ops
