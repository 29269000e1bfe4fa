// The tables of a workspace file. The version comes first: a file of another version is told by name.
#pragma once

namespace lathe::project {

inline constexpr int kApplicationId = 0x4c415448;  // "LATH", in SQLite's header
inline constexpr int kSchemaVersion = 2;

// Content (graphs, weights, measurements) is stored once by the SHA-256 of its bytes, in parts below SQLite's
// limit for one value, with the checks that tell where a damaged part is damaged. A measurement's content is
// JSON: `kind` is profile, evaluation or comparison; `other` is the second variant of a comparison, else 0.
// A source is a model file that variants take weights from; source_files are the files it needs, itself
// first.
inline constexpr const char* kSchema = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE contents(sha256 TEXT NOT NULL, part INTEGER NOT NULL, checks BLOB NOT NULL, bytes BLOB NOT NULL,
    UNIQUE(sha256, part));
CREATE TABLE source_files(source INTEGER NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL,
    relative TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY(source, position));
CREATE TABLE variants(position INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, parent INTEGER NOT NULL,
    name TEXT NOT NULL, notes TEXT NOT NULL, step TEXT NOT NULL, report TEXT NOT NULL,
    file_bytes INTEGER NOT NULL, source INTEGER NOT NULL, graph TEXT NOT NULL);
CREATE TABLE datasets(position INTEGER PRIMARY KEY, entry TEXT NOT NULL);
CREATE TABLE measurements(position INTEGER PRIMARY KEY, kind TEXT NOT NULL, variant INTEGER NOT NULL,
    other INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)";

}  // namespace lathe::project
