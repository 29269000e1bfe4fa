// What a save writes and hashes again, and what is left of it when it is killed or runs out of room.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>

#include "tests/engine/project/workspace_sample.h"

namespace lathe::project {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Bytes this process has handed to write() so far (proc(5), /proc/pid/io).
int64_t bytesWritten() {
    std::ifstream file("/proc/self/io");
    std::string key;
    int64_t value = 0;
    while (file >> key >> value)
        if (key == "wchar:") return value;
    return -1;
}

struct Saving : WorkspaceFile {
    SaveMemory memory;

    static std::string errorOf(const base::Status& status) { return status ? "" : status.error().message; }
    // A variant more, with weights of its own of so many numbers.
    static Workspace grown(Workspace workspace, int64_t count, float number) {
        ir::Editor editor(workspace.variants[0]->graph);
        std::vector<float> numbers(static_cast<size_t>(count), number);
        for (size_t i = 0; i < numbers.size(); i += 100) numbers[i] += static_cast<float>(i);
        editor.addConstant(tensor::Tensor::vector<float>(numbers), "grown");
        Variant variant;
        variant.id = workspace.nextVariant++;
        variant.parent = 1;
        variant.name = fmt::format("grown by {}", number);
        variant.graph = editor.finish();
        workspace.variants.push_back(std::make_shared<const Variant>(std::move(variant)));
        workspace.settings["grown"] = variant.name;
        return workspace;
    }
    static Workspace renamed(Workspace workspace, const std::string& name) {
        auto variant = *workspace.variants[1];
        variant.name = name;
        workspace.variants[1] = std::make_shared<const Variant>(std::move(variant));
        return workspace;
    }
    static bool same(const Workspace& a, const Workspace& b) {
        if (a.variants.size() != b.variants.size() || a.settings != b.settings) return false;
        for (size_t i = 0; i < a.variants.size(); ++i) {
            const auto &x = *a.variants[i]->graph, &y = *b.variants[i]->graph;
            if (a.variants[i]->name != b.variants[i]->name || x.valueLimit() != y.valueLimit()) return false;
            for (uint32_t v = 0; v < x.valueLimit(); ++v) {
                const auto *p = x.value({v}).constant(), *q = y.value({v}).constant();
                if (!p != !q || (p && *p != *q)) return false;
            }
        }
        return true;
    }
    size_t fileCount() const {
        const auto files = std::filesystem::directory_iterator(folder.path());
        return static_cast<size_t>(std::distance(begin(files), end(files)));
    }
};

TEST_F(Saving, WritesOnlyWhatIsNew) {
    const auto first = grown(sample(), 8 << 20, 1);
    ASSERT_EQ(errorOf(save(first, path, {}, &memory)), "");
    ASSERT_GT(std::filesystem::file_size(path), 32u << 20);
    const auto second = renamed(first, "small change");
    const auto before = bytesWritten();
    const auto start = Clock::now();
    ASSERT_EQ(errorOf(save(second, path, {}, &memory)), "");
    EXPECT_LT(secondsSince(start), 0.15);
    EXPECT_LT(bytesWritten() - before, 200000);
    EXPECT_TRUE(same(**load(path, {}, &memory), second));
    EXPECT_EQ(fileCount(), 3u) << "the model, the dataset and the workspace";
}

TEST_F(Saving, GoesOnIncrementallyAfterLoading) {
    ASSERT_EQ(errorOf(save(grown(sample(), 8 << 20, 1), path, {})), "");
    const auto loaded = load(path, {}, &memory);
    ASSERT_TRUE(loaded) << loaded.error().message;
    const auto before = bytesWritten();
    ASSERT_EQ(errorOf(save(renamed(**loaded, "after loading"), path, {}, &memory)), "");
    EXPECT_LT(bytesWritten() - before, 200000);
    EXPECT_EQ((*load(path, {}))->variants[1]->name, "after loading");
}

TEST_F(Saving, GivesRoomOfRemovedVariantsBack) {
    const auto small = sample();
    ASSERT_EQ(errorOf(save(grown(small, 8 << 20, 1), path, {}, &memory)), "");
    ASSERT_EQ(errorOf(save(small, path, {}, &memory)), "");
    // The holes are filled by what comes next, or the file is written anew.
    ASSERT_EQ(errorOf(save(renamed(small, "b"), path, {}, &memory)), "");
    EXPECT_LT(std::filesystem::file_size(path), 1u << 20);
    EXPECT_EQ((*load(path, {}))->variants[1]->name, "b");
}

TEST_F(Saving, WritesAnewWhatOthersChanged) {
    const auto workspace = sample();
    ASSERT_EQ(errorOf(save(workspace, path, {}, &memory)), "");
    ASSERT_TRUE(base::writeFile(path, "another program was here"));
    ASSERT_EQ(errorOf(save(workspace, path, {}, &memory)), "");
    EXPECT_TRUE(same(**load(path, {}), workspace));
}

TEST_F(Saving, FollowsALink) {
    const auto link = folder.path() / "link.lathe-workspace";
    std::filesystem::create_symlink(path, link);
    ASSERT_EQ(errorOf(save(sample(), link, {})), "");
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_TRUE(std::filesystem::is_regular_file(path));
}

// A program that dies while it saves leaves all of the old or all of the new behind.
TEST_F(Saving, KilledAtAnyMomentKeepsOldOrNew) {
    const auto base = sample();
    std::vector<Workspace> states;
    for (int i = 0; i < 2; ++i) states.push_back(grown(base, 100000, static_cast<float>(i)));
    ASSERT_EQ(errorOf(save(states[0], path, {}, &memory)), "");
    const auto start = Clock::now();
    ASSERT_EQ(errorOf(save(states[1], path, {}, &memory)), "");
    const double usual = secondsSince(start);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> when(0, 1.3 * usual);
    size_t now = 1;
    int cutOff = 0;
    for (int round = 0; round < 50; ++round) {
        const size_t next = 1 - now;
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            // Every third round writes the whole file, the others change it in place.
            const auto status = save(states[next], path, {}, round % 3 == 0 ? nullptr : &memory);
            ::_exit(status ? 0 : 1);
        }
        ::usleep(static_cast<useconds_t>(when(random) * 1e6));
        ::kill(child, SIGKILL);
        int how = 0;
        ASSERT_EQ(::waitpid(child, &how, 0), child);
        ASSERT_TRUE(WIFSIGNALED(how) || WEXITSTATUS(how) == 0) << "round " << round;
        const auto loaded = load(path, {}, &memory);
        ASSERT_TRUE(loaded) << "round " << round << ": " << loaded.error().message;
        const bool isOld = same(**loaded, states[now]), isNew = same(**loaded, states[next]);
        ASSERT_TRUE(isOld || isNew) << "round " << round;
        cutOff += isOld ? 1 : 0;
        if (isNew) now = next;
    }
    EXPECT_GT(cutOff, 3) << "the kills must hit";
    ASSERT_EQ(errorOf(save(states[0], path, {})), "");
    EXPECT_EQ(fileCount(), 3u) << "what the killed ones left is gone";
}

// RLIMIT_FSIZE makes every write beyond a size fail, as a full disk does.
TEST_F(Saving, KeepsTheOldWhenThereIsNoRoom) {
    ::signal(SIGXFSZ, SIG_IGN);
    const auto old = sample();
    const auto next = grown(old, 200000, 1);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    for (const bool inPlace : {false, true}) {
        ASSERT_EQ(errorOf(save(old, path, {}, &memory)), "");
        const auto bytes = *base::readTextFile(path);
        for (const rlim_t limit : {0, 600, 5000, 40000, 70000, 500000, 799999}) {
            ASSERT_TRUE(load(path, {}, inPlace ? &memory : nullptr));
            const rlimit tight{limit, before.rlim_max};
            ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
            const auto status = save(next, path, {}, inPlace ? &memory : nullptr);
            ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
            ASSERT_FALSE(status) << limit;
            EXPECT_THAT(status.error().message,
                        testing::AllOf(testing::HasSubstr("work.lathe-workspace: cannot"),
                                       testing::HasSubstr("Free space or choose another folder.")))
                << limit;
            ASSERT_TRUE(same(**load(path, {}), old)) << limit;
            EXPECT_EQ(*base::readTextFile(path) == bytes, true) << limit;
            EXPECT_EQ(fileCount(), 3u) << limit;
        }
    }
}

}  // namespace
}  // namespace lathe::project
