#include "engine/project/source_files.h"

#include <fmt/format.h>

#include "engine/base/file_map.h"
#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"

namespace lathe::project {
namespace {

constexpr size_t kHashPiece = size_t{16} << 20;  // cancel is asked for between pieces

base::Result<std::string> hashOf(std::span<const std::byte> bytes, const base::Progress& progress) {
    base::Sha256 hash;
    for (size_t at = 0; at < bytes.size(); at += kHashPiece) {
        if (auto s = progress.check(); !s) return s.error();
        hash.add(bytes.subspan(at, std::min(kHashPiece, bytes.size() - at)));
    }
    return hash.finish();
}

}  // namespace

const Variant* rootOf(const Workspace& workspace, const Variant& variant) {
    const auto* at = &variant;
    for (size_t i = 0; at && at->parent != 0 && i <= workspace.variants.size(); ++i)
        at = workspace.find(at->parent);
    return at && at->parent == 0 ? at : nullptr;
}

base::Result<SourceFile> describeSource(const std::filesystem::path& path,
                                        const std::filesystem::path& workspace,
                                        const base::Progress& progress) {
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    auto sha256 = hashOf((*map)->bytes(), progress);
    if (!sha256) return sha256.error();
    std::error_code unknown;
    const auto absolute = std::filesystem::absolute(path, unknown);
    const auto folder = std::filesystem::absolute(workspace, unknown).parent_path();
    return SourceFile{absolute.string(), absolute.lexically_relative(folder).string(),
                      static_cast<int64_t>((*map)->bytes().size()), std::move(*sha256)};
}

base::Result<ir::GraphPtr> reopenSource(const SourceFile& source, const std::filesystem::path& workspace,
                                        const base::Progress& progress) {
    const auto was = fmt::format("it had {} and the SHA-256 {}",
                                 base::formatBytes(static_cast<uint64_t>(source.size)), source.sha256);
    std::error_code missing;
    std::filesystem::path path = source.path;
    if (!std::filesystem::exists(path, missing) && !source.relative.empty())
        path = std::filesystem::absolute(workspace, missing).parent_path() / source.relative;
    if (!std::filesystem::exists(path, missing))
        return base::Error::badInput(
            fmt::format("{}: is missing, but the workspace needs its weights ({}). Put it back in its place.",
                        source.path, was));
    const auto now = describeSource(path, workspace, progress);
    if (!now) return now.error();
    if (now->sha256 != source.sha256)
        return base::Error::badInput(fmt::format(
            "{}: has changed since the workspace was saved: {}, now it has {} and {}. Put the earlier file "
            "back.",
            path.string(), was, base::formatBytes(static_cast<uint64_t>(now->size)), now->sha256));
    return formats::read(path, progress);
}

}  // namespace lathe::project
