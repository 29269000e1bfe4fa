// Activation functions by name, as attributes of recurrent and fused operators give them.
#pragma once

#include <cstdint>
#include <string_view>

namespace lathe::ops {

class Activation {
  public:
    enum class Kind : uint8_t {
        relu,
        tanh,
        sigmoid,
        affine,
        leakyRelu,
        thresholdedRelu,
        scaledTanh,
        hardSigmoid,
        elu,
        softsign,
        softplus,
        celu,
        selu,
        clip
    };
    Activation() = default;
    Activation(Kind kind, double alpha, double beta) : m_kind(kind), m_alpha(alpha), m_beta(beta) {}
    double operator()(double x) const;

  private:
    Kind m_kind = Kind::tanh;
    double m_alpha = 0, m_beta = 0;
};

struct ActivationInfo {
    std::string_view name;  // lower case
    Activation::Kind kind = Activation::Kind::tanh;
    bool alpha = false, beta = false;  // takes the parameter
    double defaultAlpha = 0, defaultBeta = 0;
    bool recurrent = true;  // the standard lists it for RNN, GRU and LSTM
};

// Names are compared without case, as the standard does; null when there is none.
const ActivationInfo* findActivation(std::string_view name);

}  // namespace lathe::ops
