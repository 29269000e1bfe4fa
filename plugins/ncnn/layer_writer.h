// Turns the nodes of a graph into ncnn layers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/ir/graph.h"
#include "plugins/ncnn/bin_file.h"
#include "plugins/ncnn/param_file.h"

namespace lathe::ncnn {

// Used once, by one thread. ncnn has no batch axis: what is [1, C, H, W] in the graph is (c, h, w) there.
class LayerWriter {
  public:
    LayerWriter(const ir::Graph& graph, bool half) : m_graph(graph), m_bin(half) {}

    // Fills layers() and bin(). The error names every operator that ncnn cannot run, what is wrong with it,
    // its first node and their number.
    base::Status run();
    const std::vector<Layer>& layers() const { return m_layers; }
    const BinWriter& bin() const { return m_bin; }

    // Whether there is a layer for such nodes, whatever their attributes.
    static bool hasLayer(const ir::Node& node);
    // Nodes that the outputs depend on, in order.
    static std::vector<ir::NodeId> neededNodes(const ir::Graph& graph);

  private:
    using Handler = base::Status (LayerWriter::*)(const ir::Node&);
    static const std::map<std::string_view, Handler>& handlers();

    base::Status writeInputs();
    base::Status writeNode(const ir::Node& node);
    void writeOutputs();

    base::Status alias(const ir::Node& node);
    base::Status batchNorm(const ir::Node& node);
    base::Status binary(const ir::Node& node);
    base::Status clip(const ir::Node& node);
    base::Status concat(const ir::Node& node);
    base::Status convolution(const ir::Node& node);
    base::Status flatten(const ir::Node& node);
    base::Status gemm(const ir::Node& node);
    base::Status globalPool(const ir::Node& node);
    base::Status leakyRelu(const ir::Node& node);
    base::Status localNorm(const ir::Node& node);
    base::Status padding(const ir::Node& node);
    base::Status pool(const ir::Node& node);
    base::Status reduceMean(const ir::Node& node);
    base::Status reshape(const ir::Node& node);
    base::Status resize(const ir::Node& node);
    base::Status simple(const ir::Node& node);
    base::Status slice(const ir::Node& node);
    base::Status softmax(const ir::Node& node);
    base::Status split(const ir::Node& node);
    base::Status sum(const ir::Node& node);
    base::Status transpose(const ir::Node& node);

    // A layer that reads these values and makes the node's first output.
    Layer& add(const ir::Node& node, std::string_view type, const std::vector<ir::ValueId>& inputs);
    std::string blobOf(ir::ValueId value);
    // A name without blanks that nobody of its kind has yet.
    static std::string unique(std::map<std::string, int>& names, std::string_view hint);
    base::Result<std::string> constantBlob(const ir::Node& node, ir::ValueId value, int64_t rank);
    // The numbers of a constant input; the error names the node.
    base::Result<std::vector<float>> numbers(const ir::Node& node, size_t input) const;
    const tensor::Tensor* constant(const ir::Node& node, size_t input) const;
    int64_t rankOf(ir::ValueId value) const;
    // The dimensions behind the batch, where all are known.
    base::Result<std::vector<int64_t>> sampleShape(const ir::Node& node, ir::ValueId value) const;
    base::Status setPads(const ir::Node& node, Layer& layer, int left, int right, int top, int bottom) const;

    const ir::Graph& m_graph;
    std::vector<Layer> m_layers;
    BinWriter m_bin;
    std::map<ir::ValueId, std::string> m_blobs;
    std::map<std::string, int> m_layerNames, m_blobNames;  // how often each was asked for
};

// ncnn blobs are read once: puts a Split layer behind every blob that several layers read. `outputs` are
// blobs that must stay readable under their name at the end.
std::vector<Layer> withSplits(std::vector<Layer> layers, const std::vector<std::string>& outputs);

// Spatial attribute with a default for each of two axes.
std::vector<int64_t> pairOf(const ir::Node& node, std::string_view name, int64_t otherwise);
inline int64_t positive(int64_t axis, int64_t rank) { return axis < 0 ? axis + rank : axis; }

base::Error nodeError(const ir::Node& node, std::string_view what);

}  // namespace lathe::ncnn
