// The file that becomes a workspace file: written beside it as .NAME.XXXXXX.part and renamed over it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/result.h"

namespace lathe::project {

// Removed again unless commit() was called. What killed programs left of the same target is removed too; a
// lock that dies with its program tells those from files that are being written.
class PartFile {
  public:
    static base::Result<std::unique_ptr<PartFile>> create(const std::filesystem::path& target);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const std::string& path() const { return m_part; }
    // Flushes the file to the disk, renames it over the target and flushes the folder.
    base::Status commit();

  private:
    PartFile(int descriptor, std::string part, std::filesystem::path target)
        : m_descriptor(descriptor), m_part(std::move(part)), m_target(std::move(target)) {}

    int m_descriptor;
    std::string m_part;
    std::filesystem::path m_target;
};

}  // namespace lathe::project
