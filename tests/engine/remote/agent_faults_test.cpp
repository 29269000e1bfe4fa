// Harm at random moments while a device is used as the window uses it: connect, send agent and model, open,
// compute. The same device object is used again after each, as a person does who plugs the cable in again.
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "engine/ir/editor.h"
#include "engine/remote/agent_device.h"
#include "tests/engine/remote/device_faults.h"
#include "tests/support/devices/agents.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using Kind = Failure::Kind;
using test::eventually;

// One Add with a megabyte of weights, other ones for each number: it is really sent.
ir::GraphPtr model(int number) {
    constexpr int64_t kCount = 262144;
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{kCount}));
    const std::vector<float> weights(kCount, static_cast<float>(number));
    const std::vector<int64_t> shape = {kCount};
    const auto w = editor.addConstant(tensor::Tensor::of<float>(shape, weights), "w");
    const auto node = editor.addNode({.op = "Add", .inputs = {x, w}});
    editor.setGraphOutputs(ir::kMain, {editor.graph().node(node).output()});
    return editor.finish();
}

// Everything of a profile but its statistics, so that the failure's kind is seen.
std::optional<Failure> use(AgentDevice& device, int number) {
    const auto path = device.push(model(number), {});
    if (!path) return path.failure();
    auto link = device.startAgent({});
    if (!link) return link.failure();
    const auto ask = [&](Json record) -> std::optional<Failure> {
        const auto answer = (*link)->ask({std::move(record), {}}, {});
        if (!answer) return answer.failure();
        return {};
    };
    const Json options = {{"threads", 1}, {"bindings", Json::object()}, {"fuse", true}, {"plainOnly", false}};
    if (auto failure = ask({{"type", "open"}, {"model", *path}, {"options", options}})) return failure;
    for (int i = 0; i < 12; ++i) {
        if (auto failure = ask({{"type", "plan"}})) return failure;
        std::this_thread::sleep_for(50ms);
    }
    return {};
}

void inflictOnAgents(const test::Fault& fault, AgentDevice& device, unsigned seed) {
    test::inflict(fault, seed, 1800ms, [&](int i) { return use(device, static_cast<int>(seed) * 1000 + i); });
    // And then it works again.
    std::optional<Failure> failure;
    EXPECT_TRUE(eventually([&] { return !(failure = use(device, -static_cast<int>(seed))); }, 20s))
        << fault.name << ": " << failure->text();
}

TEST(AgentFaults, ofAPhone) {
    if (const auto reason = test::agentsMissing("aarch64"); !reason.empty()) GTEST_SKIP() << reason;
    test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    test::SimulatedPhone phone;
    if (!phone.skipReason().empty()) GTEST_SKIP() << phone.skipReason();
    test::connectAgain(server, phone);
    auto tools = server.tools();
    tools.agents = test::agentFolder();
    const auto device = AgentDevice::make(phone.address(), tools);
    {
        const auto ready = device->check({});  // the agent is there from now on
        ASSERT_TRUE(ready.ok()) << ready.failure().text();
    }
    phone.tell("speed 2000000");
    auto faults = test::phoneFaults(server, phone);
    faults.push_back({"authorisation denied",
                      [&] { phone.tell("forbid"); },
                      [&] {
                          phone.tell("allow");
                          test::connectAgain(server, phone);
                      },
                      {Kind::unauthorized, Kind::disconnected, Kind::offline, Kind::notConnected},
                      5s});
    faults.push_back({"agent killed", [&] { phone.tell("kill-agents"); }, [] {}, {Kind::ended}, 5s});
    unsigned seed = 1;
    for (const auto& fault : faults) inflictOnAgents(fault, *device, seed++);
    device->disconnect();
    test::expectNothingLeft(phone);
}

TEST(AgentFaults, ofABoard) {
    if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) GTEST_SKIP() << reason;
    test::Board board;
    if (!board.skipReason().empty()) GTEST_SKIP() << board.skipReason();
    auto tools = board.tools();
    tools.agents = test::agentFolder();
    const auto device = AgentDevice::make(test::Board::host("board"), tools);
    unsigned seed = 11;
    for (const auto& fault : test::boardFaults(board)) inflictOnAgents(fault, *device, seed++);
    device->disconnect();
    test::expectNothingLeft(board);
}

TEST(AgentFaults, anAgentForAnotherProcessor) {
    test::TemporaryDir home;
    std::ofstream(home.path() / "lathe-agent-x86_64")
        << "\177ELF\2\1\1" << std::string(9, '\0') << "\2\0\377\0" << std::string(100, '\0');
    Tools tools;
    tools.agents = home.path();
    const auto device =
        AgentDevice::make({.transport = "local", .folder = (home.path() / "files").string()}, tools);
    const test::Fault fault{"wrong architecture", [] {}, [] {}, {Kind::wrongProgram}, 5s};
    test::inflict(fault, 21, 10ms, [&](int i) { return use(*device, i); });
}

}  // namespace
}  // namespace lathe::remote
