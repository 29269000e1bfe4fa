#include "engine/base/file_map.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/base/file_error.h"

namespace lathe::base {

Result<std::shared_ptr<const FileMap>> FileMap::open(const std::filesystem::path& path) {
    // O_NONBLOCK keeps the open of a pipe from waiting; regular files ignore it.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return fileError(path, "open", errno);
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) {
        auto error = fileError(path, "read", errno);
        ::close(descriptor);
        return error;
    }
    if (!S_ISREG(info.st_mode)) {
        ::close(descriptor);
        return Error::badInput(fmt::format("{}: is {}, not a file. Choose a file.", path.string(),
                                           S_ISDIR(info.st_mode) ? "a folder" : "a device or pipe"));
    }
    std::shared_ptr<FileMap> map(new FileMap, Delete{});
    map->m_path = path;
    if (info.st_size > 0) {
        const auto size = static_cast<size_t>(info.st_size);
        void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (address == MAP_FAILED) {
            auto error = fileError(path, "map", errno);
            ::close(descriptor);
            return error;
        }
        map->m_bytes = {static_cast<const std::byte*>(address), size};
        map->m_guard = MapGuard(map->m_bytes);
    }
    ::close(descriptor);
    return std::shared_ptr<const FileMap>(std::move(map));
}

FileMap::~FileMap() {
    m_guard = MapGuard();  // before another mapping can lie there
    if (!m_bytes.empty()) ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

const FileMap* FileMap::of(const std::shared_ptr<const void>& owner) {
    return std::get_deleter<Delete>(owner) ? static_cast<const FileMap*>(owner.get()) : nullptr;
}

void FileMap::forget(const std::shared_ptr<const void>& owner, std::span<const std::byte> bytes) {
    if (bytes.empty() || !of(owner)) return;
    const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<uintptr_t>(bytes.data()) + page - 1) / page * page;
    const auto end = (reinterpret_cast<uintptr_t>(bytes.data()) + bytes.size()) / page * page;
    // A wish only: nothing was written to these pages, so nothing is lost either way.
    if (begin < end) (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

Result<std::string> readTextFile(const std::filesystem::path& path, size_t limit) {
    auto map = FileMap::open(path);
    if (!map) return map.error();
    const auto bytes = (*map)->bytes();
    if (bytes.size() > limit)
        return Error::badInput(fmt::format("{}: is larger than {} bytes.", path.string(), limit));
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

}  // namespace lathe::base
