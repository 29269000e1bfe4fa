#include <re2/re2.h>

#include "engine/ops/support_regex.h"

namespace lathe::ops {
namespace {

constexpr int64_t kMatcherBytes = int64_t{8} << 20;

re2::RE2::Options options() {
    re2::RE2::Options result;
    result.set_log_errors(false);
    result.set_never_capture(true);
    result.set_max_mem(kMatcherBytes);
    return result;
}

class Re2Regex final : public Regex {
  public:
    explicit Re2Regex(const std::string& pattern) : m_pattern(pattern, options()) {}
    bool matches(std::string_view text) const override {
        return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), m_pattern);
    }
    const re2::RE2& pattern() const { return m_pattern; }

  private:
    re2::RE2 m_pattern;
};

}  // namespace

base::Result<std::unique_ptr<Regex>> Regex::compile(const std::string& pattern) {
    auto regex = std::make_unique<Re2Regex>(pattern);
    if (!regex->pattern().ok())
        return base::Error::badInput("the pattern is no regular expression that RE2 takes: " +
                                     regex->pattern().error());
    return std::unique_ptr<Regex>(std::move(regex));
}

}  // namespace lathe::ops
