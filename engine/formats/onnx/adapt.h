// Between the forms that operators had over the years and the newest one, which is what graphs hold.
//
// One file an operator, adapt_<op>.cpp, listed in adapters.inc: how its nodes are brought to the newest form
// on reading and to an older one on writing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/editor.h"

namespace lathe::formats::onnx {

// One node on its way from one operator set to another.
class AdaptContext {
  public:
    AdaptContext(ir::Editor& editor, ir::NodeId node, int64_t version)
        : m_editor(editor), m_node(node), m_version(version) {}

    ir::Editor& editor() const { return m_editor; }
    ir::NodeId id() const { return m_node; }
    ir::Node node() const { return m_editor.graph().node(m_node); }
    const ir::Attributes& attributes() const { return node().attributes(); }
    bool has(std::string_view attribute) const { return attributes().has(attribute); }
    // Reading: the operator set the node was written for. Writing: the one it shall be written for.
    int64_t version() const { return m_version; }

    int64_t rankOf(ir::ValueId value) const {
        return value ? m_editor.graph().value(value).type().rank() : -1;
    }
    int64_t rank(size_t input) const { return rankOf(node().input(input)); }
    const tensor::Tensor* constant(size_t input) const;

    // A constant beside the node, named after its first output.
    ir::ValueId addConstant(tensor::Tensor tensor, std::string_view what) const;
    // A node in front of this one, made from it.
    ir::ValueId addNode(std::string_view op, std::vector<ir::ValueId> inputs, ir::Attributes attributes,
                        std::string_view what, ir::ValueType type = {}) const;

    // Moves an attribute to an input as a constant; nothing happens when the node lacks it.
    // A float bound, ratio or fill in the element type of an input (float32 where that is unknown).
    tensor::Tensor scalarLike(size_t input, float value) const;
    void integersToInput(std::string_view attribute, size_t input) const;
    // The reverse, for a constant input. Errors name the node and the operator set that has the input.
    base::Status inputToIntegers(size_t input, std::string_view attribute, int64_t inputSince) const;
    void dropAttributes(std::initializer_list<std::string_view> names) const;
    void dropInput(size_t input) const;  // and those after it

    // "Pad "pad_3": needs operator set 18: ..."
    base::Error needs(int64_t opset, std::string_view why) const;

  private:
    std::string freeName(std::string_view what) const;

    ir::Editor& m_editor;
    ir::NodeId m_node;
    int64_t m_version;
};

struct Adapter {
    std::vector<std::string_view> ops;  // usually one; those of a family share a file
    int64_t newest;                     // operator set of the form that graphs hold; older files are adapted
    base::Status (*toNewest)(const AdaptContext&) = nullptr;
    // Null: older forms differ in nothing that a node says.
    base::Status (*toOlder)(const AdaptContext&) = nullptr;
    std::string_view domain = {};
    bool wantsTypes = false;  // toNewest asks for ranks, which inference can tell
};

// Those of adapters.inc.
const std::vector<Adapter>& adapters();

// Brings every node from the operator sets in ModelInfo::opsets (and those of functions) to the newest.
base::Status adaptToNewest(ir::Editor& editor, const base::Progress& progress);
// Attributes that later operator sets added: dropped where they say the default, else an error.
base::Status dropNewerAttributes(const AdaptContext& context);

// The reverse, for writing: nodes take the forms of this operator set.
base::Status adaptToOlder(ir::Editor& editor, int64_t opset);

}  // namespace lathe::formats::onnx
