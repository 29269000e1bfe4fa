#include "engine/remote/fleet.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "engine/ir/editor.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;

// A device whose measurements are made up: its lane, what fails on it, and whether two ran at once.
class MadeUp : public Device {
  public:
    MadeUp(std::string name, std::string lane) : m_name(std::move(name)), m_lane(std::move(lane)) {}
    std::string name() const override { return m_name; }
    std::string lane() const override { return m_lane; }
    base::Result<std::unique_ptr<runtime::Session>> open(const ir::GraphPtr&, const runtime::SessionOptions&,
                                                         const base::Progress&) override {
        return base::Error{"not asked for"};
    }
    base::Result<profile::Machine> machine(int, const std::vector<int>&, const base::Progress&) override {
        return base::Error{"nor that"};
    }
    base::Result<profile::SearchResult> search(const ir::GraphPtr&, std::span<const tensor::RuntimeValue>,
                                               const profile::SearchOptions&,
                                               const base::Progress&) override {
        return base::Error{"nor that"};
    }
    base::Result<profile::Profile> measure(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue>,
                                           const profile::MeasureOptions&,
                                           const base::Progress& progress) override {
        if (enter(+1) > 1) together = true;
        std::this_thread::sleep_for(20ms);
        enter(-1);
        ++measured;
        if (throws && throws == graph) throw std::bad_alloc();
        if (progress.cancelled()) return base::Error::cancelled();
        if (fails && fails == graph) return base::Error{m_name + ": the cable was pulled."};
        profile::Profile profile;
        profile.conditions.device = m_name;
        return profile;
    }

    ir::GraphPtr fails, throws;
    std::atomic<int> measured{0};
    static inline std::atomic<bool> together{false};

  private:
    // How many measure in this lane now.
    int enter(int by) const {
        static std::mutex mutex;
        static std::map<std::string, int> running;
        const std::lock_guard lock(mutex);
        return running[m_lane] += by;
    }
    std::string m_name, m_lane;
};

class Fleet : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"a", "b", "c"}) m_models.push_back({name, ir::Editor().finish(), {}});
        for (size_t model = 0; model < m_models.size(); ++model)
            for (size_t device = 0; device < m_devices.size(); ++device) m_cells.push_back({model, device});
    }
    base::Status run(const base::Progress& progress = {}) {
        std::vector<FleetDevice> devices;
        for (const auto& device : m_devices) devices.push_back({device, {}});
        return measureFleet(m_models, devices, m_cells,
                            {.ended =
                                 [&](const FleetCell& cell, base::Result<profile::Profile> result) {
                                     m_ended.push_back(m_models[cell.model].name + "@" +
                                                       m_devices[cell.device]->name() +
                                                       (result ? "" : ": " + result.error().message));
                                     if (m_afterEach) m_afterEach();
                                 }},
                            progress);
    }
    std::vector<FleetModel> m_models;
    std::vector<std::shared_ptr<MadeUp>> m_devices = {std::make_shared<MadeUp>("this", "local"),
                                                      std::make_shared<MadeUp>("agent", "local"),
                                                      std::make_shared<MadeUp>("phone", "adb:1")};
    std::vector<FleetCell> m_cells;
    std::vector<std::string> m_ended;
    std::function<void()> m_afterEach;
};

TEST_F(Fleet, losesOnlyTheCellThatFailed) {
    m_devices[2]->fails = m_models[1].graph;
    m_devices[0]->throws = m_models[2].graph;
    ASSERT_TRUE(run().ok());
    std::sort(m_ended.begin(), m_ended.end());
    EXPECT_EQ(m_ended, (std::vector<std::string>{
                           "a@agent", "a@phone", "a@this", "b@agent", "b@phone: phone: the cable was pulled.",
                           "b@this", "c@agent", "c@phone",
                           "c@this: c on this: not enough memory. Close other programs or "
                           "models, or use a smaller model or dataset."}));
    EXPECT_FALSE(MadeUp::together);  // this computer measures one thing at a time
}

TEST_F(Fleet, measuresOnlyTheCellsThatAreAskedFor) {
    m_cells = {{2, 0}, {0, 2}};
    ASSERT_TRUE(run().ok());
    std::sort(m_ended.begin(), m_ended.end());
    EXPECT_EQ(m_ended, (std::vector<std::string>{"a@phone", "c@this"}));
}

TEST_F(Fleet, keepsWhatWasMeasuredBeforeACancel) {
    base::Progress progress;
    m_cells = {{0, 2}, {1, 2}, {2, 2}};
    m_afterEach = [&] { progress.cancel(); };
    const auto status = run(progress);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, base::Error::Kind::cancelled);
    EXPECT_EQ(m_ended, std::vector<std::string>{"a@phone"});
    EXPECT_EQ(m_devices[2]->measured, 1);
}

}  // namespace
}  // namespace lathe::remote
