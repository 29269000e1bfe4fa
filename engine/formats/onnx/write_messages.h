// From the graph to protobuf messages. The bytes of tensors either go into the message or into a data file.
#pragma once

#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/ir/graph.h"
#include "onnx/schema/lathe_onnx.pb.h"

namespace lathe::formats::onnx {

// Collects the tensors that go into the data file, each at a place that suits mapping.
class ExternalPlan {
  public:
    // An empty file name: everything stays in the message.
    explicit ExternalPlan(std::string fileName) : m_fileName(std::move(fileName)) {}

    // True when the tensor was given a place in the data file, named in the message.
    bool place(const tensor::Tensor& tensor, lathe_onnx::TensorProto& message);

    struct Item {
        tensor::Tensor tensor;
        uint64_t offset;
    };
    const std::vector<Item>& items() const { return m_items; }

  private:
    std::string m_fileName;
    std::vector<Item> m_items;
    uint64_t m_end = 0;
};

void writeTensor(const tensor::Tensor& tensor, std::string_view name, lathe_onnx::TensorProto& message,
                 ExternalPlan& external);
void writeProperties(const ir::Properties& properties,
                     google::protobuf::RepeatedPtrField<lathe_onnx::StringStringEntryProto>& list);
void writeType(const ir::ValueType& type, lathe_onnx::TypeProto& message);

// A whole graph, bodies included, into the message.
class GraphWriter {
  public:
    GraphWriter(const ir::Graph& graph, int64_t opset, ExternalPlan& external,
                const base::Progress& progress);

    base::Status writeMain(lathe_onnx::GraphProto& message);
    base::Status writeFunction(const ir::Function& function, lathe_onnx::FunctionProto& message);

  private:
    base::Status writeGraph(ir::SubgraphId id, lathe_onnx::GraphProto& message);
    base::Status writeNode(ir::NodeId id, lathe_onnx::NodeProto& message);
    base::Status writeAttribute(const std::string& name, const ir::Attribute& value,
                                lathe_onnx::AttributeProto& message);
    void writeValue(ir::ValueId id, lathe_onnx::ValueInfoProto& message) const;

    const ir::Graph& m_graph;
    int64_t m_opset;  // the one that functions are written for too
    ExternalPlan& m_external;
    base::Progress m_progress;
    std::vector<std::vector<ir::ValueId>> m_values;  // by sub-graph: constants and node outputs
};

}  // namespace lathe::formats::onnx
