// The words of the text form: names, their quoting, and a cursor that reads them and knows line and column.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/ir/attribute.h"

namespace lathe::ir {

bool isNameCharacter(char c);
// The name as it is, or quoted when it has other characters or reads as something else.
std::string nameWord(std::string_view name);
// The same without a dot, which stands between domain and operator.
std::string opWord(std::string_view op);
// The word that tells the kind of a list without items: "ints", "floats", ...
std::string emptyListWord(const Attribute& list);

class Cursor {
  public:
    explicit Cursor(std::string_view text) : m_text(text) {}

    // White space and comments; `sameLine` stops at the end of the line.
    void skip(bool sameLine = false);
    bool atEnd();
    char peek();  // '\0' at the end
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    size_t left() const { return m_text.size() - m_at; }
    bool accept(std::string_view mark);
    base::Status expect(std::string_view mark);
    // A plain word, and whether the next thing is that word.
    std::optional<std::string_view> word();
    bool acceptWord(std::string_view word);
    // A plain or quoted name.
    base::Result<std::string> name(std::string_view what);
    base::Result<std::string> quotedText();
    base::Result<int64_t> integer(std::string_view what);
    // A number or a word like nan, true or -inf, up to a comma, bracket or space.
    std::string_view number();
    // The text of a type: a word with its balanced brackets.
    std::string_view type();
    base::Error error(std::string_view what) const { return errorAt(m_at, what); }
    base::Error errorAt(size_t where, std::string_view what) const;
    size_t place() const { return m_at; }
    void back(size_t place) { m_at = place; }
    bool isQuoted() { return peek() == '"'; }

  private:
    std::string_view m_text;
    size_t m_at = 0;
};

}  // namespace lathe::ir
