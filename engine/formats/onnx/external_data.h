// Files that a model keeps its tensors in, and which of them may be opened.
//
// The rule: a file beneath the model's folder; for a model that is a symbolic link, beneath the folder of the
// link or of the real file (the cache layout of model hubs: snapshots/ links into blobs/). Decided on the
// file that was found, after following links, on a descriptor that stays the same until it is mapped, so
// nothing can be swapped in between. A hard link is a file of that folder: copies made by backup and
// deduplication tools look like that.
#pragma once

#include <memory>
#include <string_view>

#include "engine/base/file_map.h"
#include "engine/formats/onnx/source.h"

namespace lathe::formats::onnx {

// The mapped file for a `location`, opened once per reading. `at` is where the file names it.
base::Result<std::shared_ptr<const base::FileMap>> openExternal(Source& source, std::string_view location,
                                                                const std::byte* at);

}  // namespace lathe::formats::onnx
