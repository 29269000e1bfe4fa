// GraphProto, NodeProto, AttributeProto and FunctionProto to the one table of the graph.
//
// Names become ids by scope: a body sees its own names first, then those around it. Node ids are in file
// order; a node may read a value that is made later in the file (and a cycle is found afterwards).
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/base/progress.h"
#include "engine/formats/onnx/source.h"
#include "engine/ir/editor.h"

namespace lathe::formats::onnx {

// Used by one thread for one file.
class GraphReader {
  public:
    GraphReader(Source& source, ir::Editor& editor, int64_t irVersion, const base::Progress& progress)
        : m_source(source), m_editor(editor), m_irVersion(irVersion), m_progress(progress) {}

    base::Status readMain(Bytes message);
    base::Result<ir::Function> readFunction(Bytes message);
    int64_t nodeCount() const { return m_nodeCount; }
    // Nodes whose device configuration was left out.
    int64_t configuredCount() const { return m_configuredCount; }

  private:
    struct Scope {
        ir::SubgraphId id;
        const Scope* outer = nullptr;
        int depth = 0;
        bool isFunction = false;
        std::unordered_map<std::string_view, ir::ValueId> values = {};
    };
    // The parts of a graph, collected in one walk so that names can be declared before they are used.
    struct Parts {
        std::string_view name, doc;
        ir::Properties properties = {};
        std::vector<Bytes> nodes, initializers, sparseInitializers, inputs, outputs, valueInfos;
    };

    base::Result<Parts> collect(Bytes message) const;
    base::Status fill(const Parts& parts, Scope& scope);
    base::Status declareInputs(const Parts& parts, Scope& scope,
                               const std::unordered_set<std::string_view>& initialized);
    base::Status readInitializers(const Parts& parts, Scope& scope);
    base::Status declareOutputs(Bytes node, Scope& scope);
    base::Status readTypes(const std::vector<Bytes>& infos, Scope& scope);
    base::Status readNode(Bytes message, Scope& scope);
    base::Status readOutputs(const Parts& parts, Scope& scope);
    base::Result<ir::Attributes::Item> readAttribute(Bytes message, const Scope& scope);
    base::Result<ir::SubgraphId> readBody(Bytes message, const Scope& outer);

    base::Result<ir::ValueId> declare(std::string_view name, const std::byte* at, Scope& scope);
    ir::ValueId find(std::string_view name, const Scope& scope) const;

    Source& m_source;
    ir::Editor& m_editor;
    int64_t m_irVersion;
    base::Progress m_progress;
    int64_t m_nodeCount = 0;
    int64_t m_configuredCount = 0;
};

// "" for the default domain under either of its names.
inline std::string_view normalDomain(std::string_view domain) {
    return domain == "ai.onnx" ? std::string_view{} : domain;
}

// A StringStringEntryProto: one of a list of metadata_props.
base::Result<std::pair<std::string, std::string>> readEntry(Source& source, Bytes message);

// {domain, version} of an OperatorSetIdProto.
base::Result<std::pair<std::string, int64_t>> readOpset(Source& source, Bytes message);

}  // namespace lathe::formats::onnx
