// What a verb prints: text for a person or JSON for a program, progress on a terminal, errors with a remedy.
#pragma once

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::cli {

// Writes to standard error. Never throws: where it is closed or full the text is lost, and the command goes
// on. Any thread.
void toStandardError(std::string_view text);

// Used by the main thread. Text and JSON go to standard output, progress and errors to standard error.
class Output {
  public:
    explicit Output(bool json) : m_json(json) {}

    bool json() const { return m_json; }
    void line(std::string_view text) const;         // nothing in JSON mode
    void result(const nlohmann::json& json) const;  // nothing in text mode
    // Prints the error and returns the exit code for it.
    int fail(const base::Error& error) const;

    // Aligned columns; numeric columns (every cell a number or -) to the right.
    void table(const std::vector<std::string>& header,
               const std::vector<std::vector<std::string>>& rows) const;

  private:
    bool m_json;
};

// Draws a bar on standard error while it lives, when that is a terminal. Ctrl+C, SIGTERM and SIGHUP cancel
// the progress, and that of every later bar: a command runs once. The second signal, and one that comes while
// there is no bar, ends the program.
class ProgressBar {
  public:
    ProgressBar(const base::Progress& progress, std::string title);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

  private:
    void draw();

    base::Progress m_progress;
    std::string m_title;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_done = false;  // guarded by the mutex
    std::thread m_thread;
};

}  // namespace lathe::cli
