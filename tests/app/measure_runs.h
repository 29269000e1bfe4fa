// Short measurements in tests of the window.
#pragma once

#include "app/pages/measure_dialog.h"

namespace lathe::test {

inline void measureRuns(int runs) {
    auto params = app::measureSettings();
    params.set("runs", static_cast<int64_t>(runs));
    app::setMeasureSettings(params);
}

}  // namespace lathe::test
