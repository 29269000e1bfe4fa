// The tables of the model, in an order in which what is named exists already.
#include "engine/formats/lathe/read_model.h"

#include <fmt/format.h>

#include "engine/formats/lathe/limits.h"
#include "engine/formats/lathe/read_lists.h"

namespace lathe::formats::flat {

ModelReader::ModelReader(const schema::Model& model, const Parts& parts)
    : m_model(model), m_parts(parts), m_budget(kMostBytesReadPerByte * parts.graph.size()) {}

void ModelReader::fail(const void* at, std::string_view what) {
    if (m_error) return;
    const auto offset = static_cast<const std::byte*>(at) - m_parts.file.data();
    m_error =
        base::Error::badInput(fmt::format("graph, offset {}: {}. Export the model again.", offset, what));
}

void ModelReader::spend(const void* at, uint64_t bytes) {
    if (bytes > m_budget) fail(at, "lists or texts are used so often that the model would fill the memory");
    m_budget -= good() ? bytes : 0;
}

void ModelReader::count(const void* list, const uint8_t* items, uint64_t length, size_t size,
                        size_t alignment) {
    if (length > 0 && reinterpret_cast<uintptr_t>(items) % alignment != 0)
        fail(list, "the items of a list are not aligned");
    spend(list, length * size);
}

void ModelReader::info() {
    auto& info = m_editor.info();
    info.producerName = text(&m_model, m_model.producerName());
    info.producerVersion = text(&m_model, m_model.producerVersion());
    info.domain = text(&m_model, m_model.domain());
    info.doc = text(&m_model, m_model.doc());
    info.modelVersion = m_model.modelVersion();
    info.irVersion = m_model.irVersion();
    info.sourceNodeCount = m_model.sourceNodeCount();
    info.opsets = opsets(m_model.opsets());
    info.fileOpsets = opsets(m_model.fileOpsets());
    info.properties = properties(m_model.properties());
}

void ModelReader::subgraphs() {
    const auto* list = m_model.subgraphs();
    if (!list || list->size() == 0 || list->Get(0)->removed())
        return fail(&m_model, "there is no main graph");
    m_subgraphCount = list->size();
    for (uint32_t s = 0; s < list->size() && good(); ++s) {
        const auto& table = *list->Get(s);
        const auto name = text(&table, table.name());
        if (s > 0) m_editor.addSubgraph(name);
        m_editor.setSubgraphName({s}, name, std::string(text(&table, table.doc())));
        m_editor.setProperties(ir::SubgraphId{s}, properties(table.properties()));
    }
}

void ModelReader::values() {
    const auto* list = m_model.values();
    for (uint32_t v = 0; list && v < list->size() && good(); ++v) {
        const auto& table = *list->Get(v);
        const auto name = text(&table, table.name());
        if (table.removed()) {
            m_editor.removeValue(m_editor.addValue(name, {}));
            continue;
        }
        if (table.subgraph() >= m_subgraphCount) return fail(&table, "a value lies in no sub-graph");
        const auto& type = this->type(&table, table.type());
        const auto value = m_editor.addValue(name, type, {table.subgraph()});
        if (table.constant()) {
            auto constant = tensor(&table, table.constant());
            if (!good()) return;
            m_editor.setConstant(value, std::move(constant));
            m_editor.setType(value, type);
        }
        m_editor.setProperties(value, properties(table.properties()));
    }
}

// After the values, which the lists name.
void ModelReader::interfaces() {
    const auto& graph = m_editor.graph();
    for (uint32_t s = 0; s < m_subgraphCount && good(); ++s) {
        const auto& table = *m_model.subgraphs()->Get(s);
        auto inputs = ids<ir::ValueId>(table.inputs(), graph.valueLimit(), "a value");
        auto outputs = ids<ir::ValueId>(table.outputs(), graph.valueLimit(), "a value");
        for (const auto* ids : {&inputs, &outputs})
            for (const auto value : *ids)
                if (!graph.contains(value))
                    return fail(&table, "a sub-graph lists a value that does not exist");
        m_editor.setGraphInputs({s}, std::move(inputs));
        m_editor.setGraphOutputs({s}, std::move(outputs));
        if (table.removed()) m_editor.removeSubgraph({s});
    }
}

void ModelReader::nodes() {
    const auto* list = m_model.nodes();
    const auto& graph = m_editor.graph();
    for (uint32_t n = 0; list && n < list->size() && good(); ++n) {
        const auto& table = *list->Get(n);
        const auto op = text(&table, table.op()), domain = text(&table, table.domain());
        const auto name = text(&table, table.name()), overload = text(&table, table.overload());
        ir::NewNode spec{
            .op = op, .inputs = {}, .name = name, .domain = domain, .outputCount = 0, .overload = overload};
        if (table.removed()) {
            m_editor.removeNode(m_editor.addNode(spec));
            continue;
        }
        if (table.subgraph() >= m_subgraphCount) return fail(&table, "a node lies in no sub-graph");
        spec.subgraph = {table.subgraph()};
        spec.inputs = ids<ir::ValueId>(table.inputs(), graph.valueLimit(), "a value");
        const auto outputs = ids<ir::ValueId>(table.outputs(), graph.valueLimit(), "a value");
        spec.attributes = attributes(table.attributes());
        spec.origins = ids<ir::NodeId>(table.origins(), kNobody, "a node");
        auto doc = std::string(text(&table, table.doc()));
        auto kept = properties(table.properties());
        for (const auto output : outputs)
            if (output && (!graph.contains(output) || graph.valueData(output).producer))
                fail(&table,
                     fmt::format("an output of node {} \"{}\" does not exist or has another node", n, name));
        if (!good()) return;
        const auto node = m_editor.addNode(spec);
        m_editor.setOutputs(node, outputs);
        m_editor.setDoc(node, std::move(doc));
        m_editor.setProperties(node, std::move(kept));
    }
}

void ModelReader::functions() {
    const auto* list = m_model.functions();
    for (uint32_t f = 0; list && f < list->size() && good(); ++f) {
        const auto& table = *list->Get(f);
        ir::Function function;
        function.domain = text(&table, table.domain());
        function.name = text(&table, table.name());
        function.overload = text(&table, table.overload());
        function.doc = text(&table, table.doc());
        function.requiredAttributes = texts(table.requiredAttributes());
        function.defaultAttributes = attributes(table.defaultAttributes());
        function.opsets = opsets(table.opsets());
        function.properties = properties(table.properties());
        function.body = {table.body()};
        if (table.body() >= m_subgraphCount) return fail(&table, "a function has no body");
        if (good()) m_editor.addFunction(std::move(function));
    }
}

base::Result<ir::GraphPtr> ModelReader::run(std::string sourcePath, const base::Progress& progress) {
    for (const auto part :
         {&ModelReader::info, &ModelReader::types, &ModelReader::subgraphs, &ModelReader::values,
          &ModelReader::interfaces, &ModelReader::nodes, &ModelReader::functions}) {
        if (auto status = progress.check(); !status) return status.error();
        (this->*part)();
        if (m_error) return *m_error;
    }
    m_editor.info().sourcePath = std::move(sourcePath);
    return m_editor.finish();
}

}  // namespace lathe::formats::flat
