// lathe-cli agent: the device agent with the operators and kernels of one model, as sources or built.
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "app/cli/model_file.h"
#include "app/cli/target_place.h"
#include "engine/base/text.h"
#include "engine/bundle/build.h"
#include "engine/bundle/project.h"
#include "engine/bundle/write_folder.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, out, target;
    bool build = false, force = false;
};

// The sources in a folder; with --build `out` is the program and the sources lie beside it only meanwhile.
base::Result<std::filesystem::path> make(const ir::GraphPtr& graph, const Flags& flags,
                                         bundle::Target target) {
    base::Progress progress;
    ProgressBar bar(progress, flags.build ? "Building" : "Writing");
    const auto label = std::filesystem::path(flags.model).filename().string();
    const auto files = bundle::agentFiles(graph, label, progress.part(0, 0.1));
    if (!files) return files.error();
    std::filesystem::path folder = flags.out;
    if (flags.build) {
        // Beside the program, so that it can be renamed to there; a name that nothing has.
        folder += ".XXXXXX";  // letters that mkdtemp chooses
        auto name = folder.string();
        if (!::mkdtemp(name.data()))
            return base::Error{fmt::format("{}: no folder for the sources can be made beside it: {}.",
                                           flags.out, std::generic_category().message(errno))};
        folder = name;
    }
    std::error_code failed, ignored;
    if (auto status = bundle::writeFolder(*files, nullptr, folder, progress.part(0.1, 0.15)); !status) {
        if (flags.build) std::filesystem::remove_all(folder, ignored);
        return status.error();
    }
    if (!flags.build) return folder;
    const auto program = bundle::build(folder, "lathe-agent", target, progress.part(0.15, 1));
    if (program) std::filesystem::rename(*program, flags.out, failed);
    std::filesystem::remove_all(folder, ignored);
    if (!program) return program.error();
    if (failed) return base::Error{flags.out + ": cannot be written: " + failed.message() + "."};
    return std::filesystem::path(flags.out);
}

int run(const Flags& flags, Output& output) {
    const auto target = bundle::targetNamed(flags.target);
    if (!target) return output.fail(target.error());
    if (auto status = flags.build ? checkFilePlace(flags.out) : checkFolderPlace(flags.out); !status)
        return output.fail(status.error());
    if (auto status = checkTarget(flags.out, flags.force); !status) return output.fail(status.error());
    if (flags.build)
        if (auto status = bundle::canBuild(*target); !status) return output.fail(status.error());
    const auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    const auto made = make(*graph, flags, *target);
    if (!made) return output.fail(made.error());
    std::error_code ignored;
    if (!flags.build) {
        output.line(fmt::format("Wrote the sources of an agent for {} to {}", flags.model, made->string()));
        output.result({{"folder", made->string()}});
        return kGood;
    }
    const auto bytes = std::filesystem::file_size(*made, ignored);
    output.line(
        fmt::format("Built an agent for {}: {} ({})", flags.model, made->string(), base::formatBytes(bytes)));
    output.result({{"file", made->string()}, {"bytes", bytes}});
    return kGood;
}

}  // namespace

Verb agentVerb() {
    return {
        "agent", "Make a small device agent for one model",
        "lathe-cli agent --for model.lathe --target aarch64 --build -o lathe-agent",
        [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            command.add_option("--for", flags->model, "Model whose operators and kernels it has")->required();
            command
                .add_option("-o,--output", flags->out, "Folder for the sources, or with --build the program")
                ->required();
            command.add_option("--target", flags->target, "x86_64 or aarch64 (default: this computer)");
            command.add_flag("--build", flags->build,
                             "Build it with the CMake and compiler of this computer");
            command.add_flag("--force", flags->force, "Replace what is there");
            return [flags](Output& output) { return run(*flags, output); };
        }};
}

}  // namespace lathe::cli
