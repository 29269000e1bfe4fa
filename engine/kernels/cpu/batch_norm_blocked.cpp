// BatchNormalization with known statistics on blocked channels, as DenseNet has it before its convolutions:
// y = x * scale + shift, a vector of each for all places of a block.
#include "engine/kernels/cpu/support_batch_norm.h"
#include "engine/kernels/cpu/support_blocked.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kTaskFloats = 16384;

class BatchNormBlocked final : public Prepared {
  public:
    BatchNormBlocked(tensor::Dimensions shape, ScaleShift known)
        : m_known(std::move(known)),
          m_blocks(blocksOf(shape[1])),
          m_planes(shape[0] * m_blocks),
          m_places(shape[2] * shape[3]) {
        const auto filled = static_cast<size_t>(m_blocks * channelBlock());
        m_known.scale.resize(filled, 1);
        m_known.shift.resize(filled, 0);
        m_pieces = std::max<int64_t>(1, m_places * channelBlock() / kTaskFloats);
    }

    size_t packedBytes() const override { return 2 * m_known.scale.size() * sizeof(float); }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const int64_t block = channelBlock();
        const int64_t grain = std::max<int64_t>(1, kTaskFloats * m_pieces / (m_places * block));
        arguments.workers->forRange(m_planes * m_pieces, grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task) {
                const int64_t plane = task / m_pieces, piece = task % m_pieces;
                const int64_t first = m_places * piece / m_pieces, last = m_places * (piece + 1) / m_pieces;
                const int64_t at = (plane * m_places + first) * block, channel = plane % m_blocks * block;
                micro().scaleBlock(floats(arguments.inputs[0]) + at, floats(arguments.outputs[0]) + at,
                                   m_known.scale.data() + channel, m_known.shift.data() + channel,
                                   last - first);
            }
        });
    }

  private:
    ScaleShift m_known;
    int64_t m_blocks, m_planes, m_places, m_pieces = 1;
};

bool accepts(const Site& site) {
    return isKnownBatchNorm(site) && outputShape(site).size() == 4 &&
           site.inputs[0].layout == Layout::blocked && site.outputs[0].layout == Layout::blocked;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(
        std::make_unique<BatchNormBlocked>(outputShape(site), batchNormOf(site)));
}

}  // namespace

std::vector<Kernel> batchNormBlockedKernels() {
    return {{.name = "batch_norm_blocked",
             .domain = {},
             .op = "BatchNormalization",
             .summary = "float32 on blocked channels, known statistics",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = overFirstInput,
             .blocked = true}};
}

}  // namespace lathe::kernels
