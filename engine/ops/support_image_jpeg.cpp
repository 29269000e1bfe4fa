// JPEG through libjpeg. Its error handler must not return, so it jumps back to the guarded call; the frames
// it jumps over hold nothing that would need a destructor.
#include <fmt/format.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

// Owned and used by one thread.
class JpegReader {
  public:
    JpegReader() {
        m_info.err = jpeg_std_error(&m_handler.base);
        m_handler.base.error_exit = onError;
        m_handler.base.output_message = [](j_common_ptr) {};
        m_handler.base.emit_message = [](j_common_ptr info, int level) {
            if (level < 0) ++info->err->num_warnings;
        };
        m_created = guarded([this] { jpeg_create_decompress(&m_info); });
    }
    ~JpegReader() {
        if (m_created) jpeg_destroy_decompress(&m_info);
    }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;

    bool readHeader(std::span<const std::byte> file) {
        return m_created && guarded([&] {
                   jpeg_mem_src(&m_info, reinterpret_cast<const unsigned char*>(file.data()),
                                static_cast<unsigned long>(file.size()));
                   jpeg_read_header(&m_info, TRUE);
               });
    }
    bool start(bool gray) {
        return guarded([&] {
            m_info.out_color_space = gray ? JCS_GRAYSCALE : JCS_RGB;
            m_info.dct_method = JDCT_ISLOW;
            jpeg_start_decompress(&m_info);
        });
    }
    // `pixels` holds height rows of width * components bytes.
    bool readRows(std::byte* pixels) {
        return guarded([&] {
            const size_t stride = size_t{m_info.output_width} * static_cast<size_t>(m_info.output_components);
            while (m_info.output_scanline < m_info.output_height) {
                auto* row = reinterpret_cast<JSAMPROW>(pixels + m_info.output_scanline * stride);
                jpeg_read_scanlines(&m_info, &row, 1);
            }
            jpeg_finish_decompress(&m_info);
        });
    }
    const jpeg_decompress_struct& info() const { return m_info; }
    bool damaged() const { return m_handler.base.num_warnings > 0; }
    const char* message() const { return m_handler.message; }

  private:
    struct Handler {
        jpeg_error_mgr base{};  // first, so that libjpeg's pointer to it is a pointer to this
        std::jmp_buf back{};
        char message[JMSG_LENGTH_MAX] = "damaged data";
    };

    static void onError(j_common_ptr info) {
        auto* handler = reinterpret_cast<Handler*>(info->err);
        (*info->err->format_message)(info, handler->message);
        std::longjmp(handler->back, 1);
    }
    template <typename Call>
    bool guarded(const Call& call) {
        if (setjmp(m_handler.back) != 0) return false;
        call();
        return true;
    }

    jpeg_decompress_struct m_info{};
    Handler m_handler;
    bool m_created = false;
};

}  // namespace

base::Result<tensor::Tensor> decodeJpeg(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where, ImageStorage storage) {
    JpegReader reader;
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: is not a sound JPEG image: {}.", where, what));
    };
    if (!reader.readHeader(file)) return bad(reader.message());
    const uint64_t width = reader.info().image_width, height = reader.info().image_height;
    if (auto ok = checkPixels(width, height, where); !ok) return ok.error();
    const auto stored = reader.info().jpeg_color_space;
    if (stored == JCS_CMYK || stored == JCS_YCCK)
        return base::Error{
            fmt::format("{}: JPEG images with CMYK colours are not supported. Save it as RGB.", where)};
    const bool gray =
        channels == ImageChannels::gray || (channels == ImageChannels::stored && stored == JCS_GRAYSCALE);
    const int64_t shape[] = {static_cast<int64_t>(height), static_cast<int64_t>(width), gray ? 1 : 3};
    // Before decoding starts: for a progressive file that takes memory for all of it.
    auto result = storage(shape);
    if (!result) return result;
    if (!reader.start(gray)) return bad(reader.message());
    if (reader.info().output_width != width || reader.info().output_height != height ||
        reader.info().output_components != (gray ? 1 : 3))
        return bad("its sizes contradict each other");
    if (!reader.readRows(result->mutableBytes().data())) return bad(reader.message());
    if (reader.damaged()) return bad("the data is damaged or cut off");
    return result;
}

}  // namespace lathe::ops
