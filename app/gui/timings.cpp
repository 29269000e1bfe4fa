#include "app/gui/timings.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>
#include <cstdio>
#include <ctime>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

#include "app/gui/main_window.h"
#include "widgets/canvas/graph_canvas.h"

namespace lathe::app {
namespace {

// Milliseconds between the boot of the system and the start of this process; below 0: not known. Field 22 of
// /proc/self/stat, in clock ticks (proc(5)), so good to 10 ms.
double startSinceBoot() {
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly)) return -1;
    const QByteArray text = file.readAll();
    // The second field is the name in parentheses, which may hold blanks.
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20) return -1;
    return fields[19].toDouble() * 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
#else
    return -1;
#endif
}

double nowSinceBoot() {
    timespec now{};
#ifdef Q_OS_LINUX
    clock_gettime(CLOCK_BOOTTIME, &now);
#else
    timespec_get(&now, TIME_UTC);
#endif
    return static_cast<double>(now.tv_sec) * 1000.0 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

bool Timings::wanted() { return qEnvironmentVariableIntValue("LATHE_TIMINGS") != 0; }

double Timings::sinceStart() {
    static const double start = [] {
        const double known = startSinceBoot();
        return known < 0 ? nowSinceBoot() : known;
    }();
    return nowSinceBoot() - start;
}

Timings::Timings(MainWindow& window, bool expectGraph, bool quit)
    : QObject(&window), m_window(window), m_expectGraph(expectGraph), m_quit(quit) {
    window.installEventFilter(this);
    for (auto* canvas : window.findChildren<canvas::GraphCanvas*>()) canvas->installEventFilter(this);
}

bool Timings::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint) {
        if (watched == &m_window && !m_windowPainted) {
            m_windowPainted = true;
            report("window", !m_expectGraph);
        }
        const auto* canvas = qobject_cast<canvas::GraphCanvas*>(watched);
        if (canvas && canvas->scene() && !m_graphPainted) {
            m_graphPainted = true;
            report("graph", true);
        }
    }
    return QObject::eventFilter(watched, event);
}

// Once what is being painted has been handed to the screen.
void Timings::report(const char* what, bool last) {
    QTimer::singleShot(0, this, [this, what, last] {
        std::fprintf(stderr, "lathe: first %s painted after %.0f ms\n", what, sinceStart());
        if (last && m_quit) QApplication::exit(0);  // quit() would ask about unsaved work
    });
}

}  // namespace lathe::app
