#include "engine/profile/conditions.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>

#include "engine/base/kernel_files.h"
#include "engine/base/text.h"

namespace lathe::profile {
namespace {

// By hand: <fmt/chrono.h> would bring the locales of the C++ library along, half a megabyte of a static
// agent.
std::string nowInWords() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text;
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
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
    const auto ports = graph.inputs();
    for (size_t i = 0; i < inputs.size() && i < ports.size(); ++i) {
        const auto* tensor = inputs[i].tensor();
        if (!tensor) continue;
        if (!result.inputShapes.empty()) result.inputShapes += ", ";
        result.inputShapes += fmt::format("{} {}", graph.value(ports[i]).name(),
                                          tensor::toString(tensor->type(), tensor->shape()));
    }
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
