// Jobs that bring files into the document: open a model, open and save a workspace.
#pragma once

#include <QString>
#include <filesystem>
#include <functional>

#include "app/document/document.h"
#include "app/jobs/jobs.h"

namespace lathe::app {

// What a file is, by its name: a workspace (*.lathe-workspace) or a model.
bool isWorkspacePath(const QString& path);

// Reads a model with its types inferred, as a variant that came from a file. Any thread.
base::Result<project::Variant> readModelVariant(const QString& path, const base::Progress& progress);
// Reads the file off the GUI thread and adds it as a variant. `done` hears whether it worked.
void openModel(Document& document, Jobs& jobs, const QString& path, std::function<void(bool)> done = {});
void openWorkspace(Document& document, Jobs& jobs, const QString& path, std::function<void(bool)> done = {});
void saveWorkspace(Document& document, Jobs& jobs, const QString& path, std::function<void(bool)> done = {});

// Estimated size of a graph as an ONNX file: its constants and a little for each node.
uint64_t estimatedFileBytes(const ir::Graph& graph);

}  // namespace lathe::app
