// The forms of pictures that need a library, where there is none: the device agent.
#include <fmt/format.h>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

base::Error notHere(std::string_view where, std::string_view form) {
    return {fmt::format("{}: {} pictures are not read by the device agent; give it the decoded pixels", where,
                        form)};
}

}  // namespace

base::Result<tensor::Tensor> decodePng(std::span<const std::byte>, ImageChannels, std::string_view where,
                                       ImageStorage) {
    return notHere(where, "PNG");
}
base::Result<tensor::Tensor> decodeJpeg(std::span<const std::byte>, ImageChannels, std::string_view where,
                                        ImageStorage) {
    return notHere(where, "JPEG");
}
base::Result<tensor::Tensor> decodeWebp(std::span<const std::byte>, ImageChannels, std::string_view where,
                                        ImageStorage) {
    return notHere(where, "WebP");
}
base::Result<tensor::Tensor> decodeTiff(std::span<const std::byte>, ImageChannels, std::string_view where,
                                        ImageStorage) {
    return notHere(where, "TIFF");
}
base::Result<tensor::Tensor> decodeJpeg2000(std::span<const std::byte>, ImageChannels, std::string_view where,
                                            ImageStorage) {
    return notHere(where, "JPEG 2000");
}

}  // namespace lathe::ops
