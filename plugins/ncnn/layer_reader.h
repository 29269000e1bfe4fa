// Turns ncnn layers into nodes of a graph.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/ir/editor.h"
#include "plugins/ncnn/bin_file.h"
#include "plugins/ncnn/param_file.h"

namespace lathe::ncnn {

inline constexpr int64_t kAbsent = -233;  // "this dimension is not there" and SAME_UPPER padding
inline constexpr int64_t kMostSize = int64_t{1} << 31;

inline bool isSize(int64_t number) { return number >= 1 && number < kMostSize; }

// Used once, by one thread. A blob (c, h, w) becomes [1, c, h, w].
class LayerReader {
  public:
    LayerReader(std::vector<Layer> layers, BinReader bin, std::string where)
        : m_layers(std::move(layers)), m_bin(std::move(bin)), m_where(std::move(where)) {}

    // The error names the line of the layer.
    base::Result<ir::GraphPtr> run();

  private:
    struct Blob {
        ir::ValueId value;
        int dims = 3;  // of ncnn's blob: 1, 2 or 3
        // A vector that lies in the graph as [1, c, 1, 1], as global pooling leaves it.
        bool spread = false;
        bool used = false;
    };
    using Handler = base::Status (LayerReader::*)(const Layer&);
    static const std::map<std::string_view, Handler>& handlers();

    base::Status activation(const Layer& layer);
    base::Status batchNorm(const Layer& layer);
    base::Status binary(const Layer& layer);
    base::Status clip(const Layer& layer);
    base::Status concat(const Layer& layer);
    base::Status convolution(const Layer& layer);
    base::Status copy(const Layer& layer);
    base::Status crop(const Layer& layer);
    base::Status eltwise(const Layer& layer);
    base::Status flatten(const Layer& layer);
    base::Status innerProduct(const Layer& layer);
    base::Status input(const Layer& layer);
    base::Status interp(const Layer& layer);
    base::Status localNorm(const Layer& layer);
    base::Status memoryData(const Layer& layer);
    base::Status padding(const Layer& layer);
    base::Status permute(const Layer& layer);
    base::Status pool(const Layer& layer);
    base::Status prelu(const Layer& layer);
    base::Status reshape(const Layer& layer);
    base::Status scale(const Layer& layer);
    base::Status slice(const Layer& layer);
    base::Status softmax(const Layer& layer);

    base::Error error(const Layer& layer, std::string_view what) const;
    // An input of the layer, as it is; an error when the layer has fewer or the blob was not made.
    base::Result<Blob> in(const Layer& layer, size_t index);
    // The same as [1, n] when it is a vector, and as [1, c, h, w].
    base::Result<Blob> asVector(const Layer& layer, size_t index);
    base::Result<Blob> asPicture(const Layer& layer, size_t index);
    Blob flattened(const Blob& blob);

    // A node of the layer; its output becomes the layer's first output.
    base::Status set(const Layer& layer, ir::NewNode node, int dims, bool spread = false);
    // As set, followed by the activation that keys 9 and 10 of the layer ask for.
    base::Status setActivated(const Layer& layer, ir::NewNode node, int dims, bool spread);
    base::Status setBlob(const Layer& layer, size_t output, Blob blob);
    ir::ValueId constant(const Layer& layer, std::string_view what, tensor::Tensor tensor);
    ir::ValueId scalar(const Layer& layer, std::string_view what, double value);
    ir::ValueId integers(const Layer& layer, std::string_view what, std::vector<int64_t> values);
    void nameOutputs();

    std::vector<Layer> m_layers;
    BinReader m_bin;
    std::string m_where;
    ir::Editor m_editor;
    std::map<std::string, Blob> m_blobs;
    std::vector<std::string> m_order;  // blobs in order of making
};

}  // namespace lathe::ncnn
