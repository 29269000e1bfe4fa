// Sequences for tests: made from tensors, and compared with tensors.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/text_run.h"

namespace lathe::test {

inline tensor::RuntimeValue sequence(const std::vector<tensor::Tensor>& items) {
    tensor::Sequence result;
    if (!items.empty()) result.elementType = items.front().type();
    result.items.assign(items.begin(), items.end());
    return result;
}

inline void expectItems(const tensor::RuntimeValue& value, const std::vector<tensor::Tensor>& items) {
    ASSERT_NE(value.sequence(), nullptr);
    ASSERT_EQ(value.sequence()->items.size(), items.size());
    for (size_t i = 0; i < items.size(); ++i) {
        ASSERT_NE(value.sequence()->items[i].tensor(), nullptr) << "item " << i;
        EXPECT_EQ(*value.sequence()->items[i].tensor(), items[i]) << "item " << i;
    }
}

// Reading, inferring or running the text ends with an error that contains `message`.
inline void expectTextRefused(std::string_view text, const std::vector<tensor::RuntimeValue>& inputs,
                              std::string_view message) {
    const auto run = runText(text, inputs);
    ASSERT_FALSE(run) << "was accepted: " << text;
    EXPECT_NE(run.error().message.find(message), std::string::npos) << run.error().message;
}

}  // namespace lathe::test
