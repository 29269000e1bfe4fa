#include "app/cli/value_files.h"

#include <algorithm>
#include <cmath>

#include "app/cli/model_file.h"
#include "engine/base/atomic_file.h"
#include "engine/data/npy.h"

namespace lathe::cli {
namespace {

using tensor::DataType;

nlohmann::json number(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

nlohmann::json element(const tensor::Tensor& t, int64_t index) {
    const auto type = t.type();
    if (type == DataType::string) return t.values<std::string>()[static_cast<size_t>(index)];
    if (type == DataType::boolean) return t.integerAt(index) != 0;
    if (type == DataType::uint64) return t.values<uint64_t>()[static_cast<size_t>(index)];
    if (tensor::isInteger(type)) return t.integerAt(index);
    return number(t.realAt(index));
}

// The elements from `start` on as lists nested as deep as there are axes left.
nlohmann::json nested(const tensor::Tensor& t, size_t axis, int64_t& start) {
    if (axis == t.shape().size()) return element(t, start++);
    auto list = nlohmann::json::array();
    for (int64_t i = 0; i < t.dimension(axis); ++i) list.push_back(nested(t, axis + 1, start));
    return list;
}

nlohmann::json tensorToJson(const tensor::Tensor& given) {
    const bool isComplex = given.type() == DataType::complex64 || given.type() == DataType::complex128;
    if (isComplex) return tensor::toString(given.type(), given.shape());
    // A shape with a zero may have other sizes beyond measure.
    if (given.empty()) return nlohmann::json::array();
    int64_t start = 0;
    return nested(given.aligned(), 0, start);
}

base::Status writeJson(const std::string& path, const nlohmann::json& json) {
    // A model's texts may be no UTF-8: what is not becomes U+FFFD.
    const auto text = json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    return base::writeFile(path, text);
}

void addStatistics(const tensor::Tensor& t, nlohmann::json& json) {
    const bool isComplex = t.type() == DataType::complex64 || t.type() == DataType::complex128;
    double minimum = 0, maximum = 0, mean = 0;
    if (!t.empty() && !isComplex) {
        const auto values = tensor::toReals(t);
        minimum = maximum = values[0];
        for (const double v : values) {
            // One that is NaN is not passed over: so is the mean.
            minimum = std::isnan(v) || v < minimum ? v : minimum;
            maximum = std::isnan(v) || v > maximum ? v : maximum;
            mean += v / static_cast<double>(values.size());
        }
    }
    json["minimum"] = minimum;
    json["mean"] = mean;
    json["maximum"] = maximum;
}

class Writer {
  public:
    explicit Writer(bool force) : m_force(force) {}

    base::Status write(const tensor::RuntimeValue& value, const std::string& stem) {
        if (const auto* t = value.tensor(); t && t->type() != DataType::string)
            return file(stem + ".npy", [&](const auto& path) { return data::writeNpy(path, *t); });
        if (value.tensor() || value.map())
            return file(stem + ".json",
                        [&](const auto& path) { return writeJson(path, valueToJson(value)); });
        if (const auto* optional = value.optional())
            return optional->value ? write(*optional->value, stem) : base::Status();
        if (const auto* sequence = value.sequence())
            for (size_t i = 0; i < sequence->items.size(); ++i)
                if (auto s = write(sequence->items[i], fmt::format("{}_{}", stem, i)); !s) return s;
        return {};
    }

    std::vector<std::string> files;

  private:
    base::Status file(const std::string& path, const auto& write) {
        if (auto s = checkTarget(path, m_force); !s) return s;
        if (auto s = write(path); !s) return s;
        files.push_back(path);
        return {};
    }

    bool m_force;
};

}  // namespace

std::string describeValue(const tensor::RuntimeValue& value) {
    if (const auto* t = value.tensor()) return tensor::toString(t->type(), t->shape());
    if (const auto* optional = value.optional())
        return optional->value ? "optional " + describeValue(*optional->value) : "empty optional";
    if (const auto* map = value.map())
        return fmt::format("map of {} from {}", map->values.size(), tensor::name(map->keys.type()));
    if (const auto* sequence = value.sequence()) {
        const auto count = sequence->items.size();
        if (sequence->elementType != DataType::undefined)
            return fmt::format("sequence of {} {}", count, tensor::name(sequence->elementType));
        return fmt::format("sequence of {}", count);
    }
    return "nothing";
}

nlohmann::json valueToJson(const tensor::RuntimeValue& value) {
    if (const auto* t = value.tensor()) return tensorToJson(*t);
    if (const auto* optional = value.optional())
        return optional->value ? valueToJson(*optional->value) : nlohmann::json();
    if (const auto* sequence = value.sequence()) {
        auto list = nlohmann::json::array();
        for (const auto& item : sequence->items) list.push_back(valueToJson(item));
        return list;
    }
    if (const auto* map = value.map()) {
        auto object = nlohmann::json::object();
        const auto keys = map->keys.aligned();
        for (size_t i = 0; i < map->values.size(); ++i) {
            const auto key = element(keys, static_cast<int64_t>(i));
            object[key.is_string() ? key.get<std::string>() : key.dump()] = valueToJson(map->values[i]);
        }
        return object;
    }
    return {};
}

nlohmann::json valueSummary(const tensor::RuntimeValue& value) {
    nlohmann::json json;
    auto items = nlohmann::json::array();
    if (const auto* t = value.tensor()) {
        json = {{"type", tensor::name(t->type())}, {"shape", t->shape()}};
        if (t->type() == DataType::string)
            json["value"] = tensorToJson(*t);
        else
            addStatistics(*t, json);
    } else if (const auto* sequence = value.sequence()) {
        for (const auto& item : sequence->items) items.push_back(valueSummary(item));
        json = {{"kind", "sequence"}, {"items", std::move(items)}};
    } else if (const auto* optional = value.optional()) {
        if (optional->value) items.push_back(valueSummary(*optional->value));
        json = {{"kind", "optional"}, {"items", std::move(items)}};
    } else if (value.map()) {
        json = {{"kind", "map"}, {"value", valueToJson(value)}};
    }
    return json;
}

base::Result<std::vector<std::string>> writeValue(const tensor::RuntimeValue& value,
                                                  const std::filesystem::path& stem, bool force) {
    Writer writer(force);
    if (auto s = writer.write(value, stem.string()); !s) return s.error();
    return std::move(writer.files);
}

}  // namespace lathe::cli
