#include "engine/formats/onnx/external_data.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <optional>

#include "engine/base/text.h"

namespace lathe::formats::onnx {
namespace {

namespace fs = std::filesystem;

class Descriptor {
  public:
    explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}
    ~Descriptor() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_descriptor; }
    fs::path selfPath() const { return fmt::format("/proc/self/fd/{}", m_descriptor); }

  private:
    int m_descriptor;
};

// For messages: control characters and overlong texts would hide what matters.
std::string shown(std::string_view location) {
    std::string text;
    for (const char c : location.substr(0, 200)) text += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    return location.size() > 200 ? text + "..." : text;
}

// Why the text itself cannot name a file beneath a folder; empty when it can.
std::string_view textProblem(std::string_view location) {
    if (location.empty()) return "is empty";
    if (location.size() > 4000) return "is longer than a path can be";
    if (location.find('\0') != std::string_view::npos) return "holds a zero byte";
    if (location.find('\\') != std::string_view::npos) return "holds a backslash";
    if (location.front() == '/') return "is an absolute path";
    if (location.size() > 1 && location[1] == ':' && std::isalpha(static_cast<unsigned char>(location[0])))
        return "starts with a drive letter";
    if (location.back() == '/') return "names a folder";
    for (const auto part : base::split(location, '/')) {
        if (part == "..") return "leaves the folder with '..'";
        if (part.size() > 255) return "has a part longer than a file name can be";
    }
    return {};
}

bool isBeneath(const fs::path& file, const fs::path& folder) {
    const auto [f, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return f == folder.end() && rest != file.end();
}

struct Roots {
    fs::path named;  // the folder of the path that was chosen
    fs::path real;   // the folder of the file behind it
};

std::optional<Roots> rootsOf(const fs::path& model) {
    std::error_code error;
    Roots roots;
    const auto absolute = fs::absolute(model, error);
    if (error) return {};
    roots.named = fs::canonical(absolute.parent_path(), error);
    if (error) return {};
    roots.real = fs::canonical(absolute, error).parent_path();
    if (error) roots.real = roots.named;
    return roots;
}

base::Result<std::shared_ptr<const base::FileMap>> open(Source& source, std::string_view location,
                                                        const std::byte* at) {
    const auto outside = [&](std::string_view why) {
        return source.error(
            at,
            "TensorProto.external_data: the location \"{}\" {}. Lathe reads only files in the "
            "folder of the model; put the file there.",
            shown(location), why);
    };
    if (source.path.empty())
        return source.error(
            at,
            "TensorProto.external_data: a model in memory cannot refer to the file \"{}\". Open it "
            "from its folder.",
            shown(location));
    const auto problem = textProblem(location);
    const auto roots = rootsOf(source.path);
    if (!roots) return outside("cannot be looked up");
    const bool mayLeave =
        !source.options.allowedFiles.empty() && location.find('\0') == std::string_view::npos;
    if (!problem.empty() && !mayLeave) return outside(problem);

    int failure = ENOENT;
    for (const auto& root : {roots->named, roots->real}) {
        // O_PATH finds the file without opening it: no device or pipe ever notices.
        const Descriptor found(::open((root / fs::path(location)).c_str(), O_PATH | O_CLOEXEC));
        if (found.get() < 0) {
            if (errno != ENOENT) failure = errno;
            continue;
        }
        struct stat info {};
        if (::fstat(found.get(), &info) != 0) return outside("cannot be looked at");
        if (S_ISDIR(info.st_mode)) return outside("names a folder");
        if (!S_ISREG(info.st_mode)) return outside("names a device or a pipe");
        std::error_code error;
        const auto real = fs::read_symlink(found.selfPath(), error);
        if (error) return outside("cannot be looked up");
        const auto& allowed = source.options.allowedFiles;
        const bool agreed = std::find(allowed.begin(), allowed.end(), real) != allowed.end();
        if (!agreed &&
            (!problem.empty() || (!isBeneath(real, roots->named) && !isBeneath(real, roots->real))))
            return outside(fmt::format("leads out of the folder, to {}", real.string()));
        auto map = base::FileMap::open(found.selfPath());
        if (!map)
            return source.error(at, "TensorProto.external_data: {} cannot be opened: {}", real.string(),
                                std::strerror(EACCES));
        source.externalPaths.push_back(real.string());
        return map;
    }
    if (failure != ENOENT) return outside(fmt::format("cannot be opened ({})", std::strerror(failure)));
    return source.error(
        at,
        "TensorProto.external_data: the file \"{}\" with the model's weights is missing. Copy it "
        "to {}.",
        shown(location), roots->named.string());
}

}  // namespace

base::Result<std::shared_ptr<const base::FileMap>> openExternal(Source& source, std::string_view location,
                                                                const std::byte* at) {
    if (const auto known = source.externalFiles.find(location); known != source.externalFiles.end())
        return known->second;
    auto map = open(source, location, at);
    if (map) source.externalFiles.emplace(location, *map);
    return map;
}

}  // namespace lathe::formats::onnx
