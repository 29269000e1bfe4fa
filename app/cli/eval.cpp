// lathe-cli eval: accuracy on labelled data, and paired counts against another model.
#include "app/cli/dataset_flags.h"
#include "app/cli/device_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/threads_flag.h"
#include "engine/evaluate/evaluate.h"
#include "engine/evaluate/json.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, against;
    std::vector<std::string> metrics;
    DatasetFlags data;
    DeviceFlags device;
    int threads = 0;
};

base::Result<evaluate::Evaluation> evaluateFile(const std::string& path, const Flags& flags,
                                                remote::Device& device, const data::Dataset& dataset) {
    const auto graph = readModel(path);
    if (!graph) return graph.error();
    base::Progress progress;
    ProgressBar bar(progress, "Evaluating");
    auto session = device.open(*graph, {.threads = flags.threads}, progress.part(0, 0.1));
    if (!session) return session.error().inside(path);
    auto evaluation = evaluate::evaluate(**session, dataset, {}, progress.part(0.1, 1));
    if (!evaluation) return evaluation.error().inside(path);
    return evaluation;
}

int eval(const Flags& flags, Output& output) {
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    const auto dataset = openDataset(flags.data);
    if (!dataset) return output.fail(dataset.error());
    // Looked at before the work; a sample that cannot be read is told by the evaluation.
    const auto sample = (*dataset)->source().at(0);
    const bool labelled = !sample || sample->label;
    if (!labelled && flags.against.empty())
        return output.fail(
            {fmt::format("{}: the data has no labels, so no answer is right or wrong. Give labelled data, or "
                         "another model with --against to count equal answers.",
                         (*dataset)->name())});
    for (const auto& wanted : flags.metrics)
        if (!labelled || (wanted != "top1" && wanted != "top5"))
            return output.fail({fmt::format("There is no metric {}{}. Metrics are top1 and top5.", wanted,
                                            labelled ? "" : " without labels"),
                                base::Error::Kind::usage});
    const auto first = evaluateFile(flags.model, flags, **device, **dataset);
    if (!first) return output.fail(first.error());
    nlohmann::json json = {{"model", flags.model}, {"evaluation", evaluate::toJson(*first)}};
    std::vector<std::vector<std::string>> rows;
    for (const auto& wanted : flags.metrics) {
        const bool known = std::any_of(first->metrics.begin(), first->metrics.end(),
                                       [&](const auto& m) { return m.name == wanted; });
        if (!known)
            return output.fail(
                {fmt::format("There is no metric {} for this model and data (labels and classes decide).",
                             wanted),
                 base::Error::Kind::usage});
    }
    const auto chosen = [&](const evaluate::Metric& m) {
        return flags.metrics.empty() ||
               std::find(flags.metrics.begin(), flags.metrics.end(), m.name) != flags.metrics.end();
    };
    const auto add = [&](const std::string& name, const evaluate::Evaluation& evaluation) {
        for (const auto& metric : evaluation.metrics)
            if (chosen(metric))
                rows.push_back({name, metric.title, fmt::format("{:.2f}", metric.value * 100),
                                fmt::format("{:.2f}", metric.standardError * 100),
                                fmt::format("{}", evaluation.samples),
                                fmt::format("{:.1f}", evaluation.seconds)});
    };
    add(flags.model, *first);
    evaluate::PairedCounts paired;
    if (!flags.against.empty()) {
        const auto second = evaluateFile(flags.against, flags, **device, **dataset);
        if (!second) return output.fail(second.error());
        add(flags.against, *second);
        paired = evaluate::pairedCounts(*first, *second);
        json["against"] = {{"model", flags.against}, {"evaluation", evaluate::toJson(*second)}};
        json["paired"] = evaluate::toJson(paired);
    }
    if (!rows.empty())
        output.table({"model", "metric", "value %", "standard error", "samples", "seconds"}, rows);
    if (paired.total > 0 && first->correct.empty()) {
        // Who is right needs labels; null in JSON is told apart from a count of zero.
        for (const auto* key : {"bothRight", "onlyFirst", "onlySecond", "bothWrong", "pValue"})
            json["paired"][key] = nullptr;
        output.line(
            fmt::format("The data has no labels. Same answer: {:.2f} % of {}",
                        100.0 * static_cast<double>(paired.sameAnswer) / static_cast<double>(paired.total),
                        paired.total));
    } else if (paired.total > 0) {
        output.line(fmt::format(
            "Only {} right: {}; only {} right: {}; same answer: {:.2f} % of {}; McNemar p = {:.3g}",
            flags.model, paired.onlyFirst, flags.against, paired.onlySecond,
            100.0 * static_cast<double>(paired.sameAnswer) / static_cast<double>(paired.total), paired.total,
            paired.pValue));
    }
    output.result(json);
    return kGood;
}

}  // namespace

Verb evalVerb() {
    return {"eval", "Judge a model on labelled data",
            "lathe-cli eval model.onnx --data digits.npz --preprocess \"scale(by=0.0625) | layout(to=CHW)\" "
            "--metric top1,top5",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->model, "Model file")->required();
                addDatasetFlags(command, flags->data, true);
                addDeviceFlags(command, flags->device);
                command
                    .add_option("--metric", flags->metrics, "Metrics to show, e.g. top1,top5 (default: all)")
                    ->delimiter(',')
                    ->allow_extra_args(false);
                command.add_option("--against", flags->against, "Another model to compare answers with");
                addThreadsFlag(command, flags->threads);
                return [flags](Output& output) { return eval(*flags, output); };
            }};
}

}  // namespace lathe::cli
