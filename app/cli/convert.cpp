// lathe-cli convert: from one format or opset to another.
#include <algorithm>
#include <filesystem>

#include "app/cli/model_file.h"
#include "engine/formats/format.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string in, out;
    int64_t opset = 0;
    bool force = false;
};

// Formats other than ONNX know no opsets.
bool takesOpset(const std::string& path) {
    const auto extension = std::filesystem::path(path).extension().string();
    for (const auto* format : formats::all())
        for (const auto& option : format->writeOptions)
            if (option.name == "opset" && std::find(format->extensions.begin(), format->extensions.end(),
                                                    extension) != format->extensions.end())
                return true;
    return false;
}

int convert(const Flags& flags, Output& output) {
    if (flags.opset != 0 && !takesOpset(flags.out))
        return output.fail(
            {fmt::format("--opset {}: {} is of a format without opsets. Leave --opset away, or "
                         "name an .onnx file.",
                         flags.opset, flags.out),
             base::Error::Kind::usage});
    if (auto status = checkModelTarget(flags.out, flags.force); !status) return output.fail(status.error());
    const auto graph = readModel(flags.in);
    if (!graph) return output.fail(graph.error());
    if (auto status = writeModel(*graph, flags.out, flags.force, flags.opset); !status)
        return output.fail(status.error());
    output.line(fmt::format("Wrote {}", flags.out));
    output.result({{"file", flags.out}});
    return kGood;
}

}  // namespace

Verb convertVerb() {
    return {
        "convert", "Convert a model to another format or opset",
        "lathe-cli convert model.onnx older.onnx --opset 15", [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            command.add_option("IN", flags->in, "Model file")->required();
            command.add_option("OUT", flags->out, "File to write; its name chooses the format")->required();
            command.add_option("--opset", flags->opset,
                               "ONNX opset to write, 13 or newer (default: the model's own)");
            command.add_flag("--force", flags->force, "Replace OUT when it exists");
            return [flags](Output& output) { return convert(*flags, output); };
        }};
}

}  // namespace lathe::cli
