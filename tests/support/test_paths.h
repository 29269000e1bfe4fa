// Where tests find their data: files of the repository, optional shared models, and a folder that cleans
// itself up.
#pragma once

#include <filesystem>
#include <optional>

namespace lathe::test {

std::filesystem::path sourceDir();
// Where this build lies.
std::filesystem::path binaryDir();
// The folder with real models and datasets beside the checkout (or LATHE_SHARED_DIR); nothing when it is not
// there. Tests that need it skip with kNoShared.
std::optional<std::filesystem::path> sharedDir();
inline constexpr const char* kNoShared =
    "needs the shared models folder beside the checkout (see README, Tests)";

class TemporaryDir {
  public:
    TemporaryDir();
    ~TemporaryDir();
    TemporaryDir(const TemporaryDir&) = delete;
    TemporaryDir& operator=(const TemporaryDir&) = delete;
    const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

}  // namespace lathe::test
