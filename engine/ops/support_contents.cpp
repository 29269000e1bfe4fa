#include "engine/ops/support_contents.h"

#include "engine/ops/support_axes.h"

namespace lathe::ops {
namespace {

using ir::Dim;

// Contents are followed for outputs that can hold dimensions.
bool holdsDims(const InferContext& context) {
    if (!context.wants(0)) return false;
    const auto& type = context.outputs()[0].type;
    return type.isTensor() && type.rank() >= 0 && type.rank() <= 1 &&
           (tensor::isInteger(type.element) || type.element == tensor::DataType::boolean);
}

std::optional<SymbolicContents> combined(const SymbolicContents& a, const SymbolicContents& b,
                                         DimOperation operation) {
    const size_t count = a.size() == 1 ? b.size() : a.size();
    if (b.size() != count && b.size() != 1) return {};
    SymbolicContents result;
    for (size_t i = 0; i < count; ++i)
        result.push_back(operation(a[a.size() == 1 ? 0 : i], b[b.size() == 1 ? 0 : i]));
    return result;
}

}  // namespace

void mapContents(InferContext& context, DimFunction function) {
    if (!holdsDims(context)) return;
    auto contents = context.contents(0);
    if (!contents) return;
    for (auto& item : *contents) item = function(item);
    context.setContents(0, std::move(*contents));
}

void foldContents(InferContext& context, DimOperation operation) {
    if (!holdsDims(context)) return;
    std::optional<SymbolicContents> result;
    for (size_t i = 0; i < context.inputCount(); ++i) {
        const auto contents = context.contents(i);
        if (!contents) return;
        result = result ? combined(*result, *contents, operation) : contents;
        if (!result) return;
    }
    if (result) context.setContents(0, std::move(*result));
}

void combineContents(InferContext& context, DimOperation operation) { foldContents(context, operation); }

base::Status inferArithmetic(InferContext& context, DimOperation operation) {
    if (auto ok = inferBroadcast(context); !ok) return ok;
    combineContents(context, operation);
    return {};
}

base::Status inferComparison(InferContext& context, DimOperation operation) {
    if (auto ok = inferBroadcastToBool(context); !ok) return ok;
    combineContents(context, operation);
    return {};
}

Dim provenLess(const Dim& a, const Dim& b) {
    if (provenAtLeast(b - a, 1)) return 1;
    if (provenAtLeast(a - b, 0)) return 0;
    return Dim::unknown();
}

Dim provenEqual(const Dim& a, const Dim& b) {
    if (same(a, b)) return 1;
    if (provenAtLeast(b - a, 1) || provenAtLeast(a - b, 1)) return 0;
    return Dim::unknown();
}

Dim provenNot(const Dim& dim) { return Dim(1) - dim; }

}  // namespace lathe::ops
