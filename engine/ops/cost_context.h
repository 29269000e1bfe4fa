// What an operator costs for concrete shapes: arithmetic and memory traffic.
#pragma once

#include <vector>

#include "engine/ir/attribute.h"
#include "engine/tensor/shape.h"

namespace lathe::ops {

struct Cost {
    double macs = 0;          // multiply-accumulates of convolutions and matrix products
    double operations = 0;    // arithmetic operations; a multiply-accumulate counts as two
    double bytesRead = 0;     // inputs, each once
    double bytesWritten = 0;  // outputs, each once

    Cost& operator+=(const Cost& other) {
        macs += other.macs;
        operations += other.operations;
        bytesRead += other.bytesRead;
        bytesWritten += other.bytesWritten;
        return *this;
    }
};

struct CostContext {
    struct Operand {
        tensor::DataType type = tensor::DataType::undefined;  // undefined: omitted
        tensor::Shape shape;
    };
    const ir::Attributes* attributes = nullptr;
    std::vector<Operand> inputs;
    std::vector<Operand> outputs;

    bool has(size_t i) const { return i < inputs.size() && inputs[i].type != tensor::DataType::undefined; }
    double outputElements(size_t i = 0) const;
    double inputElements(size_t i = 0) const;
};

// Reads and writes only; what a null cost means.
Cost trafficCost(const CostContext& context);
// One operation an output element.
Cost elementwiseCost(const CostContext& context);
// About ten operations an output element: exp, erf, tanh and functions made of them.
Cost transcendentalCost(const CostContext& context);
// One operation an input element.
Cost reductionCost(const CostContext& context);
// Traffic plus this many multiply-accumulates.
Cost macCost(const CostContext& context, double macs);

}  // namespace lathe::ops
