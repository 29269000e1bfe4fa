// Attributes of a node: named constants of the kinds the ONNX standard knows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/ir/ids.h"
#include "engine/ir/type.h"
#include "engine/tensor/tensor.h"

namespace lathe::ir {

// COO form as in ONNX SparseTensorProto: indices [nnz] (linear) or [nnz, rank].
struct SparseTensor {
    tensor::Tensor values;
    tensor::Tensor indices;
    tensor::Shape shape;
    friend bool operator==(const SparseTensor&, const SparseTensor&) = default;
};

// In a function body an attribute may stand for one of the call's attributes.
struct AttributeReference {
    std::string name;
    int onnxType = 0;  // AttributeProto.AttributeType
    friend bool operator==(const AttributeReference&, const AttributeReference&) = default;
};

using Attribute = std::variant<int64_t, float, std::string, tensor::Tensor, SparseTensor, SubgraphId,
                               ValueType, std::vector<int64_t>, std::vector<float>, std::vector<std::string>,
                               std::vector<tensor::Tensor>, std::vector<SparseTensor>,
                               std::vector<SubgraphId>, std::vector<ValueType>, AttributeReference>;

// Sorted by name; a node has few, so a vector beats a map.
class Attributes {
  public:
    using Item = std::pair<std::string, Attribute>;

    Attributes() = default;
    Attributes(std::initializer_list<Item> items);

    const Attribute* find(std::string_view name) const;
    void set(std::string name, Attribute value);
    void remove(std::string_view name);
    bool has(std::string_view name) const { return find(name) != nullptr; }
    bool empty() const { return m_items.empty(); }
    size_t size() const { return m_items.size(); }
    auto begin() const { return m_items.begin(); }
    auto end() const { return m_items.end(); }

    // The attribute when it is there and of that kind, else the default. Types were checked by the verifier.
    int64_t integer(std::string_view name, int64_t otherwise) const;
    float real(std::string_view name, float otherwise) const;
    std::string_view text(std::string_view name, std::string_view otherwise) const;
    std::vector<int64_t> integers(std::string_view name, std::vector<int64_t> otherwise = {}) const;
    std::vector<float> reals(std::string_view name, std::vector<float> otherwise = {}) const;
    std::vector<std::string> texts(std::string_view name, std::vector<std::string> otherwise = {}) const;
    const tensor::Tensor* tensor(std::string_view name) const;
    SubgraphId subgraph(std::string_view name) const;

    friend bool operator==(const Attributes&, const Attributes&) = default;

  private:
    template <typename T>
    const T* get(std::string_view name) const;
    std::vector<Item> m_items;
};

}  // namespace lathe::ir
