// Reading an ONNX file: maps it, walks the model message, then brings every operator to its newest
// form; derivatives become plain nodes.
#include <utility>

#include "engine/base/log.h"
#include "engine/formats/onnx/adapt.h"
#include "engine/formats/onnx/expand_gradient.h"
#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/onnx.h"
#include "engine/formats/onnx/read_graph.h"
#include "engine/formats/onnx/source.h"
#include "engine/ir/topology.h"

namespace lathe::formats::onnx {
namespace {

std::string_view asText(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

struct Lookalike {
    size_t offset;
    std::string_view signature;
    std::string_view what;
};

// Files that people open by mistake, by their first bytes.
constexpr Lookalike kLookalikes[] = {
    {0, "version https://git-lfs", "a Git LFS pointer, not the model itself. Fetch it with `git lfs pull`."},
    {0, "PK\x03\x04", "a ZIP archive (PyTorch, Keras or NumPy). Export the model to ONNX first."},
    {4, "TFL3", "a TensorFlow Lite model. Export the model to ONNX first."},
    {0, "\x89HDF", "an HDF5 file (Keras). Export the model to ONNX first."},
    {0, "GGUF", "a GGUF file. Open the ONNX form of the model."},
    {0, "\x80\x02", "a Python pickle (PyTorch). Export the model to ONNX first."},
    {0, "\x1f\x8b", "compressed with gzip. Unpack it first."},
    {0, "7767517", "an ncnn parameter file. Open it with the ncnn format."},
    {0, "<", "a web page or XML. Get the model file itself."},
    {0, "{", "a JSON text. Choose the .onnx file."},
};

// What the file is instead of a model, if that can be told.
std::string_view lookalike(Bytes bytes) {
    const auto text = asText(bytes);
    for (const auto& known : kLookalikes)
        if (text.size() >= known.offset && text.substr(known.offset).starts_with(known.signature))
            return known.what;
    return {};
}

struct ModelFields {
    ir::ModelInfo info;
    std::optional<Bytes> graph;
    std::vector<Bytes> functions;
    int64_t configurations = 0;  // of devices
};

base::Result<ModelFields> scanModel(Source& source) {
    ModelFields model;
    auto& info = model.info;
    const auto text = [&](const Field& field) { return std::string(source.text(field.bytes)); };
    Field field;
    FieldReader reader(kModel, source.bytes);
    while (reader.next(field)) {
        switch (field.number) {
            case 1:
                info.irVersion = field.integer();
                if (info.irVersion < 1 || info.irVersion > 1000)
                    return source.error(field.at, "ModelProto.ir_version: {} is no version of the format.",
                                        info.irVersion);
                break;
            case 2:
                info.producerName = text(field);
                break;
            case 3:
                info.producerVersion = text(field);
                break;
            case 4:
                info.domain = text(field);
                break;
            case 5:
                info.modelVersion = field.integer();
                break;
            case 6:
                info.doc = text(field);
                break;
            case 7:
                if (model.graph) return source.error(field.at, "ModelProto.graph: the model has two graphs.");
                model.graph = field.bytes;
                break;
            case 8: {
                auto opset = readOpset(source, field.bytes);
                if (!opset) return opset.error();
                info.fileOpsets[opset->first] = opset->second;
                break;
            }
            case 14: {
                auto entry = readEntry(source, field.bytes);
                if (!entry) return entry.error();
                info.properties.push_back(std::move(*entry));
                break;
            }
            case 20:
                base::logWarning(
                    "{}: the training information is left out; it will be missing in what is written.",
                    source.label);
                break;
            case 25:
                model.functions.push_back(field.bytes);
                break;
            case 26:
                ++model.configurations;
                break;
            default:
                break;
        }
    }
    if (reader.failed()) return source.error(reader);
    if (!model.graph)
        return source.error(source.bytes.data(),
                            "ModelProto.graph: there is no graph. This is no ONNX model.");
    // Files before operator sets existed (IR version 2 and older) mean the first one.
    if (info.fileOpsets.empty()) info.fileOpsets[""] = 1;
    return model;
}

base::Status checkAcyclic(const ir::Graph& graph, const std::string& label) {
    const auto& cyclic = graph.topology().cyclic();
    if (cyclic.empty()) return {};
    return base::Error::badInput(fmt::format(
        "{}: the graph has a cycle through or before {}. Models must be free of cycles; use Loop or Scan.",
        label, graph.node(cyclic.front()).label()));
}

base::Result<ir::GraphPtr> readModel(Source& source, const base::Progress& progress) {
    if (source.bytes.empty())
        return base::Error::badInput(fmt::format("{}: is empty. Get the file again.", source.label));
    auto model = scanModel(source);
    if (!model) {
        const auto what = lookalike(source.bytes);
        if (what.empty()) return model.error();
        return base::Error::badInput(fmt::format("{}: is {}", source.label, what));
    }
    ir::Editor editor;
    GraphReader reader(source, editor, model->info.irVersion, progress.part(0, 0.9));
    progress.report(0, "Reading");
    if (auto status = reader.readMain(*model->graph); !status) return status.error();
    for (const auto message : model->functions) {
        auto function = reader.readFunction(message);
        if (!function) return function.error();
        editor.addFunction(std::move(*function));
    }
    if (model->configurations > 0 || reader.configuredCount() > 0)
        base::logWarning(
            "{}: {} device configurations and what {} nodes say of them are left out; they will be missing "
            "in "
            "what is written.",
            source.label, model->configurations, reader.configuredCount());
    model->info.sourceNodeCount = reader.nodeCount();
    model->info.sourcePath = source.path.string();
    model->info.dataPaths = source.externalPaths;
    model->info.opsets = model->info.fileOpsets;
    const auto opset = model->info.opsets.find("");
    if (opset != model->info.opsets.end() && opset->second > kNewestOpset)
        base::logWarning("{}: is of operator set {}; Lathe knows the forms up to {} and takes those.",
                         source.label, opset->second, kNewestOpset);
    editor.info() = std::move(model->info);
    if (auto status = adaptToNewest(editor, progress.part(0.9, 1)); !status)
        return status.error().inside(source.label);
    if (auto status = expandGradients(editor, source.label, progress); !status)
        return status.error().inside(source.label);
    auto graph = editor.finish();
    if (auto status = checkAcyclic(*graph, source.label); !status) return status.error();
    progress.report(1);
    return graph;
}

}  // namespace

base::Result<ir::GraphPtr> readFile(const std::filesystem::path& path, const ReadOptions& options,
                                    const base::Progress& progress) {
    auto map = base::FileMap::open(path);
    if (!map) return map.error();
    Source source;
    source.label = path.string();
    source.bytes = (*map)->bytes();
    source.owner = *map;
    source.path = path;
    source.options = options;
    return readModel(source, progress);
}

base::Result<ir::GraphPtr> readBytes(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                     const std::string& label, const base::Progress& progress) {
    Source source;
    source.label = label;
    source.bytes = bytes;
    source.owner = std::move(owner);
    return readModel(source, progress);
}

bool probe(std::span<const std::byte> head, const std::filesystem::path&) {
    // ir_version first, as every exporter writes it, and then a field of ModelProto.
    const auto* at = head.data();
    const auto* end = at + head.size();
    uint64_t version = 0, key = 0;
    if (head.empty() || std::to_integer<int>(*at++) != 0x08) return false;
    if (!readVarint(at, end, version) || version < 1 || version > 1000) return false;
    if (!readVarint(at, end, key)) return false;
    for (const auto& field : kModelFields)
        if (field.number == key >> 3 && (key & 7) == (field.kind == FieldKind::number ? 0u : 2u)) return true;
    return false;
}

}  // namespace lathe::formats::onnx
