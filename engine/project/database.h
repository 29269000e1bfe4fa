// SQLite behind values and RAII. Used by one thread at a time; errors name the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/progress.h"
#include "engine/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace lathe::project {

// One prepared statement, run again and again. Lives no longer than its database.
class Statement {
  public:
    Statement& bind(int64_t value);
    Statement& bind(std::string_view text);
    // The bytes must stay until the step.
    Statement& bind(std::span<const std::byte> bytes);

    // The next row: true, or false at the end, which also makes the statement ready for the next binding.
    base::Result<bool> step();
    // Runs a statement that gives no rows.
    base::Status run();

    int64_t integer(int column) const;
    std::string text(int column) const;
    // Valid until the next step.
    std::span<const std::byte> bytes(int column) const;

  private:
    friend class Database;
    struct Close {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Close> m_statement;
    sqlite3* m_database = nullptr;
    std::string m_where;
    int m_bound = 0;
};

class Database {
  public:
    // A new file; what is there is replaced. Not safe against crashes: write it aside and rename it.
    // `name` stands for it in messages.
    static base::Result<Database> create(const std::filesystem::path& path, std::string name);
    // Read-only, with the guards SQLite has for files from strangers. Queries stop when `progress` is
    // cancelled.
    static base::Result<Database> openForReading(const std::filesystem::path& path,
                                                 const base::Progress& progress);

    // An existing file, changed in place by transactions. One that a crash cut off is undone by whoever opens
    // the file next, so at every moment the file holds all of the old or all of the new. The same guards.
    static base::Result<Database> openForChanging(const std::filesystem::path& path,
                                                  const base::Progress& progress);
    // Undoes what a crash cut off, if there is such a thing. Reading needs this first: it cannot write.
    static base::Status repair(const std::filesystem::path& path);

    base::Status execute(const char* sql);
    base::Result<Statement> prepare(std::string_view sql);
    base::Result<int64_t> number(std::string_view sql);  // of the first column of the first row

  private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    base::Error error(std::string_view verb) const;
    static base::Result<Database> open(const std::filesystem::path& path, int flags, const char* settings,
                                       const base::Progress& progress);

    std::unique_ptr<base::Progress> m_progress;  // stays where it is when the database moves
    std::unique_ptr<sqlite3, Close> m_database;
    std::string m_path;
};

}  // namespace lathe::project
