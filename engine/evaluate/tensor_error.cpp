#include "engine/evaluate/tensor_error.h"

#include <algorithm>
#include <cmath>

#include "engine/tensor/visit_type.h"

namespace lathe::evaluate {
namespace {

bool isNumber(tensor::DataType type) {
    using enum tensor::DataType;
    return type != undefined && type != string && type != complex64 && type != complex128;
}

// The elements as doubles, without a copy element by element through realAt for the common type.
std::vector<double> realsOf(const tensor::Tensor& tensor) {
    if (tensor.type() != tensor::DataType::float32) return tensor::toReals(tensor);
    const auto aligned = tensor.aligned();
    const auto values = aligned.values<float>();
    return {values.begin(), values.end()};
}

}  // namespace

bool ErrorSum::add(const tensor::Tensor& a, const tensor::Tensor& b) {
    if (!(a.shape() == b.shape()) || !isNumber(a.type()) || !isNumber(b.type())) return false;
    const auto x = realsOf(a), y = realsOf(b);
    for (size_t i = 0; i < x.size(); ++i) {
        // Equal infinities differ by nothing; a NaN in one of them makes the error NaN, which must show.
        const double difference = x[i] == y[i] || (std::isnan(x[i]) && std::isnan(y[i])) ? 0 : x[i] - y[i];
        m_squares += difference * difference;
        m_a2 += x[i] * x[i];
        m_b2 += y[i] * y[i];
        m_ab += x[i] * y[i];
        const double size = std::abs(difference);
        m_largest = std::isnan(size) || std::isnan(m_largest) ? NAN : std::max(m_largest, size);
        m_magnitude = std::max(m_magnitude, std::abs(x[i]));
    }
    m_count += a.elementCount();
    return true;
}

void ErrorSum::finish(TensorError& error) const {
    error.count = m_count;
    error.meanSquaredError = m_count > 0 ? m_squares / static_cast<double>(m_count) : 0;
    error.sqnr = m_squares == 0 ? INFINITY : 10 * std::log10(m_a2 / m_squares);
    const double norms = std::sqrt(m_a2) * std::sqrt(m_b2);
    error.cosine = m_squares == 0 ? 1 : norms > 0 ? m_ab / norms : 0;
    error.largest = m_largest;
    error.largestRelative = m_largest == 0 ? 0 : m_magnitude > 0 ? m_largest / m_magnitude : INFINITY;
}

}  // namespace lathe::evaluate
