#include "engine/project/part_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace lathe::project {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kEnd = ".part";

base::Error systemError(const fs::path& path) {
    const int code = errno;
    std::string_view remedy = " Check the path and the permissions of the folder.";
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) remedy = " Free space or choose another folder.";
    return {fmt::format("{}: cannot be written: {}.{}", path.string(), std::strerror(code), remedy)};
}

fs::path folderOf(const fs::path& target) {
    return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

std::string startOf(const fs::path& target) { return "." + target.filename().string() + "."; }

void removeLeftovers(const fs::path& target) {
    std::error_code gone;
    for (fs::directory_iterator at(folderOf(target), gone), end; !gone && at != end; at.increment(gone)) {
        const auto name = at->path().filename().string();
        const auto start = startOf(target);
        if (name.size() != start.size() + 6 + kEnd.size() || !name.starts_with(start) ||
            !name.ends_with(kEnd))
            continue;
        const int descriptor = ::open(at->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (descriptor < 0) continue;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(at->path().c_str());
        ::close(descriptor);
    }
}

}  // namespace

base::Result<std::unique_ptr<PartFile>> PartFile::create(const fs::path& target) {
    removeLeftovers(target);
    auto pattern = (target.parent_path() / (startOf(target) + "XXXXXX" + std::string(kEnd))).string();
    const int descriptor = ::mkostemps(pattern.data(), static_cast<int>(kEnd.size()), O_CLOEXEC);
    if (descriptor < 0) return systemError(target);
    ::flock(descriptor, LOCK_EX | LOCK_NB);
    struct stat old {};
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(descriptor, ::stat(target.c_str(), &old) == 0 ? (old.st_mode & 0777) : (0666 & ~mask));
    return std::unique_ptr<PartFile>(new PartFile(descriptor, pattern, target));
}

PartFile::~PartFile() {
    if (!m_part.empty()) ::unlink(m_part.c_str());
    ::close(m_descriptor);
}

base::Status PartFile::commit() {
    if (::fsync(m_descriptor) != 0) return systemError(m_target);
    if (::rename(m_part.c_str(), m_target.c_str()) != 0) return systemError(m_target);
    m_part.clear();
    // The rename itself must survive a power cut too.
    const int folder = ::open(folderOf(m_target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return systemError(m_target);
    const int flushed = ::fsync(folder);
    auto status = flushed == 0 ? base::Status() : base::Status(systemError(m_target));
    ::close(folder);
    return status;
}

}  // namespace lathe::project
