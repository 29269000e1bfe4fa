#include "engine/ops/support_group_query.h"

#include <algorithm>

#include "engine/ops/support_index.h"
#include "engine/ops/support_quantize.h"
#include "engine/tensor/packed.h"

namespace lathe::ops::group_query {
namespace {

// How the numbers of a cache are stored.
struct Form {
    tensor::DataType type = tensor::DataType::float32;
    bool halves = false;  // two codes a byte
    tensor::Shape scaleShape;
    Reals scales = {1};
    int64_t stored(int64_t size) const { return halves ? size / 2 : size; }
};

base::Result<Form> readForm(const EvalContext& context, size_t past, size_t scale,
                            std::string_view quantization) {
    Form form;
    form.type = context.in(kQuery).type();
    if (context.has(past)) form.type = context.in(past).type();
    const bool quantized = context.attributes().text(quantization, "NONE") != "NONE";
    const bool real = tensor::isFloat(form.type) && form.type != tensor::DataType::float8e4m3fn;
    if (quantized == real)
        return context.error("{} is {}, but the cache is {}", quantization,
                             context.attributes().text(quantization, "NONE"), name(form.type));
    if (!quantized) return form;
    const int64_t bits = context.attributes().integer("kv_cache_bit_width", 8);
    form.halves = form.type == tensor::DataType::uint8;
    if (bits != 0 && bits != (form.halves ? 4 : 8))
        return context.error("kv_cache_bit_width is {}, but the cache is {}", bits, name(form.type));
    if (!context.has(scale)) return context.error("a quantized cache needs a scale in input {}", scale);
    form.scaleShape = context.in(scale).shape();
    form.scales = reals(context.in(scale));
    return form;
}

// For each number of the heads its scale.
base::Result<std::vector<int64_t>> scaleOf(const EvalContext& context, const Form& form, const Heads& x) {
    if (!broadcastsTo(form.scaleShape, x.shape()))
        return context.error("the scale {} does not broadcast to the cache {}",
                             tensor::toString(form.scaleShape), tensor::toString(x.shape()));
    return broadcastIndices(form.scaleShape, x.shape());
}

// A code of 4 bits plus 8, in the lower or the upper half.
std::byte halfByte(double value, size_t half) {
    const auto code = static_cast<unsigned>(roundToCode(value, 8, {0, 15}));
    return static_cast<std::byte>(code << (4 * half));
}

base::Result<tensor::Tensor> encode(const EvalContext& context, const Form& form, const Heads& x) {
    const auto from = scaleOf(context, form, x);
    if (!from) return from.error();
    auto result = context.allocate(form.type, tensor::Shape{x.batch, x.heads, x.steps, form.stored(x.size)});
    if (!result) return result;
    const auto bytes = result->mutableBytes();
    const bool float8 = form.type == tensor::DataType::float8e4m3fn;
    Reals codes(x.values.size());
    for (size_t i = 0; i < codes.size(); ++i) {
        const double value = x.values[i] / form.scales[static_cast<size_t>((*from)[i])];
        if (float8)
            bytes[i] =
                static_cast<std::byte>(tensor::codeFromFloat(form.type, static_cast<float>(value), true));
        else if (form.halves)
            bytes[i / 2] |= halfByte(value, i % 2);
        else if (form.type == tensor::DataType::int8)
            codes[i] = static_cast<double>(roundToCode(value, 0, codeRange(form.type)));
        else
            codes[i] = value;
    }
    if (!float8 && !form.halves) store(codes, *result);
    return result;
}

base::Result<Heads> decode(const EvalContext& context, const Form& form, const tensor::Tensor& cache) {
    const auto& shape = cache.shape();
    Heads x{shape[0], shape[1], shape[2], form.halves ? 2 * shape[3] : shape[3], {}};
    const auto from = scaleOf(context, form, x);
    if (!from) return from.error();
    if (form.halves) {
        for (const auto byte : cache.values<uint8_t>())
            for (const int shift : {0, 4}) x.values.push_back(((byte >> shift) & 15) - 8);
    } else {
        x.values = reals(cache);
    }
    for (size_t i = 0; i < x.values.size(); ++i) x.values[i] *= form.scales[static_cast<size_t>((*from)[i])];
    return x;
}

// Rows as `source(n, row)` names them: a pointer to `size` numbers, or null for zeros.
template <typename Source>
Heads gathered(const Heads& like, int64_t steps, Source source) {
    Heads result{like.batch, like.heads, steps, like.size, {}};
    result.values.assign(static_cast<size_t>(like.batch * like.heads * steps * like.size), 0);
    for (int64_t n = 0; n < like.batch; ++n)
        for (int64_t h = 0; h < like.heads; ++h)
            for (int64_t row = 0; row < steps; ++row)
                if (const double* from = source(n, h, row))
                    std::copy_n(from, like.size, result.row(n, h, row));
    return result;
}

}  // namespace

base::Result<Operands> readOperands(const EvalContext& context) {
    const auto& attributes = context.attributes();
    const int64_t heads = attributes.integer("num_heads", 0),
                  keyHeads = attributes.integer("kv_num_heads", 0);
    if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0)
        return context.error("{} heads cannot share {} key heads", heads, keyHeads);
    const auto read = [&](size_t i, int64_t parts, int64_t firstHead, int64_t count) -> base::Result<Heads> {
        const auto& x = context.in(i);
        if (x.rank() != 3 || x.shape()[2] % parts != 0)
            return context.error("input {} {} does not divide into {} heads", i, tensor::toString(x.shape()),
                                 parts);
        const int64_t size = x.shape()[2] / parts;
        return splitHeads(reals(x), Heads{x.shape()[0], count, x.shape()[1], size, {}},
                          {x.shape()[2], firstHead * size, size});
    };
    const bool packed = !context.has(kKey) || !context.has(kValue);
    const int64_t parts = packed ? heads + 2 * keyHeads : heads;
    auto q = read(kQuery, parts, 0, heads);
    auto k = packed ? read(kQuery, parts, heads, keyHeads) : read(kKey, keyHeads, 0, keyHeads);
    auto v = packed ? read(kQuery, parts, heads + keyHeads, keyHeads) : read(kValue, keyHeads, 0, keyHeads);
    for (const auto* operand : {&q, &k, &v})
        if (!*operand) return operand->error();
    if (k->batch != q->batch || v->batch != q->batch || k->steps != v->steps || k->size != q->size ||
        (k->steps != 0 && k->steps != q->steps))
        return context.error("query {}, key {} and value {} do not fit", tensor::toString(q->shape()),
                             tensor::toString(k->shape()), tensor::toString(v->shape()));
    return Operands{std::move(*q), std::move(*k), std::move(*v)};
}

int64_t Sequences::resident(int64_t tokens) const {
    if (tokens <= capacity) return tokens;
    const int64_t slack = capacity - window + 1;
    return tokens - slack * ((tokens - capacity + slack - 1) / slack);
}

base::Result<Sequences> readSequences(const EvalContext& context, int64_t batch, int64_t steps,
                                      int64_t newSteps) {
    const auto& attributes = context.attributes();
    const auto longest = oneInteger(context, kTotal, "total_sequence_length");
    if (!longest) return longest.error();
    Sequences result;
    result.longest = *longest;
    result.window = attributes.integer("local_window_size", -1);
    const auto lengths = tensor::toIntegers(context.in(kLengths));
    if (static_cast<int64_t>(lengths.size()) != batch)
        return context.error("seqlens_k has {} items, expected {}", lengths.size(), batch);
    if (attributes.integer("sliding_window_cache", 0) != 0) {
        if (!context.has(kPastKey) || context.in(kPastKey).rank() != 4)
            return context.error("sliding_window_cache needs past_key");
        result.capacity = context.in(kPastKey).shape()[2];
        if (result.window < 1 || result.capacity < result.window)
            return context.error("a cache of {} positions cannot hold a window of {}", result.capacity,
                                 result.window);
    }
    const bool prompt = steps == *longest;
    for (const auto length : lengths) {
        const int64_t total = length + 1;
        if (total < 0 || total > *longest || (!prompt && total < steps))
            return context.error("seqlens_k holds {}, which does not fit {} new steps of {} in all", length,
                                 steps, *longest);
        result.total.push_back(total);
        result.begin.push_back(prompt ? 0 : total - steps);
        const int64_t before = newSteps == 0 ? total : result.begin.back();
        result.kept.push_back(result.capacity >= 0 ? result.resident(before) : before);
        result.first.push_back(before - result.kept.back());
    }
    return result;
}

base::Result<Cache> continueCache(const EvalContext& context, size_t past, size_t scale,
                                  std::string_view quantization, const Sequences& sequences,
                                  const Heads& now) {
    const auto form = readForm(context, past, scale, quantization);
    if (!form) return form.error();
    Heads before{now.batch, now.heads, 0, now.size, {}};
    if (context.has(past)) {
        const auto& cache = context.in(past);
        const tensor::Shape wanted = {now.batch, now.heads, cache.rank() == 4 ? cache.shape()[2] : 0,
                                      form->stored(now.size)};
        if (!(cache.shape() == wanted) || (form->halves && now.size % 2 != 0))
            return context.error("the cache {} does not fit, expected {}", tensor::toString(cache.shape()),
                                 tensor::toString(wanted));
        auto decoded = decode(context, *form, cache);
        if (!decoded) return decoded.error();
        before = std::move(*decoded);
    }
    if (sequences.capacity < 0 && sequences.longest > before.steps + now.steps)
        return context.error("total_sequence_length is {}, but past and new steps are {} and {}",
                             sequences.longest, before.steps, now.steps);
    int64_t rows = 0;
    for (const auto kept : sequences.kept) {
        if (kept > before.steps)
            return context.error("{} past positions are in use, but the cache holds {}", kept, before.steps);
        rows = std::max(rows, kept + now.steps);
    }
    const tensor::Shape joinedShape = {now.batch, now.heads, rows, now.size};
    if (auto ok = checkSize(context, joinedShape); !ok) return ok.error();
    const Heads joined = gathered(now, rows, [&](int64_t n, int64_t h, int64_t row) -> const double* {
        const int64_t kept = sequences.kept[static_cast<size_t>(n)];
        if (row < kept) return before.row(n, h, row);
        return row - kept < now.steps ? now.row(n, h, row - kept) : nullptr;
    });
    // Queries see what the cache will say of the new positions.
    const auto stored = encode(context, *form, joined);
    if (!stored) return stored.error();
    auto seen = decode(context, *form, *stored);
    if (!seen) return seen.error();
    const bool sliding = sequences.capacity >= 0;
    const int64_t length = sliding ? sequences.capacity : std::max(before.steps, sequences.longest);
    const tensor::Shape shape = {now.batch, now.heads, length, now.size};
    if (auto ok = checkSize(context, shape); !ok) return ok.error();
    const Heads after = gathered(now, length, [&](int64_t n, int64_t h, int64_t row) -> const double* {
        const auto sample = static_cast<size_t>(n);
        const int64_t total = sequences.total[sample], held = sliding ? sequences.resident(total) : rows;
        const int64_t from = sliding ? total - held + row - sequences.first[sample] : row;
        return row < held && from < rows ? seen->row(n, h, from) : nullptr;
    });
    auto present = encode(context, *form, after);
    if (!present) return present.error();
    return Cache{std::move(*seen), std::move(*present)};
}

}  // namespace lathe::ops::group_query
