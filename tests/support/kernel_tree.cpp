#include "tests/support/kernel_tree.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <fstream>
#include <tuple>

namespace lathe::test {

namespace fs = std::filesystem;

KernelTree::KernelTree() {
    auto name = (fs::temp_directory_path() / "lathe_kernel_XXXXXX").string();
    m_root = ::mkdtemp(name.data());
}

KernelTree::~KernelTree() {
    std::error_code ignored;
    fs::remove_all(m_root, ignored);
}

void KernelTree::write(const std::string& path, const std::string& text) const {
    const auto file = m_root / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file.string() + ".new") << text;
    fs::rename(file.string() + ".new", file);
}

void KernelTree::writeProgram(const std::string& path, const std::string& text) const {
    write(path, "#!/bin/sh\n" + text);
    fs::permissions(m_root / path, fs::perms::owner_all);
}

void KernelTree::remove(const std::string& path) const { fs::remove_all(m_root / path); }

void KernelTree::makePhone() const {
    for (const auto& [first, last, capacity, most] :
         {std::tuple{0, 3, 180, 1700000}, {4, 6, 620, 2370000}, {7, 7, 1024, 2910000}})
        for (int core = first; core <= last; ++core) {
            const auto folder = fmt::format("sys/devices/system/cpu/cpu{}/", core);
            write(folder + "cpu_capacity", fmt::format("{}\n", capacity));
            for (const auto* name : {"cpuinfo_max_freq", "scaling_max_freq", "scaling_cur_freq"})
                write(folder + "cpufreq/" + name, fmt::format("{}\n", most));
            write(folder + "cpufreq/scaling_governor", "schedutil\n");
        }
    write("sys/devices/system/cpu/online", "0-7\n");
    write("sys/class/thermal/thermal_zone0/type", "cpu-big\n");
    setTemperature(33);
    write("sys/class/thermal/thermal_zone1/type", "skin\n");
    write("sys/class/thermal/thermal_zone1/temp", "31000\n");
    write("sys/class/thermal/thermal_zone2/type", "switched-off\n");
    write("sys/class/thermal/thermal_zone2/temp", "-274000\n");
    const std::string battery = "sys/class/power_supply/battery/";
    write(battery + "type", "Battery\n");
    write(battery + "capacity", "80\n");
    write(battery + "status", "Discharging\n");
    write(battery + "temp", "275\n");
    write(battery + "current_now", "-500000\n");
    write(battery + "voltage_now", "4000000\n");
}

void KernelTree::setTemperature(double celsius) const {
    write("sys/class/thermal/thermal_zone0/temp", fmt::format("{:.0f}\n", celsius * 1000));
}

}  // namespace lathe::test
