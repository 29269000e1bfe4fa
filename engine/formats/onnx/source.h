// The file that is being read: its bytes, its name in messages, the other files it refers to.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/base/result.h"
#include "engine/formats/format.h"
#include "engine/formats/onnx/wire.h"

namespace lathe::formats::onnx {

// Used by one thread; lives through one reading.
struct Source {
    std::string label;
    Bytes bytes;
    std::shared_ptr<const void> owner;  // keeps `bytes`
    std::filesystem::path path;         // empty: the model lies in memory and may not refer to files
    ReadOptions options;
    std::map<std::string, std::shared_ptr<const base::FileMap>, std::less<>> externalFiles;
    std::vector<std::string> externalPaths;  // of those files, links followed
    std::deque<std::string> repairedTexts;

    uint64_t offset(const std::byte* at) const { return static_cast<uint64_t>(at - bytes.data()); }

    // "model.onnx: byte 1234: ..."
    template <typename... Args>
    base::Error error(const std::byte* at, fmt::format_string<Args...> text, Args&&... args) const {
        return base::Error::badInput(fmt::format("{}: byte {}: {}", label, offset(at),
                                                 fmt::format(text, std::forward<Args>(args)...)));
    }
    base::Error error(const FieldReader& reader) const {
        return error(reader.position(), "{}{}{}: {}. The file is damaged or no ONNX model; get it again.",
                     reader.spec().name, reader.problemField().empty() ? "" : ".", reader.problemField(),
                     reader.problem());
    }

    // Names and other texts as valid UTF-8: bytes that are none become U+FFFD. Views live as long as this.
    std::string_view text(Bytes raw);
};

// The bytes of an `s` attribute or a string element, which may hold anything.
inline std::string rawText(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace lathe::formats::onnx
