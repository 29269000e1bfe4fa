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
        if (!std::isfinite(x[i]) || !std::isfinite(y[i])) {
            // The infinities of an attention mask are equal in both, and would drown all the rest in the
            // sums.
            m_notFinite += x[i] == y[i] || (std::isnan(x[i]) && std::isnan(y[i])) ? 0 : 1;
            continue;
        }
        const double difference = x[i] - y[i];
        m_squares += difference * difference;
        m_a2 += x[i] * x[i];
        m_b2 += y[i] * y[i];
        m_ab += x[i] * y[i];
        m_largest = std::max(m_largest, std::abs(difference));
        m_magnitude = std::max(m_magnitude, std::abs(x[i]));
    }
    m_count += a.elementCount();
    return true;
}

void ErrorSum::finish(TensorError& error) const {
    error.count = m_count;
    error.notFinite = m_notFinite;
    if (m_notFinite > 0) {
        error.meanSquaredError = error.largest = error.largestRelative = INFINITY;
        error.sqnr = -INFINITY;
        error.cosine = 0;
        return;
    }
    error.meanSquaredError = m_count > 0 ? m_squares / static_cast<double>(m_count) : 0;
    error.sqnr = m_squares == 0 ? INFINITY : 10 * std::log10(m_a2 / m_squares);
    const double norms = std::sqrt(m_a2) * std::sqrt(m_b2);
    error.cosine = m_squares == 0 ? 1 : norms > 0 ? m_ab / norms : 0;
    error.largest = m_largest;
    error.largestRelative = m_largest == 0 ? 0 : m_magnitude > 0 ? m_largest / m_magnitude : INFINITY;
}

}  // namespace lathe::evaluate
