// lathe-cli run: runs a model once, prints what comes out or writes it as NumPy and JSON files.
#include <cmath>
#include <filesystem>

#include "app/cli/device_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/target_place.h"
#include "app/cli/threads_flag.h"
#include "app/cli/value_files.h"
#include "engine/runtime/session.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, outputDir;
    InputFlags inputs;
    DeviceFlags device;
    int threads = 0;
    bool plain = false;
    bool force = false;
};

// NaN has a sign that says nothing.
std::string number(double value) { return std::isnan(value) ? "nan" : fmt::format("{:.6g}", value); }

// A JSON text on one line, cut where it gets long.
std::string shortText(const nlohmann::json& json) {
    constexpr size_t kLongest = 2000;
    auto text = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (text.size() <= kLongest) return text;
    size_t end = kLongest;
    while ((static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;  // a whole UTF-8 character
    return text.substr(0, end) + " ...";
}

// Before the work: whether files can be made in the folder, and whether one of this run's outputs is there.
// How many files a sequence becomes is not known yet: all of such a name count.
base::Status checkOutputs(const Flags& flags, size_t count) {
    if (flags.outputDir.empty()) return {};
    if (auto status = checkFilesIn(flags.outputDir); !status) return status;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(flags.outputDir, none)) {
        const auto name = entry.path().filename().string();
        for (size_t i = 0; i < count; ++i)
            if (const auto stem = fmt::format("output_{}", i);
                name.starts_with(stem + ".") || name.starts_with(stem + "_"))
                if (auto status = checkTarget(entry.path().string(), flags.force); !status) return status;
    }
    return {};
}

int runModel(const Flags& flags, Output& output) {
    const auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    if (auto status = checkOutputs(flags, (*graph)->outputs().size()); !status)
        return output.fail(status.error());
    const auto inputs = modelInputs(**graph, flags.inputs);
    if (!inputs) return output.fail(inputs.error());
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    base::Progress progress;
    ProgressBar bar(progress, "Running");
    auto session = (*device)->open(*graph, {.threads = flags.threads, .plainOnly = flags.plain}, progress);
    if (!session) return output.fail(session.error().inside(flags.model));
    const auto results = (*session)->run(*inputs, {.progress = &progress});
    if (!results)
        return output.fail(withShapeHint(results.error(), **graph, flags.inputs).inside(flags.model));

    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    std::string texts;
    for (size_t i = 0; i < results->size(); ++i) {
        const auto& name = (*session)->outputs()[i].name;
        const auto& value = (*results)[i];
        std::vector<std::string> files;
        if (!flags.outputDir.empty()) {
            std::error_code failed;
            std::filesystem::create_directories(flags.outputDir, failed);
            if (failed)
                return output.fail({fmt::format("{}: the folder cannot be made: {}. Name another.",
                                                flags.outputDir, failed.message())});
            // A model's content never names a path: outputs are numbered.
            auto written = writeValue(
                value, std::filesystem::path(flags.outputDir) / fmt::format("output_{}", i), flags.force);
            if (!written) return output.fail(written.error());
            files = std::move(*written);
        }
        std::string shown = files.empty() ? "" : files.front();
        if (files.size() > 1) shown += fmt::format(" and {} more", files.size() - 1);
        std::vector<std::string> row{name, describeValue(value), "", "", "", shown};
        auto json = valueSummary(value);
        if (json.contains("mean"))
            for (const auto& [column, key] :
                 {std::pair<size_t, const char*>{2, "minimum"}, {3, "mean"}, {4, "maximum"}})
                row[column] = number(json[key].get<double>());
        else if (json.contains("value"))
            texts += fmt::format("{}{} = {}", texts.empty() ? "" : "\n", name, shortText(json["value"]));
        rows.push_back(std::move(row));
        json["name"] = name;
        json["file"] = shown;
        if (files.size() > 1) json["files"] = files;
        list.push_back(std::move(json));
    }
    output.table({"output", "type and shape", "minimum", "mean", "maximum", "file"}, rows);
    if (!texts.empty()) output.line(texts);
    output.result({{"outputs", list}, {"device", (*session)->deviceName()}});
    return kGood;
}

}  // namespace

Verb runVerb() {
    return {"run", "Run a model once",
            "lathe-cli run model.onnx --random 1 --shape input=1,3,224,224 --output-dir results",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->model, "Model file")->required();
                addInputFlags(command, flags->inputs);
                addDeviceFlags(command, flags->device);
                command.add_option("--output-dir", flags->outputDir,
                                   "Folder for the outputs as NumPy files, texts and maps as JSON");
                addThreadsFlag(command, flags->threads);
                command.add_flag("--plain", flags->plain,
                                 "Use the plain evaluation of every op instead of fast kernels");
                command.add_flag("--force", flags->force, "Replace output files that exist");
                return [flags](Output& output) { return runModel(*flags, output); };
            }};
}

}  // namespace lathe::cli
