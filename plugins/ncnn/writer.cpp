// Writes a graph as NAME.param and NAME.bin.
#include <fmt/format.h>

#include "engine/base/atomic_file.h"
#include "engine/formats/format.h"
#include "engine/ops/infer.h"
#include "plugins/ncnn/layer_writer.h"
#include "plugins/ncnn/ncnn.h"

namespace lathe::ncnn {

base::Status write(const ir::Graph& graph, const std::filesystem::path& path, const base::Params& params,
                   const base::Progress& progress) {
    // Shapes decide what Reshape and Resize become.
    const auto typed = ops::inferred(std::make_shared<const ir::Graph>(graph));
    if (!typed) return typed.error().inside(path.string());
    LayerWriter writer(**typed, params.text("weights") == "fp16");
    if (auto s = writer.run(); !s) return s.error().inside(path.string());
    if (auto s = progress.check(); !s) return s;
    auto binPath = path;
    binPath.replace_extension(".bin");
    if (binPath == path)
        return base::Error{
            fmt::format("{}: give the file the extension .param; the weights go to a .bin file "
                        "beside it.",
                        path.string()),
            base::Error::Kind::usage};
    if (auto s = base::writeFile(binPath, writer.bin().bytes()); !s) return s;
    return base::writeFile(path, formatParam(writer.layers()));
}

}  // namespace lathe::ncnn
