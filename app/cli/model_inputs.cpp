#include "app/cli/model_inputs.h"

#include "app/cli/model_file.h"
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

std::optional<size_t> inputIndex(const ir::Graph& graph, std::string_view name) {
    for (size_t i = 0; i < graph.inputs().size(); ++i)
        if (graph.value(graph.inputs()[i]).name() == name) return i;
    return {};
}

}  // namespace

void addInputFlags(CLI::App& command, InputFlags& flags, bool withFiles) {
    if (withFiles)
        command.add_option("--input", flags.files, "Input from a NumPy file, NAME=F.npy; may be repeated");
    command.add_option("--random", flags.seed, "Random inputs with this seed");
    command.add_option("--shape", flags.shapes, "Shape of an input, NAME=1,3,224,224; may be repeated");
}

base::Result<std::vector<tensor::RuntimeValue>> modelInputs(const ir::Graph& graph, const InputFlags& flags) {
    std::map<std::string, tensor::Shape> shapes;
    for (const auto& text : flags.shapes) {
        auto assignment = splitAssignment(text, "--shape");
        if (!assignment) return assignment.error();
        if (!inputIndex(graph, assignment->first)) return noInput(graph, assignment->first);
        auto dimensions = parseDimensions(assignment->second);
        if (!dimensions) return dimensions.error();
        shapes[assignment->first] = tensor::Shape(dimensions->begin(), dimensions->end());
    }
    std::vector<tensor::RuntimeValue> values(graph.inputs().size());
    if (flags.seed || flags.files.empty()) {
        auto random = runtime::randomInputs(graph, flags.seed.value_or(0), {}, shapes);
        if (!random) return random.error();
        values = std::move(*random);
    }
    for (const auto& text : flags.files) {
        auto assignment = splitAssignment(text, "--input");
        if (!assignment) return assignment.error();
        const auto index = inputIndex(graph, assignment->first);
        if (!index) return noInput(graph, assignment->first);
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

}  // namespace lathe::cli
