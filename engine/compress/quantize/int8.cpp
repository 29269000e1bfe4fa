// Static int8 quantization: fold, calibrate, insert QuantizeLinear and DequantizeLinear.
//
// The result is standard ONNX in QDQ form (opset 13), arranged so that ONNX Runtime turns every rounded node
// into its integer form: int8 weights by output channel, int32 biases at the scale of the sums, codes after
// each node, Relu and Clip absorbed by the codes after them, one scale through operators that only move data.
// Activations are uint8 by default: ONNX Runtime on x86 leaves int8 codes that several nodes read in float.
// Conventions measured with ONNX Runtime 1.20.1 and 1.30.
#include <fmt/format.h>

#include <algorithm>

#include "engine/compress/compressor.h"
#include "engine/compress/quantize/calibrate.h"
#include "engine/compress/quantize/patterns.h"
#include "engine/compress/quantize/rewrite.h"
#include "engine/compress/quantize/selection.h"
#include "engine/compress/quantize/thresholds.h"
#include "engine/compress/quantize/validate.h"
#include "engine/passes/pass.h"

namespace lathe::compress {

namespace {

using namespace quantize;

Range rangeOf(const Histogram& histogram, const base::Params& options, tensor::DataType type,
              bool symmetric) {
    const auto& method = options.text("calibration");
    if (method == "percentile") return percentileRange(histogram, options.real("percentile"));
    if (method == "mse") return squaredErrorRange(histogram, type, symmetric);
    if (method == "kl") return divergenceRange(histogram, symmetric);
    return minMaxRange(histogram);
}

// Probabilities are in [0, 1) whatever the samples said: 256 codes of 1/256.
bool isProbability(const ir::Graph& graph, ir::ValueId value) {
    const auto producer = graph.value(value).producer();
    return producer && (graph.node(producer).is("Sigmoid") || graph.node(producer).is("Softmax"));
}

base::Result<std::map<ir::ValueId, Affine>> scalesOf(const ir::Graph& graph, const Selection& selection,
                                                     const std::map<ir::ValueId, Observation>& observations,
                                                     const base::Params& options,
                                                     const base::Progress& progress) {
    const auto type =
        options.text("activation_type") == "uint8" ? tensor::DataType::uint8 : tensor::DataType::int8;
    const bool symmetric = options.boolean("symmetric");
    std::map<ir::ValueId, Affine> scales;
    for (const auto value : selection.values) {
        if (auto status = progress.check(); !status.ok()) return status.error();
        if (selection.rootOf(value) != value) continue;
        const auto seen = observations.find(value);
        if (seen == observations.end() || seen->second.histogram.empty())
            return base::Error::badInput(
                fmt::format("No numbers were seen for \"{}\" while calibrating.", graph.value(value).name()));
        const auto& histogram = seen->second.histogram;
        if (histogram.notFinite() > 0)
            return base::Error::badInput(fmt::format(
                "\"{}\" has {} numbers that are not finite on the calibration data. Exclude the node "
                "that makes them.",
                graph.value(value).name(), histogram.notFinite()));
        if (isProbability(graph, value) && !symmetric)
            scales[value] = affineFor({0, 255.0f / 256}, type, false);
        else
            scales[value] = affineFor(rangeOf(histogram, options, type, symmetric), type, symmetric);
    }
    return scales;
}

std::string accountOf(const ir::Graph& graph, const Selection& selection, int64_t samples) {
    auto text = fmt::format(
        "{} of {} nodes with weights run as integers, {} nodes in all; calibrated on {} samples.",
        selection.computeCount,
        selection.computeCount + selection.storedCount + static_cast<int64_t>(selection.kept.size()),
        selection.nodes.size(), samples);
    if (selection.storedCount > 0)
        text += fmt::format(
            " {} ConvTranspose have integer weights; ONNX Runtime and Lathe compute them in float.",
            selection.storedCount);
    constexpr size_t kListed = 8;
    for (size_t i = 0; i < selection.kept.size() && i < kListed; ++i)
        text += fmt::format(" {} stays in float: {}.", graph.node(selection.kept[i].node).label(),
                            selection.kept[i].reason);
    if (selection.kept.size() > kListed)
        text += fmt::format(" And {} more.", selection.kept.size() - kListed);
    return text;
}

base::Result<ir::Change> quantizeInt8(const ir::GraphPtr& graph, const base::Params& options,
                                      const Resources& resources, const base::Progress& progress) {
    progress.report(0, "Folding batch normalization");
    auto folded = passes::run(graph, passes::findPreset("extended")->steps, progress.part(0, 0.1));
    if (!folded.ok()) return folded.error();
    const auto& prepared = folded->graph;
    const auto selection = select(*prepared, options.texts("exclude"));
    if (selection.computeCount + selection.storedCount == 0)
        return base::Error::badInput(
            selection.kept.empty()
                ? std::string("The model has no Conv, Gemm or MatMul to quantize.")
                : fmt::format("No node can be quantized: {} stays in float because {}.",
                              prepared->node(selection.kept[0].node).label(), selection.kept[0].reason));
    const CalibrationOptions calibration{.samples = options.integer("samples"),
                                         .batchSize = options.integer("batch_size"),
                                         .open = resources.open};
    const auto calibrated =
        calibrate(prepared, selection.values, *resources.data, calibration, progress.part(0.1, 0.9));
    if (!calibrated.ok()) return calibrated.error();
    progress.report(0.9, "Choosing ranges");
    auto scales = scalesOf(*prepared, selection, calibrated->seen, options, progress);
    if (!scales.ok()) return scales.error();

    ir::Editor editor(prepared);
    RewriteOptions how;
    how.activations =
        options.text("activation_type") == "uint8" ? tensor::DataType::uint8 : tensor::DataType::int8;
    how.symmetric = options.boolean("symmetric");
    how.perChannel = options.boolean("per_channel");
    if (options.boolean("bias_correction"))
        for (const auto& [value, seen] : calibrated->seen)
            if (!seen.channelSums.empty()) how.inputMeans[value] = seen.channelMeans();
    rewrite(editor, selection, *scales, how);
    // Per-channel scales came with opset 13.
    if (auto& opset = editor.info().opsets[""]; opset < 13) opset = 13;
    const std::vector<passes::Step> sweep{{.name = "remove_unused"}};
    auto swept = passes::run(editor.finish(), sweep, progress.part(0.95, 1));
    if (!swept.ok()) return swept.error();

    ir::Change change;
    change.graph = swept->graph;
    for (auto& line : folded->report.lines)
        if (line.count > 0) change.report.lines.push_back(line);
    change.report.lines.push_back({.name = "quantize_int8",
                                   .title = "Quantize to int8",
                                   .count = static_cast<int64_t>(selection.nodes.size()),
                                   .note = accountOf(*prepared, selection, calibrated->samples)});
    warnOfUnmatched(change.report, *graph, options.texts("exclude"));
    for (const auto& finding : checkQuantized(*change.graph)) {
        // What depends on where the file will run is for the export to say; why those stay in float was said
        // above.
        if (finding.somewhere) continue;
        if (std::ranges::any_of(selection.kept, [&](const Kept& kept) { return kept.node == finding.node; }))
            continue;
        change.report.lines.push_back({.name = "check",
                                       .title = change.graph->node(finding.node).label(),
                                       .count = 1,
                                       .note = fmt::format("{} {}", finding.reason, finding.remedy),
                                       .warning = true});
    }
    return change;
}

}  // namespace

Compressor quantizeInt8Compressor() {
    using enum base::ParamType;
    return {
        .name = "quantize_int8",
        .title = "Quantize to int8",
        .summary =
            "Static 8-bit quantization with calibration data: four times smaller weights, integer "
            "arithmetic. "
            "Folds batch normalization first.",
        .family = "quantize",
        .options =
            {{.name = "calibration",
              .type = choice,
              .defaultValue = std::string("minmax"),
              .label = "Calibration",
              .help = "How the range of each value is chosen: all that was seen, a percentile, least squared "
                      "error, or least divergence.",
              .choices = {"minmax", "percentile", "mse", "kl"}},
             {.name = "percentile",
              .type = real,
              .defaultValue = 99.99,
              .label = "Percentile",
              .help = "Share of the numbers that must not saturate, at each end; for percentile calibration.",
              .unit = "%",
              .minimum = 50,
              .maximum = 100},
             {.name = "samples",
              .type = integer,
              .defaultValue = int64_t{512},
              .label = "Samples",
              .help = "Calibration samples at most, spread evenly over the dataset.",
              .minimum = 1,
              .maximum = 1e6},
             {.name = "batch_size",
              .type = integer,
              .defaultValue = int64_t{16},
              .label = "Batch size",
              .help = "Samples run at once; a model with a fixed batch uses that.",
              .minimum = 1,
              .maximum = 4096},
             {.name = "per_channel",
              .type = boolean,
              .defaultValue = true,
              .label = "Per-channel weights",
              .help = "One scale for each output channel instead of one for the tensor."},
             {.name = "bias_correction",
              .type = boolean,
              .defaultValue = false,
              .label = "Correct biases",
              .help =
                  "Biases take up what rounding the weights shifts the mean of each channel by; helps most "
                  "without per-channel weights."},
             {.name = "symmetric",
              .type = boolean,
              .defaultValue = false,
              .label = "Symmetric activations",
              .help = "Zero point 0 for activations, which GPUs ask for; half the codes of a Relu are lost."},
             {.name = "activation_type",
              .type = choice,
              .defaultValue = std::string("uint8"),
              .label = "Activation type",
              .help = "Codes of activations. ONNX Runtime on x86 runs all of uint8 as integers; GPUs ask for "
                      "int8 with symmetric activations.",
              .choices = {"uint8", "int8"}},
             {.name = "exclude",
              .type = texts,
              .defaultValue = std::vector<std::string>{},
              .label = "Keep in float",
              .help = "Patterns of node names or operators that stay in float, e.g. head_*, Softmax."}},
        .needsData = true,
        .run = quantizeInt8};
}

}  // namespace lathe::compress
