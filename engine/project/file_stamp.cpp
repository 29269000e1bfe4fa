#include "engine/project/file_stamp.h"

#include <sys/stat.h>

#include <ctime>

namespace lathe::project {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kCoarse = kSecond / 20;  // longer than a tick of any usual kernel

int64_t nanoseconds(const timespec& time) { return int64_t{time.tv_sec} * kSecond + time.tv_nsec; }

}  // namespace

std::optional<FileStamp> FileStamp::of(const std::filesystem::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return {};
    return FileStamp{info.st_dev, info.st_ino, static_cast<uint64_t>(info.st_size),
                     nanoseconds(info.st_mtim)};
}

bool FileStamp::isSettled() const {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return changed + kCoarse < nanoseconds(now);
}

}  // namespace lathe::project
