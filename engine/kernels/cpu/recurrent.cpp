// LSTM and GRU of float32 with constant weights and the default activations. The part of all gates that
// depends on the input alone is one product over all steps and directions; a step adds the product with the
// state to it, and the gates become numbers where they lie.
//
//   LSTM  i o f = sigmoid, g = tanh;    c' = f*c + i*g;  h' = o*tanh(c')
//   GRU   z r = sigmoid;                h' = (1 - z)*n + z*h
//         n = tanh(Wx + R (r*h) + b)    or with linear_before_reset  tanh(Wx + b + r*(R h + bR))
//
// Good for recurrences whose packed weights stay in the caches from step to step. The directions of a
// bidirectional node run side by side.
#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_packed.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

struct Recurrence {
    int64_t steps = 0, batch = 0, input = 0, hidden = 0, gates = 0, directions = 1;
    bool batchFirst = false;
    bool reverse = false;  // the only direction
    bool linear = false;   // GRU: the reset gate acts after the recurrent product

    int64_t rows() const { return gates * hidden; }
};

constexpr size_t kInitialH = 5, kInitialC = 6;

class Recurrent : public Prepared {
  public:
    size_t scratchBytes() const override {
        return scratchAligned(static_cast<size_t>(gateSize()) * sizeof(float)) +
               static_cast<size_t>(m_shape.directions) * stateBytes();
    }
    size_t packedBytes() const override {
        return m_weights.bytes() + m_recurrent.bytes() + m_bias.size() * sizeof(float);
    }
    bool packs(size_t input) const override { return input >= 1 && input <= 4; }

    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        FloatGemm gemm;
        gemm.rows = s.steps * s.batch;
        gemm.columns = s.directions * s.rows();
        gemm.depth = s.input;
        gemm.a = floats(arguments.inputs[0]);
        gemm.aRowStride = s.input;
        gemm.packedB = m_weights.data();
        gemm.c = floats(arguments.scratch);
        gemm.cStride = gemm.columns;
        gemm.columnBias = m_bias.data();
        multiply(gemm, *arguments.workers);
        arguments.workers->forRange(s.directions, 1, [&](int64_t begin, int64_t end) {
            for (int64_t d = begin; d < end; ++d) runDirection(d, arguments);
        });
    }

  protected:
    // What one step of one direction works on; a row a sample.
    struct Step {
        int64_t direction = 0;
        float* gates = nullptr;  // what the input gave
        int64_t gateStride = 0;
        float* h = nullptr;  // [batch, hidden], likewise the others
        float* c = nullptr;  // LSTM only
        float* spare = nullptr;
        const base::Workers* workers = nullptr;
    };

    // W and B of all directions; R in groups of the given numbers of gates, each a product of its own.
    Recurrent(const Recurrence& shape, const Site& site, std::vector<int64_t> groups)
        : m_shape(shape), m_groups(std::move(groups)) {
        const auto& s = m_shape;
        const int64_t width = micro().columns, columns = s.directions * s.rows();
        m_weights = PackedFloats(packedColumnsSize(columns, s.input));
        packColumns(floats(constantOf(site, 1)->bytes().data()), 1, s.input, columns, s.input, 0,
                    panelCount(columns, width), m_weights.data());
        m_recurrent = PackedFloats(s.directions * recurrentSize());
        const float* r = floats(constantOf(site, 2)->bytes().data());
        float* to = m_recurrent.data();
        for (int64_t d = 0; d < s.directions; ++d)
            for (const int64_t gates : m_groups) {
                const int64_t count = gates * s.hidden;
                packColumns(r, 1, s.hidden, count, s.hidden, 0, panelCount(count, width), to);
                r += count * s.hidden;
                to += packedColumnsSize(count, s.hidden);
            }
        makeBias(site);
    }

    // `to` += from [batch, hidden] times the weights of a group of gates, or `to` = that + bias.
    void addProduct(const Step& step, size_t group, const float* from, float* to, int64_t toStride,
                    const float* bias = nullptr) const {
        FloatGemm gemm;
        gemm.rows = m_shape.batch;
        gemm.columns = m_groups[group] * m_shape.hidden;
        gemm.depth = m_shape.hidden;
        gemm.a = from;
        gemm.aRowStride = m_shape.hidden;
        gemm.packedB = m_recurrent.data() + step.direction * recurrentSize();
        for (size_t i = 0; i < group; ++i)
            gemm.packedB += packedColumnsSize(m_groups[i] * m_shape.hidden, m_shape.hidden);
        gemm.c = to;
        gemm.cStride = toStride;
        if (bias)
            gemm.columnBias = bias;
        else
            gemm.residual = to;
        multiply(gemm, *step.workers);
    }

    // each(sample) for all samples of the batch.
    template <typename Each>
    void forSamples(const Step& step, Each each) const {
        const int64_t grain = std::max<int64_t>(1, kGateTask / m_shape.rows());
        step.workers->forRange(m_shape.batch, grain, [&](int64_t begin, int64_t end) {
            for (int64_t n = begin; n < end; ++n) each(n);
        });
    }

    virtual void advance(const Step& step) const = 0;

    // GRU with linear_before_reset: the bias of the recurrent product of the candidate.
    const float* candidateBias(int64_t direction) const {
        return m_bias.data() + biasSize() + direction * m_shape.hidden;
    }

    Recurrence m_shape;

  private:
    // Gates below this are not worth handing out: about 20 microseconds.
    static constexpr int64_t kGateTask = 16384;

    int64_t gateSize() const { return m_shape.steps * m_shape.batch * m_shape.directions * m_shape.rows(); }
    int64_t biasSize() const {
        return panelCount(m_shape.directions * m_shape.rows(), micro().columns) * micro().columns;
    }
    int64_t recurrentSize() const {
        int64_t size = 0;
        for (const int64_t gates : m_groups)
            size += packedColumnsSize(gates * m_shape.hidden, m_shape.hidden);
        return size;
    }
    // h, c and spare of one direction.
    size_t stateBytes() const {
        return 3 * scratchAligned(static_cast<size_t>(m_shape.batch * m_shape.hidden) * sizeof(float));
    }

    void makeBias(const Site& site) {
        const auto& s = m_shape;
        m_bias.assign(static_cast<size_t>(biasSize() + s.directions * s.hidden + micro().columns), 0);
        const auto* constant = constantOf(site, 3);
        if (!constant) return;
        const float* b = floats(constant->bytes().data());
        for (int64_t d = 0; d < s.directions; ++d, b += 2 * s.rows())
            for (int64_t j = 0; j < s.rows(); ++j) {
                const bool apart = s.linear && j >= 2 * s.hidden;
                m_bias[static_cast<size_t>(d * s.rows() + j)] = apart ? b[j] : b[j] + b[s.rows() + j];
                if (apart)
                    m_bias[static_cast<size_t>(biasSize() + d * s.hidden + j - 2 * s.hidden)] =
                        b[s.rows() + j];
            }
    }

    // Where the rows of a direction begin in a state that a caller gave or wants, and how far apart they lie.
    int64_t stateAt(int64_t direction, int64_t sample) const {
        const auto& s = m_shape;
        return (s.batchFirst ? sample * s.directions + direction : direction * s.batch + sample) * s.hidden;
    }

    void readState(const RunArguments& arguments, size_t input, int64_t direction, float* state) const {
        const auto& s = m_shape;
        const bool given = input < arguments.inputs.size() && arguments.inputs[input];
        for (int64_t n = 0; n < s.batch; ++n) {
            float* row = state + n * s.hidden;
            if (given)
                std::copy_n(floats(arguments.inputs[input]) + stateAt(direction, n), s.hidden, row);
            else
                std::fill_n(row, s.hidden, 0.0f);
        }
    }

    void writeState(const RunArguments& arguments, size_t output, int64_t direction,
                    const float* state) const {
        if (output >= arguments.outputs.size() || !arguments.outputs[output]) return;
        for (int64_t n = 0; n < m_shape.batch; ++n)
            std::copy_n(state + n * m_shape.hidden, m_shape.hidden,
                        floats(arguments.outputs[output]) + stateAt(direction, n));
    }

    void runDirection(int64_t direction, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t columns = s.directions * s.rows();
        std::byte* state = arguments.scratch +
                           scratchAligned(static_cast<size_t>(gateSize()) * sizeof(float)) +
                           static_cast<size_t>(direction) * stateBytes();
        Step step;
        step.direction = direction;
        step.gateStride = (s.batchFirst ? s.steps : 1) * columns;
        step.h = floats(state);
        step.c = floats(state + stateBytes() / 3);
        step.spare = floats(state + stateBytes() / 3 * 2);
        step.workers = arguments.workers;
        readState(arguments, kInitialH, direction, step.h);
        readState(arguments, kInitialC, direction, step.c);
        float* y = arguments.outputs.empty() ? nullptr : floats(arguments.outputs[0]);
        const bool backwards = s.reverse || direction == 1;
        for (int64_t i = 0; i < s.steps; ++i) {
            const int64_t t = backwards ? s.steps - 1 - i : i;
            step.gates =
                floats(arguments.scratch) + (s.batchFirst ? t : t * s.batch) * columns + direction * s.rows();
            advance(step);
            for (int64_t n = 0; y && n < s.batch; ++n) {
                const int64_t at = s.batchFirst ? (n * s.steps + t) * s.directions + direction
                                                : (t * s.directions + direction) * s.batch + n;
                std::copy_n(step.h + n * s.hidden, s.hidden, y + at * s.hidden);
            }
        }
        writeState(arguments, 1, direction, step.h);
        writeState(arguments, 2, direction, step.c);
    }

    std::vector<int64_t> m_groups;
    PackedFloats m_weights, m_recurrent;
    std::vector<float> m_bias;  // of the input product; behind it candidateBias
};

class Lstm final : public Recurrent {
  public:
    Lstm(const Recurrence& shape, const Site& site) : Recurrent(shape, site, {4}) {}

  private:
    void advance(const Step& step) const override {
        const int64_t hidden = m_shape.hidden;
        addProduct(step, 0, step.h, step.gates, step.gateStride);
        forSamples(step, [&](int64_t n) {
            float* i = step.gates + n * step.gateStride;
            const float *o = i + hidden, *f = o + hidden;
            float* g = i + 3 * hidden;
            float* c = step.c + n * hidden;
            float* h = step.h + n * hidden;
            micro().apply(MicroFunction::sigmoid, i, i, 3 * hidden);
            micro().apply(MicroFunction::tanh, g, g, hidden);
            for (int64_t j = 0; j < hidden; ++j) c[j] = f[j] * c[j] + i[j] * g[j];
            micro().apply(MicroFunction::tanh, c, h, hidden);
            for (int64_t j = 0; j < hidden; ++j) h[j] *= o[j];
        });
    }
};

class Gru final : public Recurrent {
  public:
    Gru(const Recurrence& shape, const Site& site) : Recurrent(shape, site, {2, 1}) {}

  private:
    void advance(const Step& step) const override {
        const int64_t hidden = m_shape.hidden;
        addProduct(step, 0, step.h, step.gates, step.gateStride);
        if (m_shape.linear) addProduct(step, 1, step.h, step.spare, hidden, candidateBias(step.direction));
        forSamples(step, [&](int64_t n) {
            float* z = step.gates + n * step.gateStride;
            const float* r = z + hidden;
            float* candidate = z + 2 * hidden;
            const float* h = step.h + n * hidden;
            float* spare = step.spare + n * hidden;
            micro().apply(MicroFunction::sigmoid, z, z, 2 * hidden);
            if (m_shape.linear)
                for (int64_t j = 0; j < hidden; ++j) candidate[j] += r[j] * spare[j];
            else
                for (int64_t j = 0; j < hidden; ++j) spare[j] = r[j] * h[j];
        });
        if (!m_shape.linear) addProduct(step, 1, step.spare, step.gates + 2 * hidden, step.gateStride);
        forSamples(step, [&](int64_t sample) {
            const float* z = step.gates + sample * step.gateStride;
            float* n = step.gates + sample * step.gateStride + 2 * hidden;
            float* h = step.h + sample * hidden;
            micro().apply(MicroFunction::tanh, n, n, hidden);
            for (int64_t j = 0; j < hidden; ++j) h[j] = n[j] + z[j] * (h[j] - n[j]);
        });
    }
};

Recurrence recurrenceOf(const Site& site) {
    const auto& x = shapeOf(site, 0);
    const auto direction = site.attributes->text("direction", "forward");
    Recurrence s;
    s.batchFirst = site.attributes->integer("layout", 0) == 1;
    s.steps = x[s.batchFirst ? 1 : 0];
    s.batch = x[s.batchFirst ? 0 : 1];
    s.input = x[2];
    s.hidden = shapeOf(site, 2)[2];
    s.gates = site.op == "LSTM" ? 4 : 3;
    s.directions = direction == "bidirectional" ? 2 : 1;
    s.reverse = direction == "reverse";
    s.linear = site.op == "GRU" && site.attributes->integer("linear_before_reset", 0) != 0;
    return s;
}

// Omitted, or a constant that says that every sample has all steps.
bool hasAllSteps(const Site& site, const Recurrence& shape) {
    if (!site.has(4)) return true;
    const auto* lengths = constantOf(site, 4);
    if (!lengths || lengths->elementCount() != shape.batch) return false;
    const auto values = tensor::toIntegers(*lengths);
    return std::all_of(values.begin(), values.end(), [&](int64_t length) { return length == shape.steps; });
}

bool fitsState(const Site& site, size_t input, const Recurrence& s) {
    return !site.has(input) || (isFloat(site, input) && tensor::elementCount(shapeOf(site, input)) ==
                                                            s.directions * s.batch * s.hidden);
}

bool hasDefaults(const Site& site, int64_t directions) {
    const auto& attributes = *site.attributes;
    std::vector<std::string> functions;
    for (int64_t d = 0; d < directions; ++d) {
        functions.insert(functions.end(), {"Sigmoid", "Tanh"});
        if (site.op == "LSTM") functions.emplace_back("Tanh");
    }
    return attributes.texts("activations", functions) == functions && attributes.real("clip", 0) <= 0 &&
           attributes.integer("input_forget", 0) == 0;
}

bool accepts(const Site& site) {
    for (const size_t i : {0, 1, 2})
        if (!isFloat(site, i) || shapeOf(site, i).size() != 3) return false;
    if (!constantOf(site, 1) || !constantOf(site, 2) || site.has(7)) return false;
    if (site.has(3) && (!isFloat(site, 3) || !constantOf(site, 3))) return false;
    const auto s = recurrenceOf(site);
    return hasDefaults(site, s.directions) && hasAllSteps(site, s) &&
           site.attributes->integer("hidden_size", s.hidden) == s.hidden &&
           shapeOf(site, 1) == tensor::Shape{s.directions, s.rows(), s.input} &&
           shapeOf(site, 2) == tensor::Shape{s.directions, s.rows(), s.hidden} &&
           (!site.has(3) || tensor::elementCount(shapeOf(site, 3)) == 2 * s.directions * s.rows()) &&
           fitsState(site, kInitialH, s) && fitsState(site, kInitialC, s);
}

template <typename Cell>
base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<Cell>(recurrenceOf(site), site));
}

}  // namespace

std::vector<Kernel> recurrentKernels() {
    constexpr std::string_view kSummary =
        "float32, constant weights, default activations, all steps of every sample";
    return {{.name = "recurrent_lstm",
             .domain = {},
             .op = "LSTM",
             .summary = kSummary,
             .accepts = accepts,
             .prepare = prepare<Lstm>,
             .inPlace = nullptr,
             .unalignedConstant = 1},
            {.name = "recurrent_gru",
             .domain = {},
             .op = "GRU",
             .summary = kSummary,
             .accepts = accepts,
             .prepare = prepare<Gru>,
             .inPlace = nullptr,
             .unalignedConstant = 1}};
}

}  // namespace lathe::kernels
