#include "engine/ir/text_words.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/ir/text_tensor.h"

namespace lathe::ir {
namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
int hexDigit(char c) { return isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

// A colon belongs to a name when a name goes on behind it: onnx::Conv_3.
size_t nameLength(std::string_view text) {
    size_t i = 0;
    while (i < text.size()) {
        if (isNameCharacter(text[i])) {
            ++i;
            continue;
        }
        size_t next = i;
        while (next < text.size() && text[next] == ':') ++next;
        if (i == 0 || next == i || next == text.size() || !isNameCharacter(text[next])) break;
        i = next;
    }
    return i;
}

}  // namespace

bool isNameCharacter(char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '/' || c == '%';
}

std::string nameWord(std::string_view name) {
    const bool plain = !name.empty() && name != "_" && nameLength(name) == name.size();
    return plain ? std::string(name) : quoted(name);
}

std::string opWord(std::string_view op) {
    return op.find('.') == std::string_view::npos && op != "constant" ? nameWord(op) : quoted(op);
}

std::string emptyListWord(const Attribute& list) {
    if (std::holds_alternative<std::vector<int64_t>>(list)) return "ints";
    if (std::holds_alternative<std::vector<float>>(list)) return "floats";
    if (std::holds_alternative<std::vector<std::string>>(list)) return "texts";
    if (std::holds_alternative<std::vector<tensor::Tensor>>(list)) return "tensors";
    if (std::holds_alternative<std::vector<SparseTensor>>(list)) return "sparses";
    if (std::holds_alternative<std::vector<SubgraphId>>(list)) return "graphs";
    return "types";
}

void Cursor::skip(bool sameLine) {
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c == '#' && !sameLine)
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        else if (c == ' ' || c == '\t' || c == '\r' || (c == '\n' && !sameLine))
            ++m_at;
        else
            return;
    }
}

bool Cursor::atEnd() {
    skip();
    return m_at == m_text.size();
}

char Cursor::peek() {
    skip();
    return m_at < m_text.size() ? m_text[m_at] : '\0';
}

bool Cursor::accept(std::string_view mark) {
    skip();
    if (m_text.substr(m_at, mark.size()) != mark) return false;
    m_at += mark.size();
    return true;
}

base::Status Cursor::expect(std::string_view mark) {
    if (accept(mark)) return {};
    return error(fmt::format("expected {}", mark));
}

std::optional<std::string_view> Cursor::word() {
    skip();
    const auto length = nameLength(m_text.substr(m_at));
    if (length == 0) return {};
    const auto result = m_text.substr(m_at, length);
    m_at += length;
    return result;
}

bool Cursor::acceptWord(std::string_view wanted) {
    const auto before = m_at;
    if (const auto found = word(); found && *found == wanted) return true;
    m_at = before;
    return false;
}

base::Result<std::string> Cursor::name(std::string_view what) {
    if (isQuoted()) return quotedText();
    if (const auto found = word()) return std::string(*found);
    return error(fmt::format("expected {}", what));
}

base::Result<std::string> Cursor::quotedText() {
    const auto start = m_at;
    if (auto s = expect("\""); !s) return s.error();
    std::string result;
    while (m_at < m_text.size() && m_text[m_at] != '"') {
        char c = m_text[m_at++];
        if (c == '\\' && m_at < m_text.size()) {
            c = m_text[m_at++];
            if (c == 'n') {
                c = '\n';
            } else if (c == 'x') {
                const int high = m_at < m_text.size() ? hexDigit(m_text[m_at]) : -1;
                const int low = m_at + 1 < m_text.size() ? hexDigit(m_text[m_at + 1]) : -1;
                if (high < 0 || low < 0) return error("expected two hexadecimal digits behind \\x");
                c = static_cast<char>(high * 16 + low);
                m_at += 2;
            } else if (c != '"' && c != '\\') {
                return error("expected \\\", \\\\, \\n or \\xHH");
            }
        }
        result += c;
    }
    if (m_at == m_text.size()) return errorAt(start, "the quote is not closed");
    ++m_at;
    return result;
}

base::Result<int64_t> Cursor::integer(std::string_view what) {
    skip();
    const auto start = m_at;
    if (const auto value = base::parseInteger(number())) return *value;
    return errorAt(start, fmt::format("expected {}", what));
}

std::string_view Cursor::number() {
    skip();
    const auto start = m_at;
    while (m_at < m_text.size() && (isLetter(m_text[m_at]) || isDigit(m_text[m_at]) || m_text[m_at] == '.' ||
                                    m_text[m_at] == '-' || m_text[m_at] == '+'))
        ++m_at;
    return m_text.substr(start, m_at - start);
}

std::string_view Cursor::type() {
    skip();
    const auto start = m_at;
    int depth = 0;
    bool quote = false;
    for (; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '\n') break;
        if (quote) {
            if (c == '\\') ++m_at;
            quote = c != '"';
            continue;
        }
        if (c == '"') quote = true;
        if (c == '[' || c == '(') ++depth;
        if (depth == 0 && !isLetter(c) && !isDigit(c) && c != '?') break;
        if ((c == ']' || c == ')') && --depth == 0) {
            ++m_at;
            break;
        }
    }
    m_at = std::min(m_at, m_text.size());
    return m_text.substr(start, m_at - start);
}

base::Error Cursor::errorAt(size_t where, std::string_view what) const {
    where = std::min(where, m_text.size());
    const auto before = m_text.substr(0, where);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto lineStart = before.rfind('\n');
    const auto column = where - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
    return base::Error::badInput(fmt::format("line {}, column {}: {}", line, column, what));
}

}  // namespace lathe::ir
