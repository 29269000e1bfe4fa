// `lathe --timings` (or LATHE_TIMINGS=1): milliseconds from the start of the process to the first painted
// window and to the first painted graph, a line each on stderr. For users who report slowness, and for the
// test that holds the bars. GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QObject>

namespace lathe::app {

class MainWindow;

class Timings : public QObject {
  public:
    // `quit`: end the program once the graph (or, without a file, the window) is painted.
    Timings(MainWindow& window, bool expectGraph, bool quit);
    // Set by the environment variable.
    static bool wanted();
    // How long this process has lived, in milliseconds; from the first call on where the system does not say.
    static double sinceStart();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void report(const char* what, bool last);

    MainWindow& m_window;
    bool m_expectGraph, m_quit;
    bool m_windowPainted = false, m_graphPainted = false;
};

}  // namespace lathe::app
