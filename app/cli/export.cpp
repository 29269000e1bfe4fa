// lathe-cli export: a model as a file that is deployed, as it is or optimized first.
#include <filesystem>

#include "app/cli/model_file.h"
#include "app/cli/run_passes.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, format = "lathe", out, preset;
    bool force = false;
};

// The format of that name, when it can be written.
base::Result<const formats::Format*> target(const std::string& name) {
    std::string known;
    for (const auto* format : formats::all()) {
        if (!format->write) continue;
        if (format->name == name) return format;
        known += (known.empty() ? "" : ", ") + std::string(format->name);
    }
    return base::Error{fmt::format("--to {}: no such format can be written. There are: {}.", name, known),
                       base::Error::Kind::usage};
}

base::Status write(const ir::Graph& graph, const std::string& path, const formats::Format& format) {
    base::Progress progress;
    ProgressBar bar(progress, "Writing");
    return formats::write(graph, path, format.name, {}, progress);
}

int run(const Flags& flags, Output& output) {
    const auto format = target(flags.format);
    if (!format) return output.fail(format.error());
    auto out = flags.out;
    if (out.empty())
        out = std::filesystem::path(flags.model).replace_extension((*format)->extensions.front()).string();
    if (auto status = checkTarget(out, flags.force); !status) return output.fail(status.error());
    std::vector<passes::Step> steps;
    if (!flags.preset.empty()) {
        auto preset = presetSteps(flags.preset);
        if (!preset) return output.fail(preset.error());
        steps = std::move(*preset);
    }
    auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    if (!steps.empty()) {
        const auto change = runPasses(*graph, steps);
        if (!change) return output.fail(change.error().inside(flags.model));
        graph = change->graph;
    }
    if (auto status = write(**graph, out, **format); !status) return output.fail(status.error());
    std::error_code ignored;
    const auto bytes = std::filesystem::file_size(out, ignored);
    output.line(fmt::format("Wrote {} ({}, {} nodes)", out, base::formatBytes(bytes), (*graph)->nodeCount()));
    output.result(
        {{"file", out}, {"format", (*format)->name}, {"bytes", bytes}, {"nodes", (*graph)->nodeCount()}});
    return kGood;
}

}  // namespace

Verb exportVerb() {
    return {"export", "Export a model for deployment",
            "lathe-cli export model.onnx --to lathe --optimize extended -o model.lathe",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->model, "Model file")->required();
                command.add_option("--to", flags->format,
                                   "Format to write; `lathe-cli formats` lists them (default: lathe)");
                command.add_option("-o,--output", flags->out,
                                   "File to write (default: beside MODEL, named after it)");
                command.add_option("--optimize", flags->preset,
                                   "Run a preset of passes first: basic, extended or all (default: none)");
                command.add_flag("--force", flags->force, "Replace the file when it exists");
                return [flags](Output& output) { return run(*flags, output); };
            }};
}

}  // namespace lathe::cli
