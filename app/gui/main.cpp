// lathe: the desktop program. `lathe model.onnx` opens a file; `lathe --screenshots DIR` walks every page.
// The ssh of a device starts it too, to ask for a password (app/devices/askpass.h).
#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <QTimer>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "app/devices/askpass.h"
#include "app/gui/main_window.h"
#include "app/gui/screenshots.h"
#include "app/gui/start_up.h"
#include "app/gui/timings.h"
#include "engine/base/shortened_files.h"
#include "engine/bundle/project.h"
#include "engine/formats/format.h"
#include "engine/plugin/loader.h"

namespace {

// Qt aborts without a display; a person is told what to do instead.
bool displayMissing() {
    const auto* platform = std::getenv("QT_QPA_PLATFORM");
    return !platform && !std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY");
}

void endInWords(QtMsgType type, const QMessageLogContext&, const QString& text) {
    std::fprintf(stderr, "lathe: %s\n", qUtf8Printable(text));
    if (type != QtFatalMsg) return;
    std::fputs("lathe: the display cannot be used. Check DISPLAY, or use lathe-cli.\n", stderr);
    std::_Exit(1);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is an error with a message
    lathe::base::guardShortenedFiles();
    if (displayMissing()) {
        std::fputs(
            "lathe: there is no display (DISPLAY and WAYLAND_DISPLAY are empty). Use lathe-cli, or start "
            "lathe in a desktop session.\n",
            stderr);
        return 1;
    }
    // A display that cannot be reached is fatal in Qt; it ends here in words, not in a crash.
    const auto usual = qInstallMessageHandler(endInWords);
    QApplication app(argc, argv);
    qInstallMessageHandler(usual);
    QApplication::setOrganizationName(QStringLiteral("lathe"));
    QApplication::setApplicationName(QStringLiteral("lathe"));
    QApplication::setApplicationVersion(QStringLiteral(LATHE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("lathe"));

    lathe::app::Preferences preferences;
    // Before the options have their translated descriptions it must be known into what to translate.
    const auto arguments = QApplication::arguments();
    const auto languageAt = arguments.indexOf(QStringLiteral("--language"));
    lathe::app::StartUp startUp(app, preferences,
                                languageAt < 0 ? QString() : arguments.value(languageAt + 1));

    // ssh has started this program to ask something, and nothing else.
    if (lathe::app::isAskpass()) return lathe::app::runAskpass(arguments.value(1));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "A workbench for neural-network models."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption screenshots(
        QStringLiteral("screenshots"),
        QApplication::translate("main",
                                "Walk every page on FILE (or the sample) and write PNG files into DIR."),
        QStringLiteral("DIR"));
    parser.addOption(screenshots);
    const QCommandLineOption timings(
        QStringLiteral("timings"),
        QApplication::translate("main",
                                "Print how long the first window and the first graph took, then quit."));
    parser.addOption(timings);
    parser.addOption({QStringLiteral("language"),
                      QApplication::translate("main", "Use this language for this run: en, zh_CN."),
                      QStringLiteral("LANGUAGE")});
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 QApplication::translate("main", "Models or a workspace to open."),
                                 QStringLiteral("[FILE...]"));
    parser.process(app);

    lathe::formats::add(lathe::bundle::cppProject());
    lathe::plugin::loadInstalled();
    lathe::app::MainWindow window(preferences);
    const bool timed = parser.isSet(timings);
    if (timed || lathe::app::Timings::wanted())
        new lathe::app::Timings(window, !parser.positionalArguments().isEmpty(), timed);
    window.show();
    if (parser.isSet(screenshots)) {
        lathe::app::Screenshots walk(window, preferences, parser.value(screenshots),
                                     parser.positionalArguments().value(0));
        return QTimer::singleShot(0, &walk, &lathe::app::Screenshots::start), app.exec();
    }
    lathe::app::StartUp::offerRecovery(window, [&window, paths = parser.positionalArguments()] {
        for (const auto& path : paths) window.openPath(path);
    });
    return app.exec();
}
