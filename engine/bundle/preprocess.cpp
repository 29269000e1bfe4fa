#include "engine/bundle/preprocess.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/data/dataset.h"

namespace lathe::bundle {
namespace {

std::string numbers(const std::vector<double>& list) { return fmt::format("{{{}}}", fmt::join(list, ", ")); }

base::Result<std::string> line(const std::string& step, const base::Params& options) {
    const auto& name = step;
    if (name == "resize" || name == "crop") {
        const auto& size = options.integers("size");
        const bool one = size.size() == 1;
        if (name == "crop") return fmt::format("image.crop({}, {});", size.front(), size.back());
        const auto antialias = options.boolean("antialias") ? "true" : "false";
        if (one) return fmt::format("image.resizeShorter({}, /*antialias=*/{});", size[0], antialias);
        return fmt::format("image.resize({}, {}, /*antialias=*/{});", size[0], size[1], antialias);
    }
    if (name == "scale") return fmt::format("image.scale({});", options.real("by"));
    if (name == "offset") return fmt::format("image.offset({});", options.real("by"));
    if (name == "normalize")
        return fmt::format("image.normalize({}, {});", numbers(options.reals("mean")),
                           numbers(options.reals("std")));
    if (name == "layout") {
        const auto& to = options.text("to");
        if (to == "HW") return std::string("image.channels(\"gray\");");
        return fmt::format("image.layout(/*channelsFirst=*/{});", to == "CHW" ? "true" : "false");
    }
    if (name == "channels") return fmt::format("image.channels(\"{}\");", options.text("to"));
    if (name == "cast") {
        const auto type = tensor::dataTypeFromName(options.text("to"));
        if (type && tensor::isFloat(*type)) return std::string("image.toFloats();");
        return std::string("image.toIntegers();");
    }
    if (name == "reshape") return std::string("// The model's own shape is given to the numbers.");
    return base::Error{
        fmt::format("Preprocessing step \"{}\" cannot be written as C++. Leave it out of the chain and add "
                    "it to main.cpp.",
                    name),
        base::Error::Kind::usage};
}

// Without axes of size 1, which say nothing about the order of the numbers.
tensor::Shape squeezed(std::span<const int64_t> shape) {
    tensor::Shape result;
    for (const auto size : shape)
        if (size != 1) result.push_back(size);
    return result;
}

}  // namespace

base::Result<std::string> preprocessLines(std::string_view chain) {
    const auto steps = data::parseChain(chain);
    if (!steps) return steps.error();
    std::string lines;
    for (const auto& step : *steps) {
        const auto known = data::steps();
        const auto spec =
            std::find_if(known.begin(), known.end(), [&](const auto& s) { return s.name == step.name; });
        const auto options = base::complete(spec->options, step.options);
        if (!options) return options.error();
        auto text = line(step.name, *options);
        if (!text) return text.error();
        lines += "    " + *text + "\n";
    }
    return lines;
}

std::string guessedChain(const ir::Graph& graph) {
    if (graph.inputs().empty()) return {};
    const auto& type = graph.value(graph.inputs()[0]).type();
    if (!type.isTensor() || !type.shape || type.shape->size() != 4) return {};
    const auto size = [&](size_t axis) { return (*type.shape)[axis].constantOr(-1); };
    const bool first = size(1) == 1 || size(1) == 3, last = !first && (size(3) == 1 || size(3) == 3);
    if (!first && !last) return {};
    std::string chain = size(first ? 1 : 3) == 1 ? "channels(to=gray)" : "channels(to=rgb)";
    const auto height = size(first ? 2 : 1), width = size(first ? 3 : 2);
    if (height > 0 && width > 0) chain += fmt::format(" | resize(size={},{})", height, width);
    if (first) chain += " | layout(to=CHW)";
    return chain;
}

base::Status checkFits(std::string_view chain, const ir::Graph& graph) {
    if (chain.empty() || graph.inputs().empty()) return {};
    const auto input = graph.value(graph.inputs()[0]);
    const auto& type = input.type();
    if (!type.isTensor() || !type.shape || type.shape->empty()) return {};
    tensor::Shape wanted;
    for (size_t axis = 1; axis < type.shape->size(); ++axis) {
        const auto size = (*type.shape)[axis].constant();
        if (!size) return {};
        wanted.push_back(*size);
    }
    const auto steps = data::parseChain(chain);
    if (!steps) return steps.error();
    // Two pictures of unlike sizes tell whether the chain gives all the same one.
    const auto first =
        data::applyChain(tensor::Tensor::zeros(tensor::DataType::uint8, tensor::Shape{96, 64, 3}), *steps);
    const auto second =
        data::applyChain(tensor::Tensor::zeros(tensor::DataType::uint8, tensor::Shape{80, 112, 3}), *steps);
    if (!first || !second || !(first->shape() == second->shape())) return {};
    const auto made = squeezed(first->shape()), taken = squeezed(wanted);
    // A model that takes one long row says nothing about axes.
    const bool oneRow =
        made.size() != taken.size() && tensor::elementCount(made) == tensor::elementCount(taken);
    if (made == taken || oneRow) return {};
    return base::Error{
        fmt::format(
            "The preprocessing \"{}\" makes {} of a picture, the input {} takes {}. Change its resize, "
            "channels or layout.",
            chain, tensor::toString(first->shape()), input.name(), ir::toString(type)),
        base::Error::Kind::usage};
}

}  // namespace lathe::bundle
