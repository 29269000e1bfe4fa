#include "engine/remote/device_facts.h"

#include <map>

#include "engine/base/text.h"
#include "engine/remote/device_cores.h"

namespace lathe::remote {
namespace {

using Sections = std::map<std::string_view, std::string_view>;

Sections sectionsOf(std::string_view text) {
    Sections sections;
    constexpr std::string_view kMark = "\n== ";
    for (auto at = text.find(kMark); at != std::string_view::npos;) {
        const auto next = text.find(kMark, at + 1);
        const auto whole =
            text.substr(at + kMark.size(), next == std::string_view::npos ? next : next - at - kMark.size());
        const auto end = whole.find('\n');
        if (end != std::string_view::npos) sections[whole.substr(0, end)] = whole.substr(end + 1);
        at = next;
    }
    return sections;
}

std::optional<std::string> filled(std::string_view text) {
    text = base::trimmed(text);
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

// The value of a "KEY=VALUE" line, without quotation marks.
std::optional<std::string> setting(std::string_view section, std::string_view key) {
    for (auto line : base::split(section, '\n')) {
        line = base::trimmed(line);
        if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != '=') continue;
        auto value = line.substr(key.size() + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return filled(value);
    }
    return {};
}

std::optional<int64_t> integer(const std::optional<std::string>& text) {
    return text ? base::parseInteger(*text) : std::nullopt;
}

// Sizes in kilobytes stay below this, so that bytes can be counted.
constexpr int64_t kLargest = int64_t{1} << 50;

// The first whole number among the words of a text, when it can be a size.
std::optional<int64_t> firstNumber(std::string_view text) {
    for (const auto line : base::split(text, '\n'))
        for (const auto word : base::split(line, ' '))
            if (const auto number = base::parseInteger(base::trimmed(word)))
                return *number > 0 && *number < kLargest ? number : std::nullopt;
    return {};
}

// "MemTotal:  7812345 kB"
std::optional<uint64_t> memory(std::string_view section, std::string_view key) {
    for (const auto line : base::split(section, '\n'))
        if (line.starts_with(key))
            if (const auto number = firstNumber(line)) return static_cast<uint64_t>(*number) * 1024;
    return {};
}

// Two names in one, unless the second starts with the first: "Google Pixel 8", "Raspberry Pi".
std::optional<std::string> joined(const std::optional<std::string>& maker,
                                  const std::optional<std::string>& name) {
    if (!maker || !name || name->starts_with(*maker)) return name ? name : maker;
    return *maker + " " + *name;
}

std::optional<std::string> firstOf(std::initializer_list<std::optional<std::string>> texts) {
    for (const auto& text : texts)
        if (text) return text;
    return {};
}

std::vector<ThermalZone> thermalZones(std::string_view section) {
    std::vector<ThermalZone> zones;
    for (auto line : base::split(section, '\n')) {
        line = base::trimmed(line);
        const auto space = line.find(' ');
        if (space == std::string_view::npos) continue;
        const auto value = base::parseInteger(line.substr(0, space));
        if (!value) continue;
        // Thousandths of a degree. Sensors that are switched off say nonsense such as -273 degrees or zero.
        const double celsius = static_cast<double>(*value) / 1000;
        if (celsius <= -50 || celsius == 0 || celsius > 200) continue;
        zones.push_back({std::string(base::trimmed(line.substr(space))), celsius});
    }
    return zones;
}

// "  level: 80" of Android's battery service: the kernel's own files are closed to a phone's shell.
std::optional<int64_t> service(std::string_view section, std::string_view key) {
    for (auto line : base::split(section, '\n')) {
        line = base::trimmed(line);
        if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ':')
            return base::parseInteger(base::trimmed(line.substr(key.size() + 1)));
    }
    return {};
}

std::optional<std::string> serviceStatus(std::optional<int64_t> code) {
    constexpr std::string_view kStates[] = {"Charging", "Discharging", "Not charging", "Full"};
    if (!code || *code < 2 || *code > 5) return {};
    return std::string(kStates[*code - 2]);
}

std::optional<Battery> battery(std::string_view files, std::string_view dump) {
    Battery result;
    auto percent = integer(setting(files, "capacity"));
    if (!percent) percent = service(dump, "level");
    if (percent) result.percent = static_cast<int>(*percent);
    result.status = firstOf({setting(files, "status"), serviceStatus(service(dump, "status"))});
    auto tenths = integer(setting(files, "temp"));
    if (!tenths) tenths = service(dump, "temperature");
    if (tenths) result.celsius = static_cast<double>(*tenths) / 10;
    if (!result.percent && !result.status && !result.celsius) return {};
    return result;
}

// The column "available" of df's last line; a long device name may stand on a line of its own.
std::optional<uint64_t> freeDisk(std::string_view section) {
    std::vector<int64_t> numbers;
    bool heading = true;
    for (const auto line : base::split(section, '\n')) {
        if (!heading)
            for (const auto word : base::split(line, ' '))
                if (const auto number = base::parseInteger(word)) numbers.push_back(*number);
        heading = false;
    }
    if (numbers.size() < 3 || numbers[2] < 0 || numbers[2] >= kLargest) return {};
    return static_cast<uint64_t>(numbers[2]) * 1024;
}

}  // namespace

DeviceFacts parseFacts(std::string_view text) {
    auto sections = sectionsOf(text);
    const auto properties = sections["properties"];
    const auto cpuinfo = sections["cpuinfo"];
    DeviceFacts facts;
    const auto uname = base::split(base::trimmed(sections["uname"]), '\n');
    if (uname.size() == 3) {
        facts.system = filled(uname[0]);
        facts.kernel = filled(uname[1]);
        facts.abi = filled(uname[2]);
    }
    if (const auto release = setting(sections["release"], "PRETTY_NAME")) facts.system = release;
    if (const auto release = setting(properties, "ro.build.version.release"))
        facts.system = "Android " + *release;
    if (const auto abi = setting(properties, "ro.product.cpu.abi")) facts.abi = abi;
    // /proc/self/smaps counts in kB, getconf in bytes.
    if (const auto page = firstNumber(sections["page"]); page && *page < (1 << 20))
        facts.pageSize =
            static_cast<int>(sections["page"].find("kB") != std::string_view::npos ? *page * 1024 : *page);

    facts.model = firstOf(
        {joined(setting(properties, "ro.product.manufacturer"), setting(properties, "ro.product.model")),
         filled(sections["tree"]), filled(sections["board"])});
    facts.soc =
        firstOf({joined(setting(properties, "ro.soc.manufacturer"), setting(properties, "ro.soc.model")),
                 cpuinfoValue(cpuinfo, "Hardware"), setting(properties, "ro.board.platform"),
                 setting(properties, "ro.hardware"), cpuinfoValue(cpuinfo, "model name")});
    std::vector<Core> cores;
    for (const auto line : base::split(sections["cores"], '\n'))
        if (auto core = parseCore(line)) cores.push_back(std::move(*core));
    facts.clusters = clustersOf(cores);
    const int count = cores.empty() ? processorCount(cpuinfo) : static_cast<int>(cores.size());
    if (count > 0) facts.cores = count;
    facts.instructionSets = instructionSetsOf(cpuinfo);
    facts.memoryBytes = memory(sections["memory"], "MemTotal:");
    facts.availableMemoryBytes = memory(sections["memory"], "MemAvailable:");
    facts.freeDiskBytes = freeDisk(sections["disk"]);
    facts.thermalZones = thermalZones(sections["thermal"]);
    facts.battery = battery(sections["battery"], sections["service"]);
    facts.emulated =
        setting(properties, "ro.kernel.qemu") == "1" || setting(properties, "ro.boot.qemu") == "1";
    return facts;
}

}  // namespace lathe::remote
