#include "engine/project/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "engine/base/file_map.h"

namespace lathe::project {
namespace {

constexpr size_t kHeadSize = 8;
constexpr size_t kMostRecord = size_t{64} << 20;

// CRC-32 of IEEE 802.3, bit by bit: records are short.
uint32_t crcOf(std::string_view bytes) {
    uint32_t crc = 0xffffffffu;
    for (const char c : bytes) {
        crc ^= static_cast<uint8_t>(c);
        for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

void put(std::string& out, uint32_t number) {
    for (int i = 0; i < 4; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}
uint32_t get(std::string_view bytes, size_t at) {
    uint32_t number = 0;
    for (size_t i = 0; i < 4; ++i) number |= uint32_t{static_cast<uint8_t>(bytes[at + i])} << (8 * i);
    return number;
}

base::Error systemError(const std::filesystem::path& path) {
    return {fmt::format("{}: cannot write the journal: {}.", path.string(), std::strerror(errno))};
}

}  // namespace

std::filesystem::path Journal::pathFor(const std::filesystem::path& workspace) {
    auto path = workspace;
    path.replace_extension();
    path += ".lathe.journal";
    return path;
}

base::Result<std::unique_ptr<Journal>> Journal::start(const std::filesystem::path& path) {
    std::unique_ptr<Journal> journal(new Journal);
    journal->m_path = path;
    journal->m_descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (journal->m_descriptor < 0) return systemError(path);
    return journal;
}

Journal::~Journal() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

base::Status Journal::append(std::string_view record) {
    if (record.size() > kMostRecord)
        return base::Error{
            fmt::format("{}: a record of {} bytes is too long.", m_path.string(), record.size())};
    std::string bytes;
    put(bytes, static_cast<uint32_t>(record.size()));
    put(bytes, crcOf(record));
    bytes += record;
    const auto end = ::lseek(m_descriptor, 0, SEEK_END);
    for (size_t done = 0; done < bytes.size();) {
        const auto count = ::write(m_descriptor, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            auto error = systemError(m_path);
            // Half a record would hide those that come after it.
            if (end >= 0 && ::ftruncate(m_descriptor, end) != 0) error = systemError(m_path);
            return error;
        }
        done += static_cast<size_t>(count);
    }
    if (::fdatasync(m_descriptor) != 0) return systemError(m_path);
    return {};
}

base::Status Journal::clear() {
    if (::ftruncate(m_descriptor, 0) != 0 || ::fdatasync(m_descriptor) != 0) return systemError(m_path);
    return {};
}

base::Result<Journal::Recovered> Journal::recover(const std::filesystem::path& path) {
    Recovered recovered;
    std::error_code missing;
    if (!std::filesystem::exists(path, missing)) return recovered;
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    std::string_view rest(reinterpret_cast<const char*>((*map)->bytes().data()), (*map)->bytes().size());
    while (!rest.empty()) {
        recovered.complete = false;
        if (rest.size() < kHeadSize) break;
        const size_t size = get(rest, 0);
        if (size > rest.size() - kHeadSize) break;
        const auto record = rest.substr(kHeadSize, size);
        if (crcOf(record) != get(rest, 4)) break;
        recovered.records.emplace_back(record);
        recovered.complete = true;
        rest.remove_prefix(kHeadSize + size);
    }
    return recovered;
}

}  // namespace lathe::project
