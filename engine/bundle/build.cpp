#include "engine/bundle/build.h"

#include <fmt/format.h>

#include <array>
#include <thread>

#include "engine/base/find_program.h"
#include "engine/base/process.h"
#include "engine/base/text.h"

namespace lathe::bundle {
namespace {

namespace fs = std::filesystem;

struct Facts {
    std::string_view name, compiler, package;
};
constexpr std::array<Facts, 2> kTargets = {
    Facts{"x86_64", "g++", "g++"}, Facts{"aarch64", "aarch64-linux-gnu-g++", "g++-aarch64-linux-gnu"}};
const Facts& factsOf(Target target) { return kTargets[static_cast<size_t>(target)]; }

#if defined(__aarch64__)
constexpr auto kHere = Target::aarch64;
#else
constexpr auto kHere = Target::x86_64;
#endif

// By its own name on a computer of that kind.
std::string compilerOf(Target target) {
    return target == kHere ? "g++" : std::string(factsOf(target).compiler);
}

// The last lines, for a message.
std::string ending(const std::string& text) {
    constexpr size_t kLines = 12;
    size_t at = text.size();
    for (size_t i = 0; i <= kLines && at != std::string::npos && at > 0; ++i) at = text.rfind('\n', at - 1);
    return text.substr(at == std::string::npos ? 0 : at);
}

// CMake says "[ 42%]", Ninja "[42/100]".
void reportStep(const std::string& text, const base::Progress& progress) {
    const auto open = text.rfind("\n[");
    const auto close = open == std::string::npos ? open : text.find(']', open);
    if (close == std::string::npos) return;
    const auto inside = text.substr(open + 2, close - open - 2);
    if (const auto percent = base::parseInteger(base::trimmed(inside.substr(0, inside.find('%')))))
        return progress.report(static_cast<double>(*percent) / 100, "Building");
    const auto slash = inside.find('/');
    if (slash == std::string::npos) return;
    const auto done = base::parseInteger(inside.substr(0, slash)),
               all = base::parseInteger(inside.substr(slash + 1));
    if (done && all && *all > 0)
        progress.report(static_cast<double>(*done) / static_cast<double>(*all), "Building");
}

base::Status run(std::vector<std::string> arguments, const base::Progress& progress) {
    constexpr auto kLook = std::chrono::milliseconds(500);
    const auto name = arguments[0];
    auto process = base::Process::start({.arguments = std::move(arguments)});
    if (!process) return process.error();
    (*process)->closeInput();
    std::string said;
    for (auto io = base::Process::Io::ready; io != base::Process::Io::ended;) {
        io = (*process)->read(&said, &said, base::deadlineIn(kLook), progress);
        if (io == base::Process::Io::cancelled) return base::Error::cancelled();
        reportStep(said, progress);
    }
    while ((*process)->wait(base::deadlineIn(kLook), progress) == base::Process::Io::timedOut) continue;
    const auto exit = (*process)->exit();
    if (progress.cancelled()) return base::Error::cancelled();
    if (exit && exit->success()) return {};
    return base::Error{fmt::format("{} failed:{}", name, ending(said))};
}

// Removed unless it was kept.
struct BuildFolder {
    fs::path path;
    bool keep = false;
    ~BuildFolder() {
        std::error_code ignored;
        if (!keep) fs::remove_all(path, ignored);
    }
};

}  // namespace

base::Result<Target> targetNamed(std::string_view name) {
    if (name.empty()) return kHere;
    for (size_t i = 0; i < kTargets.size(); ++i)
        if (kTargets[i].name == name) return static_cast<Target>(i);
    return base::Error{fmt::format("There is no target {}. There are: x86_64, aarch64.", name),
                       base::Error::Kind::usage};
}

base::Status canBuild(Target target) {
    const auto compiler = compilerOf(target);
    if (!base::findProgram("cmake"))
        return base::Error{
            "CMake is not installed, so nothing can be built here. Install the package cmake."};
    if (!base::findProgram(compiler))
        return base::Error{fmt::format("The compiler {} is not installed. Install the package {}.", compiler,
                                       target == kHere ? "g++" : factsOf(target).package)};
    return {};
}

base::Result<fs::path> build(const fs::path& folder, const std::string& program, Target target,
                             const base::Progress& progress) {
    if (auto status = canBuild(target); !status) return status.error();
    BuildFolder place{folder / fmt::format("build-{}", factsOf(target).name)};
    std::vector<std::string> configure{"cmake", "-S", folder.string(), "-B", place.path.string()};
    if (base::findProgram("ninja")) configure.insert(configure.end(), {"-G", "Ninja"});
    if (target != kHere)
        configure.push_back("-DCMAKE_TOOLCHAIN_FILE=" +
                            fs::absolute(folder / "cmake/aarch64-linux-gnu.cmake").string());
    progress.report(0, "Configuring");
    if (auto status = run(std::move(configure), progress.part(0, 0.05)); !status) return status.error();
    const auto jobs = std::to_string(std::max(1u, std::thread::hardware_concurrency()));
    if (auto status =
            run({"cmake", "--build", place.path.string(), "--parallel", jobs}, progress.part(0.05, 1));
        !status)
        return status.error();
    place.keep = true;
    return place.path / program;
}

}  // namespace lathe::bundle
