// A picture on its way into a model: decoded, then prepared step by step.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Numbers 0 to 255 when just read, in rows of pixels of RGB. They stay whole numbers until a step makes them real.
class Image {
  public:
    // PNG, JPEG, BMP, PPM or PGM; transparency is dropped over black. Nothing when the file is none of them.
    static std::optional<Image> read(const std::string& path);

    int64_t height() const { return m_height; }
    int64_t width() const { return m_width; }
    const std::vector<float>& numbers() const { return m_numbers; }

    // "swap" turns RGB into BGR, "gray" (of RGB) and "gray_from_bgr" leave one channel, "rgb" repeats a gray one.
    void channels(std::string_view to);
    // Bilinear, pixel centres at half coordinates; with antialias over all source pixels, as Pillow does it.
    void resize(int64_t height, int64_t width, bool antialias);
    void resizeShorter(int64_t side, bool antialias);
    // The middle. A picture that is too small stays as it is.
    void crop(int64_t height, int64_t width);
    void scale(double by);
    void offset(double by);
    // (x - mean) / deviation, one of each a channel or one for all.
    void normalize(const std::vector<double>& mean, const std::vector<double>& deviation);
    // Planes one after the other, or pixels.
    void layout(bool channelsFirst);
    void toFloats() { m_whole = false; }
    void toIntegers();

  private:
    float& at(std::vector<float>& numbers, int64_t channel, int64_t y, int64_t x, int64_t height, int64_t width) const;
    void resizeAxis(bool rows, int64_t to, bool antialias);

    int64_t m_height = 0, m_width = 0, m_channels = 3;
    bool m_channelsFirst = false, m_whole = true;
    std::vector<float> m_numbers;
};
