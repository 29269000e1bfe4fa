#include "app/cli/run_compressor.h"

#include <algorithm>

#include "app/cli/model_file.h"
#include "app/cli/report_lines.h"

namespace lathe::cli {
namespace {

base::Status addOptions(const compress::Compressor& compressor, const std::vector<std::string>& texts,
                        base::Params& params) {
    for (const auto& text : texts) {
        auto assignment = splitAssignment(text, "--option");
        if (!assignment) return assignment.error();
        const auto& specs = compressor.options;
        const auto spec = std::find_if(specs.begin(), specs.end(),
                                       [&](const auto& s) { return s.name == assignment->first; });
        if (spec == specs.end())
            return base::Error{fmt::format("--option {}: `lathe-cli passes` lists the options of {}.", text,
                                           compressor.name),
                               base::Error::Kind::usage};
        if (params.has(assignment->first))
            return base::Error{fmt::format("--option {}: {} is given twice. Leave one of them away.", text,
                                           assignment->first),
                               base::Error::Kind::usage};
        auto value = base::parseParam(*spec, assignment->second);
        if (!value) return value.error();
        params.set(assignment->first, std::move(*value));
    }
    return {};
}

}  // namespace

void addCompressorFlags(CLI::App& command, CompressorFlags& flags, bool needsData) {
    command.add_option("IN", flags.in, "Model file")->required();
    command.add_option("OUT", flags.out, "File to write")->required();
    addDatasetFlags(command, flags.data, needsData);
    addDeviceFlags(command, flags.device);
    command
        .add_option("--option", flags.options,
                    "Option of the compressor, NAME=VALUE, listed by `lathe-cli passes`; may be repeated")
        ->allow_extra_args(false);
    command.add_flag("--force", flags.force, "Replace OUT when it exists");
}

int runCompressor(const compress::Compressor& compressor, const CompressorFlags& flags, base::Params params,
                  Output& output) {
    if (auto status = checkModelTarget(flags.out, flags.force); !status) return output.fail(status.error());
    if (auto status = addOptions(compressor, flags.options, params); !status)
        return output.fail(status.error());
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    const auto graph = readModel(flags.in);
    if (!graph) return output.fail(graph.error());
    compress::Resources resources{nullptr, (*device)->opener()};
    if (flags.data.given()) {
        const auto dataset = openDataset(flags.data);
        if (!dataset) return output.fail(dataset.error());
        resources.data = *dataset;
    }
    base::Progress progress;
    base::Result<ir::Change> change = base::Error{};
    {
        ProgressBar bar(progress, std::string(compressor.title));
        change = compress::run(*graph, compressor.name, params, resources, progress);
    }
    if (!change) return output.fail(change.error().inside(flags.in));
    showReport(change->report, output);
    if (auto status = writeModel(change->graph, flags.out, flags.force); !status)
        return output.fail(status.error());
    output.line(wroteLine(flags.out));
    auto json = toJson(change->report);
    json["file"] = flags.out;
    output.result(json);
    return kGood;
}

}  // namespace lathe::cli
