#include "engine/plugin/loader.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "engine/base/file_map.h"
#include "engine/base/log.h"
#include "engine/plugin/plugin.h"

namespace lathe::plugin {
namespace {

namespace fs = std::filesystem;
constexpr size_t kMostDescription = size_t{1} << 20;

// Keeps what a plugin adds until it is known that the plugin is sound.
class Collector final : public Registry {
  public:
    void addFormat(formats::Format format) override { m_formats.push_back(std::move(format)); }
    std::vector<formats::Format>& formats() { return m_formats; }

  private:
    std::vector<formats::Format> m_formats;
};

// The description beside the library, checked before any code of the plugin runs.
base::Result<PluginInfo> describe(const fs::path& library) {
    auto path = library;
    path.replace_extension(".json");
    const auto text = base::readTextFile(path, kMostDescription);
    if (!text) return text.error();
    try {
        const auto json = nlohmann::json::parse(*text);
        PluginInfo info{json.at("name").get<std::string>(),
                        json.at("title").get<std::string>(),
                        json.at("version").get<std::string>(),
                        library,
                        {}};
        const auto wanted = json.at("interface").get<int64_t>();
        if (wanted < int64_t{kOldestInterfaceVersion} || wanted > int64_t{kInterfaceVersion})
            return base::Error{
                fmt::format("{}: wants plugin interface {}, this program has {}. Install a plugin for "
                            "this version.",
                            path.string(), wanted, kInterfaceVersion)};
        return info;
    } catch (const nlohmann::json::exception& error) {
        return base::Error::badInput(
            fmt::format("{}: is not the description of a plugin: {}.", path.string(), error.what()));
    }
}

struct CloseLibrary {
    void operator()(void* handle) const { ::dlclose(handle); }
};

base::Error failed(const fs::path& library, std::string_view what) {
    return {fmt::format("{}: the plugin cannot be loaded: {}.", library.string(), what)};
}

const char* lastError() {
    const char* text = ::dlerror();
    return text ? text : "unknown reason";
}

}  // namespace

base::Result<PluginInfo> load(const fs::path& library) {
    auto info = describe(library);
    if (!info) return info.error();
    std::error_code unused;
    // A path without a folder would be searched for in the system's folders.
    const auto absolute = fs::absolute(library, unused);
    std::unique_ptr<void, CloseLibrary> handle(::dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL));
    if (!handle) return failed(library, lastError());
    const auto entry = reinterpret_cast<Entry>(::dlsym(handle.get(), kEntryName));
    if (!entry) return failed(library, fmt::format("it has no function {}", kEntryName));
    {
        Collector collector;
        try {
            if (const char* message = entry(kInterfaceVersion, &collector)) return failed(library, message);
        } catch (const std::exception& error) {
            return failed(library, error.what());
        }
        for (auto& format : collector.formats()) {
            info->formats.emplace_back(format.name);
            formats::add(std::move(format));
        }
    }
    // The tables point into the library from now on: it stays for good.
    static_cast<void>(handle.release());
    return info;
}

FolderResult loadFolder(const fs::path& folder) {
    FolderResult result;
    std::vector<fs::path> libraries;
    std::error_code failedToRead;
    for (fs::directory_iterator it(folder, failedToRead), end; !failedToRead && it != end;
         it.increment(failedToRead))
        if (it->path().extension() == ".so") libraries.push_back(it->path());
    std::sort(libraries.begin(), libraries.end());
    for (const auto& library : libraries) {
        auto info = load(library);
        if (info)
            result.loaded.push_back(std::move(*info));
        else
            result.errors.push_back(info.error());
    }
    return result;
}

std::vector<fs::path> pluginFolders() {
    if (const char* chosen = std::getenv("LATHE_PLUGIN_DIR")) return {chosen};
    std::error_code failedToRead;
    const auto program = fs::read_symlink("/proc/self/exe", failedToRead);
    if (failedToRead) return {};
    const auto folder = program.parent_path();
    return {folder / "plugins", folder.parent_path() / "lib" / "lathe" / "plugins"};
}

std::vector<PluginInfo> loadInstalled() {
    std::vector<PluginInfo> loaded;
    for (const auto& folder : pluginFolders()) {
        auto result = loadFolder(folder);
        for (const auto& error : result.errors) base::logWarning("{}", error.message);
        std::move(result.loaded.begin(), result.loaded.end(), std::back_inserter(loaded));
    }
    return loaded;
}

}  // namespace lathe::plugin
