// A device with an agent, over every transport: sessions, captures, measurements, and what it says when there
// is no agent for it.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <string>

#include "engine/compress/compressor.h"
#include "engine/evaluate/compare_sessions.h"
#include "engine/evaluate/evaluate.h"
#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "engine/ops/infer.h"
#include "engine/remote/adb_client.h"
#include "engine/remote/agent_device.h"
#include "tests/support/devices/agents.h"
#include "tests/support/devices/rigs.h"
#include "tests/support/test_paths.h"
#include "tests/support/time_scale.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

ir::GraphPtr sample(const std::string& name = "digits.onnx") {
    const auto graph = formats::read(test::sourceDir() / "resources/samples" / name, {}, {});
    EXPECT_TRUE(graph.ok()) << (graph ? "" : graph.error().message);
    if (!graph) return nullptr;
    const auto typed = ops::inferred(*graph);
    return typed ? *typed : *graph;
}

std::vector<tensor::RuntimeValue> inputsOf(const ir::Graph& graph) {
    auto inputs = runtime::randomInputs(graph, 7);
    EXPECT_TRUE(inputs.ok());
    return *inputs;
}

// Everything a session does, there and here.
void checkSession(AgentDevice& device) {
    const auto graph = sample();
    ASSERT_TRUE(graph);
    const runtime::SessionOptions options{.threads = 2, .fuse = false};
    auto there = device.open(graph, options, {});
    ASSERT_TRUE(there.ok()) << there.error().message;
    auto here = runtime::open(graph, options);
    ASSERT_TRUE(here.ok());
    EXPECT_NE((*there)->deviceName().find(device.name() + ": CPU, 2 threads"), std::string::npos)
        << (*there)->deviceName();
    EXPECT_EQ((*there)->inputs().at(0).name, (*here)->inputs().at(0).name);
    EXPECT_EQ((*there)->outputs().at(0).type, (*here)->outputs().at(0).type);
    const auto comparison = evaluate::compareSessions(**there, **here, {.samples = 2}, {});
    ASSERT_TRUE(comparison.ok()) << comparison.error().message;
    EXPECT_GE(comparison->tensors.size(), 5u);  // captured values of both
    for (const auto& tensor : comparison->tensors) EXPECT_LT(tensor.largest, 1e-4) << tensor.name;

    std::vector<runtime::NodeTime> times;
    runtime::RunOptions run;
    run.nodeTimes = &times;
    const auto inputs = inputsOf(*graph);
    ASSERT_TRUE((*there)->run(inputs, run).ok());
    EXPECT_GE(times.size(), 5u);
    EXPECT_FALSE((*there)->plan().empty());
    EXPECT_FALSE((*there)->kernelOf(times.front().node).empty());
    EXPECT_GT((*there)->memory().packedBytes, 0u);

    const auto wrong = (*there)->run({}, {});
    ASSERT_FALSE(wrong.ok());
    EXPECT_NE(wrong.error().message.find((*here)->inputs().at(0).name), std::string::npos)
        << wrong.error().message;
    EXPECT_TRUE((*there)->run(inputs, {}).ok());  // an error does not end the session
}

void checkMeasure(AgentDevice& device) {
    const auto graph = sample();
    ASSERT_TRUE(graph);
    profile::MeasureOptions options;
    options.session.threads = 1;
    options.runs = 6;
    options.warmup = 1;
    options.seconds = 1;
    const auto profile = device.measure(graph, inputsOf(*graph), options, {});
    ASSERT_TRUE(profile.ok()) << profile.error().message;
    EXPECT_GE(profile->seconds.size(), 5u);
    EXPECT_GE(profile->nodes.size(), 3u);
    EXPECT_TRUE(graph->contains(profile->nodes.front().node));
    EXPECT_EQ(profile->conditions.device.find(device.name() + ": CPU, 1 thread"), 0u)
        << profile->conditions.device;
    EXPECT_FALSE(profile->conditions.modelHash.empty());
}

class LocalAgent : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) GTEST_SKIP() << reason;
        m_tools.agents = test::agentFolder();
        m_device =
            AgentDevice::make({.transport = "local", .folder = (m_home.path() / "files").string()}, m_tools);
    }
    test::TemporaryDir m_home;
    Tools m_tools;
    std::shared_ptr<AgentDevice> m_device;
};

TEST_F(LocalAgent, isASession) { checkSession(*m_device); }

TEST_F(LocalAgent, measures) { checkMeasure(*m_device); }

// What the values of a graph are quantized by, by name.
std::map<std::string, float> scalesOf(const ir::Graph& graph) {
    std::map<std::string, float> scales;
    for (const auto id : graph.order()) {
        const auto node = graph.node(id);
        if (node.op() != "QuantizeLinear") continue;
        const auto scale = graph.value(node.input(1));
        scales[std::string(scale.name())] = scale.constant()->values<float>()[0];
    }
    return scales;
}

TEST_F(LocalAgent, calibratesAndJudges) {
    const auto graph = sample();
    const auto open = [](const std::string& split, int64_t count) {
        auto data =
            data::open(test::sourceDir() / "resources/samples/digits.npz",
                       {.chain = "scale(by=0.0625) | layout(to=CHW)", .split = split, .count = count}, {});
        EXPECT_TRUE(data.ok()) << (data ? "" : data.error().message);
        return data ? *data : nullptr;
    };
    const auto training = open("train", 128), test = open("test", 200);
    ASSERT_TRUE(graph && training && test);
    const auto here = compress::run(graph, "quantize_int8", {}, {training}, {});
    const auto there = compress::run(graph, "quantize_int8", {}, {training, m_device->opener()}, {});
    ASSERT_TRUE(here.ok()) << here.error().message;
    ASSERT_TRUE(there.ok()) << there.error().message;
    // The agent's kernels may add in another order than those of this build, which moves the last bit.
    const auto scalesHere = scalesOf(*here->graph), scalesThere = scalesOf(*there->graph);
    EXPECT_GE(scalesHere.size(), 4u);
    ASSERT_EQ(scalesHere.size(), scalesThere.size());
    for (const auto& [name, scale] : scalesHere)
        EXPECT_NEAR(scale, scalesThere.at(name), 1e-5 * scale) << name;

    auto session = m_device->open(there->graph, {}, {});
    ASSERT_TRUE(session.ok()) << session.error().message;
    const auto judged = evaluate::evaluate(**session, *test, {}, {});
    ASSERT_TRUE(judged.ok()) << judged.error().message;
    EXPECT_EQ(judged->samples, 200);
    ASSERT_FALSE(judged->metrics.empty());
    EXPECT_GT(judged->metrics.front().value, 0.9);
}

TEST_F(LocalAgent, checksItself) {
    const auto check = m_device->check({});
    ASSERT_TRUE(check.ok()) << check.failure().text();
    EXPECT_TRUE(check->good);
    EXPECT_GE(check->kernels.size(), 5u);
    for (const auto& kernel : check->kernels) EXPECT_TRUE(kernel.good) << kernel.name << kernel.problem;
}

TEST_F(LocalAgent, getsAModelOnce) {
    const auto graph = sample();
    const auto first = m_device->push(graph, {});
    ASSERT_TRUE(first.ok()) << first.failure().text();
    const auto connection = m_device->connect({});
    ASSERT_TRUE(connection.ok());
    EXPECT_EQ((*connection)->sentFiles(), 1);
    EXPECT_EQ(*m_device->push(graph, {}), *first);
    EXPECT_EQ((*connection)->sentFiles(), 1);
    // A later program finds it by its content.
    const auto other = AgentDevice::make(m_device->address(), m_tools);
    EXPECT_EQ(*other->push(sample(), {}), *first);
    EXPECT_EQ((*other->connect({}))->sentFiles(), 0);
}

TEST_F(LocalAgent, searchesForTheBestConfiguration) {
    const auto graph = sample();
    profile::SearchOptions options;
    options.seconds = 0.02;
    options.rounds = 1;
    const auto found = m_device->search(graph, inputsOf(*graph), options, {});
    ASSERT_TRUE(found.ok()) << found.error().message;
    EXPECT_FALSE(found->candidates.empty());
    const auto machine = m_device->machine(1, {}, {});
    ASSERT_TRUE(machine.ok()) << machine.error().message;
    EXPECT_GT(machine->flops, 1e8);
}

TEST_F(LocalAgent, keepsWhatWasMeasuredBeforeALoss) {
    const auto graph = sample();
    profile::MeasureOptions options;
    options.mode = profile::Mode::sustained;
    options.seconds = 60;
    options.keepPartial = true;
    std::thread other([&] {
        std::this_thread::sleep_for(3s);
        m_device->disconnect();
    });
    const auto profile = m_device->measure(graph, inputsOf(*graph), options, {});
    other.join();
    ASSERT_TRUE(profile.ok()) << profile.error().message;
    EXPECT_TRUE(profile->has(profile::Flag::partial));
    EXPECT_GT(profile->time.count, 10);
    EXPECT_EQ(profile->conditions.deviceName, m_device->name());
}

TEST_F(LocalAgent, answersACancel) {
    const auto graph = sample();
    base::Progress progress;
    profile::MeasureOptions options;
    options.runs = 1000000;
    options.seconds = 60;
    std::thread other([&] {
        std::this_thread::sleep_for(1s);
        progress.cancel();
    });
    const auto start = std::chrono::steady_clock::now();
    const auto profile = m_device->measure(graph, inputsOf(*graph), options, progress);
    other.join();
    ASSERT_FALSE(profile.ok());
    EXPECT_EQ(profile.error().kind, base::Error::Kind::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST_F(LocalAgent, connectsAgainAfterALoss) {
    const auto graph = sample();
    auto session = m_device->open(graph, {}, {});
    ASSERT_TRUE(session.ok()) << session.error().message;
    m_device->disconnect();
    const auto lost = (*session)->run(inputsOf(*graph), {});
    ASSERT_FALSE(lost.ok());
    EXPECT_EQ(lost.error().message, "This computer: the connection was closed. Connect again.");
    EXPECT_TRUE(m_device->open(graph, {}, {}).ok());
}

TEST_F(LocalAgent, namesTheAgentsThereAre) {
    auto address = m_device->address();
    address.architecture = "mips";
    const auto opened = AgentDevice::make(address, m_tools)->open(sample(), {}, {});
    ASSERT_FALSE(opened.ok());
    EXPECT_NE(
        opened.error().message.find("There is no agent for the processor \"mips\". There are agents for"),
        std::string::npos)
        << opened.error().message;
    Tools none;
    none.agents = m_home.path();
    const auto missing = AgentDevice::make(m_device->address(), none)->check({});
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(name(missing.failure().kind), "wrongProgram");
    EXPECT_NE(missing.failure().remedy.find("packaging/agents.sh"), std::string::npos)
        << missing.failure().remedy;
}

TEST_F(LocalAgent, saysThatAnAgentIsForAnotherProcessor) {
    Tools alien;
    alien.agents = m_home.path();
    std::ofstream(m_home.path() / "lathe-agent-x86_64")
        << "\177ELF\2\1\1" << std::string(9, '\0') << "\2\0\377\0" << std::string(100, '\0');
    const auto check = AgentDevice::make(m_device->address(), alien)->check({});
    ASSERT_FALSE(check.ok());
    EXPECT_EQ(name(check.failure().kind), "wrongProgram") << check.failure().text();
}

TEST_F(LocalAgent, saysThatTheAgentWasKilled) {
    const auto graph = sample();
    auto session = m_device->open(graph, {}, {});
    ASSERT_TRUE(session.ok()) << session.error().message;
    const auto connection = m_device->connect({});
    ASSERT_TRUE(connection.ok());
    const auto killed = (*connection)
                            ->run(script("for f in " + shellWord((*connection)->sessionFolder()) +
                                         "/running-*; do kill -KILL $(cat \"$f\"); done"),
                                  base::deadlineIn(5s), {});
    ASSERT_TRUE(killed.ok() && killed->code == 0);
    const auto lost = (*session)->run(inputsOf(*graph), {});
    ASSERT_FALSE(lost.ok());
    EXPECT_NE(lost.error().message.find("the program ended before it was done. The system may have ended it"),
              std::string::npos)
        << lost.error().message;
    EXPECT_TRUE(m_device->open(graph, {}, {}).ok());
}

TEST(EmulatedAgent, runsArmPrograms) {
    if (const auto reason = test::agentsMissing("aarch64"); !reason.empty()) GTEST_SKIP() << reason;
    if (!fs::exists("/usr/bin/qemu-aarch64-static")) GTEST_SKIP() << "qemu-user-static is not installed";
    test::TemporaryDir home;
    Tools tools;
    tools.agents = test::agentFolder();
    for (const char* processor : {"max", "cortex-a53"}) {
        const auto device = AgentDevice::make({.transport = "local",
                                               .folder = (home.path() / "files").string(),
                                               .runPrefix = {"qemu-aarch64-static", "-cpu", processor},
                                               .architecture = "aarch64"},
                                              tools, processor);
        checkSession(*device);
        checkMeasure(*device);
    }
}

TEST(PhoneAgent, isASession) {
    if (const auto reason = test::agentsMissing("aarch64"); !reason.empty()) GTEST_SKIP() << reason;
    test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    test::SimulatedPhone phone;
    if (!phone.skipReason().empty()) GTEST_SKIP() << phone.skipReason();
    ASSERT_TRUE(adbConnect(phone.serial(), server.tools(), base::deadlineIn(5s), {}).ok());
    auto tools = server.tools();
    tools.agents = test::agentFolder();
    const auto device = AgentDevice::make(phone.address(), tools);
    checkSession(*device);
    checkMeasure(*device);
}

TEST(BoardAgent, isASession) {
    if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) GTEST_SKIP() << reason;
    test::Board board;
    if (!board.skipReason().empty()) GTEST_SKIP() << board.skipReason();
    auto tools = board.tools();
    tools.agents = test::agentFolder();
    const auto device = AgentDevice::make(test::Board::host("board"), tools);
    checkSession(*device);
    checkMeasure(*device);
}

// A graph of one Add with so many megabytes of weights.
ir::GraphPtr heavyModel(int64_t megabytes) {
    const int64_t count = megabytes * 250'000;
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{count}));
    std::vector<float> weights(static_cast<size_t>(count));
    for (size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i);
    const std::vector<int64_t> shape = {count};
    const auto w = editor.addConstant(tensor::Tensor::of<float>(shape, weights), "w");
    const auto node = editor.addNode({.op = "Add", .inputs = {x, w}});
    editor.setGraphOutputs(ir::kMain, {editor.graph().node(node).output()});
    return editor.finish();
}

TEST(BoardAgent, getsALargeModelOnce) {
    if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) GTEST_SKIP() << reason;
    test::Board board;
    if (!board.skipReason().empty()) GTEST_SKIP() << board.skipReason();
    auto tools = board.tools();
    tools.agents = test::agentFolder();
    const auto graph = heavyModel(100);
    // From the call to the model being opened by an agent there, and how many files that took.
    const auto start = [&](AgentDevice& device) {
        const auto before = std::chrono::steady_clock::now();
        const auto path = device.push(graph, {});
        EXPECT_TRUE(path.ok()) << path.failure().text();
        auto link = device.startAgent({});
        EXPECT_TRUE(link.ok()) << link.failure().text();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    };
    const auto device = AgentDevice::make(test::Board::host("board"), tools);
    const double first = start(*device), second = start(*device);
    EXPECT_EQ((*device->connect({}))->sentFiles(), 2);  // agent and model
    const auto later = AgentDevice::make(test::Board::host("board"), tools);
    const double third = start(*later);
    EXPECT_EQ((*later->connect({}))->sentFiles(), 0);
    std::printf("a model of 100 MB: first %.2f s, again %.2f s, in another program %.2f s\n", first, second,
                third);
    EXPECT_LT(second, 1.0 * test::kTimeScale);
}

}  // namespace
}  // namespace lathe::remote
