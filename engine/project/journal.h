// An append-only file of records beside a workspace, NAME.lathe.journal: what was done since the last save,
// so that it can be done again after a crash.
//
// Each record is its size and CRC-32, both 4 bytes little-endian, and its bytes. A record is on the disk when
// append returns; one that a crash cut off is noticed and left away.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lathe::project {

// Used by one thread.
class Journal {
  public:
    static std::filesystem::path pathFor(const std::filesystem::path& workspace);
    // Starts an empty journal; records that are there are dropped, so recover first.
    static base::Result<std::unique_ptr<Journal>> start(const std::filesystem::path& path);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    base::Status append(std::string_view record);
    // After the workspace was saved: forgets the records.
    base::Status clear();

    struct Recovered {
        std::vector<std::string> records;
        bool complete = true;  // false: the last record was cut off or damaged, and left away
    };
    // The records of an earlier run; none when there is no such file.
    static base::Result<Recovered> recover(const std::filesystem::path& path);

  private:
    Journal() = default;
    std::filesystem::path m_path;
    int m_descriptor = -1;
};

}  // namespace lathe::project
