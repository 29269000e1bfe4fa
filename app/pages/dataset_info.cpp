#include "app/pages/dataset_info.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "engine/project/run_step.h"
#include "widgets/style/engine_text.h"

namespace lathe::app {
namespace {

constexpr int64_t kLargestSide = 4096;
constexpr int64_t kNumbersShown = 12;

bool isNumeric(tensor::DataType type) {
    using tensor::DataType;
    return type != DataType::undefined && type != DataType::string && type != DataType::complex64 &&
           type != DataType::complex128;
}

QString typeText(const tensor::Tensor& t, size_t firstAxis = 0) {
    const auto& shape = t.shape();
    const tensor::Shape rest(shape.begin() + static_cast<ptrdiff_t>(std::min(firstAxis, shape.size())),
                             shape.end());
    return QString::fromStdString(tensor::toString(t.type(), rest));
}

QString kindOf(const project::DatasetEntry& entry) {
    for (const auto& loader : data::loaders())
        if (entry.loader.empty() ? loader.probe && loader.probe(entry.path) : entry.loader == loader.name)
            return style::engineText(loader.title);
    return {};
}

QString firstNumbers(const tensor::Tensor& t) {
    if (!isNumeric(t.type())) return {};
    QStringList parts;
    for (int64_t i = 0; i < std::min(t.elementCount(), kNumbersShown); ++i)
        parts << QString::number(t.realAt(i), 'g', 4);
    if (t.elementCount() > kNumbersShown) parts << QStringLiteral("…");
    return parts.join(QStringLiteral(", "));
}

}  // namespace

QImage sampleImage(const tensor::Tensor& sample) {
    if (!isNumeric(sample.type()) || sample.rank() < 2 || sample.rank() > 3) return {};
    const auto isCount = [](int64_t n) { return n == 1 || n == 3 || n == 4; };
    const auto& s = sample.shape();
    int64_t height = s[0], width = s[1], channels = 1, channelStep = 0, pixelStep = 1;
    if (sample.rank() == 3 && isCount(s[2])) {
        channels = pixelStep = s[2];
        channelStep = 1;
    } else if (sample.rank() == 3 && isCount(s[0])) {
        channels = s[0];
        height = s[1];
        width = s[2];
        channelStep = height * width;
    } else if (sample.rank() == 3) {
        return {};
    }
    if (height < 2 || width < 2 || height > kLargestSide || width > kLargestSide) return {};
    double low = sample.realAt(0), high = low;
    for (int64_t i = 0; i < sample.elementCount(); ++i) {
        low = std::min(low, sample.realAt(i));
        high = std::max(high, sample.realAt(i));
    }
    // Bytes are shown as they are, unless they use a small part of their range only (0 to 16).
    if (sample.type() == tensor::DataType::uint8) {
        low = 0;
        if (high > 64) high = 255;
    }
    const double range = std::max(high - low, 1e-12);
    const auto byteAt = [&](int64_t index) {
        const double share = (sample.realAt(index) - low) / range;
        return std::isfinite(share) ? static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 255)) : 0;
    };
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32);
    for (int64_t y = 0; y < height; ++y)
        for (int64_t x = 0; x < width; ++x) {
            const int64_t at = (y * width + x) * pixelStep;
            const int r = byteAt(at), g = channels >= 3 ? byteAt(at + channelStep) : r,
                      b = channels >= 3 ? byteAt(at + 2 * channelStep) : r;
            image.setPixel(static_cast<int>(x), static_cast<int>(y), qRgb(r, g, b));
        }
    return image;
}

base::Result<DatasetInfo> readDatasetInfo(const project::DatasetEntry& entry, int64_t previews,
                                          const base::Progress& progress) {
    const auto dataset = project::openDataset(entry, progress);
    if (!dataset) return dataset.error();
    const auto& source = (*dataset)->source();
    DatasetInfo info;
    info.samples = (*dataset)->size();
    info.classes = static_cast<int64_t>(source.classNames().size());
    info.kind = kindOf(entry);
    info.about = QString::fromStdString(source.describe());
    if (info.samples == 0)
        return base::Error::badInput(entry.name + ": holds no samples. Check the part and the count.");
    const auto batch = (*dataset)->batch(0, 1);
    if (!batch) return batch.error();
    info.fed = typeText(batch->input, 1);
    for (int64_t i = 0; i < std::max<int64_t>(1, std::min(previews, info.samples)); ++i) {
        if (progress.cancelled()) return base::Error::cancelled();
        const auto sample = source.at(i);
        if (!sample) return sample.error();
        if (i == 0) info.stored = typeText(sample->input);
        if (previews == 0) break;
        DatasetInfo::Preview preview;
        preview.image = sampleImage(sample->input);
        if (preview.image.isNull()) preview.numbers = firstNumbers(sample->input);
        const auto label = sample->label.value_or(-1);
        preview.label = label >= 0 && label < info.classes
                            ? QString::fromStdString(source.classNames()[static_cast<size_t>(label)])
                        : sample->label        ? QString::number(*sample->label)
                        : sample->name.empty() ? QString::number(i)
                                               : QString::fromStdString(sample->name);
        info.previews.push_back(std::move(preview));
    }
    return info;
}

}  // namespace lathe::app
