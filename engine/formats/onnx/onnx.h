// The ONNX format: a scan of the mapped file on reading, protobuf messages on writing.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/formats/format.h"

namespace lathe::formats::onnx {

// The operator set that graphs are brought to on reading. Newer files are taken as they are: operator sets
// after this one have so far only added operators and types.
inline constexpr int64_t kNewestOpset = 27;
// The lowest operator set that can be written.
inline constexpr int64_t kOldestWrittenOpset = 13;

Format onnxFormat();

base::Result<ir::GraphPtr> readFile(const std::filesystem::path& path, const ReadOptions& options,
                                    const base::Progress& progress);
// A model that lies in memory; it cannot refer to other files. Tensors keep `owner` alive and borrow `bytes`.
base::Result<ir::GraphPtr> readBytes(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                     const std::string& label, const base::Progress& progress);
bool probe(std::span<const std::byte> head, const std::filesystem::path& path);

// Where `writeFile` puts the weights, when not into the model itself.
std::vector<std::filesystem::path> dataFiles(const std::filesystem::path& path, const base::Params& params,
                                             const ir::Graph* graph);
base::Status writeFile(const ir::Graph& graph, const std::filesystem::path& path, const base::Params& params,
                       const base::Progress& progress);

}  // namespace lathe::formats::onnx
