// StringSplit: the parts of each text between delimiters, along a new last axis that is filled up with empty
// texts, and how many parts each text has.
//
// Without a delimiter parts are what white space of Unicode separates; then white space at the start and at
// the end makes no parts. After `maxsplit` splits the rest of the text is the last part.
#include <algorithm>
#include <array>
#include <limits>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kText = typeBit(tensor::DataType::string);
constexpr std::string_view kAsciiSpaces = " \t\n\v\f\r\x1c\x1d\x1e\x1f";
// The characters of Unicode with the property White_Space outside ASCII, as UTF-8.
constexpr std::array<std::string_view, 19> kWideSpaces = {
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

// Bytes of the white space that a text starts with, 0 when it starts with none.
size_t spaceAt(std::string_view text) {
    if (text.empty()) return 0;
    if (kAsciiSpaces.find(text.front()) != std::string_view::npos) return 1;
    if (static_cast<unsigned char>(text.front()) < 0x80) return 0;
    const auto* wide = std::find_if(kWideSpaces.begin(), kWideSpaces.end(),
                                    [&](std::string_view space) { return text.starts_with(space); });
    return wide == kWideSpaces.end() ? 0 : wide->size();
}

using Parts = std::vector<std::string_view>;

Parts splitAtSpaces(std::string_view text, int64_t most) {
    Parts parts;
    while (true) {
        while (const size_t space = spaceAt(text)) text.remove_prefix(space);
        if (text.empty()) return parts;
        size_t length = text.size();
        if (static_cast<int64_t>(parts.size()) < most)
            for (length = 0; length < text.size() && spaceAt(text.substr(length)) == 0;) ++length;
        parts.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
}

Parts splitAtDelimiter(std::string_view text, std::string_view delimiter, int64_t most) {
    Parts parts;
    while (static_cast<int64_t>(parts.size()) < most) {
        const auto end = text.find(delimiter);
        if (end == std::string_view::npos) break;
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + delimiter.size());
    }
    parts.push_back(text);
    return parts;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    std::optional<ir::SymbolicShape> parts, counts;
    if (x) {
        counts = parts = *x;
        parts->push_back(context.freshDim("parts"));
    }
    context.setOutput(0, tensor::DataType::string, std::move(parts));
    if (context.wants(1)) context.setOutput(1, tensor::DataType::int64, std::move(counts));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const std::string delimiter(context.attributes().text("delimiter", ""));
    const int64_t given = context.attributes().integer("maxsplit", -1);
    const int64_t most = given < 0 ? std::numeric_limits<int64_t>::max() : given;
    std::vector<Parts> all;
    int64_t longest = 0;
    for (const auto& text : x.values<std::string>()) {
        all.push_back(delimiter.empty() ? splitAtSpaces(text, most)
                                        : splitAtDelimiter(text, delimiter, most));
        longest = std::max(longest, static_cast<int64_t>(all.back().size()));
    }
    auto shape = x.shape();
    auto counts = context.allocate(tensor::DataType::int64, shape);
    if (!counts) return counts.error();
    shape.push_back(longest);
    auto parts = context.allocate(tensor::DataType::string, shape);
    if (!parts) return parts.error();
    const auto texts = parts->mutableValues<std::string>();
    for (size_t i = 0; i < all.size(); ++i) {
        counts->mutableValues<int64_t>()[i] = static_cast<int64_t>(all[i].size());
        std::copy(all[i].begin(), all[i].end(), texts.begin() + static_cast<int64_t>(i) * longest);
    }
    context.set(0, std::move(*parts));
    context.set(1, std::move(*counts));
    return {};
}

}  // namespace

Op stringSplitOp() {
    return {.name = "StringSplit",
            .sinceVersion = 20,
            .family = Family::control,
            .summary = "The parts of each text between delimiters",
            .inputs = {{"X", kText}},
            .outputs = {{"Y", kText}, {"Z", kInt64}},
            .attributes = {textAttribute("delimiter", "", "text between parts; empty: white space"),
                           integerAttribute("maxsplit", -1, "splits at most; absent: as many as there are")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
