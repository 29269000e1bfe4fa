#include "app/cli/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "app/cli/verb.h"

namespace lathe::cli {
namespace {

// Set by the signal handler, read by the bar's thread, which then cancels the progress. Never reset: what
// was asked for while one bar went and the next came holds for the rest of the command.
volatile std::sig_atomic_t s_interrupted = 0;
std::atomic<int> s_bars = 0;
static_assert(std::atomic<int>::is_always_lock_free, "read by a signal handler");

void onSignal(int signal) {
    if (s_interrupted || s_bars == 0) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
    s_interrupted = 1;
}

void watchSignals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        // What starts the program may have chosen to ignore one, such as nohup.
        if (std::signal(signal, onSignal) == SIG_IGN) std::signal(signal, SIG_IGN);
}

size_t width(std::string_view text) {
    // Code points, good enough for the tables printed here.
    return static_cast<size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool isNumber(std::string_view text) {
    return text.empty() || text == "-" ||
           text.find_first_not_of("0123456789.,+-eE% ") == std::string_view::npos || text == "inf";
}

}  // namespace

void toStandardError(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void Output::line(std::string_view text) const {
    if (!m_json) fmt::print("{}\n", text);
}

void Output::result(const nlohmann::json& json) const {
    if (m_json) fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

int Output::fail(const base::Error& error) const {
    toStandardError(fmt::format("error: {}\n", error.message));
    if (m_json) result({{"error", error.message}});
    return error.kind == base::Error::Kind::usage ? kUsage : kFailed;
}

void Output::table(const std::vector<std::string>& header,
                   const std::vector<std::vector<std::string>>& rows) const {
    if (m_json) return;
    std::vector<size_t> widths;
    std::vector<bool> right;
    for (size_t c = 0; c < header.size(); ++c) {
        widths.push_back(width(header[c]));
        right.push_back(!rows.empty());
        for (const auto& row : rows) {
            widths[c] = std::max(widths[c], width(row[c]));
            right[c] = right[c] && (isNumber(row[c]) || row[c] == "-");
        }
    }
    const auto print = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (size_t c = 0; c < cells.size(); ++c) {
            const std::string pad(widths[c] - width(cells[c]), ' ');
            text += (c ? "  " : "") + (right[c] ? pad + cells[c] : cells[c] + pad);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        fmt::print("{}\n", text);
    };
    print(header);
    for (const auto& row : rows) print(row);
}

ProgressBar::ProgressBar(const base::Progress& progress, std::string title)
    : m_progress(progress), m_title(std::move(title)) {
    static const bool watched = (watchSignals(), true);
    (void)watched;
    ++s_bars;
    if (s_interrupted) m_progress.cancel();
    m_thread = std::thread([this] {
        const auto start = std::chrono::steady_clock::now();
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, std::chrono::milliseconds(50), [this] { return m_done; })) {
            if (s_interrupted) m_progress.cancel();
            if (::isatty(STDERR_FILENO) &&
                std::chrono::steady_clock::now() - start > std::chrono::milliseconds(400))
                draw();
        }
        if (::isatty(STDERR_FILENO)) toStandardError("\r\033[K");
    });
}

ProgressBar::~ProgressBar() {
    {
        const std::lock_guard lock(m_mutex);
        m_done = true;
    }
    m_wake.notify_one();  // short work does not wait for the next picture
    m_thread.join();
    --s_bars;
}

void ProgressBar::draw() {
    const auto now = m_progress.snapshot();
    constexpr int kWidth = 30;
    const int filled = static_cast<int>(now.fraction * kWidth);
    toStandardError(fmt::format("\r\033[K{} [{:#<{}}{:.<{}}] {:3.0f} % {}", m_title, "", filled, "",
                                kWidth - filled, now.fraction * 100, now.stage.substr(0, 40)));
}

}  // namespace lathe::cli
