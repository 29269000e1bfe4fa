// Reading the text form: recursive descent, one function a construct; nesting of bodies is bounded.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/ir/text_words.h"

namespace lathe::ir {

// Used once, by one thread. What it is given must outlive it.
class TextParser {
  public:
    TextParser(std::string_view text, const TensorByHash& tensors) : m_in(text), m_tensors(tensors) {}

    base::Result<GraphPtr> run();

  private:
    struct Scope {
        SubgraphId id;
        const Scope* outer = nullptr;
        int depth = 0;
        std::unordered_map<std::string, ValueId> values = {};
    };

    struct OpName {
        std::string domain, op, overload;
    };

    base::Status model();
    base::Status function();
    base::Status block(Scope& scope);
    base::Status inputs(Scope& scope);
    // Inputs, outputs, what `between` reads, and the block.
    base::Status whole(Scope& scope, base::Status (TextParser::*between)(Function&) = nullptr,
                       Function* function = nullptr);
    base::Status functionExtras(Function& function);
    base::Status statement(Scope& scope);
    base::Status call(Scope& scope, const std::vector<ValueId>& outputs);
    base::Result<OpName> opName();
    base::Result<ValueId> define(Scope& scope);
    base::Result<ValueId> read(const Scope& scope);
    base::Result<Attribute> attribute(const Scope& scope);
    base::Result<Attribute> list(const Scope& scope);
    base::Result<Attribute> emptyList(std::string_view word);
    base::Result<SubgraphId> graph(const Scope& scope);
    base::Result<tensor::Tensor> tensor();
    base::Result<SparseTensor> sparse();
    base::Result<ValueType> type();
    base::Result<std::string> domain();

    Cursor m_in;
    const TensorByHash& m_tensors;
    Editor m_editor;
};

}  // namespace lathe::ir
