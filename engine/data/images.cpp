// Folders of image files; sub-folders are classes.
#include <fmt/format.h>

#include <array>

#include "engine/base/file_map.h"
#include "engine/data/folder.h"
#include "engine/data/sources.h"
#include "engine/ops/support_image.h"

namespace lathe::data {
namespace {

using ops::ImageChannels;

constexpr std::array<std::string_view, 10> kExtensions = {".png",  ".jpg", ".jpeg", ".webp", ".tif",
                                                          ".tiff", ".bmp", ".jp2",  ".ppm",  ".pgm"};
constexpr size_t kMostFileBytes = size_t{256} << 20;

class ImageSource final : public Source {
  public:
    ImageSource(FolderContent content, ImageChannels channels)
        : m_content(std::move(content)), m_channels(channels) {}

    int64_t size() const override { return static_cast<int64_t>(m_content.files.size()); }
    base::Result<Sample> at(int64_t index) const override {
        if (index < 0 || index >= size())
            return base::Error{fmt::format("There is no image {}; the folder has {}.", index, size())};
        const auto& file = m_content.files[static_cast<size_t>(index)];
        const auto map = base::FileMap::open(file.path);
        if (!map) return map.error();
        if ((*map)->bytes().size() > kMostFileBytes)
            return base::Error::badInput(fmt::format("{}: is too large for an image ({} bytes).",
                                                     file.path.string(), (*map)->bytes().size()));
        auto picture = ops::decodeImage((*map)->bytes(), m_channels, file.path.string());
        if (!picture) return picture.error();
        auto name = file.path.filename().string();
        if (file.label) name = m_content.classNames[static_cast<size_t>(*file.label)] + "/" + name;
        return Sample{std::move(*picture), file.label, std::move(name)};
    }
    std::string describe() const override {
        return describeSamples(size(), "images", m_content.classNames.size());
    }
    const std::vector<std::string>& classNames() const override { return m_content.classNames; }

  private:
    FolderContent m_content;
    ImageChannels m_channels;
};

bool probe(const std::filesystem::path& path) { return holdsFiles(path, kExtensions); }

base::Result<std::shared_ptr<const Source>> open(const std::filesystem::path& path,
                                                 const base::Params& options,
                                                 const base::Progress& progress) {
    auto content = listFiles(path, kExtensions, options.text("split"), progress);
    if (!content) return content.error();
    const auto& channels = options.text("channels");
    return std::shared_ptr<const Source>(
        std::make_shared<ImageSource>(std::move(*content), channels == "rgb"    ? ImageChannels::rgb
                                                           : channels == "gray" ? ImageChannels::gray
                                                                                : ImageChannels::stored));
}

}  // namespace

Loader imagesLoader() {
    return {.name = "images",
            .title = "Images (folder, sub-folders are classes)",
            .options = {{.name = "channels",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("rgb"),
                         .label = "Channels",
                         .help = "What each image is turned into; stored: as in the file.",
                         .choices = {"rgb", "gray", "stored"}},
                        {.name = "split",
                         .type = base::ParamType::text,
                         .defaultValue = std::string(),
                         .label = "Split",
                         .help = "The sub-folder that holds the wanted part (train, test, val); empty: test "
                                 "first."}},
            .probe = probe,
            .open = open};
}

}  // namespace lathe::data
