#include "app/document/open_model.h"

#include <QFileInfo>

#include "engine/base/log.h"
#include "engine/formats/file_bytes.h"
#include "engine/formats/format.h"
#include "engine/ops/infer.h"

namespace lathe::app {
namespace {

std::filesystem::path toPath(const QString& path) { return {path.toStdU16String()}; }

}  // namespace

base::Result<project::Variant> readModelVariant(const QString& path, const base::Progress& progress) {
    auto graph = formats::read(toPath(path), progress);
    if (!graph) return graph.error();
    ir::Editor editor(*graph);
    // A model whose shapes do not fit still opens: the person wants to see where.
    if (auto status = ops::inferTypes(editor); !status)
        base::logWarning("{}: {}", path.toStdString(), status.error().message);
    project::Variant variant;
    variant.name = QFileInfo(path).fileName().toStdString();
    variant.step = {
        project::RecipeStep::Kind::open, QFileInfo(path).absoluteFilePath().toStdString(), {}, {}};
    variant.graph = editor.finish();
    variant.fileBytes = formats::sourceBytes(*variant.graph);
    return variant;
}

bool isWorkspacePath(const QString& path) { return path.endsWith(QStringLiteral(".lathe-workspace")); }

uint64_t estimatedFileBytes(const ir::Graph& graph) {
    uint64_t bytes = 256;
    for (uint32_t v = 0; v < graph.valueLimit(); ++v)
        if (graph.contains(ir::ValueId{v}) && graph.valueData({v}).constant)
            bytes += graph.valueData({v}).constant->bytes().size() + 32;
    return bytes + uint64_t{graph.nodeCount()} * 64;
}

void openModel(Document& document, Jobs& jobs, const QString& path, std::function<void(bool)> done) {
    jobs.start<project::Variant>(
        Document::tr("Open %1").arg(QFileInfo(path).fileName()),
        [path](const base::Progress& progress) { return readModelVariant(path, progress); }, &document,
        [&document, done](base::Result<project::Variant> variant) {
            if (variant) document.addVariant(std::move(*variant));
            if (done) done(variant.ok());
        });
}

void openWorkspace(Document& document, Jobs& jobs, const QString& path, std::function<void(bool)> done) {
    const auto job = jobs.start<project::WorkspacePtr>(
        Document::tr("Open %1").arg(QFileInfo(path).fileName()),
        [path, memory = document.saveMemory()](const base::Progress& progress) {
            return project::load(toPath(path), progress, memory.get());
        },
        &document,
        [&document, path, done](base::Result<project::WorkspacePtr> workspace) {
            if (workspace) document.reset(*workspace, path);
            if (done) done(workspace.ok());
        });
    jobs.outlivesWorkspace(job);
}

void saveWorkspace(Document& document, Jobs& jobs, const QString& path, std::function<void(bool)> done) {
    const auto workspace = document.workspace();
    const auto job = jobs.start<bool>(
        Document::tr("Save %1").arg(QFileInfo(path).fileName()),
        [path, workspace,
         memory = document.saveMemory()](const base::Progress& progress) -> base::Result<bool> {
            auto status = project::save(*workspace, toPath(path), progress, memory.get());
            if (!status) return status.error();
            return true;
        },
        &document,
        [&document, path, done, revision = document.revision()](base::Result<bool> saved) {
            if (saved) document.markSaved(path, revision);
            if (done) done(saved.ok());
        });
    jobs.outlivesWorkspace(job);
}

}  // namespace lathe::app
