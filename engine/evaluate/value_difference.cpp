#include "engine/evaluate/value_difference.h"

#include <fmt/format.h>

#include <cmath>

namespace lathe::evaluate {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;

bool agree(double got, double wanted) {
    if (std::isnan(wanted)) return std::isnan(got);
    if (std::isinf(wanted)) return got == wanted;
    return std::abs(got - wanted) <= kConformanceAbsolute + kConformanceRelative * std::abs(wanted);
}

std::string formDifference(const Tensor& got, const Tensor& wanted) {
    if (got.type() == wanted.type() && got.shape() == wanted.shape()) return {};
    return fmt::format("got {}, wanted {}", tensor::toString(got.type(), got.shape()),
                       tensor::toString(wanted.type(), wanted.shape()));
}

std::string tensorDifference(const Tensor& got, const Tensor& wanted) {
    if (auto form = formDifference(got, wanted); !form.empty()) return form;
    const bool reals = tensor::isFloat(wanted.type()) || wanted.type() == tensor::DataType::complex64 ||
                       wanted.type() == tensor::DataType::complex128;
    if (!reals) return got == wanted ? "" : "elements differ";
    if (got == wanted) return {};  // complex numbers have no other way yet
    if (!tensor::isFloat(wanted.type())) return "elements differ";
    const auto a = tensor::toReals(got), b = tensor::toReals(wanted);
    for (size_t i = 0; i < a.size(); ++i)
        if (!agree(a[i], b[i])) return fmt::format("element {}: got {}, wanted {}", i, a[i], b[i]);
    return {};
}

template <typename Leaf>
std::string walk(const RuntimeValue& got, const RuntimeValue& wanted, Leaf leaf) {
    if (got.content.index() != wanted.content.index()) return "another kind of value";
    const auto items = [&](const auto& a, const auto& b, const char* what) -> std::string {
        if (a.size() != b.size()) return fmt::format("{} {}s, wanted {}", a.size(), what, b.size());
        for (size_t i = 0; i < b.size(); ++i)
            if (auto text = walk(a[i], b[i], leaf); !text.empty())
                return fmt::format("{} {}: {}", what, i, text);
        return {};
    };
    if (const auto* tensor = wanted.tensor()) return leaf(*got.tensor(), *tensor);
    if (const auto* sequence = wanted.sequence())
        return items(got.sequence()->items, sequence->items, "item");
    if (const auto* map = wanted.map()) {
        if (auto keys = tensorDifference(got.map()->keys, map->keys); !keys.empty()) return "keys: " + keys;
        return items(got.map()->values, map->values, "value");
    }
    if (const auto* optional = wanted.optional()) {
        if (!optional->value != !got.optional()->value) return "one of the two is empty";
        if (optional->value) return walk(*got.optional()->value, *optional->value, leaf);
    }
    return {};
}

}  // namespace

std::string difference(const RuntimeValue& got, const RuntimeValue& wanted) {
    return walk(got, wanted, tensorDifference);
}

std::string shapeDifference(const RuntimeValue& got, const RuntimeValue& wanted) {
    return walk(got, wanted, formDifference);
}

}  // namespace lathe::evaluate
