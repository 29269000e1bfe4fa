// Reads NAME.param with the NAME.bin beside it.
#include <fmt/format.h>

#include <new>

#include "engine/base/file_map.h"
#include "engine/ops/infer.h"
#include "plugins/ncnn/layer_reader.h"
#include "plugins/ncnn/ncnn.h"

namespace lathe::ncnn {
namespace {

constexpr int64_t kOpset = 22;  // the operators the reader makes mean the same in every later one
constexpr size_t kMostText = size_t{256} << 20;

base::Result<ir::GraphPtr> withInfo(const ir::GraphPtr& graph, const std::filesystem::path& path,
                                    const std::filesystem::path& bin, size_t layers) {
    ir::Editor editor(graph);
    auto& info = editor.info();
    info.producerName = "ncnn";
    info.opsets = {{"", kOpset}};
    info.sourcePath = path.string();
    std::error_code unknown;
    info.dataPaths = {std::filesystem::absolute(bin, unknown).string()};
    info.sourceNodeCount = static_cast<int64_t>(layers);
    if (auto s = ops::inferTypes(editor); !s) return s.error().inside(path.string());
    return editor.finish();
}

}  // namespace

std::filesystem::path binPathOf(std::filesystem::path path) { return path.replace_extension(".bin"); }

base::Result<ir::GraphPtr> read(const std::filesystem::path& path, const formats::ReadOptions&,
                                const base::Progress& progress) {
    try {
        const auto text = base::readTextFile(path, kMostText);
        if (!text) return text.error();
        auto layers = parseParam(*text, path.string());
        if (!layers) return layers.error();
        if (auto s = progress.check(); !s) return s.error();
        const auto binPath = binPathOf(path);
        auto bin = base::FileMap::open(binPath);
        if (!bin) return bin.error().inside(fmt::format("{}: its weights", path.string()));
        const auto count = layers->size();
        LayerReader reader(std::move(*layers), BinReader(*bin), path.string());
        auto graph = reader.run();
        if (!graph) return graph.error();
        return withInfo(*graph, path, binPath, count);
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory to read it.", path.string())};
    }
}

}  // namespace lathe::ncnn
