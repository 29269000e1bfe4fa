// Between plain and blocked channels (`lathe` Reorder). Fill-up channels become zero. Parallel over blocks of
// channels; a block is turned a strip of places at a time, so that reads and writes both stay in the cache.
#include <cstring>

#include "engine/kernels/cpu/support_blocked.h"

namespace lathe::kernels {
namespace {

template <typename T>
class Reorder final : public Prepared {
  public:
    Reorder(tensor::Dimensions shape, bool toBlocked)
        : m_batch(shape[0]), m_channels(shape[1]), m_plane(shape[2] * shape[3]), m_toBlocked(toBlocked) {}

    void run(const RunArguments& arguments) const override {
        const int64_t block = channelBlock(), blocks = blocksOf(m_channels);
        const T* in = reinterpret_cast<const T*>(arguments.inputs[0]);
        T* out = reinterpret_cast<T*>(arguments.outputs[0]);
        const int64_t grain = std::max<int64_t>(1, 4096 / (m_plane * block));
        arguments.workers->forRange(m_batch * blocks, grain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                const int64_t n = i / blocks, first = i % blocks * block;
                const int64_t plain = (n * m_channels + first) * m_plane, blocked = i * block * m_plane;
                const int64_t count = std::min(block, m_channels - first);
                if (m_toBlocked)
                    toBlocked(in + plain, out + blocked, count, block);
                else
                    toPlain(in + blocked, out + plain, count, block);
            }
        });
    }

  private:
    typedef T Four __attribute__((vector_size(4 * sizeof(T))));

    // A strip of places is turned four channels at a time, in squares of four by four.
    static constexpr int64_t kStrip = 16;

    void toBlocked(const T* in, T* out, int64_t count, int64_t block) const {
        for (int64_t first = 0; first < m_plane; first += kStrip) {
            const int64_t last = std::min(m_plane, first + kStrip);
            for (int64_t c = 0; c < block; c += 4) {
                int64_t p = first;
                for (; c + 4 <= count && p + 4 <= last; p += 4)
                    turn(in + c * m_plane + p, m_plane, out + p * block + c, block);
                for (; p < last; ++p)
                    for (int64_t i = c; i < c + 4; ++i)
                        out[p * block + i] = i < count ? in[i * m_plane + p] : 0;
            }
        }
    }
    void toPlain(const T* in, T* out, int64_t count, int64_t block) const {
        for (int64_t first = 0; first < m_plane; first += kStrip) {
            const int64_t last = std::min(m_plane, first + kStrip);
            for (int64_t c = 0; c < count; c += 4) {
                int64_t p = first;
                for (; c + 4 <= count && p + 4 <= last; p += 4)
                    turn(in + p * block + c, block, out + c * m_plane + p, m_plane);
                for (; p < last; ++p)
                    for (int64_t i = c; i < std::min(count, c + 4); ++i)
                        out[i * m_plane + p] = in[p * block + i];
            }
        }
    }

    // Four rows of four become four columns.
    static void turn(const T* in, int64_t inStride, T* out, int64_t outStride) {
        Four row[4], pairs[4];
        for (int64_t i = 0; i < 4; ++i) std::memcpy(&row[i], in + i * inStride, sizeof(Four));
        for (int i = 0; i < 2; ++i) {
            pairs[2 * i] = __builtin_shufflevector(row[2 * i], row[2 * i + 1], 0, 4, 1, 5);
            pairs[2 * i + 1] = __builtin_shufflevector(row[2 * i], row[2 * i + 1], 2, 6, 3, 7);
        }
        for (int i = 0; i < 2; ++i) {
            row[2 * i] = __builtin_shufflevector(pairs[i], pairs[i + 2], 0, 1, 4, 5);
            row[2 * i + 1] = __builtin_shufflevector(pairs[i], pairs[i + 2], 2, 3, 6, 7);
        }
        for (int64_t i = 0; i < 4; ++i) std::memcpy(out + i * outStride, &row[i], sizeof(Four));
    }

    int64_t m_batch, m_channels, m_plane;
    bool m_toBlocked;
};

bool accepts(const Site& site) {
    const int bits = tensor::bitWidth(site.inputs[0].type);
    return (bits == 8 || bits == 32) && site.outputs[0].type == site.inputs[0].type &&
           outputShape(site).size() == 4 && site.inputs[0].layout != site.outputs[0].layout;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto& shape = outputShape(site);
    const bool toBlocked = site.outputs[0].layout == Layout::blocked;
    if (tensor::bitWidth(site.inputs[0].type) == 8)
        return std::unique_ptr<Prepared>(std::make_unique<Reorder<uint8_t>>(shape, toBlocked));
    return std::unique_ptr<Prepared>(std::make_unique<Reorder<uint32_t>>(shape, toBlocked));
}

}  // namespace

std::vector<Kernel> reorderKernels() {
    return {{.name = "reorder",
             .domain = "lathe",
             .op = "Reorder",
             .summary = "elements of one or four bytes between plain and blocked channels",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr,
             .blocked = true}};
}

}  // namespace lathe::kernels
