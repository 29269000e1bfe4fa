// A model file format: what it is called, how to recognise it, and functions that turn a file into a graph
// and back.
//
// ONNX and the flat file are built in; every other format is added by a plugin at start-up. Errors name the
// file and the place in it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::formats {

struct ReadOptions {
    // Files outside the model's folder that the person agreed to read, as absolute paths. Without an entry
    // here a reference that leaves the folder is an error that names the file it wants.
    std::vector<std::filesystem::path> allowedFiles = {};
};

// Nodes of one operator that a format has no place for.
struct Unsupported {
    std::string op;  // with its domain unless that is ai.onnx: "com.microsoft.QAttention"
    int64_t nodes = 0;
    std::string remedy = {};  // a sentence; empty: none is known
};

struct Format {
    std::string_view name;                     // "onnx": the key in recipes and on the command line
    std::string_view title;                    // for a person
    std::vector<std::string_view> extensions;  // ".onnx", lower case
    // Whether a file with these first bytes (up to 4096) is of this format. Sure signs only, not the name.
    bool (*probe)(std::span<const std::byte> head, const std::filesystem::path& path) = nullptr;
    // Null: this format cannot be read.
    base::Result<ir::GraphPtr> (*read)(const std::filesystem::path& path, const ReadOptions& options,
                                       const base::Progress& progress) = nullptr;
    // Null: this format cannot be written. The params are complete: `writeOptions` filled in.
    base::Status (*write)(const ir::Graph& graph, const std::filesystem::path& path,
                          const base::Params& params, const base::Progress& progress) = nullptr;
    std::vector<base::ParamSpec> writeOptions = {};
    // Null: `write` makes the one file or folder. Else the files that it makes beside it with these complete
    // params; without a graph, those that every graph gets.
    std::vector<std::filesystem::path> (*companions)(const std::filesystem::path& path,
                                                     const base::Params& params,
                                                     const ir::Graph* graph) = nullptr;
    // The operators of the graph that the format has no place for, by a look at the nodes alone: as quick as
    // walking them, so on any thread. Writing may still find more. Null: holds every operator.
    std::vector<Unsupported> (*unsupported)(const ir::Graph& graph) = nullptr;
    bool folder = false;  // not a file: made whole or not at all, known by no extension
};

// The formats in order of adding, ONNX first. The pointers stay good until the program ends.
std::vector<const Format*> all();
const Format* find(std::string_view name);
// The format of a file: by content where it exists, else by extension; null when neither tells.
const Format* forPath(const std::filesystem::path& path);

// For plugins, at start-up: called before any other thread uses this table. An entry of the same name is
// replaced.
void add(Format format);

base::Result<ir::GraphPtr> read(const std::filesystem::path& path, const base::Progress& progress,
                                const ReadOptions& options = {});
base::Status write(const ir::Graph& graph, const std::filesystem::path& path, std::string_view formatName,
                   const base::Params& params, const base::Progress& progress);
// The files that `write` would make or replace: `path`, then what lies beside it. Without a graph, only those
// that it makes of every graph.
base::Result<std::vector<std::filesystem::path>> writtenFiles(const std::filesystem::path& path,
                                                              std::string_view formatName,
                                                              const base::Params& params,
                                                              const ir::Graph* graph = nullptr);

}  // namespace lathe::formats
