// lathe-cli compare: error per tensor between two variants of one model.
#include "engine/evaluate/compare.h"

#include <algorithm>

#include "app/cli/dataset_flags.h"
#include "app/cli/device_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/whole_number.h"
#include "engine/evaluate/json.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string a, b, sort = "order";
    DatasetFlags data;
    DeviceFlags device;
    InputFlags inputs;
    uint64_t seed = 1;
    int64_t samples = 32;
    size_t top = 50;
};

std::string number(double value) { return fmt::format("{:.4g}", value); }

std::string notFiniteText(const evaluate::TensorError& e) {
    if (e.notFinite == 0) return {};
    return fmt::format("; {} of {} numbers are NaN or infinite in one of the two", e.notFinite, e.count);
}

int compare(const Flags& flags, Output& output) {
    const auto a = readModel(flags.a), b = readModel(flags.b);
    if (!a) return output.fail(a.error());
    if (!b) return output.fail(b.error());
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    evaluate::CompareOptions options;
    options.openSecond = (*device)->opener();
    options.seed = flags.seed;
    options.samples = flags.samples;
    auto shapes = inputShapes(**a, flags.inputs);
    if (!shapes) return output.fail(shapes.error());
    options.shapes = std::move(*shapes);
    if (flags.data.given()) {
        const auto dataset = openDataset(flags.data);
        if (!dataset) return output.fail(dataset.error());
        options.dataset = *dataset;
    }
    base::Progress progress;
    base::Result<evaluate::Comparison> comparison = base::Error{};
    {
        ProgressBar bar(progress, "Comparing");
        comparison = evaluate::compare(*a, *b, options, progress);
    }
    if (!comparison)
        return output.fail(options.dataset ? comparison.error()
                                           : withShapeHint(comparison.error(), **a, flags.inputs));
    auto& tensors = comparison->tensors;
    if (flags.sort == "sqnr")
        std::stable_sort(tensors.begin(), tensors.end(),
                         [](const auto& x, const auto& y) { return x.sqnr < y.sqnr; });
    std::vector<std::vector<std::string>> rows;
    for (const auto& e : tensors)
        if (rows.size() < flags.top)
            rows.push_back({e.name, fmt::format("{:.1f}", e.sqnr), fmt::format("{:.5f}", e.cosine),
                            number(e.meanSquaredError), number(e.largest)});
    output.line(fmt::format("{} samples of {}", comparison->samples, comparison->dataset));
    output.table({"tensor", "SQNR dB", "cosine", "MSE", "largest"}, rows);
    for (const auto& e : comparison->outputs)
        output.line(fmt::format("output {}: SQNR {:.1f} dB, cosine {:.5f}, largest difference {}{}", e.name,
                                e.sqnr, e.cosine, number(e.largest), notFiniteText(e)));
    const auto& paired = comparison->paired;
    if (paired.total > 0) output.line(fmt::format("same answer: {} of {}", paired.sameAnswer, paired.total));
    output.result(evaluate::toJson(*comparison));
    return kGood;
}

}  // namespace

Verb compareVerb() {
    return {"compare", "Compare two variants tensor by tensor",
            "lathe-cli compare model.onnx int8.onnx --data digits.npz --preprocess \"scale(by=0.0625) | "
            "layout(to=CHW)\" --sort sqnr",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("A", flags->a, "Model file")->required();
                command.add_option("B", flags->b, "Model file made from the same source; runs on --device")
                    ->required();
                addDatasetFlags(command, flags->data, false);
                // A runs on this computer, B there: the same model twice shows what the device does
                // otherwise.
                addDeviceFlags(command, flags->device);
                addShapeFlag(command, flags->inputs);
                command.get_option("--shape")->excludes("--data");
                command.add_option("--random", flags->seed, "Random inputs with this seed (default 1)")
                    ->check(wholeNumberFrom(0))
                    ->excludes("--data");
                command.add_option("--samples", flags->samples, "Samples at most (default 32)")
                    ->check(CLI::Range(1, 1000000));
                command.add_option("--sort", flags->sort, "order or sqnr (worst first)")
                    ->check(CLI::IsMember({"order", "sqnr"}));
                command.add_option("--top", flags->top, "Tensors to list (default 50)");
                return [flags](Output& output) { return compare(*flags, output); };
            }};
}

}  // namespace lathe::cli
