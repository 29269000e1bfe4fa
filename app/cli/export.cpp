// lathe-cli export: a model as a file that is deployed, as it is or optimized first.
#include <algorithm>
#include <filesystem>
#include <map>

#include "app/cli/model_file.h"
#include "app/cli/run_passes.h"
#include "app/cli/target_place.h"
#include "engine/base/text.h"
#include "engine/formats/file_bytes.h"
#include "engine/formats/format.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, format = "lathe", out, preset;
    std::map<std::string, std::string, std::less<>> options;  // of the format, as they were spelt
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

std::string flagOf(std::string_view option) {
    std::string flag = "--";
    for (const char c : option) flag += c == '_' ? '-' : c;
    return flag;
}

base::Result<base::Params> paramsOf(const Flags& flags, const formats::Format& format) {
    base::Params params;
    for (const auto& [name, text] : flags.options) {
        if (text.empty()) continue;
        const auto& specs = format.writeOptions;
        const auto spec = std::find_if(specs.begin(), specs.end(),
                                       [&wanted = name](const auto& s) { return s.name == wanted; });
        if (spec == specs.end())
            return base::Error{fmt::format("{}: {} has no such option.", flagOf(name), format.title),
                               base::Error::Kind::usage};
        auto value = base::parseParam(*spec, text);
        if (!value) return value.error();
        params.set(name, std::move(*value));
    }
    return params;
}

base::Status write(const ir::Graph& graph, const std::string& path, const formats::Format& format,
                   const base::Params& params) {
    base::Progress progress;
    ProgressBar bar(progress, "Writing");
    return formats::write(graph, path, format.name, params, progress);
}

base::Result<uint64_t> writtenBytes(const ir::Graph& graph, const std::string& path,
                                    const formats::Format& format, const base::Params& params) {
    // A folder is as good as the model in it.
    if (format.folder)
        if (const auto again = format.read(path, {}, {}); !again) return again.error();
    const auto files = formats::writtenFiles(path, format.name, params, &graph);
    if (!files) return files.error();
    return formats::fileBytes(*files);
}

int run(const Flags& flags, Output& output) {
    const auto format = target(flags.format);
    if (!format) return output.fail(format.error());
    auto out = flags.out;
    if (out.empty())
        out = std::filesystem::path(flags.model)
                  .replace_extension((*format)->folder ? "" : (*format)->extensions.front())
                  .string();
    const auto params = paramsOf(flags, **format);
    if (!params) return output.fail(params.error());
    if (auto status = (*format)->folder ? checkFolderPlace(out) : checkFilePlace(out); !status)
        return output.fail(status.error());
    if (auto status = checkTargets(out, flags.format, *params, nullptr, flags.force); !status)
        return output.fail(status.error());
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
    if (auto status = checkTargets(out, flags.format, *params, graph->get(), flags.force); !status)
        return output.fail(status.error());
    if (auto status = write(**graph, out, **format, *params); !status) return output.fail(status.error());
    const auto bytes = writtenBytes(**graph, out, **format, *params);
    if (!bytes) return output.fail(bytes.error());
    output.line(
        fmt::format("Wrote {} ({}, {} nodes)", out, base::formatBytes(*bytes), (*graph)->nodeCount()));
    output.result(
        {{"file", out}, {"format", (*format)->name}, {"bytes", *bytes}, {"nodes", (*graph)->nodeCount()}});
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
                command.add_option("OUT,-o,--output", flags->out,
                                   "File or folder to write (default: beside MODEL, named after it)");
                for (const auto* format : formats::all())
                    for (const auto& option : format->writeOptions)
                        command.add_option(flagOf(option.name), flags->options[std::string(option.name)],
                                           fmt::format("With --to {}: {}", format->name, option.help));
                command.add_option("--optimize", flags->preset,
                                   "Run a preset of passes first: basic, extended or all (default: none)");
                command.add_flag("--force", flags->force, "Replace the file when it exists");
                return [flags](Output& output) { return run(*flags, output); };
            }};
}

}  // namespace lathe::cli
