"""The inside of the simulated phone: a file tree to chroot into, and a small model of heat and battery that keeps the
files under /sys up to date. /proc is the real one with a few files replaced."""
import os
import shutil
import signal
import subprocess
import threading
import time

import rig_mounts

APPLETS = """cat chmod cp date dd df du false find free grep head id kill ls md5sum mkdir mktemp mv nproc printf ps rm sha256sum
sleep stat sync tail touch tr true uptime wc""".split()

# Programs that start others: busybox would run its own shell and never look at the preloaded library.
STARTERS = ["setsid", "taskset"]

# name, part number, cores, frequencies in kHz, capacity
CLUSTERS = [
    ("little", 0xD46, [0, 1, 2, 3], [300000, 1000000, 1700000], 180),
    ("middle", 0xD4D, [4, 5, 6], [400000, 1300000, 2370000], 620),
    ("big", 0xD4E, [7], [500000, 1800000, 2910000], 1024),
]
ZONES = [("cpu-little", 0), ("cpu-mid", 1.5), ("cpu-big", 3), ("gpu", 0.5), ("skin", -3), ("battery", -4)]
FEATURES = ("fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp i8mm bf16")
PROPERTIES = {
    "ro.product.manufacturer": "Simulated", "ro.product.model": "SimPhone 8", "ro.product.device": "simphone",
    "ro.product.name": "simphone", "ro.soc.manufacturer": "SimSilicon", "ro.soc.model": "SM-1",
    "ro.build.version.release": "14", "ro.build.version.sdk": "34", "ro.product.cpu.abi": "arm64-v8a",
    "ro.product.cpu.abilist": "arm64-v8a", "ro.product.cpu.abilist64": "arm64-v8a",
    "ro.hardware": "simphone", "ro.kernel.qemu": "1",
}
KERNEL = "5.15.123-android14-11-sim"


class PhoneModel:
    def __init__(self, root, serial, data_megabytes, shim):
        self.root = root
        self.properties = PROPERTIES | {"ro.serialno": serial}
        self.temperature = 31.0
        self.ambient = 28.0
        self.forced_temperature = None
        self.battery_level = 80
        self.battery_status = "Discharging"
        self.processes = set()
        self.lock = threading.Lock()
        self._build_tools(shim)
        self._build_kernel_files()
        self._mount(data_megabytes)
        self.tick(0)

    # ---- files

    def _write(self, path, text, mode=0o644):
        path = self.root + path
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path + ".new", mode)
        os.rename(path + ".new", path)

    def _copy(self, source, target):
        os.makedirs(os.path.dirname(self.root + target), exist_ok=True)
        shutil.copy2(os.path.realpath(source), self.root + target)

    def _copy_program(self, source, target):
        """With the libraries it needs."""
        self._copy(source, target)
        for word in subprocess.run(["ldd", source], capture_output=True, text=True, check=True).stdout.split():
            if word.startswith("/"):
                self._copy(word, word)

    def _build_tools(self, shim):
        # There is no /tmp on a phone, so there is none here.
        for folder in ("data", "sdcard", "dev", "proc", "system/bin", ".sim"):
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)
        self._copy("/bin/busybox", "/.sim/busybox")
        self._copy_program("/bin/dash", "/system/bin/sh")
        for name in STARTERS:
            self._copy_program(shutil.which(name), "/system/bin/" + name)
        self.emulator = shutil.which("qemu-aarch64-static")
        self.environment = {"PATH": "/system/bin", "HOME": "/", "ANDROID_DATA": "/data", "ANDROID_ROOT": "/system"}
        if self.emulator and shim:
            self._copy(self.emulator, "/.sim/qemu")
            self._copy(shim, "/.sim/shim.so")
            self.environment["LD_PRELOAD"] = "/.sim/shim.so"
        for name in APPLETS:
            os.symlink("/.sim/busybox", f"{self.root}/system/bin/{name}")
        self._write("/.sim/properties", "".join(f"[{k}]: [{v}]\n" for k, v in sorted(self.properties.items())))
        self._write("/system/bin/getprop", """#!/system/bin/sh
[ $# = 0 ] && exec cat /.sim/properties
while IFS= read -r line; do
  case "$line" in "[$1]: ["*) value=${line#*: [}; echo "${value%]}"; exit 0;; esac
done < /.sim/properties
echo "${2-}"
""", 0o755)
        self._write("/system/bin/uname", f"""#!/system/bin/sh
case "$1" in -m) echo aarch64;; -r) echo {KERNEL};; *) echo Linux;; esac
""", 0o755)
        self._write("/system/bin/dumpsys", """#!/system/bin/sh
case "$1" in battery|thermalservice) exec cat "/.sim/dumpsys_$1";; *) echo "Can't find service: $1";; esac
""", 0o755)
        self._write("/system/bin/settings", """#!/system/bin/sh
[ "$1 $2 $3" = "get global low_power" ] && echo 0 || echo null
""", 0o755)

    def _build_kernel_files(self):
        cores = []
        for _, part, numbers, frequencies, capacity in CLUSTERS:
            for core in numbers:
                cores.append(f"processor\t: {core}\nBogoMIPS\t: 38.40\nFeatures\t: {FEATURES}\nCPU implementer\t: 0x41\n"
                             f"CPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: {part:#x}\nCPU revision\t: 0\n")
                folder = f"/sys/devices/system/cpu/cpu{core}"
                self._write(folder + "/cpu_capacity", f"{capacity}\n")
                self._write(folder + "/online", "1\n")
                for name, text in (("scaling_governor", "schedutil"), ("cpuinfo_min_freq", frequencies[0]),
                                   ("cpuinfo_max_freq", frequencies[-1]), ("scaling_min_freq", frequencies[0]),
                                   ("related_cpus", " ".join(map(str, numbers))),
                                   ("scaling_available_frequencies", " ".join(map(str, frequencies)))):
                    self._write(f"{folder}/cpufreq/{name}", f"{text}\n")
        for name in ("possible", "present", "online"):
            self._write("/sys/devices/system/cpu/" + name, f"0-{len(cores) - 1}\n")
        self._write("/.sim/cpuinfo", "\n".join(cores) + "\nHardware\t: SimSilicon SM-1\n")
        self._write("/.sim/meminfo", "MemTotal:        7812345 kB\nMemFree:          912345 kB\n"
                                     "MemAvailable:    3912345 kB\nSwapTotal:       4194300 kB\n")
        self._write("/.sim/version", f"Linux version {KERNEL} (sim@sim) #1 SMP PREEMPT\n")
        for number, (name, _) in enumerate(ZONES):
            self._write(f"/sys/class/thermal/thermal_zone{number}/type", name + "\n")

    def _mount(self, data_megabytes):
        rig_mounts.mount_proc(self.root + "/proc")
        for name in ("cpuinfo", "meminfo", "version"):
            rig_mounts.bind(f"{self.root}/.sim/{name}", f"{self.root}/proc/{name}")
        for name in ("null", "zero", "urandom"):
            open(f"{self.root}/dev/{name}", "a", encoding="utf-8").close()
            rig_mounts.bind(f"/dev/{name}", f"{self.root}/dev/{name}")
        # A disk of its own size, so that it really gets full.
        rig_mounts.mount_memory(self.root + "/data", data_megabytes)
        os.makedirs(self.root + "/data/local/tmp")

    def fill(self, on):
        """Takes all free space of /data, also what others free later, or gives it back."""
        path = self.root + "/data/filler"
        self.filling = on
        if not on:
            self.filler.join()
            os.unlink(path)
            return
        full = threading.Event()
        self.filler = threading.Thread(target=self._take, args=(path, full), daemon=True)
        self.filler.start()
        full.wait()

    def _take(self, path, full):
        with open(path, "wb", buffering=0) as file:
            while self.filling:
                try:
                    file.write(bytes(4096))
                except OSError:
                    full.set()
                    time.sleep(0.01)

    def files(self):
        """Everything under the shell's folder."""
        top = self.root + "/data/local/tmp"
        return sorted(os.path.relpath(os.path.join(folder, name), top)
                      for folder, folders, names in os.walk(top) for name in folders + names)

    # ---- heat and battery

    def _limit(self, cluster):
        frequencies = CLUSTERS[cluster][3]
        if cluster == 0 or self.temperature < 42:
            return frequencies[-1]
        return frequencies[1] if self.temperature < 50 else frequencies[0]

    def tick(self, seconds):
        with self.lock:
            busy = sum(process.poll() is None for process in self.processes)
            if self.forced_temperature is not None:
                self.temperature = self.forced_temperature
            else:
                self.temperature += seconds * (0.9 * busy - 0.06 * (self.temperature - self.ambient))
            for number, (_, _, cores, frequencies, _) in enumerate(CLUSTERS):
                limit = self._limit(number)
                for core in cores:
                    folder = f"/sys/devices/system/cpu/cpu{core}/cpufreq/"
                    self._write(folder + "scaling_max_freq", f"{limit}\n")
                    self._write(folder + "scaling_cur_freq", f"{limit if busy else frequencies[0]}\n")
            for number, (_, offset) in enumerate(ZONES):
                self._write(f"/sys/class/thermal/thermal_zone{number}/temp", f"{int((self.temperature + offset) * 1000)}\n")
            status = sum(self.temperature >= bound for bound in (42, 46, 50))
            battery_temperature = int((self.temperature - 4) * 10)
            for name, value in (("capacity", self.battery_level), ("status", self.battery_status),
                                ("temp", battery_temperature), ("type", "Battery"),
                                ("current_now", -350000 - 900000 * busy), ("voltage_now", 3900000)):
                self._write("/sys/class/power_supply/battery/" + name, f"{value}\n")
            self._write("/.sim/dumpsys_battery", f"Current Battery Service state:\n  level: {self.battery_level}\n"
                                                 f"  scale: 100\n  temperature: {battery_temperature}\n")
            self._write("/.sim/dumpsys_thermalservice", f"IsStatusOverride: false\nThermal Status: {status}\n")

    # ---- programs

    def start(self, command, **streams):
        root = self.root

        def enter():
            os.setsid()
            os.chroot(root)
            os.chdir("/")

        process = subprocess.Popen(["sh", "-c", command] if command else ["sh", "-i"], executable="/system/bin/sh",
                                   preexec_fn=enter, env=self.environment, close_fds=True, **streams)
        with self.lock:
            self.processes.add(process)
        return process

    def end(self, process, how=signal.SIGHUP):
        if process.poll() is None:
            try:
                os.killpg(process.pid, how)
            except ProcessLookupError:
                pass

    def forget(self, process):
        process.wait()
        with self.lock:
            self.processes.discard(process)

    def end_all(self):
        with self.lock:
            left = list(self.processes)
        for process in left:
            self.end(process, signal.SIGKILL)
