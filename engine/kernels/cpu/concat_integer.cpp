// Concat of 8-bit codes. As dequantize, Concat, quantize make it (`lathe` QLinearConcat), parts with another
// scale than the result are quantized anew on the way. On blocked channels whole blocks are written; a part
// that does not start at the start of a block is shifted place by place.
#include <array>
#include <cstring>

#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kGrain = 16384;
constexpr int64_t kStrip = 1024;  // bytes quantized anew at a time before they are shifted

struct Part {
    size_t input = 0;
    int64_t start = 0, count = 0;  // along the axis
    bool anew = false;
    ByteAddition addition;  // of nothing: what it does to the codes is to quantize them anew
};

void copyCodes(const Part& part, const uint8_t* from, uint8_t* to, int64_t count) {
    if (!part.anew) {
        if (from == to) return;  // the planner lets the part lie in its place of the whole
        std::memcpy(to, from, static_cast<size_t>(count));
        return;
    }
    ByteAddition addition = part.addition;
    addition.codes = addition.finish.residual = from;
    addition.output = to;
    addition.count = count;
    micro().addBytes(addition);
}

class ConcatInteger final : public Prepared {
  public:
    ConcatInteger(std::vector<Part> parts, const Site& site, size_t axis)
        : m_parts(std::move(parts)), m_blocked(site.outputs[0].layout == Layout::blocked) {
        const auto& shape = outputShape(site);
        m_outer = countOf(shape, 0, axis);
        m_inner = countOf(shape, axis + 1, shape.size());
        m_length = shape[axis];
    }

    void run(const RunArguments& arguments) const override {
        for (const auto& part : m_parts) {
            const auto* in = reinterpret_cast<const uint8_t*>(arguments.inputs[part.input]);
            auto* out = reinterpret_cast<uint8_t*>(arguments.outputs[0]);
            if (m_blocked)
                copyBlocks(part, in, out, *arguments.workers);
            else
                copyRows(part, in, out, *arguments.workers);
        }
    }

  private:
    void copyRows(const Part& part, const uint8_t* in, uint8_t* out, const base::Workers& workers) const {
        const int64_t size = part.count * m_inner;
        workers.forRange(m_outer, std::max<int64_t>(1, kGrain / size), [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                copyCodes(part, in + i * size, out + (i * m_length + part.start) * m_inner, size);
        });
    }

    void copyBlocks(const Part& part, const uint8_t* in, uint8_t* out, const base::Workers& workers) const {
        const int64_t block = channelBlock(), blocks = blocksOf(part.count);
        const int64_t outImage = blocksOf(m_length) * m_inner * block;
        // Shifted neighbours share a block of the result: one after the other.
        const int64_t together = part.start % block == 0 ? 1 : blocks;
        workers.forRange(m_outer * blocks / together, 1, [&](int64_t begin, int64_t end) {
            for (int64_t at = begin * together; at < end * together; ++at) {
                const int64_t n = at / blocks, b = at % blocks;
                copyBlock(part, in + at * m_inner * block, out + n * outImage, part.start + b * block,
                          std::min(block, part.count - b * block));
            }
        });
    }

    // `count` channels of one block to channel `start` of an image.
    void copyBlock(const Part& part, const uint8_t* from, uint8_t* image, int64_t start,
                   int64_t count) const {
        const int64_t block = channelBlock(), shift = start % block;
        uint8_t* to = image + start / block * m_inner * block;
        if (shift == 0) {  // what follows the last channel is overwritten by the next part
            copyCodes(part, from, to, m_inner * block);
            return;
        }
        const int64_t first = std::min(count, block - shift);
        uint8_t* next = to + m_inner * block;
        std::array<uint8_t, kStrip> strip;
        for (int64_t done = 0; done < m_inner; done += kStrip / block) {
            const int64_t places = std::min(kStrip / block, m_inner - done);
            copyCodes(part, from + done * block, strip.data(), places * block);
            for (int64_t p = 0; p < places; ++p) {
                const uint8_t* place = strip.data() + p * block;
                const int64_t at = (done + p) * block;
                for (int64_t c = 0; c < first; ++c) to[at + shift + c] = place[c];
                for (int64_t c = first; c < count; ++c) next[at + c - first] = place[c];
            }
        }
    }

    std::vector<Part> m_parts;
    bool m_blocked;
    int64_t m_outer = 0, m_inner = 0, m_length = 0;
};

std::optional<size_t> axisOf(const Site& site) {
    const auto rank = static_cast<int64_t>(outputShape(site).size());
    const auto axis = tensor::normalizedAxis(site.attributes->integer("axis", 0), rank);
    if (!axis || (site.outputs[0].layout == Layout::blocked && *axis != 1)) return {};
    return static_cast<size_t>(*axis);
}

// Positions and, with `yScale`, scales of the parts: input 0 and 1 are the scale and zero point of the result
// then, and each part has its own behind it.
std::optional<std::vector<Part>> partsOf(const Site& site, size_t axis) {
    const bool scaled = site.op == "QLinearConcat";
    const auto& out = site.outputs[0];
    const auto flip = [](const Operand& operand) {
        return operand.type == tensor::DataType::int8 ? 0x80 : 0;
    };
    std::vector<Part> parts;
    int64_t start = 0;
    for (size_t i = scaled ? 2 : 0; i < site.inputs.size(); i += scaled ? 3 : 1) {
        const auto& in = site.inputs[i];
        if (!isByte(in.type) || in.layout != out.layout || in.constant || in.shape.size() != out.shape.size())
            return {};
        for (size_t d = 0; d < in.shape.size(); ++d)
            if (d != axis && in.shape[d] != out.shape[d]) return {};
        Part part;
        part.input = i;
        part.start = start;
        part.count = in.shape[axis];
        start += part.count;
        if (scaled) {
            const auto yScale = scaleOf(site, 0), scale = scaleOf(site, i + 1);
            const auto yZero = zeroOf(site, 1), zero = zeroOf(site, i + 2);
            if (!yScale || !scale || !yZero || !zero || !divides(*yScale)) return {};
            part.anew = in.type != out.type || *scale != *yScale || *zero != *yZero;
            part.addition.flip = flip(in);
            auto& finish = part.addition.finish;
            finish.zero = *zero + part.addition.flip;
            finish.ownScale = *scale;
            finish.sumScale = *yScale;
            finish.sumZero = *yZero;
            finish.sumLow = flip(out) ? -128 : 0;
            finish.sumHigh = flip(out) ? 127 : 255;
        } else if (in.type != out.type) {
            return {};
        }
        parts.push_back(part);
    }
    return start == out.shape[axis] ? std::optional(parts) : std::nullopt;
}

bool accepts(const Site& site) {
    if (site.outputs.empty() || !isByte(site.outputs[0].type)) return false;
    const auto axis = axisOf(site);
    return axis && partsOf(site, *axis);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto axis = *axisOf(site);
    return std::unique_ptr<Prepared>(std::make_unique<ConcatInteger>(*partsOf(site, axis), site, axis));
}

Kernel kernelOf(std::string_view domain, std::string_view op, bool blocked) {
    return {.name = "concat_integer",
            .domain = domain,
            .op = op,
            .summary = "8-bit codes, along the channels when blocked",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr,
            .blocked = blocked};
}

}  // namespace

std::vector<Kernel> concatIntegerKernels() {
    return {kernelOf("", "Concat", true), kernelOf("lathe", "QLinearConcat", false),
            kernelOf("lathe", "QLinearConcat", true)};
}

}  // namespace lathe::kernels
