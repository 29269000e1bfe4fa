#include "engine/base/file_map.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace lathe::base {
namespace {

Error systemError(const std::filesystem::path& path, std::string_view verb) {
    const int code = errno;
    std::string_view remedy = "";
    if (code == ENOENT) remedy = " Check the path.";
    if (code == EACCES || code == EPERM) remedy = " Check the permissions of the file and its folder.";
    if (code == ENOSPC || code == EDQUOT) remedy = " Free space or choose another folder.";
    if (code == EROFS) remedy = " Choose a folder that can be written.";
    return {fmt::format("{}: cannot {}: {}.{}", path.string(), verb, std::strerror(code), remedy)};
}

}  // namespace

Result<std::shared_ptr<const FileMap>> FileMap::open(const std::filesystem::path& path) {
    // O_NONBLOCK keeps the open of a pipe from waiting; regular files ignore it.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return systemError(path, "open");
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) {
        auto error = systemError(path, "read");
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
            auto error = systemError(path, "map");
            ::close(descriptor);
            return error;
        }
        map->m_bytes = {static_cast<const std::byte*>(address), size};
    }
    ::close(descriptor);
    return std::shared_ptr<const FileMap>(std::move(map));
}

FileMap::~FileMap() {
    if (!m_bytes.empty()) ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

void FileMap::forget(const std::shared_ptr<const void>& owner, std::span<const std::byte> bytes) {
    if (bytes.empty() || !std::get_deleter<Delete>(owner)) return;
    const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<uintptr_t>(bytes.data()) + page - 1) / page * page;
    const auto end = (reinterpret_cast<uintptr_t>(bytes.data()) + bytes.size()) / page * page;
    // A wish only: nothing was written to these pages, so nothing is lost either way.
    if (begin < end) (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

Result<std::unique_ptr<AtomicFile>> AtomicFile::create(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return Error{fmt::format("{}: is a folder. Give a file name.", path.string())};
    auto pattern = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX.part")).string();
    std::unique_ptr<AtomicFile> file(new AtomicFile);
    file->m_path = path;
    file->m_descriptor = ::mkostemps(pattern.data(), 5, O_CLOEXEC);
    if (file->m_descriptor < 0) return systemError(path, "write");
    file->m_part = pattern;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    struct stat old {};
    ::fchmod(file->m_descriptor, ::stat(path.c_str(), &old) == 0 ? (old.st_mode & 0777) : (0666 & ~mask));
    return file;
}

AtomicFile::~AtomicFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
    if (!m_part.empty()) ::unlink(m_part.c_str());
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count =
            ::write(m_descriptor, bytes.data(), std::min<size_t>(bytes.size(), size_t{1} << 30));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return systemError(m_path, "write");
        bytes = bytes.subspan(static_cast<size_t>(count));
    }
    return {};
}

Status AtomicFile::write(std::string_view text) { return write(std::as_bytes(std::span(text))); }

Status AtomicFile::seek(uint64_t offset) {
    if (::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0) return systemError(m_path, "write");
    return {};
}

Status AtomicFile::commit() {
    if (::fsync(m_descriptor) != 0) return systemError(m_path, "write");
    const int closed = ::close(m_descriptor);
    m_descriptor = -1;
    if (closed != 0) return systemError(m_path, "write");
    if (::rename(m_part.c_str(), m_path.c_str()) != 0) return systemError(m_path, "write");
    m_part.clear();
    // The rename itself must survive a power cut: flush the folder too.
    const auto folder = m_path.has_parent_path() ? m_path.parent_path() : std::filesystem::path(".");
    if (const int d = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); d >= 0) {
        ::fsync(d);
        ::close(d);
    }
    return {};
}

Status writeFile(const std::filesystem::path& path, std::string_view text) {
    auto file = AtomicFile::create(path);
    if (!file) return file.error();
    if (auto s = (*file)->write(text); !s) return s;
    return (*file)->commit();
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
