// Regular expressions of models. One of two files implements them: RE2, or nothing where that library is not
// (the device agent).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lathe::ops {

class Regex {
  public:
    // The error says what is wrong with the pattern.
    static base::Result<std::unique_ptr<Regex>> compile(const std::string& pattern);
    virtual ~Regex() = default;
    // Whether the whole text matches. Linear in the text, in bounded memory, whatever the pattern.
    virtual bool matches(std::string_view text) const = 0;
};

}  // namespace lathe::ops
