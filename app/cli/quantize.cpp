// lathe-cli quantize: static int8 with QDQ nodes, calibrated on a dataset.
#include "app/cli/run_compressor.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string calibration;
    std::vector<std::string> exclude;
    CompressorFlags common;
};

int quantize(const Flags& flags, Output& output) {
    base::Params params;
    if (!flags.calibration.empty()) params.set("calibration", flags.calibration);
    if (!flags.exclude.empty()) params.set("exclude", flags.exclude);
    return runCompressor(*compress::find("quantize_int8"), flags.common, std::move(params), output);
}

}  // namespace

Verb quantizeVerb() {
    return {"quantize", "Quantize a model to int8 with calibration data",
            "lathe-cli quantize model.onnx int8.onnx --data digits.npz --split train --preprocess "
            "\"scale(by=0.0625) | "
            "layout(to=CHW)\" --calibration mse",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                addCompressorFlags(command, flags->common, true);
                command.add_option("--calibration", flags->calibration, "minmax, percentile, mse or kl");
                command
                    .add_option("--exclude", flags->exclude,
                                "Keep nodes whose name or op matches this pattern in float; may be repeated")
                    ->allow_extra_args(false);
                return [flags](Output& output) { return quantize(*flags, output); };
            }};
}

}  // namespace lathe::cli
