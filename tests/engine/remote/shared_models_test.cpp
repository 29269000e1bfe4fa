// Every shared model gives the same numbers on an emulated Arm processor as here.
#include <gtest/gtest.h>

#include "engine/formats/format.h"
#include "engine/remote/agent_device.h"
#include "tests/support/compare.h"
#include "tests/support/devices/agents.h"
#include "tests/support/shared_models.h"
#include "tests/support/test_paths.h"

namespace lathe::remote {
namespace {

class ArmModels : public testing::TestWithParam<test::SharedModel> {};

TEST_P(ArmModels, agreeWithThisComputer) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    if (const auto reason = test::agentsMissing("aarch64"); !reason.empty()) GTEST_SKIP() << reason;
    if (!std::filesystem::exists("/usr/bin/qemu-aarch64-static"))
        GTEST_SKIP() << "qemu-user-static is not installed";
    const auto graph = formats::read(*shared / GetParam().file, {});
    ASSERT_TRUE(graph) << graph.error().message;
    const auto inputs = runtime::randomInputs(**graph, 5, {}, GetParam().shapes);
    ASSERT_TRUE(inputs) << inputs.error().message;
    auto here = runtime::open(*graph, {.threads = 1});
    ASSERT_TRUE(here) << here.error().message;
    const auto expected = (*here)->run(*inputs);
    ASSERT_TRUE(expected) << expected.error().message;
    test::TemporaryDir home;
    Tools tools;
    tools.agents = test::agentFolder();
    for (const char* processor : {"max", "cortex-a53"}) {
        DeviceAddress address;
        address.transport = "local";
        address.folder = (home.path() / "files").string();
        address.runPrefix = {"qemu-aarch64-static", "-cpu", processor};
        address.architecture = "aarch64";
        const auto device = AgentDevice::make(address, tools, processor);
        auto there = device->open(*graph, {.threads = 2}, {});
        ASSERT_TRUE(there) << there.error().message;
        const auto actual = (*there)->run(*inputs, {});
        ASSERT_TRUE(actual) << actual.error().message;
        test::expectClose(*actual, *expected, 1e-4, std::string(processor) + ", " + GetParam().file);
    }
}

INSTANTIATE_TEST_SUITE_P(Shared, ArmModels, testing::ValuesIn(test::sharedModels()),
                         [](const auto& test) { return test::testName(test.param); });

}  // namespace
}  // namespace lathe::remote
