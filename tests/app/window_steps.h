// Steps that several tests of the window begin with. To be called from a test function: they fail it.
#pragma once

#include <QTest>

#include "app/gui/main_window.h"
#include "app/pages/measure_dialog.h"

namespace lathe::test {

inline constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers

inline void idle(app::MainWindow& window) { QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience); }

// Shows the window and adds a variant read from a file.
inline void openIn(app::MainWindow& window, const QString& path) {
    const auto before = window.document().workspace()->variants.size();
    window.show();
    window.openPath(path);
    QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), before + 1, kPatience);
    idle(window);
}

// Short measurements.
inline void measureRuns(int runs) {
    auto params = app::measureSettings();
    params.set("runs", static_cast<int64_t>(runs));
    app::setMeasureSettings(params);
}

}  // namespace lathe::test
