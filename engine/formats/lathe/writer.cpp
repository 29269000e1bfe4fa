// Writing a flat file beside its target, to be renamed over it when all is done.
#include <algorithm>

#include "engine/base/atomic_file.h"
#include "engine/formats/lathe/lathe.h"
#include "engine/formats/lathe/layout.h"

namespace lathe::formats::flat {
namespace {

constexpr size_t kPiece = size_t{16} << 20;  // written between two looks at the progress

base::Status write(const Layout& layout, base::AtomicFile& file, const base::Progress& progress) {
    if (auto status = file.write(layout.head); !status) return status;
    uint64_t at = layout.head.size();
    const auto padTo = [&](uint64_t offset) {
        const std::string zeros(static_cast<size_t>(offset - at), '\0');
        at = offset;
        return file.write(zeros);
    };
    for (const auto& [offset, tensor] : layout.weights) {
        if (auto status = padTo(offset); !status) return status;
        for (auto left = tensor.bytes(); !left.empty();) {
            if (auto status = progress.check(); !status) return status;
            const auto piece = left.first(std::min(left.size(), kPiece));
            if (auto status = file.write(piece); !status) return status;
            left = left.subspan(piece.size());
            at += piece.size();
            progress.report(static_cast<double>(at) / static_cast<double>(layout.size));
        }
    }
    return padTo(layout.size);
}

}  // namespace

base::Status writeFile(const ir::Graph& graph, const std::filesystem::path& path, const base::Params&,
                       const base::Progress& progress) {
    progress.report(0, "Writing");
    const auto layout = layOut(graph);
    if (!layout) return layout.error().inside(path.string());
    auto file = base::AtomicFile::create(path);
    if (!file) return file.error();
    if (auto status = write(*layout, **file, progress); !status) return status;
    if (auto status = progress.check(); !status) return status;
    return (*file)->commit();
}

}  // namespace lathe::formats::flat
