#include "app/cli/model_inputs.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/cli/model_file.h"
#include "app/cli/whole_number.h"
#include "engine/data/npy.h"
#include "engine/runtime/session.h"

namespace lathe::cli {
namespace {

base::Error noInput(const ir::Graph& graph, const std::string& name) {
    std::string known;
    for (const auto id : graph.inputs())
        known += (known.empty() ? "" : ", ") + std::string(graph.value(id).name());
    return {fmt::format("The model has no input {}. Its inputs: {}.", name, known), base::Error::Kind::usage};
}

base::Error givenTwice(std::string_view flag, std::string_view name) {
    return {fmt::format("{} {}: is given twice. Leave one of them away.", flag, name),
            base::Error::Kind::usage};
}

std::optional<size_t> inputIndex(const ir::Graph& graph, std::string_view name) {
    for (size_t i = 0; i < graph.inputs().size(); ++i)
        if (graph.value(graph.inputs()[i]).name() == name) return i;
    return {};
}

}  // namespace

void addShapeFlag(CLI::App& command, InputFlags& flags) {
    command.add_option("--shape", flags.shapes, "Shape of an input, NAME=1,3,224,224; may be repeated")
        ->allow_extra_args(false);
}

void addInputFlags(CLI::App& command, InputFlags& flags, bool withFiles) {
    if (withFiles)
        command.add_option("--input", flags.files, "Input from a NumPy file, NAME=F.npy; may be repeated")
            ->allow_extra_args(false);
    addShapeFlag(command, flags);
    command.add_option("--random", flags.seed, "Random inputs with this seed")->check(wholeNumberFrom(0));
}

base::Result<std::map<std::string, tensor::Shape>> inputShapes(const ir::Graph& graph,
                                                               const InputFlags& flags) {
    std::map<std::string, tensor::Shape> shapes;
    for (const auto& text : flags.shapes) {
        auto assignment = splitAssignment(text, "--shape");
        if (!assignment) return assignment.error();
        if (!inputIndex(graph, assignment->first)) return noInput(graph, assignment->first);
        if (shapes.contains(assignment->first)) return givenTwice("--shape", assignment->first);
        auto dimensions = parseDimensions(assignment->second);
        if (!dimensions) return dimensions.error();
        shapes[assignment->first] = tensor::Shape(dimensions->begin(), dimensions->end());
    }
    return shapes;
}

base::Result<std::vector<tensor::RuntimeValue>> modelInputs(const ir::Graph& graph, const InputFlags& flags) {
    const auto shapes = inputShapes(graph, flags);
    if (!shapes) return shapes.error();
    std::vector<tensor::RuntimeValue> values(graph.inputs().size());
    if (flags.seed || flags.files.empty()) {
        auto random = runtime::randomInputs(graph, flags.seed.value_or(0), {}, *shapes);
        if (!random) return random.error();
        values = std::move(*random);
    }
    std::set<std::string, std::less<>> seen;
    for (const auto& text : flags.files) {
        auto assignment = splitAssignment(text, "--input");
        if (!assignment) return assignment.error();
        const auto index = inputIndex(graph, assignment->first);
        if (!index) return noInput(graph, assignment->first);
        if (!seen.insert(assignment->first).second) return givenTwice("--input", assignment->first);
        auto tensor = data::readNpy(assignment->second);
        if (!tensor) return tensor.error();
        const auto& type = graph.value(graph.inputs()[*index]).type();
        values[*index] = std::move(*tensor);
        if (type.kind == ir::ValueType::Kind::optional)
            values[*index] =
                tensor::Optional{std::make_shared<const tensor::RuntimeValue>(std::move(values[*index]))};
    }
    return values;
}

base::Error withShapeHint(base::Error error, const ir::Graph& graph, const InputFlags& flags) {
    if (error.kind == base::Error::Kind::cancelled) return error;
    const auto names = [](const std::vector<std::string>& texts, const std::string& input) {
        return std::any_of(texts.begin(), texts.end(),
                           [&](const auto& text) { return text.starts_with(input + "="); });
    };
    for (const auto id : graph.inputs()) {
        const auto value = graph.value(id);
        const std::string name(value.name());
        const auto& shape = value.type().shape;
        if (value.initializer() || !shape || names(flags.files, name) || names(flags.shapes, name)) continue;
        if (std::all_of(shape->begin(), shape->end(), [](const auto& d) { return d.constant().has_value(); }))
            continue;
        error.message += fmt::format(
            " Free dimensions of {} were taken as 1: give others by --shape {}=..., as in --shape "
            "{}=1,3,224,224.",
            name, name, name);
        break;
    }
    return error;
}

}  // namespace lathe::cli
