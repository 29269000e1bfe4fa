#include "engine/formats/onnx/wire.h"

#include <bit>
#include <cstring>

static_assert(std::endian::native == std::endian::little, "ONNX stores numbers with the low byte first");

namespace lathe::formats::onnx {
namespace {

enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLength = 2, kFixed32 = 5 };

const FieldSpec* findField(const MessageSpec& spec, uint32_t number) {
    for (const auto& field : spec.fields)
        if (field.number == number) return &field;
    return nullptr;
}

bool fits(FieldKind kind, uint32_t wire) {
    switch (kind) {
        case FieldKind::number:
            return wire == kVarint;
        case FieldKind::fixed32:
            return wire == kFixed32;
        case FieldKind::message:
        case FieldKind::text:
            return wire == kLength;
        case FieldKind::packedNumbers:
            return wire == kLength || wire == kVarint;
        case FieldKind::packedFixed32:
            return wire == kLength || wire == kFixed32;
        case FieldKind::packedFixed64:
            return wire == kLength || wire == kFixed64;
    }
    return false;
}

}  // namespace

float Field::real() const { return std::bit_cast<float>(static_cast<uint32_t>(scalar)); }

bool readVarint(const std::byte*& at, const std::byte* end, uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 70 && at != end; shift += 7) {
        const auto byte = std::to_integer<uint64_t>(*at++);
        if (shift < 64) value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

bool FieldReader::fail(const char* problem, std::string_view field) {
    m_problem = problem;
    m_problemField = field;
    return false;
}

bool FieldReader::next(Field& field) {
    while (!m_problem && m_at != m_end) {
        field = {};
        field.at = m_at;
        uint64_t key = 0;
        const std::byte* at = m_at;
        if (!readVarint(at, m_end, key)) return fail("a field number is cut off");
        if (key >> 32 != 0 || key >> 3 == 0) return fail("a field number is out of range");
        field.number = static_cast<uint32_t>(key >> 3);
        const auto wire = static_cast<uint32_t>(key & 7);
        const auto* known = findField(*m_spec, field.number);
        const auto name = known ? known->name : std::string_view{};
        const auto left = [&] { return static_cast<uint64_t>(m_end - at); };
        if (wire == kVarint) {
            const auto* start = at;
            if (!readVarint(at, m_end, field.scalar)) return fail("a number is cut off", name);
            field.bytes = {start, at};
        } else if (wire == kFixed32 || wire == kFixed64) {
            const uint64_t size = wire == kFixed32 ? 4 : 8;
            if (left() < size) return fail("a number is cut off", name);
            std::memcpy(&field.scalar, at, size);
            field.bytes = {at, size};
            at += size;
        } else if (wire == kLength) {
            uint64_t size = 0;
            if (!readVarint(at, m_end, size)) return fail("a length is cut off", name);
            if (size > left()) return fail("a length reaches beyond the end", name);
            field.bytes = {at, size};
            field.isPacked = true;
            at += size;
        } else {
            return fail("a field has a kind that does not exist", name);
        }
        if (known && !fits(known->kind, wire)) return fail("a field has the wrong kind", name);
        m_at = at;
        if (known) return true;
    }
    return false;
}

}  // namespace lathe::formats::onnx
