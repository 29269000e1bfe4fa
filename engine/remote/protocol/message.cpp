#include "engine/remote/protocol/message.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace lathe::remote {
namespace {

static_assert(std::endian::native == std::endian::little, "frames are written as numbers lie in memory");

enum class Kind : uint8_t { record = 1, bytes = 2 };

constexpr size_t kHeader = 8;
constexpr size_t kLongestLine = 4096;
constexpr size_t kLargestRecord = size_t{64} << 20;
constexpr size_t kPiece = size_t{1} << 20;
constexpr size_t kMostBlobs = 65536;

std::string frameOf(Kind kind, std::string_view payload) {
    const auto length = static_cast<uint32_t>(payload.size());
    std::string frame = {'L', 'F', static_cast<char>(kind), 0};
    char number[4];
    std::memcpy(number, &length, 4);
    frame.append(number, 4);
    frame.append(payload);
    return frame;
}

base::Error broken(std::string_view what) {
    return base::Error::badInput(
        fmt::format("What the other side sent is not the agent's protocol: {}.", what));
}

}  // namespace

base::Status writeMessage(const Message& message, base::FunctionRef<base::Status(std::string_view)> write) {
    Json record = message.record;
    if (!message.blobs.empty()) {
        auto& sizes = record["blobs"] = Json::array();
        for (const auto& blob : message.blobs) sizes.push_back(blob.size());
    }
    // Names in a model need not be UTF-8; what is not is replaced, the ids beside them are what counts.
    const auto text = record.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (auto status = write(frameOf(Kind::record, text)); !status) return status;
    for (const auto& blob : message.blobs)
        for (size_t at = 0; at < blob.size(); at += kPiece) {
            const std::string_view piece(reinterpret_cast<const char*>(blob.data()) + at,
                                         std::min(kPiece, blob.size() - at));
            if (auto status = write(frameOf(Kind::bytes, piece)); !status) return status;
        }
    return {};
}

void MessageReader::add(std::span<const std::byte> bytes) {
    if (m_start > 0 && m_start >= m_pending.size() / 2) {
        m_pending.erase(0, m_start);
        m_start = 0;
    }
    m_pending.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

base::Result<std::optional<std::string>> MessageReader::nextLine() {
    const auto rest = std::string_view(m_pending).substr(m_start);
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
        if (rest.size() > kLongestLine) return broken("a line of text without an end");
        return std::optional<std::string>();
    }
    std::optional<std::string> line(rest.substr(0, end));
    m_start += end + 1;
    return line;
}

base::Result<std::optional<Message>> MessageReader::next() {
    while (true) {
        const auto rest = std::string_view(m_pending).substr(m_start);
        if (rest.size() < kHeader) return std::optional<Message>();
        if (rest.substr(0, 2) != "LF" || rest[3] != 0) return broken("a frame begins with other bytes");
        uint32_t length = 0;
        std::memcpy(&length, rest.data() + 4, 4);
        const auto kind = static_cast<Kind>(rest[2]);
        const size_t limit = kind == Kind::record ? kLargestRecord : kPiece;
        if (length > limit) return broken(fmt::format("a frame of {} bytes", length));
        if (rest.size() - kHeader < length) return std::optional<Message>();
        const auto payload = rest.substr(kHeader, length);
        m_start += kHeader + length;
        if (kind == Kind::record) {
            auto message = takeRecord(payload);
            if (!message || *message) return message;
        } else if (kind == Kind::bytes && m_open) {
            auto message = takeBytes(payload);
            if (!message || *message) return message;
        } else {
            return broken("bytes that no record announced");
        }
    }
}

base::Result<std::optional<Message>> MessageReader::takeRecord(std::string_view text) {
    Message message;
    message.record = Json::parse(text, nullptr, false);
    if (message.record.is_discarded() || !message.record.is_object())
        return broken("a record is no JSON object");
    const auto blobs = message.record.find("blobs");
    if (blobs == message.record.end()) return std::optional<Message>(std::move(message));
    if (m_open) return broken("a record with bytes inside another one's");
    if (!blobs->is_array() || blobs->size() > kMostBlobs) return broken("\"blobs\" is no list of sizes");
    uint64_t total = 0;
    m_sizes.clear();
    for (const auto& size : *blobs) {
        if (!size.is_number_unsigned()) return broken("a size is no number");
        m_sizes.push_back(size.get<uint64_t>());
        if (m_sizes.back() > m_most || (total += m_sizes.back()) > m_most)
            return broken(fmt::format("more than {} bytes in one message", m_most));
    }
    m_open = std::move(message);
    return takeOpen();
}

base::Result<std::optional<Message>> MessageReader::takeBytes(std::string_view payload) {
    auto& blobs = m_open->blobs;
    if (lastIsFull()) blobs.emplace_back();
    auto& blob = blobs.back();
    if (payload.size() > m_sizes[blobs.size() - 1] - blob.size())
        return broken("more bytes than a record announced");
    const auto bytes = std::as_bytes(std::span(payload));
    blob.insert(blob.end(), bytes.begin(), bytes.end());
    return takeOpen();
}

bool MessageReader::lastIsFull() const {
    const auto& blobs = m_open->blobs;
    return blobs.empty() || blobs.back().size() == m_sizes[blobs.size() - 1];
}

std::optional<Message> MessageReader::takeOpen() {
    auto& blobs = m_open->blobs;
    // Blobs without bytes come without a frame.
    while (blobs.size() < m_sizes.size() && m_sizes[blobs.size()] == 0 && lastIsFull()) blobs.emplace_back();
    if (blobs.size() < m_sizes.size() || !lastIsFull()) return {};
    std::optional<Message> message;
    message.swap(m_open);
    return message;
}

}  // namespace lathe::remote
