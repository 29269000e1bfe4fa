// A chain with its steps looked up and their options completed: done once, applied to many samples.
#pragma once

#include <span>
#include <vector>

#include "engine/data/dataset.h"

namespace lathe::data {

class PreparedChain {
  public:
    // The error names the step that is unknown or has a wrong option.
    static base::Result<PreparedChain> prepare(std::span<const Step> chain);
    // The error names the step and its position.
    base::Result<tensor::Tensor> apply(const tensor::Tensor& input) const;

  private:
    struct Item {
        const StepSpec* spec;
        base::Params options;
    };
    std::vector<Item> m_items;
};

}  // namespace lathe::data
