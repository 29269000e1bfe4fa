// IDX files of the MNIST family, plain or gzip: a magic number 0x0000TTDD (element type, rank), big-endian
// dimensions, then big-endian elements (yann.lecun.com/exdb/mnist). Labels lie in a second file, whose name
// follows from the first: images-idx3 becomes labels-idx1.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/base/file_map.h"
#include "engine/data/inflate.h"
#include "engine/data/little_endian.h"
#include "engine/data/sources.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;
constexpr size_t kMostRank = 8;

tensor::DataType typeOf(int code) {
    switch (code) {
        case 0x08:
            return tensor::DataType::uint8;
        case 0x09:
            return tensor::DataType::int8;
        case 0x0b:
            return tensor::DataType::int16;
        case 0x0c:
            return tensor::DataType::int32;
        case 0x0d:
            return tensor::DataType::float32;
        case 0x0e:
            return tensor::DataType::float64;
        default:
            return tensor::DataType::undefined;
    }
}

base::Result<tensor::Tensor> parse(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                   std::string_view where) {
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: {}.", where, what));
    };
    if (bytes.size() < 4 || bytes[0] != std::byte{0} || bytes[1] != std::byte{0})
        return bad("is not an IDX file: the first two bytes are not zero");
    const auto type = typeOf(std::to_integer<int>(bytes[2]));
    const auto rank = std::to_integer<size_t>(bytes[3]);
    if (type == tensor::DataType::undefined)
        return bad(fmt::format("unknown element type {:#04x} at byte 2", std::to_integer<int>(bytes[2])));
    if (rank < 1 || rank > kMostRank || bytes.size() < 4 + 4 * rank)
        return bad(fmt::format("{} dimensions at byte 3 do not fit", rank));
    tensor::Shape shape;
    for (size_t i = 0; i < rank; ++i) shape.push_back(bigEndian<uint32_t>(bytes, 4 + 4 * i));
    const auto size = tensor::checkedByteSize(type, shape);
    const auto data = bytes.subspan(4 + 4 * rank);
    if (!size || *size > data.size())
        return bad(fmt::format("{} needs more than the {} bytes after the header",
                               tensor::toString(type, shape), data.size()));
    const auto used = data.subspan(0, static_cast<size_t>(*size));
    const auto width = static_cast<size_t>(tensor::bitWidth(type)) / 8;
    if (width == 1) return tensor::Tensor::borrowed(type, shape, used, std::move(owner));
    auto result = tensor::Tensor::zeros(type, shape);
    const auto out = result.mutableBytes();
    for (size_t at = 0; at < used.size(); at += width)
        for (size_t i = 0; i < width; ++i) out[at + i] = used[at + width - 1 - i];
    return result;
}

base::Result<tensor::Tensor> read(const fs::path& path) {
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    if (!isGzip((*map)->bytes())) return parse((*map)->bytes(), *map, path.string());
    const auto bytes = inflateGzip((*map)->bytes(), path.string());
    if (!bytes) return bytes.error();
    return parse(**bytes, *bytes, path.string());
}

bool isIdxName(const std::string& name) { return name.find("idx") != std::string::npos; }

// The file of the split in a folder: "t10k" is MNIST's word for test.
base::Result<fs::path> inFolder(const fs::path& folder, const std::string& split) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        if (isIdxName(name) && name.find("images") != std::string::npos) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    const auto has = [](const fs::path& path, std::string_view text) {
        return path.filename().string().find(text) != std::string::npos;
    };
    for (const auto& file : files) {
        const bool test = has(file, "t10k") || has(file, "test");
        if (split.empty() ? test || files.size() == 1 : split == "test" ? test : has(file, split))
            return file;
    }
    return base::Error::badInput(
        fmt::format("{}: holds no IDX images{}.", folder.string(),
                    split.empty() ? std::string() : fmt::format(" of the split \"{}\"", split)));
}

// train-images-idx3-ubyte.gz -> train-labels-idx1-ubyte.gz; empty when the name does not say.
fs::path labelsBeside(const fs::path& images) {
    auto name = images.filename().string();
    const auto at = name.find("images");
    if (at == std::string::npos) return {};
    name.replace(at, 6, "labels");
    if (const auto rank = name.find("idx3"); rank != std::string::npos) name.replace(rank, 4, "idx1");
    const auto path = images.parent_path() / name;
    std::error_code missing;
    return fs::is_regular_file(path, missing) ? path : fs::path();
}

bool probe(const fs::path& path) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) return isIdxName(path.filename().string());
    return std::any_of(fs::directory_iterator(path, failed), fs::directory_iterator(),
                       [](const auto& entry) { return isIdxName(entry.path().filename().string()); });
}

base::Result<std::shared_ptr<const Source>> open(const fs::path& path, const base::Params& options,
                                                 const base::Progress& progress) {
    fs::path file = path;
    if (fs::is_directory(path)) {
        auto found = inFolder(path, options.text("split"));
        if (!found) return found.error();
        file = *found;
    } else if (!options.text("split").empty()) {
        return base::Error{fmt::format("{}: is one file; give its folder to choose a split.", path.string()),
                           base::Error::Kind::usage};
    }
    auto inputs = read(file);
    if (!inputs) return inputs.error();
    if (auto s = progress.check(); !s) return s.error();
    const auto& given = options.text("labels");
    const auto labelFile = given == "none" ? fs::path()
                           : given.empty() ? labelsBeside(file)
                                           : fs::path(given);
    tensor::Tensor labels;
    if (!labelFile.empty()) {
        auto numbers = read(labelFile);
        if (!numbers) return numbers.error();
        labels = std::move(*numbers);
    }
    return arraySource(std::move(*inputs), std::move(labels), {}, file.string());
}

}  // namespace

Loader idxLoader() {
    return {
        .name = "idx",
        .title = "IDX (MNIST)",
        .options = {{.name = "labels",
                     .type = base::ParamType::path,
                     .defaultValue = std::string(),
                     .label = "Labels file",
                     .help = "The file that holds the labels; empty: the one beside the images whose name "
                             "says so; none: no labels."},
                    {.name = "split",
                     .type = base::ParamType::text,
                     .defaultValue = std::string(),
                     .label = "Split",
                     .help = "train or test, when a folder is opened; empty: test."}},
        .probe = probe,
        .open = open};
}

}  // namespace lathe::data
