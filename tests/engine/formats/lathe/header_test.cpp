// What is said about files that are none, are cut short, or are from the future.
#include "engine/formats/lathe/header.h"

#include <gtest/gtest.h>

#include <string>

namespace lathe::formats::flat {
namespace {

std::span<const std::byte> bytesOf(const std::string& text) { return std::as_bytes(std::span(text)); }

// A header, a graph of 100 bytes, weights of 128.
std::string file() {
    const auto header = pack({100, 192, 128, 7});
    std::string bytes(reinterpret_cast<const char*>(header.data()), header.size());
    bytes.resize(320);
    return bytes;
}

std::string complaint(const std::string& bytes) {
    const auto header = unpackHeader(bytesOf(bytes));
    return header ? "" : header.error().message;
}

TEST(FlatHeader, comesBack) {
    const auto header = unpackHeader(bytesOf(file()));
    ASSERT_TRUE(header) << header.error().message;
    EXPECT_EQ(header->graphSize, 100u);
    EXPECT_EQ(header->weightsOffset, 192u);
    EXPECT_EQ(header->weightsSize, 128u);
    EXPECT_EQ(header->graphChecksum, 7u);
}

TEST(FlatHeader, startsAsEveryVersionWill) {
    EXPECT_EQ(file().substr(0, 12), std::string("LATHE\r\n\0\1\0\0\0", 12));
}

TEST(FlatHeader, checksumIsTheKnownOne) {
    // The check value of CRC-64/XZ.
    EXPECT_EQ(checksum(bytesOf("123456789")), 0x995DC9BBDF1939FA);
    EXPECT_EQ(checksum({}), 0u);
}

TEST(FlatHeader, namesTheOffsetAndTheRemedy) {
    EXPECT_EQ(complaint(""), "header, offset 0: this is no Lathe flat file. Choose a .lathe file.");
    EXPECT_EQ(complaint("PK\3\4"), "header, offset 0: this is no Lathe flat file. Choose a .lathe file.");
    EXPECT_EQ(complaint(file().substr(0, 40)),
              "header, offset 40: the file ends in the header. Get the file again.");
    EXPECT_EQ(complaint(file().erase(5, 1)),
              "header, offset 5: the file was changed by a transfer as text. Get it again as binary data.");
    auto future = file();
    future[8] = 2;
    EXPECT_EQ(
        complaint(future),
        "header, offset 8: the file is of version 2 of the format, this program reads version 1. Update this "
        "program, or export the model again with a Lathe of this version.");
    EXPECT_EQ(
        complaint(file().substr(0, 300)),
        "header, offset 40: the weights have 128 bytes, the file has 108 for them. Get the file again.");
    EXPECT_EQ(
        complaint(file().substr(0, 120)),
        "header, offset 24: the graph has 100 bytes, the file 120: it is cut short. Get the file again.");
}

TEST(FlatHeader, refusesEveryChangedByteButTheChecksum) {
    for (size_t i = 0; i < kHeaderSize; ++i)
        for (const char c : {'\3', '\xf0', '\xff'}) {
            auto changed = file();
            changed[i] = c;
            EXPECT_EQ(complaint(changed).empty(), i >= 48 && i < 56) << "byte " << i;
        }
}

}  // namespace
}  // namespace lathe::formats::flat
