#include "app/cli/model_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "app/cli/target_place.h"
#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"
#include "engine/ops/infer.h"

namespace lathe::cli {
namespace {

// The format that writes files of this name; what is in a file that is there already says nothing.
const formats::Format* formatFor(const std::filesystem::path& path) {
    auto extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto* format : formats::all()) {
        const auto& known = format->extensions;
        if (format->write && std::find(known.begin(), known.end(), extension) != known.end()) return format;
    }
    return nullptr;
}

}  // namespace

base::Result<ir::GraphPtr> readModel(const std::string& path) {
    base::Progress progress;
    ProgressBar bar(progress, "Reading");
    auto graph = formats::read(path, progress);
    if (!graph) return graph.error();
    ir::Editor editor(*graph);
    if (auto status = ops::inferTypes(editor); !status)
        base::logWarning("{}: {}", path, status.error().message);
    return editor.finish();
}

base::Status checkTarget(const std::string& path, bool force) {
    std::error_code ignored;
    if (!force && std::filesystem::exists(path, ignored))
        return base::Error{path + " exists already. Give another name, or --force to replace it.",
                           base::Error::Kind::usage};
    return {};
}

base::Status checkTargets(const std::string& path, std::string_view format, const base::Params& params,
                          const ir::Graph* graph, bool force) {
    const auto files = formats::writtenFiles(path, format, params, graph);
    if (!files) return files.error();
    for (const auto& file : *files)
        if (auto status = checkTarget(file.string(), force); !status) return status;
    return {};
}

base::Status checkModelTarget(const std::string& path, bool force) {
    const auto* format = formatFor(path);
    if (!format)
        return base::Error{path + ": no format writes files of that name. `lathe-cli formats` lists them.",
                           base::Error::Kind::usage};
    if (auto status = checkFilePlace(path); !status) return status;
    return checkTargets(path, format->name, {}, nullptr, force);
}

base::Status writeModel(const ir::GraphPtr& graph, const std::string& path, bool force, int64_t opset) {
    const auto* format = formatFor(path);
    if (!format) return checkModelTarget(path, force);
    base::Params params;
    if (opset != 0) params.set("opset", opset);
    if (auto status = checkTargets(path, format->name, params, graph.get(), force); !status) return status;
    base::Progress progress;
    ProgressBar bar(progress, "Writing");
    return formats::write(*graph, path, format->name, params, progress);
}

base::Result<std::pair<std::string, std::string>> splitAssignment(std::string_view text,
                                                                  std::string_view flag) {
    const auto at = text.find('=');
    if (at == std::string_view::npos || at == 0)
        return base::Error{fmt::format("{} {}: write it as NAME=VALUE.", flag, text),
                           base::Error::Kind::usage};
    return std::pair{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

base::Result<std::vector<int64_t>> parseDimensions(std::string_view text) {
    std::vector<int64_t> result;
    for (const auto piece : base::split(text, ',')) {
        const auto number = base::parseInteger(base::trimmed(piece));
        if (!number || *number < 0)
            return base::Error{
                fmt::format("{}: a shape is a list of whole numbers such as 1,3,224,224.", text),
                base::Error::Kind::usage};
        result.push_back(*number);
    }
    return result;
}

}  // namespace lathe::cli
