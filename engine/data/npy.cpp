#include "engine/data/npy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "engine/data/little_endian.h"
#include "engine/data/npy_header.h"

namespace lathe::data {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kMostHeader = size_t{1} << 16;

// Bytes of one number: complex types are two numbers.
size_t numberSize(tensor::DataType type) {
    if (type == tensor::DataType::complex64) return 4;
    if (type == tensor::DataType::complex128) return 8;
    return static_cast<size_t>(tensor::bitWidth(type)) / 8;
}
size_t elementSize(tensor::DataType type) {
    const bool pair = type == tensor::DataType::complex64 || type == tensor::DataType::complex128;
    return numberSize(type) * (pair ? 2 : 1);
}

void swapNumbers(std::span<std::byte> bytes, size_t size) {
    for (size_t at = 0; at + size <= bytes.size(); at += size)
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
}

// Fortran order is the transpose of C order with the dimensions reversed.
tensor::Tensor fromFortranOrder(const tensor::Tensor& source, size_t size) {
    auto result = tensor::Tensor::zeros(source.type(), source.shape());
    const auto out = result.mutableBytes();
    const auto& shape = source.shape();
    tensor::Shape index(shape.size(), 0);
    for (int64_t i = 0; i < source.elementCount(); ++i) {
        int64_t from = 0, stride = 1;
        for (size_t axis = 0; axis < shape.size(); ++axis) {
            from += index[axis] * stride;
            stride *= shape[axis];
        }
        std::memcpy(out.data() + static_cast<size_t>(i) * size,
                    source.bytes().data() + static_cast<size_t>(from) * size, size);
        for (size_t axis = shape.size(); axis-- > 0;) {
            if (++index[axis] < shape[axis]) break;
            index[axis] = 0;
        }
    }
    return result;
}

// The same values in a type that NumPy has.
tensor::Tensor widened(const tensor::Tensor& source) {
    const auto count = source.elementCount();
    if (tensor::isInteger(source.type())) {
        auto result = tensor::Tensor::zeros(
            tensor::isSigned(source.type()) ? tensor::DataType::int8 : tensor::DataType::uint8,
            source.shape());
        const auto out = result.mutableBytes();
        for (int64_t i = 0; i < count; ++i)
            out[static_cast<size_t>(i)] = static_cast<std::byte>(source.integerAt(i));
        return result;
    }
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, source.shape());
    const auto out = result.mutableValues<float>();
    for (int64_t i = 0; i < count; ++i) out[static_cast<size_t>(i)] = static_cast<float>(source.realAt(i));
    return result;
}

}  // namespace

base::Result<tensor::Tensor> parseNpy(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                      std::string_view where) {
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: {}.", where, what));
    };
    if (bytes.size() < 10 || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
        return bad("is not a NumPy array (.npy)");
    const auto version = std::to_integer<int>(bytes[6]);
    if (version < 1 || version > 3) return bad(fmt::format("has .npy version {}; 1 to 3 are known", version));
    const size_t start = version == 1 ? 10 : 12;
    if (bytes.size() < start) return bad("ends inside the header");
    const size_t headerSize =
        version == 1 ? littleEndian<uint16_t>(bytes, 8) : littleEndian<uint32_t>(bytes, 8);
    if (headerSize > kMostHeader || headerSize > bytes.size() - start)
        return bad(fmt::format("the header of {} bytes does not fit", headerSize));
    const auto text = bytes.subspan(start, headerSize);
    const auto header = parseNpyHeader({reinterpret_cast<const char*>(text.data()), text.size()});
    if (!header) return bad("the header is not a dictionary of descr, fortran_order and shape");
    const auto type = npyTypeFromDescr(header->descr);
    if (!type)
        return bad(
            fmt::format("elements of type {} are not plain numbers; nothing else is read", header->descr));
    const auto count = tensor::checkedElementCount(header->shape);
    const auto data = bytes.subspan(start + headerSize);
    const size_t size = elementSize(type->type);
    if (!count || static_cast<uint64_t>(*count) > data.size() / size)
        return bad(fmt::format("{} elements {} do not fit in the {} bytes after the header",
                               tensor::toString(header->shape), header->descr, data.size()));
    const auto used = data.subspan(0, static_cast<size_t>(*count) * size);
    if (type->type == tensor::DataType::boolean &&
        std::any_of(used.begin(), used.end(), [](std::byte b) { return b > std::byte{1}; }))
        return bad("a truth value is neither 0 nor 1");
    try {
        auto result = tensor::Tensor::borrowed(type->type, header->shape, used, std::move(owner));
        if (type->bigEndian && numberSize(type->type) > 1) {
            auto copy = tensor::Tensor::zeros(type->type, header->shape);
            if (!used.empty()) std::memcpy(copy.mutableBytes().data(), used.data(), used.size());
            swapNumbers(copy.mutableBytes(), numberSize(type->type));
            result = std::move(copy);
        }
        if (header->fortranOrder && header->shape.size() > 1) return fromFortranOrder(result, size);
        return result;
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory for {} bytes.", where, used.size())};
    }
}

base::Result<tensor::Tensor> readNpy(const std::filesystem::path& path) {
    auto map = base::FileMap::open(path);
    if (!map) return map.error();
    return parseNpy((*map)->bytes(), *map, path.string());
}

base::Status writeNpy(const std::filesystem::path& path, const tensor::Tensor& tensor) {
    if (tensor.type() == tensor::DataType::string || !tensor.defined())
        return base::Error{fmt::format("{}: a tensor of type {} cannot be written as .npy.", path.string(),
                                       tensor::name(tensor.type()))};
    const auto content = descrOf(tensor.type()).empty() ? widened(tensor) : tensor;
    auto header = formatNpyHeader({descrOf(content.type()), false, content.shape()});
    // The data starts at a multiple of 64, after a newline.
    const size_t start = (10 + header.size() + 1 + 63) / 64 * 64;
    header.resize(start - 10 - 1, ' ');
    header += '\n';
    std::string prefix(kMagic);
    prefix += '\x01';
    prefix += '\0';
    prefix += static_cast<char>(header.size() & 0xff);
    prefix += static_cast<char>(header.size() >> 8);
    auto file = base::AtomicFile::create(path);
    if (!file) return file.error();
    if (auto s = (*file)->write(prefix + header); !s) return s;
    if (auto s = (*file)->write(content.bytes()); !s) return s;
    return (*file)->commit();
}

}  // namespace lathe::data
