// Opens data: picks the loader, the split and the samples.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <new>
#include <nlohmann/json.hpp>

#include "engine/base/hash.h"
#include "engine/data/dataset.h"
#include "engine/data/sources.h"

namespace lathe::data {
namespace {

base::Result<const Loader*> chooseLoader(const std::filesystem::path& path, const std::string& name) {
    const auto all = loaders();
    std::vector<std::string_view> names;
    for (const auto& loader : all) names.push_back(loader.name);
    if (!name.empty()) {
        const auto it = std::find_if(all.begin(), all.end(), [&](const auto& l) { return l.name == name; });
        if (it != all.end()) return &*it;
        return base::Error{
            fmt::format("There is no loader \"{}\". Known loaders: {}.", name, fmt::join(names, ", ")),
            base::Error::Kind::usage};
    }
    std::error_code missing;
    if (!std::filesystem::exists(path, missing))
        return base::Error::badInput(fmt::format("{}: does not exist. Check the path.", path.string()));
    for (const auto& loader : all)
        if (loader.probe && loader.probe(path)) return &loader;
    return base::Error::badInput(fmt::format(
        "{}: is not data that a loader recognises. Known loaders: {}; name one if the file has an "
        "unusual name.",
        path.string(), fmt::join(names, ", ")));
}

std::string identityOf(const std::filesystem::path& path, std::string_view loader,
                       const base::Params& options, const OpenOptions& given, std::span<const Step> chain) {
    std::error_code ignored;
    const auto place = std::filesystem::weakly_canonical(path, ignored);
    const auto text = fmt::format("{}\n{}\n{}\n{}\n{}\n{}", place.string(), loader,
                                  base::toJson(options).dump(), given.first, given.count, formatChain(chain));
    return base::sha256(std::as_bytes(std::span(text)));
}

base::Result<DatasetPtr> openChecked(const std::filesystem::path& path, const OpenOptions& options,
                                     const base::Progress& progress) {
    const auto loader = chooseLoader(path, options.loader);
    if (!loader) return loader.error();
    auto chain = parseChain(options.chain);
    if (!chain) return chain.error();
    base::Params given = options.options;
    if (!options.split.empty()) {
        const auto& specs = (*loader)->options;
        if (std::none_of(specs.begin(), specs.end(), [](const auto& s) { return s.name == "split"; }))
            return base::Error{fmt::format("The loader {} knows no splits; leave the split \"{}\" away.",
                                           (*loader)->name, options.split),
                               base::Error::Kind::usage};
        given.set("split", options.split);
    }
    const auto completed = base::complete((*loader)->options, given);
    if (!completed) return completed.error().inside((*loader)->name);
    auto source = (*loader)->open(path, *completed, progress);
    if (!source) return source.error();
    if (auto s = progress.check(); !s) return s.error();
    const auto size = (*source)->size();
    if (options.first < 0 || (size > 0 && options.first >= size))
        return base::Error{
            fmt::format("{}: there is no sample {}; the data has {}.", path.string(), options.first, size),
            base::Error::Kind::usage};
    auto name = path.filename().string();
    if (name.empty()) name = std::string((*loader)->name);
    const auto left = size - options.first;
    const auto count = options.count < 0 ? left : std::min(options.count, left);
    if (count < size) source = chosenSource(std::move(*source), spreadIndices(options.first, size, count));
    if ((*source)->size() == 0)
        return base::Error::badInput(fmt::format("{}: holds no samples.", path.string()));
    auto identity = identityOf(path, (*loader)->name, *completed, options, *chain);
    return DatasetPtr(std::make_shared<Dataset>(std::move(*source), std::move(*chain), std::move(name),
                                                std::move(identity)));
}

}  // namespace

base::Result<DatasetPtr> open(const std::filesystem::path& path, const OpenOptions& options,
                              const base::Progress& progress) {
    try {
        return openChecked(path, options, progress);
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory to open it.", path.string())};
    } catch (const std::filesystem::filesystem_error& error) {
        return base::Error{fmt::format("{}: cannot be read: {}.", path.string(), error.code().message())};
    }
}

}  // namespace lathe::data
