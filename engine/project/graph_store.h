// Graphs in a workspace file: the binary form of engine/ir/binary.h as content, with large tensors left in
// their source file or stored as content of their own. A tensor's key is "source N", the value of the source
// that holds its bytes, or the SHA-256 of its content.
#pragma once

#include "engine/project/content_store.h"
#include "engine/project/save_memory.h"

namespace lathe::project {

// Stores a graph unless the file holds it already. `source` may be null: all weights are stored then.
base::Result<StoredGraph> storeGraph(const ir::GraphPtr& graph, const SourcePtr& source,
                                     ContentStore& contents, SaveMemory& memory);

// `source` is the graph as its file gives it, or null. What is read is remembered, so that the next save of
// it writes nothing.
base::Result<ir::GraphPtr> loadGraph(const std::string& sha256, const ir::GraphPtr& source,
                                     const SourcePtr& known, ContentStore& contents, SaveMemory& memory);

}  // namespace lathe::project
