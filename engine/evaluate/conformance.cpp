#include "engine/evaluate/conformance.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <span>

#include "engine/base/parallel.h"
#include "engine/base/text.h"
#include "engine/evaluate/value_difference.h"
#include "engine/formats/format.h"
#include "engine/formats/onnx/value_file.h"
#include "engine/ops/infer.h"
#include "engine/ops/op.h"
#include "engine/runtime/session.h"

namespace lathe::evaluate {
namespace {

namespace fs = std::filesystem;
using Values = std::vector<tensor::RuntimeValue>;

constexpr int kDeepest = 4;

bool drawsRandomNumbers(const ir::Graph& graph) {
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (!graph.contains(ir::NodeId{n})) continue;
        const auto* op = ops::find(graph.node({n}).domain(), graph.node({n}).op());
        if (op && !op->deterministic) return true;
    }
    return false;
}

// input_0.pb, input_1.pb, ... for these values; one that is not there is left to its default.
base::Result<Values> readValues(const fs::path& data, const char* kind, const ir::Graph& graph,
                                std::span<const ir::ValueId> ports) {
    Values values(ports.size());
    std::error_code ignored;
    for (size_t i = 0; i < ports.size(); ++i) {
        const auto file = data / fmt::format("{}_{}.pb", kind, i);
        if (!fs::exists(file, ignored)) continue;
        auto value = formats::onnx::readValueFile(file, graph.value(ports[i]).type());
        if (!value) return value.error();
        values[i] = std::move(*value);
    }
    return values;
}

// Some models of the standard declare an input otherwise than their data have it; the data hold.
base::Result<ir::GraphPtr> withShapesOf(const ir::GraphPtr& graph, const Values& inputs) {
    ops::InferOptions options;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const auto* tensor = inputs[i].tensor();
        const auto& declared = graph->value(graph->inputs()[i]).type();
        if (!tensor || !declared.shape || declared.element != tensor->type()) continue;
        const auto given = ir::symbolicShape(tensor->shape());
        bool fits = declared.shape->size() == given.size();
        for (size_t d = 0; fits && d < given.size(); ++d)
            fits = !(*declared.shape)[d].isKnown() || (*declared.shape)[d] == given[d];
        if (!fits) options.inputs[graph->inputs()[i]] = ir::ValueType::tensorOf(tensor->type(), given);
    }
    if (options.inputs.empty()) return graph;
    options.discardRecorded = true;
    return ops::inferred(graph, options);
}

base::Status runDataSet(runtime::Session& session, const fs::path& data, const base::Progress& progress) {
    const auto& graph = *session.graph();
    const auto inputs = readValues(data, "input", graph, graph.inputs());
    if (!inputs) return inputs.error();
    const auto wanted = readValues(data, "output", graph, graph.outputs());
    if (!wanted) return wanted.error();
    if (std::all_of(wanted->begin(), wanted->end(), [](const auto& value) { return value.missing(); }))
        return base::Error::badInput(fmt::format("{}: holds no outputs to compare with", data.string()));
    runtime::RunOptions run;
    run.progress = &progress;
    const auto got = session.run(*inputs, run);
    if (!got) return got.error();
    const bool random = drawsRandomNumbers(graph);
    for (size_t i = 0; i < wanted->size(); ++i) {
        if ((*wanted)[i].missing()) continue;
        const auto text =
            random ? shapeDifference((*got)[i], (*wanted)[i]) : difference((*got)[i], (*wanted)[i]);
        if (!text.empty())
            return base::Error::badInput(fmt::format("{}: output \"{}\": {}", data.filename().string(),
                                                     session.outputs()[i].name, text));
    }
    return {};
}

base::Status run(const fs::path& folder, const ConformanceOptions& options, const base::Progress& progress) {
    const auto graph = formats::read(folder / "model.onnx", progress);
    if (!graph) return graph.error();
    runtime::SessionOptions session;
    session.threads = 1;
    session.plainOnly = options.plainOnly;
    const auto first = readValues(folder / "test_data_set_0", "input", **graph, (*graph)->inputs());
    if (!first) return first.error();
    const auto shaped = withShapesOf(*graph, *first);
    if (!shaped) return shaped.error();
    const auto opened = runtime::open(*shaped, session, progress);
    if (!opened) return opened.error();
    std::error_code ignored;
    for (int set = 0;; ++set) {
        const auto data = folder / fmt::format("test_data_set_{}", set);
        if (!fs::exists(data, ignored)) return {};
        if (auto s = runDataSet(**opened, data, progress); !s) return s;
    }
}

}  // namespace

base::Result<std::vector<fs::path>> findCases(const fs::path& folder, const std::string& pattern) {
    std::error_code problem;
    std::vector<fs::path> found;
    const auto isCase = [](const fs::path& path) { return path.filename().string().rfind("test_", 0) == 0; };
    const auto whole = fs::weakly_canonical(folder, problem);
    if (!fs::is_directory(whole, problem))
        return base::Error::badInput(
            fmt::format("{}: is no folder. Give a folder of cases test_*/model.onnx.", folder.string()));
    if (isCase(whole)) return std::vector{whole};
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto it = fs::recursive_directory_iterator(whole, options, problem); !problem && it != end(it);
         it.increment(problem)) {
        if (!it->is_directory(problem)) continue;
        if (isCase(it->path())) {
            it.disable_recursion_pending();
            const auto name = it->path().filename().string();
            if (pattern.empty() || base::matchesPattern(name, pattern)) found.push_back(it->path());
        } else if (it.depth() + 1 >= kDeepest) {
            it.disable_recursion_pending();
        }
    }
    if (found.empty())
        return base::Error::badInput(
            fmt::format("{}: no folder test_*{} is beneath it. The layout is test_NAME/model.onnx with "
                        "test_data_set_0/input_0.pb.",
                        folder.string(), pattern.empty() ? "" : " that fits \"" + pattern + "\""));
    std::sort(found.begin(), found.end());
    return found;
}

ConformanceCase runCase(const fs::path& folder, const ConformanceOptions& options,
                        const base::Progress& progress) {
    using Result = ConformanceCase::Result;
    const auto start = std::chrono::steady_clock::now();
    ConformanceCase result;
    result.name = folder.filename().string();
    std::error_code ignored;
    if (!fs::exists(folder / "model.onnx", ignored)) {
        result.reason = "the folder holds no model.onnx";
    } else if (!fs::exists(folder / "test_data_set_0", ignored)) {
        result.reason = "the folder holds no test_data_set_0";
    } else {
        const auto status = run(folder, options, progress);
        result.result = status ? Result::passed : Result::failed;
        if (!status) result.reason = status.error().message;
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

base::Result<std::vector<ConformanceCase>> runCases(const std::vector<fs::path>& folders,
                                                    const ConformanceOptions& options,
                                                    const base::Progress& progress) {
    std::vector<ConformanceCase> results(folders.size());
    std::atomic<size_t> done{0};
    const base::Workers workers(options.jobs);
    workers.forRange(static_cast<int64_t>(folders.size()), 1, [&](int64_t begin, int64_t end) {
        for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end) && !progress.cancelled();
             ++i) {
            results[i] = runCase(folders[i], options, base::Progress());
            progress.report(static_cast<double>(++done) / static_cast<double>(folders.size()),
                            results[i].name);
        }
    });
    if (auto s = progress.check(); !s) return s.error();
    return results;
}

}  // namespace lathe::evaluate
