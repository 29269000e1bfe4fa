// MatMulNBits of float32 with constant weights of 4 or 8 bits, which stay as they are: y = A B + bias,
// b = (code - zero) * scale. The codes are put in panels like those of the float product, a word of
// neighbouring depths a column.
//
// A few rows of A are multiplied by the codes while they come from memory. With more rows, a piece of a panel
// is turned into floats that stay in the cache while all rows go by.
#include <cstring>

#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

// Tasks of a product of several rows, each with floats of its own.
constexpr int64_t kSlots = 32;
// Depth that is turned into floats at a time: with the columns of a panel, 32 kB.
constexpr int64_t kPiece = 256;
// Rows of A that go by one piece; with its depth they take half of the second-level cache.
constexpr int64_t kRowBlock = 336;
// Codes below which a task is not worth handing out: about 5 microseconds.
constexpr int64_t kTaskCodes = int64_t{1} << 17;

struct Codes {
    int64_t rows = 0, columns = 0, depth = 0;
    int bits = 4;
    int64_t blockSize = 0;

    int64_t blocks() const { return (depth + blockSize - 1) / blockSize; }
    int64_t wholeDepth() const { return blocks() * blockSize; }
    int64_t blockWords() const { return blockSize * bits / 32; }
    int64_t panels() const { return panelCount(columns, micro().columns); }
    int64_t zeroBytes() const { return (blocks() * bits + 7) / 8; }  // a column
};

class MatMulNBits final : public Prepared {
  public:
    MatMulNBits(const Codes& codes, const Site& site) : m_codes(codes) {
        const auto& p = m_codes;
        const int64_t width = micro().columns, perPanel = p.blocks() * width;
        m_words.assign(static_cast<size_t>(p.panels() * perPanel * p.blockWords()), 0);
        m_scales.assign(static_cast<size_t>(p.panels() * perPanel), 0);
        if (site.has(3)) m_zeros.assign(m_scales.size(), 0);
        const auto* bytes = reinterpret_cast<const uint8_t*>(constantOf(site, 1)->bytes().data());
        const auto scales = constantOf(site, 2)->values<float>();
        for (int64_t j = 0; j < p.columns; ++j) {
            int32_t* to = m_words.data() + j / width * perPanel * p.blockWords() + j % width;
            packWords(bytes + j * p.blocks() * p.blockWords() * 4, to);
            const int64_t first = j / width * perPanel + j % width;
            for (int64_t b = 0; b < p.blocks(); ++b) {
                const auto at = static_cast<size_t>(first + b * width);
                m_scales[at] = scales[static_cast<size_t>(j * p.blocks() + b)];
                if (site.has(3)) m_zeros[at] = zeroOf(constantOf(site, 3)->values<uint8_t>(), j, b);
            }
        }
        if (!site.has(5)) return;
        const auto bias = constantOf(site, 5)->values<float>();
        m_bias.assign(static_cast<size_t>(p.panels() * width), 0);
        std::copy(bias.begin(), bias.end(), m_bias.begin());
    }

    size_t scratchBytes() const override {
        const auto& p = m_codes;
        const int64_t floats =
            p.rows <= kLowBitRows ? p.rows * (p.wholeDepth() + p.blocks()) : slots() * pieceSize();
        return static_cast<size_t>(floats) * sizeof(float);
    }
    size_t packedBytes() const override {
        return m_words.size() * sizeof(int32_t) + m_zeros.size() +
               (m_scales.size() + m_bias.size()) * sizeof(float);
    }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        if (m_codes.rows <= kLowBitRows)
            runFewRows(arguments);
        else
            runRows(arguments);
    }

  private:
    uint32_t flip() const { return m_codes.bits == 4 ? 0x88888888u : 0x80808080u; }

    // The codes of one column; with their highest bits turned they are signed.
    void packWords(const uint8_t* bytes, int32_t* to) const {
        const int64_t width = micro().columns, count = m_codes.blocks() * m_codes.blockWords();
        for (int64_t i = 0; i < count; ++i) {
            uint32_t word = 0;
            std::memcpy(&word, bytes + i * 4, sizeof(word));
            to[i * width] = static_cast<int32_t>(word ^ flip());
        }
    }

    int8_t zeroOf(std::span<const uint8_t> zeros, int64_t column, int64_t block) const {
        const auto& p = m_codes;
        const auto byte = zeros[static_cast<size_t>(column * p.zeroBytes() + block * p.bits / 8)];
        if (p.bits == 8) return static_cast<int8_t>(byte - 128);
        return static_cast<int8_t>((block % 2 ? byte >> 4 : byte & 15) - 8);
    }

    LowBitPanel panelAt(int64_t panel) const {
        const auto& p = m_codes;
        const int64_t at = panel * p.blocks() * micro().columns;
        return {p.bits,
                p.blocks(),
                p.blockSize,
                m_words.data() + at * p.blockWords(),
                m_scales.data() + at,
                m_zeros.empty() ? nullptr : m_zeros.data() + at};
    }

    void runFewRows(const RunArguments& arguments) const {
        const auto& p = m_codes;
        const int64_t width = micro().columns, whole = p.wholeDepth();
        const float* a = floats(arguments.inputs[0]);
        float* copy = floats(arguments.scratch);
        float* sums = copy + p.rows * whole;
        if (p.depth < whole) {
            for (int64_t r = 0; r < p.rows; ++r) {
                std::copy_n(a + r * p.depth, p.depth, copy + r * whole);
                std::fill_n(copy + r * whole + p.depth, whole - p.depth, 0.0f);
            }
            a = copy;
        }
        for (int64_t b = 0; !m_zeros.empty() && b < p.rows * p.blocks(); ++b) {
            sums[b] = 0;
            for (int64_t k = 0; k < p.blockSize; ++k) sums[b] += a[b * p.blockSize + k];
        }
        const int64_t grain = std::max<int64_t>(1, kTaskCodes / (whole * width));
        arguments.workers->forRange(p.panels(), grain, [&](int64_t begin, int64_t end) {
            for (int64_t j = begin; j < end; ++j) {
                LowBitDot dot;
                dot.panel = panelAt(j);
                dot.rows = p.rows;
                dot.a = a;
                dot.blockSums = sums;
                if (!m_bias.empty()) dot.bias = m_bias.data() + j * width;
                dot.c = floats(arguments.outputs[0]) + j * width;
                dot.cStride = p.columns;
                dot.columns = std::min(width, p.columns - j * width);
                micro().lowBitDot(dot);
            }
        });
    }

    int64_t pieceBlocks() const { return std::max<int64_t>(1, kPiece / m_codes.blockSize); }
    int64_t pieceSize() const { return pieceBlocks() * m_codes.blockSize * micro().columns; }
    int64_t rowBlocks() const { return panelCount(m_codes.rows, kRowBlock); }
    int64_t tasks() const { return m_codes.panels() * rowBlocks(); }
    int64_t slots() const { return std::min(kSlots, tasks()); }

    void runRows(const RunArguments& arguments) const {
        const int64_t together = slots();
        arguments.workers->forRange(together, 1, [&](int64_t begin, int64_t end) {
            for (int64_t slot = begin; slot < end; ++slot) {
                float* piece = floats(arguments.scratch) + slot * pieceSize();
                for (int64_t task = tasks() * slot / together; task < tasks() * (slot + 1) / together; ++task)
                    runTask(task % m_codes.panels(), task / m_codes.panels(), piece, arguments);
            }
        });
    }

    // A panel and a block of rows.
    void runTask(int64_t panel, int64_t rowBlock, float* piece, const RunArguments& arguments) const {
        const auto& p = m_codes;
        const int64_t firstRow = p.rows * rowBlock / rowBlocks();
        const int64_t rows = p.rows * (rowBlock + 1) / rowBlocks() - firstRow;
        const int64_t column = panel * micro().columns;
        LowBitExpansion expansion;
        expansion.panel = panelAt(panel);
        expansion.out = piece;
        FloatTile tile;
        tile.rowStride = p.depth;
        tile.b = piece;
        tile.cStride = p.columns;
        tile.columns = std::min(micro().columns, p.columns - column);
        if (!m_bias.empty()) tile.columnBias = m_bias.data() + column;
        const Clamp everything;
        tile.low = everything.low;
        tile.high = everything.high;
        const int64_t tiles = panelCount(rows, micro().rows);
        for (int64_t b = 0; b < p.blocks(); b += pieceBlocks()) {
            expansion.first = b;
            expansion.last = std::min(b + pieceBlocks(), p.blocks());
            micro().expandLowBit(expansion);
            const int64_t k = b * p.blockSize;
            tile.depth = std::min(expansion.last * p.blockSize, p.depth) - k;
            tile.accumulate = b > 0;
            tile.finish = expansion.last == p.blocks();
            for (int64_t i = 0; i < tiles; ++i) {
                const int64_t row = firstRow + rows * i / tiles;
                tile.rows = firstRow + rows * (i + 1) / tiles - row;
                tile.a = floats(arguments.inputs[0]) + row * p.depth + k;
                tile.c = floats(arguments.outputs[0]) + row * p.columns + column;
                micro().floatTile(tile);
            }
        }
    }

    Codes m_codes;
    std::vector<int32_t> m_words;  // see LowBitPanel, one panel after the other
    std::vector<float> m_scales;
    std::vector<int8_t> m_zeros;
    std::vector<float> m_bias;  // whole panels
};

Codes codesOf(const Site& site) {
    const auto& attributes = *site.attributes;
    Codes codes;
    codes.depth = attributes.integer("K", 0);
    codes.columns = attributes.integer("N", 0);
    codes.bits = static_cast<int>(attributes.integer("bits", 4));
    codes.blockSize = attributes.integer("block_size", 0);
    codes.rows = tensor::elementCount(shapeOf(site, 0)) / std::max<int64_t>(codes.depth, 1);
    return codes;
}

// A constant of so many items.
bool holds(const Site& site, size_t input, tensor::DataType type, int64_t count) {
    const auto* constant = constantOf(site, input);
    return constant && constant->type() == type && constant->elementCount() == count;
}

bool accepts(const Site& site) {
    if (!isFloat(site, 0) || !makesFloat(site) || site.has(4)) return false;
    const auto bits = site.attributes->integer("bits", 4), size = site.attributes->integer("block_size", 0);
    if ((bits != 4 && bits != 8) || size < 16 || size > 4096 || (size & (size - 1)) != 0) return false;
    const auto codes = codesOf(site);
    const auto& a = shapeOf(site, 0);
    if (codes.depth < 1 || codes.columns < 1 || a.empty() || a.back() != codes.depth) return false;
    const int64_t scales = codes.columns * codes.blocks();
    return site.attributes->integer("weight_prepacked", 0) == 0 &&
           holds(site, 1, tensor::DataType::uint8, scales * codes.blockWords() * 4) &&
           holds(site, 2, tensor::DataType::float32, scales) &&
           (!site.has(3) || holds(site, 3, tensor::DataType::uint8, codes.columns * codes.zeroBytes())) &&
           (!site.has(5) || holds(site, 5, tensor::DataType::float32, codes.columns));
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<MatMulNBits>(codesOf(site), site));
}

}  // namespace

std::vector<Kernel> matMulNBitsKernels() {
    return {{.name = "mat_mul_low_bit",
             .domain = "com.microsoft",
             .op = "MatMulNBits",
             .summary = "float32, constant weights of 4 or 8 bits, zero points in codes or none",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr,
             .unalignedConstant = 1}};
}

}  // namespace lathe::kernels
