// Elementwise functions of two operands on blocked channels. Each is a whole tensor, a vector a block of
// channels ([N, C, 1, 1]: the gate of squeeze and excite), or a constant, which is packed to one vector a
// block.
#include <optional>

#include "engine/kernels/cpu/support_blocked.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kTaskFloats = 16384;

struct Entry {
    std::string_view op;
    std::string_view kernel;
    MicroBinary function;
};

constexpr Entry kEntries[] = {
    {"Add", "binary_blocked_add", MicroBinary::sum},
    {"Div", "binary_blocked_div", MicroBinary::quotient},
    {"Max", "binary_blocked_max", MicroBinary::larger},
    {"Min", "binary_blocked_min", MicroBinary::smaller},
    {"Mul", "binary_blocked_mul", MicroBinary::product},
    {"Sub", "binary_blocked_sub", MicroBinary::difference},
};

enum class Extent {
    full,       // moves from place to place
    channels,   // one vector a block and image
    allImages,  // one vector a block, the same for all images
    constants,  // as allImages, packed
};

// One value a channel, the same at all places and images; by the shape of a constant.
bool isPerChannel(tensor::Dimensions shape, int64_t channels) {
    if (tensor::elementCount(shape) == 1) return shape.size() <= 4;
    return (shape.size() == 3 || (shape.size() == 4 && shape[0] == 1)) &&
           shape[shape.size() - 3] == channels && shape[shape.size() - 2] == 1 &&
           shape[shape.size() - 1] == 1;
}

std::optional<Extent> extentOf(const Site& site, size_t input) {
    if (!isFloat(site, input)) return {};
    const auto &shape = shapeOf(site, input), &out = outputShape(site);
    if (constantOf(site, input))
        return isPerChannel(shape, out[1]) ? std::optional(Extent::constants) : std::nullopt;
    if (site.inputs[input].layout != Layout::blocked || shape.size() != 4 || shape[1] != out[1]) return {};
    if (shape == out) return Extent::full;
    if (shape[2] != 1 || shape[3] != 1) return {};
    if (shape[0] == out[0]) return Extent::channels;
    return shape[0] == 1 ? std::optional(Extent::allImages) : std::nullopt;
}

class BinaryBlocked final : public Prepared {
  public:
    BinaryBlocked(const Site& site, MicroBinary function)
        : m_function(function),
          m_blocks(blocksOf(outputShape(site)[1])),
          m_planes(outputShape(site)[0] * m_blocks),
          m_places(countOf(outputShape(site), 2, 4)) {
        for (size_t i = 0; i < 2; ++i) {
            m_extents[i] = *extentOf(site, i);
            if (m_extents[i] == Extent::constants) pack(site, i);
        }
        // Planes that are larger than a task are cut.
        m_pieces = std::max<int64_t>(1, m_places * channelBlock() / kTaskFloats);
    }

    size_t packedBytes() const override { return (m_packed[0].size() + m_packed[1].size()) * sizeof(float); }
    bool packs(size_t input) const override { return !m_packed[input].empty(); }

    void run(const RunArguments& arguments) const override {
        const int64_t block = channelBlock();
        const int64_t grain = std::max<int64_t>(1, kTaskFloats * m_pieces / (m_places * block));
        arguments.workers->forRange(m_planes * m_pieces, grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task) {
                const int64_t plane = task / m_pieces, piece = task % m_pieces;
                const int64_t first = m_places * piece / m_pieces, last = m_places * (piece + 1) / m_pieces;
                BlockPair pair;
                pair.a = operand(arguments, 0, plane, first);
                pair.b = operand(arguments, 1, plane, first);
                pair.aMoves = m_extents[0] == Extent::full;
                pair.bMoves = m_extents[1] == Extent::full;
                pair.output = floats(arguments.outputs[0]) + (plane * m_places + first) * block;
                pair.places = last - first;
                micro().pairBlocks(m_function, pair);
            }
        });
    }

  private:
    // The fill-up channels get 1, which no function makes infinite.
    void pack(const Site& site, size_t input) {
        const auto values = constantOf(site, input)->values<float>();
        auto& packed = m_packed[input];
        packed.assign(static_cast<size_t>(m_blocks * channelBlock()), 1);
        const auto channels = static_cast<size_t>(outputShape(site)[1]);
        for (size_t c = 0; c < channels; ++c) packed[c] = values[values.size() == 1 ? 0 : c];
    }

    const float* operand(const RunArguments& arguments, size_t input, int64_t plane, int64_t place) const {
        const int64_t block = channelBlock();
        switch (m_extents[input]) {
            case Extent::full:
                return floats(arguments.inputs[input]) + (plane * m_places + place) * block;
            case Extent::channels:
                return floats(arguments.inputs[input]) + plane * block;
            case Extent::allImages:
                return floats(arguments.inputs[input]) + plane % m_blocks * block;
            case Extent::constants:
                break;
        }
        return m_packed[input].data() + plane % m_blocks * block;
    }

    MicroBinary m_function;
    int64_t m_blocks, m_planes, m_places, m_pieces = 1;
    Extent m_extents[2] = {};
    std::vector<float> m_packed[2];
};

bool accepts(const Site& site) {
    if (site.inputs.size() != 2 || !makesFloat(site) || outputShape(site).size() != 4 ||
        site.outputs[0].layout != Layout::blocked)
        return false;
    const auto a = extentOf(site, 0), b = extentOf(site, 1);
    if (!a || !b || (*a != Extent::full && *b != Extent::full)) return false;
    // Fill-up channels may hold zero, and zero over zero is not finite.
    return site.op != "Div" || *b == Extent::constants || outputShape(site)[1] % channelBlock() == 0;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    auto function = MicroBinary::sum;
    for (const auto& entry : kEntries)
        if (entry.op == site.op) function = entry.function;
    return std::unique_ptr<Prepared>(std::make_unique<BinaryBlocked>(site, function));
}

// Over an operand of the shape of the result.
int inPlace(const Site& site, size_t) {
    for (size_t i = 0; i < 2; ++i)
        if (extentOf(site, i) == Extent::full) return static_cast<int>(i);
    return -1;
}

}  // namespace

std::vector<Kernel> binaryBlockedKernels() {
    std::vector<Kernel> kernels;
    for (const auto& entry : kEntries)
        kernels.push_back({.name = entry.kernel,
                           .domain = {},
                           .op = entry.op,
                           .summary = "float32 on blocked channels, tensors or one value a channel",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = inPlace,
                           .blocked = true});
    return kernels;
}

}  // namespace lathe::kernels
