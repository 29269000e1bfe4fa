// The script that asks a device: sections of plain kernel texts, so that all reading is done and tested here.
#include <algorithm>

#include "engine/remote/device_facts.h"

namespace lathe::remote {
namespace {

// Shell builtins where possible: a phone starts programs slowly, and some lack all but a few.
constexpr const char* kScript = R"sh(exec 2>/dev/null
value() { v=; [ -r "$1" ] && read -r v < "$1"; printf '%s' "$v"; }
section() { printf '\n== %s\n' "$1"; }
section uname; uname -s; uname -r; uname -m
section page; getconf PAGESIZE || grep -m 1 KernelPageSize /proc/self/smaps
if command -v getprop >/dev/null; then
  section properties
  for name in ro.product.manufacturer ro.product.model ro.soc.manufacturer ro.soc.model ro.board.platform ro.hardware \
      ro.product.cpu.abi ro.build.version.release ro.kernel.qemu ro.boot.qemu; do
    echo "$name=$(getprop $name)"
  done
fi
section release; cat /etc/os-release
section tree; tr '\0' '\n' < /proc/device-tree/model
section board; value /sys/class/dmi/id/product_name
section cpuinfo; cat /proc/cpuinfo
section cores
for core in /sys/devices/system/cpu/cpu[0-9]*; do
  printf '%s capacity=%s max=%s governor=%s\n' "${core##*/cpu}" "$(value $core/cpu_capacity)" \
    "$(value $core/cpufreq/cpuinfo_max_freq)" "$(value $core/cpufreq/scaling_governor)"
done
section memory; grep -E '^Mem(Total|Available):' /proc/meminfo
section thermal
for zone in /sys/class/thermal/thermal_zone*; do
  [ -d "$zone" ] && printf '%s %s\n' "$(value $zone/temp)" "$(value $zone/type)"
done
section battery
for supply in /sys/class/power_supply/*; do
  [ "$(value $supply/type)" = Battery ] || continue
  for name in capacity status temp; do echo "$name=$(value $supply/$name)"; done
  break
done
if command -v dumpsys >/dev/null; then section service; dumpsys battery; fi
section disk; df -k )sh";

}  // namespace

std::string factsScript(const std::string& folder) { return kScript + shellWord(folder) + "\n"; }

Outcome<DeviceFacts> readFacts(Connection& connection, base::Deadline deadline,
                               const base::Progress& progress) {
    const auto answer = connection.run(script(factsScript(connection.sessionFolder())), deadline, progress);
    if (!answer) return answer.failure();
    auto facts = parseFacts(answer->output);
    const auto& prefix = connection.address().runPrefix;
    facts.emulated = facts.emulated || std::any_of(prefix.begin(), prefix.end(), [](const std::string& word) {
                         return word.find("qemu-") != std::string::npos;
                     });
    return facts;
}

}  // namespace lathe::remote
