// What a host and an agent send each other after their hellos: records in JSON, some with bytes behind them.
//
//   frame:    "LF"  u8 kind (1 record, 2 bytes)  u8 zero  u32 length  payload       little-endian
//   message:  a record frame; when its "blobs" is [n0, n1, ...], byte frames of n0 + n1 + ... bytes together
//
// Byte frames are short, so that records without blobs (heartbeats, progress) can come between them.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/function_ref.h"
#include "engine/base/result.h"

namespace lathe::remote {

using Json = nlohmann::json;
using Bytes = std::vector<std::byte>;

struct Message {
    Json record;               // an object; "type" says what it is
    std::vector<Bytes> blobs;  // their sizes are written into the record

    std::string type() const { return field("type", std::string()); }
    // A member of the record; `otherwise` where it is missing or of another kind, for the other side is not
    // trusted to send what it should.
    template <typename T>
    T field(std::string_view key, T otherwise) const {
        const auto it = record.is_object() ? record.find(key) : record.end();
        if (it == record.end()) return otherwise;
        try {
            return it->template get<T>();
        } catch (const Json::exception&) {
            return otherwise;
        }
    }
};

// Calls `write` once a frame, each in one piece; stops at the first error.
base::Status writeMessage(const Message& message, base::FunctionRef<base::Status(std::string_view)> write);

// Puts messages together from bytes as they come. After an error the stream is lost.
class MessageReader {
  public:
    // Messages with more bytes than `most` are refused before anything is allocated for them.
    explicit MessageReader(uint64_t most = uint64_t{4} << 30) : m_most(most) {}

    void add(std::span<const std::byte> bytes);
    void add(std::string_view bytes) { add(std::as_bytes(std::span(bytes))); }
    // The next whole message, nothing when bytes are missing.
    base::Result<std::optional<Message>> next();
    // One line of text, without its end, before the first frame; nothing when its end is missing. An error
    // when it is absurdly long.
    base::Result<std::optional<std::string>> nextLine();

  private:
    base::Result<std::optional<Message>> takeRecord(std::string_view text);
    base::Result<std::optional<Message>> takeBytes(std::string_view payload);
    // The open message, when its blobs are whole.
    std::optional<Message> takeOpen();
    bool lastIsFull() const;

    uint64_t m_most;
    std::string m_pending;
    size_t m_start = 0;  // of what is still to be read in m_pending
    std::optional<Message> m_open;
    std::vector<uint64_t> m_sizes;  // of the open message's blobs
};

}  // namespace lathe::remote
