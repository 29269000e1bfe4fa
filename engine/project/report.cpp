#include "engine/project/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "engine/ops/infer.h"
#include "engine/profile/flags.h"

namespace lathe::project {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;max-width:1100px;margin:32px auto;padding:0 16px}
h1{font-size:22px}h2{font-size:17px;margin-top:32px}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px 4px 0;text-align:left;border-bottom:1px solid #8884}th{font-weight:600}
.n{text-align:right}.bar{display:inline-block;height:9px;background:#2563d9;border-radius:2px}small{color:#888}
)";

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

template <typename Map>
auto lastOf(const Map& map, VariantId id) -> typename Map::mapped_type::value_type {
    const auto it = map.find(id);
    return it == map.end() || it->second.empty() ? nullptr : it->second.back();
}

std::string row(const std::vector<std::string>& cells, size_t textCells, const char* tag = "td") {
    std::string text = "<tr>";
    for (size_t i = 0; i < cells.size(); ++i)
        text += fmt::format("<{}{}>{}</{}>", tag, i >= textCells ? " class=n" : "", cells[i], tag);
    return text + "</tr>\n";
}

std::string summary(const Workspace& workspace) {
    std::string html = "<h2>Variants</h2><table>" + row({"Variant", "Made by", "Nodes", "Size", "MACs",
                                                         "Top-1, %", "Median, ms", "Peak memory"},
                                                        2, "th");
    for (const auto& variant : workspace.variants) {
        const auto evaluation = lastOf(workspace.evaluations, variant->id);
        const auto profile = lastOf(workspace.profiles, variant->id);
        std::string accuracy = "–", latency = "–", memory = "–";
        if (evaluation)
            for (const auto& metric : evaluation->metrics)
                if (metric.name == "top1")
                    accuracy = fmt::format("{:.2f} ± {:.2f}", metric.value * 100, metric.standardError * 100);
        if (profile) {
            latency = fmt::format("{:.3f}", profile->time.median * 1e3);
            memory = base::formatBytes(profile->peakResidentBytes);
        }
        const double macs = ops::graphCost(*variant->graph).macs;
        html += row({escaped(variant->name), escaped(variant->step.name),
                     fmt::format("{}", variant->graph->nodeCount()), base::formatBytes(variant->fileBytes),
                     macs > 0 ? base::formatCount(macs) : "–", accuracy, latency, memory},
                    2);
    }
    return html + "</table>";
}

std::string slowestNodes(const Variant& variant, const profile::Profile& profile) {
    auto nodes = profile.nodes;
    std::stable_sort(nodes.begin(), nodes.end(),
                     [](const auto& a, const auto& b) { return a.time.median > b.time.median; });
    double sum = 0;
    for (const auto& node : nodes) sum += node.time.median;
    if (nodes.empty() || sum <= 0) return {};
    const auto& c = profile.conditions;
    std::string flags;
    for (const auto flag : profile.flags) flags += fmt::format("; {}", profile::title(flag));
    std::string html = fmt::format(
        "<h2>Time per node: {}</h2><p><small>{}; {}; {}; {} runs after {} for warm-up; started {}; Lathe "
        "{}{}</small></p><table>",
        escaped(variant.name), escaped(c.device), escaped(c.processor), escaped(c.inputShapes),
        profile.time.count, c.warmupRuns, escaped(c.startedAt), escaped(c.latheVersion), escaped(flags));
    html += row({"Node", "Op", "", "Median, µs", "Share, %"}, 3, "th");
    for (size_t i = 0; i < std::min<size_t>(nodes.size(), 20); ++i) {
        if (!variant.graph->contains(nodes[i].node)) continue;
        const auto node = variant.graph->node(nodes[i].node);
        const double share = nodes[i].time.median / sum;
        html += row({escaped(node.label()), escaped(node.op()),
                     fmt::format("<span class=bar style=\"width:{:.0f}px\"></span>", 200 * share),
                     fmt::format("{:.1f}", nodes[i].time.median * 1e6), fmt::format("{:.1f}", share * 100)},
                    3);
    }
    return html + "</table>";
}

std::string sqnrText(const evaluate::TensorError& error) {
    if (error.notFinite > 0) return fmt::format("−∞ ({} NaN or infinite)", error.notFinite);
    if (std::isinf(error.sqnr)) return error.sqnr > 0 ? "∞" : "−∞";
    return fmt::format("{:.1f}", error.sqnr);
}

std::string tensorErrors(const Workspace& workspace, const std::pair<VariantId, VariantId>& pair,
                         const evaluate::Comparison& comparison) {
    const auto *a = workspace.find(pair.first), *b = workspace.find(pair.second);
    if (!a || !b) return {};
    auto tensors = comparison.tensors;
    std::stable_sort(tensors.begin(), tensors.end(),
                     [](const auto& x, const auto& y) { return x.sqnr < y.sqnr; });
    std::string html =
        fmt::format("<h2>Error of {} against {}</h2><p><small>{} samples of {}</small></p><table>",
                    escaped(b->name), escaped(a->name), comparison.samples, escaped(comparison.dataset));
    html += row({"Tensor", "SQNR, dB", "Cosine", "Largest difference"}, 1, "th");
    for (size_t i = 0; i < std::min<size_t>(tensors.size(), 20); ++i)
        html += row({escaped(tensors[i].name), sqnrText(tensors[i]), fmt::format("{:.5f}", tensors[i].cosine),
                     fmt::format("{:.4g}", tensors[i].largest)},
                    1);
    return html + "</table>";
}

}  // namespace

std::string htmlReport(const Workspace& workspace, std::string_view title) {
    std::string html = fmt::format(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{}</title><style>{}</style><h1>{}</h1>\n",
        escaped(title), kStyle, escaped(title));
    html += summary(workspace);
    for (const auto& variant : workspace.variants)
        if (const auto profile = lastOf(workspace.profiles, variant->id))
            html += slowestNodes(*variant, *profile);
    for (const auto& [pair, comparison] : workspace.comparisons)
        html += tensorErrors(workspace, pair, *comparison);
    return html + "</html>\n";
}

}  // namespace lathe::project
