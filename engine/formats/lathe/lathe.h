// The flat file, `.lathe`: what a device runs. Its layout is described in lathe.fbs.
//
// A mapped file is used in place: tensors are bytes of the mapping. Reader and writer need base, tensor, ir
// and the headers of FlatBuffers, nothing else, so that the device agent can link them.
//
// The namespace is not named after the folder: a `lathe` within `lathe` would hide everything else.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "engine/formats/format.h"

namespace lathe::formats::flat {

Format latheFormat();

base::Result<ir::GraphPtr> readFile(const std::filesystem::path& path, const ReadOptions& options,
                                    const base::Progress& progress);
// A file that lies in memory, at an address that is a multiple of 8; a multiple of 64 makes its tensors as
// well aligned as those of a mapped file. Tensors keep `owner` alive and borrow `bytes`.
base::Result<ir::GraphPtr> readBytes(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                     const std::string& label, const base::Progress& progress);
bool probe(std::span<const std::byte> head, const std::filesystem::path& path);

// The same graph gives the same bytes, wherever it was opened from.
base::Status writeFile(const ir::Graph& graph, const std::filesystem::path& path, const base::Params& params,
                       const base::Progress& progress);

}  // namespace lathe::formats::flat
