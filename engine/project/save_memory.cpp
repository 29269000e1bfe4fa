#include "engine/project/save_memory.h"

#include "engine/base/hash.h"

namespace lathe::project {
namespace {

// Addresses are used again after a value died; the owner tells.
template <typename A, typename B>
bool isSame(const std::weak_ptr<A>& remembered, const std::shared_ptr<B>& now) {
    return !remembered.owner_before(now) && !now.owner_before(remembered) && !remembered.expired();
}

std::filesystem::path nameOf(const std::filesystem::path& path) {
    std::error_code unknown;
    auto name = std::filesystem::weakly_canonical(path, unknown);
    return unknown ? path : name;
}

SourcePtr usable(const SourcePtr& source) { return source && !source->values.empty() ? source : nullptr; }

}  // namespace

std::string SaveMemory::hashOf(const tensor::Tensor& tensor) {
    const auto bytes = tensor.bytes();
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_buffers.find(bytes.data());
        if (it != m_buffers.end() && it->second.size == bytes.size() &&
            isSame(it->second.owner, tensor.owner()))
            return it->second.sha256;
    }
    auto sha256 = base::sha256(bytes);
    rememberHash(tensor, sha256);
    return sha256;
}

void SaveMemory::rememberHash(const tensor::Tensor& tensor, std::string sha256) {
    const std::lock_guard lock(m_mutex);
    m_buffers[tensor.bytes().data()] = {tensor.owner(), tensor.bytes().size(), std::move(sha256)};
}

std::optional<StoredGraph> SaveMemory::find(const ir::GraphPtr& graph, const SourcePtr& source) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_graphs.find(graph.get());
    if (it == m_graphs.end() || !isSame(it->second.graph, graph)) return {};
    if (it->second.hasSource != (source != nullptr)) return {};
    if (source && !isSame(it->second.source, source)) return {};
    return it->second.stored;
}

void SaveMemory::remember(const ir::GraphPtr& graph, const SourcePtr& source, StoredGraph stored) {
    const std::lock_guard lock(m_mutex);
    m_graphs[graph.get()] = {graph, source, source != nullptr, std::move(stored)};
}

std::optional<std::string> SaveMemory::findText(const std::shared_ptr<const void>& value) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_texts.find(value.get());
    if (it == m_texts.end() || !isSame(it->second.value, value)) return {};
    return it->second.sha256;
}

void SaveMemory::rememberText(const std::shared_ptr<const void>& value, std::string sha256) {
    const std::lock_guard lock(m_mutex);
    m_texts[value.get()] = {value, std::move(sha256)};
}

base::Result<SourcePtr> SaveMemory::sourceOf(const ir::GraphPtr& root, const base::Progress& progress) {
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_sources.find(root.get());
        if (it != m_sources.end() && isSame(it->second.first, root) && it->second.second->isCurrent())
            return usable(it->second.second);
    }
    auto source = describeSource(root, progress);
    if (!source) return source;
    if (*source) remember(root, *source);
    return usable(*source);
}

void SaveMemory::remember(const ir::GraphPtr& root, SourcePtr source) {
    const std::lock_guard lock(m_mutex);
    m_sources[root.get()] = {root, std::move(source)};
}

base::Result<SourceFile> SaveMemory::describe(const std::filesystem::path& path,
                                              const base::Progress& progress) {
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_described.find(path);
        if (it != m_described.end() && FileStamp::of(path) == it->second.stamp) return it->second;
    }
    auto file = describeFile(path, progress);
    if (!file) return file;
    const std::lock_guard lock(m_mutex);
    m_described[path] = *file;
    return file;
}

bool SaveMemory::isOwn(const std::filesystem::path& path) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_files.find(nameOf(path));
    return it != m_files.end() && FileStamp::of(path) == it->second;
}

void SaveMemory::rememberFile(const std::filesystem::path& path) {
    const std::lock_guard lock(m_mutex);
    if (const auto stamp = FileStamp::of(path)) m_files[nameOf(path)] = *stamp;
}

void SaveMemory::forgetDead() {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_buffers, [](const auto& item) { return item.second.owner.expired(); });
    std::erase_if(m_graphs, [](const auto& item) { return item.second.graph.expired(); });
    std::erase_if(m_texts, [](const auto& item) { return item.second.value.expired(); });
    std::erase_if(m_sources, [](const auto& item) { return item.second.first.expired(); });
}

}  // namespace lathe::project
