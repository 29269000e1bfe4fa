// The protobuf wire format (protobuf.dev, "Encoding"), walked in place.
//
// Own bounded reader instead of protobuf's CodedInputStream because that one counts bytes in 32 bits, and
// models over 2 GB are normal. Never reads outside the bytes given, allocates nothing, throws nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lathe::formats::onnx {

using Bytes = std::span<const std::byte>;

// How a field of a message is stored. The packed kinds may also come one element a field.
enum class FieldKind : uint8_t {
    number,
    fixed32,
    message,
    text,
    packedNumbers,
    packedFixed32,
    packedFixed64
};

struct FieldSpec {
    uint32_t number;
    FieldKind kind;
    std::string_view name;
};

struct MessageSpec {
    std::string_view name;
    std::span<const FieldSpec> fields;
};

struct Field {
    uint32_t number = 0;
    uint64_t scalar = 0;  // of a number, fixed32, fixed64
    Bytes bytes;          // of a message, a text, packed elements; the raw bytes of a fixed scalar
    bool isPacked = false;
    const std::byte* at = nullptr;  // where the field starts

    int64_t integer() const { return static_cast<int64_t>(scalar); }
    float real() const;
};

// for (FieldReader r(spec, bytes); r.next(field);) ...; if (r.failed()) ...
class FieldReader {
  public:
    FieldReader(const MessageSpec& spec, Bytes message)
        : m_spec(&spec), m_at(message.data()), m_end(message.data() + message.size()) {}

    // The next field that the message description knows; others are skipped. False at the end or on a
    // problem.
    bool next(Field& field);

    bool failed() const { return m_problem != nullptr; }
    const char* problem() const { return m_problem; }
    std::string_view problemField() const { return m_problemField; }
    const MessageSpec& spec() const { return *m_spec; }
    const std::byte* position() const { return m_at; }

  private:
    bool fail(const char* problem, std::string_view field = {});

    const MessageSpec* m_spec;
    const std::byte* m_at;
    const std::byte* m_end;
    const char* m_problem = nullptr;
    std::string_view m_problemField;
};

// One base-128 number; moves `at` on. False when it is cut off or longer than ten bytes.
bool readVarint(const std::byte*& at, const std::byte* end, uint64_t& value);

}  // namespace lathe::formats::onnx
