#include "engine/formats/onnx/source.h"

#include <algorithm>

namespace lathe::formats::onnx {
namespace {

// Bytes of the valid UTF-8 sequence (RFC 3629) at the start of `text`; 0 when there is none.
size_t sequenceLength(std::string_view text) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    const unsigned second = byte(1);
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
        return 0;
    return length;
}

}  // namespace

std::string_view Source::text(Bytes raw) {
    const std::string_view view(reinterpret_cast<const char*>(raw.data()), raw.size());
    if (std::all_of(view.begin(), view.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return view;
    std::string repaired;
    bool changed = false;
    for (size_t i = 0; i < view.size();) {
        const size_t length = sequenceLength(view.substr(i));
        if (length == 0) {
            repaired += "\xef\xbf\xbd";
            changed = true;
            ++i;
        } else {
            repaired.append(view.substr(i, length));
            i += length;
        }
    }
    if (!changed) return view;
    return repairedTexts.emplace_back(std::move(repaired));
}

}  // namespace lathe::formats::onnx
