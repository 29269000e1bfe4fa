// lathe-cli quantize: static int8 with QDQ nodes, calibrated on a dataset.
#include "app/cli/dataset_flags.h"
#include "app/cli/device_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/report_lines.h"
#include "engine/compress/compressor.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string in, out, calibration;
    DatasetFlags data;
    DeviceFlags device;
    std::vector<std::string> exclude, options;
    bool force = false;
};

int quantize(const Flags& flags, Output& output) {
    if (auto status = checkModelTarget(flags.out, flags.force); !status) return output.fail(status.error());
    const auto* compressor = compress::find("quantize_int8");
    base::Params params;
    if (!flags.calibration.empty()) params.set("calibration", flags.calibration);
    if (!flags.exclude.empty()) params.set("exclude", flags.exclude);
    for (const auto& text : flags.options) {
        auto assignment = splitAssignment(text, "--option");
        if (!assignment) return output.fail(assignment.error());
        bool known = false;
        for (const auto& spec : compressor->options)
            if (spec.name == assignment->first) {
                auto value = base::parseParam(spec, assignment->second);
                if (!value) return output.fail(value.error());
                params.set(assignment->first, std::move(*value));
                known = true;
            }
        if (!known)
            return output.fail(
                {fmt::format("--option {}: `lathe-cli passes` lists the options of quantize_int8.", text),
                 base::Error::Kind::usage});
    }
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    const auto graph = readModel(flags.in);
    if (!graph) return output.fail(graph.error());
    const auto dataset = openDataset(flags.data);
    if (!dataset) return output.fail(dataset.error());
    base::Progress progress;
    base::Result<ir::Change> change = base::Error{};
    {
        ProgressBar bar(progress, "Quantizing");
        change = compress::run(*graph, "quantize_int8", params, {*dataset, (*device)->opener()}, progress);
    }
    if (!change) return output.fail(change.error().inside(flags.in));
    showReport(change->report, output);
    if (auto status = writeModel(change->graph, flags.out); !status) return output.fail(status.error());
    output.line(fmt::format("Wrote {}", flags.out));
    auto json = toJson(change->report);
    json["file"] = flags.out;
    output.result(json);
    return kGood;
}

}  // namespace

Verb quantizeVerb() {
    return {
        "quantize", "Quantize a model to int8 with calibration data",
        "lathe-cli quantize model.onnx int8.onnx --data digits.npz --preprocess \"scale(by=0.0625) | "
        "layout(to=CHW)\" --calibration mse",
        [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            command.add_option("IN", flags->in, "Model file")->required();
            command.add_option("OUT", flags->out, "File to write")->required();
            addDatasetFlags(command, flags->data, true);
            addDeviceFlags(command, flags->device);
            command.add_option("--calibration", flags->calibration, "minmax, percentile, mse or kl");
            command.add_option("--exclude", flags->exclude,
                               "Keep nodes whose name or op matches this pattern in float; may be repeated");
            command.add_option("--option", flags->options, "Any other option of quantize_int8, NAME=VALUE");
            command.add_flag("--force", flags->force, "Replace OUT when it exists");
            return [flags](Output& output) { return quantize(*flags, output); };
        }};
}

}  // namespace lathe::cli
