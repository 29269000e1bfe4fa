// A program that is killed loses at most two seconds of work, and the next one offers it again. The first is
// a real process: this program itself, started with --edit.
#include <signal.h>
#include <time.h>

#include <QAbstractEventDispatcher>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "app/document/open_model.h"
#include "app/gui/main_window.h"
#include "app/gui/start_up.h"
#include "tests/app/window_steps.h"

using namespace lathe;
using test::kPatience;

namespace {

constexpr int kEditEvery = 50;         // ms
constexpr double kLongestTurn = 0.05;  // seconds
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx");

double threadSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Opens the sample and renames it again and again to the time it is then, until it is killed. Prints the most
// processor time that one turn of the event loop has taken since a second after the start of editing.
int editUntilKilled() {
    app::Preferences preferences;
    app::MainWindow window(preferences);
    window.openPath(kSample);
    QTimer edit;
    int edits = 0;
    QObject::connect(&edit, &QTimer::timeout, [&] {
        auto& document = window.document();
        if (document.isEmpty()) return;
        ++edits;
        document.renameVariant(1, QString::number(QDateTime::currentMSecsSinceEpoch()));
    });
    edit.start(kEditEvery);
    double awake = 0, longest = 0;
    auto* dispatcher = QAbstractEventDispatcher::instance();
    QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, [&] { awake = threadSeconds(); });
    QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, [&] {
        const double turn = threadSeconds() - awake;
        if (edits * kEditEvery < 1000 || turn <= longest) return;
        longest = turn;
        std::printf("%.4f\n", longest);
        std::fflush(stdout);
    });
    return QCoreApplication::exec();
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

  private:
    static QStringList recoveryFiles() {
        const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                          QStringLiteral("/recovery"));
        return folder.entryList({QStringLiteral("*.lathe-workspace")}, QDir::Files);
    }

    // Starts a program that edits and kills it a while after its recovery file appeared.
    void runAndKill(int after, qint64& killedAt) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit")});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!recoveryFiles().isEmpty(), kPatience);
        QTest::qWait(after);
        QVERIFY2(app::RecoverySlot::leftovers().empty(), "a living program keeps its file");
        killedAt = QDateTime::currentMSecsSinceEpoch();
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        const auto turns = process.readAllStandardOutput().trimmed().split('\n');
        if (after > 1200) QVERIFY2(!turns.last().isEmpty(), "the turns of the event loop were measured");
        QVERIFY2(turns.last().toDouble() < kLongestTurn, turns.last().constData());
    }

  private slots:
    void init() {
        for (const auto& slot : app::RecoverySlot::leftovers()) slot->discard();
    }

    void killedProgramLosesTwoSecondsAtMost() {
        for (const int after : {1400}) {
            qint64 killedAt = 0;
            runAndKill(after, killedAt);
            const auto files = app::RecoverySlot::leftovers();
            QCOMPARE(files.size(), size_t{1});
            QVERIFY2(app::RecoverySlot::leftovers().empty(), "claimed files are not offered twice");

            app::Preferences preferences;
            app::MainWindow window(preferences);
            bool done = false;
            window.recover(files[0], [&] { done = true; });
            QTRY_VERIFY_WITH_TIMEOUT(done, kPatience);
            const auto variant = window.document().variant(1);
            QVERIFY(variant);
            const auto lost = killedAt - QString::fromStdString(variant->name).toLongLong();
            QVERIFY2(lost >= 0 && lost < 2000, qPrintable(QString::number(lost)));
            QVERIFY(window.document().isModified());
            QVERIFY2(QFile::exists(files[0]->path()), "recovered work that is not saved stays recoverable");
            window.document().reset(std::make_shared<project::Workspace>(), {});
            QVERIFY(!QFile::exists(files[0]->path()));
        }
    }

    void nextStartAsks() {
        qint64 killedAt = 0;
        runAndKill(0, killedAt);
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        bool went = false;
        app::StartUp::offerRecovery(window, [&] { went = true; });
        auto* question = window.findChild<QMessageBox*>(QStringLiteral("recoveryQuestion"));
        QVERIFY(question);
        QVERIFY(!went);
        QTest::mouseClick(question->defaultButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(went, kPatience);
        QCOMPARE(window.document().workspace()->variants.size(), size_t{1});
        // Saving on purpose ends it.
        QTemporaryDir folder;
        bool saved = false;
        app::saveWorkspace(window.document(), window.jobs(),
                           folder.filePath(QStringLiteral("a.lathe-workspace")),
                           [&](bool ok) { saved = ok; });
        QTRY_VERIFY_WITH_TIMEOUT(saved, kPatience);
        QVERIFY(!window.document().isModified());
        window.close();
        QVERIFY(app::RecoverySlot::leftovers().empty());
    }

    void oneChangeIsWrittenAndItsUndoingIsNot() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        window.document().renameVariant(1, QStringLiteral("only change"));
        QTRY_COMPARE_WITH_TIMEOUT(recoveryFiles().size(), 1, kPatience);
        window.document().undoStack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(recoveryFiles().isEmpty(), kPatience);
    }

    void editsWhileSavingStayUnsaved() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        QTemporaryDir folder;
        bool saved = false;
        app::saveWorkspace(window.document(), window.jobs(),
                           folder.filePath(QStringLiteral("a.lathe-workspace")),
                           [&](bool ok) { saved = ok; });
        window.document().renameVariant(1, QStringLiteral("meanwhile"));
        QTRY_VERIFY_WITH_TIMEOUT(saved, kPatience);
        QVERIFY(window.document().isModified());
        window.document().undoStack().setClean();
    }

    void editsWhileSavingStayRecoverable() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        auto& document = window.document();
        QTemporaryDir folder;
        document.markSaved(folder.filePath(QStringLiteral("a.lathe-workspace")), document.revision());
        const auto* recovery = window.findChild<app::Recovery*>();
        document.renameVariant(1, QStringLiteral("before"));
        window.findChild<QAction*>(QStringLiteral("actionSave"))->trigger();
        document.renameVariant(1, QStringLiteral("meanwhile"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);
        QVERIFY(document.isModified());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(recovery->path()), kPatience);
        document.undoStack().undo();
        document.undoStack().undo();
        QVERIFY2(document.isModified(), "the file holds another name by now");
    }

    void closingAsksAboutEditsWhileSaving() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        auto& document = window.document();
        QTemporaryDir folder;
        document.markSaved(folder.filePath(QStringLiteral("a.lathe-workspace")), document.revision());
        document.renameVariant(1, QStringLiteral("before"));
        int asked = 0;
        QTimer answer;
        QObject::connect(&answer, &QTimer::timeout, [&] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return;
            if (++asked > 1) return box->button(QMessageBox::Cancel)->click();
            box->button(QMessageBox::Save)->click();
        });
        QObject::connect(&window.jobs(), &app::Jobs::changed, &document, [&] {
            if (window.jobs().busy()) document.renameVariant(1, QStringLiteral("meanwhile"));
        });
        answer.start(10);
        QVERIFY(!window.close());
        QCOMPARE(asked, 2);
        answer.stop();
        document.undoStack().setClean();
    }

    void discardingRemovesOneFile() {
        QStringList paths;
        for (const char* name : {"older", "newer"}) {
            project::Workspace workspace;
            project::SaveMemory memory;
            workspace.settings["name"] = name;
            const auto slot = app::RecoverySlot::create();
            QVERIFY(slot->write(workspace, memory, base::Progress()));
            paths << slot->path();
            QFile file(slot->path());
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(paths.size() == 1 ? -60 : 0),
                                     QFileDevice::FileModificationTime));
        }
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        bool went = false;
        app::StartUp::offerRecovery(window, [&] { went = true; });
        const auto answer = [&](const char* text) {
            for (auto* box : window.findChildren<QMessageBox*>(QStringLiteral("recoveryQuestion")))
                if (box->isVisible())
                    for (auto* button : box->buttons())
                        if (button->text() == QLatin1String(text)) return button->click();
            QFAIL(text);
        };
        answer("Discard");
        QVERIFY(!QFile::exists(paths[1]) && QFile::exists(paths[0]) && !went);
        answer("Later");
        QVERIFY(QFile::exists(paths[0]) && went);
    }
};

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
    QCoreApplication::setApplicationName(QStringLiteral("lathe-recovery-test"));
    if (argc > 1 && QByteArray(argv[1]) == "--edit") return editUntilKilled();
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "recovery_test.moc"
