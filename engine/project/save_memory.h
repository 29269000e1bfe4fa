// What earlier saves and loads of this program found out, so that the next save does only what is new: the
// hashes of buffers that live, what graphs turned into, which files are as they were left. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/project/source_files.h"

namespace lathe::project {

// A graph as it is stored: the name of its bytes, and the names of the weights they refer to.
struct StoredGraph {
    std::string sha256;
    std::vector<std::string> weights;
};

class SaveMemory {
  public:
    // The SHA-256 of a tensor's bytes, computed once for a buffer.
    std::string hashOf(const tensor::Tensor& tensor);
    void rememberHash(const tensor::Tensor& tensor, std::string sha256);

    // What `graph` was stored as when weights could be taken from `source` (or from none).
    std::optional<StoredGraph> find(const ir::GraphPtr& graph, const SourcePtr& source);
    void remember(const ir::GraphPtr& graph, const SourcePtr& source, StoredGraph stored);

    // The name of the text that an immutable value was stored as.
    std::optional<std::string> findText(const std::shared_ptr<const void>& value);
    void rememberText(const std::shared_ptr<const void>& value, std::string sha256);

    // The file that `root` was opened from, described anew when it is not what it was; null when it is gone
    // or gives none of the root's weights any more.
    base::Result<SourcePtr> sourceOf(const ir::GraphPtr& root, const base::Progress& progress);
    void remember(const ir::GraphPtr& root, SourcePtr source);

    // A file's size and hash, computed anew when its stamp is not what it was.
    base::Result<SourceFile> describe(const std::filesystem::path& path, const base::Progress& progress);

    // A workspace file that this program wrote or read as a whole and nobody changed since.
    bool isOwn(const std::filesystem::path& path);
    void rememberFile(const std::filesystem::path& path);

    // Forgets what belonged to values that are gone.
    void forgetDead();

  private:
    struct Buffer {
        std::weak_ptr<const void> owner;
        size_t size;
        std::string sha256;
    };
    struct Graph {
        std::weak_ptr<const ir::Graph> graph;
        std::weak_ptr<const Source> source;
        bool hasSource;
        StoredGraph stored;
    };
    struct Text {
        std::weak_ptr<const void> value;
        std::string sha256;
    };

    std::mutex m_mutex;
    std::unordered_map<const std::byte*, Buffer> m_buffers;
    std::unordered_map<const ir::Graph*, Graph> m_graphs;
    std::unordered_map<const void*, Text> m_texts;
    std::unordered_map<const ir::Graph*, std::pair<std::weak_ptr<const ir::Graph>, SourcePtr>> m_sources;
    std::map<std::filesystem::path, SourceFile> m_described;
    std::map<std::filesystem::path, FileStamp> m_files;
};

}  // namespace lathe::project
