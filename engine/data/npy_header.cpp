#include "engine/data/npy_header.h"

#include <fmt/format.h>

#include <array>

#include "engine/base/text.h"

namespace lathe::data {
namespace {

constexpr size_t kMostDimensions = 32;  // NumPy's own bound

constexpr std::array<std::pair<std::string_view, tensor::DataType>, 14> kTypes = {{
    {"f4", tensor::DataType::float32},
    {"f8", tensor::DataType::float64},
    {"f2", tensor::DataType::float16},
    {"i1", tensor::DataType::int8},
    {"i2", tensor::DataType::int16},
    {"i4", tensor::DataType::int32},
    {"i8", tensor::DataType::int64},
    {"u1", tensor::DataType::uint8},
    {"u2", tensor::DataType::uint16},
    {"u4", tensor::DataType::uint32},
    {"u8", tensor::DataType::uint64},
    {"b1", tensor::DataType::boolean},
    {"c8", tensor::DataType::complex64},
    {"c16", tensor::DataType::complex128},
}};

// Reads the literal from left to right; `ok` turns false at the first thing that does not fit.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    void skipBlanks() {
        while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t')) rest.remove_prefix(1);
    }
    bool take(char c) {
        skipBlanks();
        if (rest.empty() || rest[0] != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok = take(c) && ok; }
    std::string quoted() {
        skipBlanks();
        if (rest.empty() || (rest[0] != '\'' && rest[0] != '"')) return ok = false, std::string();
        const auto end = rest.find(rest[0], 1);
        if (end == std::string_view::npos) return ok = false, std::string();
        std::string text(rest.substr(1, end - 1));
        rest.remove_prefix(end + 1);
        return text;
    }
    std::string_view word(std::string_view characters) {
        skipBlanks();
        const auto size = std::min(rest.find_first_not_of(characters), rest.size());
        const auto text = rest.substr(0, size);
        rest.remove_prefix(size);
        return text;
    }
};

tensor::Shape readShape(Scanner& scanner) {
    tensor::Shape shape;
    scanner.expect('(');
    while (scanner.ok && !scanner.take(')')) {
        const auto number = base::parseInteger(scanner.word("0123456789"));
        scanner.take('L');  // Python 2 wrote long integers this way
        if (!number || shape.size() == kMostDimensions) return scanner.ok = false, shape;
        shape.push_back(*number);
        if (!scanner.take(',')) return scanner.expect(')'), shape;
    }
    return shape;
}

}  // namespace

std::optional<NpyHeader> parseNpyHeader(std::string_view text) {
    Scanner scanner{text};
    NpyHeader header;
    bool descr = false, order = false, shape = false;
    scanner.expect('{');
    while (scanner.ok && !scanner.take('}')) {
        const auto key = scanner.quoted();
        scanner.expect(':');
        if (!scanner.ok) return {};
        if (key == "descr" && !descr) {
            header.descr = scanner.quoted();
            descr = true;
        } else if (key == "fortran_order" && !order) {
            const auto word = scanner.word("TrueFals");
            header.fortranOrder = word == "True";
            order = word == "True" || word == "False";
        } else if (key == "shape" && !shape) {
            header.shape = readShape(scanner);
            shape = true;
        } else {
            return {};
        }
        if (!scanner.take(',')) {
            scanner.expect('}');
            break;
        }
    }
    if (!scanner.ok || !descr || !order || !shape) return {};
    return header;
}

std::string formatNpyHeader(const NpyHeader& header) {
    std::string shape;
    for (const auto dimension : header.shape) shape += fmt::format("{}, ", dimension);
    if (header.shape.size() > 1) shape.resize(shape.size() - 2);
    if (header.shape.size() == 1) shape.pop_back();
    return fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': ({}), }}", header.descr,
                       header.fortranOrder ? "True" : "False", shape);
}

std::optional<NpyType> npyTypeFromDescr(std::string_view descr) {
    NpyType result;
    if (descr.empty()) return {};
    if (descr[0] == '<' || descr[0] == '>' || descr[0] == '|' || descr[0] == '=') {
        result.bigEndian = descr[0] == '>';
        descr.remove_prefix(1);
    }
    if (descr == "?") descr = "b1";
    for (const auto& [code, type] : kTypes)
        if (code == descr) result.type = type;
    if (result.type == tensor::DataType::undefined) return {};
    return result;
}

std::string descrOf(tensor::DataType type) {
    for (const auto& [code, known] : kTypes)
        if (known == type) return fmt::format("{}{}", tensor::bitWidth(type) == 8 ? '|' : '<', code);
    return {};
}

}  // namespace lathe::data
