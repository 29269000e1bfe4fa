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
    const auto binPath = binPathOf(path);
    if (binPath == path)
        return base::Error{
            fmt::format("{}: give the file the extension .param; the weights go to a .bin file "
                        "beside it.",
                        path.string()),
            base::Error::Kind::usage};
    const auto bin = base::AtomicFile::create(binPath);
    if (!bin) return bin.error();
    if (auto s = (*bin)->write(writer.bin().bytes()); !s) return s;
    const auto param = base::AtomicFile::create(path);
    if (!param) return param.error();
    if (auto s = (*param)->write(formatParam(writer.layers())); !s) return s;
    base::AtomicFile* const both[] = {bin->get(), param->get()};
    return base::AtomicFile::commitAll(both);
}

}  // namespace lathe::ncnn
