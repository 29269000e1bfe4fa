// gtest under one application object, without a display.
#include <gtest/gtest.h>

#include <QApplication>

#include "widgets/style/theme.h"

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    lathe::style::applyTheme(lathe::style::Mode::light);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
