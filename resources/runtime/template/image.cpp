#include "image.h"

#include <algorithm>
#include <cmath>
#include <memory>

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_ONLY_BMP
#define STBI_ONLY_PNM
#define STBI_MAX_DIMENSIONS 32768
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include "third_party/stb_image.h"

namespace {

// The source pixels that one target pixel is made of, and how much of each.
struct Taps {
    int64_t first = 0;
    std::vector<float> weights;
};

std::vector<Taps> tapsFor(int64_t from, int64_t to, bool antialias) {
    std::vector<Taps> result(static_cast<size_t>(to));
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    const double reach = antialias ? std::max(scale, 1.0) : 1.0;
    for (int64_t i = 0; i < to; ++i) {
        const double unclamped = (static_cast<double>(i) + 0.5) * scale - 0.5;
        const double centre = std::clamp(unclamped, 0.0, static_cast<double>(from - 1));
        const double middle = reach > 1 ? unclamped : centre;
        const auto low = std::max<int64_t>(0, static_cast<int64_t>(std::floor(middle - reach)) + 1);
        const auto high = std::min<int64_t>(from - 1, static_cast<int64_t>(std::ceil(middle + reach)) - 1);
        auto& taps = result[static_cast<size_t>(i)];
        taps.first = low;
        std::vector<double> weights;
        double sum = 0;
        for (int64_t j = low; j <= high; ++j) {
            weights.push_back(1 - std::abs(static_cast<double>(j) - middle) / reach);
            sum += weights.back();
        }
        for (const double weight : weights) taps.weights.push_back(static_cast<float>(weight / sum));
    }
    return result;
}

}  // namespace

std::optional<Image> Image::read(const std::string& path) {
    int width = 0, height = 0, channels = 0;
    const std::unique_ptr<stbi_uc, void (*)(void*)> bytes(stbi_load(path.c_str(), &width, &height, &channels, 0),
                                                          stbi_image_free);
    if (!bytes) return {};
    Image image;
    image.m_height = height;
    image.m_width = width;
    const bool colour = channels >= 3, transparent = channels == 2 || channels == 4;
    const auto count = static_cast<size_t>(height) * static_cast<size_t>(width);
    for (size_t i = 0; i < count; ++i) {
        const auto* pixel = bytes.get() + i * static_cast<size_t>(channels);
        const int alpha = transparent ? pixel[channels - 1] : 255;
        for (int c = 0; c < 3; ++c) {
            const int value = pixel[colour ? c : 0];
            image.m_numbers.push_back(static_cast<float>((value * alpha + 127) / 255));
        }
    }
    return image;
}

float& Image::at(std::vector<float>& numbers, int64_t c, int64_t y, int64_t x, int64_t height, int64_t width) const {
    const auto index = m_channelsFirst ? (c * height + y) * width + x : (y * width + x) * m_channels + c;
    return numbers[static_cast<size_t>(index)];
}

void Image::channels(std::string_view to) {
    if (to == "rgb" ? m_channels == 3 : m_channels == 1) return;
    auto from = *this;
    if (to == "rgb") m_channels = 3;
    else if (to != "swap") m_channels = 1;
    m_numbers.assign(static_cast<size_t>(m_channels * m_height * m_width), 0);
    const double red = to == "gray_from_bgr" ? 0.114 : 0.299, weights[] = {red, 0.587, 0.299 + 0.114 - red};
    for (int64_t y = 0; y < m_height; ++y)
        for (int64_t x = 0; x < m_width; ++x)
            for (int64_t c = 0; c < m_channels; ++c) {
                auto& number = at(m_numbers, c, y, x, m_height, m_width);
                if (to == "rgb" || to == "swap") {
                    number = from.at(from.m_numbers, to == "rgb" ? 0 : 2 - c, y, x, m_height, m_width);
                    continue;
                }
                double sum = m_whole ? 0.5 : 0.0;
                for (int64_t k = 0; k < 3; ++k)
                    sum += weights[k] * static_cast<double>(from.at(from.m_numbers, k, y, x, m_height, m_width));
                number = static_cast<float>(m_whole ? std::floor(sum) : sum);
            }
}

void Image::resizeAxis(bool rows, int64_t to, bool antialias) {
    const auto taps = tapsFor(rows ? m_height : m_width, to, antialias);
    const int64_t height = rows ? to : m_height, width = rows ? m_width : to;
    std::vector<float> out(static_cast<size_t>(m_channels * height * width), 0);
    for (int64_t c = 0; c < m_channels; ++c)
        for (int64_t y = 0; y < height; ++y)
            for (int64_t x = 0; x < width; ++x) {
                const auto& tap = taps[static_cast<size_t>(rows ? y : x)];
                float& sum = at(out, c, y, x, height, width);
                for (size_t t = 0; t < tap.weights.size(); ++t) {
                    const auto from = tap.first + static_cast<int64_t>(t);
                    sum += tap.weights[t] * at(m_numbers, c, rows ? from : y, rows ? x : from, m_height, m_width);
                }
            }
    m_numbers = std::move(out);
    m_height = height;
    m_width = width;
}

void Image::resize(int64_t height, int64_t width, bool antialias) {
    resizeAxis(true, height, antialias);
    resizeAxis(false, width, antialias);
    if (!m_whole) return;
    for (auto& number : m_numbers) number = std::floor(std::clamp(number + 0.5f, 0.0f, 255.0f));
}

void Image::resizeShorter(int64_t side, bool antialias) {
    const auto shorter = std::min(m_height, m_width);
    const auto scaled = [&](int64_t length) {
        if (length == shorter) return side;
        return static_cast<int64_t>(static_cast<double>(length) * static_cast<double>(side) /
                                    static_cast<double>(shorter));
    };
    resize(scaled(m_height), scaled(m_width), antialias);
}

void Image::crop(int64_t height, int64_t width) {
    if (height > m_height || width > m_width) return;
    const auto top = (m_height - height) / 2, left = (m_width - width) / 2;
    std::vector<float> out(static_cast<size_t>(m_channels * height * width));
    for (int64_t c = 0; c < m_channels; ++c)
        for (int64_t y = 0; y < height; ++y)
            for (int64_t x = 0; x < width; ++x)
                at(out, c, y, x, height, width) = at(m_numbers, c, top + y, left + x, m_height, m_width);
    m_numbers = std::move(out);
    m_height = height;
    m_width = width;
}

void Image::scale(double by) {
    m_whole = false;
    for (auto& number : m_numbers) number = static_cast<float>(static_cast<double>(number) * by);
}

void Image::offset(double by) {
    m_whole = false;
    for (auto& number : m_numbers) number = static_cast<float>(static_cast<double>(number) + by);
}

void Image::normalize(const std::vector<double>& mean, const std::vector<double>& deviation) {
    m_whole = false;
    for (int64_t c = 0; c < m_channels; ++c) {
        const double m = mean[static_cast<size_t>(c) % mean.size()];
        const double d = deviation[static_cast<size_t>(c) % deviation.size()];
        for (int64_t y = 0; y < m_height; ++y)
            for (int64_t x = 0; x < m_width; ++x) {
                auto& number = at(m_numbers, c, y, x, m_height, m_width);
                number = static_cast<float>((static_cast<double>(number) - m) / d);
            }
    }
}

void Image::layout(bool channelsFirst) {
    if (channelsFirst == m_channelsFirst) return;
    auto from = *this;
    m_channelsFirst = channelsFirst;
    for (int64_t c = 0; c < m_channels; ++c)
        for (int64_t y = 0; y < m_height; ++y)
            for (int64_t x = 0; x < m_width; ++x)
                at(m_numbers, c, y, x, m_height, m_width) = from.at(from.m_numbers, c, y, x, m_height, m_width);
}

void Image::toIntegers() {
    m_whole = true;
    for (auto& number : m_numbers) number = std::trunc(number);
}
