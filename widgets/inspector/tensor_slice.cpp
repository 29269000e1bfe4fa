#include "widgets/inspector/tensor_slice.h"

#include <QStringList>
#include <algorithm>
#include <limits>

namespace lathe::inspector {

TensorSlice::TensorSlice(tensor::Tensor tensor)
    : m_tensor(std::move(tensor)), m_index(static_cast<size_t>(m_tensor.rank()), 0) {
    m_rowAxis = rank() == 1 ? 0 : rank() - 2;
    m_columnAxis = rank() < 2 ? -1 : rank() - 1;
    if (rank() == 0) m_rowAxis = -1;
}

void TensorSlice::setAxes(int rowAxis, int columnAxis) {
    if (rowAxis == columnAxis) {
        // The axis that was chosen anew goes where it was put; the other takes its place.
        if (rowAxis != m_rowAxis)
            columnAxis = m_rowAxis;
        else
            rowAxis = m_columnAxis;
    }
    m_rowAxis = rowAxis;
    m_columnAxis = columnAxis;
}

void TensorSlice::setIndex(int axis, int64_t index) {
    m_index[static_cast<size_t>(axis)] =
        std::clamp<int64_t>(index, 0, std::max<int64_t>(0, sizeOf(axis) - 1));
}

bool TensorSlice::isNumeric() const {
    using tensor::DataType;
    const auto type = m_tensor.type();
    return type != DataType::undefined && type != DataType::string && type != DataType::complex64 &&
           type != DataType::complex128;
}

int64_t TensorSlice::offset(int64_t row, int64_t column) const {
    int64_t result = 0;
    for (int axis = 0; axis < rank(); ++axis) {
        const int64_t i = axis == m_rowAxis ? row : axis == m_columnAxis ? column : index(axis);
        result = result * sizeOf(axis) + i;
    }
    return result;
}

double TensorSlice::realAt(int64_t row, int64_t column) const {
    return isNumeric() ? m_tensor.realAt(offset(row, column)) : std::numeric_limits<double>::quiet_NaN();
}

QString TensorSlice::textAt(int64_t row, int64_t column) const {
    const auto at = offset(row, column);
    if (m_tensor.type() == tensor::DataType::string)
        return QString::fromStdString(m_tensor.values<std::string>()[static_cast<size_t>(at)].substr(0, 200));
    if (!isNumeric()) return QStringLiteral("…");
    if (m_tensor.type() == tensor::DataType::int64) return QString::number(m_tensor.integerAt(at));
    return QString::number(m_tensor.realAt(at), 'g', 7);
}

QString TensorSlice::placeOf(int64_t row, int64_t column) const {
    QStringList parts;
    for (int axis = 0; axis < rank(); ++axis)
        parts << QString::number(axis == m_rowAxis ? row : axis == m_columnAxis ? column : index(axis));
    return QLatin1Char('[') + parts.join(QStringLiteral(", ")) + QLatin1Char(']');
}

QString toCsv(const TensorSlice& slice, int64_t mostCells) {
    QString text;
    int64_t cells = 0;
    for (int64_t row = 0; row < slice.rows(); ++row) {
        for (int64_t column = 0; column < slice.columns(); ++column) {
            if (++cells > mostCells) return text;
            if (column > 0) text += QLatin1Char(',');
            text += slice.textAt(row, column);
        }
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace lathe::inspector
