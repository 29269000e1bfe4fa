// Content by SHA-256 in a workspace file: each piece once, however many variants use it.
#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/project/database.h"

namespace lathe::project {

// Used by one thread, no longer than its database.
class ContentStore {
  public:
    // Knows what the file holds already.
    static base::Result<ContentStore> open(Database& database);

    bool has(const std::string& sha256) const { return m_stored.contains(sha256); }
    // Stores bytes under their name, which the caller computed, unless they are stored already.
    base::Status put(const std::string& sha256, std::span<const std::byte> bytes);
    // What a save mentions stays; removeOthers() removes the rest.
    void use(const std::string& sha256) { m_used.insert(sha256); }
    base::Status removeOthers();

    // The bytes. An error names the offset of the first block that is not what was stored.
    base::Result<std::shared_ptr<const std::vector<std::byte>>> get(const std::string& sha256);

  private:
    explicit ContentStore(Database& database) : m_database(&database) {}

    Database* m_database;
    std::unordered_set<std::string> m_stored;
    std::unordered_set<std::string> m_used;
    std::unordered_map<std::string, std::weak_ptr<const std::vector<std::byte>>> m_loaded;
};

}  // namespace lathe::project
