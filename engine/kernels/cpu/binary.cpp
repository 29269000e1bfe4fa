// Elementwise functions of two tensors with broadcasting: the innermost dimension is one of three plain loops
// (both move, one stands still), which the compiler vectorises.
#include <cmath>

#include "engine/kernels/cpu/support_broadcast.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kGrain = 16384;

// `aMoves`, `bMoves`: the operand has an element for each output, else one for all.
using Loop = void (*)(const std::byte* a, bool aMoves, const std::byte* b, bool bMoves, std::byte* y,
                      int64_t count);

template <typename In, typename Out, typename Function>
void loop(const std::byte* aBytes, bool aMoves, const std::byte* bBytes, bool bMoves, std::byte* yBytes,
          int64_t count) {
    const auto* a = reinterpret_cast<const In*>(aBytes);
    const auto* b = reinterpret_cast<const In*>(bBytes);
    auto* y = reinterpret_cast<Out*>(yBytes);
    const Function function;
    if (aMoves && bMoves) {
        for (int64_t i = 0; i < count; ++i) y[i] = function(a[i], b[i]);
    } else if (aMoves) {
        const In other = b[0];
        for (int64_t i = 0; i < count; ++i) y[i] = function(a[i], other);
    } else if (bMoves) {
        const In other = a[0];
        for (int64_t i = 0; i < count; ++i) y[i] = function(other, b[i]);
    } else {
        for (int64_t i = 0; i < count; ++i) y[i] = function(a[0], b[0]);
    }
}

struct Sum {
    template <typename T>
    T operator()(T a, T b) const {
        return a + b;
    }
};
struct Difference {
    template <typename T>
    T operator()(T a, T b) const {
        return a - b;
    }
};
struct Product {
    template <typename T>
    T operator()(T a, T b) const {
        return a * b;
    }
};
struct Quotient {
    float operator()(float a, float b) const { return a / b; }
};
struct Larger {  // NaN wins, as in the standard
    float operator()(float a, float b) const { return a > b || a != a ? a : b; }
};
struct Smaller {
    float operator()(float a, float b) const { return a < b || a != a ? a : b; }
};
struct Power {
    float operator()(float a, float b) const { return b == 2 ? a * a : std::pow(a, b); }
};
struct Less {
    template <typename T>
    bool operator()(T a, T b) const {
        return a < b;
    }
};
struct Greater {
    template <typename T>
    bool operator()(T a, T b) const {
        return a > b;
    }
};
struct Same {
    template <typename T>
    bool operator()(T a, T b) const {
        return a == b;
    }
};

using tensor::DataType;

struct Entry {
    std::string_view op;
    std::string_view kernel;
    DataType type;
    Loop loop;
};

// Integers wrap, so they are added as unsigned numbers.
constexpr Entry kEntries[] = {
    {"Add", "binary_add", DataType::float32, loop<float, float, Sum>},
    {"Add", "binary_add_int64", DataType::int64, loop<uint64_t, uint64_t, Sum>},
    {"Add", "binary_add_int32", DataType::int32, loop<uint32_t, uint32_t, Sum>},
    {"Div", "binary_div", DataType::float32, loop<float, float, Quotient>},
    {"Equal", "binary_equal", DataType::float32, loop<float, bool, Same>},
    {"Equal", "binary_equal_int64", DataType::int64, loop<int64_t, bool, Same>},
    {"Equal", "binary_equal_int32", DataType::int32, loop<int32_t, bool, Same>},
    {"Greater", "binary_greater", DataType::float32, loop<float, bool, Greater>},
    {"Greater", "binary_greater_int64", DataType::int64, loop<int64_t, bool, Greater>},
    {"Greater", "binary_greater_int32", DataType::int32, loop<int32_t, bool, Greater>},
    {"Less", "binary_less", DataType::float32, loop<float, bool, Less>},
    {"Less", "binary_less_int64", DataType::int64, loop<int64_t, bool, Less>},
    {"Less", "binary_less_int32", DataType::int32, loop<int32_t, bool, Less>},
    {"Max", "binary_max", DataType::float32, loop<float, float, Larger>},
    {"Min", "binary_min", DataType::float32, loop<float, float, Smaller>},
    {"Mul", "binary_mul", DataType::float32, loop<float, float, Product>},
    {"Mul", "binary_mul_int64", DataType::int64, loop<uint64_t, uint64_t, Product>},
    {"Mul", "binary_mul_int32", DataType::int32, loop<uint32_t, uint32_t, Product>},
    {"Pow", "binary_pow", DataType::float32, loop<float, float, Power>},
    {"Sub", "binary_sub", DataType::float32, loop<float, float, Difference>},
    {"Sub", "binary_sub_int64", DataType::int64, loop<uint64_t, uint64_t, Difference>},
    {"Sub", "binary_sub_int32", DataType::int32, loop<uint32_t, uint32_t, Difference>},
};

const Entry* entryFor(const Site& site) {
    for (const auto& entry : kEntries)
        if (entry.op == site.op && site.has(0) && entry.type == site.inputs[0].type) return &entry;
    return nullptr;
}

class Binary final : public Prepared {
  public:
    Binary(Loop loop, const BroadcastLoops& loops, int64_t inSize, int64_t outSize)
        : m_loop(loop), m_loops(loops), m_inSize(inSize), m_outSize(outSize) {
        const size_t last = loops.rank - 1;
        m_inner = loops.sizes[last];
        for (size_t i = 0; i < last; ++i) m_outer *= loops.sizes[i];
    }

    void run(const RunArguments& arguments) const override {
        const std::byte *a = arguments.inputs[0], *b = arguments.inputs[1];
        std::byte* y = arguments.outputs[0];
        const size_t last = m_loops.rank - 1;
        const bool aMoves = m_loops.aStrides[last] != 0, bMoves = m_loops.bStrides[last] != 0;
        if (m_outer == 1) {
            arguments.workers->forRange(m_inner, kGrain, [&](int64_t begin, int64_t end) {
                m_loop(a + (aMoves ? begin : 0) * m_inSize, aMoves, b + (bMoves ? begin : 0) * m_inSize,
                       bMoves, y + begin * m_outSize, end - begin);
            });
            return;
        }
        const int64_t grain = std::max<int64_t>(1, kGrain / m_inner);
        arguments.workers->forRange(m_outer, grain, [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row) {
                int64_t rest = row, aAt = 0, bAt = 0;
                for (size_t axis = last; axis-- > 0;) {
                    const int64_t at = rest % m_loops.sizes[axis];
                    rest /= m_loops.sizes[axis];
                    aAt += at * m_loops.aStrides[axis];
                    bAt += at * m_loops.bStrides[axis];
                }
                m_loop(a + aAt * m_inSize, aMoves, b + bAt * m_inSize, bMoves, y + row * m_inner * m_outSize,
                       m_inner);
            }
        });
    }

  private:
    Loop m_loop;
    BroadcastLoops m_loops;
    int64_t m_inSize, m_outSize, m_inner = 1, m_outer = 1;
};

template <DataType Type>
bool acceptsType(const Site& site) {
    if (!site.has(0) || site.inputs[0].type != Type || site.inputs.size() != 2 || !site.has(1) ||
        site.inputs[1].type != site.inputs[0].type)
        return false;
    BroadcastLoops loops;
    return broadcastLoops(shapeOf(site, 0), shapeOf(site, 1), outputShape(site), loops);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    BroadcastLoops loops;
    broadcastLoops(shapeOf(site, 0), shapeOf(site, 1), outputShape(site), loops);
    return std::unique_ptr<Prepared>(std::make_unique<Binary>(entryFor(site)->loop, loops,
                                                              tensor::bitWidth(site.inputs[0].type) / 8,
                                                              tensor::bitWidth(site.outputs[0].type) / 8));
}

// Over the operand that has the shape of the result.
int inPlace(const Site& site, size_t) {
    if (site.outputs[0].type != site.inputs[0].type) return -1;
    const auto count = tensor::elementCount(outputShape(site));
    if (!constantOf(site, 0) && tensor::elementCount(shapeOf(site, 0)) == count) return 0;
    if (!constantOf(site, 1) && tensor::elementCount(shapeOf(site, 1)) == count) return 1;
    return -1;
}

}  // namespace

std::vector<Kernel> binaryKernels() {
    const auto acceptsFor = [](DataType type) {
        switch (type) {
            case DataType::int64:
                return acceptsType<DataType::int64>;
            case DataType::int32:
                return acceptsType<DataType::int32>;
            default:
                return acceptsType<DataType::float32>;
        }
    };
    std::vector<Kernel> kernels;
    for (const auto& entry : kEntries)
        kernels.push_back({.name = entry.kernel,
                           .domain = {},
                           .op = entry.op,
                           .summary = "two operands of one type with broadcasting",
                           .accepts = acceptsFor(entry.type),
                           .prepare = prepare,
                           .inPlace = inPlace});
    return kernels;
}

}  // namespace lathe::kernels
