#include "engine/data/sources.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/data/random_bits.h"

namespace lathe::data {
namespace {

constexpr int64_t kMostNumberedClasses = 100000;

std::string grouped(int64_t number) {
    std::string text = fmt::format("{}", number);
    for (int64_t at = static_cast<int64_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<size_t>(at), ",");
    return text;
}

class ArraySource final : public Source {
  public:
    ArraySource(tensor::Tensor inputs, std::vector<int64_t> labels, std::vector<std::string> classNames)
        : m_inputs(std::move(inputs)), m_labels(std::move(labels)), m_classNames(std::move(classNames)) {
        for (size_t i = 1; i < m_inputs.shape().size(); ++i) m_sampleShape.push_back(m_inputs.dimension(i));
        m_sampleBytes = size() > 0 ? m_inputs.bytes().size() / static_cast<size_t>(size()) : size_t{0};
        m_owner = std::make_shared<tensor::Tensor>(m_inputs);
    }

    int64_t size() const override { return m_inputs.dimension(0); }
    base::Result<Sample> at(int64_t index) const override {
        if (index < 0 || index >= size())
            return base::Error{fmt::format("There is no sample {}; the data has {}.", index, size())};
        const auto start = static_cast<size_t>(index) * m_sampleBytes;
        Sample sample{tensor::Tensor::borrowed(m_inputs.type(), m_sampleShape,
                                               m_inputs.bytes().subspan(start, m_sampleBytes), m_owner)};
        if (!m_labels.empty()) sample.label = m_labels[static_cast<size_t>(index)];
        sample.name = fmt::format("{}", index);
        return sample;
    }
    std::string describe() const override {
        return describeSamples(size(), tensor::toString(m_inputs.type(), m_sampleShape), m_classNames.size());
    }
    const std::vector<std::string>& classNames() const override { return m_classNames; }

  private:
    tensor::Tensor m_inputs;
    std::shared_ptr<const tensor::Tensor> m_owner;  // keeps the bytes of handed out samples alive
    tensor::Shape m_sampleShape;
    size_t m_sampleBytes = 0;
    std::vector<int64_t> m_labels;
    std::vector<std::string> m_classNames;
};

class ChosenSource final : public Source {
  public:
    ChosenSource(std::shared_ptr<const Source> source, std::vector<int64_t> indices)
        : m_source(std::move(source)), m_indices(std::move(indices)) {}

    int64_t size() const override { return static_cast<int64_t>(m_indices.size()); }
    base::Result<Sample> at(int64_t index) const override {
        if (index < 0 || index >= size())
            return base::Error{fmt::format("There is no sample {}; {} are chosen.", index, size())};
        return m_source->at(m_indices[static_cast<size_t>(index)]);
    }
    std::string describe() const override {
        return fmt::format("{} of {}", grouped(size()), m_source->describe());
    }
    const std::vector<std::string>& classNames() const override { return m_source->classNames(); }

  private:
    std::shared_ptr<const Source> m_source;
    std::vector<int64_t> m_indices;
};

}  // namespace

base::Result<std::shared_ptr<const Source>> arraySource(tensor::Tensor inputs, tensor::Tensor labels,
                                                        std::vector<std::string> classNames,
                                                        std::string_view where) {
    if (inputs.rank() < 1)
        return base::Error::badInput(
            fmt::format("{}: the inputs are a single number, expected an array of samples.", where));
    if (tensor::isPacked(inputs.type()) || inputs.type() == tensor::DataType::string)
        return base::Error::badInput(
            fmt::format("{}: inputs of type {} are not supported.", where, tensor::name(inputs.type())));
    std::vector<int64_t> numbers;
    if (labels.defined()) {
        // A column vector (N, 1) is as good as (N): CIFAR files have it.
        if (labels.rank() < 1 || labels.elementCount() != labels.dimension(0))
            return base::Error::badInput(
                fmt::format("{}: labels have shape {}, expected one number a sample.", where,
                            tensor::toString(labels.shape())));
        if (labels.dimension(0) != inputs.dimension(0))
            return base::Error::badInput(fmt::format("{}: {} labels for {} samples.", where,
                                                     labels.dimension(0), inputs.dimension(0)));
        if (!tensor::isInteger(labels.type()) && labels.type() != tensor::DataType::boolean)
            return base::Error::badInput(fmt::format("{}: labels are {}, expected whole numbers.", where,
                                                     tensor::name(labels.type())));
        numbers = tensor::toIntegers(labels);
        if (classNames.empty() && !numbers.empty()) {
            const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
            if (*least >= 0 && *most < kMostNumberedClasses)
                for (int64_t i = 0; i <= *most; ++i) classNames.push_back(fmt::format("{}", i));
        }
    }
    return std::shared_ptr<const Source>(
        std::make_shared<ArraySource>(std::move(inputs), std::move(numbers), std::move(classNames)));
}

std::shared_ptr<const Source> chosenSource(std::shared_ptr<const Source> source,
                                           std::vector<int64_t> indices) {
    return std::make_shared<ChosenSource>(std::move(source), std::move(indices));
}

std::vector<int64_t> spreadIndices(int64_t first, int64_t size, int64_t count) {
    const auto length = std::max<int64_t>(size - first, 0);
    count = std::clamp<int64_t>(count, 0, length);
    RandomBits random(1);
    std::vector<int64_t> indices;
    indices.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) {
        const auto from = length * i / count, to = length * (i + 1) / count;
        indices.push_back(first + from + static_cast<int64_t>(random.below(static_cast<size_t>(to - from))));
    }
    return indices;
}

std::string describeSamples(int64_t count, std::string_view what, size_t classCount) {
    std::string text = fmt::format("{} {}", grouped(count), count == 1 ? "sample" : "samples");
    if (!what.empty()) text += fmt::format(", {}", what);
    if (classCount > 0)
        text += fmt::format(", {} {}", grouped(static_cast<int64_t>(classCount)),
                            classCount == 1 ? "class" : "classes");
    return text;
}

}  // namespace lathe::data
