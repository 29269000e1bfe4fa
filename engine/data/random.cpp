// Generated samples: each depends on the seed and its index alone, so any order of reading gives the same.
#include <fmt/format.h>

#include <cmath>

#include "engine/data/random_bits.h"
#include "engine/data/sources.h"
#include "engine/tensor/visit_type.h"

namespace lathe::data {
namespace {

enum class Distribution { normal, uniform, integers };

struct Recipe {
    tensor::Shape shape;
    tensor::DataType type = tensor::DataType::float32;
    Distribution distribution = Distribution::normal;
    double low = 0, high = 1;
    int64_t count = 0;
    uint64_t seed = 0;
};

class RandomSource final : public Source {
  public:
    explicit RandomSource(Recipe recipe) : m_recipe(std::move(recipe)) {}

    int64_t size() const override { return m_recipe.count; }
    base::Result<Sample> at(int64_t index) const override {
        if (index < 0 || index >= size())
            return base::Error{fmt::format("There is no sample {}; {} are generated.", index, size())};
        RandomBits random(RandomBits(m_recipe.seed).next() ^
                          RandomBits(static_cast<uint64_t>(index) + 1).next());
        Sample sample{tensor::Tensor::zeros(m_recipe.type, m_recipe.shape)};
        tensor::visitNumbers(
            m_recipe.type,
            [&](auto tag) {
                using T = typename decltype(tag)::type;
                for (auto& number : sample.input.mutableValues<T>()) number = static_cast<T>(draw(random));
                return true;
            },
            false);
        sample.name = fmt::format("{}", index);
        return sample;
    }
    std::string describe() const override {
        return describeSamples(size(), "random " + tensor::toString(m_recipe.type, m_recipe.shape), 0);
    }
    const std::vector<std::string>& classNames() const override { return m_noClasses; }

  private:
    double draw(RandomBits& random) const {
        switch (m_recipe.distribution) {
            case Distribution::normal:
                return random.normal();
            case Distribution::uniform:
                return m_recipe.low + (m_recipe.high - m_recipe.low) * random.uniform();
            case Distribution::integers:
                break;
        }
        return std::floor(m_recipe.low + (m_recipe.high - m_recipe.low + 1) * random.uniform());
    }

    Recipe m_recipe;
    std::vector<std::string> m_noClasses;
};

base::Result<std::shared_ptr<const Source>> open(const std::filesystem::path&, const base::Params& options,
                                                 const base::Progress&) {
    const auto usage = [](std::string text) {
        return base::Error{std::move(text), base::Error::Kind::usage};
    };
    Recipe recipe;
    for (const auto dimension : options.integers("shape")) recipe.shape.push_back(dimension);
    recipe.type = *tensor::dataTypeFromName(options.text("type"));
    const auto& distribution = options.text("distribution");
    recipe.distribution = distribution == "normal"    ? Distribution::normal
                          : distribution == "uniform" ? Distribution::uniform
                                                      : Distribution::integers;
    recipe.low = options.real("low");
    recipe.high = options.real("high");
    recipe.count = options.integer("count");
    recipe.seed = static_cast<uint64_t>(options.integer("seed"));
    const auto size = tensor::checkedByteSize(recipe.type, recipe.shape);
    if (!size || *size > (uint64_t{1} << 30))
        return usage(fmt::format("Random data: a sample {} is too large or not a shape.",
                                 tensor::toString(recipe.type, recipe.shape)));
    if (recipe.low > recipe.high)
        return usage(fmt::format("Random data: low {} is above high {}.", recipe.low, recipe.high));
    const bool small = recipe.type == tensor::DataType::uint8 || recipe.type == tensor::DataType::int8;
    const double least = recipe.type == tensor::DataType::uint8 ? 0 : small ? -128 : -2147483648.0;
    const double most = recipe.type == tensor::DataType::uint8 ? 255 : small ? 127 : 2147483647.0;
    if (tensor::isInteger(recipe.type) &&
        (recipe.distribution == Distribution::normal || recipe.low < least || recipe.high > most))
        return usage(
            fmt::format("Random data: for {}, choose the distribution integers or uniform with low and "
                        "high from {} to {}.",
                        tensor::name(recipe.type), least, most));
    return std::shared_ptr<const Source>(std::make_shared<RandomSource>(std::move(recipe)));
}

}  // namespace

Loader randomLoader() {
    return {.name = "random",
            .title = "Random numbers",
            .options = {{.name = "shape",
                         .type = base::ParamType::integers,
                         .defaultValue = std::vector<int64_t>{},
                         .label = "Shape",
                         .help = "Dimensions of one sample.",
                         .required = true},
                        {.name = "type",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("float32"),
                         .label = "Type",
                         .help = "Element type.",
                         .choices = {"float32", "float16", "float64", "uint8", "int8", "int32", "int64"}},
                        {.name = "distribution",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("normal"),
                         .label = "Distribution",
                         .help = "normal: mean 0, deviation 1; uniform: from low to high; integers: whole "
                                 "numbers from low to high.",
                         .choices = {"normal", "uniform", "integers"}},
                        {.name = "low",
                         .type = base::ParamType::real,
                         .defaultValue = 0.0,
                         .label = "Low",
                         .help = "Smallest number."},
                        {.name = "high",
                         .type = base::ParamType::real,
                         .defaultValue = 1.0,
                         .label = "High",
                         .help = "Largest number."},
                        {.name = "count",
                         .type = base::ParamType::integer,
                         .defaultValue = int64_t{32},
                         .label = "Samples",
                         .help = "How many samples.",
                         .minimum = 1,
                         .maximum = 1e9},
                        {.name = "seed",
                         .type = base::ParamType::integer,
                         .defaultValue = int64_t{1},
                         .label = "Seed",
                         .help = "Same seed, same numbers.",
                         .minimum = 0}},
            .probe = nullptr,
            .open = open};
}

}  // namespace lathe::data
