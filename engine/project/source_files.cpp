#include "engine/project/source_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/file_map.h"
#include "engine/base/hash.h"
#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"

namespace lathe::project {
namespace {

namespace fs = std::filesystem;
constexpr size_t kHashPiece = size_t{16} << 20;  // cancel is asked for between pieces

base::Result<std::string> hashOf(std::span<const std::byte> bytes, const base::Progress& progress) {
    base::Sha256 hash;
    for (size_t at = 0; at < bytes.size(); at += kHashPiece) {
        if (auto s = progress.check(); !s) return s.error();
        hash.add(bytes.subspan(at, std::min(kHashPiece, bytes.size() - at)));
        progress.report(static_cast<double>(at) / static_cast<double>(bytes.size()));
    }
    return hash.finish();
}

base::Error missing(const SourceFile& file, const fs::path& place) {
    return base::Error::badInput(fmt::format(
        "{}: is missing, but the workspace needs its weights (it had {} and the SHA-256 {}). Put it back in "
        "its place{}.",
        file.path, base::formatBytes(static_cast<uint64_t>(file.size)), file.sha256,
        place == file.path ? std::string() : fmt::format(" or at {}", place.string())));
}

base::Error changed(const SourceFile& was, const SourceFile& now) {
    return base::Error::badInput(
        fmt::format("{}: has changed since the workspace was saved: it had {} and the SHA-256 {}, now it has "
                    "{} and {}. Put the earlier file back, or open the new one as a model of its own.",
                    now.path, base::formatBytes(static_cast<uint64_t>(was.size)), was.sha256,
                    base::formatBytes(static_cast<uint64_t>(now.size)), now.sha256));
}

// The files of a model that lies there, as they are now; an error when one is not what it was. Files in the
// model's folder are looked for there, because its reader does so too.
base::Result<std::vector<SourceFile>> filesAt(const fs::path& model, const std::vector<SourceFile>& were,
                                              const base::Progress& progress) {
    std::vector<SourceFile> files;
    for (const auto& was : were) {
        const auto place = files.empty()          ? model
                           : was.relative.empty() ? fs::path(was.path)
                                                  : fs::path(files.front().path).parent_path() / was.relative;
        std::error_code unknown;
        if (!fs::exists(place, unknown)) return missing(was, place);
        auto now = describeFile(place, progress);
        if (!now) return now.error();
        if (now->sha256 != was.sha256) return changed(was, *now);
        now->relative = was.relative;
        files.push_back(std::move(*now));
    }
    return files;
}

bool isReferable(const tensor::Tensor* tensor) {
    return tensor && tensor->type() != tensor::DataType::string && tensor->bytes().size() > kInlineBytes;
}

}  // namespace

base::Result<SourceFile> describeFile(const fs::path& path, const base::Progress& progress) {
    // The stamp comes first: a change while the file is read makes it stale, never fresh.
    const auto stamp = FileStamp::of(path);
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    auto sha256 = hashOf((*map)->bytes(), progress);
    if (!sha256) return sha256.error();
    std::error_code unknown;
    return SourceFile{fs::absolute(path, unknown).lexically_normal().string(),
                      {},
                      static_cast<int64_t>((*map)->bytes().size()),
                      std::move(*sha256),
                      stamp && stamp->isSettled() ? *stamp : FileStamp{}};
}

bool Source::isCurrent() const {
    return std::all_of(files.begin(), files.end(), [](const SourceFile& file) {
        return file.stamp != FileStamp{} && FileStamp::of(file.path) == file.stamp;
    });
}

const Variant* rootOf(const Workspace& workspace, const Variant& variant) {
    const auto* at = &variant;
    for (size_t i = 0; at && at->parent != 0 && i <= workspace.variants.size(); ++i)
        at = workspace.find(at->parent);
    return at && at->parent == 0 ? at : nullptr;
}

ir::ValueId Source::find(const tensor::Tensor& tensor) const {
    const auto it = values.find(tensor.bytes().data());
    if (it == values.end() || it->second.size != tensor.bytes().size()) return {};
    const auto& owner = it->second.owner;
    const bool same = !owner.owner_before(tensor.owner()) && !tensor.owner().owner_before(owner);
    return same ? it->second.value : ir::ValueId{};
}

std::shared_ptr<Source> indexSource(std::vector<SourceFile> files, const ir::Graph& graph) {
    auto source = std::make_shared<Source>();
    source->files = std::move(files);
    for (uint32_t i = 0; i < graph.valueLimit(); ++i)
        if (const auto* tensor = graph.valueData({i}).constant.get(); isReferable(tensor))
            source->values.emplace(tensor->bytes().data(),
                                   Source::Place{{i}, tensor->bytes().size(), tensor->owner()});
    return source;
}

base::Result<SourcePtr> describeSource(const ir::GraphPtr& root, const base::Progress& progress) {
    const auto& info = root->info();
    std::error_code missing;
    if (info.sourcePath.empty() || !fs::is_regular_file(info.sourcePath, missing)) return SourcePtr();
    std::vector<SourceFile> files;
    std::vector<fs::path> paths = {info.sourcePath};
    paths.insert(paths.end(), info.dataPaths.begin(), info.dataPaths.end());
    for (const auto& path : paths) {
        if (!fs::is_regular_file(path, missing)) return SourcePtr();
        auto file = describeFile(path, progress);
        if (!file) return file.error();
        files.push_back(std::move(*file));
    }
    const auto folder = fs::path(files.front().path).parent_path();
    for (size_t i = 1; i < files.size(); ++i) {
        const auto relative = fs::path(files[i].path).lexically_relative(folder);
        if (!relative.empty() && *relative.begin() != "..") files[i].relative = relative.string();
    }
    // The file may be another one by now than the one that was opened; only what it still gives counts.
    formats::ReadOptions options;
    options.allowedFiles.assign(paths.begin() + 1, paths.end());
    const auto again = formats::read(info.sourcePath, progress, options);
    if (!again && again.error().kind == base::Error::Kind::cancelled) return again.error();
    const auto source = indexSource(std::move(files), *root);
    auto& values = source->values;
    const auto all = values.size();
    std::erase_if(values, [&](const auto& item) {
        const auto id = item.second.value;
        const auto* now = again && (*again)->contains(id) ? (*again)->valueData(id).constant.get() : nullptr;
        const auto bytes = std::span(item.first, item.second.size);
        return !isReferable(now) ||
               !std::equal(bytes.begin(), bytes.end(), now->bytes().begin(), now->bytes().end());
    });
    if (values.size() < all)
        base::logWarning("{}: has changed since it was opened. The workspace keeps a copy of its weights.",
                         info.sourcePath);
    return SourcePtr(source);
}

base::Result<ir::GraphPtr> reopenSource(std::vector<SourceFile>& files, const fs::path& workspace,
                                        const base::Progress& progress) {
    // In its place, else beside the workspace that it was copied with. What lies in its place may be another
    // model by now, so that the contents decide.
    std::error_code unknown;
    const auto& model = files.front();
    std::vector<fs::path> places = {model.path};
    if (!model.relative.empty())
        places.push_back(fs::absolute(workspace, unknown).parent_path() / model.relative);
    const auto last = places.back();
    std::erase_if(places, [&](const auto& place) { return !fs::exists(place, unknown); });
    if (places.empty()) return missing(model, last);
    auto found = filesAt(places.front(), files, progress);
    for (size_t i = 1; i < places.size() && !found; ++i) {
        if (auto s = progress.check(); !s) return s.error();
        if (auto copy = filesAt(places[i], files, progress)) found = std::move(copy);
    }
    if (!found) return found.error();
    files = std::move(*found);
    formats::ReadOptions options;
    for (size_t i = 1; i < files.size(); ++i)
        options.allowedFiles.push_back(fs::canonical(files[i].path, unknown));
    return formats::read(files.front().path, progress, options);
}

}  // namespace lathe::project
