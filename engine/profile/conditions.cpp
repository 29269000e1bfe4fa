#include "engine/profile/conditions.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#include "engine/base/kernel_files.h"
#include "engine/base/text.h"

namespace lathe::profile {
namespace {

// The text behind "key :" in a file of such lines.
std::string fieldOf(const char* path, std::string_view key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.rfind(key, 0) != 0) continue;
        const auto colon = line.find(':');
        if (colon != std::string::npos)
            return std::string(base::trimmed(std::string_view(line).substr(colon + 1)));
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
    result.startedAt = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
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
    std::ofstream file("/proc/self/clear_refs");
    file << '5';
}

}  // namespace lathe::profile
