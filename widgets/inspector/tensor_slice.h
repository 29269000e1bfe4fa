// Two axes of a tensor of any rank as rows and columns, the others held at one index each. A value; reads
// elements where they lie.
#pragma once

#include <QString>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lathe::inspector {

class TensorSlice {
  public:
    TensorSlice() = default;
    // The last axis runs over columns and the one before it over rows; a vector stands upright.
    explicit TensorSlice(tensor::Tensor tensor);

    const tensor::Tensor& tensor() const { return m_tensor; }
    int rank() const { return static_cast<int>(m_index.size()); }
    int rowAxis() const { return m_rowAxis; }        // -1: there is one row
    int columnAxis() const { return m_columnAxis; }  // -1: there is one column
    // Swaps when one of them is the other already.
    void setAxes(int rowAxis, int columnAxis);
    int64_t index(int axis) const { return m_index[static_cast<size_t>(axis)]; }
    void setIndex(int axis, int64_t index);

    int64_t rows() const { return m_tensor.empty() ? 0 : sizeOf(m_rowAxis); }
    int64_t columns() const { return m_tensor.empty() ? 0 : sizeOf(m_columnAxis); }
    bool isNumeric() const;
    double realAt(int64_t row, int64_t column) const;    // NaN where elements are no real numbers
    QString textAt(int64_t row, int64_t column) const;   // integers whole, reals with seven figures
    QString placeOf(int64_t row, int64_t column) const;  // "[3, 17, 5, 2]"

  private:
    int64_t sizeOf(int axis) const { return axis < 0 ? 1 : m_tensor.dimension(static_cast<size_t>(axis)); }
    int64_t offset(int64_t row, int64_t column) const;

    tensor::Tensor m_tensor;
    int m_rowAxis = -1, m_columnAxis = -1;
    std::vector<int64_t> m_index;
};

// The rows of a slice as comma-separated values, at most `mostCells` of them.
QString toCsv(const TensorSlice& slice, int64_t mostCells);

}  // namespace lathe::inspector
