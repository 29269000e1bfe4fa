#include "plugins/ncnn/param_file.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "engine/base/text.h"

namespace lathe::ncnn {
namespace {

constexpr std::string_view kMagic = "7767517";
constexpr int kArrayBase = -23300;
constexpr int kKeyCount = 32;
constexpr size_t kMostArray = 4096;

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> result;
    while (true) {
        const auto start = line.find_first_not_of(" \t\r");
        if (start == std::string_view::npos) return result;
        line.remove_prefix(start);
        const auto end = std::min(line.find_first_of(" \t\r"), line.size());
        result.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

// "3=1.5", "0=-233" or "-23303=2,1,2"; false when it is none of them.
bool readParam(std::string_view word, Layer& layer) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return false;
    const auto key = base::parseInteger(word.substr(0, equals));
    if (!key) return false;
    std::vector<double> values;
    for (const auto piece : base::split(word.substr(equals + 1), ',')) {
        const auto number = base::parseReal(piece);
        if (!number || values.size() > kMostArray) return false;
        values.push_back(*number);
    }
    if (*key <= kArrayBase && *key > kArrayBase - kKeyCount) {
        if (values.empty() || values[0] != static_cast<double>(values.size() - 1)) return false;
        values.erase(values.begin());
        layer.setList(static_cast<int>(kArrayBase - *key), std::move(values));
        return true;
    }
    if (*key < 0 || *key >= kKeyCount || values.empty()) return false;
    const bool array = values.size() > 1;
    layer.params[static_cast<int>(*key)] = std::move(values);
    if (array) layer.isArray[static_cast<int>(*key)] = true;
    return true;
}

// ncnn tells whole numbers from real ones by the point or exponent; nine digits keep every float.
std::string formatNumber(double value, bool real) {
    return real ? fmt::format("{:.8e}", value) : fmt::format("{}", static_cast<int64_t>(value));
}

}  // namespace

int64_t Layer::integer(int key, int64_t otherwise) const {
    const double value = real(key, static_cast<double>(otherwise));
    return std::abs(value) < 9e15 ? static_cast<int64_t>(value) : otherwise;
}
double Layer::real(int key, double otherwise) const {
    const auto it = params.find(key);
    return it == params.end() || it->second.size() != 1 ? otherwise : it->second[0];
}
std::vector<double> Layer::list(int key) const {
    const auto it = params.find(key);
    return it == params.end() ? std::vector<double>() : it->second;
}

base::Result<std::vector<Layer>> parseParam(std::string_view text, std::string_view where) {
    std::vector<Layer> layers;
    std::set<std::string> blobs;
    int64_t layerCount = -1, blobCount = -1;
    int line = 0;
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: line {}: {}.", where, line, what));
    };
    bool magic = false;
    for (auto rest = text; !rest.empty();) {
        const auto end = rest.find('\n');
        const auto items = words(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        ++line;
        if (items.empty() || (magic && items[0].starts_with("#"))) continue;
        if (!magic) {
            if (items.size() != 1 || items[0] != kMagic)
                return bad(fmt::format("an ncnn model starts with {}", kMagic));
            magic = true;
            continue;
        }
        if (layerCount < 0) {
            const auto first = base::parseInteger(items[0]);
            const auto second = items.size() == 2 ? base::parseInteger(items[1]) : std::nullopt;
            if (!first || !second || *first < 1 || *second < 1)
                return bad("expected the numbers of layers and blobs");
            layerCount = *first;
            blobCount = *second;
            continue;
        }
        if (items.size() < 4) return bad("a layer needs a type, a name and two counts");
        const auto inputs = base::parseInteger(items[2]), outputs = base::parseInteger(items[3]);
        const auto room = static_cast<int64_t>(items.size()) - 4;
        if (!inputs || !outputs || *inputs < 0 || *outputs < 0 || *inputs > room || *outputs > room - *inputs)
            return bad("the counts of inputs and outputs do not fit the line");
        Layer layer{std::string(items[0]), std::string(items[1]), {}, {}};
        layer.line = line;
        size_t at = 4;
        for (int64_t i = 0; i < *inputs; ++i) layer.inputs.emplace_back(items[at++]);
        for (int64_t i = 0; i < *outputs; ++i) layer.outputs.emplace_back(items[at++]);
        for (const auto& output : layer.outputs)
            if (!blobs.insert(output).second) return bad(fmt::format("blob {} is made twice", output));
        for (; at < items.size(); ++at)
            if (!readParam(items[at], layer)) return bad(fmt::format("\"{}\" is not a parameter", items[at]));
        layers.push_back(std::move(layer));
    }
    if (layerCount < 0) return bad("the file ends before the layers");
    if (layerCount != static_cast<int64_t>(layers.size()))
        return bad(fmt::format("the file says {} layers and holds {}", layerCount, layers.size()));
    if (blobCount != static_cast<int64_t>(blobs.size()))
        return bad(fmt::format("the file says {} blobs and makes {}", blobCount, blobs.size()));
    return layers;
}

std::string formatParam(const std::vector<Layer>& layers) {
    size_t blobs = 0;
    for (const auto& layer : layers) blobs += layer.outputs.size();
    std::string text = fmt::format("{}\n{} {}\n", kMagic, layers.size(), blobs);
    for (const auto& layer : layers) {
        text += fmt::format("{:<24} {:<24} {} {}", layer.type, layer.name, layer.inputs.size(),
                            layer.outputs.size());
        for (const auto& blob : layer.inputs) text += " " + blob;
        for (const auto& blob : layer.outputs) text += " " + blob;
        for (const auto& [key, values] : layer.params) {
            if (layer.isArray.count(key)) {
                text += fmt::format(" {}={}", kArrayBase - key, values.size());
                for (const double value : values)
                    text += "," + formatNumber(value, layer.isReal.count(key) > 0);
            } else {
                text += fmt::format(" {}={}", key, formatNumber(values[0], layer.isReal.count(key) > 0));
            }
        }
        text += "\n";
    }
    return text;
}

}  // namespace lathe::ncnn
