#include "engine/kernels/cpu/support_resample.h"

#include <cstring>

namespace lathe::kernels {
namespace {

// Floats of a band that both steps find in the cache; a longer band repeats less at its edges.
constexpr int64_t kBandFloats = 65536;
constexpr int64_t kShortBand = 8;  // rows that a band has at least
// Results of a row that are turned together.
constexpr int64_t kSegment = 128;
constexpr int64_t kSlots = 16;

int64_t wholeBlocks(int64_t count) { return (count + channelBlock() - 1) / channelBlock() * channelBlock(); }

}  // namespace

ResampleStage::ResampleStage(int64_t planes, TapTable rows, TapTable columns, int64_t pixel)
    : m_rows(std::move(rows)), m_columns(std::move(columns)), m_planes(planes), m_pixel(pixel) {
    const int64_t height = m_rows.out();
    m_bandRows = std::min(height, std::max(kShortBand, kBandFloats / std::max(inRow(), outRow())));
    m_bands = (height + m_bandRows - 1) / m_bandRows;
    if (m_rows.resamples() && m_columns.resamples())
        for (int64_t y = 0; y < height; y += m_bandRows) {
            const auto [first, last] = m_rows.needed(y, std::min(height, y + m_bandRows));
            m_betweenSize =
                std::max(m_betweenSize, rowsFirst() ? m_bandRows * inRow() : (last - first) * outRow());
        }
    m_betweenSize = wholeBlocks(m_betweenSize);
    if (m_pixel == 1 && m_columns.resamples()) {
        for (int64_t x = 0; x < m_columns.out(); x += kSegment) {
            const auto [first, last] = m_columns.needed(x, std::min(m_columns.out(), x + kSegment));
            m_segment = std::max(m_segment, last - first);
        }
    }
    m_slotSize = m_betweenSize + (m_segment > 0 ? (m_segment + 2 * kSegment) * channelBlock() : 0);
    m_slots = std::min(kSlots, m_planes * m_bands);
}

void ResampleStage::run(const float* in, float* out, std::byte* scratch, const base::Workers& workers) const {
    const int64_t tasks = m_planes * m_bands;
    workers.forRange(m_slots, 1, [&](int64_t begin, int64_t end) {
        for (int64_t slot = begin; slot < end; ++slot)
            for (int64_t task = tasks * slot / m_slots; task < tasks * (slot + 1) / m_slots; ++task) {
                const int64_t plane = task / m_bands, first = task % m_bands * m_bandRows;
                runBand(in + plane * m_rows.in() * inRow(), out + plane * m_rows.out() * outRow(), first,
                        std::min(m_rows.out(), first + m_bandRows), floats(scratch) + slot * m_slotSize);
            }
    });
}

// Rows [first, last) of the result of one plane.
void ResampleStage::runBand(const float* in, float* out, int64_t first, int64_t last, float* scratch) const {
    float* between = scratch;
    float* turned = scratch + m_betweenSize;
    float* result = out + first * outRow();
    if (!m_columns.resamples()) {
        mixRows(in, 0, result, first, last, inRow());
    } else if (!m_rows.resamples()) {
        mixColumns(in + first * inRow(), result, last - first, turned);
    } else if (rowsFirst()) {
        mixRows(in, 0, between, first, last, inRow());
        mixColumns(between, result, last - first, turned);
    } else {
        const auto needed = m_rows.needed(first, last);
        mixColumns(in + needed.first * inRow(), between, needed.last - needed.first, turned);
        mixRows(between, needed.first, result, first, last, outRow());
    }
}

void ResampleStage::mixRows(const float* in, int64_t inFirst, float* out, int64_t first, int64_t last,
                            int64_t row) const {
    PlaceMix mix;
    mix.in = in;
    mix.out = out;
    mix.inStride = mix.outStride = mix.pixel = row;
    m_rows.describe(mix, first, last, inFirst);
    micro().mixPlaces(mix);
}

void ResampleStage::mixColumns(const float* in, float* out, int64_t count, float* scratch) const {
    if (m_pixel == 1) {
        for (int64_t row = 0; row < count; row += channelBlock())
            mixTurned(in + row * inRow(), out + row * outRow(), std::min(channelBlock(), count - row),
                      scratch);
        return;
    }
    PlaceMix mix;
    mix.inStride = mix.outStride = mix.pixel = m_pixel;
    m_columns.describe(mix, 0, m_columns.out(), 0);
    for (int64_t row = 0; row < count; ++row) {
        mix.in = in + row * inRow();
        mix.out = out + row * outRow();
        micro().mixPlaces(mix);
    }
}

// As many rows as a vector has lanes: turned, so that neighbours along the columns are vectors apart.
void ResampleStage::mixTurned(const float* in, float* out, int64_t count, float* scratch) const {
    const int64_t block = channelBlock();
    float* columns = scratch;
    float* mixed = columns + m_segment * block;
    float* rows = mixed + kSegment * block;
    for (int64_t first = 0; first < m_columns.out(); first += kSegment) {
        const int64_t last = std::min(m_columns.out(), first + kSegment);
        const auto needed = m_columns.needed(first, last);
        micro().transpose({in + needed.first, inRow(), count, needed.last - needed.first, columns, block});
        PlaceMix mix;
        mix.in = columns;
        mix.out = mixed;
        mix.inStride = mix.outStride = mix.pixel = block;
        m_columns.describe(mix, first, last, needed.first);
        micro().mixPlaces(mix);
        micro().transpose({mixed, block, last - first, block, rows, kSegment});
        for (int64_t row = 0; row < count; ++row)
            std::memcpy(out + row * outRow() + first, rows + row * kSegment,
                        static_cast<size_t>(last - first) * sizeof(float));
    }
}

}  // namespace lathe::kernels
