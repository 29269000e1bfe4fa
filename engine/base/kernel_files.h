// Small files by which the kernel tells how the computer is (/sys, /proc). A file that is missing, closed to
// us or empty gives nothing, never a zero.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lathe::base {

// All of it, also of a file that tells no size; empty when it cannot be read.
std::string kernelFile(const std::filesystem::path& path);
// The first line without spaces around it.
std::optional<std::string> kernelText(const std::filesystem::path& path);
std::optional<int64_t> kernelInteger(const std::filesystem::path& path);

}  // namespace lathe::base
