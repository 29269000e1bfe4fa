#include "engine/bundle/project.h"

#include <fmt/format.h>

#include <cctype>

#include "engine/base/file_map.h"
#include "engine/bundle/preprocess.h"
#include "engine/bundle/write_folder.h"
#include "engine/formats/lathe/lathe.h"
#include "engine/runtime/runnable.h"

namespace lathe::bundle {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostLabelBytes = size_t{16} << 20;

using Words = std::map<std::string, std::string, std::less<>>;

// The text with each @WORD@ replaced.
std::string filled(std::string text, const Words& words) {
    for (const auto& [word, value] : words) {
        const auto mark = "@" + word + "@";
        for (size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size())
            text.replace(at, mark.size(), value);
    }
    return text;
}

// A name that CMake and file systems take.
std::string targetName(const fs::path& path) {
    std::string name;
    for (const char c : path.filename().string())
        name += std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80 ? c : '_';
    const bool good = !name.empty() && std::isalpha(static_cast<unsigned char>(name.front()));
    return good && name != "lathe_runtime" && name != "test" && name != "all" ? name : "model_" + name;
}

// Names in comments of the generated sources: on one line, and the end of no comment.
std::string harmless(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += static_cast<unsigned char>(c) < 0x20 || c == '*' || c == '\\' ? '_' : c;
    return result;
}

// `from` in the runtime folder becomes `to` in the project.
base::Status add(Files& files, const fs::path& runtime, const std::string& from, const std::string& to,
                 const Words& words = {}) {
    auto text = base::readTextFile(runtime / from);
    if (!text) return text.error();
    files[to] = words.empty() ? std::move(*text) : filled(std::move(*text), words);
    return {};
}

// What every project has besides its program.
base::Status addCommon(Files& files, const fs::path& runtime, const Words& words) {
    const std::pair<const char*, const char*> kCopies[] = {
        {"cmake/LatheKernels.cmake", "cmake/LatheKernels.cmake"},
        {"cmake/aarch64-linux-gnu.cmake", "cmake/aarch64-linux-gnu.cmake"},
        {"template/LatheSources.cmake", "cmake/LatheSources.cmake"},
        {"LICENSE", "LICENSE"},
        {"licenses/fmt.txt", "licenses/fmt.txt"},
        {"licenses/nlohmann_json.txt", "licenses/nlohmann_json.txt"},
        {"licenses/flatbuffers.txt", "licenses/flatbuffers.txt"}};
    for (const auto& [from, to] : kCopies)
        if (auto status = add(files, runtime, from, to, words); !status) return status;
    return {};
}

std::string describeInputs(const ir::Graph& graph) {
    std::string text;
    for (const auto id : graph.inputs())
        text += fmt::format("* `{}`: {}\n", harmless(graph.value(id).name()),
                            ir::toString(graph.value(id).type()));
    return text;
}

base::Result<Files> projectFiles(const ir::GraphPtr& graph, const fs::path& path, const base::Params& params,
                                 const base::Progress& progress) {
    auto runtime = runtimeFolder();
    if (!runtime) return runtime.error();
    if (auto status = runtime::checkRunnable(*graph); !status) return status.error();
    auto chain = params.text("preprocess");
    const bool given = !chain.empty();
    if (!given) chain = guessedChain(*graph);
    if (auto status = checkFits(chain, *graph); !status) return status.error();
    const auto lines = preprocessLines(chain);
    if (!lines) return lines.error();
    const auto source = fs::path(graph->info().sourcePath).filename().string();
    const auto label = source.empty() ? std::string("a model") : source;
    progress.report(0, "Looking for what the model needs");
    const auto needs = needsOf(graph, progress.part(0, 0.5));
    if (auto status = progress.check(); !status) return status.error();
    progress.report(0.5, "Gathering sources");
    auto files = sourcesFor(needs, *runtime, "engine/deploy", label);
    if (!files) return files;
    const Words words{
        {"NAME", targetName(path)},
        {"MODEL", harmless(label)},
        {"CHAIN", chain.empty() ? "none" : harmless(chain)},
        {"CHAIN_ORIGIN", given ? "as given when the model was exported"
                               : "told from the shape of the input: check scale and mean"},
        {"STEPS", lines->empty() ? "    // Nothing is known about pictures for this model.\n" : *lines},
        {"INPUTS", describeInputs(*graph)},
        {"VERSION", LATHE_VERSION}};
    if (auto status = addCommon(*files, *runtime, words); !status) return status.error();
    for (const auto* name : {"CMakeLists.txt", "README.md", "main.cpp", "image.h", "image.cpp"})
        if (auto status = add(*files, *runtime, std::string("template/") + name, name, words); !status)
            return status.error();
    for (const auto& [from, to] : {std::pair{"third_party/stb_image.h", "third_party/stb_image.h"},
                                   std::pair{"licenses/stb_image.txt", "licenses/stb_image.txt"}})
        if (auto status = add(*files, *runtime, from, to); !status) return status.error();
    if (const auto& labels = params.text("labels"); !labels.empty()) {
        auto text = base::readTextFile(labels, kMostLabelBytes);
        if (!text) return text.error();
        (*files)["labels.txt"] = std::move(*text);
    }
    return files;
}

base::Status write(const ir::Graph& graph, const fs::path& path, const base::Params& params,
                   const base::Progress& progress) {
    // Planning needs a shared graph; this one belongs to the caller for as long.
    const ir::GraphPtr borrowed(std::shared_ptr<const void>(), &graph);
    const auto files = projectFiles(borrowed, path, params, progress.part(0, 0.6));
    if (!files) return files.error();
    return writeFolder(*files, &graph, path, progress.part(0.6, 1));
}

base::Result<ir::GraphPtr> read(const fs::path& path, const formats::ReadOptions& options,
                                const base::Progress& progress) {
    return formats::flat::readFile(path / "model.lathe", options, progress);
}

}  // namespace

formats::Format cppProject() {
    formats::Format format;
    format.name = "cpp";
    format.title = "C++ project";
    format.folder = true;
    format.read = read;
    format.write = write;
    format.writeOptions = {
        {.name = "preprocess",
         .type = base::ParamType::text,
         .defaultValue = std::string(),
         .label = "Preprocessing",
         .help =
             "Chain that a picture goes through before the model; empty: told from the shape of the input."},
        {.name = "labels",
         .type = base::ParamType::path,
         .defaultValue = std::string(),
         .label = "Labels",
         .help = "Text file with the name of one class a line, printed beside the numbers."}};
    return format;
}

base::Result<Files> agentFiles(const ir::GraphPtr& graph, const std::string& label,
                               const base::Progress& progress) {
    auto runtime = runtimeFolder();
    if (!runtime) return runtime.error();
    if (auto status = runtime::checkRunnable(*graph); !status) return status.error();
    progress.report(0, "Looking for what the model needs");
    const auto needs = needsOf(graph, progress);
    if (auto status = progress.check(); !status) return status.error();
    auto files = sourcesFor(needs, *runtime, "app/agent", label);
    if (!files) return files;
    // Loops for the widest vectors are a tenth of the program, and boards do not have them.
    dropInstructionSet(*files, "micro_avx512", "microAvx512");
    dropInstructionSet(*files, "micro_avx512vnni", "microAvx512Vnni");
    const Words words{{"MODEL", harmless(label)}, {"VERSION", LATHE_VERSION}};
    if (auto status = addCommon(*files, *runtime, words); !status) return status.error();
    for (const auto& [from, to] :
         {std::pair{"template/agent.cmake", "CMakeLists.txt"}, std::pair{"template/agent.md", "README.md"}})
        if (auto status = add(*files, *runtime, from, to, words); !status) return status.error();
    return files;
}

}  // namespace lathe::bundle
