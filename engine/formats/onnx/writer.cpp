// Writing an ONNX file: chooses the operator set, brings operators to their form in it, makes the messages
// and writes them beside the target, to be renamed over it when all is done.
#include <fmt/format.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>

#include "engine/base/atomic_file.h"
#include "engine/formats/onnx/adapt.h"
#include "engine/formats/onnx/introduced.h"
#include "engine/formats/onnx/onnx.h"
#include "engine/formats/onnx/write_messages.h"
#include "engine/ir/topology.h"

namespace lathe::formats::onnx {
namespace {

// Protobuf messages end at 2 GB; some room for everything that is no tensor.
constexpr uint64_t kLargestInline = (uint64_t{2} << 30) - (uint64_t{64} << 20);

// What stands in the way of an operator set, by the lowest one that can express the graph.
struct Need {
    int64_t opset = kOldestWrittenOpset;
    std::string reason;
};

Need lowestOpset(const ir::Graph& graph) {
    Need need;
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (!graph.contains(ir::NodeId{n})) continue;
        const auto node = graph.node({n});
        if (!node.domain().empty()) continue;
        if (const auto since = introduced(node.op()); since > need.opset)
            need = {since, fmt::format("{}: the operator {}", node.label(), node.op())};
    }
    for (uint32_t v = 0; v < graph.valueLimit(); ++v) {
        if (!graph.contains(ir::ValueId{v})) continue;
        const auto& data = graph.valueData({v});
        const auto type = data.constant ? data.constant->type() : graph.value({v}).type().element;
        if (const auto since = introduced(type); since > need.opset)
            need = {since,
                    fmt::format("value \"{}\": the type {}", graph.text(data.name), tensor::name(type))};
    }
    return need;
}

// The graph in the forms of an operator set.
base::Result<ir::GraphPtr> inOpset(const ir::Graph& graph, int64_t opset) {
    ir::Editor editor(std::make_shared<ir::Graph>(graph));
    if (auto status = adaptToOlder(editor, opset); !status) return status.error();
    return editor.finish();
}

base::Result<std::pair<ir::GraphPtr, int64_t>> chooseOpset(const ir::Graph& graph, int64_t wanted) {
    const auto need = lowestOpset(graph);
    if (wanted != 0) {
        if (wanted < need.opset && need.reason.empty())
            return base::Error{
                fmt::format("Operator set {} is not written. Choose {} or newer.", wanted, need.opset),
                base::Error::Kind::usage};
        if (wanted < need.opset)
            return base::Error{
                fmt::format("{} exists since operator set {}, {} was asked for. Choose {} or newer.",
                            need.reason, need.opset, wanted, need.opset),
                base::Error::Kind::usage};
        auto adapted = inOpset(graph, wanted);
        if (!adapted) return adapted.error();
        return std::pair{*adapted, wanted};
    }
    const auto& fileOpsets = graph.info().fileOpsets;
    const auto own = fileOpsets.find("");
    const int64_t first = std::max(need.opset, own == fileOpsets.end() ? kOldestWrittenOpset : own->second);
    // The model's own operator set where it does, else the first newer one that does.
    base::Result<ir::GraphPtr> adapted = base::Error{"no operator set"};
    for (int64_t opset = first; opset <= std::max(first, kNewestOpset); ++opset) {
        adapted = inOpset(graph, opset);
        if (adapted) return std::pair{*adapted, opset};
    }
    return adapted.error();
}

void writeInfo(const ir::Graph& graph, int64_t opset, lathe_onnx::ModelProto& model) {
    const auto& info = graph.info();
    model.set_ir_version(irVersionFor(opset));
    if (!info.producerName.empty()) model.set_producer_name(info.producerName);
    if (!info.producerVersion.empty()) model.set_producer_version(info.producerVersion);
    if (!info.domain.empty()) model.set_domain(info.domain);
    if (info.modelVersion != 0) model.set_model_version(info.modelVersion);
    if (!info.doc.empty()) model.set_doc_string(info.doc);
    auto opsets = info.opsets;
    opsets[""] = opset;
    // Domains that nodes use and nobody listed.
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n)
        if (graph.contains(ir::NodeId{n})) opsets.try_emplace(std::string(graph.node({n}).domain()), 1);
    for (const auto& [domain, version] : opsets) {
        auto& import = *model.add_opset_import();
        import.set_domain(domain);
        import.set_version(version);
    }
    writeProperties(info.properties, *model.mutable_metadata_props());
}

uint64_t tensorBytes(const ir::Graph& graph) {
    uint64_t total = 0;
    for (uint32_t v = 0; v < graph.valueLimit(); ++v)
        if (const auto& constant = graph.valueData({v}).constant) total += constant->bytes().size();
    return total;
}

base::Status writeData(const ExternalPlan& external, base::AtomicFile& file, const base::Progress& progress) {
    size_t done = 0;
    for (const auto& [tensor, offset] : external.items()) {
        if (auto status = progress.check(); !status) return status;
        if (auto status = file.seek(offset); !status) return status;
        if (auto status = file.write(tensor.bytes()); !status) return status;
        progress.report(static_cast<double>(++done) / static_cast<double>(external.items().size()));
    }
    return {};
}

base::Status serialize(const lathe_onnx::ModelProto& model, const std::filesystem::path& path,
                       base::AtomicFile& file) {
    const size_t size = model.ByteSizeLong();
    if (size > static_cast<size_t>(std::numeric_limits<int>::max()))
        return base::Error{
            fmt::format("{}: the model is larger than the 2 GB that one ONNX file can hold. Write the "
                        "weights to a data file.",
                        path.string())};
    google::protobuf::io::FileOutputStream stream(file.descriptor());
    if (!model.SerializeToZeroCopyStream(&stream) || !stream.Flush())
        return base::Error{fmt::format("{}: cannot write: {}. Free space or choose another folder.",
                                       path.string(),
                                       std::strerror(stream.GetErrno() != 0 ? stream.GetErrno() : EIO))};
    return {};
}

base::Status write(const ir::Graph& graph, const std::filesystem::path& path, const base::Params& params,
                   const base::Progress& progress) {
    auto chosen = chooseOpset(graph, params.integer("opset"));
    if (!chosen) return chosen.error().inside(path.string());
    const auto& [adapted, opset] = *chosen;
    if (!adapted->topology().cyclic().empty())
        return base::Error{
            fmt::format("{}: the graph has a cycle through or before {}; it cannot be written.",
                        path.string(), adapted->node(adapted->topology().cyclic().front()).label())};
    const auto dataPaths = dataFiles(path, params, &graph);
    ExternalPlan plan(dataPaths.empty() ? "" : dataPaths.front().filename().string());
    lathe_onnx::ModelProto model;
    writeInfo(*adapted, opset, model);
    GraphWriter writer(*adapted, opset, plan, progress);
    if (auto status = writer.writeMain(*model.mutable_graph()); !status) return status;
    for (const auto& function : adapted->functions())
        if (auto status = writer.writeFunction(function, *model.add_functions()); !status) return status;

    auto file = base::AtomicFile::create(path);
    if (!file) return file.error();
    std::unique_ptr<base::AtomicFile> data;
    if (!plan.items().empty()) {
        auto created = base::AtomicFile::create(dataPaths.front());
        if (!created) return created.error();
        data = std::move(*created);
        if (auto status = writeData(plan, *data, progress.part(0.1, 0.9)); !status) return status;
    }
    if (auto status = serialize(model, path, **file); !status) return status;
    if (auto status = progress.check(); !status) return status;
    // The data first: a model must never name data that is not there yet. A graph that has the old data
    // mapped keeps it, because the rename leaves the old file to those who hold it.
    base::AtomicFile* const both[] = {data.get(), file->get()};
    return base::AtomicFile::commitAll(std::span(both).subspan(data ? 0 : 1));
}

}  // namespace

std::vector<std::filesystem::path> dataFiles(const std::filesystem::path& path, const base::Params& params,
                                             const ir::Graph* graph) {
    const auto& mode = params.text("external_data");
    const bool external = mode == "on" || (mode == "auto" && graph && tensorBytes(*graph) > kLargestInline);
    if (!external) return {};
    // Beside the file itself, also when `path` is a link to it: the model is found there by either name.
    return {base::behindLinks(path).string() + ".data"};
}

base::Status writeFile(const ir::Graph& graph, const std::filesystem::path& path, const base::Params& params,
                       const base::Progress& progress) {
    try {
        return write(graph, path, params, progress);
    } catch (const std::exception& problem) {
        return base::Error{fmt::format("{}: cannot write: {}.", path.string(), problem.what())};
    }
}

}  // namespace lathe::formats::onnx
