// ImageDecoder: the pixels [height, width, channels] of an image file held in a tensor of bytes.
//
// As the standard has it, a damaged file gives an image without pixels. Sound files that are not read (too
// large, CMYK colours, moving pictures) are an error instead, so that nobody takes them for damaged.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kBytes = typeBit(tensor::DataType::uint8);

bool isGray(const auto& context) { return context.attributes().text("pixel_format", "RGB") == "Grayscale"; }

base::Status infer(InferContext& context) {
    if (const auto* shape = context.shape(0); shape && shape->size() != 1)
        return context.error("encoded_stream has {} dimensions, expected 1", shape->size());
    context.setOutput(
        0, tensor::DataType::uint8,
        ir::SymbolicShape{context.freshDim("height"), context.freshDim("width"), isGray(context) ? 1 : 3});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const bool gray = isGray(context);
    // Gray is made of the colours, so that it is the same for every form of file.
    const auto storage = [&](tensor::Dimensions shape) -> base::Result<tensor::Tensor> {
        auto pixels = context.allocate(tensor::DataType::uint8, shape);
        if (!pixels) return base::Error{fmt::format("the image {} is too large", tensor::toString(shape))};
        return pixels;
    };
    const auto image = decodeImage(context.in(0).bytes(), ImageChannels::rgb, "encoded_stream", storage);
    if (!image && image.error().kind != base::Error::Kind::badInput)
        return context.error("{}", image.error().message);
    tensor::Shape shape = image ? image->shape() : tensor::Shape{0, 0, 3};
    if (gray) shape.back() = 1;
    auto y = context.allocate(tensor::DataType::uint8, shape);
    if (!y) return y.error();
    if (image) {
        const auto in = image->values<uint8_t>();
        const auto out = y->mutableValues<uint8_t>();
        const bool swapped = context.attributes().text("pixel_format", "RGB") == "BGR";
        for (size_t pixel = 0; pixel < in.size() / 3; ++pixel) {
            const auto* colour = in.data() + 3 * pixel;
            if (gray)
                out[pixel] = luma(colour[0], colour[1], colour[2]);
            else
                for (size_t i = 0; i < 3; ++i) out[3 * pixel + i] = colour[swapped ? 2 - i : i];
        }
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op imageDecoderOp() {
    return {.name = "ImageDecoder",
            .sinceVersion = 20,
            .family = Family::control,
            .summary = "The pixels of an image file",
            .inputs = {{"encoded_stream", kBytes}},
            .outputs = {{"image", kBytes}},
            .attributes = {choiceAttribute("pixel_format", {"RGB", "BGR", "Grayscale"}, "RGB",
                                           "order of the channels")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
