// The table of compressors, made once from compressors.inc.
#include <array>

#include "engine/compress/compressor.h"

namespace lathe::compress {

#define LATHE_COMPRESSOR(name) Compressor name##Compressor();
#include "engine/compress/compressors.inc"
#undef LATHE_COMPRESSOR

std::span<const Compressor> all() {
    static const std::array kCompressors = {
#define LATHE_COMPRESSOR(name) name##Compressor(),
#include "engine/compress/compressors.inc"
#undef LATHE_COMPRESSOR
    };
    return kCompressors;
}

const Compressor* find(std::string_view name) {
    for (const auto& compressor : all())
        if (compressor.name == name) return &compressor;
    return nullptr;
}

}  // namespace lathe::compress
