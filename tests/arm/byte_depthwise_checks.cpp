// Depthwise convolutions of bytes, one tap and four taps at a time.
#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

void checkRow(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int repeat = 0; repeat < 60; ++repeat) {
        kernels::ByteDepthwiseRow d;
        d.kernelRows = checks.whole(1, 5);
        d.kernelColumns = checks.whole(1, 5);
        d.dilation = checks.whole(1, 2);
        d.stride = checks.whole(1, 3);
        d.count = checks.whole(1, 17);
        d.inputStride = ((d.count - 1) * d.stride + d.kernelColumns * d.dilation + 3) * lanes;
        const auto input = checks.integers<uint8_t>(d.inputStride * d.kernelRows, 0, 255);
        const auto weights = checks.integers<int32_t>(d.kernelRows * d.kernelColumns * lanes, -128, 127);
        std::vector<int32_t> biases;
        std::vector<float> scales;
        d.finish = randomFinish(checks, checks.micro.columns, biases, scales);
        d.input = input.data();
        d.weights = weights.data();
        std::vector<uint8_t> out(static_cast<size_t>(d.count * lanes + 9), 77);
        auto wanted = out;
        for (int64_t x = 0; x < d.count; ++x)
            for (int64_t c = 0; c < lanes; ++c) {
                int32_t sum = biases[static_cast<size_t>(c)];
                for (int64_t i = 0; i < d.kernelRows; ++i)
                    for (int64_t j = 0; j < d.kernelColumns; ++j)
                        sum += d.input[i * d.inputStride + (x * d.stride + j * d.dilation) * lanes + c] *
                               d.weights[(i * d.kernelColumns + j) * lanes + c];
                wanted[static_cast<size_t>(x * lanes + c)] = finished(d.finish, sum, c, 0);
            }
        d.output = out.data();
        checks.micro.byteDepthwiseRow(d);
        checks.same(out, wanted);
    }
    checks.done("byteDepthwiseRow");
}

void checkWords(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int repeat = 0; repeat < 30; ++repeat) {
        kernels::ByteWords b;
        b.count = checks.whole(1, 17);
        b.step = checks.whole(1, 3);
        const auto places = checks.integers<uint8_t>(((b.count - 1) * b.step + 4) * lanes, 0, 255);
        b.places = places.data();
        std::vector<int32_t> words(static_cast<size_t>(b.count * lanes + 9), 77);
        auto wanted = words;
        for (int64_t i = 0; i < b.count; ++i)
            for (int64_t c = 0; c < lanes; ++c) {
                uint32_t word = 0;
                for (int64_t k = 0; k < 4; ++k)
                    word |= static_cast<uint32_t>(b.places[(i * b.step + k) * lanes + c]) << (8 * k);
                wanted[static_cast<size_t>(i * lanes + c)] = static_cast<int32_t>(word);
            }
        b.words = words.data();
        checks.micro.byteWords(b);
        for (size_t i = 0; i < words.size(); ++i) checks.same(words[i], wanted[i]);
    }
    checks.done("byteWords");
}

void checkDepthwiseWords(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int repeat = 0; repeat < 120; ++repeat) {
        kernels::ByteDepthwiseWords d;
        d.rowCount = repeat % 2 == 0 ? 3 : checks.whole(1, 5);
        d.wordCount = repeat % 2 == 0 ? 1 : checks.whole(1, 3);
        d.wordStep = checks.whole(1, 4);
        d.count = checks.whole(1, 17);
        const int64_t length = (d.count + d.wordCount * d.wordStep) * lanes * 4;
        std::vector<std::vector<uint8_t>> bytes;
        std::vector<std::vector<int32_t>> words;
        std::vector<const int32_t*> rows;
        for (int64_t r = 0; r < d.rowCount; ++r) {
            bytes.push_back(checks.integers<uint8_t>(length, 0, 255));
            auto& row = words.emplace_back();
            for (size_t i = 0; i < bytes.back().size(); i += 4) {
                uint32_t word = 0;
                for (size_t k = 0; k < 4; ++k) word |= static_cast<uint32_t>(bytes.back()[i + k]) << (8 * k);
                row.push_back(static_cast<int32_t>(word));
            }
        }
        for (const auto& row : words) rows.push_back(row.data());
        d.rows = rows.data();
        const auto weights = checks.integers<int8_t>(d.rowCount * d.wordCount * lanes * 4, -128, 127);
        d.weights = weights.data();
        std::vector<int32_t> biases;
        std::vector<float> scales;
        d.finish = randomFinish(checks, checks.micro.columns, biases, scales);
        std::vector<uint8_t> out(static_cast<size_t>(d.count * lanes + 9), 77);
        auto wanted = out;
        for (int64_t x = 0; x < d.count; ++x)
            for (int64_t c = 0; c < lanes; ++c) {
                int32_t sum = biases[static_cast<size_t>(c)];
                for (int64_t r = 0; r < d.rowCount; ++r)
                    for (int64_t k = 0; k < d.wordCount; ++k)
                        for (int64_t i = 0; i < 4; ++i)
                            sum += bytes[static_cast<size_t>(r)]
                                        [static_cast<size_t>(((x + k * d.wordStep) * lanes + c) * 4 + i)] *
                                   weights[static_cast<size_t>(((r * d.wordCount + k) * lanes + c) * 4 + i)];
                wanted[static_cast<size_t>(x * lanes + c)] = finished(d.finish, sum, c, 0);
            }
        d.output = out.data();
        checks.micro.byteDepthwiseWords(d);
        checks.same(out, wanted);
    }
    checks.done("byteDepthwiseWords");
}

}  // namespace

void checkByteDepthwise(Checks& checks) {
    checkRow(checks);
    checkWords(checks);
    checkDepthwiseWords(checks);
}

}  // namespace lathe::armtest
