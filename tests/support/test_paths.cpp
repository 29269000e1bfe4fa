#include "tests/support/test_paths.h"

#include <cstdlib>

namespace lathe::test {

std::filesystem::path sourceDir() { return LATHE_SOURCE_DIR; }
std::filesystem::path binaryDir() { return LATHE_BINARY_DIR; }

std::optional<std::filesystem::path> sharedDir() {
    const char* chosen = std::getenv("LATHE_SHARED_DIR");
    const std::filesystem::path path =
        chosen ? std::filesystem::path(chosen) : sourceDir().parent_path() / "shared";
    if (std::filesystem::is_directory(path / "models")) return path;
    return {};
}

TemporaryDir::TemporaryDir() {
    auto pattern = (std::filesystem::temp_directory_path() / "lathe-test-XXXXXX").string();
    m_path = ::mkdtemp(pattern.data());
}

TemporaryDir::~TemporaryDir() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

}  // namespace lathe::test
