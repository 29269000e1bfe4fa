// A made-up tree of the kernel's files: a phone with three kinds of cores, sensors and a battery.
#pragma once

#include <filesystem>
#include <string>

namespace lathe::test {

// Owns a folder of its own under the system's temporary one.
class KernelTree {
  public:
    KernelTree();
    ~KernelTree();
    KernelTree(const KernelTree&) = delete;
    KernelTree& operator=(const KernelTree&) = delete;

    const std::filesystem::path& root() const { return m_root; }
    // "sys/class/thermal/thermal_zone0/temp"; replaced as a whole, so that nobody reads half of it.
    void write(const std::string& path, const std::string& text) const;
    // An executable shell script.
    void writeProgram(const std::string& path, const std::string& text) const;
    void remove(const std::string& path) const;

    // Four little, three middle and one big core; two zones at 31 and 33 degrees; a battery at 80 %.
    void makePhone() const;
    void setTemperature(double celsius) const;  // of the processor's zone

  private:
    std::filesystem::path m_root;
};

}  // namespace lathe::test
