// lathe-cli conformance: a folder of ONNX backend tests, run and compared.
#include "engine/evaluate/conformance.h"
#include "app/cli/verb.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string folder, filter, device = "cpu";
    evaluate::ConformanceOptions options;
};

int conformance(const Flags& flags, Output& output) {
    using Result = evaluate::ConformanceCase::Result;
    const auto folders = evaluate::findCases(flags.folder, flags.filter);
    if (!folders) return output.fail(folders.error());
    base::Progress progress;
    base::Result<std::vector<evaluate::ConformanceCase>> cases = base::Error::cancelled();
    {
        const ProgressBar bar(progress, "Running");
        cases = evaluate::runCases(*folders, flags.options, progress);
    }
    if (!cases) return output.fail(cases.error());
    int counts[3] = {};
    auto list = nlohmann::json::array();
    for (const auto& c : *cases) {
        static constexpr const char* kNames[] = {"passed", "failed", "skipped"};
        const auto* name = kNames[static_cast<int>(c.result)];
        ++counts[static_cast<int>(c.result)];
        list.push_back({{"name", c.name}, {"result", name}, {"seconds", c.seconds}});
        if (c.result == Result::passed) continue;
        list.back()["reason"] = c.reason;
        output.line(fmt::format("{} {}: {}", name, c.name, c.reason));
    }
    output.line(fmt::format("{} passed, {} failed, {} skipped", counts[0], counts[1], counts[2]));
    output.result({{"folder", flags.folder},
                   {"device", flags.device},
                   {"passed", counts[0]},
                   {"failed", counts[1]},
                   {"skipped", counts[2]},
                   {"cases", list}});
    return counts[1] == 0 ? kGood : kFailed;
}

}  // namespace

Verb conformanceVerb() {
    return {
        "conformance", "Run a folder of ONNX backend tests",
        "lathe-cli conformance onnx/backend/test/data/node --filter 'test_conv*'",
        [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            command.add_option("DIR", flags->folder, "Folder with test_*/model.onnx beneath it")->required();
            command.add_option("--filter", flags->filter, "Only folders with such a name, e.g. 'test_conv*'");
            command.add_option("--jobs", flags->options.jobs, "Cases at once; 0: one per core")
                ->check(CLI::Range(0, 1024));
            command.add_option("--device", flags->device, "Where to run them")->check(CLI::IsMember({"cpu"}));
            command.add_flag("--plain", flags->options.plainOnly,
                             "Only the plain evaluation of each operator, without the fast kernels");
            return [flags](Output& output) { return conformance(*flags, output); };
        }};
}

}  // namespace lathe::cli
