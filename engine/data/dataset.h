// Inputs (and labels) with a preprocessing chain, read one batch at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::data {

struct Sample {
    tensor::Tensor input;  // as stored: uint8 [H, W, C] for images
    std::optional<int64_t> label = {};
    std::string name = {};  // file name or index
};

// Samples by index. Thread-safe for reading; immutable.
class Source {
  public:
    virtual ~Source() = default;
    virtual int64_t size() const = 0;
    virtual base::Result<Sample> at(int64_t index) const = 0;
    virtual std::string describe() const = 0;  // "10,000 samples, uint8 [28, 28], 10 classes"
    virtual const std::vector<std::string>& classNames() const = 0;
};

// A reader of one kind of file or folder, listed in loaders.inc.
struct Loader {
    std::string_view name;  // "npz", "idx", "images", "csv", "wav", "random"
    std::string_view title;
    std::vector<base::ParamSpec> options;  // e.g. which array holds the inputs, which the labels
    bool (*probe)(const std::filesystem::path&) = nullptr;
    base::Result<std::shared_ptr<const Source>> (*open)(const std::filesystem::path&, const base::Params&,
                                                        const base::Progress&) = nullptr;
};
std::span<const Loader> loaders();

// One step of a preprocessing chain, listed in steps.inc: tensor in, tensor out.
struct StepSpec {
    std::string_view name;  // "resize", "crop", "layout", "scale", "normalize", "channels", "cast"
    std::string_view title;
    std::vector<base::ParamSpec> options;
    base::Result<tensor::Tensor> (*apply)(const tensor::Tensor&, const base::Params&) = nullptr;
};
std::span<const StepSpec> steps();

struct Step {
    std::string name;
    base::Params options;
};

// A chain in its text form: "resize(size=256) | crop(size=224) | layout(to=CHW) | scale(by=0.00392157) |
// normalize(mean=0.485,0.456,0.406; std=0.229,0.224,0.225) | cast(to=float32)". Options are separated by ';'.
base::Result<std::vector<Step>> parseChain(std::string_view text);
std::string formatChain(std::span<const Step> chain);
base::Result<tensor::Tensor> applyChain(const tensor::Tensor& input, std::span<const Step> chain);

// A source with a chain: what models are fed with.
class Dataset {
  public:
    // `identity` as identity() gives it.
    Dataset(std::shared_ptr<const Source> source, std::vector<Step> chain, std::string name,
            std::string identity = {});

    int64_t size() const { return m_source->size(); }
    const Source& source() const { return *m_source; }
    const std::vector<Step>& chain() const { return m_chain; }
    const std::string& name() const { return m_name; }
    // Tells datasets of one name apart: SHA-256 of where the samples come from, which of them are used and
    // how they are preprocessed; empty for what was not opened from a file. Equal ones hold the same samples
    // as long as the file stays the same.
    const std::string& identity() const { return m_identity; }

    struct Batch {
        tensor::Tensor input;         // preprocessed samples stacked along a new axis 0
        std::vector<int64_t> labels;  // as many as samples, or none when the source has no labels
        int64_t first = 0;
    };
    // Samples [first, first + count), fewer at the end. The error names the sample and the step.
    base::Result<Batch> batch(int64_t first, int64_t count) const;
    // At most `count` of its samples, spread evenly (sources.h): what stands for all where not all are used.
    // Negative: all of them.
    Dataset spread(int64_t count) const;

  private:
    std::shared_ptr<const Source> m_source;
    std::vector<Step> m_chain;
    std::string m_name, m_identity;
};
using DatasetPtr = std::shared_ptr<const Dataset>;

struct OpenOptions {
    std::string loader = {};  // empty: by probing
    base::Params options = {};
    std::string chain = {};
    std::string split =
        {};  // of files that hold several ("train", "test"); empty: the one there is, test first
    // Samples before `first` are left out; of the others at most `count`, spread evenly; -1: all.
    int64_t first = 0, count = -1;
};
base::Result<DatasetPtr> open(const std::filesystem::path& path, const OpenOptions& options,
                              const base::Progress& progress);

}  // namespace lathe::data
