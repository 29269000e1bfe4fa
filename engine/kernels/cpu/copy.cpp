// Ops that only move elements of 1, 2, 4 or 8 bytes: Transpose, Slice, Expand, Concat, Split, Pad with a
// constant. All but Pad are copies between two strided views of one shape; neighbouring axes that move
// together are merged first.
#include <array>
#include <cstring>
#include <optional>

#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

constexpr size_t kRank = 8;
constexpr int64_t kGrain = 16384;

// y[yStart + sum i*yStrides] = x[xStart + sum i*xStrides], in elements.
struct StridedCopy {
    size_t rank = 0;
    std::array<int64_t, kRank> sizes{}, xStrides{}, yStrides{};
    int64_t xStart = 0, yStart = 0;
    size_t input = 0, output = 0;  // of the node

    bool keepsOrder() const {
        return std::equal(xStrides.begin(), xStrides.begin() + rank, yStrides.begin());
    }

    void add(int64_t size, int64_t xStride, int64_t yStride) {
        if (size == 1) return;
        if (rank > 0 && xStrides[rank - 1] == xStride * size && yStrides[rank - 1] == yStride * size) {
            sizes[rank - 1] *= size;
            xStrides[rank - 1] = xStride;
            yStrides[rank - 1] = yStride;
            return;
        }
        sizes[rank] = size;
        xStrides[rank] = xStride;
        yStrides[rank++] = yStride;
    }
};

template <typename T>
void copyRows(const StridedCopy& c, const std::byte* xBytes, std::byte* yBytes, int64_t begin, int64_t end) {
    const auto* x = reinterpret_cast<const T*>(xBytes) + c.xStart;
    auto* y = reinterpret_cast<T*>(yBytes) + c.yStart;
    if (c.rank == 0) {
        *y = *x;
        return;
    }
    const size_t last = c.rank - 1;
    const int64_t count = c.sizes[last], from = c.xStrides[last], to = c.yStrides[last];
    for (int64_t row = begin; row < end; ++row) {
        int64_t rest = row, xAt = 0, yAt = 0;
        for (size_t axis = last; axis-- > 0;) {
            const int64_t at = rest % c.sizes[axis];
            rest /= c.sizes[axis];
            xAt += at * c.xStrides[axis];
            yAt += at * c.yStrides[axis];
        }
        if (from == 1 && to == 1)
            std::memcpy(y + yAt, x + xAt, static_cast<size_t>(count) * sizeof(T));
        else
            for (int64_t i = 0; i < count; ++i) y[yAt + i * to] = x[xAt + i * from];
    }
}

using RowCopy = void (*)(const StridedCopy&, const std::byte*, std::byte*, int64_t, int64_t);

RowCopy rowCopyFor(int bytes) {
    switch (bytes) {
        case 1:
            return copyRows<uint8_t>;
        case 2:
            return copyRows<uint16_t>;
        case 4:
            return copyRows<uint32_t>;
        default:
            return copyRows<uint64_t>;
    }
}

class Copies final : public Prepared {
  public:
    Copies(std::vector<StridedCopy> copies, int elementBytes)
        : m_copies(std::move(copies)), m_copy(rowCopyFor(elementBytes)), m_bytes(elementBytes) {}

    // Written to the whole output first; for Pad.
    void fillWith(uint64_t bits, int64_t count) {
        m_fill = bits;
        m_fillCount = count;
    }

    void run(const RunArguments& arguments) const override {
        if (m_fillCount) fill(arguments);
        for (const auto& copy : m_copies) {
            int64_t rows = 1;
            for (size_t i = 0; i + 1 < copy.rank; ++i) rows *= copy.sizes[i];
            const int64_t length = copy.rank ? copy.sizes[copy.rank - 1] : 1;
            std::byte* y = arguments.outputs[copy.output];
            if (!y || isThere(copy, arguments.inputs[copy.input], y)) continue;
            arguments.workers->forRange(rows, std::max<int64_t>(1, kGrain / length),
                                        [&](int64_t begin, int64_t end) {
                                            m_copy(copy, arguments.inputs[copy.input], y, begin, end);
                                        });
        }
    }

  private:
    // The planner may let a part lie in its place of the whole.
    bool isThere(const StridedCopy& copy, const std::byte* x, const std::byte* y) const {
        return x + copy.xStart * m_bytes == y + copy.yStart * m_bytes && copy.keepsOrder();
    }

    void fill(const RunArguments& arguments) const {
        const auto size = static_cast<size_t>(m_bytes);
        arguments.workers->forRange(m_fillCount, kGrain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                std::memcpy(arguments.outputs[0] + static_cast<size_t>(i) * size, &m_fill, size);
        });
    }

    std::vector<StridedCopy> m_copies;
    RowCopy m_copy;
    int m_bytes;
    uint64_t m_fill = 0;
    int64_t m_fillCount = 0;
};

std::optional<std::vector<int64_t>> integersOf(const Site& site, size_t input) {
    const auto* constant = constantOf(site, input);
    if (!constant) return {};
    return tensor::toIntegers(*constant);
}

StridedCopy transposeCopy(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    const auto strides = tensor::strides(shape);
    auto permutation = site.attributes->integers("perm");
    if (permutation.empty())
        for (size_t i = shape.size(); i-- > 0;) permutation.push_back(static_cast<int64_t>(i));
    const auto outStrides = tensor::strides(outputShape(site));
    StridedCopy copy;
    for (size_t i = 0; i < shape.size(); ++i) {
        const auto from = static_cast<size_t>(permutation[i]);
        copy.add(shape[from], strides[from], outStrides[i]);
    }
    return copy;
}

std::optional<StridedCopy> expandCopy(const Site& site) {
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    if (in.size() > out.size()) return {};
    const auto xStrides = tensor::strides(in), yStrides = tensor::strides(out);
    const size_t missing = out.size() - in.size();
    StridedCopy copy;
    for (size_t i = 0; i < out.size(); ++i) {
        const bool moves = i >= missing && in[i - missing] != 1;
        copy.add(out[i], moves ? xStrides[i - missing] : 0, yStrides[i]);
    }
    return copy;
}

// starts, ends, axes, steps as inputs 1 to 4, all constant.
std::optional<StridedCopy> sliceCopy(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    const auto rank = static_cast<int64_t>(shape.size());
    const auto starts = integersOf(site, 1);
    if (!starts || !constantOf(site, 2)) return {};
    std::vector<int64_t> axes, steps(starts->size(), 1);
    for (size_t i = 0; i < starts->size(); ++i) axes.push_back(static_cast<int64_t>(i));
    if (site.has(3)) {
        const auto given = integersOf(site, 3);
        if (!given) return {};
        axes = *given;
    }
    if (site.has(4)) {
        const auto given = integersOf(site, 4);
        if (!given) return {};
        steps = *given;
    }
    if (axes.size() != starts->size() || steps.size() != starts->size()) return {};
    const auto strides = tensor::strides(shape);
    std::vector<int64_t> first(shape.size(), 0), step(shape.size(), 1);
    for (size_t i = 0; i < axes.size(); ++i) {
        const auto axis = tensor::normalizedAxis(axes[i], rank);
        if (!axis || steps[i] == 0) return {};
        const auto at = static_cast<size_t>(*axis);
        const int64_t size = shape[at];
        int64_t start = (*starts)[i];
        if (start < 0) start += size;
        first[at] = std::clamp<int64_t>(start, 0, steps[i] > 0 ? size : size - 1);
        step[at] = steps[i];
    }
    const auto &out = outputShape(site), outStrides = tensor::strides(out);
    StridedCopy copy;
    for (size_t i = 0; i < shape.size(); ++i) {
        copy.xStart += first[i] * strides[i];
        copy.add(out[i], step[i] * strides[i], outStrides[i]);
    }
    return copy;
}

// Concat and Split: blocks of one tensor along an axis.
std::optional<std::vector<StridedCopy>> blockCopies(const Site& site) {
    const bool concat = site.op == "Concat";
    const auto& whole = concat ? outputShape(site) : shapeOf(site, 0);
    const auto axis =
        tensor::normalizedAxis(site.attributes->integer("axis", 0), static_cast<int64_t>(whole.size()));
    if (!axis) return {};
    const auto at = static_cast<size_t>(*axis);
    const int64_t outer = countOf(whole, 0, at), inner = countOf(whole, at + 1, whole.size());
    const int64_t row = whole[at] * inner;
    std::vector<StridedCopy> copies;
    int64_t start = 0;
    for (size_t i = 0; i < (concat ? site.inputs.size() : site.outputs.size()); ++i) {
        const auto& part = concat ? site.inputs[i] : site.outputs[i];
        if (part.type == tensor::DataType::undefined || part.type != site.outputs[0].type ||
            part.shape.size() != whole.size())
            return {};
        const int64_t block = part.shape[at] * inner;
        StridedCopy copy;
        (concat ? copy.input : copy.output) = i;
        (concat ? copy.yStart : copy.xStart) = start;
        copy.add(outer, concat ? block : row, concat ? row : block);
        copy.add(block, 1, 1);
        copies.push_back(copy);
        start += block;
    }
    return start == row ? std::optional(copies) : std::nullopt;
}

struct PadPlan {
    StridedCopy copy;
    uint64_t fill = 0;
};

std::optional<PadPlan> padPlan(const Site& site) {
    if (site.attributes->text("mode", "constant") != "constant" || site.has(3)) return {};
    const auto pads = integersOf(site, 1);
    const auto& shape = shapeOf(site, 0);
    if (!pads || pads->size() != 2 * shape.size()) return {};
    for (const auto pad : *pads)
        if (pad < 0) return {};
    PadPlan plan;
    if (site.has(2)) {
        const auto* value = constantOf(site, 2);
        if (!value || value->elementCount() != 1) return {};
        std::memcpy(&plan.fill, value->bytes().data(), value->bytes().size());
    }
    const auto strides = tensor::strides(shape), outStrides = tensor::strides(outputShape(site));
    for (size_t i = 0; i < shape.size(); ++i) {
        plan.copy.yStart += (*pads)[i] * outStrides[i];
        plan.copy.add(shape[i], strides[i], outStrides[i]);
    }
    return plan;
}

std::optional<std::vector<StridedCopy>> copiesOf(const Site& site) {
    const auto one = [](std::optional<StridedCopy> copy) {
        return copy ? std::optional(std::vector<StridedCopy>{*copy}) : std::nullopt;
    };
    if (site.op == "Transpose") return one(transposeCopy(site));
    if (site.op == "Expand") return one(expandCopy(site));
    if (site.op == "Slice") return one(sliceCopy(site));
    if (site.op == "Pad") {
        const auto plan = padPlan(site);
        return plan ? one(plan->copy) : std::nullopt;
    }
    return blockCopies(site);
}

bool accepts(const Site& site) {
    if (!site.has(0) || site.outputs.empty() || site.outputs[0].type != site.inputs[0].type) return false;
    const int bits = tensor::bitWidth(site.inputs[0].type);
    if (bits != 8 && bits != 16 && bits != 32 && bits != 64) return false;
    if (shapeOf(site, 0).size() > kRank || outputShape(site).size() > kRank) return false;
    return copiesOf(site).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    auto result = std::make_unique<Copies>(*copiesOf(site), tensor::bitWidth(site.inputs[0].type) / 8);
    if (site.op == "Pad") result->fillWith(padPlan(site)->fill, tensor::elementCount(outputShape(site)));
    return std::unique_ptr<Prepared>(std::move(result));
}

}  // namespace

std::vector<Kernel> copyKernels() {
    std::vector<Kernel> kernels;
    for (const auto& [op, name] : {std::pair<std::string_view, std::string_view>{"Concat", "copy_concat"},
                                   {"Expand", "copy_expand"},
                                   {"Pad", "copy_pad"},
                                   {"Slice", "copy_slice"},
                                   {"Split", "copy_split"},
                                   {"Transpose", "copy_transpose"}})
        kernels.push_back({.name = name,
                           .domain = {},
                           .op = op,
                           .summary = "elements of whole bytes, places known before the run",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = nullptr});
    return kernels;
}

}  // namespace lathe::kernels
