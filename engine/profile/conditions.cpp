#include "engine/profile/conditions.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "engine/base/kernel_files.h"
#include "engine/base/text.h"
#include "engine/profile/input_shapes.h"

namespace lathe::profile {
namespace {

// By hand: <fmt/chrono.h> would bring the locales of the C++ library along, half a megabyte of a static
// agent, and strftime the rules of time zones.
std::string nowInWords() {
    using namespace std::chrono;
    const auto now = floor<seconds>(system_clock::now());
    const year_month_day day(floor<days>(now));
    const hh_mm_ss time(now - floor<days>(now));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

// The text behind "key :" in a file of such lines.
std::string fieldOf(const char* path, std::string_view key) {
    const auto text = base::kernelFile(path);
    for (const auto line : base::split(text, '\n')) {
        const auto colon = line.find(':');
        if (line.starts_with(key) && colon != std::string_view::npos)
            return std::string(base::trimmed(line.substr(colon + 1)));
    }
    return {};
}

}  // namespace

Conditions conditionsHere(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs) {
    Conditions result;
    result.processor = fieldOf("/proc/cpuinfo", "model name");
    // Arm's kernels leave the name to the board.
    if (result.processor.empty()) result.processor = fieldOf("/proc/cpuinfo", "Hardware");
    if (result.processor.empty())
        result.processor = base::kernelText("/proc/device-tree/model").value_or(std::string());
    std::erase(result.processor, '\0');
    result.latheVersion = LATHE_VERSION;
    result.startedAt = nowInWords();
    double load[1] = {0};
    if (getloadavg(load, 1) == 1) result.loadAverage = load[0];
    result.inputShapes = inputShapes(graph, inputs);
    return result;
}

uint64_t peakResidentBytes() {
    const auto text = fieldOf("/proc/self/status", "VmHWM");
    return std::strtoull(text.c_str(), nullptr, 10) * 1024;
}

uint64_t residentBytes() {
    const auto text = fieldOf("/proc/self/status", "VmRSS");
    return std::strtoull(text.c_str(), nullptr, 10) * 1024;
}

void forgetPeak() {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/clear_refs", "we"),
                                                               std::fclose);
    if (file) std::fputc('5', file.get());
}

}  // namespace lathe::profile
