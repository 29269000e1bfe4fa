// Two neighbouring axes of float32 resampled together, [planes][rows][columns][pixel], a band of rows at a
// time so that what lies between the two steps stays in the cache. The axis that makes less goes first.
#pragma once

#include "engine/kernels/cpu/support_resize.h"

namespace lathe::kernels {

class ResampleStage {
  public:
    // `pixel` floats a place: 1, or the floats that move together.
    ResampleStage(int64_t planes, TapTable rows, TapTable columns, int64_t pixel);

    void run(const float* in, float* out, std::byte* scratch, const base::Workers& workers) const;
    size_t scratchBytes() const { return static_cast<size_t>(m_slots * m_slotSize) * sizeof(float); }
    size_t packedBytes() const { return m_rows.bytes() + m_columns.bytes(); }
    int64_t outElements() const { return m_planes * m_rows.out() * outRow(); }

  private:
    int64_t inRow() const { return m_columns.in() * m_pixel; }
    int64_t outRow() const { return m_columns.out() * m_pixel; }
    bool rowsFirst() const { return m_rows.out() < m_rows.in(); }
    void runBand(const float* in, float* out, int64_t first, int64_t last, float* scratch) const;
    void mixRows(const float* in, int64_t inFirst, float* out, int64_t first, int64_t last,
                 int64_t row) const;
    void mixColumns(const float* in, float* out, int64_t count, float* scratch) const;
    void mixTurned(const float* in, float* out, int64_t count, float* scratch) const;

    TapTable m_rows, m_columns;
    int64_t m_planes, m_pixel;
    int64_t m_bandRows = 1, m_bands = 1;
    int64_t m_betweenSize = 0;  // of a band, between the two steps
    int64_t m_segment = 0;      // inputs that a segment of turned columns needs
    int64_t m_slots = 1, m_slotSize = 0;
};

}  // namespace lathe::kernels
