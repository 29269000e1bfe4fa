// lathe-cli run: runs a model once, prints what comes out or writes it as NumPy files.
#include <filesystem>

#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "engine/data/npy.h"
#include "engine/runtime/session.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, outputDir;
    InputFlags inputs;
    int threads = 0;
    bool plain = false;
    bool force = false;
};

struct Summary {
    double minimum = 0, maximum = 0, mean = 0;
};

Summary summarize(const tensor::Tensor& t) {
    Summary s;
    if (t.empty() || t.type() == tensor::DataType::string) return s;
    const auto values = tensor::toReals(t);
    s.minimum = s.maximum = values[0];
    for (const double v : values) {
        s.minimum = std::min(s.minimum, v);
        s.maximum = std::max(s.maximum, v);
        s.mean += v / static_cast<double>(values.size());
    }
    return s;
}

int runModel(const Flags& flags, Output& output) {
    const auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    const auto inputs = modelInputs(**graph, flags.inputs);
    if (!inputs) return output.fail(inputs.error());
    auto session = runtime::open(*graph, {.threads = flags.threads, .plainOnly = flags.plain});
    if (!session) return output.fail(session.error().inside(flags.model));
    base::Progress progress;
    ProgressBar bar(progress, "Running");
    const auto results = (*session)->run(*inputs, {.progress = &progress});
    if (!results) return output.fail(results.error().inside(flags.model));

    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    for (size_t i = 0; i < results->size(); ++i) {
        const auto& name = (*session)->outputs()[i].name;
        const auto* t = (*results)[i].tensor();
        if (!t) {
            rows.push_back({name, "not a tensor", "", "", "", ""});
            list.push_back({{"name", name}});
            continue;
        }
        const auto s = summarize(*t);
        std::string file;
        if (!flags.outputDir.empty()) {
            std::error_code failed;
            std::filesystem::create_directories(flags.outputDir, failed);
            // A model's content never names a path: outputs are numbered.
            file = (std::filesystem::path(flags.outputDir) / fmt::format("output_{}.npy", i)).string();
            if (auto status = checkTarget(file, flags.force); !status) return output.fail(status.error());
            if (auto status = data::writeNpy(file, *t); !status) return output.fail(status.error());
        }
        rows.push_back({name, tensor::toString(t->type(), t->shape()), fmt::format("{:.6g}", s.minimum),
                        fmt::format("{:.6g}", s.mean), fmt::format("{:.6g}", s.maximum), file});
        list.push_back({{"name", name},
                        {"type", tensor::name(t->type())},
                        {"shape", t->shape()},
                        {"minimum", s.minimum},
                        {"mean", s.mean},
                        {"maximum", s.maximum},
                        {"file", file}});
    }
    output.table({"output", "type and shape", "minimum", "mean", "maximum", "file"}, rows);
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
                command.add_option("--output-dir", flags->outputDir, "Folder for the outputs as NumPy files");
                command.add_option("--threads", flags->threads, "Threads (default: one per core)");
                command.add_flag("--plain", flags->plain,
                                 "Use the plain evaluation of every op instead of fast kernels");
                command.add_flag("--force", flags->force, "Replace output files that exist");
                return [flags](Output& output) { return runModel(*flags, output); };
            }};
}

}  // namespace lathe::cli
