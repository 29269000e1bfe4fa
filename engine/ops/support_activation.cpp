#include "engine/ops/support_activation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>

namespace lathe::ops {
namespace {

using Kind = Activation::Kind;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Klambauer et al. 2017, in the precision of the standard's defaults.
constexpr double kSeluAlpha = 1.67326319217681884765625, kSeluGamma = 1.05070102214813232421875;

// Of Selu `beta` is the standard's gamma; of Clip the two are the bounds.
constexpr std::array<ActivationInfo, 14> kActivations = {
    {{"relu", Kind::relu},
     {"tanh", Kind::tanh},
     {"sigmoid", Kind::sigmoid},
     {"affine", Kind::affine, true, true, 1, 0},
     {"leakyrelu", Kind::leakyRelu, true, false, 0.01, 0},
     {"thresholdedrelu", Kind::thresholdedRelu, true, false, 1, 0},
     {"scaledtanh", Kind::scaledTanh, true, true, 1, 1},
     {"hardsigmoid", Kind::hardSigmoid, true, true, 0.2, 0.5},
     {"elu", Kind::elu, true, false, 1, 0},
     {"softsign", Kind::softsign},
     {"softplus", Kind::softplus},
     {"celu", Kind::celu, true, false, 1, 0, false},
     {"selu", Kind::selu, true, true, kSeluAlpha, kSeluGamma, false},
     {"clip", Kind::clip, true, true, -kInfinity, kInfinity, false}}};

}  // namespace

const ActivationInfo* findActivation(std::string_view name) {
    const auto same = [](char given, char known) {
        return std::tolower(static_cast<unsigned char>(given)) == known;
    };
    const auto* it = std::find_if(kActivations.begin(), kActivations.end(), [&](const ActivationInfo& info) {
        return std::equal(name.begin(), name.end(), info.name.begin(), info.name.end(), same);
    });
    return it == kActivations.end() ? nullptr : it;
}

double Activation::operator()(double x) const {
    switch (m_kind) {
        case Kind::relu:
            return std::max(0.0, x);
        case Kind::tanh:
            return std::tanh(x);
        case Kind::sigmoid:
            return 1 / (1 + std::exp(-x));
        case Kind::affine:
            return m_alpha * x + m_beta;
        case Kind::leakyRelu:
            return x >= 0 ? x : m_alpha * x;
        case Kind::thresholdedRelu:
            return x > m_alpha ? x : 0;
        case Kind::scaledTanh:
            return m_alpha * std::tanh(m_beta * x);
        case Kind::hardSigmoid:
            return std::clamp(m_alpha * x + m_beta, 0.0, 1.0);
        case Kind::elu:
            return x >= 0 ? x : m_alpha * std::expm1(x);
        case Kind::softsign:
            return x / (1 + std::abs(x));
        case Kind::softplus:
            return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
        case Kind::celu:
            return x >= 0 ? x : m_alpha * std::expm1(x / m_alpha);
        case Kind::selu:
            return m_beta * (x >= 0 ? x : m_alpha * std::expm1(x));
        case Kind::clip:
            return std::min(std::max(x, m_alpha), m_beta);
    }
    return x;
}

}  // namespace lathe::ops
