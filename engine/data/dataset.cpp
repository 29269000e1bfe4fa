#include "engine/data/dataset.h"

#include <fmt/format.h>

#include <cstring>
#include <new>

#include "engine/data/chain.h"
#include "engine/data/sources.h"

namespace lathe::data {
namespace {

constexpr uint64_t kMostBatchBytes = uint64_t{4} << 30;

// "sample 3 (cat/0003.png)"
std::string place(int64_t index, const std::string& name) {
    return name.empty() || name == fmt::format("{}", index) ? fmt::format("sample {}", index)
                                                            : fmt::format("sample {} ({})", index, name);
}

base::Result<tensor::Tensor> emptyBatch(const tensor::Tensor& sample, int64_t count) {
    tensor::Shape shape;
    shape.push_back(count);
    for (const auto dimension : sample.shape()) shape.push_back(dimension);
    const auto bytes = tensor::checkedByteSize(sample.type(), shape);
    if (!bytes || *bytes > kMostBatchBytes || tensor::isPacked(sample.type()))
        return base::Error{fmt::format("A batch of {} samples {} is too large. Use a smaller batch.", count,
                                       tensor::toString(sample.type(), sample.shape()))};
    return tensor::Tensor::zeros(sample.type(), shape);
}

}  // namespace

Dataset::Dataset(std::shared_ptr<const Source> source, std::vector<Step> chain, std::string name,
                 std::string identity)
    : m_source(std::move(source)),
      m_chain(std::move(chain)),
      m_name(std::move(name)),
      m_identity(std::move(identity)) {}

Dataset Dataset::spread(int64_t count) const {
    if (count < 0 || count >= size()) return *this;
    return {chosenSource(m_source, spreadIndices(0, size(), count)), m_chain, m_name, m_identity};
}

base::Result<Dataset::Batch> Dataset::batch(int64_t first, int64_t count) const {
    if (first < 0 || count < 1 || first >= size())
        return base::Error{fmt::format("{}: there are no samples {} to {}; the data has {}.", m_name, first,
                                       first + std::max<int64_t>(count, 1) - 1, size())};
    const auto chain = PreparedChain::prepare(m_chain);
    if (!chain) return chain.error().inside(m_name);
    count = std::min(count, size() - first);
    Batch batch;
    batch.first = first;
    bool labelled = true;
    size_t sampleBytes = 0;
    tensor::DataType type = tensor::DataType::undefined;
    tensor::Shape shape;
    try {
        for (int64_t i = 0; i < count; ++i) {
            const auto sample = m_source->at(first + i);
            if (!sample) return sample.error().inside(m_name);
            const auto where = [&] { return fmt::format("{}: {}", m_name, place(first + i, sample->name)); };
            const auto input = chain->apply(sample->input);
            if (!input) return input.error().inside(where());
            if (i == 0) {
                auto stacked = emptyBatch(*input, count);
                if (!stacked) return stacked.error().inside(m_name);
                batch.input = std::move(*stacked);
                type = input->type();
                shape = input->shape();
                sampleBytes = input->bytes().size();
            }
            if (input->type() != type || !(input->shape() == shape))
                return base::Error::badInput(fmt::format(
                    "{}: is {} after preprocessing, the samples before it in the batch are {}. "
                    "Add steps that make them alike, such as resize and crop.",
                    where(), tensor::toString(input->type(), input->shape()), tensor::toString(type, shape)));
            if (sampleBytes > 0)
                std::memcpy(batch.input.mutableBytes().data() + static_cast<size_t>(i) * sampleBytes,
                            input->bytes().data(), sampleBytes);
            if (sample->label)
                batch.labels.push_back(*sample->label);
            else
                labelled = false;
        }
    } catch (const std::bad_alloc&) {
        return base::Error{
            fmt::format("{}: not enough memory for {} samples at once. Use a smaller batch.", m_name, count)};
    }
    if (!labelled) batch.labels.clear();
    return batch;
}

}  // namespace lathe::data
