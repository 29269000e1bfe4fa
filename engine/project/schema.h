// The tables of a workspace file. Version first: files of every earlier version must open forever.
#pragma once

namespace lathe::project {

inline constexpr int kApplicationId = 0x4c415448;  // "LATH", in SQLite's header
inline constexpr int kSchemaVersion = 1;

// Content (graphs, weights) is stored once by the SHA-256 of its bytes, in parts below SQLite's limit for one
// value. Measurements are JSON: `kind` is profile, evaluation or comparison; `other` is the second variant of
// a comparison, else 0.
inline constexpr const char* kSchema = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE contents(sha256 TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE(sha256, part));
CREATE TABLE sources(id INTEGER PRIMARY KEY, path TEXT NOT NULL, relative TEXT NOT NULL, size INTEGER NOT NULL,
    sha256 TEXT NOT NULL);
CREATE TABLE variants(position INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, parent INTEGER NOT NULL,
    name TEXT NOT NULL, notes TEXT NOT NULL, step TEXT NOT NULL, report TEXT NOT NULL,
    file_bytes INTEGER NOT NULL, source INTEGER NOT NULL, graph TEXT NOT NULL);
CREATE TABLE datasets(position INTEGER PRIMARY KEY, entry TEXT NOT NULL);
CREATE TABLE measurements(position INTEGER PRIMARY KEY, kind TEXT NOT NULL, variant INTEGER NOT NULL,
    other INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)";

}  // namespace lathe::project
