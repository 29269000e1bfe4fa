#include "engine/formats/format.h"
#include "engine/ir/intact.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <deque>

#include "engine/formats/lathe/lathe.h"
#include "engine/formats/onnx/onnx.h"

namespace lathe::formats {
namespace {

// A deque: adding keeps the addresses of what is there.
std::deque<Format>& table() {
    static std::deque<Format> formats{onnx::onnxFormat(), flat::latheFormat()};
    return formats;
}

std::string lowerExtension(const std::filesystem::path& path) {
    auto text = path.extension().string();
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool hasExtension(const Format& format, std::string_view extension) {
    return std::find(format.extensions.begin(), format.extensions.end(), extension) !=
           format.extensions.end();
}

// The first bytes of a regular file; nothing otherwise (reading it will say why).
std::vector<std::byte> headOf(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return {};
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return {};
    std::vector<std::byte> head(4096);
    const auto count = ::read(descriptor, head.data(), head.size());
    ::close(descriptor);
    head.resize(count > 0 ? static_cast<size_t>(count) : 0);
    return head;
}

base::Result<const Format*> writer(std::string_view name) {
    const auto* format = find(name);
    if (format && format->write) return format;
    return base::Error{fmt::format("There is no format \"{}\" that can be written.", name),
                       base::Error::Kind::usage};
}

std::string knownExtensions() {
    std::string text;
    for (const auto* format : all())
        if (format->read)
            for (const auto extension : format->extensions) {
                text += text.empty() ? "" : ", ";
                text += extension;
            }
    return text;
}

}  // namespace

std::vector<const Format*> all() {
    std::vector<const Format*> result;
    for (const auto& format : table()) result.push_back(&format);
    return result;
}

const Format* find(std::string_view name) {
    for (const auto& format : table())
        if (format.name == name) return &format;
    return nullptr;
}

const Format* forPath(const std::filesystem::path& path) {
    const auto extension = lowerExtension(path);
    const auto head = headOf(path);
    const Format* byName = nullptr;
    const Format* byContent = nullptr;
    for (const auto& format : table()) {
        const bool named = hasExtension(format, extension);
        const bool shows = !head.empty() && format.probe && format.probe(head, path);
        if (named && shows) return &format;
        if (named && !byName) byName = &format;
        if (shows && !byContent) byContent = &format;
    }
    return byContent ? byContent : byName;
}

void add(Format format) {
    for (auto& known : table())
        if (known.name == format.name) {
            known = std::move(format);
            return;
        }
    table().push_back(std::move(format));
}

base::Result<ir::GraphPtr> read(const std::filesystem::path& path, const base::Progress& progress,
                                const ReadOptions& options) {
    const auto* format = forPath(path);
    if (!format) {
        std::error_code ignored;
        if (std::filesystem::is_regular_file(path, ignored))
            return base::Error::badInput(
                fmt::format("{}: is not a model in a known format. Files that can be opened: {}.",
                            path.string(), knownExtensions()));
        format = find("onnx");  // its reader says what is wrong with the path
    }
    if (!format->read)
        return base::Error::badInput(
            fmt::format("{}: {} files can be written but not read.", path.string(), format->title));
    return format->read(path, options, progress);
}

base::Status write(const ir::Graph& graph, const std::filesystem::path& path, std::string_view formatName,
                   const base::Params& params, const base::Progress& progress) {
    const auto format = writer(formatName);
    if (!format) return format.error();
    auto complete = base::complete((*format)->writeOptions, params);
    if (!complete) return complete.error();
    if (auto status = ir::checkIntact(graph); !status) return status;
    return (*format)->write(graph, path, *complete, progress);
}

base::Result<std::vector<std::filesystem::path>> writtenFiles(const std::filesystem::path& path,
                                                              std::string_view formatName,
                                                              const base::Params& params,
                                                              const ir::Graph* graph) {
    const auto format = writer(formatName);
    if (!format) return format.error();
    auto complete = base::complete((*format)->writeOptions, params);
    if (!complete) return complete.error();
    std::vector<std::filesystem::path> files = {path};
    if ((*format)->companions)
        for (auto& file : (*format)->companions(path, *complete, graph)) files.push_back(std::move(file));
    return files;
}

}  // namespace lathe::formats
