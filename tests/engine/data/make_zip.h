// Writes small ZIP files for tests, with any lie a test wants to tell.
#pragma once

#include <zlib.h>

#include <string>
#include <vector>

namespace lathe::test {

struct ZipEntry {
    std::string name, content;
    bool deflate = false;
    uint64_t claimedSize = 0;  // 0: the true one
};

inline void put(std::string& out, uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

inline std::string deflated(const std::string& content) {
    std::string out(compressBound(content.size()) + 64, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string makeZip(const std::vector<ZipEntry>& entries) {
    std::string file, directory;
    for (const auto& entry : entries) {
        const auto stored = entry.deflate ? deflated(entry.content) : entry.content;
        const auto size = entry.claimedSize ? entry.claimedSize : entry.content.size();
        const auto crc = crc32(0, reinterpret_cast<const Bytef*>(entry.content.data()),
                               static_cast<uInt>(entry.content.size()));
        std::string common;
        put(common, 20, 2);
        put(common, 0, 2);
        put(common, entry.deflate ? 8 : 0, 2);
        put(common, 0, 4);
        put(common, crc, 4);
        put(common, stored.size(), 4);
        put(common, size, 4);
        put(common, entry.name.size(), 2);
        put(common, 0, 2);
        const auto offset = file.size();
        put(directory, 0x02014b50, 4);
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 2);
        put(directory, 0, 2);
        put(directory, 0, 2);
        put(directory, 0, 4);
        put(directory, offset, 4);
        directory += entry.name;
        put(file, 0x04034b50, 4);
        file += common + entry.name + stored;
    }
    const auto start = file.size();
    file += directory;
    put(file, 0x06054b50, 4);
    put(file, 0, 4);
    put(file, entries.size(), 2);
    put(file, entries.size(), 2);
    put(file, directory.size(), 4);
    put(file, start, 4);
    put(file, 0, 2);
    return file;
}

// A .npy file of uint8 numbers.
inline std::string npyOf(const std::string& shape, const std::string& data) {
    std::string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    std::string out("\x93NUMPY\x01\x00", 8);
    put(out, header.size(), 2);
    return out + header + data;
}

}  // namespace lathe::test
