#include "engine/project/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace lathe::project {
namespace {

constexpr int kWaitForOthers = 3000;  // milliseconds, while another program saves the same file

base::Error sqlError(const std::string& path, std::string_view verb, sqlite3* database) {
    const int code = database ? sqlite3_errcode(database) : SQLITE_NOMEM;
    if (code == SQLITE_INTERRUPT) return base::Error::cancelled();
    const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    const bool reading = database && sqlite3_extended_errcode(database) == SQLITE_IOERR_READ;
    std::string_view remedy;
    if (damaged) remedy = " Restore it from a copy.";
    // A full disk, a quota and a limit on file sizes look alike here.
    if (code == SQLITE_FULL || code == SQLITE_IOERR)
        remedy = reading ? " Check the disk." : " Free space or choose another folder.";
    if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM)
        remedy = " Check the path and the permissions.";
    if (code == SQLITE_BUSY) remedy = " Another program is using it; try again when that is done.";
    const std::string_view what = !database ? "not enough memory"
                                  : damaged ? "the file is damaged or is no workspace"
                                            : sqlite3_errmsg(database);
    return {fmt::format("{}: cannot {}: {}.{}", path, verb, what, remedy),
            damaged ? base::Error::Kind::badInput : base::Error::Kind::failed};
}

}  // namespace

void Statement::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Statement& Statement::bind(int64_t value) {
    sqlite3_bind_int64(m_statement.get(), ++m_bound, value);
    return *this;
}
Statement& Statement::bind(std::string_view text) {
    sqlite3_bind_text64(m_statement.get(), ++m_bound, text.data() ? text.data() : "", text.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}
Statement& Statement::bind(std::span<const std::byte> bytes) {
    if (bytes.empty())
        sqlite3_bind_zeroblob(m_statement.get(), ++m_bound, 0);
    else
        sqlite3_bind_blob64(m_statement.get(), ++m_bound, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
}

base::Result<bool> Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) return true;
    m_bound = 0;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    auto error = sqlError(m_where, "read or write it", m_database);
    sqlite3_reset(m_statement.get());
    return error;
}

base::Status Statement::run() {
    while (true) {
        const auto row = step();
        if (!row) return row.error();
        if (!*row) return {};
    }
}

int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
std::string Statement::text(int column) const {
    const auto* text = sqlite3_column_text(m_statement.get(), column);
    const auto size = static_cast<size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return text ? std::string(reinterpret_cast<const char*>(text), size) : std::string();
}
std::span<const std::byte> Statement::bytes(int column) const {
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    const auto size = static_cast<size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return {bytes, bytes ? size : 0};
}

base::Error Database::error(std::string_view verb) const { return sqlError(m_path, verb, m_database.get()); }

base::Result<Database> Database::create(const std::filesystem::path& path, std::string name) {
    Database result;
    result.m_path = std::move(name);
    sqlite3* database = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    result.m_database.reset(database);
    if (code != SQLITE_OK) return result.error("write it");
    // The file is renamed into place when it is complete, so SQLite's own journal would only cost.
    if (auto s =
            result.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE");
        !s)
        return s.error();
    return result;
}

base::Result<Database> Database::open(const std::filesystem::path& path, int flags, const char* settings,
                                      const base::Progress& progress) {
    Database result;
    result.m_path = path.string();
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
    result.m_database.reset(database);
    if (code != SQLITE_OK) return result.error("open it");
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_busy_timeout(database, kWaitForOthers);
    result.m_progress = std::make_unique<base::Progress>(progress);
    sqlite3_progress_handler(
        database, 10000,
        [](void* state) { return static_cast<const base::Progress*>(state)->cancelled() ? 1 : 0; },
        result.m_progress.get());
    if (auto s = result.execute(settings); !s) return s.error();
    return result;
}

base::Result<Database> Database::openForReading(const std::filesystem::path& path,
                                                const base::Progress& progress) {
    return open(path, SQLITE_OPEN_READONLY, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0", progress);
}

base::Result<Database> Database::openForChanging(const std::filesystem::path& path,
                                                 const base::Progress& progress) {
    return open(path, SQLITE_OPEN_READWRITE,
                "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA journal_mode=DELETE; "
                "PRAGMA synchronous=EXTRA",
                progress);
}

base::Status Database::repair(const std::filesystem::path& path) {
    auto journal = path;
    journal += "-journal";
    std::error_code missing;
    if (!std::filesystem::exists(journal, missing)) return {};
    auto database = openForChanging(path, {});
    if (!database) return database.error();
    const auto tables = database->number("SELECT count(*) FROM sqlite_master");
    return tables ? base::Status() : base::Status(tables.error());
}

base::Status Database::execute(const char* sql) {
    if (sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error("read or write it");
    return {};
}

base::Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
        SQLITE_OK)
        return error("read or write it");
    Statement result;
    result.m_statement.reset(statement);
    result.m_database = m_database.get();
    result.m_where = m_path;
    return result;
}

base::Result<int64_t> Database::number(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement) return statement.error();
    const auto row = statement->step();
    if (!row) return row.error();
    return *row ? statement->integer(0) : 0;
}

}  // namespace lathe::project
