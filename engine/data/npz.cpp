// NumPy archives (.npz) and single arrays (.npy). Which array holds what is an option, or follows from the
// usual names: x, x_test, test_images, ... for inputs and y, y_test, test_labels, ... for labels.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "engine/data/npy.h"
#include "engine/data/sources.h"
#include "engine/data/zip.h"

namespace lathe::data {
namespace {

constexpr std::array<std::string_view, 8> kInputNames = {"x",    "images", "inputs",   "input",
                                                         "data", "image",  "features", "X"};
constexpr std::array<std::string_view, 8> kLabelNames = {"y",      "labels",  "label",   "targets",
                                                         "target", "classes", "outputs", "Y"};
constexpr std::string_view kNone = "none";

std::string arrayName(const ZipFile::Member& member) {
    std::string_view name = member.name;
    if (name.ends_with(".npy")) name.remove_suffix(4);
    return std::string(name);
}

// The splits to look for, in order: the wanted one, or those that are there, test first.
std::vector<std::string> splitsToTry(const std::string& wanted) {
    if (wanted == "val" || wanted == "valid" || wanted == "validation") return {"val", "valid", "validation"};
    if (!wanted.empty()) return {wanted};
    return {"", "test", "val", "valid", "validation", "train"};
}

// Whether `name` is one of `kinds` in this split: "x" alone, "x_test", "test_x".
bool means(const std::string& name, std::span<const std::string_view> kinds, const std::string& split) {
    return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) {
        if (split.empty()) return name == kind;
        return name == fmt::format("{}_{}", kind, split) || name == fmt::format("{}_{}", split, kind);
    });
}

struct Choice {
    const ZipFile::Member* inputs = nullptr;
    const ZipFile::Member* labels = nullptr;
};

const ZipFile::Member* byMeaning(const ZipFile& zip, std::span<const std::string_view> kinds,
                                 const std::string& split) {
    for (const auto& member : zip.members())
        if (means(arrayName(member), kinds, split)) return &member;
    return nullptr;
}

const ZipFile::Member* byName(const ZipFile& zip, const std::string& name) {
    const auto* member = zip.find(name + ".npy");
    return member ? member : zip.find(name);
}

base::Result<Choice> choose(const ZipFile& zip, const std::filesystem::path& path,
                            const base::Params& options) {
    std::vector<std::string> names;
    for (const auto& member : zip.members()) names.push_back(arrayName(member));
    const auto missing = [&](std::string_view what) {
        return base::Error{fmt::format("{}: {} The file holds the arrays {}.", path.string(), what,
                                       names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))),
                           base::Error::Kind::badInput};
    };
    const auto& inputs = options.text("inputs");
    const auto& labels = options.text("labels");
    const auto& split = options.text("split");
    Choice choice;
    std::string found;
    if (!inputs.empty()) {
        choice.inputs = byName(zip, inputs);
        if (!choice.inputs) return missing(fmt::format("there is no array \"{}\" for the inputs.", inputs));
        // Labels by convention come from the split whose name the chosen array bears.
        for (const auto& s : splitsToTry(split))
            if (!s.empty() && inputs.find(s) != std::string::npos) found = s;
    } else {
        for (const auto& s : splitsToTry(split)) {
            choice.inputs = byMeaning(zip, kInputNames, s);
            found = s;
            if (choice.inputs) break;
        }
        if (!choice.inputs && split.empty() && zip.members().size() == 1) choice.inputs = &zip.members()[0];
        if (!choice.inputs)
            return missing(split.empty()
                               ? "no array has a usual name for inputs; choose one with the option inputs."
                               : fmt::format("there are no inputs of the split \"{}\".", split));
    }
    if (labels == kNone) return choice;
    if (!labels.empty()) {
        choice.labels = byName(zip, labels);
        if (!choice.labels) return missing(fmt::format("there is no array \"{}\" for the labels.", labels));
    } else {
        choice.labels = byMeaning(zip, kLabelNames, found);
        if (choice.labels == choice.inputs) choice.labels = nullptr;
    }
    return choice;
}

base::Result<tensor::Tensor> readMember(const ZipFile& zip, const ZipFile::Member& member,
                                        const std::filesystem::path& path) {
    auto content = zip.read(member);
    if (!content) return content.error();
    return parseNpy(content->bytes, content->owner, fmt::format("{}: {}", path.string(), member.name));
}

bool probe(const std::filesystem::path& path) {
    const auto extension = path.extension();
    return extension == ".npz" || extension == ".npy";
}

base::Result<std::shared_ptr<const Source>> open(const std::filesystem::path& path,
                                                 const base::Params& options,
                                                 const base::Progress& progress) {
    if (path.extension() == ".npy") {
        auto inputs = readNpy(path);
        if (!inputs) return inputs.error();
        return arraySource(std::move(*inputs), {}, {}, path.string());
    }
    const auto zip = ZipFile::open(path);
    if (!zip) return zip.error();
    const auto choice = choose(*zip, path, options);
    if (!choice) return choice.error();
    progress.report(0.1, fmt::format("Reading {}", arrayName(*choice->inputs)));
    auto inputs = readMember(*zip, *choice->inputs, path);
    if (!inputs) return inputs.error();
    if (auto s = progress.check(); !s) return s.error();
    tensor::Tensor labels;
    if (choice->labels) {
        auto read = readMember(*zip, *choice->labels, path);
        if (!read) return read.error();
        labels = std::move(*read);
    }
    progress.report(1);
    return arraySource(std::move(*inputs), std::move(labels), {}, path.string());
}

}  // namespace

Loader npzLoader() {
    return {
        .name = "npz",
        .title = "NumPy arrays (.npz, .npy)",
        .options = {{.name = "inputs",
                     .type = base::ParamType::text,
                     .defaultValue = std::string(),
                     .label = "Inputs",
                     .help = "The array that holds the inputs; empty: by its name (x, test_x, images, ...)."},
                    {.name = "labels",
                     .type = base::ParamType::text,
                     .defaultValue = std::string(),
                     .label = "Labels",
                     .help = "The array that holds the labels; empty: by its name (y, test_y, labels, "
                             "...); none: no labels."},
                    {.name = "split",
                     .type = base::ParamType::text,
                     .defaultValue = std::string(),
                     .label = "Split",
                     .help = "train, test or val where a file holds several; empty: the one there is, "
                             "test first."}},
        .probe = probe,
        .open = open};
}

}  // namespace lathe::data
