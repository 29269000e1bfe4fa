// Names of classes and categories: integers or texts, from two attributes of which one is given.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/attribute.h"
#include "engine/ops/eval_context.h"

namespace lathe::ops {

struct Labels {
    std::vector<int64_t> integers;
    std::vector<std::string> texts;  // these when not empty

    size_t size() const { return texts.empty() ? integers.size() : texts.size(); }
    tensor::DataType type() const {
        return texts.empty() ? tensor::DataType::int64 : tensor::DataType::string;
    }
    // One label for each index; -1 stands for "none of them", which is 0 or the empty text.
    base::Result<tensor::Tensor> pick(const EvalContext& context, std::span<const int64_t> indices) const;
};

// The error says which attributes are missing or given both, without naming the node.
base::Result<Labels> readLabels(const ir::Attributes& attributes, std::string_view integers,
                                std::string_view texts);

// The place of the greatest score, the first of equal ones; -1 without scores.
int64_t topClass(std::span<const double> scores);

}  // namespace lathe::ops
