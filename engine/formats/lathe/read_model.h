// From the FlatBuffer of a flat file to a graph. The FlatBuffer was verified; what its numbers mean was not.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/ir/editor.h"
#include "lathe_generated.h"

namespace lathe::formats::flat {

// What a reader reads from; everything outlives it.
struct Parts {
    std::span<const std::byte> file;
    std::span<const std::byte> graph;
    std::span<const std::byte> weights;
    std::shared_ptr<const void> owner;  // keeps them alive
};

// Reads once. The first thing that does not fit is remembered and everything read after it is empty, so that
// loops end; a budget of bytes bounds what lists and texts that are used many times can ask for.
class ModelReader {
  public:
    ModelReader(const schema::Model& model, const Parts& parts);
    // `sourcePath` goes into the graph, which is not verified yet. Errors name the offset in the file.
    base::Result<ir::GraphPtr> run(std::string sourcePath, const base::Progress& progress);

  private:
    template <typename T>
    using List = flatbuffers::Vector<T>;
    template <typename T>
    using Tables = List<flatbuffers::Offset<T>>;

    // `at` is any place in the file.
    void fail(const void* at, std::string_view what);
    bool good() const { return !m_error; }
    // Counts bytes that are read against the budget.
    void spend(const void* at, uint64_t bytes);
    // The same for a list. That its items are aligned is what the verifier of FlatBuffers does not look at.
    void count(const void* list, const uint8_t* items, uint64_t length, size_t size, size_t alignment);

    template <typename T>
    std::span<const T> numbers(const List<T>* list);
    template <typename Id>
    std::vector<Id> ids(const List<uint32_t>* list, size_t limit, std::string_view what);
    std::string_view text(const void* at, uint32_t number);
    std::vector<std::string> texts(const List<uint32_t>* list);
    const ir::ValueType& type(const void* at, uint32_t number);
    ir::Properties properties(const List<const schema::Property*>* list);
    std::map<std::string, int64_t> opsets(const List<const schema::Opset*>* list);
    tensor::Tensor tensor(const void* at, const schema::Tensor* table);

    void items(const schema::Attribute& table, std::vector<int64_t>& list);
    void items(const schema::Attribute& table, std::vector<float>& list);
    void items(const schema::Attribute& table, std::vector<std::string>& list);
    void items(const schema::Attribute& table, std::vector<tensor::Tensor>& list);
    void items(const schema::Attribute& table, std::vector<ir::SparseTensor>& list);
    void items(const schema::Attribute& table, std::vector<ir::SubgraphId>& list);
    void items(const schema::Attribute& table, std::vector<ir::ValueType>& list);
    void content(const schema::Attribute& table, ir::AttributeReference& reference);
    template <typename T>
    void content(const schema::Attribute& table, std::vector<T>& list);
    template <typename T>
    void content(const schema::Attribute& table, T& one);
    template <size_t... Kinds>
    ir::Attribute attribute(const schema::Attribute& table, std::index_sequence<Kinds...>);
    ir::Attributes attributes(const Tables<schema::Attribute>* list);

    void info();
    void types();
    ir::ValueType readType(const schema::Type& table, size_t index);
    void subgraphs();
    void values();
    void interfaces();
    void nodes();
    void functions();

    const schema::Model& m_model;
    const Parts& m_parts;
    std::optional<base::Error> m_error;
    uint64_t m_budget;
    std::vector<ir::ValueType> m_types;
    std::vector<int> m_depths;  // of the types
    size_t m_subgraphCount = 0;
    ir::Editor m_editor;
};

}  // namespace lathe::formats::flat
