// A run allocates what it hands out and nothing else, however many nodes there are.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "engine/ir/editor.h"
#include "engine/runtime/session.h"
#include "tests/support/kernel_check.h"

namespace {

std::atomic<int64_t> g_allocations{0};

// Not inlined: the compiler would pair new with free and warn.
[[gnu::noinline]] void* countedOrNull(std::size_t size, std::size_t alignment) noexcept {
    ++g_allocations;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded ? rounded : alignment);
}

void* counted(std::size_t size, std::size_t alignment) {
    void* memory = countedOrNull(size, alignment);
    if (!memory) throw std::bad_alloc();
    return memory;
}

[[gnu::noinline]] void release(void* memory) { std::free(memory); }

}  // namespace

// Every allocation of this test program passes here.
void* operator new(std::size_t size) { return counted(size, 16); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size) { return counted(size, 16); }
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return countedOrNull(size, 16); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return countedOrNull(size, 16); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

namespace lathe::runtime {
namespace {

// Blocks of convolutions, pooling and normalisation; two outputs.
ir::GraphPtr network(int blocks) {
    ir::Editor e;
    const auto x =
        e.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1, 8, 16, 16}));
    const std::vector<int64_t> pads = {1, 1, 1, 1}, kernel = {3, 3};
    auto y = x;
    for (int i = 0; i < blocks; ++i) {
        y = e.add({.op = "Conv",
                   .inputs = {y, e.addConstant(test::randomFloats({8, 8, 3, 3}, 1))},
                   .attributes = {{"pads", pads}}});
        y = e.add({.op = "Relu", .inputs = {y}});
        y = e.add({.op = "Conv",
                   .inputs = {y, e.addConstant(test::randomFloats({8, 1, 3, 3}, 2))},
                   .attributes = {{"pads", pads}, {"group", int64_t{8}}}});
        y = e.add({.op = "MaxPool", .inputs = {y}, .attributes = {{"pads", pads}, {"kernel_shape", kernel}}});
        y = e.add({.op = "InstanceNormalization",
                   .inputs = {y, e.addConstant(test::randomFloats({8}, 3)),
                              e.addConstant(test::randomFloats({8}, 4))}});
    }
    const auto z = e.add({.op = "GlobalAveragePool", .inputs = {y}});
    e.setGraphOutputs(ir::kMain, {y, z});
    return e.finish();
}

int64_t allocationsPerRun(int blocks, int threads) {
    const auto graph = network(blocks);
    auto session = open(graph, {.threads = threads});
    EXPECT_TRUE(session);
    const auto inputs = *randomInputs(*graph, 1);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE((*session)->run(inputs));
    const auto before = g_allocations.load();
    {
        const auto outputs = (*session)->run(inputs);
        EXPECT_TRUE(outputs);
    }
    return g_allocations.load() - before;
}

TEST(Allocations, DoNotDependOnTheNumberOfNodes) {
    // The list of outputs, and for each of the two its memory and the record that shares it.
    EXPECT_EQ(allocationsPerRun(1, 1), 5);
    EXPECT_EQ(allocationsPerRun(20, 1), 5);
    EXPECT_EQ(allocationsPerRun(20, 2), 5);
}

// Every value of the plan lies in the arena, and the arena reuses the memory of the blocks before.
TEST(Allocations, TheArenaDoesNotGrowWithDepth) {
    const auto shallow = open(network(2)), deep = open(network(20));
    ASSERT_TRUE(shallow && deep);
    EXPECT_EQ((*shallow)->memory().arenaBytes, (*deep)->memory().arenaBytes);
    EXPECT_GE((*deep)->memory().arenaBytes, (*deep)->memory().lowerBoundBytes);
}

}  // namespace
}  // namespace lathe::runtime
