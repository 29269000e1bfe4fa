#include "tests/support/plan_text.h"

namespace lathe::test {

std::string planText(const runtime::Session& session) {
    std::string text;
    for (const auto& entry : session.plan()) {
        text += std::string(entry.kernel) + " " + entry.op;
        for (const auto node : entry.nodes) text += " " + session.graph()->node(node).label();
        text += " ->";
        for (const auto& output : entry.outputs)
            text += " " + tensor::toString(output.type, output.shape) + " " + std::string(output.layout);
        text += entry.inPlace ? " in place\n" : "\n";
    }
    return text;
}

}  // namespace lathe::test
