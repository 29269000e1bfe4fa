// Any bytes as a flat file: a graph or a message, within the memory and time that libFuzzer is given. What
// was read is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "engine/base/log.h"
#include "engine/formats/lathe/header.h"
#include "engine/formats/lathe/lathe.h"
#include "engine/formats/lathe/layout.h"

namespace flat = lathe::formats::flat;

namespace {

constexpr size_t kHead = flat::kHeaderSize;

// Most inputs lack a right header; these get one that fits what follows, so that the fuzzer reaches the
// graph. The first 8 bytes say how much of the rest is the graph.
void repair(std::byte* file, size_t size) {
    uint64_t graph = 0;
    std::memcpy(&graph, file, sizeof(graph));
    graph %= size - kHead + 1;
    // Weights end at a multiple of 64 from the start.
    const auto weights = flat::aligned(kHead + graph);
    if (weights > size || (size - weights) % 64 != 0) graph = (size - kHead) / 64 * 64;
    const auto offset = flat::aligned(kHead + graph);
    const auto header = flat::pack({graph, offset, size - offset, flat::checksum({file + kHead, graph})});
    std::memcpy(file, header.data(), header.size());
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    lathe::base::setLogReceiver({});
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const bool isFile = size >= 8 && std::memcmp(data, flat::kMagic.data(), flat::kMagic.size()) == 0;
    if (!isFile && size >= kHead) size = size / 64 * 64;
    // An exact copy that tensors keep, so that a read beyond the end is seen.
    const auto copy =
        std::shared_ptr<std::byte>(static_cast<std::byte*>(::operator new (size, std::align_val_t{64})),
                                   [](std::byte* block) { ::operator delete (block, std::align_val_t{64}); });
    if (size > 0) std::memcpy(copy.get(), data, size);
    if (!isFile && size >= kHead) repair(copy.get(), size);
    // A file that was mutated keeps its header, and gets the checksum that its author would have written.
    if (const auto header = flat::unpackHeader({copy.get(), size}); isFile && header) {
        const auto sum = flat::checksum({copy.get() + kHead, header->graphSize});
        std::memcpy(copy.get() + 48, &sum, sizeof(sum));
    }
    const auto graph = flat::readBytes({copy.get(), size}, copy, "input", {});
    if (!graph) {
        if (graph.error().message.empty()) std::abort();
        return 0;
    }
    if (!flat::layOut(**graph)) std::abort();
    return 0;
}
