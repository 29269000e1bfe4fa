// lathe-cli ops: the operators Lathe knows.
#include "app/cli/verb.h"
#include "engine/ops/op.h"

namespace lathe::cli {
namespace {

int show(Output& output) {
    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto& op : ops::all()) {
        const std::string domain(op.domain.empty() ? "ai.onnx" : op.domain);
        rows.push_back({domain, std::string(op.name), fmt::format("{}", op.sinceVersion),
                        std::string(name(op.family)), std::string(op.summary)});
        list.push_back({{"domain", domain},
                        {"name", op.name},
                        {"since", op.sinceVersion},
                        {"family", name(op.family)},
                        {"summary", op.summary}});
    }
    output.table({"domain", "op", "since", "family", "meaning"}, rows);
    output.line(fmt::format("{} operators", rows.size()));
    output.result(list);
    return kGood;
}

}  // namespace

Verb opsVerb() {
    return {"ops", "List the operators Lathe knows", "lathe-cli ops --json",
            [](CLI::App&) -> Action { return show; }};
}

}  // namespace lathe::cli
