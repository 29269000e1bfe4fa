#include "engine/base/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <random>

#include "engine/base/file_error.h"
#include "engine/base/shortened_files.h"

namespace lathe::base {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kEnd = ".part";
constexpr size_t kRandomLength = 6;

fs::path folderOf(const fs::path& target) {
    return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

std::string startOf(const fs::path& target) { return "." + target.filename().string() + "."; }

void removeLeftovers(const fs::path& target) {
    std::error_code gone;
    const auto start = startOf(target);
    for (fs::directory_iterator at(folderOf(target), gone), end; !gone && at != end; at.increment(gone)) {
        const auto name = at->path().filename().string();
        if (name.size() != start.size() + kRandomLength + kEnd.size() || !name.starts_with(start) ||
            !name.ends_with(kEnd))
            continue;
        const int descriptor = ::open(at->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (descriptor < 0) continue;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(at->path().c_str());
        ::close(descriptor);
    }
}

std::string randomLetters() {
    static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::string text(kRandomLength, ' ');
    for (auto& letter : text) letter = kLetters[device() % kLetters.size()];
    return text;
}

// Whether the file is ours: another program may have taken it for a leftover before it was locked.
bool isLocked(int descriptor) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    struct stat info {};
    return ::fstat(descriptor, &info) == 0 && info.st_nlink > 0;
}

bool isFile(const fs::path& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

Status flushFolder(const fs::path& target, const fs::path& named) {
    const int folder = ::open(folderOf(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return {};  // one may write into folders that one may not list
    const int code = ::fsync(folder) == 0 ? 0 : errno;
    ::close(folder);
    // EINVAL: this file system has nothing to flush there.
    return code == 0 || code == EINVAL ? Status() : Status(fileError(named, "write", code));
}

}  // namespace

fs::path behindLinks(fs::path path) {
    std::error_code unknown;
    constexpr int kMostLinks = 40;
    for (int i = 0; i < kMostLinks && fs::is_symlink(path, unknown); ++i)
        path = path.parent_path() / fs::read_symlink(path, unknown);
    return path;
}

Result<std::unique_ptr<AtomicFile>> AtomicFile::create(const fs::path& path) {
    std::unique_ptr<AtomicFile> file(new AtomicFile);
    file->m_path = path;
    file->m_shortened = shortenedMappings();
    file->m_target = behindLinks(path);
    struct stat old {};
    const bool replaces = ::stat(file->m_target.c_str(), &old) == 0;
    if (replaces && !S_ISREG(old.st_mode))
        return Error{fmt::format("{}: is {}. Give a file name.", path.string(),
                                 S_ISDIR(old.st_mode) ? "a folder" : "a device or pipe, not a file")};
    removeLeftovers(file->m_target);
    constexpr int kMostTries = 100;
    for (int i = 0; i < kMostTries && file->m_part.empty(); ++i) {
        const auto name = startOf(file->m_target) + randomLetters() + std::string(kEnd);
        const auto part = file->m_target.parent_path() / name;
        const int descriptor = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return fileError(path, "write", errno);
        if (isLocked(descriptor)) {
            file->m_part = part;
            file->m_descriptor = descriptor;
        } else {
            ::close(descriptor);
        }
    }
    if (file->m_part.empty()) return fileError(path, "write", EEXIST);
    if (replaces) ::fchmod(file->m_descriptor, old.st_mode & 0777);
    return file;
}

AtomicFile::~AtomicFile() {
    if (!m_part.empty()) ::unlink(m_part.c_str());
    // Last: the lock keeps others from the part.
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count =
            ::write(m_descriptor, bytes.data(), std::min<size_t>(bytes.size(), size_t{1} << 30));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fileError(m_path, "write", errno);
        bytes = bytes.subspan(static_cast<size_t>(count));
    }
    return {};
}

Status AtomicFile::write(std::string_view text) { return write(std::as_bytes(std::span(text))); }

Status AtomicFile::seek(uint64_t offset) {
    if (::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0)
        return fileError(m_path, "write", errno);
    return {};
}

Status AtomicFile::commit() {
    AtomicFile* const self = this;
    return commitAll({&self, 1});
}

// Gives the file that is replaced a second name; where the file system has no links, that name only.
bool AtomicFile::keepFormer() {
    auto former = m_part;
    former.replace_extension(".former");
    if (::link(m_target.c_str(), former.c_str()) != 0 && errno != ENOENT &&
        (!isFile(m_target) || ::rename(m_target.c_str(), former.c_str()) != 0))
        return false;
    if (::access(former.c_str(), F_OK) == 0) m_former = former;
    return true;
}

void AtomicFile::restoreFormer() {
    // A rename between two names of one file does nothing, so the second name may be left.
    if (!m_former.empty() && ::rename(m_former.c_str(), m_target.c_str()) == 0)
        ::unlink(m_former.c_str());
    else if (m_former.empty() && m_part.empty())
        ::unlink(m_target.c_str());
    m_former.clear();
}

Status AtomicFile::commitAll(std::span<AtomicFile* const> files) {
    for (auto* file : files)
        if (file->m_shortened != shortenedMappings())
            return Error{fmt::format(
                "{}: not written: another program shortened a file while it was read. Open that file "
                "again.",
                file->m_path.string())};
    for (auto* file : files)
        if (::fsync(file->m_descriptor) != 0) return fileError(file->m_path, "write", errno);
    for (size_t i = 0; i < files.size(); ++i) {
        auto& file = *files[i];
        // The last one needs no way back.
        const bool kept = i + 1 == files.size() || file.keepFormer();
        if (!kept || ::rename(file.m_part.c_str(), file.m_target.c_str()) != 0) {
            auto error = fileError(file.m_path, "write", errno);
            for (size_t back = i + 1; back-- > 0;) files[back]->restoreFormer();
            return error;
        }
        file.m_part.clear();
    }
    for (auto* file : files) {
        if (!file->m_former.empty()) ::unlink(file->m_former.c_str());
        file->m_former.clear();
    }
    // The renames themselves must survive a power cut: flush the folders too.
    for (auto* file : files)
        if (auto status = flushFolder(file->m_target, file->m_path); !status) return status;
    return {};
}

Status writeFile(const fs::path& path, std::string_view text) {
    auto file = AtomicFile::create(path);
    if (!file) return file.error();
    if (auto s = (*file)->write(text); !s) return s;
    return (*file)->commit();
}

}  // namespace lathe::base
