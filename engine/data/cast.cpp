// Cast: the same numbers in another type. Floats to integers are cut towards 0 and kept in range.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/data/dataset.h"
#include "engine/tensor/visit_type.h"

namespace lathe::data {
namespace {

template <typename To, typename From>
To converted(From value) {
    if constexpr (std::is_integral_v<To> && !std::is_integral_v<From>) {
        const auto real = static_cast<double>(value);
        if (std::isnan(real)) return 0;
        // 2^63 and 2^64 are doubles, the largest integers below them are not: compare before converting.
        const double most = std::ldexp(1.0, std::numeric_limits<To>::digits);
        if (real >= most) return std::numeric_limits<To>::max();
        if (real <= static_cast<double>(std::numeric_limits<To>::min()))
            return std::numeric_limits<To>::min();
        return static_cast<To>(real);
    } else {
        return static_cast<To>(value);
    }
}

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto to = *tensor::dataTypeFromName(options.text("to"));
    if (to == input.type()) return input;
    auto result = tensor::Tensor::zeros(to, input.shape());
    const auto convert = [&](auto toTag) {
        using To = typename decltype(toTag)::type;
        const auto out = result.mutableValues<To>();
        return tensor::visitNumbers(
            input.type(),
            [&](auto fromTag) {
                using From = typename decltype(fromTag)::type;
                const auto in = input.values<From>();
                for (size_t i = 0; i < in.size(); ++i) out[i] = converted<To>(in[i]);
                return true;
            },
            false);
    };
    if (!tensor::visitNumbers(to, convert, false))
        return base::Error::badInput(
            fmt::format("{} cannot be cast to {}.", tensor::name(input.type()), tensor::name(to)));
    return result;
}

}  // namespace

StepSpec castStep() {
    return {.name = "cast",
            .title = "Cast",
            .options = {{.name = "to",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("float32"),
                         .label = "To",
                         .help = "Element type the model expects.",
                         .choices = {"float32", "float16", "float64", "uint8", "int8", "int16", "uint16",
                                     "int32", "int64"}}},
            .apply = apply};
}

}  // namespace lathe::data
