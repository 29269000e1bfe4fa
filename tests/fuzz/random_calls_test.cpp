// Every way an operator runs gives the same numbers: the planned session with its kernels, one thread and
// two, against the plain evaluation. LATHE_FUZZ_SEED and LATHE_FUZZ_CALLS choose other calls and more of
// them.
#include "tests/fuzz/random_calls.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"

namespace lathe::test {
namespace {

uint64_t fromEnvironment(const char* name, uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// As relativeError takes it.
double largest(const tensor::Tensor& tensor) {
    double result = 1e-3;
    for (const double v : tensor::toReals(tensor))
        if (std::isfinite(v)) result = std::max(result, std::abs(v));
    return result;
}

class RandomCalls : public testing::TestWithParam<size_t> {};

TEST_P(RandomCalls, agreeWithThePlainEvaluation) {
    const auto& family = callFamilies()[GetParam()];
    const auto calls = fromEnvironment("LATHE_FUZZ_CALLS", 150);
    const auto first = fromEnvironment("LATHE_FUZZ_SEED", 1) * 1'000'000;
    uint64_t ran = 0;
    for (uint64_t seed = first; seed < first + calls && !HasFailure(); ++seed) {
        Random random(seed * 31 + GetParam());
        const auto call = family.make(random);
        const auto graph = graphOf(call, OpCaseForm::concrete);
        const auto inputs = inputsOf(call, OpCaseForm::concrete);
        const auto what = fmt::format("seed {} of {}:\n{}", seed, family.name, ir::printText(*graph));
        const auto wanted = ops::interpret(*graph, inputs);
        double scale = 1;
        if (family.sums && wanted) {
            const auto most = ops::interpret(*graphOf(magnitudes(call), OpCaseForm::concrete),
                                             inputsOf(magnitudes(call), OpCaseForm::concrete));
            ASSERT_TRUE(most) << what << most.error().message;
            scale = std::max(1.0, largest(*most->at(0).tensor()) / largest(*wanted->at(0).tensor()));
        }
        for (const int threads : {1, 2}) {
            const auto session = runtime::open(graph, {.threads = threads});
            const auto got = session ? (*session)->run(inputs) : session.error();
            ASSERT_EQ(got.ok(), wanted.ok()) << what << (got ? wanted.error().message : got.error().message);
            if (!got) continue;
            expectClose(*got, *wanted, family.tolerance * scale, what);
            ++ran;
        }
    }
    EXPECT_GT(ran, calls) << "most calls should be legal";
}

INSTANTIATE_TEST_SUITE_P(Family, RandomCalls, testing::Range<size_t>(0, callFamilies().size()),
                         [](const auto& family) { return std::string(callFamilies()[family.param].name); });

}  // namespace
}  // namespace lathe::test
